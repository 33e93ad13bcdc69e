// Time that goes on: each second, as long as the page is looked at, lists count on what their rows say, and the clocks of
// pages what they say.

import { say, set } from "./draw.js"
import { datesIn, timeLeft, timeThere } from "./words.js"

const ICONS = { overdue: "priority_high", soon: "schedule", running: "" }
const ticks = new Set()

/** Call *tick* each second from now on; what is returned ends that. */
export function eachSecond(tick) {
  ticks.add(tick)
  return () => ticks.delete(tick)
}

setInterval(() => {
  if (document.hidden) return
  for (const tick of ticks) tick()
}, 1000)

const DATES = new Map() // zone -> its formatters, which are dear to make
const datesOf = zone => {
  if (!DATES.has(zone)) DATES.set(zone, datesIn(zone))
  return DATES.get(zone)
}

/** Count on, from now on, whatever clocks there are on the page, and what time it is where somebody is. */
export function keepTime() {
  let newest = -Infinity // of what the server's clock has shown, ms: what is drawn again may tell of an older time
  let ahead = 0 // of this clock the server's, ms
  // Also while nobody looks: what is drawn then tells the time at which it was drawn, and not that at which one looks.
  const compare = () => {
    for (const { dataset } of document.querySelectorAll(".desk-clock[data-due], .desk-there")) {
      if (Number(dataset.now) <= newest) continue
      newest = Number(dataset.now)
      ahead = newest - Date.now()
    }
  }
  setInterval(compare, 1000)
  eachSecond(() => {
    compare()
    const now = Date.now() + ahead
    for (const clock of document.querySelectorAll(".desk-clock[data-due]")) {
      const { due, soon } = clock.dataset
      const { kind, words } = timeLeft({ due: Number(due), soon: Number(soon) }, now)
      set(clock, "data-state", kind)
      say(clock.querySelector("i"), ICONS[kind])
      say(clock.querySelector("span"), words)
    }
    for (const there of document.querySelectorAll(".desk-there")) {
      const { rings, words } = timeThere(there.dataset, there.dataset.zones.split(" ").map(datesOf), now)
      set(there, "data-kind", rings ? "awake" : "asleep")
      say(there.querySelector("span"), words)
    }
  })
}

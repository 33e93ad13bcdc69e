// Time that goes on: each second, as long as the page is looked at, lists count on what their rows say, and the clocks of
// pages what they say.

import { say, set } from "./draw.js"
import { timeLeft } from "./words.js"

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

/** Count on, from now on, whatever clocks there are on the page. */
export function keepTime() {
  let newest = -Infinity // of what the server's clock has shown, ms: what is drawn again may tell of an older time
  let ahead = 0 // of this clock the server's, ms
  eachSecond(() => {
    for (const clock of document.querySelectorAll(".desk-clock[data-due]")) {
      const { due, soon, now } = clock.dataset
      if (Number(now) > newest) {
        newest = Number(now)
        ahead = newest - Date.now()
      }
      const { kind, words } = timeLeft({ due: Number(due), soon: Number(soon) }, Date.now() + ahead)
      set(clock, "data-state", kind)
      say(clock.querySelector("i"), ICONS[kind])
      say(clock.querySelector("span"), words)
    }
  })
}

// The clocks of pages: how much time is left is counted on, by the server's clock, as long as it is looked at. A list does
// so for its own rows.

import { say, set } from "./draw.js"
import { timeLeft } from "./words.js"

const ICONS = { overdue: "priority_high", soon: "schedule", running: "" }

/** Count on, from now on, whatever clocks there are. */
export function keepTime() {
  let ahead = -Infinity // of this clock the server's, ms: what a page says was a moment old when it arrived, or older
  setInterval(() => {
    if (document.hidden) return
    for (const clock of document.querySelectorAll(".desk-clock[data-due]")) {
      const { due, soon, now } = clock.dataset
      ahead = Math.max(ahead, Number(now) - Date.now())
      const { kind, words } = timeLeft({ due: Number(due), soon: Number(soon) }, Date.now() + ahead)
      set(clock, "data-state", kind)
      say(clock.querySelector("i"), ICONS[kind])
      say(clock.querySelector("span"), words)
    }
  }, 1000)
}

// The desk cannot be reached: a line of our own says so, where Streamlit would open a window with words of its own.

import { el, say } from "./draw.js"

const APP = ".stApp"
const STATE = "data-test-connection-state"
const PATIENCE = 2000 // ms that a connection may take to come back before anybody is told
const WINDOW = "[data-testid=stDialog]:not(:has([data-testid=stVerticalBlock])) button" // Streamlit's; ours hold blocks

const WORDS =
  "The desk cannot be reached just now. It is tried again by itself: leave this page open. What was saved is safe. " +
  "What you type meanwhile may not be kept: copy it first."

/** Say it at the window's foot, from a moment after the connection was lost until it is back. */
export function watchOutage() {
  const app = document.querySelector(APP)
  if (!app) return
  // Streamlit hides from those who listen whatever stands beside its window, but what is marked so.
  const line = el("div", { class: "desk-outage", role: "status", "data-react-aria-top-layer": "true" })
  document.body.append(line)
  let lost = null

  const look = () => {
    if (app.getAttribute(STATE) === "CONNECTED") {
      clearTimeout(lost)
      lost = null
      say(line, "")
    } else {
      lost ??= setTimeout(() => say(line, WORDS), PATIENCE)
      document.querySelector(WINDOW)?.click() // closed once, it stays away for as long as this lasts
    }
  }
  new MutationObserver(look).observe(app, { attributes: true, attributeFilter: [STATE] })
  new MutationObserver(look).observe(document.body, { childList: true })
}

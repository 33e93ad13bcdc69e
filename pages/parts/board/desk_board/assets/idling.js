// Whether somebody is at the page: what a person does keeps the sign-in, and shortly before its end the page says so.

import { el } from "./draw.js"

const DOES = ["keydown", "input", "pointerdown", "wheel", "touchmove"] // typing, keys in a list, pressing and scrolling
const AGAIN = 15 // s until the desk is asked again where it did not answer

const LOOKS = new CSSStyleSheet()
LOOKS.replaceSync(`
  .desk-leaving {
    position: fixed; inset: auto 0 0; z-index: 1000000; display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem;
    justify-content: center; padding: 0.75rem 1rem; font: 1rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    background: light-dark(#fff6e5, #3a2a0c); color: light-dark(#5c2d00, #fde3b0);
    border-top: 2px solid light-dark(#b54708, #fdb022);
  }
  .desk-leaving[hidden] { display: none; }
  .desk-leaving button {
    font: inherit; font-weight: 600; padding: 0.25rem 1rem; border-radius: 0.5rem; cursor: pointer; color: #fff;
    background: #0f766e; border: 1px solid #0f766e;
  }
  .desk-leaving button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
`)

/** Keep the sign-in while somebody is here, warn before it ends, and leave when it has ended. */
export function attend() {
  let beat = 30 // s between two times that the desk is told, at most
  let toldAt = -Infinity
  let telling = null
  let asking = null
  let stays = false // whether the warning is up, and doing something takes it away

  const words = el("span", {})
  const stay = el("button", { type: "button", click: () => tell() }, "Stay")
  const bar = el("div", { class: "desk-leaving", role: "alert" }, words, stay)
  bar.hidden = true
  document.adoptedStyleSheets.push(LOOKS)
  document.body.append(bar)

  const inSeconds = (timer, wait, act) => {
    clearTimeout(timer)
    return setTimeout(act, Math.max(0, wait) * 1000)
  }
  const plan = left => {
    beat = left.beat
    const warns = left.seconds <= left.warns
    stays = warns && left.stays
    bar.style.colorScheme = getComputedStyle(document.querySelector(".stApp")).colorScheme // the page's own, light or dark
    bar.hidden = !warns
    stay.hidden = !left.stays
    if (words.textContent !== (warns ? left.says : "")) words.textContent = warns ? left.says : ""
    asking = inSeconds(asking, warns ? left.seconds + 0.5 : left.seconds - left.warns, ask)
  }
  const ask = async (method = "GET") => {
    let answer = null
    try {
      answer = await fetch("/session/left", { method })
    } catch {
      // the desk is away; it is asked again
    }
    const left = answer?.ok ? await answer.json() : null
    if (!left) asking = inSeconds(asking, AGAIN, ask)
    else if (left.seconds > 0) plan(left)
    else location.reload()
  }
  const tell = () => {
    clearTimeout(telling)
    telling = null
    toldAt = performance.now()
    ask("POST")
  }
  const did = event => {
    if (!event.isTrusted || event.repeat) return // only what a person does
    const since = (performance.now() - toldAt) / 1000
    if (stays || since >= beat) tell()
    else telling ??= inSeconds(null, beat - since, tell)
  }
  for (const kind of DOES) window.addEventListener(kind, did, { capture: true, passive: true })
  // A browser lets the timers of a page that nobody sees, or of a machine that sleeps, wait.
  document.addEventListener("visibilitychange", () => document.hidden || ask())
  ask()
}

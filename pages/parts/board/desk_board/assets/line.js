// The line to the front door: one web socket, opened while the page is looked at, and opened again when it breaks. Before
// it is opened again the desk is asked whether the sign-in still stands: a socket that is refused cannot say why.

const SILENCE = 40_000 // the server says something at least every 15 s; twice missed is a dead line
const HIDDEN = 5_000 // a tab that is out of sight this long hangs up, and costs nothing until it is shown again

/**
 * Keep a line to *url*. `heard(message)` gets each message; `said(state)` gets "connecting", "open", "lost" or "hidden".
 * `ended()` is called, once, when the sign-in turns out to be over. Returns `again`, which opens the line anew, and `end`,
 * which hangs up for good.
 */
export function keepLine(url, { heard, said, ended }) {
  let socket = null
  let over = false
  let failures = 0
  let again = null
  let silence = null
  let leaving = null
  let talking = false
  let opened = false // once; only the first time the page has just been drawn for somebody who is signed in
  let asking = false

  const listen = () => {
    clearTimeout(silence)
    silence = setTimeout(() => drop(), SILENCE)
  }

  const drop = () => {
    clearTimeout(silence)
    const dead = socket
    socket = null
    talking = false
    if (dead) {
      dead.onopen = dead.onmessage = dead.onclose = null
      dead.close()
    }
    if (over || document.hidden) return
    said("lost")
    const wait = Math.min(15_000, 500 * 2 ** failures) * (0.5 + Math.random())
    failures += 1
    clearTimeout(again)
    again = setTimeout(open, wait)
  }

  /** Whether the sign-in stands; null where the desk does not say. */
  const standing = async () => {
    try {
      const answer = await fetch("/session/left")
      return answer.ok ? (await answer.json()).seconds > 0 : null
    } catch {
      return null
    }
  }

  const open = async () => {
    clearTimeout(again)
    if (over || socket || asking || document.hidden) return
    if (failures === 0) said("connecting")
    if (opened) {
      asking = true
      const stands = await standing()
      asking = false
      if (over || document.hidden) return
      if (stands === false) return ended()
      if (stands === null) return drop()
    }
    opened = true
    socket = new WebSocket(location.origin.replace(/^http/, "ws") + url)
    socket.onopen = listen
    socket.onclose = drop
    socket.onmessage = event => {
      if (over) return
      failures = 0
      if (!talking) {
        talking = true
        said("open")
      }
      listen()
      heard(JSON.parse(event.data))
    }
  }

  const hangUp = () => {
    clearTimeout(silence)
    clearTimeout(again)
    const live = socket
    socket = null
    talking = false
    if (live) {
      live.onopen = live.onmessage = live.onclose = null
      live.close()
    }
  }

  const seen = () => {
    clearTimeout(leaving)
    if (!document.hidden) {
      failures = 0
      open()
    } else {
      leaving = setTimeout(() => {
        hangUp()
        said("hidden")
      }, HIDDEN)
    }
  }

  document.addEventListener("visibilitychange", seen)
  open()
  return {
    again: () => {
      hangUp()
      open()
    },
    end: () => {
      over = true
      clearTimeout(leaving)
      document.removeEventListener("visibilitychange", seen)
      hangUp()
    },
  }
}

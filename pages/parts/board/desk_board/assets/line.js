// The line to the front door: one web socket, opened while the page is looked at, and opened again when it breaks.

const SILENCE = 40_000 // the server says something at least every 15 s; twice missed is a dead line
const HIDDEN = 5_000 // a tab that is out of sight this long hangs up, and costs nothing until it is shown again

/**
 * Keep a line to *url*. `heard(message)` gets each message; `said(state)` gets "connecting", "open", "lost" or "hidden".
 * Returns a function that hangs up for good.
 */
export function keepLine(url, { heard, said }) {
  let socket = null
  let over = false
  let failures = 0
  let again = null
  let silence = null
  let leaving = null
  let talking = false

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

  const open = () => {
    clearTimeout(again)
    if (over || socket || document.hidden) return
    if (failures === 0) said("connecting")
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

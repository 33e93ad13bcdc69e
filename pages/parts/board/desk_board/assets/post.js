// What is told to the page. While the desk cannot be reached Streamlit would drop it: it waits here until it can.

const APP = ".stApp"
const STATE = "data-test-connection-state"

const reached = app => !app || app.getAttribute(STATE) === "CONNECTED"

/** What a script tells its page by: `by(ways)` takes those of the newest run, `end()` forgets what waits. */
export function newPost() {
  const waiting = new Map() // the way and the name -> what was told last: a choice made twice counts once
  let ways = null
  let watching = null

  const deliver = () => {
    if (!reached(document.querySelector(APP))) return
    watching?.disconnect()
    watching = null
    const told = [...waiting.values()]
    waiting.clear()
    for (const [way, name, value] of told) ways[way](name, value)
  }
  const telling = way => (name, value) => {
    const app = document.querySelector(APP)
    if (reached(app)) return ways[way](name, value)
    waiting.delete(`${way} ${name}`)
    waiting.set(`${way} ${name}`, [way, name, value])
    if (watching) return
    watching = new MutationObserver(deliver)
    watching.observe(app, { attributes: true, attributeFilter: [STATE] })
  }
  const post = { setStateValue: telling("setStateValue"), setTriggerValue: telling("setTriggerValue") }

  return {
    by(newest) {
      ways = newest
      return post
    },
    end() {
      watching?.disconnect()
      watching = null
      waiting.clear()
    },
  }
}

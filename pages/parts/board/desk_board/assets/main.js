// What Streamlit mounts, of all that is drawn by scripts of our own. One file for all, so that they know of each other.
// With the menu, whoever is signed in is attended to, and what is typed is kept, until the browser leaves the page.

import { keepTheWayBack } from "./back.js"
import { newBoard } from "./board.js"
import { keepTime } from "./clocks.js"
import { keepDrafts } from "./drafts.js"
import { newEntrance } from "./entrance.js"
import { newFinder } from "./finder.js"
import { newHeatmap } from "./heatmap.js"
import { newKeys } from "./keys.js"
import { watchOutage } from "./outage.js"
import { proposeCodes } from "./proposals.js"
import { newPost } from "./post.js"
import { goByEnter } from "./telephone.js"
import { attend } from "./idling.js"

const LOOKS = new CSSStyleSheet() // read once for all places: Streamlit would ask the server for it with each turn of a page
LOOKS.replaceSync(await (await fetch(new URL("board.css", import.meta.url))).text())

watchOutage()
keepTheWayBack()
keepTime()

const KINDS = { finder: newFinder, entrance: newEntrance }
let attended = false
const mounted = new WeakMap() // the place on the page -> what is drawn there; a rerun of the page finds it again

export default function ({ data, setStateValue, setTriggerValue, parentElement }) {
  const { adoptedStyleSheets: looks } = parentElement.getRootNode()
  if (!looks.includes(LOOKS)) looks.push(LOOKS)
  let drawn = mounted.get(parentElement)
  const make = KINDS[data.kind] ?? (data.places ? newKeys : data.squares ? newHeatmap : newBoard)
  if (data.places && !attended) {
    attended = true
    attend()
    keepDrafts()
    proposeCodes()
    goByEnter()
  }
  if (!drawn) mounted.set(parentElement, (drawn = Object.assign(make(parentElement, data), { post: newPost() })))
  drawn.told(data, drawn.post.by({ setStateValue, setTriggerValue }))
  return () => {
    mounted.delete(parentElement)
    drawn.post.end()
    drawn.end()
  }
}

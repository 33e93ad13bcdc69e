// What Streamlit mounts: the keys of the menu, a heatmap, or a live list. One file for all, so that they know of each other.

import { newBoard } from "./board.js"
import { newHeatmap } from "./heatmap.js"
import { newKeys } from "./keys.js"

const mounted = new WeakMap() // the place on the page -> what is drawn there; a rerun of the page finds it again

export default function ({ data, setStateValue, setTriggerValue, parentElement }) {
  let drawn = mounted.get(parentElement)
  const make = data.places ? newKeys : data.squares ? newHeatmap : newBoard
  if (!drawn) mounted.set(parentElement, (drawn = make(parentElement, data)))
  drawn.told(data, { setStateValue, setTriggerValue })
  return () => {
    mounted.delete(parentElement)
    drawn.end()
  }
}

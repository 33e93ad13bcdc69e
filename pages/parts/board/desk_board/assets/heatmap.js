// Figures by row and column as coloured cells of a real table: read by pointer, keyboard and ear, and chosen where one may.

import { el, say, set } from "./draw.js"
import { offer } from "./keys.js"

const KEYS = [
  ["Arrows", "Next cell"],
  ["Space or Enter", "Choose it, or not"],
  ["Shift and arrows", "Choose on the way"],
  ["Esc", "Choose none"],
]
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
const TELLING = 150 // ms in which clicks become one answer to the page

/** Read a square as it comes: as a Square of desk_board, without its names. */
const squareOf = ([words, colour, said, marked, outlined]) => ({ words, colour, said, marked, outlined })

/** Draw cells in *place*: `told(data, ways)` with each run of the page, `end()` when it goes. */
export function newHeatmap(place, data) {
  const chosen = new Set(data.chosen.map(pair => pair.join()))
  let page = null
  let telling = null
  let here = [0, 0] // where the keyboard is
  let drag = null // { from, to, adds } while the pointer draws a box

  // What is on the page --------------------------------------------------------------------------------------------
  const cells = data.rows.map((_, row) => data.columns.map((_, column) => el("td", { role: "gridcell", tabindex: "-1", "data-at": `${row},${column}` })))
  const head = el("tr", {}, el("th", { scope: "col" }, el("span", { class: "unseen" }, data.down)), ...data.columns.map(name => el("th", { scope: "col" }, name)))
  const body = cells.map((row, n) => el("tr", {}, el("th", { scope: "row" }, data.rows[n]), ...row))
  const table = el("table", { role: "grid", "aria-label": data.label }, el("thead", {}, head), el("tbody", {}, ...body))
  const said = el("p", { class: "said", "aria-hidden": "true" }) // the cell itself says it aloud
  const legend = el("ul", { class: "legend", "aria-label": "Colours" })
  const spoken = el("span", { class: "unseen", role: "status" })
  const root = el("section", { class: "heatmap" }, el("p", { class: "across" }, data.across), table, el("div", { class: "foot" }, said, legend), spoken)
  place.append(root)
  const cell = ([row, column]) => cells[row]?.[column]
  const at = node => node?.closest?.("td[data-at]")?.dataset.at.split(",").map(Number)
  const square = ([row, column]) => squareOf(data.squares[row][column])

  // What the reader does -------------------------------------------------------------------------------------------
  const tell = () => {
    clearTimeout(telling)
    telling = setTimeout(() => page.setStateValue("chosen", [...chosen].map(key => key.split(",").map(Number))), TELLING)
    say(spoken, `${chosen.size} chosen`)
    mark()
  }
  const choose = (places, adds) => {
    for (const each of places) {
      if (!adds) chosen.delete(each.join())
      else if (square(each).words) chosen.add(each.join())
    }
    tell()
  }
  const toggle = each => choose([each], !chosen.has(each.join()))
  const span = (a, b) => Array.from({ length: Math.abs(a - b) + 1 }, (_, n) => Math.min(a, b) + n)
  const box = ({ from, to }) => span(from[0], to[0]).flatMap(row => span(from[1], to[1]).map(column => [row, column]))
  const clear = () => {
    chosen.clear()
    tell()
  }
  const go = (to, adds) => {
    if (!cell(to)) return
    if (adds) choose([here, to], true)
    cell(to).focus()
  }
  const stand = to => {
    cell(here).tabIndex = -1
    here = to
    cell(here).tabIndex = 0
  }
  const pressed = event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    const does = step
      ? () => go([here[0] + step[0], here[1] + step[1]], data.opens && event.shiftKey)
      : data.opens && { " ": () => toggle(here), Enter: () => toggle(here), Escape: chosen.size ? clear : null }[event.key]
    if (!does) return
    event.preventDefault()
    event.stopPropagation()
    does()
  }
  table.addEventListener("keydown", pressed)
  table.addEventListener("click", event => {
    const to = at(event.target) // none after a box: the pointer rose over another cell than it went down on
    if (!to) return
    go(to, false)
    if (data.opens) toggle(to)
  })
  table.addEventListener("pointerdown", event => {
    const from = at(event.target)
    if (data.opens && from && event.button === 0 && event.pointerType !== "touch") drag = { from, to: from, adds: !chosen.has(from.join()) }
  })
  const released = () => {
    const drawn = drag
    drag = null
    if (drawn && drawn.to.join() !== drawn.from.join()) choose(box(drawn), drawn.adds)
    else mark()
  }
  window.addEventListener("pointerup", released)
  window.addEventListener("pointercancel", released)

  // Drawing --------------------------------------------------------------------------------------------------------
  const paint = (node, { colour, marked, outlined }) => {
    node.style.backgroundColor = colour
    set(node, "data-marked", marked)
    set(node, "data-outlined", outlined)
  }
  const mark = () => {
    const boxed = new Set(drag ? box(drag).map(String) : [])
    for (const node of cells.flat()) {
      if (data.opens) set(node, "aria-selected", String(chosen.has(node.dataset.at)))
      set(node, "data-boxed", boxed.has(node.dataset.at))
    }
  }
  const hear = node => {
    const over = at(node)
    say(said, over ? square(over).said : data.hint)
    if (drag && over) {
      drag.to = over
      mark()
    }
  }
  table.addEventListener("pointerover", event => hear(event.target))
  table.addEventListener("pointerleave", () => hear(table.contains(document.activeElement) ? document.activeElement : null))
  table.addEventListener("focusin", event => {
    const to = at(event.target)
    if (to) stand(to) // a screen reader moves the focus without a key
    hear(event.target)
  })
  table.addEventListener("focusout", () => hear(null))
  const withdraw = offer(() => ({ title: data.label, keys: data.opens ? KEYS : KEYS.slice(0, 1) }))
  cell(here).tabIndex = 0

  return {
    told(given, ways) {
      data = given
      page = ways
      set(table, "aria-multiselectable", data.opens && "true")
      set(root, "data-opens", data.opens)
      set(root, "data-named", data.named)
      const before = chosen.size
      data.squares.forEach((row, r) =>
        row.forEach((each, c) => {
          const drawn = squareOf(each)
          say(cells[r][c], drawn.words)
          set(cells[r][c], "aria-label", drawn.said)
          paint(cells[r][c], drawn)
          if (!drawn.words) chosen.delete(`${r},${c}`) // what it was chosen for is not there any more
        }),
      )
      legend.replaceChildren(
        ...data.legend.map(meaning => {
          const swatch = el("i")
          paint(swatch, meaning)
          return el("li", {}, swatch, meaning.words)
        }),
      )
      if (chosen.size < before) tell()
      mark()
      if (!said.textContent) hear(null)
    },
    end() {
      clearTimeout(telling)
      window.removeEventListener("pointerup", released)
      window.removeEventListener("pointercancel", released)
      withdraw()
      root.remove()
    },
  }
}

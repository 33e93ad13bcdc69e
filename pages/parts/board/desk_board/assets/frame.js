// What stands around the list: the figures, the filters, the freshness, the acts and the keys.

import { el, say, set } from "./draw.js"
import { KINDS, NONE } from "./kinds.js"
import { count, counted } from "./words.js"

const KEYBOARD = matchMedia("(hover: hover)") // a pointer that hovers comes with keys; where it is a finger they are noise

/** Make the row of figures. `press(name)` is called with the figure whose rows the reader wants. */
export function newFigures({ figures, press }) {
  const bar = el("div", { class: "figures", role: "group", "aria-label": "Figures" })
  const parts = new Map()
  for (const { name, words, condition } of figures) {
    const number = el("b", {}, "–")
    const button = el("button", { type: "button", class: `figure ${name}`, "data-condition": condition, "aria-pressed": "false", click: () => press(name) }, number, ` ${words}`)
    parts.set(name, { number, button })
    bar.append(button)
  }
  const notes = []
  return {
    bar,
    show(counts, pressed, said) {
      for (const [name, { number, button }] of parts) {
        const { number: many, least } = counts?.[name] ?? {}
        say(number, counts ? `${count(many)}${least ? "+" : ""}` : "–")
        set(button, "title", least && "At least so many: the list holds only what is most urgent.")
        set(button, "aria-pressed", String(name === pressed))
        set(button, "data-some", many > 0)
      }
      while (notes.length < said.length) {
        notes.push(el("span", { class: "figure note" }))
        bar.append(notes.at(-1))
      }
      notes.forEach((note, i) => {
        say(note, said[i]?.[0] ?? "")
        set(note, "title", said[i]?.[1])
      })
    },
  }
}

/** Make the filters of *columns*. `change(name, value)` tells what the reader chose; `clear()`, everything back. */
export function newFilters({ columns, change, clear }) {
  const bar = el("div", { class: "filters", role: "search" })
  const selects = new Map()
  for (const { name, title, everything } of columns) {
    const select = el("select", { "aria-label": title, change: event => change(name, event.target.value) }, el("option", { value: "" }, everything))
    selects.set(name, select)
    bar.append(select)
  }
  const text = el("input", { type: "search", placeholder: KEYBOARD.matches ? "Search the list  /" : "Search the list", "aria-label": "Search the list", autocomplete: "off", input: event => change("text", event.target.value) })
  const clearing = el("button", { type: "button", class: "link", click: clear })
  bar.append(text, clearing)

  // What a column can be narrowed to: the words it has for codes, or what its rows hold, by words, nothing before all.
  const options = (book, column) => {
    const kind = KINDS[column.kind]
    const worded = Object.entries(column.words)
    if (worded.length) return worded
    const values = new Map([...book.rows.values()].map(row => row.cells[column.name]).map(value => [kind.code(value), kind.said(value, column)]))
    const nobody = values.get(NONE) ?? (column.kind === "name" && column.nothing !== "–" ? column.nothing : undefined)
    values.delete(NONE)
    const sorted = [...values].sort((a, b) => a[1].localeCompare(b[1]))
    return nobody === undefined ? sorted : [[NONE, nobody], ...sorted]
  }
  return {
    bar,
    text,
    show(book) {
      const focused = bar.getRootNode().activeElement
      for (const [name, select] of selects) {
        const offered = options(book, book.columns.get(name))
        const value = book.filter[name] ?? ""
        if (value && !offered.some(([known]) => known === value)) offered.push([value, value])
        const mark = JSON.stringify(offered)
        // A list that is open stays as it is: new choices wait until the reader has left it.
        if (select.dataset.offered !== mark && select !== focused) {
          select.dataset.offered = mark
          select.replaceChildren(select.firstElementChild, ...offered.map(([key, words]) => el("option", { value: key }, words)))
        }
        if (select.value !== value) select.value = value
        set(select, "data-on", Boolean(value))
      }
      if (text.value !== book.filter.text) text.value = book.filter.text
      const on = Object.values(book.filter).filter(Boolean).length
      say(clearing, on ? `${counted(on, "filter")} · clear` : "")
      set(clearing, "hidden", on === 0)
    },
  }
}

/** The keys of a list of *noun* that offers *acts*, each with its words, and what opens *beside* it. */
export const keysOf = (acts, noun, beside) => [
  ["J, K or arrows", `Next, previous ${noun}`],
  ["Enter", `Open the ${noun}`],
  ...(beside ? [["N", `Open the next ${noun}`]] : []),
  ["X or Space", "Select it, or not"],
  ...acts.filter(act => act.key).map(act => [act.key.toUpperCase(), act.words]),
  ["/", "Search the list"],
  ["U", "Show what is new"],
  ["Esc", "Leave the search, clear the selection"],
]

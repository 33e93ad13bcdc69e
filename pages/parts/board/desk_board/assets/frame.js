// What stands around the list: the figures, the filters, the freshness, the acts and the keys.

import { el, say, set } from "./draw.js"
import { count, counted, STAGES } from "./words.js"

const KEYBOARD = matchMedia("(hover: hover)") // a pointer that hovers comes with keys; where it is a finger they are noise

const FIGURES = [
  ["open", "open"],
  ["mine", "mine"],
  ["unassigned", "unassigned"],
  ["soon", "due soon"],
  ["overdue", "overdue"],
]

/** Make the row of figures. `press(name)` is called with the figure whose rows the reader wants. */
export function newFigures({ mine, press }) {
  const bar = el("div", { class: "figures", role: "group", "aria-label": "Figures" })
  const parts = new Map()
  for (const [name, words] of FIGURES.filter(([name]) => name !== "mine" || mine)) {
    const number = el("b", {}, "–")
    const button = el("button", { type: "button", class: `figure ${name}`, "aria-pressed": "false", click: () => press(name) }, number, ` ${words}`)
    parts.set(name, { number, button })
    bar.append(button)
  }
  const today = el("span", { class: "figure reached", title: "Workers reached in time, of the promises that fell due or were kept today, by each client's own day" })
  const week = el("span", { class: "figure reached", title: "Workers reached in time, of the promises that fell due or were kept in the last 7 days" })
  bar.append(today, week)
  const share = (kept, decided) => (decided ? `${Math.floor((100 * kept) / decided)}%` : "–")
  return {
    bar,
    show(figures, pressed) {
      for (const [name, { number, button }] of parts) {
        say(number, figures ? count(figures[name] ?? 0) : "–")
        set(button, "aria-pressed", String(name === pressed))
        set(button, "data-some", Boolean(figures && figures[name] > 0))
      }
      const f = figures
      say(today, f ? `${count(f.kept_today)} of ${count(f.decided_today)} in time today` : "– in time today")
      say(week, f ? `${share(f.kept_week, f.decided_week)} in time, 7 days` : "– in time, 7 days")
    },
  }
}

const CHOICES = [
  ["client", "Client", "All clients"],
  ["jurisdiction", "State", "All states"],
  ["who", "Has it", "Anybody"],
  ["stage", "Stage", "All stages"],
]

/** Make the filters. `change(name, value)` tells what the reader chose; `clear()` that he wants everything back. */
export function newFilters({ change, clear }) {
  const bar = el("div", { class: "filters", role: "search" })
  const selects = new Map()
  for (const [name, label, everything] of CHOICES) {
    const select = el("select", { "aria-label": label, change: event => change(name, event.target.value) }, el("option", { value: "" }, everything))
    selects.set(name, select)
    bar.append(select)
  }
  const text = el("input", { type: "search", placeholder: KEYBOARD.matches ? "Search the list  /" : "Search the list", "aria-label": "Search the list", autocomplete: "off", input: event => change("text", event.target.value) })
  const clearing = el("button", { type: "button", class: "link", click: clear })
  bar.append(text, clearing)

  const options = book => {
    const rows = [...book.rows.values()]
    const plain = values => [...new Set(values)].sort((a, b) => a.localeCompare(b)).map(value => [value, value])
    const people = new Map(rows.filter(row => row.who_id !== null).map(row => [String(row.who_id), row.who]))
    return {
      client: plain(rows.map(row => row.client)),
      jurisdiction: plain(rows.map(row => row.jurisdiction ?? "–")),
      who: [["nobody", "Nobody yet"], ...[...people].sort((a, b) => a[1].localeCompare(b[1]))],
      stage: Object.entries(STAGES),
    }
  }
  return {
    bar,
    text,
    show(book) {
      const offered = options(book)
      const focused = bar.getRootNode().activeElement
      for (const [name, select] of selects) {
        const wanted = offered[name]
        const value = book.filter[name]
        if (value && !wanted.some(([known]) => known === value)) wanted.push([value, value])
        const mark = JSON.stringify(wanted)
        // A list that is open stays as it is: new choices wait until the reader has left it.
        if (select.dataset.offered !== mark && select !== focused) {
          select.dataset.offered = mark
          select.replaceChildren(select.firstElementChild, ...wanted.map(([key, words]) => el("option", { value: key }, words)))
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

/** The keys of a list that offers *acts*, each with its words. */
export const keysOf = acts => [
  ["J, K or arrows", "Next, previous claim"],
  ["Enter", "Open the claim"],
  ["X or Space", "Select it, or not"],
  ...acts.filter(act => act.key).map(act => [act.key.toUpperCase(), act.words]),
  ["/", "Search the list"],
  ["U", "Show what is new"],
  ["Esc", "Leave the search, clear the selection"],
]

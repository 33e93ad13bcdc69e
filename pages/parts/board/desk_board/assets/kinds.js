// How the cells of a list are drawn, sorted, filtered and searched, by the kind of their column: core/live/live_list.py says
// what each kind's values are. Each kind: make(cell, key, ask) the parts, fill(parts, value, column, ask), order(value, row),
// code(value) for the filter, and said(value, column), the words by which one finds it. What `ask` is, list.js says.

import { el, icon, say, set } from "./draw.js"

export const NONE = "none" // how a filter names what has no value

const wordsOf = (column, code) => column.words[code] ?? code.replaceAll("_", " ")
const nothing = () => ""

/** Name the tags: two of them, and how many more. */
export function few(names) {
  return names.length <= 2 ? names.join(", ") : `${names.slice(0, 2).join(", ")} +${names.length - 2}`
}

const named = (column, value) => (value === null ? column.nothing : value[1])
const tags = (column, codes) => codes.map(code => wordsOf(column, code))

export const KINDS = {
  clock: {
    make(cell) {
      const parts = { cell, state: icon("running"), left: el("span", { class: "left" }), at: el("span", { class: "at" }) }
      cell.append(parts.state, parts.left, " ", parts.at)
      return parts
    },
    fill: nothing, // by the tick, with every second
    order: value => value[0],
    said: nothing,
  },
  link: {
    make(cell, key, ask) {
      const viewers = el("span", { class: "viewers", hidden: true }, icon("open"), el("span", { class: "unseen" }))
      const link = el("a", { class: "row-link", tabindex: "-1", click: event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        ask.open(key)
      } })
      cell.append(viewers, link)
      return { cell, viewers, link }
    },
    fill({ viewers, link }, [words, those], _, ask) {
      say(link, words)
      const names = those.filter(([who]) => who !== ask.reader()).map(([, name]) => name)
      const openWith = names.length ? `Open now: ${names.join(", ")}` : ""
      set(viewers, "hidden", !openWith)
      set(viewers, "title", openWith || null)
      say(viewers.lastElementChild, openWith)
    },
    order: (_, row) => row.ids.at(-1),
    said: value => value[0],
  },
  text: {
    fill({ cell }, value, column) {
      say(cell, value ?? column.nothing)
      set(cell, "title", value === null ? column.nothing_whole || null : null)
      set(cell, "data-none", value === null)
    },
    order: value => value ?? "",
    code: value => value ?? NONE,
    said: (value, column) => value ?? column.nothing,
  },
  name: {
    fill({ cell }, value, column) {
      say(cell, named(column, value))
      set(cell, "title", value?.[1])
      set(cell, "data-none", value === null)
    },
    order: value => value?.[1] ?? "",
    code: value => (value === null ? NONE : String(value[0])),
    said: (value, column) => named(column, value),
  },
  moment: {
    fill({ cell }, value, _, ask) {
      say(cell, ask.dates().moment(value, ask.now()))
      set(cell, "title", ask.dates().whole(value))
    },
    order: value => value,
    said: nothing,
  },
  chip: {
    make(cell) {
      const chip = el("span", { class: "pill" })
      cell.append(chip)
      return { cell, chip }
    },
    fill({ chip }, value, column) {
      say(chip, wordsOf(column, value))
      set(chip, "data-code", value)
    },
    order: (value, _, column) => wordsOf(column, value),
    code: value => value,
    said: (value, column) => wordsOf(column, value),
  },
  tags: {
    fill({ cell }, value, column) {
      say(cell, few(tags(column, value)))
      set(cell, "title", tags(column, value).join(", ") || null)
    },
    order: value => value.length,
    said: (value, column) => tags(column, value).join(" "),
  },
  event: {
    fill({ cell }, value, column, ask) {
      say(cell, value ? `${value[1]}, ${ask.dates().moment(value[0], ask.now())}` : column.nothing)
      set(cell, "title", value ? `${value[2]}, ${ask.dates().whole(value[0])}` : null)
      set(cell, "data-none", value === null)
    },
    order: value => value?.[0] ?? 0,
    said: nothing,
  },
  marks: {
    fill({ cell }, value, column, ask) {
      const mine = ask.mark(value)
      const others = value.filter(mark => mark !== mine)
      const until = ([, , at]) => ask.dates().moment(at, ask.now())
      const said = others.map(mark => `${mark[1]}: ${mark[3] ? "skipped" : "snoozed"} until ${until(mark)}`)
      if (mine) said.unshift(mine[2] <= ask.now() ? `Back since ${until(mine)}` : `${mine[3] ? "Skipped" : "Snoozed"} until ${until(mine)}`)
      say(cell, said.join(", "))
      set(cell, "title", value.map(mark => mark[3]).filter(Boolean).join(", ") || null)
    },
    order: value => value.length,
    said: nothing,
  },
}

// The list itself: a real table, its rows kept by claim, and what is under the reader's pointer left where it is.

import { el, say, set, shape } from "./draw.js"
import { KINDS } from "./kinds.js"
import { dueOrPaused, timeLeft } from "./words.js"

/**
 * Make the list that *declared* describes. `ask` answers what it needs to know and takes what the reader does:
 * open(key), select(key, on), selectAll(on), sort(by), href(row), clock(row), mark(marks), standing(row), dates(), now(),
 * selected(key), opened(), reader(), and clicks(), with how many of them a row is opened.
 */
export function newList(declared, ask) {
  const { columns, noun } = declared
  const entries = new Map() // key -> what is drawn of it
  let current = null // the key on which the keyboard stands
  let drawn = [] // keys in the order on screen
  let hovered = false

  const all = el("input", {
    type: "checkbox",
    "aria-label": `Select every ${noun} shown`,
    change: event => ask.selectAll(event.target.checked),
    click: event => letGo(event, current),
  })
  const heads = new Map()
  const head = el("tr", { role: "row" }, el("th", { role: "columnheader", scope: "col", class: "pick" }, all))
  for (const { name, title, kind, width } of columns) {
    const cell = el(
      "th",
      { role: "columnheader", scope: "col", class: `is-${kind}`, "data-column": name },
      el("button", { type: "button", class: "sort", click: () => ask.sort(name) }, title),
    )
    if (width) cell.style.width = `${width}rem`
    heads.set(name, cell)
    head.append(cell)
  }
  const body = el("tbody", { role: "rowgroup" })
  const table = el("table", { role: "table", "aria-label": declared.title }, el("thead", { role: "rowgroup" }, head), body)

  // A box that was ticked by hand would keep the page's own keys, which Streamlit takes from no field: its row does not.
  const letGo = (event, key) => event.detail && stand(key, true)

  const make = key => {
    const pick = el("input", {
      type: "checkbox",
      tabindex: "-1",
      change: event => ask.select(key, event.target.checked),
      click: event => letGo(event, key),
    })
    const cells = new Map()
    const line = el("tr", { role: "row", tabindex: "-1", "aria-labelledby": declared.named.map(name => `${key}:${name}`).join(" ") }, el("td", { role: "cell", class: "pick" }, pick))
    const entry = { line, pick, cells, link: null, clock: null, row: null, gone: false }
    for (const { name, kind, narrow } of columns) {
      const cell = el("td", { role: "cell", class: `is-${kind}`, "data-column": name, "data-narrow": narrow ?? "heard", id: `${key}:${name}` })
      const parts = KINDS[kind].make?.(cell, key, ask) ?? { cell }
      cells.set(name, parts)
      entry.link ??= parts.link
      if (kind === "clock") entry.clock = parts
      line.append(cell)
    }
    line.addEventListener("focusin", () => stand(key, false))
    line.addEventListener("click", event => {
      if (event.detail === ask.clicks() && !event.target.closest("a, .pick")) ask.open(key)
    })
    return entry
  }

  const fill = (entry, row) => {
    if (entry.row === row) return
    entry.row = row
    for (const column of columns) KINDS[column.kind].fill(entry.cells.get(column.name), row.cells[column.name], column, ask)
    set(entry.pick, "aria-label", `Select ${entry.link.textContent}`)
    set(entry.line, "data-key", row.key)
    entry.gone = false
    set(entry.line, "data-gone", false)
    entry.pick.disabled = false
  }

  const tickOne = (entry, now, dates) => {
    if (entry.gone) return
    const clock = ask.clock(entry.row)
    const { kind, words } = timeLeft(clock, now, dates)
    say(entry.clock.left, words)
    shape(entry.clock.state, kind)
    set(entry.line, "data-state", kind)
    set(entry.line, "data-aside", ask.standing(entry.row))
    set(entry.line, "data-opened", ask.opened() === entry.row.key)
    say(entry.clock.at, dueOrPaused(kind, clock, now, dates))
    set(entry.clock.cell, "title", `Due ${dates.whole(clock.due)}`)
  }

  // Tab comes to one row of the list, its box and its link, and goes on; within the list the arrows lead.
  const reach = (entry, tabindex) => {
    for (const part of [entry.line, entry.pick, entry.link]) set(part, "tabindex", tabindex)
  }

  const stand = (key, focus) => {
    const before = entries.get(current)
    if (before) reach(before, "-1")
    current = key
    const now = entries.get(key)
    if (!now) return
    reach(now, "0")
    if (focus) {
      now.line.focus({ preventScroll: true })
      now.line.scrollIntoView({ block: "nearest" })
    }
  }

  body.addEventListener("pointerenter", event => (hovered = event.pointerType === "mouse"))
  body.addEventListener("pointerleave", () => {
    hovered = false
    ask.released()
  })
  body.addEventListener("focusout", () => setTimeout(() => ask.released(), 0))

  return {
    table,
    keys: () => drawn,
    current: () => current,
    held: box => hovered || box.scrollTop > 4 || body.contains(body.getRootNode().activeElement),

    /** Draw exactly *keys*, in their order. Rows stay the elements they were; focus stays where it was. */
    arrange(keys, rows, fresh) {
      const focused = body.getRootNode().activeElement
      const wanted = new Set(keys)
      for (const [key, entry] of entries) {
        if (!wanted.has(key)) {
          entry.line.remove()
          entries.delete(key)
        }
      }
      let place = body.firstElementChild
      for (const key of keys) {
        let entry = entries.get(key)
        if (!entry) entries.set(key, (entry = make(key)))
        fill(entry, rows.get(key))
        set(entry.link, "href", ask.href(entry.row))
        set(entry.line, "data-fresh", fresh?.has(key))
        if (entry.line === place) place = place.nextElementSibling
        else body.insertBefore(entry.line, place)
      }
      drawn = keys
      if (!entries.has(current)) stand(keys[0] ?? null, false)
      if (focused && body.contains(focused) && body.getRootNode().activeElement !== focused) focused.focus({ preventScroll: true })
      this.tick()
      this.mark()
    },

    /** Redraw rows in their places: what changed shows at once, what has gone stays, crossed out, until the list is let go. */
    refresh(rows) {
      for (const key of drawn) {
        const entry = entries.get(key)
        const row = rows.get(key)
        if (row) fill(entry, row)
        else if (!entry.gone) {
          entry.gone = true
          set(entry.line, "data-gone", true)
          set(entry.line, "data-state", "gone")
          say(entry.clock.left, "Off the list")
          say(entry.clock.at, "")
          shape(entry.clock.state, "running")
          entry.pick.disabled = true
        }
      }
      this.tick()
      this.mark()
    },

    tick() {
      const dates = ask.dates()
      const now = ask.now()
      for (const key of drawn) tickOne(entries.get(key), now, dates)
    },

    /** Show what is selected. */
    mark() {
      let on = 0
      for (const key of drawn) {
        const entry = entries.get(key)
        const selected = ask.selected(key)
        entry.pick.checked = selected
        set(entry.line, "data-selected", selected)
        on += selected ? 1 : 0
      }
      all.checked = on > 0 && on === drawn.length
      all.indeterminate = on > 0 && on < drawn.length
      all.disabled = drawn.length === 0
    },

    sorted(sort) {
      for (const [name, cell] of heads) set(cell, "aria-sort", name === sort.by ? (sort.down ? "descending" : "ascending") : null)
    },

    move(step) {
      if (drawn.length === 0) return
      const at = drawn.indexOf(current)
      const inside = body.contains(body.getRootNode().activeElement)
      const next = at < 0 || !inside ? Math.max(at, 0) : Math.min(drawn.length - 1, Math.max(0, at + step))
      stand(drawn[next], true)
    },

    show(key) {
      entries.get(key)?.line.scrollIntoView({ block: "nearest" })
    },

    clear() {
      for (const entry of entries.values()) entry.line.remove()
      entries.clear()
      drawn = []
      current = null
      this.mark()
    },
  }
}

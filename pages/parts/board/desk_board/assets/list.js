// The list itself: a real table, its rows kept by claim, and what is under the reader's pointer left where it is.

import { el, icon, say, set, shape } from "./draw.js"
import { asked, attempt, missing, STAGES, timeLeft, wholeAttempt } from "./words.js"
import { keyOf } from "./book.js"

const COLUMNS = [
  ["due", "Time left"],
  ["claim", "Claim"],
  ["client", "Client"],
  ["jurisdiction", "State"],
  ["reported", "Reported"],
  ["stage", "Stage"],
  ["missing", "Missing"],
  ["who", "Has it"],
  ["last", "Last attempt"],
]

const NAMING = ["claim", "due", "client", "who"] // what a row is called where it is heard, in this order

/**
 * Make the list. `ask` answers what it needs to know and takes what the reader does:
 * open(key), select(key, on), selectAll(on), sort(by), href(row), dates(), selected(key).
 */
export function newList(label, ask) {
  const entries = new Map() // key -> what is drawn of it
  let current = null // the key on which the keyboard stands
  let drawn = [] // keys in the order on screen
  let hovered = false

  const all = el("input", {
    type: "checkbox",
    "aria-label": "Select every claim shown",
    change: event => ask.selectAll(event.target.checked),
  })
  const heads = new Map()
  const head = el("tr", { role: "row" }, el("th", { role: "columnheader", scope: "col", class: "pick" }, all))
  for (const [name, words] of COLUMNS) {
    const cell = el(
      "th",
      { role: "columnheader", scope: "col", class: name },
      el("button", { type: "button", class: "sort", click: () => ask.sort(name) }, words),
    )
    heads.set(name, cell)
    head.append(cell)
  }
  const body = el("tbody", { role: "rowgroup" })
  const table = el("table", { role: "table", "aria-label": label }, el("thead", { role: "rowgroup" }, head), body)

  const make = key => {
    const pick = el("input", { type: "checkbox", tabindex: "-1", change: event => ask.select(key, event.target.checked) })
    const state = icon("running")
    const left = el("span", { class: "left" })
    const at = el("span", { class: "at" })
    const chip = el("span", { class: "chip" })
    const link = el("a", { class: "claim-link", tabindex: "-1", click: event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      ask.open(key)
    } })
    const cells = Object.fromEntries(COLUMNS.map(([name]) => [name, el("td", { role: "cell", class: name, id: `${key}:${name}` })]))
    cells.due.append(state, left, " ", at)
    const viewers = el("span", { class: "viewers", hidden: true })
    const viewersHeard = el("span", { class: "unseen" })
    viewers.append(icon("open"), viewersHeard)
    cells.claim.append(viewers, link)
    cells.stage.append(chip)
    const labels = NAMING.map(name => `${key}:${name}`).join(" ")
    const line = el("tr", { role: "row", tabindex: "-1", "aria-labelledby": labels }, el("td", { role: "cell", class: "pick" }, pick), ...Object.values(cells))
    line.addEventListener("focusin", () => stand(key, false))
    line.addEventListener("dblclick", () => ask.open(key))
    return { line, pick, state, left, at, chip, viewers, viewersHeard, link, cells, row: null, gone: false }
  }

  const fill = (entry, row) => {
    if (entry.row === row) return
    entry.row = row
    const dates = ask.dates()
    const now = ask.now()
    const { cells, line, pick, link, chip } = entry
    say(link, row.number)
    set(pick, "aria-label", `Select ${row.number}`)
    const openWith = row.viewers.length ? `Open now: ${row.viewers.join(", ")}` : ""
    set(entry.viewers, "hidden", !openWith)
    set(entry.viewers, "title", openWith || null)
    say(entry.viewersHeard, openWith)
    say(cells.client, row.client)
    set(cells.client, "title", row.client)
    say(cells.jurisdiction, row.jurisdiction ?? "–")
    set(cells.jurisdiction, "title", row.jurisdiction ? null : "State not known yet")
    say(cells.reported, dates.moment(row.reported, now))
    set(cells.reported, "title", dates.whole(row.reported))
    say(chip, STAGES[row.stage] ?? row.stage)
    set(chip, "data-stage", row.stage)
    say(cells.missing, missing(row.missing))
    set(cells.missing, "title", asked(row.missing).join(", ") || null)
    say(cells.who, row.who ?? "Nobody yet")
    set(cells.who, "title", row.who)
    set(cells.who, "data-nobody", row.who === null)
    say(cells.last, row.last ? `${attempt(row)}, ${dates.moment(row.last, now)}` : attempt(row))
    set(cells.last, "title", row.last ? `${wholeAttempt(row)}, ${dates.whole(row.last)}` : null)
    set(cells.last, "data-none", !row.last)
    set(line, "data-key", keyOf(row))
    entry.gone = false
    set(line, "data-gone", false)
    pick.disabled = false
  }

  const tickOne = (entry, now, dates) => {
    if (entry.gone) return
    const { kind, words } = timeLeft(entry.row, now, dates)
    say(entry.left, words)
    shape(entry.state, kind)
    set(entry.line, "data-state", kind)
    const at = kind === "paused" ? "" : dates.moment(entry.row.due, now)
    say(entry.at, at)
    set(entry.cells.due, "title", `Due ${dates.whole(entry.row.due)}`)
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
          say(entry.left, "Off the list")
          say(entry.at, "")
          shape(entry.state, "running")
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

// The board's book: the rows as the server has them, the reader's filter and sort, and which rows are shown in what order.

import { KINDS } from "./kinds.js"
import { fold } from "./words.js"

/**
 * A book of the rows that `list`, the list's declaration, describes: those of everybody, or the reader's and nobody's; of
 * these *clients* alone, where they are named.
 */
export function newBook(list, everybody, clients) {
  const clock = list.columns.find(column => column.kind === "clock")
  return {
    list,
    columns: new Map(list.columns.map(column => [column.name, column])),
    clock: clock.name, // what says how urgent a row is
    marks: list.columns.find(column => column.kind === "marks")?.name, // what says who put a row aside
    own: everybody ? "" : list.own,
    only: clients && new Set(clients), // ids of the clients whose rows are shown; null: all
    filters: list.columns.filter(column => column.everything),
    rows: new Map(), // key -> row
    version: null,
    counts: null,
    notes: [],
    clients: null, // how many the reader works for; null: for all
    sent: [], // the columns in the order in which they come
    sort: { by: clock.name, down: false },
    filter: { text: "", figure: "" }, // and by column
  }
}

const asRow = (book, values) => {
  const ids = values.slice(0, values.length - book.sent.length)
  const cells = Object.fromEntries(book.sent.map((name, i) => [name, values[ids.length + i]]))
  const said = [...book.columns].map(([name, column]) => KINDS[column.kind].said(cells[name], column))
  return { key: ids.join("/"), ids, cells, text: fold(said.join(" ")) }
}

/** Enter a message into the book. Returns false where a change does not follow what the book holds. */
export function enter(book, message) {
  if (message.t === "snapshot") {
    book.sent = message.columns
    book.clients = message.clients
    book.rows = new Map(message.rows.map(values => asRow(book, values)).map(row => [row.key, row]))
  } else {
    if (message.from !== book.version) return false
    for (const values of message.rows) {
      const row = asRow(book, values)
      book.rows.set(row.key, row)
    }
    for (const ids of message.gone) book.rows.delete(ids.join("/"))
  }
  book.version = message.v
  book.counts = message.counts
  book.notes = message.notes
  return true
}

/** What says how urgent a row is. */
export const clockOf = (book, row) => {
  const [due, soon, paused, pausedLate] = row.cells[book.clock]
  return { due, soon, paused, pausedLate }
}

/** The mark by which *me* has put a row aside, of its *marks*. */
export const markOf = (marks, me) => marks.find(([who]) => who === me)

/** Whether a row is an appointment of the reader's own that comes soon, or has come. */
const appointed = (book, row, now, me) => {
  const { column, code, within } = book.list.appointments ?? {}
  if (!column || row.cells[book.list.own]?.[0] !== me) return false
  return KINDS[book.columns.get(column).kind].code(row.cells[column]) === code && clockOf(book, row).due - now < within
}

/**
 * Where a row stands before urgency is looked at: one's own appointments first, then what was put aside until now; what
 * is put aside last.
 */
const rank = (book, row, now, me) => {
  const mark = book.marks && markOf(row.cells[book.marks], me)
  return mark ? (mark[2] <= now ? -1 : 1) : appointed(book, row, now, me) ? -2 : 0
}

/** Whether the reader has put a row aside until later than *now*. */
export const aside = (book, row, now, me) => rank(book, row, now, me) > 0

/** Whether the reader had put a row aside until *now* or before. */
export const back = (book, row, now, me) => rank(book, row, now, me) === -1

const CONDITIONS = {
  all: () => true,
  empty: value => value === null,
  mine: (value, now, me) => value?.[0] === me,
  soon: ([due, soon, paused], now) => !paused && due >= now && due - now < soon,
  overdue: ([due, _, paused], now) => !paused && due < now,
}

/** Whether a row is one of those that a figure counts, at *now* (ms). */
export function counted(row, figure, now, me) {
  return CONDITIONS[figure.condition](row.cells[figure.column], now, me)
}

/** Whether a row is among those that the list is about, for *me*. */
export function held(book, row, me) {
  if (book.only && !book.only.has(row.ids[0])) return false
  const owner = book.own ? row.cells[book.own] : null
  return owner === null || owner[0] === me
}

export function wanted(book, row, now, me) {
  if (!held(book, row, me)) return false
  for (const { name, kind } of book.filters) {
    if (book.filter[name] && KINDS[kind].code(row.cells[name]) !== book.filter[name]) return false
  }
  const figure = book.list.figures.find(each => each.name === book.filter.figure)
  if (figure && !counted(row, figure, now, me)) return false
  return fold(book.filter.text).split(/\s+/).every(word => row.text.includes(word))
}

/**
 * The reader's choices as the address of what is opened carries them: ids and codes of what is chosen, never a name. What
 * is typed into the search is not among them: it may name somebody.
 */
export function addressed(book) {
  const { text: _, ...choices } = book.filter
  return Object.fromEntries(Object.entries(choices).filter(([_, value]) => value))
}

/** The keys that the reader's filter lets through, in the reader's order; the most urgent first among equals. */
export function arranged(book, now, me) {
  const column = book.columns.get(book.sort.by) ?? book.columns.get(book.clock)
  const value = row => KINDS[column.kind].order(row.cells[column.name], row, column)
  const sign = book.sort.down ? -1 : 1
  const rows = [...book.rows.values()].filter(row => wanted(book, row, now, me))
  const urgency = (a, b) => a.cells[book.clock][0] - b.cells[book.clock][0] || a.ids.at(-1) - b.ids.at(-1)
  rows.sort((a, b) => {
    const ranked = rank(book, a, now, me) - rank(book, b, now, me)
    if (ranked) return ranked
    const x = value(a)
    const y = value(b)
    if (x !== y) return sign * (typeof x === "string" ? x.localeCompare(y) : x - y)
    return urgency(a, b)
  })
  return rows.map(row => row.key)
}

/**
 * The figures above the list, at *now*, by name: each a number, and whether it is the least that it can be. Counted here
 * while the book holds every row, so that they tick too.
 *
 * Of too many rows the most urgent are here. The server has counted the others for a whole scope, as far as it knows;
 * what it has not, as what is one's own, is at least as many as are here. None that is not here is due sooner.
 */
export function figures(book, now, me) {
  if (!book.counts) return null
  const all = book.list.figures.find(figure => figure.condition === "all")
  const rows = [...book.rows.values()]
  const cut = book.counts[all.name] > rows.length
  const known = cut && !book.own && !book.only ? book.counts : {}
  const shown = rows.filter(row => held(book, row, me))
  const beyond = cut ? Math.max(...rows.map(row => clockOf(book, row).due)) : Infinity
  const figureOf = figure => {
    if (figure.name in known) return { number: known[figure.name], least: false }
    const number = shown.filter(row => counted(row, figure, now, me)).length
    return { number, least: cut && !(figure.condition === "overdue" && beyond >= now) }
  }
  return Object.fromEntries(book.list.figures.map(figure => [figure.name, figureOf(figure)]))
}

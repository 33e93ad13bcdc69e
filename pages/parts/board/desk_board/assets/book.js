// The board's book: the rows as the server has them, the reader's filter and sort, and which rows are shown in what order.

import { asked, fold, STAGES } from "./words.js"

export const keyOf = row => `${row.client_id}/${row.claim_id}`

const ORDER = {
  due: row => row.due,
  claim: row => row.claim_id,
  client: row => row.client,
  jurisdiction: row => row.jurisdiction ?? "",
  reported: row => row.reported,
  stage: row => STAGES[row.stage],
  missing: row => row.missing.length,
  who: row => row.who ?? "",
  last: row => row.last ?? 0,
}

export function newBook() {
  return {
    rows: new Map(), // key -> row
    version: null,
    counts: null,
    clients: null, // how many the reader works for; null: for all
    columns: [],
    sort: { by: "due", down: false },
    filter: { client: "", jurisdiction: "", who: "", stage: "", text: "", figure: "" },
  }
}

const asRow = (columns, values) => {
  const row = Object.fromEntries(columns.map((name, i) => [name, values[i]]))
  row.text = fold([row.number, row.client, row.jurisdiction, row.who, STAGES[row.stage], ...asked(row.missing)].join(" "))
  return row
}

/** Enter a message into the book. Returns false where a change does not follow what the book holds. */
export function enter(book, message) {
  if (message.t === "snapshot") {
    book.columns = message.columns
    book.clients = message.clients
    book.rows = new Map(message.rows.map(values => asRow(message.columns, values)).map(row => [keyOf(row), row]))
  } else {
    if (message.from !== book.version) return false
    for (const values of message.rows) {
      const row = asRow(book.columns, values)
      book.rows.set(keyOf(row), row)
    }
    for (const [client, claim] of message.gone) book.rows.delete(`${client}/${claim}`)
  }
  book.version = message.v
  book.counts = message.counts
  return true
}

/** Whether a row is one of those that a figure counts, at *now* (ms). */
export function counted(row, figure, now, me) {
  if (figure === "unassigned") return row.who_id === null
  if (figure === "mine") return row.who_id === me
  if (figure === "soon") return !row.paused && row.due >= now && row.due - now < row.soon
  if (figure === "overdue") return !row.paused && row.due < now
  return true
}

export function wanted(book, row, now, me) {
  const f = book.filter
  if (f.client && row.client !== f.client) return false
  if (f.jurisdiction && (row.jurisdiction ?? "–") !== f.jurisdiction) return false
  if (f.stage && row.stage !== f.stage) return false
  if (f.who && (f.who === "nobody" ? row.who_id !== null : String(row.who_id) !== f.who)) return false
  if (f.figure && !counted(row, f.figure, now, me)) return false
  return fold(f.text).split(/\s+/).every(word => row.text.includes(word))
}

/**
 * The reader's choices as a claim's address carries them: ids and codes of what is chosen, never a name. What is typed
 * into the search is not among them: it may name somebody.
 */
export function addressed(book) {
  const { client, jurisdiction, who, stage, figure } = book.filter
  const ids = [...book.rows.values()].find(row => row.client === client)?.client_id
  const chosen = { client: client ? ids : "", jurisdiction: jurisdiction === "–" ? "none" : jurisdiction, who, stage, figure }
  return Object.fromEntries(Object.entries(chosen).filter(([_, value]) => value).map(([name, value]) => [name, String(value)]))
}

/** The keys that the reader's filter lets through, in the reader's order; the most urgent first among equals. */
export function arranged(book, now, me) {
  const value = ORDER[book.sort.by]
  const sign = book.sort.down ? -1 : 1
  const rows = [...book.rows.values()].filter(row => wanted(book, row, now, me))
  rows.sort((a, b) => {
    const x = value(a)
    const y = value(b)
    if (x !== y) return sign * (typeof x === "string" ? x.localeCompare(y) : x - y)
    return a.due - b.due || a.claim_id - b.claim_id
  })
  return rows.map(keyOf)
}

/** The figures above the list, at *now*. Counted here while the book holds every open row, so that they tick too. */
export function figures(book, now, me) {
  const counts = book.counts
  if (!counts) return null
  if (counts.open > book.rows.size) return { ...counts }
  const rows = [...book.rows.values()]
  const number = figure => rows.filter(row => counted(row, figure, now, me)).length
  return { ...counts, unassigned: number("unassigned"), soon: number("soon"), overdue: number("overdue"), mine: number("mine") }
}

// Words of the board: time left, states, dates. Pure functions: no document, no clock of their own.

export const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Spell a length of time as core/words.py does: 45 min, 3 h 05 min, 2 days 4 h. Rounded down. */
export function spell(ms) {
  const minutes = Math.floor(Math.max(ms, 0) / MINUTE)
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) {
    const rest = minutes % 60
    return `${Math.floor(minutes / 60)} h${rest ? ` ${String(rest).padStart(2, "0")} min` : ""}`
  }
  const days = Math.floor(minutes / (24 * 60))
  const hours = Math.floor((minutes % (24 * 60)) / 60)
  return `${count(days)} days${hours ? ` ${hours} h` : ""}`
}

/** Tell a row's state at *now* (ms): its kind, and the words that go with it. How little left is soon comes with it. */
export function timeLeft(row, now, dates) {
  if (row.paused) return { kind: "paused", words: `Clock paused since ${dates.moment(row.paused, now)}` }
  const left = row.due - now
  if (left < 0) return { kind: "overdue", words: `Overdue by ${spell(-left)}` }
  if (left < row.soon) return { kind: "soon", words: `Due in ${spell(left)}` }
  return { kind: "running", words: `Due in ${spell(left)}` }
}

/** Build the formatters of one time zone (an IANA name; the browser's own where it is not known). */
export function datesIn(timezone) {
  const make = options => {
    try {
      return new Intl.DateTimeFormat("en-GB", { timeZone: timezone || undefined, ...options })
    } catch {
      return new Intl.DateTimeFormat("en-GB", options)
    }
  }
  const clock = make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
  const seconds = make({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" })
  const weekday = make({ weekday: "short" })
  const day = make({ weekday: "short", day: "numeric", month: "short" })
  const year = make({ year: "numeric" })
  const dayOfYear = make({ day: "numeric", month: "short", year: "numeric" })
  // The short names of the American zones (CST) are known to the American locale only.
  let zone
  try {
    zone = new Intl.DateTimeFormat("en-US", { timeZone: timezone || undefined, timeZoneName: "short" })
  } catch {
    zone = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" })
  }
  const zoneAt = ms => zone.formatToParts(ms).find(part => part.type === "timeZoneName")?.value ?? ""
  const plainDay = ms => day.format(ms).replace(",", "")
  return {
    clock: ms => clock.format(ms),
    seconds: ms => `${seconds.format(ms)} ${zoneAt(ms)}`,
    /** The time alone for today, with its weekday in the week around now, with its date otherwise, of another year too. */
    moment: (ms, now) => {
      const apart = Math.abs(ms - now)
      if (apart < DAY && plainDay(ms) === plainDay(now)) return clock.format(ms)
      if (apart < 6 * DAY) return `${weekday.format(ms)} ${clock.format(ms)}`
      return `${year.format(ms) === year.format(now) ? plainDay(ms) : dayOfYear.format(ms)} ${clock.format(ms)}`
    },
    whole: ms => `${plainDay(ms)} ${year.format(ms)}, ${clock.format(ms)} ${zoneAt(ms)}`,
    day: plainDay,
  }
}

export const STAGES = {
  ready: "Ready",
  intake: "Intake open",
  attempted: "Attempted",
  paused: "Clock paused",
}

const OUTCOMES = {
  reached: "reached",
  reached_deferred: "reached, to call later",
  voicemail: "voicemail",
  no_answer: "no answer",
  wrong_number: "wrong number",
  sent: "sent",
  refused: "refused",
  third_person: "somebody else answered",
}

const PARTIES = { worker: "worker", employer: "employer", provider: "provider", attorney: "attorney" }

const METHODS = { phone: "phone", text: "text", email: "e-mail", letter: "letter", in_person: "in person" }

const capital = words => words.charAt(0).toUpperCase() + words.slice(1)

/** Say briefly what the last attempt was: its outcome, and whom it went to where that was not the worker. */
export function attempt(row) {
  if (!row.last) return "None yet"
  const outcome = row.last_outcome === "sent" ? `${METHODS[row.last_method]} sent` : (OUTCOMES[row.last_outcome] ?? row.last_outcome)
  return capital(row.last_party === "worker" ? outcome : `${PARTIES[row.last_party] ?? row.last_party} ${outcome}`)
}

/** Say the same in full: whom, how, and what came of it. */
export function wholeAttempt(row) {
  return capital([PARTIES[row.last_party], METHODS[row.last_method], OUTCOMES[row.last_outcome]].filter(Boolean).join(", "))
}

const ELEMENTS = {
  name: "full name",
  reach: "way to reach",
  preferred_contact: "contact method",
  jurisdiction: "state",
  narrative: "what happened",
  date_of_injury: "injury date?",
  reported_at: "report time?",
}

/** Name what is to be asked, each element in a word or two. */
export const asked = elements => elements.map(name => ELEMENTS[name] ?? name.replaceAll("_", " "))

/** Name what is missing: two elements, and how many more. */
export function missing(elements) {
  const names = asked(elements)
  return names.length <= 2 ? names.join(", ") : `${names.slice(0, 2).join(", ")} +${names.length - 2}`
}

/** Fold text for comparison: no case, no accents. */
export function fold(text) {
  return String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
}

/** Say how many of a noun as core/words.py does: 1 filter, 2 filters. */
export const counted = (n, noun) => `${count(n)} ${n === 1 ? noun : `${noun}s`}`

export const count = n => new Intl.NumberFormat("en-US").format(n)

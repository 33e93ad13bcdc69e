// Words of the board: time left, states, dates. Pure functions: no document, no clock of their own.

export const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How a clock writes the time of day, as `clock` of core/words.py does: 09:05. */
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
const WALL = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...CLOCK })

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

/** Tell a clock's state at *now* (ms): its kind, and the words that go with it. How little left is soon comes with it. */
export function timeLeft({ due, soon, paused }, now, dates) {
  if (paused) return { kind: "paused", words: `Clock paused since ${dates.moment(paused, now)}` }
  const left = due - now
  if (left < 0) return { kind: "overdue", words: `Overdue by ${spell(-left)}` }
  if (left < soon) return { kind: "soon", words: `Due in ${spell(left)}` }
  return { kind: "running", words: `Due in ${spell(left)}` }
}

/** Say, behind the time left, when it is due; or since when a clock is paused that had run out by then. */
export function dueOrPaused(kind, { due, pausedLate }, now, dates) {
  if (kind === "paused") return ""
  return pausedLate ? `paused since ${dates.moment(pausedLate, now)}` : dates.moment(due, now)
}

/**
 * What time it is at *now* in a state whose clocks are these (formatters of its zones, most people's first), as
 * core/local_time.py says it, and whether people are called then: in all of them between the minutes of the day *from*
 * and *until*.
 */
export function timeThere({ state, from, until }, clocks, now) {
  const said = new Map(clocks.map(dates => [dates.minute(now), `${dates.clock(now)} ${dates.zone(now)}`]))
  const rings = [...said.keys()].every(minute => Number(from) <= minute && minute < Number(until))
  const [first, last] = [from, until].map(minute => WALL.format(minute * MINUTE))
  return { rings, words: `${[...said.values()].join(" or ")}${state ? ` in ${state}` : ""}${rings ? "" : `: outside of ${first} to ${last}`}` }
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
  const clock = make(CLOCK)
  const seconds = make({ ...CLOCK, second: "2-digit" })
  const hands = make({ hour: "numeric", minute: "numeric", hourCycle: "h23" })
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
  const known = ms => zone.formatToParts(ms).find(part => part.type === "timeZoneName")?.value ?? ""
  // Guam's name that locale does not know, and Adak's it calls otherwise than everybody else here.
  const zoneAt = ms => (timezone === "Pacific/Guam" ? "ChST" : known(ms).replace(/^HA(?=[SD]T$)/, "H"))
  const plainDay = ms => day.format(ms).replace(",", "")
  return {
    clock: ms => clock.format(ms),
    /** The minute of the day: 545 where the clock shows 09:05. */
    minute: ms => {
      const shown = Object.fromEntries(hands.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
      return shown.hour * 60 + shown.minute
    },
    zone: zoneAt,
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

/** Fold text for comparison: no case, no accents. */
export function fold(text) {
  return String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
}

/** Say how many of a noun as core/words.py does: 1 filter, 2 filters. */
export const counted = (n, noun) => `${count(n)} ${n === 1 ? noun : `${noun}s`}`

export const count = n => new Intl.NumberFormat("en-US").format(n)

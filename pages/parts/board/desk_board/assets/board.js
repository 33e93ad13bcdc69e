// The live list: rows come over the front door's web socket, are drawn as a table, and are worked without asking the server.

import { addressed, arranged, aside, back, clockOf, enter, figures, held as isListed, markOf, newBook, wanted } from "./book.js"
import { eachSecond } from "./clocks.js"
import { el, say, set } from "./draw.js"
import { keysOf, newFigures, newFilters } from "./frame.js"
import { awaitPage, offer, pageComes, showKeys, typing } from "./keys.js"
import { keepLine } from "./line.js"
import { newList } from "./list.js"
import { datesIn } from "./words.js"

const NARROW = matchMedia("(max-width: 760px)") // no room to open a row beside the list

/** Draw a list in *place*: `told(data, ways)` with each run of the page, `end()` when it goes. */
export function newBoard(place, data) {
  const declared = data.list
  const { noun } = declared
  const book = newBook(declared, data.everybody, data.clients)
  const remembered = `desk-board:${declared.name}`
  const selected = new Set(data.selected.map(key => key.join("/"))) // drawn anew, the list goes on with what its page knows
  const waiting = new Set() // arrived while the list was being read
  let departed = 0
  let shift = 0 // the server's clock less this one's, ms
  let heardAt = null
  let state = "connecting"
  let staleSince = null
  let over = false
  let page = null
  let dates = datesIn(data.timezone)
  let telling = null
  let last = JSON.stringify(data.selected) // the selection as the page last heard it
  let choices = "" // what the list is narrowed to, as a claim's address carries it
  let cleared
  let stood = -1 // where what is open stood in the list when it was opened
  let onward // each new number opens what is next, once

  try {
    const kept = JSON.parse(sessionStorage.getItem(remembered) ?? "{}")
    Object.assign(book.sort, kept.sort)
    Object.assign(book.filter, kept.filter, { text: "" })
  } catch {
    // What was remembered cannot be read: begin with everything.
  }
  const remember = () => {
    const { text: _, ...filter } = book.filter // what was typed may name somebody: it is not kept
    try {
      sessionStorage.setItem(remembered, JSON.stringify({ sort: book.sort, filter }))
    } catch {
      // A browser that keeps nothing works too.
    }
  }

  let releasing = null
  const linked = declared.columns.find(column => column.kind === "link")

  const now = () => Date.now() + shift
  const held = () => list.held(box) || news.matches(":hover, :focus")
  const rowOf = key => book.rows.get(key)
  const called = key => (rowOf(key) ? rowOf(key).cells[linked.name][0] : noun.charAt(0).toUpperCase() + noun.slice(1))

  // What the reader does -------------------------------------------------------------------------------------------
  const pairs = keys => keys.map(key => key.split("/").map(Number))
  const tell = () => {
    clearTimeout(telling)
    telling = setTimeout(() => {
      const chosen = pairs([...selected])
      const mark = JSON.stringify(chosen)
      if (mark !== last) page.setStateValue("selected", { cleared: data.cleared, keys: chosen })
      last = mark
    }, 150)
    say(refused, "")
    acts()
    list.mark()
  }
  const select = (key, on) => {
    if (on && rowOf(key)) selected.add(key)
    else selected.delete(key)
    say(spoken, `${called(key)} ${selected.has(key) ? "selected" : "not selected"}, ${selected.size} in all`)
    tell()
  }
  const toggle = () => list.current() && select(list.current(), !selected.has(list.current()))
  const open = key => {
    stood = list.keys().indexOf(key)
    if (!rowOf(key)) return
    awaitPage()
    page.setTriggerValue("open", { key: pairs([key])[0], filter: addressed(book), narrow: NARROW.matches })
  }
  // The one after the one that is open, and behind the last the most urgent again: not put aside, its clock running.
  const openNext = () => {
    const keys = list.keys()
    // What is done has left the list: what came after it stands now where it stood.
    const next = keys.includes(data.opened) ? keys.indexOf(data.opened) + 1 : Math.max(stood, 0)
    const key = [...keys.slice(next), ...keys.slice(0, next)].find(each => {
      const row = rowOf(each)
      return row && !aside(book, row, now(), data.me) && !clockOf(book, row).paused && each !== data.opened
    })
    if (key) open(key)
    else page.setTriggerValue("open", { key: [], filter: addressed(book) })
  }
  const act = ({ name, words, one }) => {
    const here = list.current()
    const keys = selected.size ? [...selected] : rowOf(here) ? [here] : []
    if (one && keys.length > 1) say(refused, `${words} is for one ${noun} at a time, ${keys.length} are selected.`)
    else if (keys.length) {
      awaitPage()
      page.setTriggerValue("act", { act: name, keys: pairs(keys), filter: addressed(book) })
    }
  }
  const list = newList(declared, {
    open,
    select,
    selectAll: on => {
      for (const key of list.keys()) {
        if (on && rowOf(key)) selected.add(key)
        else selected.delete(key)
      }
      tell()
    },
    sort: by => {
      book.sort = by === book.sort.by ? { by, down: !book.sort.down } : { by, down: false }
      chosen()
    },
    selected: key => selected.has(key),
    href: row => data.href.replace(/{(\d)}/g, (_, place) => row.ids[place]) + choices,
    clock: row => clockOf(book, row),
    reader: () => data.reader,
    mark: marks => markOf(marks, data.me),
    standing: row => (aside(book, row, now(), data.me) ? "aside" : back(book, row, now(), data.me) ? "back" : null),
    opened: () => data.opened,
    clicks: () => (data.beside && !NARROW.matches ? 1 : 2), // an item opens beside the list, which is not left for it
    dates: () => dates,
    now,
    released: () => {
      // On the way to what is announced the pointer leaves the list: what it is about to click stays a moment.
      clearTimeout(releasing)
      releasing = setTimeout(() => {
        if ((waiting.size || departed || disordered()) && !held()) apply()
      }, 2000)
    },
  })
  const chosen = () => {
    remember()
    apply()
    box.scrollTop = 0
  }
  const change = (name, value) => {
    book.filter[name] = value
    chosen()
  }
  const clear = () => {
    for (const name of Object.keys(book.filter)) book.filter[name] = ""
    chosen()
  }

  const everything = declared.figures.find(figure => figure.condition === "all")

  // What is on the page --------------------------------------------------------------------------------------------
  const bars = {
    figures: newFigures({ figures: declared.figures, press: name => change("figure", book.filter.figure === name || name === everything.name ? "" : name) }),
    filters: newFilters({ columns: book.filters, change, clear }),
  }
  const fresh = el("span", { class: "fresh" }, "Connecting")
  const status = el("span", { class: "unseen", role: "status" })
  const spoken = el("span", { class: "unseen", role: "status" })
  const chosenWords = el("span", { class: "chosen" })
  const refused = el("span", { role: "status" })
  const buttons = data.acts.filter(item => item.button).map(item => el("button", { type: "button", class: "act", click: () => act(item) }, item.words, item.key ? el("kbd", {}, item.key.toUpperCase()) : null))
  const clearSelection = el("button", { type: "button", class: "link", click: () => { selected.clear(); tell() } }, "Clear selection")
  const actions = el("div", { class: "acts" }, chosenWords, ...buttons, clearSelection, refused)
  const news = el("button", { type: "button", class: "news", hidden: true, click: () => showNews() })
  const emptyWords = el("span")
  const emptyClear = el("button", { type: "button", class: "link", click: clear }, "Clear the filters")
  const empty = el("p", { class: "empty", hidden: true }, emptyWords, " ", emptyClear)
  const box = el("div", { class: "box", tabindex: "-1" }, list.table, empty)
  box.addEventListener("scroll", () => {
    if (box.scrollTop <= 4 && (waiting.size || departed) && !held()) apply()
  })
  const keysButton = el("button", { type: "button", class: "link with-keys", title: "Keys", click: showKeys }, "Keys ?")
  const root = el(
    "section",
    { class: "board", "aria-label": declared.title },
    el("div", { class: "top" }, bars.figures.bar, el("div", { class: "side" }, fresh, keysButton)),
    // One after the other for those who tab: filters, what is new, the list, what to do with the selection.
    el("div", { class: "work" }, bars.filters.bar, box),
    actions,
    status,
    spoken,
  )
  bars.filters.bar.append(el("div", { class: "announce", "aria-live": "polite" }, news))
  place.append(root)

  // Drawing --------------------------------------------------------------------------------------------------------
  const order = () => arranged(book, now(), data.me)
  const disordered = () => {
    const keys = order()
    const shown = list.keys()
    return keys.length !== shown.length || keys.some((key, i) => key !== shown[i])
  }
  const apply = flag => {
    waiting.clear()
    departed = 0
    choices = Object.entries(addressed(book)).map(([name, value]) => `&list_${name}=${value}`).join("")
    list.arrange(order(), book.rows, flag)
    list.sorted(book.sort)
    around()
  }
  const showNews = () => {
    const arrived = new Set(waiting)
    apply(arrived)
    const first = list.keys().find(key => arrived.has(key))
    if (first) list.show(first)
  }
  // The list takes the height that the page leaves it, so that the acts stand at the window's foot. What stands beside it
  // ends where its own column does, and takes nothing from it, however long it is.
  const { host } = root.getRootNode()
  const column = host.closest(".stMainBlockContainer")
  const view = column.parentElement
  const lane = host.closest("[data-testid=stColumn]")
  const edges = node => node.getBoundingClientRect()
  const height = node => edges(node).height
  const fit = () => {
    const row = lane?.parentElement
    const sideBySide = row && edges(lane).width < edges(row).width
    const end = () => edges(lane.firstElementChild.lastElementChild).bottom
    const further = sideBySide ? edges(row).bottom - end() : 0
    box.style.height = `${height(box) + view.clientHeight - height(column) + further}px`
    const beside = document.querySelector(".st-key-work-beside")
    if (beside) beside.style.maxHeight = sideBySide ? `${end() - edges(beside).top}px` : ""
  }
  const acts = () => {
    const shown = new Set(list.keys())
    const hidden = [...selected].filter(key => !shown.has(key)).length
    const words = selected.size ? `${selected.size} selected${hidden ? `, ${hidden} filtered out` : ""}` : "None selected"
    const told = chosenWords.textContent
    say(chosenWords, words)
    for (const button of [...buttons, clearSelection]) button.disabled = selected.size === 0
    if (told !== words) fit() // on a narrow screen longer words take a line more: the acts stay where they stand
  }
  const around = () => {
    bars.figures.show(book.version === null ? null : figures(book, now(), data.me), book.filter.figure, book.notes)
    bars.filters.show(book)
    const parts = []
    if (waiting.size) parts.push(`${waiting.size} new`)
    if (departed) parts.push(`${departed} off the list`)
    set(news, "hidden", parts.length === 0)
    say(news, parts.length ? `${parts.join(", ")}, show` : "")
    const none = list.keys().length === 0
    set(empty, "hidden", !none)
    if (none) {
      say(emptyWords, nothing())
      set(emptyClear, "hidden", !(filtered() && listed().length))
    }
    set(list.table, "hidden", none)
    acts()
    freshness()
  }
  const listed = () => [...book.rows.values()].filter(row => isListed(book, row, data.me))
  const nothing = () => {
    if (over) return "This list has closed, because your sign-in or your role has changed."
    if (book.version === null) return "The list is on its way."
    if (book.clients === 0) return "No client is given to you yet. An administrator gives clients to people, a supervisor sets cover."
    const rows = listed()
    if (rows.length === 0) return declared.nothing
    const { figure, ...choices } = book.filter
    if (Object.values(choices).some(Boolean)) return `No ${noun} matches these filters.`
    const clocks = rows.map(row => clockOf(book, row))
    const next = clocks.filter(clock => !clock.paused && clock.due >= now()).sort((a, b) => a.due - b.due)[0]
    const due = next ? `The next is due at ${dates.moment(next.due, now())}.` : `The clock of every ${noun} is paused.`
    return `${declared.figures.find(each => each.name === figure).nothing} ${due}`
  }
  const filtered = () => Object.values(book.filter).some(Boolean)
  const freshness = () => {
    let kind = "live"
    let words = heardAt === null ? "Connecting" : `As of ${dates.seconds(heardAt)}, as all times here`
    if (state === "over") [kind, words] = ["stale", "Closed"]
    else if (staleSince !== null) [kind, words] = ["stale", `Not up to date since ${dates.seconds(staleSince)}: it is read again by itself. Open a ${noun} to see how it stands now.`]
    else if (state === "lost") [kind, words] = ["stale", heardAt === null ? "No connection yet: it is tried again by itself." : `Not up to date since ${dates.seconds(heardAt)}: no connection. It is tried again by itself.`]
    else if (state === "hidden" && heardAt !== null) [kind, words] = ["stale", `Paused at ${dates.seconds(heardAt)}`]
    say(fresh, words)
    set(fresh, "data-kind", kind)
    set(root, "data-line", kind)
    // Only the change is spoken, not every tick of the clock.
    if (state === "over") kind = "over"
    if (status.dataset.kind !== kind) {
      status.textContent = kind === "live" && !status.dataset.kind ? "" : kind === "live" ? "The list is live again." : words
      status.dataset.kind = kind
    }
  }

  // What the server says -------------------------------------------------------------------------------------------
  const heard = message => {
    if (message.at) {
      shift = message.at - Date.now()
      heardAt = message.at
    }
    if (message.t === "bye") return leave()
    if (message.t === "stale") {
      staleSince = message.since
      return freshness()
    }
    if (message.t === "still") {
      if (message.v !== book.version) return line.again()
      staleSince = null
      return freshness()
    }
    if (message.t === "empty") {
      book.rows = new Map()
      book.version = null
      selected.clear()
      list.clear()
      tell()
      return around()
    }
    staleSince = null
    const before = new Set(book.rows.keys())
    const first = book.version === null
    if (!enter(book, message)) return line.again()
    let dropped = false
    for (const key of [...selected]) if (!book.rows.has(key)) dropped = selected.delete(key) || dropped
    if (dropped) tell()
    if (first || !held()) return apply(first ? null : new Set([...book.rows.keys()].filter(key => !before.has(key))))
    // The list is being read: what changed shows in its place, what came or went is announced.
    const shown = new Set(list.keys())
    waiting.clear()
    for (const row of book.rows.values()) if (!shown.has(row.key) && wanted(book, row, now(), data.me)) waiting.add(row.key)
    departed = list.keys().filter(key => !book.rows.has(key)).length
    list.refresh(book.rows)
    return around()
  }
  const leave = () => {
    over = true
    state = "over"
    line.end()
    stopTicking()
    book.rows = new Map()
    book.version = null
    selected.clear()
    list.clear()
    around()
    if (data.reload !== false) setTimeout(() => location.reload(), 300)
  }
  const line = keepLine(data.url, {
    heard,
    ended: leave,
    said: word => {
      state = word
      around()
    },
  })
  const stopTicking = eachSecond(() => {
    if (book.version === null) return
    list.tick()
    bars.figures.show(figures(book, now(), data.me), book.filter.figure, book.notes)
  })

  // Keys -----------------------------------------------------------------------------------------------------------
  const withdraw = offer(() => ({ title: declared.title, keys: keysOf(data.acts, noun, data.beside) }))
  const OTHERS = "[role=dialog], [role=listbox], [role=combobox], [role=radiogroup], [role=tablist], [role=menu], [role=grid]"
  // Whether a key pressed outside of the list is left to it: a letter that is no text, where nothing else has letters.
  const leaves = (event, target) =>
    target === document.body ||
    (event.key.length === 1 && event.key !== " " && !typing(target) && !event.composedPath().some(node => node.matches?.(OTHERS)))
  const pressed = event => {
    const target = event.composedPath()[0]
    const inside = root.contains(target)
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!inside && !leaves(event, target)) return
    if (typing(target)) {
      event.stopPropagation() // or the page would take a letter for one of its own keys
      if (event.key === "Escape") {
        if (target === bars.filters.text && book.filter.text) change("text", "")
        else target.blur()
      } else if (target === bars.filters.text && (event.key === "Enter" || event.key === "ArrowDown")) {
        event.preventDefault()
        list.move(0)
      }
      return
    }
    const named = data.acts.find(item => item.key === event.key.toLowerCase())
    const onButton = target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement
    const keys = {
      j: () => list.move(1),
      ArrowDown: () => list.move(1),
      k: () => list.move(-1),
      ArrowUp: () => list.move(-1),
      x: toggle,
      " ": target.tagName === "TR" ? toggle : null,
      "/": () => bars.filters.text.focus(),
      u: () => showNews(),
      Enter: onButton || !inside ? null : () => open(list.current()),
      n: data.beside ? openNext : null,
      Escape: selected.size ? () => { selected.clear(); tell() } : null,
    }
    const does = named ? () => act(named) : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!does) return
    event.preventDefault()
    event.stopPropagation()
    does()
  }
  document.addEventListener("keydown", pressed, true)

  const sizes = new ResizeObserver(() => requestAnimationFrame(fit))
  sizes.observe(column)
  sizes.observe(view)

  around()
  return {
    told(given, ways) {
      set(root, "data-beside", given.beside)
      const zone = data.timezone
      const whoseWork = () => JSON.stringify([data.me, data.everybody, data.clients])
      const whose = whoseWork()
      // What is open beside the list begins at its top, however far down the one before it was read.
      if (given.beside && given.opened !== data.opened) {
        pageComes()
        document.querySelector(".st-key-work-beside")?.scrollTo(0, 0)
      }
      data = given
      page = ways
      book.own = data.everybody ? "" : declared.own
      book.only = data.clients && new Set(data.clients)
      if (zone !== data.timezone) dates = datesIn(data.timezone)
      const another = whose !== whoseWork()
      if (zone !== data.timezone || another) apply()
      // Whoever has chosen whose list this is goes on in it: the choice's box would keep the keys.
      if (another && document.activeElement?.matches("input[role=combobox], [role=combobox] *")) box.focus({ preventScroll: true })
      // After an act the page empties the selection, once for each new number: it need not be told.
      if (cleared !== undefined && data.cleared !== cleared) {
        selected.clear()
        last = "[]"
        tell()
      }
      cleared = data.cleared
      if (data.onward !== onward) {
        if (onward !== undefined) openNext()
        onward = data.onward
      }
      list.tick()
    },
    end() {
      over = true
      line.end()
      stopTicking()
      clearTimeout(telling)
      clearTimeout(releasing)
      sizes.disconnect()
      document.removeEventListener("keydown", pressed, true)
      withdraw()
      root.remove()
    },
  }
}

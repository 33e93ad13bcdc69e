// Keys that work on every page: G and a letter goes somewhere, ? shows every key that does something here.

import { el } from "./draw.js"

const PATIENCE = 2000 // ms from G to the letter that follows it
const HOLDS = 20000 // ms for which a key waits for its page, unless one goes on with the mouse
const BEGINS = 5000 // ms from what has the page drawn until that begins, at most
const SETTLES = 250 // ms after what was asked for is drawn: another part may have been drawn first, or have more to follow
const STEP = 30 // ms from one key that has waited to the next: what the one does is on the page by then
const WAITS = /^[1-9a-z]$/i
const AT_ONCE = /^[jkxus]$/i // they move within a list that is there already, or lead to the search: none waits
const TO_SEARCH = ["S", "/"]

const offers = new Set() // what else has keys on this page: functions that tell them as [key, words] pairs, with a heading
let search = null // the field in which claims are searched from every page, while there is one
let shown = null // the window of the keys, while the menu is on the page
let asked = null // when something was done that has a part of the page drawn, until that begins
let comes = true // what is being drawn now was asked for, as is the page with which the keys come
let settled = 0 // when it stands

/** Have the keys that `tell` returns ({ title, keys }) listed; returns how to take them back. */
export function offer(tell) {
  offers.add(tell)
  return () => offers.delete(tell)
}

/** Have S, and / where no list takes it, lead to *field*, and G and S always; returns how to take that back. */
export function leadToSearch(field) {
  search = field
  return () => {
    if (search === field) search = null
  }
}

/** Have keys wait for what is drawn next: it was asked for. */
export const awaitPage = () => (asked = performance.now())

/** Have keys wait no longer than for what is being drawn: what was asked for is that. */
export const pageComes = () => (asked = null)

/** Show every key that does something here. */
export const showKeys = () => shown?.()

/** Whether letters typed at *node* are text. */
export const typing = node =>
  node instanceof HTMLElement &&
  (node.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(node.tagName) ||
    (node.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(node.type)))

/** Whether a key was pressed in a dialog of the page. Of our own we know whether it is open: focus leaves it later. */
const inDialog = (event, own) =>
  event.composedPath().some(node => node instanceof Element && node !== own && node.matches("dialog, [role=dialog]"))

/** The buttons of the page that have a key, each with it: what is not there now is not among them. */
const buttons = () =>
  [...document.querySelectorAll("button kbd[aria-label^='Shortcut ']")]
    .map(key => [key.textContent, key.closest("button")])
    .filter(([_, button]) => button.checkVisibility())

/** Whether neither a button of the page nor a list has *key* for itself. */
const free = key =>
  !buttons().some(([taken]) => taken === key) && ![...offers].some(tell => tell().keys.some(([taken]) => taken === key))


const onPage = () => [
  ...buttons().map(([key, button]) => [key, button.querySelector("p")?.textContent ?? ""]),
  ...outcomes().map((outcome, i) => [String(i + 1), outcome.textContent]),
]

/** The menu's own link to a page, the first of which is at /. By it what is left keeps its address: Back leads there. */
const linkTo = address => {
  const links = [...document.querySelectorAll("[data-testid=stSidebar] a[href]")]
  const at = path => links.find(link => new URL(link.href).pathname === path)
  return at(`/${address}`) ?? at("/")
}

/** Where the form of the button that *letter* presses still wants something chosen: the first that can be. */
const unchosen = letter => {
  const form = buttons().find(([key]) => key === letter)?.[1].closest("[data-testid=stForm]")
  const wanted = [...(form?.querySelectorAll("[role=radiogroup][aria-required=true]") ?? [])]
  return wanted.find(group => !group.querySelector("[aria-checked=true]"))?.querySelector("[role=radio]")
}

const app = () => document.querySelector("[data-testid=stApp]")
// What draws a part may itself still be on its way: until then no key of that part is heard.
const running = () =>
  /^(running|rerunRequested)$/.test(app()?.dataset.testScriptState) || document.querySelector("[data-testid=stSkeleton]") !== null

/** Whether the page, or a part of it, is being drawn: its keys are those of what comes, not of what is left. */
const drawing = () =>
  running() || performance.now() < settled || (asked !== null && performance.now() - asked < BEGINS)

/** The outcomes of an attempt, where a form asks for one. */
const outcomes = () => [...document.querySelectorAll("[class*='st-key-outcome-'] [role=radio]")].filter(each => each.checkVisibility())

/** Keep the keys of the menu: `told(data, { setTriggerValue })` with each run of the page, `end()` when it goes. */
export function newKeys(place) {
  let places = []
  let page = null
  let until = 0 // G was pressed, and its letter may come until then
  const held = [] // keys that wait for the page that is being drawn
  let releasing = false

  const list = el("div")
  const close = el("button", { type: "button", class: "act", click: () => dialog.close() }, "Close")
  const dialog = el("dialog", { class: "help", "aria-label": "Keys" }, el("h2", {}, "Keys"), list, close)
  const root = el("div", { class: "keys" }, dialog)
  place.append(root)

  const group = ({ title, keys }) => [
    el("h3", {}, title),
    el("dl", {}, ...keys.flatMap(([key, words]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)])),
  ]
  const goings = () => [
    ...places.map(({ key, title }) => [`G then ${key}`, title]),
    ...(search ? [[[...TO_SEARCH.filter(free), "G then S"].join(", "), search.ariaLabel]] : []),
  ]
  const show = () => {
    const groups = [
      ...[...offers].map(tell => tell()),
      { title: "On this page", keys: onPage() },
      { title: "Anywhere", keys: [...goings(), ["?", "These keys"]] },
    ]
    list.replaceChildren(...groups.filter(({ keys }) => keys.length).flatMap(group))
    if (!dialog.open) dialog.showModal()
  }

  const toSearch = () => {
    dialog.close()
    search.focus()
    search.select()
  }

  // The letter after G, G itself and ? are ours on every page; while the keys are listed, every letter is.
  const meant = (letter, waiting) => {
    const going = waiting && places.find(({ key }) => key === letter)
    if (going) return () => {
      dialog.close()
      awaitPage()
      const link = linkTo(going.address)
      if (link) link.click()
      else page.setTriggerValue("go", going.address)
    }
    if (waiting && letter === "S" && search) return toSearch
    if (letter === "G") return () => (until = performance.now() + PATIENCE)
    if (letter === "?") return () => (dialog.open ? dialog.close() : show())
    if (dialog.open) return letter === "ESCAPE" ? () => dialog.close() : letter.length === 1 ? () => {} : null
    const outcome = /^[1-9]$/.test(letter) && outcomes()[letter - 1]
    if (outcome) return () => outcome.click()
    const first = unchosen(letter)
    if (first) return () => first.focus()
    if (buttons().some(([key, button]) => key === letter && !button.disabled)) awaitPage() // Streamlit presses it, and tells only later that it runs
    return search && TO_SEARCH.includes(letter) && free(letter) ? toSearch : null
  }
  // What is pressed while the page is being drawn is meant for what comes: it waits, one key behind the other.
  const release = () => {
    const [first] = held
    if (!first) return
    const late = performance.now() - first.timeStamp > HOLDS
    if (!drawing() || late) {
      held.shift()
      if (!late && !typing(document.activeElement)) {
        releasing = true
        for (const kind of ["keydown", "keyup"]) {
          const { key, code, shiftKey } = first
          document.body.dispatchEvent(new KeyboardEvent(kind, { key, code, shiftKey, bubbles: true, cancelable: true }))
        }
        releasing = false
      }
    }
    setTimeout(release, STEP)
  }
  const hold = event => {
    held.push(event)
    if (held.length === 1) setTimeout(release, STEP)
  }
  const pressed = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift") return
    const waiting = performance.now() < until
    until = 0
    if (typing(event.composedPath()[0]) || inDialog(event, dialog)) return
    const ours = waiting || dialog.open || /^g$/i.test(event.key) || AT_ONCE.test(event.key)
    if (!releasing && !ours && WAITS.test(event.key) && (held.length || drawing())) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return hold(event)
    }
    const act = meant(event.key.toUpperCase(), waiting)
    if (!act || event.key === " ") return
    event.preventDefault()
    event.stopImmediatePropagation()
    act()
  }
  const begins = new MutationObserver(() => {
    if (running()) {
      comes ||= asked !== null || performance.now() < settled
      pageComes()
    } else if (comes) {
      comes = false
      settled = performance.now() + SETTLES
    }
  })
  begins.observe(app(), { attributeFilter: ["data-test-script-state"] })
  const goOn = () => void held.splice(0)
  window.addEventListener("pointerdown", goOn, true)
  // Before the page's own listeners: the letter after G is theirs otherwise.
  window.addEventListener("keydown", pressed, true)
  shown = show

  return {
    told(data, ways) {
      places = data.places
      page = ways
    },
    end() {
      begins.disconnect()
      window.removeEventListener("pointerdown", goOn, true)
      window.removeEventListener("keydown", pressed, true)
      if (shown === show) shown = null
      root.remove()
    },
  }
}

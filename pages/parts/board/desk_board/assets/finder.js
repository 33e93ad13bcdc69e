// Find anything, from the head of every page. As one types the page is asked, one question at a time; what it found hangs
// below the box. What is typed is in no address, and is forgotten with the page.

import { el, icon, set } from "./draw.js"
import { awaitPage, leadToSearch } from "./keys.js"

const REST = 250 // ms without a key after which is asked what one or two letters find
const BRIEF = 80 // the same from three letters on: whoever types fast asks once
const ENOUGH = 3
const PATIENCE = 5000 // ms after which a question counts as lost: a page that is left answers none

/** Draw the box in *place*: `told(data, { setTriggerValue })` with each run of the page. */
export function newFinder(place) {
  let page = null
  let number = 0 // of the question that was asked last
  let waiting = null // what that question asks, while its answer is not there
  let answered = null // what the answer that is shown is of
  let opening = false // Enter was pressed before the answer was there
  let current = 0
  let entries = []
  let timer = 0
  let lost = 0

  const field = el("input", {
    type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    "aria-controls": "found", "aria-expanded": "false",
    focus: () => open(), input: () => soon(), keydown: event => pressed(event),
  })
  const words = el("p", { role: "status" })
  const list = el("div", { id: "found", role: "listbox", "aria-label": "Found" })
  // The pointer takes the keyboard away from the box otherwise, and what hangs below it would be gone before the click.
  const answer = el("div", { class: "answer", hidden: true, mousedown: event => event.preventDefault() }, words, list)
  const root = el("div", { class: "finder", role: "search" }, field, answer)
  place.append(root)
  root.addEventListener("focusout", event => {
    if (!root.contains(event.relatedTarget)) close()
  })
  const lead = leadToSearch(field)

  const typed = () => field.value.trim().replace(/\s+/g, " ")

  function show(shown) {
    set(answer, "hidden", !shown)
    field.setAttribute("aria-expanded", String(shown))
  }

  function close() {
    clearTimeout(timer)
    opening = false
    show(false)
  }

  function open() {
    if (answered === typed()) show(true)
    else ask()
  }

  function soon() {
    clearTimeout(timer)
    opening = false
    timer = setTimeout(ask, typed().length >= ENOUGH ? BRIEF : REST)
  }

  function ask() {
    clearTimeout(timer)
    if (waiting !== null || !page) return // asked again with its answer
    waiting = typed()
    number += 1
    page.setTriggerValue("asked", { number, words: waiting })
    lost = setTimeout(() => {
      waiting = null
      if (answered !== typed() && focused()) ask()
    }, PATIENCE)
  }

  const focused = () => root.getRootNode().activeElement === field

  function choose(entry) {
    close()
    field.value = ""
    answered = null
    entries = []
    list.replaceChildren()
    field.blur() // its claim is open: the keys are that page's again
    awaitPage()
    page.setTriggerValue("open", entry.key)
  }

  function move(to) {
    if (!entries.length) return
    current = (to + entries.length) % entries.length
    ;[...list.children].forEach((node, n) => {
      set(node, "aria-selected", n === current ? "true" : "false")
      if (n === current) node.scrollIntoView({ block: "nearest" })
    })
    field.setAttribute("aria-activedescendant", `found-${current}`)
  }

  function pressed(event) {
    const does = {
      ArrowDown: () => move(current + 1),
      ArrowUp: () => move(current - 1),
      Enter: () => {
        if (answered === typed() && entries[current]) choose(entries[current])
        else if (typed()) {
          opening = true
          ask()
        }
      },
      Escape: () => {
        if (!answer.hidden) return close()
        field.value = ""
        field.blur()
      },
    }[event.key]
    if (!does) return
    event.preventDefault()
    event.stopPropagation()
    does()
  }

  const drawn = (entry, n) =>
    el("a", {
      id: `found-${n}`, role: "option", href: entry.address, target: "_self", tabindex: "-1", "data-state": entry.state,
      click: event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        choose(entry)
      },
      mousemove: () => current !== n && move(n),
    },
    el("span", { class: "title" }, entry.title),
    el("span", { class: "standing" }, icon(entry.state), entry.standing),
    el("span", { class: "about" }, entry.about))

  return {
    told({ label, hint, asked, words: said, entries: found }, ways) {
      page = ways
      field.setAttribute("aria-label", label)
      field.placeholder = `${label}  S`
      field.title = hint
      if (waiting === null || asked !== number) return // the page was drawn for another reason
      clearTimeout(lost)
      answered = waiting
      waiting = null
      if (answered !== typed()) {
        if (focused()) ask()
        return
      }
      words.textContent = said
      entries = found
      list.replaceChildren(...entries.map(drawn))
      field.removeAttribute("aria-activedescendant")
      if (entries.length) move(0)
      if (!focused()) return // it is shown when one comes back
      show(true)
      if (opening && entries.length === 1) choose(entries[0])
      opening = false
    },
    end() {
      clearTimeout(timer)
      clearTimeout(lost)
      lead()
    },
  }
}

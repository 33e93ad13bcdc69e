// What is typed into a form that is kept goes to the desk while it is typed: Streamlit says it only once it is sent.
// It is held nowhere else in the browser.

import { el } from "./draw.js"

const PAUSE = 1000 // ms after the last key until words are sent
const AGAIN = 5000 // ms until they are sent again where the desk did not answer

const FORM = /^st-key-draft-([a-z_]+\d*)-(\d+)-(\d+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const known = new Map() // key of a form -> its words as the desk knows them, or as it was drawn
const touched = new Map() // key of a form -> the form: something was just done to it, and it is not looked at yet
const waiting = new Map() // key of a form -> { body, timer }: words that are still to be sent

/** The text of a field: days and times as ISO 8601 says them, what is chosen by its label. `words` is false of choices. */
function read(field) {
  const group = field.querySelector("[role=radiogroup]")
  if (group) return { text: group.querySelector("[aria-checked=true]")?.textContent ?? "", words: false }
  const ticked = field.querySelector("input[type=checkbox]")
  if (ticked) return { text: ticked.checked ? "true" : "", words: false }
  const input = field.querySelector("textarea, input[type^=date], input[type=hidden], input")
  return input && { text: input.value, words: input.getAttribute("role") !== "combobox" }
}

/** The kept form that *node* is in: its element, its key, and what names it for the desk. */
function formOf(node) {
  const element = node instanceof Element ? node.closest("[class*='st-key-draft-']") : null
  for (const key of element?.classList ?? []) {
    const [_, form, client, claim, request] = key.match(FORM) ?? []
    if (form) return { element, key, names: { form, request, ...(+claim ? { client: +client, claim: +claim } : {}) } }
  }
  return null
}

/** What is to be said of a form now. Choices alone are no words: with nothing typed the form counts as empty. */
function bodyOf({ element, names }) {
  const fields = {}
  let typed = false
  const [before, after] = ["st-key-", `-${names.request}`]
  for (const field of element.querySelectorAll(`[class*="${after}"]`)) {
    const key = [...field.classList].find(name => name.startsWith(before) && name.endsWith(after))
    const said = key && !FORM.test(key) && read(field)
    if (!said || !said.text) continue
    fields[key.slice(before.length, -after.length)] = said.text
    typed ||= said.words && said.text.trim() !== ""
  }
  return JSON.stringify({ ...names, fields: typed ? fields : {} })
}

let sending = Promise.resolve() // one after the other: the last words are those that stay

function send(key, { body }, leaving = false) {
  clearTimeout(waiting.get(key)?.timer)
  waiting.delete(key)
  known.set(key, body)
  const go = () =>
    fetch("/session/draft", {
      method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive: leaving,
    }).then(
      answer => answered(key, body, answer),
      () => again(key, body),
    )
  sending = leaving ? go() : sending.then(go)
}

/** Say under the form where its words were not kept, and why; take that back once they are. */
async function answered(key, body, answer) {
  if (answer.status >= 500) return again(key, body)
  const form = document.querySelector(`.${CSS.escape(key)}`)
  form?.querySelector(".desk-not-kept")?.remove()
  if (!answer.ok) form?.append(el("p", { class: "desk-not-kept", role: "status" }, `Not kept: ${await answer.text()}`))
}

/** Send later what the desk did not take, unless more was typed since. */
function again(key, body) {
  if (waiting.has(key) || known.get(key) !== body) return
  waiting.set(key, { body, timer: setTimeout(() => waiting.has(key) && send(key, { body }), AGAIN) })
}

/** Look at the form: what is new of it is sent after a pause, or *now*. */
function look(form, now = false) {
  touched.delete(form.key)
  const body = bodyOf(form)
  if (!known.has(form.key)) known.set(form.key, body)
  const later = waiting.get(form.key)
  if (body === known.get(form.key) && !later) return
  clearTimeout(later?.timer)
  if (now) send(form.key, { body })
  else waiting.set(form.key, { body, timer: setTimeout(() => send(form.key, { body }), PAUSE) })
}

const lookIfDrawn = form => (form.element.isConnected ? look(form) : touched.delete(form.key))

/** Send at once whatever waits: the page may be gone the next moment, and the last key not looked at yet. */
function sendAll(leaving) {
  touched.forEach(lookIfDrawn)
  for (const [key, words] of [...waiting]) send(key, words, leaving)
}

/** Watch every form that is kept, on whatever page is drawn, until the browser leaves this one. */
export function keepDrafts() {
  const changed = event => {
    const form = formOf(event.composedPath()[0])
    // A field shows what was done to it once Streamlit has heard of it.
    if (!form) return
    touched.set(form.key, form)
    setTimeout(() => lookIfDrawn(form))
  }
  for (const kind of ["input", "keyup", "click"]) document.addEventListener(kind, changed, true)
  document.addEventListener("focusin", ({ target }) => {
    const form = formOf(target)
    if (form && !known.has(form.key)) known.set(form.key, bodyOf(form))
  }, true)
  document.addEventListener("focusout", ({ target }) => {
    const form = formOf(target)
    if (form) look(form, true)
  }, true)
  window.addEventListener("popstate", () => sendAll(false), true)
  window.addEventListener("pagehide", () => sendAll(true))
  document.addEventListener("visibilitychange", () => document.hidden && sendAll(true))
}

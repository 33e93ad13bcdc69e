// An intake by telephone goes by Enter: to the next field that is asked for and empty, at last to what saves it. Tab goes to
// every field, Shift and Enter begins a line; Ctrl or Cmd and Enter is the button's own.

const FORM = "[class*='st-key-draft-report-']"
const FIELD = ["stTextInput", "stTextArea", "stSelectbox", "stTimeInput"].map(name => `[data-testid=${name}]`).join(", ")
const SAVE = ".st-key-report-foot button"
const ANSWERS = 120 // ms until the desk is heard to draw anew what was told
const STEP = 40 // ms from one look whether it is done to the next
const LONGEST = 2000 // ms for which that is waited for
const UNKNOWN = ["unknown_why", "ask_again"].map(name => `[class*='st-key-${name}-']`)

const entry = field => field.querySelector("textarea, input:not([type=hidden])")

/** The fields of a form that can be typed into, as the eye goes. */
const fieldsOf = form =>
  [...form.querySelectorAll(FIELD)].filter(field => entry(field) && !entry(field).disabled && field.checkVisibility())

const optional = field => /, optional$/.test(field.querySelector("label")?.textContent.trim() ?? "")
const empty = field => entry(field).value === ""
const wanted = field => !optional(field) && empty(field)

const left = new WeakSet() // fields from which Enter went on: nobody is led back to what the caller does not know

/** Return the field that is asked for, empty and new, behind *field*, else before it; null where there is none. */
function open(form, field) {
  const fields = fieldsOf(form)
  const asked = fields.filter(each => wanted(each) && !left.has(each))
  return asked.find(each => fields.indexOf(each) > fields.indexOf(field)) ?? asked[0] ?? null
}

/** Return, of the fields that say what the caller does not know, the one behind *field*; null where none is needed. */
function unknown(form, field) {
  const [why, again] = UNKNOWN.map(name => form.querySelector(name))
  if (again?.contains(field)) return null
  if (why?.contains(field)) return empty(field) ? null : again
  return fieldsOf(form).some(wanted) ? why : null
}

const pause = time => new Promise(resolve => setTimeout(resolve, time))

/** Wait until the desk has answered to what was told last: it may ask for something more by that. */
async function answered() {
  for (let waited = ANSWERS; waited < LONGEST; waited += STEP) {
    await pause(waited === ANSWERS ? ANSWERS : STEP)
    if (!document.querySelector("[data-test-script-state=running]")) return
  }
}

async function goOn(form, field) {
  left.add(field)
  const told = UNKNOWN.some(name => form.querySelector(name)?.contains(field))
  const next = told ? null : open(form, field)
  if (next) return entry(next).focus()
  if (!told) await answered()
  if (!field.contains(document.activeElement)) return // one has gone on by oneself
  const to = (told ? null : open(form, field)) ?? unknown(form, field)
  ;(to ? entry(to) : document.querySelector(SAVE))?.focus()
}

/** Have Enter go on in the form of an intake, on whatever page is drawn, until the browser leaves this one. */
export function goByEnter() {
  const begun = new WeakSet() // forms that were led to
  document.addEventListener("keydown", event => {
    const [at] = event.composedPath()
    const form = event.key === "Enter" && !event.isComposing && at instanceof Element && at.closest(FORM)
    const field = form && at.closest(FIELD)
    if (!field || event.shiftKey || event.ctrlKey || event.metaKey) return
    if (!field.matches("[data-testid=stSelectbox], [data-testid=stTimeInput]")) {
      // At once: the next key belongs to the next field. A field says what is in it as one leaves it.
      event.preventDefault()
      return goOn(form, field)
    }
    // What is chosen is in the field once it has heard of the key; words that choose nothing are not left behind.
    const typed = entry(field).value
    setTimeout(() => (typed && empty(field) ? null : goOn(form, field)))
  }, true)
  /** Whoever opens the page types at once. */
  const lead = () => {
    if (!location.pathname.endsWith("/log_claim")) return
    const form = document.querySelector(FORM)
    // The button is drawn after all fields, and what draws a field may still be on its way then.
    if (!form || begun.has(form) || !document.querySelector(SAVE) || form.querySelector("[data-testid=stSkeleton]")) return
    const first = fieldsOf(form).find(wanted)
    if (!first) return
    begun.add(form)
    if (document.activeElement === document.body || document.activeElement?.closest("[data-testid=stSidebar]"))
      entry(first).focus()
  }
  new MutationObserver(lead).observe(document.body, { childList: true, subtree: true })
  lead()
}

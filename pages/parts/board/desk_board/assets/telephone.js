// An intake by telephone goes by Enter: to the next field that is asked for and empty, at last to what saves it. Tab goes to
// every field, Shift and Enter begins a line; Ctrl or Cmd and Enter is the button's own.

const FORM = "[class*='st-key-draft-report-']"
const FIELD = ["stTextInput", "stTextArea", "stSelectbox", "stTimeInput"].map(name => `[data-testid=${name}]`).join(", ")
const SAVE = ".st-key-report-foot button"
const UNKNOWN = ["unknown_why", "ask_again"].map(name => `[class*='st-key-${name}-']`)

const entry = field => field.querySelector("textarea, input:not([type=hidden])")

/** The fields of a form that can be typed into, as the eye goes. */
const fieldsOf = form =>
  [...form.querySelectorAll(FIELD)].filter(field => entry(field) && !entry(field).disabled && field.checkVisibility())

const optional = field => /, optional$/.test(field.querySelector("label")?.textContent.trim() ?? "")
const empty = field => entry(field).value === ""
const wanted = field => !optional(field) && empty(field)

const left = new WeakSet() // fields from which Enter went on: nobody is led back to what the caller does not know

/** Return where Enter goes from *field*: what is asked for, empty and new; then why the rest is not known; then the button. */
function following(form, field) {
  const fields = fieldsOf(form)
  const [why, again] = UNKNOWN.map(name => form.querySelector(name))
  if (again?.contains(field)) return null
  if (why?.contains(field)) return empty(field) ? null : again
  const open = fields.filter(each => wanted(each) && !left.has(each))
  const next = open.find(each => fields.indexOf(each) > fields.indexOf(field)) ?? open[0]
  return next ?? (fields.some(wanted) ? why : null)
}

function goOn(form, field) {
  left.add(field)
  const next = following(form, field)
  const to = next ? entry(next) : document.querySelector(SAVE)
  to?.focus()
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

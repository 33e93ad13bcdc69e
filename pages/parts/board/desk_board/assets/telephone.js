// An intake by telephone goes by Enter: to the next field that is asked for and empty, at last to what saves it. Tab goes to
// every field, Shift and Enter begins a line; Ctrl or Cmd and Enter is the button's own.

const FORM = "[class*='st-key-draft-report-']"
const FIELD = ["stTextInput", "stTextArea", "stSelectbox", "stTimeInput"].map(name => `[data-testid=${name}]`).join(", ")
const SAVE = ".st-key-report-foot button"
const CHOSEN = 60 // ms until a field shows what Enter chose in it

const entry = field => field.querySelector("textarea, input:not([type=hidden])")

/** The fields of a form that can be typed into, as the eye goes. */
const fieldsOf = form =>
  [...form.querySelectorAll(FIELD)].filter(field => entry(field) && !entry(field).disabled && field.checkVisibility())

const optional = field => /, optional$/.test(field.querySelector("label")?.textContent.trim() ?? "")
const empty = field => entry(field).value === ""
const wanted = field => !optional(field) && empty(field)

/** Go to the first field behind *field* that is asked for and empty, or to what saves the form. */
function goOn(form, field) {
  const fields = fieldsOf(form)
  const next = fields.slice(fields.indexOf(field) + 1).find(wanted)
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
    if (at.tagName === "TEXTAREA") event.preventDefault()
    setTimeout(() => goOn(form, field), CHOSEN)
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

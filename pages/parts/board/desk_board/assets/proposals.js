// A form says what was typed into it when one of its buttons is pressed. Where codes are proposed from what happened, the
// button that does only that is pressed as one goes on to the next field: what is proposed stands below, and nothing else
// changes.

const TOLD = ["narrative", "body_part", "nature", "cause"]
  .map(field => `[class*="st-key-${field}-"] :is(textarea, input)`)
  .join(", ")
const PROPOSE = "[class*='st-key-codes-'][class*='-propose'] button"

/** Watch the fields that tell what happened, on whatever page is drawn, until the browser leaves this one. */
export function proposeCodes() {
  const before = new WeakMap() // field -> what stood in it when somebody came to it
  document.addEventListener("focusin", ({ target }) => target.matches(TOLD) && before.set(target, target.value), true)
  document.addEventListener("focusout", ({ target, relatedTarget: next }) => {
    const form = target.matches(TOLD) && target.value !== before.get(target) && target.closest("[data-testid=stForm]")
    // Whoever goes to a button presses it: nothing may move under the pointer.
    if (!form || !next || !form.contains(next) || next.closest("button")) return
    setTimeout(() => form.querySelector(PROPOSE)?.click())
  }, true)
}

// Finding a claim from the head of every page: a number and Enter. What it found, or did not, is said below the field.

import { el } from "./draw.js"
import { leadToSearch } from "./keys.js"

/** Draw the field in *place*: `told(data, { setTriggerValue })` with each run of the page. */
export function newFinder(place) {
  let page = null
  let sent = false // a number was, and what came of it is not told yet
  const field = el("input", {
    type: "search", autocomplete: "off", spellcheck: "false", "aria-controls": "answer",
    keydown: event => {
      if (event.key === "Escape") answer.replaceChildren()
      if (event.key === "Enter" && field.value.trim()) {
        sent = true
        page.setTriggerValue("number", field.value.trim())
      }
    },
    input: () => answer.replaceChildren(),
  })
  const answer = el("div", { class: "answer", id: "answer", role: "status" })
  place.append(el("div", { class: "finder", role: "search" }, field, answer))
  const lead = leadToSearch(field)

  return {
    told({ label, words, claims }, ways) {
      page = ways
      field.setAttribute("aria-label", label)
      field.placeholder = label
      if (sent && !words) {
        field.value = "" // its claim is open: the keys are that page's again
        field.blur()
      }
      sent = false
      answer.replaceChildren(
        ...(words ? [el("p", {}, words)] : []),
        ...claims.map(([text, href]) => el("a", { href, target: "_self" }, text)),
      )
    },
    end: lead,
  }
}

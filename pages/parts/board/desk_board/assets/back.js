// The way back. Streamlit goes to a claim's page in two steps, each an entry of the browser's history: the first writes the
// claim's query behind the address of the page that is left. That one is left out, so that Back leads to that page as it was.
// A claim's tabs it writes over each other in the address: here each that is turned to is an entry, so that Back turns back.

const CLAIM = "/claim"
const tabOf = address => address.searchParams.get("tab")

/** Keep, from now on, an entry for what people have turned to, and for nothing else. */
export function keepTheWayBack() {
  const { pushState: push, replaceState: replace } = history
  let turning = false // whether somebody did something since Back: only a person turns to a tab
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (turning = true), true)
  addEventListener("popstate", () => (turning = false), true)

  history.pushState = function (state, unused, url) {
    const to = new URL(url, location.href)
    const half = to.pathname === location.pathname && to.pathname !== CLAIM && to.searchParams.has("claim")
    if (!half) push.call(this, state, unused, url)
  }
  history.replaceState = function (state, unused, url) {
    const from = new URL(location.href)
    const to = new URL(url ?? from, from)
    const turned = from.pathname === CLAIM && to.pathname === CLAIM && tabOf(from) !== tabOf(to)
    ;(turning && turned ? push : replace).call(this, state, unused, url)
  }
}

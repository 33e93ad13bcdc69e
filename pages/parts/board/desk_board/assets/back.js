// The way back. Streamlit goes to a claim's page in two steps, each an entry of the browser's history: the first writes the
// claim's query behind the address of the page that is left. That one is left out, so that Back leads to that page as it was.

const CLAIM = "/claim"

/** Leave out, from now on, what is no page. */
export function keepTheWayBack() {
  const push = history.pushState
  history.pushState = function (state, unused, url) {
    const to = new URL(url, location.href)
    const half = to.pathname === location.pathname && to.pathname !== CLAIM && to.searchParams.has("claim")
    if (!half) push.call(this, state, unused, url)
  }
}

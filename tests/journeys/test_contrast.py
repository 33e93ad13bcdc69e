"""What is written can be read: 4.5 : 1 at least between every letter and its ground, in both themes."""

from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit
from tests.served import PATIENCE

pytestmark = pytest.mark.journey

FAINT = """() => {
  const parsed = color => {
    const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number)
    return color.startsWith("color(srgb") ? [r * 255, g * 255, b * 255, a] : [r, g, b, a]
  }
  const over = (top, ground) => [0, 1, 2].map(i => top[i] * top[3] + ground[i] * (1 - top[3]))
  const light = color => {
    const [r, g, b] = color.map(v => v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const chain = node => node ? [node, ...chain(node.parentElement ?? node.getRootNode().host)] : []
  const contrast = node => {
    const around = chain(node).map(each => getComputedStyle(each))
    const grounds = around.map(style => parsed(style.backgroundColor)).reverse()
    const ground = grounds.reduce((below, next) => over(next, below), [255, 255, 255])
    const [r, g, b, a] = parsed(around[0].color)
    const ink = over([r, g, b, around.reduce((all, style) => all * style.opacity, a)], ground)
    const [most, least] = [light(ink), light(ground)].sort((x, y) => y - x)
    return (most + 0.05) / (least + 0.05)
  }
  const all = root => [...root.querySelectorAll("*")].flatMap(node => [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])])
  return all(document)
    .filter(node => !node.closest("[data-testid=stIconMaterial]") && node.checkVisibility())
    .filter(node => [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim()))
    .map(node => [node.textContent.trim(), contrast(node)])
    .filter(([_, ratio]) => ratio < 4.5)
}"""


def nothing_is_faint(page: Page) -> None:
    """Look again until nothing is faint, in one theme and the other: a colour changes over a fraction of a second."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        with suppress(TimeoutError):
            page.wait_for_function(f"() => JSON.stringify(({FAINT})()) === '[]'", timeout=PATIENCE * 1000)
        assert page.evaluate(FAINT) == []


def test_on_a_claim_with_an_outcome_chosen_and_its_clock_explained_and_on_clients_with_the_form_open(
    visit: Visit,
) -> None:
    client = factories.client()
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    claim = visit(path, as_=signing_in.person(Role.VA, client))
    chosen, why = claim.get_by_role("radio", name="Left a voicemail"), claim.get_by_role("button", name="Why this time")
    chosen.click()
    expect(chosen).to_be_checked()
    nothing_is_faint(claim)  # the pointer is on what was chosen
    expect(chosen).to_be_checked()
    why.click()
    expect(why).to_have_attribute("aria-expanded", "true")
    nothing_is_faint(claim)
    expect(why).to_have_attribute("aria-expanded", "true")

    clients = visit("/clients", as_=signing_in.person(Role.ADMINISTRATOR))
    clients.get_by_role("button", name="Add a client").click()
    clients.get_by_role("radio", name="Working week").click()
    expect(clients.get_by_role("button", name="Mon")).to_be_visible()
    nothing_is_faint(clients)
    expect(clients.get_by_role("button", name="Mon")).to_be_visible()

"""Opening a row of a table that is drawn: what is clicked is drawn, and has no element of its own."""

from playwright.sync_api import Page


def open_row(page: Page, says: str = "") -> None:
    """Open the first row of the first table that has *says* in it."""
    rows = page.locator("canvas tbody tr")
    rows.filter(has_text=says).first.wait_for(state="attached")
    number = next(n for n, text in enumerate(rows.all_text_contents()) if says in text)
    box = page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 49.5 + 33 * number)

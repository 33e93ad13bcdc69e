"""The page Authorizations, as tests open it: its list answers what the test says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk_board import Answer
from streamlit.testing.v1 import AppTest

from pages import menu

PAGE = str(Path(menu.__file__).parent / "coordination" / "authorizations.py")

Open = Callable[..., AppTest]


def pressed(page: AppTest, label: str) -> AppTest:
    """Press the button of this label."""
    next(button for button in page.button if button.label.split("  ")[0] == label).click()
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    """Everything that is said on the page, and what its tables hold."""
    told = [*page.subheader, *page.markdown, *page.caption, *page.info, *page.error, *page.warning, *page.success]
    tables = "".join(each.proto.body for each in page.get("html"))
    return "\n".join([*(each.value for each in told), tables]).replace("\\", "")


def answering(first: dict[str, Any], kept: list[Answer]) -> Callable[..., Answer]:
    """Return a list that answers *first* once, then what is added to *kept*, one answer for each run."""
    kept.insert(0, Answer(**first))

    def board(*args: Any, opening: Callable[[Answer], None], **named: Any) -> Answer:
        answer = kept.pop(0) if kept else Answer()
        if answer.opened or answer.done:
            opening(answer)
        return answer

    return board

"""Merging two claims on the page of one of them, and undoing it."""

import pytest
from streamlit.testing.v1 import AppTest

from core import telephones
from core.access import Role
from pages.parts.markdown import verbatim
from tests import factories
from tests.conftest import Desk
from tests.core.merging.two import asked, correct, merge, two
from tests.pages.claim.claim_page import Open, one, press, words_of
from tests.pages.conftest import above

PHONES = "+13125550101", "+13125550177"


def compare(page: AppTest, number: str | None = None) -> AppTest:
    if number is not None:
        next(field for field in page.text_input if field.label == "Number of the other claim").input(number)
    return press(page, "Compare")


def choose(page: AppTest, field: str, number: str) -> None:
    next(group for group in page.button_group if f"merging.{field}." in (group.key or "")).set_value(number)


def test_two_claims_stand_side_by_side_before_they_are_merged_and_what_is_chosen_stands(
    open_page: Open, client: int, desk: Desk
) -> None:
    boss, va = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA, client)
    earlier, later = two(client)
    correct(va, client, later, phone="(312) 555-0177", language="Polish")
    asked(desk, client, later, f"The same injury as C-{earlier}? The worker and the date of injury look the same.")
    page = open_page(boss, later)

    compare(page)

    said = words_of(page)
    assert f"C-{earlier} was reported first, on Tue 24 Nov 2026, 06:00 CST: it is kept." in said
    assert f"**Language**  \n:gray[C-{earlier}:] —  \n:gray[C-{later}:] Polish" in said
    first, other = (verbatim(telephones.grouped(number)).replace("\\", "") for number in PHONES)
    assert f"**Telephone**  \n:gray[C-{earlier}:] {first}  \n:gray[C-{later}:] {other}" in said
    assert one(desk, "select count(*) from claim where merged_into is not null") == 0

    choose(page, "phone", f"C-{later}")
    press(page, f"Merge C-{later} into C-{earlier}")

    assert [each.value for each in page.toast] == [f"C-{later} merged into C-{earlier}"]
    said = words_of(page)
    assert f"C-{later} was merged into this claim on Tue 24 Nov 2026, 09:00 CST by {boss.name}." in said
    assert "You asked for it: this is the claim that it leads to." in said
    assert (
        one(desk, "select phone || language from claim join injured_worker using (worker_id) where merged_into is null")
        == "+13125550177Polish"
    )
    history = words_of(open_page(boss, earlier, tab="History"))
    assert f"C-{later} merged into this claim: its history is told here too" in history
    assert f"{va.name} · C-{later}" in history


def test_a_merge_is_undone_on_the_page_of_the_claim_that_was_kept(open_page: Open, client: int, desk: Desk) -> None:
    boss = factories.staff(Role.SUPERVISOR)
    earlier, later = two(client)
    merge(boss, client, earlier, later)

    page = press(open_page(boss, earlier), "Undo the merge now")

    assert [each.value for each in page.toast] == [f"Merge of C-{later} undone"]
    assert one(desk, "select count(*) from claim where merged_into is not null") == 0


def test_what_the_other_says_otherwise_can_be_read_by_whoever_reads_the_claim(open_page: Open, client: int) -> None:
    boss, va = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA, client)
    earlier, later = two(client)
    correct(va, client, later, phone="(312) 555-0177")
    merge(boss, client, earlier, later)
    page = open_page(va, later, tab="History")
    assert f":gray[On C-{later}:]" not in words_of(page)

    press(page, f"What C-{later} says otherwise")

    first, other = (verbatim(telephones.grouped(number)).replace("\\", "") for number in PHONES)
    assert f"**Telephone**  \n:gray[Here:] {first}  \n:gray[On C-{later}:] {other}" in words_of(page)


def test_what_cannot_be_merged_is_told_beside_the_button(open_page: Open, client: int) -> None:
    page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))

    compare(page, "C-999")

    assert [each.value for each in page.error] == [
        "This client has no other claim with this number. Give the claim's own number, as C-1234."
    ]
    assert above(page, "Compare") == "error"


@pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.COMPLIANCE])
def test_nobody_else_is_offered_it(open_page: Open, client: int, role: Role) -> None:
    earlier, later = two(client)
    merge(factories.staff(Role.SUPERVISOR), client, earlier, later)

    labels = {button.label for button in open_page(factories.staff(role, client), earlier).button}

    assert not {"Compare", "Undo the merge now"} & labels

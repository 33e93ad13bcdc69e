"""The access log: who did what to which record, in words that compliance reads without a key to them."""

from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core import assignment, contact, intake, staff
from core.access import Actor, NotAllowed, Role
from core.contact import Method, Outcome, Party
from core.transactions import acting
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown

PAGES = Path(menu.__file__).parent

Row = dict[str, str]


@pytest.fixture
def client(desk: Desk) -> int:
    return factories.client()


def read(sit_down: SitDown) -> list[Row]:
    """What stands on the page, newest first, without its own opening."""
    sit_down(factories.staff(Role.COMPLIANCE))
    page = AppTest.from_file(str(PAGES / "compliance" / "access_log.py"), default_timeout=30).run()
    assert not page.exception
    return page.dataframe[0].value.to_dict("records")[1:]


def number_of(desk: Desk, claim: int) -> str:
    with desk.owner() as db:
        number: str = db.execute("select claim_number from claim where claim_id = %s", (claim,)).fetchone()[0]
    return number


def log_attempt(actor: Actor, client: int, claim: int) -> None:
    with acting(actor) as tx:
        contact.log_attempt(
            actor, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE,
            outcome=Outcome.VOICEMAIL, note=None, at=NOW, request=uuid4(),
        )  # fmt: skip


def test_an_act_names_the_claim_by_its_number_and_what_was_done_in_words(
    desk: Desk, client: int, sit_down: SitDown
) -> None:
    claim = factories.claim(client)
    log_attempt(factories.staff(Role.VA, client), client, claim)

    [row] = read(sit_down)

    assert (row["Did"], row["To what"]) == ("attempt logged", f"claim {number_of(desk, claim)}")
    assert sorted(row["More"].split("; ")) == ["method telephone", "outcome left a voicemail", "party worker"]


def test_a_look_at_a_worker_names_the_claim(desk: Desk, client: int, sit_down: SitDown) -> None:
    va, claim = factories.staff(Role.VA, client), factories.claim(client)
    with acting(va) as tx:
        intake.open_claim(va, tx, client, claim)

    [row] = read(sit_down)

    assert (row["Did"], row["To what"], row["More"]) == ("read", f"worker of claim {number_of(desk, claim)}", "")


def test_a_refusal_names_what_was_tried_on_which_claim_of_which_client(
    desk: Desk, client: int, sit_down: SitDown
) -> None:
    va, elsewhere = factories.staff(Role.VA, client), factories.client()
    claim = factories.claim(elsewhere)
    with pytest.raises(NotAllowed):
        log_attempt(va, elsewhere, claim)

    [row] = read(sit_down)

    assert (row["Who"], row["Did"], row["To what"]) == (va.name, "refused", f"claim {number_of(desk, claim)}")
    assert row["Client"].startswith("Client ")
    assert sorted(row["More"].split("; ")) == ["no such claim among those served", "tried to log an attempt"]


def test_a_refusal_of_what_there_is_not_names_it_as_it_was_tried(desk: Desk, client: int, sit_down: SitDown) -> None:
    with pytest.raises(NotAllowed):
        log_attempt(factories.staff(Role.VA, client), 999, 884)

    [row] = read(sit_down)

    assert (row["To what"], row["Client"]) == ("claim 884", "")
    assert sorted(row["More"].split("; ")) == [
        "client 999", "no such claim among those served", "tried to log an attempt",
    ]  # fmt: skip


def test_a_handing_over_names_the_people(desk: Desk, client: int, sit_down: SitDown) -> None:
    boss, va = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA, client)
    with acting(boss) as tx:
        assignment.assign(boss, tx, claims=[(client, factories.claim(client))], to=va.staff_id, at=NOW)

    [row] = read(sit_down)

    assert sorted(row["More"].split("; ")) == ["from nobody", f"to {va.name}"]


def test_a_claim_taken_back_names_whose_it_was_and_why(desk: Desk, client: int, sit_down: SitDown) -> None:
    administrator, va = factories.staff(Role.ADMINISTRATOR), factories.staff(Role.VA, client)
    factories.claim(client, assignee=va.staff_id)
    with acting(administrator) as tx:
        staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)

    disabled, taken = read(sit_down)

    assert (taken["Who"], taken["Did"]) == (administrator.name, "taken back")
    assert sorted(taken["More"].split("; ")) == [f"from {va.name}", "to nobody", "who had it was disabled"]
    assert sorted(disabled["More"].split("; ")) == ["claims taken back 1", "sessions ended 0"]


def test_a_correction_tells_its_instants_in_the_readers_time(desk: Desk, client: int, sit_down: SitDown) -> None:
    boss, claim = factories.staff(Role.SUPERVISOR), factories.claim(client, reported_at=NOW)
    with acting(boss) as tx:
        intake.correct_report(
            boss, tx, client_id=client, claim_id=claim, reported_at=NOW.replace(hour=14), reason="x", version=1, at=NOW
        )

    [row] = read(sit_down)

    assert sorted(row["More"].split("; ")) == [
        "due from Wed 25 Nov 2026, 09:00 CST to Wed 25 Nov 2026, 08:00 CST",
        "report's time from Tue 24 Nov 2026, 09:00 CST to Tue 24 Nov 2026, 08:00 CST",
    ]


def test_what_an_administrator_does_names_person_role_and_clients(desk: Desk, client: int, sit_down: SitDown) -> None:
    administrator, person = factories.staff(Role.ADMINISTRATOR), factories.staff(Role.VA)
    with acting(administrator) as tx:
        staff.change_role(administrator, tx, staff_id=person.staff_id, role=Role.CLINICAL, at=NOW)
        staff.set_clients(administrator, tx, staff_id=person.staff_id, client_ids=frozenset({client}), at=NOW)
    with desk.owner() as db:
        name = db.execute("select name from client").fetchone()[0]

    given, changed = read(sit_down)

    assert given["To what"] == changed["To what"] == f"person {person.name}"
    assert sorted(changed["More"].split("; ")) == ["from Virtual assistant", "to Clinical staff"]
    assert sorted(given["More"].split("; ")) == [f"clients added {name}", "clients removed none"]


def test_a_claims_page_asked_for_outside_the_role_names_the_claim(desk: Desk, client: int, sit_down: SitDown) -> None:
    claim = factories.claim(client)
    sit_down(factories.staff(Role.ADMINISTRATOR))
    page = AppTest.from_file(str(PAGES / "coordination" / "claim.py"), default_timeout=30)
    page.query_params["client"], page.query_params["claim"] = str(client), str(claim)
    page.run()
    assert [each.value for each in page.error] == ["This page is not part of your role."]

    [row] = read(sit_down)

    assert (row["Did"], row["To what"]) == ("refused", f"claim {number_of(desk, claim)}")
    assert sorted(row["More"].split("; ")) == ["not part of the role", "tried to read a claim"]


def test_the_record_is_read_back_to_its_first_event_none_twice(desk: Desk, sit_down: SitDown) -> None:
    with desk.owner() as db:  # each of the three statements gives its events one time: their numbers tell them apart
        for first in (1, 151, 301):
            db.execute(
                "insert into audit_event (at, actor_id, noun, noun_id, verb)"
                " select statement_timestamp(), 0, 'import', number, 'imported' from generate_series(%s::int, %s::int) number",
                (first, first + 149),
            )
    sit_down(factories.staff(Role.COMPLIANCE))
    page = AppTest.from_file(str(PAGES / "compliance" / "access_log.py"), default_timeout=30).run()
    told = list(page.dataframe[0].value["To what"])
    while "Show earlier lines" in (labels := [button.label for button in page.button]):
        page.button[labels.index("Show earlier lines")].click().run()
        assert not page.exception
        told.extend(page.dataframe[0].value["To what"])

    imports = [what for what in told if what.startswith("import ")]
    assert imports == [f"import {number}" for number in range(450, 0, -1)]
    page.button[labels.index("Show the latest lines")].click().run()
    assert page.dataframe[0].value["To what"][0] == "access log"


def test_a_death_is_told_on_top_and_in_the_log(sit_down: SitDown, client: int, desk: Desk) -> None:
    va, claim = factories.staff(Role.VA, client), factories.claim(client)
    with acting(va) as tx:
        intake.record_death(va, tx, client_id=client, claim_id=claim, date_of_death=NOW.date(), at=NOW)

    log = read(sit_down)
    page = AppTest.from_file(str(PAGES / "compliance" / "access_log.py"), default_timeout=30).run()

    assert [(row["Did"], row["To what"]) for row in log if "death" in row["Did"]] == [
        ("death reported", f"claim {number_of(desk, claim)}")
    ]
    assert page.error[0].value.startswith("1 claim with a date of death not yet acknowledged")

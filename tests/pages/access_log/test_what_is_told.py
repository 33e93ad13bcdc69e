"""The access log: who did what to which record, in words that compliance reads without a key to them."""

import pytest
from streamlit.testing.v1 import AppTest

from core import access_log, assignment, intake, staff
from core.access import Action, NotAllowed, Role
from core.transactions import acting
from pages.parts.access_log import wording
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.access_log.log import PAGES, happened, log_attempt, number_of, open_log, read, rows
from tests.pages.conftest import SitDown


def test_an_act_names_the_claim_by_its_number_and_what_was_done_in_words(
    desk: Desk, client: int, sit_down: SitDown
) -> None:
    claim = factories.claim(client)
    log_attempt(factories.staff(Role.VA, client), client, claim)

    [row] = read(sit_down)

    assert (row["Did"], row["To what"]) == ("attempt logged", f"claim {number_of(desk, claim)}")
    assert sorted(row["More"].split("; ")) == ["left a voicemail", "telephone", "worker"]


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
    assert sorted(taken["More"].split("; ")) == [f"from {va.name}", "to nobody", "who had it may not sign in any more"]
    assert sorted(disabled["More"].split("; ")) == ["0 sessions ended", "1 claim taken back"]


def test_a_correction_tells_its_instants_in_the_readers_time(desk: Desk, client: int, sit_down: SitDown) -> None:
    boss, claim = factories.staff(Role.SUPERVISOR), factories.claim(client, reported_at=NOW)
    with acting(boss) as tx:
        intake.correct_report(
            boss, tx, client_id=client, claim_id=claim, reported_at=NOW.replace(hour=14), reason="x", seen=NOW, at=NOW
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


class TestRefusedSignIns:
    """One event tells of all tries by one name from one address."""

    def test_read_as_one_sentence(self, desk: Desk, sit_down: SitDown) -> None:
        detail = (
            '{"why": "locked", "address": "192.0.2.1", "tries": 312,'
            ' "since": "2026-11-24T15:02:11+00:00", "until": "2026-11-24T15:14:40.5+00:00"}'
        )
        happened(desk, 20, 0, "refused", "sign_in", 0, None, detail)

        [row] = rows(open_log(sit_down, kind="refusals"))

        assert (row["Who"], row["Did"], row["To what"]) == ("Not signed in", "refused", "312 tries to sign in")
        assert sorted(row["More"].split("; ")) == [
            "09:02 to 09:14 CST", "from 192.0.2.1", "locked after too many tries",
        ]  # fmt: skip

    def test_name_the_days_where_they_are_not_the_lines_own(self, desk: Desk, sit_down: SitDown) -> None:
        detail = (
            '{"why": "locked", "address": "a", "tries": 1, "since": "2026-11-25T05:50Z", "until": "2026-11-25T06:10Z"}'
        )
        happened(desk, 16 * 60, 0, "refused", "sign_in", 0, None, detail)

        [row] = rows(open_log(sit_down))

        assert row["To what"] == "1 try to sign in"
        assert "Tue 24 Nov 2026, 23:50 CST to Wed 25 Nov 2026, 00:10 CST" in row["More"]


def test_every_act_that_can_be_refused_has_its_words() -> None:
    assert set(wording.TRIED) == set(Action)
    assert set(wording.KINDS) == set(access_log.Kind)


def test_a_page_that_was_refused_is_named_by_what_it_is_for(desk: Desk, sit_down: SitDown) -> None:
    sit_down(factories.staff(Role.VA))
    assert AppTest.from_file(str(PAGES / "administration" / "people.py"), default_timeout=30).run().error
    [row] = rows(open_log(sit_down))
    assert row["More"] == "tried to manage people; not part of the role"


def test_work_put_aside_is_told_with_its_kind_and_until_when(desk: Desk, client: int, sit_down: SitDown) -> None:
    va, claim = factories.staff(Role.VA, client), factories.claim(client)
    detail = '{"work": "first_contact", "until": "2026-11-24T18:30:00+00:00"}'
    happened(desk, 0, va.staff_id, "snoozed", "claim", claim, client, detail)

    [row] = rows(open_log(sit_down))

    assert row["Did"] == "snoozed"
    assert row["More"].startswith("work item first contact; until ")
    assert row["More"].endswith("12:30 CST")


def test_a_search_is_told_with_what_it_showed(desk: Desk, client: int, sit_down: SitDown) -> None:
    va = factories.staff(Role.VA, client)
    for second, claims in enumerate(('["C-1", "C-2"]', '["C-2"]')):
        detail = f'{{"hits": 1, "claims": {claims}}}'
        happened(desk, second / 60, va.staff_id, "read", "search", 0, None, detail)

    [row] = rows(open_log(sit_down))

    assert (row["Did"], row["To what"]) == ("read 2 times", "search")
    assert row["More"].startswith("2 claims found; claims C-1, C-2")

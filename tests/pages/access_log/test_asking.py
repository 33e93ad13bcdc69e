"""Asking the access log: by its filters, page by page, and as a file."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from core import access_log, intake
from core.access import Role
from core.transactions import acting, transaction
from pages.parts.access_log import file
from tests import factories
from tests.conftest import Desk
from tests.pages.access_log.log import (
    PAGES,
    Row,
    happened,
    looked_at,
    open_log,
    rows,
    table,
    told,
)
from tests.pages.conftest import SitDown


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
    seen = [row["To what"] for row in told(page)]
    while "Show earlier lines" in (labels := [button.label for button in page.button]):
        page.button[labels.index("Show earlier lines")].click().run()
        assert not page.exception
        seen.extend(row["To what"] for row in told(page))

    imports = [what for what in seen if what.startswith("import ")]
    assert imports == [f"import {number}" for number in range(450, 0, -1)]
    page.button[labels.index("Show the latest lines")].click().run()
    assert told(page)[0]["To what"] == "access log"


class TestTheFilters:
    def test_begin_with_the_address(self, desk: Desk, client: int, sit_down: SitDown) -> None:
        va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        claim, another = factories.claim(client), factories.claim(client)
        for person, what in ((va, claim), (va, another), (other, claim)):
            with acting(person) as tx:
                intake.open_claim(person, tx, client, what)

        page = open_log(sit_down, who=str(va.staff_id), claim=f"C-{claim}", kind="looks", client=str(client))

        assert [(row["Who"], row["To what"]) for row in rows(page)] == [(va.name, f"worker of claim C-{claim}")]
        assert page.selectbox(key="access_log.who").value == va.staff_id

    def test_tell_who_looked_at_a_worker_last_week(self, desk: Desk, client: int, sit_down: SitDown) -> None:
        looker, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        zimmer, another = factories.claim(client, family_name="Zimmer"), factories.claim(client)
        looked_at(desk, looker, client, zimmer, days_ago=8)  # NOW is a Tuesday
        looked_at(desk, looker, client, another, days_ago=8)
        looked_at(desk, other, client, zimmer, days_ago=0)
        happened(desk, -8 * 24 * 60, other.staff_id, "taken", "claim", zimmer, client)

        page = open_log(sit_down, kind="looks", period="last-week")
        page.text_input(key="access_log.subject").set_value("Robin Zimmer").run()

        assert [(row["Who"], row["To what"]) for row in rows(page)] == [(looker.name, f"worker of claim C-{zimmer}")]

    def test_tell_what_one_person_looked_at(self, desk: Desk, client: int, sit_down: SitDown) -> None:
        looker, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        first, second = factories.claim(client), factories.claim(client)
        looked_at(desk, looker, client, first, days_ago=3)
        looked_at(desk, other, client, first, days_ago=2)
        looked_at(desk, looker, client, second, days_ago=1)
        happened(desk, 0, looker.staff_id, "taken", "claim", first, client)

        page = open_log(sit_down, who=str(looker.staff_id), kind="looks")

        assert [row["To what"] for row in rows(page)] == [f"worker of claim C-{second}", f"worker of claim C-{first}"]

    def test_stand_in_the_address_but_for_a_workers_name(self, desk: Desk, client: int, sit_down: SitDown) -> None:
        claim = factories.claim(client, family_name="Zimmer")
        happened(desk, 0, 1, "read", "claim", claim, client)
        page = open_log(sit_down)
        page.text_input(key="access_log.subject").set_value("Zimmer").run()
        page.selectbox(key="access_log.kind").set_value(access_log.Kind.LOOKS).run()
        assert page.query_params == {"kind": "looks"}
        assert page.caption[0].value.startswith(
            f"1 claim: [C-{claim}](/claim?client={client}&claim={claim}). Newest first;"
        )

        page.text_input(key="access_log.subject").set_value(f"c-{claim}").run()
        assert page.query_params == {"kind": "looks", "claim": f"C-{claim}"}

    @pytest.mark.parametrize(
        ("period", "told"),
        [
            ({"period": "today"}, {1}),
            ({"period": "7-days"}, {1, 2}),
            ({"period": "last-week"}, {2, 3}),
            ({"period": "30-days"}, {1, 2, 3}),
            ({"from": "2026-11-16", "to": "2026-11-16"}, {3}),
            ({"period": "nonsense"}, {1, 2, 3, 4}),
            ({"from": "2026-11-16", "to": "x"}, {1, 2, 3, 4}),
        ],
    )
    def test_hold_to_a_period(self, desk: Desk, sit_down: SitDown, period: Row, told: set[int]) -> None:
        for number, days in ((1, 0), (2, -4), (3, -8), (4, -40)):  # NOW is a Tuesday
            happened(desk, days * 24 * 60, 1, "imported", "import", number)
        page = open_log(sit_down, **period)
        assert {int(row["To what"].split()[1]) for row in rows(page)} == told

    def test_that_match_nothing_say_so(self, desk: Desk, sit_down: SitDown) -> None:
        page = open_log(sit_down, claim="C-99")
        assert [each.value.partition(",")[0] for each in page.info] == ["No claim has this number"]
        page.button(key="access_log.clear").click().run()
        assert page.query_params == {}
        assert not page.info


def test_repeated_looks_are_one_line_with_their_count(desk: Desk, client: int, sit_down: SitDown) -> None:
    va, claim = factories.staff(Role.VA, client), factories.claim(client)
    for minute in (0, 5, 9):
        happened(desk, minute, va.staff_id, "read", "claim", claim, client)

    [row] = rows(page := open_log(sit_down))

    assert (row["Did"], row["More"]) == ("read 3 times", "09:00 to 09:09 CST")
    assert row["To what"] == f"claim C-{claim}"
    assert table(page).links == [f"/claim?client={client}&claim={claim}"]


def test_of_many_claims_the_page_names_a_few_and_the_file_all(desk: Desk, sit_down: SitDown) -> None:
    reader = factories.staff(Role.COMPLIANCE)
    found = [f"C-{number}" for number in range(1_640, 1_660)]
    happened(desk, 0, 1, "read", "search", 0, None, json.dumps({"hits": 20, "claims": found}))

    [row] = rows(open_log(sit_down))

    assert row["More"] == "20 claims found; claims C-1640, C-1641, C-1642, 17 more"
    with transaction(reader) as tx:
        names, log = access_log.choices(reader, tx), access_log.exported(reader, tx, access_log.Filters())
    assert ", ".join(found) in file.as_csv(log, names, "UTC").decode("utf-8-sig")


def test_a_file_holds_what_the_page_says_and_no_formula(desk: Desk, client: int, sit_down: SitDown) -> None:
    reader = factories.staff(Role.COMPLIANCE)
    with desk.owner() as db:
        db.execute("update client set name = '=HYPERLINK(1)'")
    happened(desk, 0, 1, "imported", "import", 7, client)
    with transaction(reader) as tx:
        names = access_log.choices(reader, tx)
        log = access_log.exported(reader, tx, access_log.Filters(client=client))

    assert file.as_csv(log, names, "UTC").decode("utf-8-sig").splitlines() == [
        "When (UTC),Who,Did,To what,Client,More",
        '"Tue 24 Nov 2026, 15:00:00",Command line,imported,import 7,\'=HYPERLINK(1),',
    ]

"""The access log: who did what to which record, in words that compliance reads without a key to them."""

import json
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core import access_log, assignment, contact, intake, staff
from core.access import Action, Actor, NotAllowed, Role
from core.contact import Method, Outcome, Party
from core.transactions import acting, transaction
from pages import menu
from pages.parts import log_file, log_wording
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown

PAGES = Path(menu.__file__).parent

Row = dict[str, str]


class Table(HTMLParser):
    """Reads the rows of the log, by heading, and the addresses of the claims that they link."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.links: list[str | None] = []
        self.heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append({})
        elif tag == "td":
            self.heading = dict(attrs)["data-heading"] or ""
            self.rows[-1][self.heading] = ""
        elif tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag: str) -> None:
        self.heading = "" if tag == "td" else self.heading

    def handle_data(self, data: str) -> None:
        if self.heading:
            self.rows[-1][self.heading] += data


def table(page: AppTest) -> Table:
    """The log as it is drawn; empty where it is not."""
    drawn = Table()
    for each in page.get("html"):
        drawn.feed(each.proto.body)
    return drawn


def told(page: AppTest) -> list[Row]:
    """Every line that stands on the page."""
    return [row for row in table(page).rows if row]


def read(sit_down: SitDown) -> list[Row]:
    """What stands on the page, newest first, without its own opening."""
    sit_down(factories.staff(Role.COMPLIANCE))
    page = AppTest.from_file(str(PAGES / "compliance" / "access_log.py"), default_timeout=30).run()
    assert not page.exception
    return told(page)[1:]


def open_log(sit_down: SitDown, **address: str) -> AppTest:
    """Open the page at an address."""
    sit_down(factories.staff(Role.COMPLIANCE))
    page = AppTest.from_file(str(PAGES / "compliance" / "access_log.py"), default_timeout=30)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def rows(page: AppTest) -> list[Row]:
    """What stands on the page but for the looks at the log."""
    return [row for row in told(page) if row["To what"] != "access log"]


def looked_at(desk: Desk, person: Actor, client: int, claim: int, *, days_ago: int) -> None:
    """*person* opened the claim so many days before NOW."""
    with desk.owner() as db:
        worker = db.execute("select worker_id from claim where claim_id = %s", (claim,)).fetchone()[0]
    minutes = -days_ago * 24 * 60
    happened(desk, minutes, person.staff_id, "read", "injured_worker", worker, client, f'{{"claim": {claim}}}')


def happened(desk: Desk, minutes: float, actor: int, verb: str, noun: str, noun_id: int, *rest: object) -> None:
    """Put on the record what happened so many minutes after NOW; *rest* is client and detail, as JSON."""
    with desk.owner() as db:
        db.execute(
            "insert into audit_event (at, actor_id, verb, noun, noun_id, client_id, detail) values (%s, %s, %s, %s, %s, %s, %s)",
            (NOW + timedelta(minutes=minutes), actor, verb, noun, noun_id, *(*rest, None, None)[:2]),
        )


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
    assert set(log_wording.TRIED) == set(Action)
    assert set(log_wording.KINDS) == set(access_log.Kind)


def test_a_page_that_was_refused_is_named_by_what_it_is_for(desk: Desk, sit_down: SitDown) -> None:
    sit_down(factories.staff(Role.VA))
    assert AppTest.from_file(str(PAGES / "administration" / "people.py"), default_timeout=30).run().error
    [row] = rows(open_log(sit_down))
    assert row["More"] == "tried to manage people; not part of the role"


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
    assert ", ".join(found) in log_file.as_csv(log, names, "UTC").decode("utf-8-sig")


def test_a_file_holds_what_the_page_says_and_no_formula(desk: Desk, client: int, sit_down: SitDown) -> None:
    reader = factories.staff(Role.COMPLIANCE)
    with desk.owner() as db:
        db.execute("update client set name = '=HYPERLINK(1)'")
    happened(desk, 0, 1, "imported", "import", 7, client)
    with transaction(reader) as tx:
        names = access_log.choices(reader, tx)
        log = access_log.exported(reader, tx, access_log.Filters(client=client))

    assert log_file.as_csv(log, names, "UTC").decode("utf-8-sig").splitlines() == [
        "When (UTC),Who,Did,To what,Client,More",
        '"Tue 24 Nov 2026, 15:00:00",Command line,imported,import 7,\'=HYPERLINK(1),',
    ]

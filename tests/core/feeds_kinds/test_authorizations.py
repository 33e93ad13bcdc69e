"""A client's list of requests for authorization: a row is a treatment of a logged request, a duplicate, or refused."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core import authorizations, feeds
from core.access import Actor, NotAllowed, Role
from core.authorizations import Key
from core.feeds import AUTHORIZATIONS, Imported, Plan
from core.intake import number_key
from core.transactions import acting, transaction
from tests import factories
from tests.commands import command
from tests.core.authorizations import work
from tests.core.feeds_import.importing import counts, file, imported, rows
from tests.factories import NOW

HEAD = (
    "Claim #,Request Ref,Request Type,State,Requesting Provider,NPI,Phone,Fax,Date Received,Time Received,Received Via,"
    "Complete?,Missing,CPT,Service Description,Body Part,Units,Due Date,Reason for Due Date"
)
FIELDS = (
    "number", "reference", "kind", "state", "provider", "npi", "phone", "fax", "day", "time", "via", "complete",
    "missing", "code", "words", "part", "units", "due", "why",
)  # fmt: skip
TODAY, EARLIER = "11/24/2026", "07:30"


def row(**said: str) -> str:
    """Return a row that asks for an MRI as is usual, but for what is *said* otherwise."""
    usual = {
        "number": "A-1", "provider": "Dr. Ames", "day": TODAY, "time": EARLIER, "via": "Fax", "complete": "yes",
        "code": "72148", "words": "MRI of the lumbar spine",
    } | said  # fmt: skip
    assert usual.keys() <= set(FIELDS)
    return ",".join(usual.get(field, "") for field in FIELDS)


@pytest.fixture
def claim(desk: Any, client: int) -> int:
    """An open claim of California that the client calls A-1."""
    return called(desk, factories.claim(client, jurisdiction="CA"), "A-1")


def called(desk: Any, claim_id: int, number: str) -> int:
    with desk.owner() as db:
        db.execute(
            "update claim set client_claim_number = %s, client_number_key = %s where claim_id = %s",
            (number, number_key(number), claim_id),
        )
    return claim_id


def planned(actor: Actor, client: int, *lines: str, at: datetime = NOW) -> Plan:
    feed = feeds.read_feed(AUTHORIZATIONS.vocabulary, file(*lines, head=HEAD))
    with transaction(actor) as tx:
        saved = feeds.saved_mapping(actor, tx, AUTHORIZATIONS, client)
        mapping = feeds.mapping_for(AUTHORIZATIONS.vocabulary, feed, saved)
        return feeds.plan(
            actor, tx, AUTHORIZATIONS, client_id=client, feed=feed, mapping=mapping, file_name="rfa.csv", at=at
        )


def taken_in(actor: Actor, client: int, *lines: str) -> Imported:
    return feeds.commit(actor, planned(actor, client, *lines), at=NOW)


def undone(actor: Actor, client: int, import_id: int) -> int:
    with transaction(actor) as tx:
        return feeds.undo(actor, tx, AUTHORIZATIONS, client_id=client, import_id=import_id, at=NOW)


def refused(plan: Plan) -> list[tuple[int, str, str]]:
    return [(each.row, each.field, each.reason) for each in plan.refusals]


def key(desk: Any, client: int, claim: int) -> Key:
    [(number,)] = rows(desk, "select request_id from authorization_request")
    return Key(client, claim, number, 1)


pytestmark = pytest.mark.usefixtures("claim")


class TestAPlan:
    def test_finds_every_column_by_the_headings_that_people_use(self, client: int, va: Actor) -> None:
        plan = planned(va, client, row(npi="1234567893", phone="217-555-0110", fax="217-555-0111"))

        assert plan.mapping.columns == {
            "claim_number": "Claim #", "reference": "Request Ref", "kind": "Request Type", "jurisdiction": "State",
            "provider": "Requesting Provider", "npi": "NPI", "phone": "Phone", "fax": "Fax",
            "received_on": "Date Received", "received_time": "Time Received", "channel": "Received Via",
            "complete": "Complete?", "missing": "Missing", "code": "CPT", "words": "Service Description",
            "body_part": "Body Part", "units": "Units", "due_on": "Due Date", "due_why": "Reason for Due Date",
        }  # fmt: skip
        assert plan.unused == ()

    def test_says_what_is_asked_for_by_which_clock_and_when_it_is_due(self, client: int, va: Actor) -> None:
        plan = planned(va, client, row(), row(code="97110", words="Physical therapy", time="", kind="Retrospective"))

        [untimed, usual] = [
            (line.row, line.what, line.why, [cell.said for cell in line.cells]) for line in plan.lines()
        ]
        assert untimed[:3] == (
            3, "New requested treatment", "No time of receipt: counted from the first minute of that day."
        )  # fmt: skip
        assert untimed[3][1:] == ["97110 Physical therapy", "Retrospective, CA"]
        assert usual[2] == ""
        assert usual[3][1:] == ["72148 MRI of the lumbar spine", "Prospective, CA"]
        assert "Dec 2026" in usual[3][0]

    @pytest.mark.parametrize(
        ("said", "field", "reason"),
        [
            ({"number": "Z-9"}, "claim_number", "The client has no claim with the number 'Z-9'."),
            ({"number": ""}, "claim_number", "The claim number is missing."),
            ({"provider": ""}, "provider", "The requesting provider is missing."),
            ({"npi": "1234567894"}, "npi", "This is no NPI: ten digits, of which the last checks the others."),
            ({"phone": "12"}, "phone", "12"),
            ({"fax": "12"}, "fax", "12"),
            ({"day": ""}, "received_on", "The date received is missing."),
            ({"day": "11/25/2026"}, "received_on", "It cannot have been received later than now."),
            ({"time": "soon"}, "received_time", "soon"),
            ({"via": "pigeon"}, "channel", "pigeon"),
            ({"via": ""}, "channel", "The way it came is missing."),
            ({"complete": "no"}, "missing", "It is not complete, and what is missing is not said."),
            ({"missing": "the report"}, "complete", "It is complete, and something is missing."),
            ({"complete": "perhaps"}, "complete", "perhaps"),
            ({"code": "721"}, "code", "This is no CPT or HCPCS code"),
            ({"code": "", "words": ""}, "words", "The treatment is missing."),
            ({"units": "0"}, "units", "0"),
            ({"units": "many"}, "units", "many"),
            ({"state": "Mars"}, "jurisdiction", "Mars"),
            ({"kind": "wish"}, "kind", "There is no request of the kind 'wish' in CA."),
            ({"due": "12/04/2026"}, "due_why", "A due date is set by hand, and it is not said why."),
            ({"why": "Agreed"}, "due_on", "There is a reason for a due date, and no date."),
            ({"due": "11/01/2026", "why": "Agreed"}, "due_on", "It cannot be due before it was received."),
        ],
    )
    def test_refuses_what_cannot_be_told_and_says_where_and_what_to_do(
        self, client: int, va: Actor, said: dict[str, str], field: str, reason: str
    ) -> None:
        # Rows that hold together beside it: what stands in a column is not told by a single cell.
        good = [row(code=str(97110 + n), words=f"Treatment {n}", state="CA", npi="1234567893", phone="217-555-0110",
                    fax="217-555-0110", due="12/31/2026", why="Agreed") for n in range(3)]  # fmt: skip
        plan = planned(va, client, *good, row(**said))

        [each] = plan.refusals
        assert (each.row, each.field, len(plan.new)) == (5, field, 3)
        assert reason in each.reason
        assert "send" in each.remedy

    def test_wants_exactly_one_open_claim(self, desk: Any, client: int, va: Actor) -> None:
        for number in ("B-1", "B-1", "X-1"):
            called(desk, factories.claim(client, jurisdiction="CA"), number)
        called(desk, factories.claim(factories.client(), jurisdiction="CA"), "D-1")
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_by = 1, closed_why = 'resolved'"
                       " where client_claim_number = 'X-1'")  # fmt: skip

        said = refused(planned(va, client, *(row(number=f"{letter}-1") for letter in "BXD")))

        assert [each[:2] for each in said] == [(2, "claim_number"), (3, "claim_number"), (4, "claim_number")]
        assert said[0][2].startswith("Several open claims of the client have the number 'B-1': ")
        assert [each[2] for each in said[1:]] == [
            "The claim with the number 'X-1' is closed.", "The client has no claim with the number 'D-1'.",
        ]  # fmt: skip

    def test_finds_a_claim_by_the_desks_own_number_too(self, desk: Any, client: int, va: Actor) -> None:
        [(number,)] = rows(desk, "select claim_number from claim")

        assert [new.claim.number for new in planned(va, client, row(number=number.lower())).new] == [number]

    def test_goes_by_the_state_of_the_row_before_that_of_the_claim(self, client: int, va: Actor) -> None:
        [new] = planned(va, client, row(state="Texas")).new

        assert new.asked.jurisdiction == "TX"

    def test_is_for_whoever_takes_in_feeds(self, client: int) -> None:
        with pytest.raises(NotAllowed):
            planned(factories.staff(Role.CLINICAL, client), client, row())


class TestAnImport:
    def test_logs_a_request_as_somebody_would_have(self, desk: Any, client: int, claim: int, va: Actor) -> None:
        other = factories.claim(client, jurisdiction="CA")
        by_hand = work.look(va, work.log(va, client, other, received_at=datetime.fromisoformat("2026-11-24T13:30Z"),
                                         complete_at=datetime.fromisoformat("2026-11-24T13:30Z")))  # fmt: skip
        done = taken_in(va, client, row(part="Lower back", npi="1234567893", units="2"))

        assert counts(done) == (1, 1, 0, 0)
        with acting(va) as tx:
            [request] = authorizations.of_claim_page(va, tx, client_id=client, claim_id=claim)
        frame = request.frame
        alike = ("jurisdiction", "kind", "provider_name", "received_at", "channel", "complete_at", "clock", "rule",
                 "due_at", "ours", "follow_up_at")  # fmt: skip
        assert [getattr(frame, name) for name in alike] == [getattr(by_hand.frame, name) for name in alike]
        assert (frame.provider_npi, frame.holder_id, frame.version) == ("1234567893", None, 1)
        assert [line[:5] for line in request.lines] == [(1, "72148", "MRI of the lumbar spine", "Lower back", 2)]
        assert rows(desk, "select import_id from authorization_request where import_id is not null") == [
            (done.import_id,)
        ]
        assert rows(desk, f"select kind from claim_event where claim_id = {claim} and kind <> 'reported'") == [
            ("authorization_logged",)
        ]

    def test_makes_one_request_of_the_rows_of_a_reference(self, desk: Any, client: int, va: Actor) -> None:
        other = {"code": "97110", "words": "Physical therapy"}
        plan = planned(va, client, row(reference="R1"), row(reference="R1", **other), row(code="E0720", words="TENS"))
        assert [line.why for line in plan.lines()] == ["", "With row 2, as one request.", ""]
        done = feeds.commit(va, plan, at=NOW)

        assert counts(done) == (3, 3, 0, 0)
        assert rows(desk, "select count(*) from service_line group by request_id order by request_id") == [(2,), (1,)]
        assert undone(va, client, done.import_id) == 3

    def test_refuses_a_row_of_a_reference_that_is_of_another_request(self, client: int, va: Actor) -> None:
        plan = planned(
            va, client, row(reference="R1"), row(reference="R1", provider="Dr. Far", code="97110", words="PT")
        )

        [(number, field, reason)] = refused(plan)
        assert (number, field) == (3, "reference")
        assert reason.startswith("It has the same request reference as row 2, and is of another request.")

    def test_keeps_what_is_missing_and_a_due_date_set_by_hand(self, desk: Any, client: int, va: Actor) -> None:
        taken_in(va, client, row(complete="no", missing="The report", due="12/04/2026", why="Agreed by telephone"))

        assert rows(desk, "select missing, complete_at, due_at, due_why"
                          " from authorization_request") == [
            ("The report", None, datetime.fromisoformat("2026-12-05T05:59Z"), "Agreed by telephone")
        ]  # fmt: skip

    def test_is_not_done_where_a_claim_was_closed_meanwhile(self, desk: Any, client: int, va: Actor) -> None:
        plan = planned(va, client, row())
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_by = 1, closed_why = 'resolved'")

        with pytest.raises(feeds.DataMoved):
            feeds.commit(va, plan, at=NOW)
        assert rows(desk, "select count(*) from authorization_request") == [(0,)]


class TestADuplicate:
    def test_is_what_an_open_request_of_the_claim_asks_for(self, client: int, claim: int, va: Actor) -> None:
        work.log(va, client, claim)
        done = planned(va, client, row(words="Other words"), row(code="", words="MRI  OF the lumbar spine"))

        [(number,)] = {(new.claim.number,) for new in planned(va, client, row(code="E0720", words="TENS")).new}
        assert [each.why for each in done.duplicates] == [
            f"An open request on claim {number} asks for the same code, 72148.",
            f"An open request on claim {number} asks for the same treatment, in the same words.",
        ]

    def test_is_what_an_earlier_row_asks_for(self, desk: Any, client: int, va: Actor) -> None:
        lines = (row(reference="R1"), row(reference="R1"), row(words="Other words"), row(reference="R1", part="Neck"))
        done = taken_in(va, client, *lines)

        assert counts(done) == (4, 2, 0, 2)
        assert rows(desk, "select row_number, of_import from import_duplicate order by 1") == [
            (3, done.import_id), (4, done.import_id),
        ]  # fmt: skip
        assert rows(desk, "select line, body_part from service_line order by 1") == [(1, None), (2, "Neck")]

    def test_the_same_file_again_logs_nothing(self, client: int, va: Actor) -> None:
        first, second = taken_in(va, client, row()), taken_in(va, client, row())

        assert (counts(first), counts(second)) == ((1, 1, 0, 0), (1, 0, 0, 1))
        with pytest.raises(feeds.ImportFollowed):
            undone(va, client, first.import_id)


class TestUndo:
    def test_takes_all_of_it_back_and_the_file_can_come_again(self, desk: Any, client: int, va: Actor) -> None:
        done = taken_in(va, client, row(), row(code="97110", words="Physical therapy"))

        assert undone(va, client, done.import_id) == 2

        for table in ("authorization_request", "service_line"):
            assert rows(desk, f"select count(*) from {table}") == [(0,)]
        assert rows(desk, "select count(*) from claim_event where kind = 'authorization_logged'") == [(0,)]
        assert rows(desk, "select count(*) from audit_event where verb = 'authorization_logged'") == [(2,)]
        assert counts(taken_in(va, client, row())) == (1, 1, 0, 0)

    def test_a_request_logged_by_hand_stays(self, desk: Any, client: int, claim: int, va: Actor) -> None:
        stays = work.log(va, client, claim, work.THERAPY)
        undone(va, client, taken_in(va, client, row()).import_id)

        assert rows(desk, "select request_id from authorization_request") == [(stays.request_id,)]
        assert rows(desk, "select count(*) from claim_event where kind = 'authorization_logged'") == [(1,)]

    @pytest.mark.parametrize("what", ["changed", "followed up", "determined", "returned by letter"])
    def test_not_once_somebody_has_worked_on_a_request(
        self, desk: Any, client: int, claim: int, va: Actor, what: str
    ) -> None:
        missing = {"complete": "no", "missing": "The report"} if what == "returned by letter" else {}
        done = taken_in(va, client, row(**missing))
        request = key(desk, client, claim)
        with acting(va) as tx:
            if what == "returned by letter":
                which = authorizations.Which(authorizations.Party.PROVIDER, about=authorizations.About.RETURN)
                authorizations.make(
                    va, tx, client_id=client, claim_id=claim, request_id=request.request_id, which=which, at=NOW
                )
            elif what == "changed":
                authorizations.toll(va, tx, request, on=NOW, why="Examination", at=NOW)
            elif what == "followed up":
                authorizations.follow_up(
                    va, tx, request, party=authorizations.Party.PROVIDER, how=work.Channel.PHONE,
                    reply=authorizations.Reply.NO_ANSWER, at=NOW,
                )  # fmt: skip
        if what == "determined":
            factories.determination(client, claim, request.request_id)

        with pytest.raises(feeds.ImportWorkedOn, match="Somebody has worked on a request of this import"):
            undone(va, client, done.import_id)
        assert rows(desk, "select count(*) from authorization_request") == [(1,)]

    def test_a_claim_of_a_feed_can_go_with_its_own_import_again(self, desk: Any, client: int, va: Actor) -> None:
        claims = imported(va, client, file("E-1,Doe,Jo,,,11/20/2026,11/23/2026,08:30,CA,Fell.", head=(
            "Claim No,Last Name,First Name,DOB,Phone,Date of Injury,Date Reported,Time Reported,State,Narrative")))  # fmt: skip
        done = taken_in(va, client, row(number="E-1"))
        with pytest.raises(feeds.ImportWorkedOn), transaction(va) as tx:
            feeds.undo(va, tx, feeds.CLAIMS, client_id=client, import_id=claims.import_id, at=NOW)

        undone(va, client, done.import_id)

        with transaction(va) as tx:
            assert feeds.undo(va, tx, feeds.CLAIMS, client_id=client, import_id=claims.import_id, at=NOW) == 1


def test_the_command_line_takes_a_file_in(desk: Any, client: int, tmp_path: Path) -> None:
    with desk.owner() as db:
        [(code,)] = db.execute("select code from client where client_id = %s", (client,)).fetchall()
    (tmp_path / "rfa.csv").write_bytes(file(row(day="11/20/2025"), row(number="Z-9", day="11/20/2025"), head=HEAD))

    done = command(desk.env(), "import-authorizations", str(tmp_path / "rfa.csv"), "--client", code, said="")

    assert done.returncode == 0, done.stderr
    assert "rows read 2, new requested treatments 1" in done.stdout
    assert "Row 3, claim_number: The client has no claim with the number 'Z-9'." in done.stdout
    assert rows(desk, "select logged_by from authorization_request") == [(1,)]

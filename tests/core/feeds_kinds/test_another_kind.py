"""A kind of feed more, made up here, is read, mapped, planned, taken in, told of and taken back like any other."""

import csv
import io
from typing import Any

import pytest

from core import feeds
from core.access import Actor, NotAllowed, Role
from core.feeds import Cell, Imported, Plan
from core.transactions import transaction
from tests import factories
from tests.core.feeds_import.importing import ROWS, counts, file, imported, rows
from tests.core.feeds_kinds.visits import AHEAD, VISITS, NoSites, laid_out
from tests.factories import NOW

WORDS = VISITS.vocabulary
HEAD = "Visit #;Visited on;Site;Remarks;Driver"
THREE = (
    "V-1;11/20/2026;North;All well.;Bo",
    "V-2;11/30/2026;South;;Bo",
    "V-1;11/20/2026;North;;Cy",
    "V-4;;North;;Cy",
    "V-5;11/20/2026;Nowhere;;Cy",
    "X-6;11/20/2026;North;;Cy",
    HEAD,
)


def data(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines]).encode()


@pytest.fixture
def client(desk: Any) -> int:
    client_id = factories.client()
    laid_out(desk, client_id, "North", "South")
    return client_id


def planned(actor: Actor, client_id: int, content: bytes) -> Plan:
    feed = feeds.read_feed(WORDS, content)
    with transaction(actor) as tx:
        mapping = feeds.mapping_for(WORDS, feed, feeds.saved_mapping(actor, tx, VISITS, client_id))
        return feeds.plan(
            actor, tx, VISITS, client_id=client_id, feed=feed, mapping=mapping, file_name="visits.csv", at=NOW
        )


def taken_in(actor: Actor, client_id: int, content: bytes) -> Imported:
    return feeds.commit(actor, planned(actor, client_id, content), at=NOW)


def undone(actor: Actor, client_id: int, import_id: int, kind: feeds.FeedKind = VISITS) -> int:
    with transaction(actor) as tx:
        return feeds.undo(actor, tx, kind, client_id=client_id, import_id=import_id, at=NOW)


def earlier(actor: Actor, client_id: int, kind: feeds.FeedKind = VISITS) -> list[feeds.Import]:
    with transaction(actor) as tx:
        return feeds.imports(actor, tx, kind, client_id)


class TestAPlan:
    def test_finds_its_columns_by_the_kinds_own_headings(self, client: int, va: Actor) -> None:
        plan = planned(va, client, data(*THREE))

        assert plan.mapping.columns == {"number": "Visit #", "day": "Visited on", "site": "Site", "remarks": "Remarks"}
        assert plan.unused == ("Driver",)

    def test_says_of_every_row_what_becomes_of_it(self, client: int, va: Actor) -> None:
        plan = planned(va, client, data(*THREE))

        assert [tuple(line) for line in plan.lines()] == [
            (2, "New visit", "V-1", "", (Cell("20 Nov 2026", "Soon"),), ()),
            (3, "New visit", "V-2", "", (Cell("30 Nov 2026", "Soon"),), ()),
            (4, "Reported before", "row 2", "The same visit as row 2.", (Cell(),), ()),
        ]
        assert [(row.row, row.field, row.reason) for row in plan.refusals] == [
            (5, "day", "The day of the visit is missing."),
            (6, "site", "The client has no such site."),
            (7, "number", "The visit was called off."),
            (8, "row", "The headings stand here again."),
        ]
        assert (plan.read, plan.counted(AHEAD)) == (7, 1)

    def test_asks_for_the_order_of_day_and_month_where_the_file_does_not_show_it(self, client: int, va: Actor) -> None:
        with pytest.raises(feeds.OrderUndecided, match="'Visited on'"):
            planned(va, client, data("V-1;03/04/2026;North;;"))

    def test_refuses_as_the_kind_does_where_nothing_can_be_taken_in(self, client: int, va: Actor, desk: Any) -> None:
        with desk.owner() as db:
            db.execute("delete from visited_site")

        with pytest.raises(NoSites):
            planned(va, client, data(*THREE))

    def test_is_for_whoever_may_import_that_kind(self, client: int) -> None:
        with pytest.raises(NotAllowed):
            planned(factories.staff(Role.CLINICAL, client), client, data(*THREE))


class TestAnImport:
    def test_does_what_was_planned_in_the_kinds_own_table(self, desk: Any, client: int, va: Actor) -> None:
        done = taken_in(va, client, data(*THREE))

        assert counts(done) == (7, 2, 4, 1)
        assert rows(desk, "select number, site, import_id from visit order by 1") == [
            ("V-1", "North", done.import_id), ("V-2", "South", done.import_id),
        ]  # fmt: skip
        assert rows(desk, "select kind, accepted, refused from feed_import") == [("visits", 2, 4)]
        assert rows(desk, "select row_number, of_import, why from import_duplicate") == [
            (4, done.import_id, "The same visit as row 2.")
        ]
        assert rows(desk, "select count(*) from claim") == [(0,)]

    def test_is_not_done_where_the_plan_would_come_out_differently(self, desk: Any, client: int, va: Actor) -> None:
        plan = planned(va, client, data(*THREE))
        with desk.owner() as db:
            db.execute("insert into visited_site values (%s, 'Nowhere')", (client,))

        with pytest.raises(feeds.DataMoved):
            feeds.commit(va, plan, at=NOW)
        assert rows(desk, "select count(*) from visit") == [(0,)]

    def test_is_not_done_once_it_is_cancelled(self, desk: Any, client: int, va: Actor) -> None:
        told: list[tuple[int, int]] = []

        with pytest.raises(feeds.ImportCancelled):
            feeds.commit(
                va, planned(va, client, data(*THREE)), at=NOW,
                progress=lambda *how_far: told.append(how_far), cancelled=lambda: (1, 2) in told,
            )  # fmt: skip

        assert told == [(0, 2), (1, 2)]
        assert rows(desk, "select count(*) from visit") == [(0,)]
        assert [each.state for each in earlier(va, client)] == ["cancelled"]

    def test_gives_the_refused_rows_back_as_a_file(self, client: int, va: Actor) -> None:
        done = taken_in(va, client, data(*THREE))

        with transaction(va) as tx:
            content = feeds.refusals_csv(va, tx, VISITS, client_id=client, import_id=done.import_id)

        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert table[0] == ["Row", "Field", "Reason", "What to do", *HEAD.split(";")]
        assert [row[:3] for row in table[1:3]] == [
            ["5", "Day of the visit", "The day of the visit is missing."],
            ["6", "Site", "The client has no such site."],
        ]
        assert table[1][4:] == ["V-4", "", "North", "", "Cy"]

    def test_keeps_its_mapping_beside_that_of_claims(self, client: int, va: Actor) -> None:
        mapping = feeds.FeedMapping({"number": "A", "day": "B", "site": "C"})
        of_claims = feeds.FeedMapping({"full_name": "A", "date_of_injury": "B", "date_reported": "C"})
        with transaction(va) as tx:
            feeds.save_mapping(va, tx, VISITS, client_id=client, mapping=mapping, at=NOW)
            feeds.save_mapping(va, tx, feeds.CLAIMS, client_id=client, mapping=of_claims, at=NOW)

        assert planned(va, client, b"A;B;C\nV-1;11/20/2026;North\n").mapping.columns == mapping.columns
        with transaction(va) as tx:
            saved = feeds.saved_mapping(va, tx, feeds.CLAIMS, client)
        assert saved == of_claims


class TestUndo:
    def test_takes_all_of_it_back_and_the_file_can_come_again(self, desk: Any, client: int, va: Actor) -> None:
        done = taken_in(va, client, data(*THREE))

        assert undone(va, client, done.import_id) == 2

        assert rows(desk, "select count(*) from visit") == [(0,)]
        assert [each.state for each in earlier(va, client)] == ["undone"]
        assert rows(desk, "select detail from audit_event where verb = 'undone'") == [({"kind": "visits", "rows": 2},)]
        assert counts(taken_in(va, client, data(*THREE))) == (7, 2, 4, 1)

    def test_not_once_somebody_has_worked_on_it_as_the_kind_says(self, desk: Any, client: int, va: Actor) -> None:
        done = taken_in(va, client, data(*THREE))
        with desk.owner() as db:
            db.execute("update visit set answered = true where number = 'V-2'")

        assert [each.worked_on for each in earlier(va, client)] == [True]
        with pytest.raises(feeds.ImportWorkedOn, match="Somebody has answered a visit of this import"):
            undone(va, client, done.import_id)

    def test_not_before_an_import_that_left_out_rows_because_of_it(self, client: int, va: Actor) -> None:
        first, second = (taken_in(va, client, data(*THREE)) for _ in range(2))
        assert counts(second) == (7, 0, 4, 3)

        with pytest.raises(feeds.ImportFollowed, match="because the visits of this import were there already"):
            undone(va, client, first.import_id)
        assert [undone(va, client, each.import_id) for each in (second, first)] == [0, 2]

    def test_each_kind_has_a_history_of_its_own(self, client: int, va: Actor) -> None:
        visits, claims = taken_in(va, client, data(*THREE)), imported(va, client, file(*ROWS))

        assert [each.import_id for each in earlier(va, client)] == [visits.import_id]
        assert [each.import_id for each in earlier(va, client, feeds.CLAIMS)] == [claims.import_id]
        with pytest.raises(feeds.NoSuchImport):
            undone(va, client, visits.import_id, feeds.CLAIMS)
        with transaction(va) as tx:
            strange = feeds.refusals_csv(va, tx, feeds.CLAIMS, client_id=client, import_id=visits.import_id)
        assert len(strange.splitlines()) == 1, "no more than the headings"

"""Median, shares and findings, what can be asked, and what leaves the desk as a file."""

import csv
import io
from bisect import bisect_right
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from core import first_contact
from core.access import Action, Actor, NotAllowed, Role
from core.first_contact import Figures, Picture, Question
from core.transactions import transaction
from db.queries.first_contact import Bin
from tests import factories
from tests.core.first_contact.one_week import CHICAGO, WEEK, counted, fold, look, seen, utc
from tests.factories import NOW


class TestMedian:
    def test_is_that_of_the_quarter_hours(self) -> None:
        assert first_contact.median_hours([Bin(0, 1), Bin(4, 2), Bin(40, 1)]) == pytest.approx(1.125)

    def test_lies_within_its_quarter_hour_by_how_many_come_before(self) -> None:
        assert first_contact.median_hours([Bin(8, 4)]) == pytest.approx(2.125)

    def test_of_nobody_is_nothing(self) -> None:
        assert first_contact.median_hours([]) is None

    @pytest.mark.parametrize("folded", [False, True])
    def test_is_read_from_the_claims_of_the_period(self, desk, client, nurse, supervisor, folded: bool) -> None:
        for hours in (1, 5, 30):
            at = utc(22, 15)
            reached = at + timedelta(hours=hours, minutes=7)
            factories.claim(client, reported_at=at, first_contact_at=reached, first_contact_by=nurse)
        if folded:
            fold(desk)
        for jurisdictions in (None, frozenset({"IL"})):
            for clients in (None, frozenset({client})):
                question = Question(
                    WEEK.first_day, WEEK.last_day, CHICAGO, clients=clients, jurisdictions=jurisdictions
                )
                median = first_contact.median_hours(counted(supervisor, question).bins)
                assert median == pytest.approx(5.125, abs=0.13)


class TestShares:
    def test_are_rounded_to_the_nearest_percent(self) -> None:
        said = [first_contact.percent(share) for share in (0, 0.29, 0.294, 0.297, 0.95, 0.966, 1)]
        assert said == ["0%", "29%", "29%", "30%", "95%", "97%", "100%"]

    def test_read_as_none_as_kept_and_as_all_only_where_they_are(self) -> None:
        assert [first_contact.percent(share) for share in (0.0004, 0.949, 0.9996)] == ["1%", "94%", "99%"]


class TestTheFinding:
    def test_names_hours_and_is_computed_from_them_alone(self) -> None:
        small_hours = {(4, hour): Figures(20, 20, 12) for hour in range(5)}
        evening = {(4, hour): Figures(20, 20, 20) for hour in range(18, 24)}
        finding = first_contact.finding(seen(small_hours | evening))
        assert finding.sentence == "Thursdays from 00:00 to 04:59 miss the promise: 60% reached in time"
        assert finding.cells == set(small_hours)

    def test_names_those_hours_in_a_row_that_cost_most(self) -> None:
        cells = {(1, 8): Figures(40, 40, 28), (1, 9): Figures(40, 40, 32), (1, 10): Figures(40, 40, 40)}
        alone = {(1, 11): Figures(20, 20, 6), (3, 2): Figures(5, 5, 3)}
        assert first_contact.finding(seen(cells | alone)).cells == {(1, 8), (1, 9)}, (
            "16 short of the target, and not 13"
        )

    def test_says_nothing_of_hours_that_are_withheld(self) -> None:
        cells = {(1, 8): Figures(40, 40, 30), (1, 9): Figures(4, 4, 0), (1, 10): Figures(40, 40, 20)}
        finding = first_contact.finding(seen(cells | {(2, 8): Figures(4, 4, 0)}))
        assert finding == ("Mondays from 10:00 to 10:59 miss the promise: 50% reached in time", {(1, 10)})

    def test_of_an_empty_period_says_so(self) -> None:
        sentence, cells = first_contact.finding(seen({}))
        assert (sentence, cells) == (
            "Fewer than 5 promises were decided in this period: too few to say", frozenset()
        )  # fmt: skip

    def test_says_that_the_promise_is_kept(self) -> None:
        assert first_contact.finding(seen({(1, 8): Figures(40, 40, 39)})).sentence == (
            "The promise is kept: 98% reached in time"
        )


class TestAQuestion:
    def test_ends_no_earlier_than_it_begins(self) -> None:
        with pytest.raises(first_contact.EndsBeforeItBegins):
            Question(date(2026, 11, 2), date(2026, 11, 1), CHICAGO)

    def test_is_asked_in_whole_hours(self) -> None:
        with pytest.raises(first_contact.NotInWholeHours):
            Question(date(2026, 11, 1), date(2026, 11, 2), "Asia/Kolkata")

    def test_is_asked_in_whole_hours_on_every_day_of_it(self) -> None:
        # Summer time adds half an hour to half an hour there: its winter, in the middle, is not in whole hours.
        with pytest.raises(first_contact.NotInWholeHours):
            Question(date(2026, 1, 1), date(2026, 11, 24), "Australia/Lord_Howe")
        assert Question(date(2026, 11, 1), date(2026, 11, 24), "Australia/Lord_Howe").starts == utc(31, 13, month=10)

    @pytest.mark.parametrize("zone", first_contact.ZONES)
    def test_can_be_asked_in_every_zone_offered(self, zone: str) -> None:
        assert Question(date(2026, 3, 8), date(2026, 3, 8), zone).starts.minute == 0

    @pytest.mark.parametrize("zone", [*first_contact.ZONES, "America/Havana", "Australia/Sydney"])
    @pytest.mark.parametrize(
        ("first", "last"),
        [
            (date(2025, 11, 24), date(2026, 11, 24)),
            (date(2026, 3, 8), date(2026, 3, 8)),  # the day on which summer time begins
            (date(2026, 11, 1), date(2026, 11, 1)),  # and that on which it ends
        ],
    )
    def test_tells_the_database_what_clocks_show_at_each_of_its_hours(
        self, zone: str, first: date, last: date, supervisor
    ) -> None:
        question = Question(first, last, zone)
        extent = question.extent(supervisor)
        assert extent.since[0] == question.starts
        for n in range((question.ends - question.starts) // timedelta(hours=1)):
            hour = question.starts + n * timedelta(hours=1)
            shift = extent.shifts[bisect_right(extent.since, hour) - 1]
            assert timedelta(hours=shift) == hour.astimezone(ZoneInfo(zone)).utcoffset()

    def test_has_a_day_of_25_hours_when_summer_time_ends(self) -> None:
        question = Question(date(2026, 11, 1), date(2026, 11, 1), CHICAGO)
        assert question.ends - question.starts == timedelta(hours=25)
        assert question.hours_of(frozenset({(7, 1)})) == [utc(1, 7), utc(1, 6)]

    def test_has_no_hour_that_clocks_skip_when_it_begins(self) -> None:
        question = Question(date(2026, 3, 8), date(2026, 3, 8), CHICAGO)
        assert question.hours_of(frozenset({(7, 2)})) == []
        assert question.hours_of(frozenset({(7, 3)})) == [utc(8, 8, month=3)]


class TestAFile:
    def export(self, actor: Actor, form: str = "csv") -> Picture:
        with transaction(actor) as tx:
            return first_contact.exported(actor, tx, WEEK, form=form, at=NOW)

    def test_holds_what_the_table_on_screen_holds(self, client, supervisor) -> None:
        for hour in (15, 15, 15, 15, 15, 16, 16, 16, 17):
            factories.claim(client, reported_at=utc(22, hour))
        for _ in range(6):
            factories.claim(client, reported_at=utc(21, 15))

        written = first_contact.as_csv(self.export(supervisor))

        heading, *lines = csv.reader(io.StringIO(written.decode("utf-8-sig")))
        assert tuple(heading) == first_contact.HEADINGS
        assert lines == [[str(v) for v in row] for row in first_contact.rows(look(supervisor))]
        assert lines == [
            ["Saturday", "09:00", "6", "6", "0", "6", "0%"],
            ["Sunday", "09:00", *["withheld"] * 5],
            ["Sunday", "10:00", *["withheld"] * 5],
            ["Sunday", "11:00", *["withheld"] * 5],
        ]

    def test_holds_no_more_than_the_person_sees(self, client) -> None:
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        factories.claim(factories.client(), reported_at=utc(22, 15))
        assert first_contact.rows(self.export(executive)) == []

    @pytest.mark.parametrize("form", ["csv", "png"])
    def test_is_put_on_the_record(self, desk, supervisor, form: str) -> None:
        self.export(supervisor, form)
        with desk.owner() as db:
            row = db.execute(
                "select actor_id, verb, noun, detail->>'form', detail->>'from' from audit_event"
            ).fetchone()
        assert row == (supervisor.staff_id, "exported", "first_contact", form, "2026-11-18")

    def test_does_not_leave_if_the_record_cannot_be_written(self, desk, client, supervisor) -> None:
        with desk.owner() as db:
            db.execute("drop policy own_hand on audit_event")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            self.export(supervisor)

    def test_is_not_for_who_only_reads(self, supervisor) -> None:
        compliance = factories.staff(Role.COMPLIANCE)
        assert not compliance.may(Action.MEASURES_EXPORT)
        with pytest.raises(NotAllowed):
            self.export(compliance)

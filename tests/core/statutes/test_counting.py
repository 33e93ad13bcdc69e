"""What moves a statutory due date, and what does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.calendars import DayChange
from core.clocks import Kind
from core.statutes import (
    AfterHours,
    Channel,
    Events,
    Extension,
    From,
    Limit,
    State,
    Tolled,
    Unit,
    due,
    words,
)
from tests.core.statutes.rules import at, rule, the

MONDAY = at("2026-06-01T10:00-07:00")
FAX = AfterHours(frozenset({"fax"}), closes=time(17, 30))
OFFICE = AfterHours(frozenset({"any"}), time(8), time(17), day_off_moves=True)


def due_on(law, events, *changes):
    return due(law, events, changes).due_on


class TestWhatComesLate:
    @pytest.mark.parametrize(
        ("channel", "expected"),
        [(Channel.FAX, date(2026, 6, 9)), (Channel.EMAIL, date(2026, 6, 8)), (Channel.PORTAL, date(2026, 6, 8)),
         (Channel.PHONE, date(2026, 6, 8)), (None, date(2026, 6, 8))],
    )  # fmt: skip
    def test_counts_as_of_the_next_working_day_by_the_channels_of_the_rule_alone(self, channel, expected):
        late = at("2026-06-01T17:31-07:00")
        assert due_on(rule(after_hours=FAX), Events(late, channel=channel)) == expected

    def test_is_not_late_at_the_very_time(self):
        assert due_on(rule(after_hours=FAX), Events(at("2026-06-01T17:30-07:00"), channel=Channel.FAX)) == date(
            2026, 6, 8
        )

    def test_is_told_by_the_clocks_of_the_jurisdiction(self):
        in_new_york = at("2026-06-01T20:00-04:00")  # 17:00 in California
        assert due_on(rule(after_hours=FAX), Events(in_new_york, channel=Channel.FAX)) == date(2026, 6, 8)

    @pytest.mark.parametrize(
        ("received", "counts_as"),
        [
            ("2026-06-01T07:00-07:00", "2026-06-01T08:00-07:00"),
            ("2026-06-01T17:01-07:00", "2026-06-02T08:00-07:00"),
            ("2026-06-06T10:00-07:00", "2026-06-08T08:00-07:00"),
            ("2026-07-02T18:00-07:00", "2026-07-03T08:00-07:00"),
            ("2026-06-01T12:00-07:00", "2026-06-01T12:00-07:00"),
        ],
        ids=["before hours", "after hours", "on a day off", "before a Friday that is no holiday there", "in hours"],
    )
    def test_counts_as_received_when_the_office_opens(self, received, counts_as):
        counted = due(rule(after_hours=OFFICE), Events(at(received)))
        assert counted.received_at == at(counts_as)
        assert counted.received_at.tzinfo is UTC

    def test_on_a_day_off_stays_where_the_law_does_not_move_it(self):
        counted = due(rule(after_hours=FAX), Events(at("2026-06-06T10:00-07:00"), channel=Channel.FAX))
        assert (counted.received_at, counted.due_on) == (at("2026-06-06T10:00-07:00"), date(2026, 6, 12))


class TestWhatComesByMail:
    def test_counts_as_received_so_many_days_after_its_posting_at_the_latest(self):
        law = rule(mail_days=5)
        posted = Events(at("2026-06-10T10:00-07:00"), channel=Channel.MAIL, postmarked_on=date(2026, 6, 1))
        assert due(law, posted).received_at == at("2026-06-06T00:00-07:00")
        assert due_on(law, posted) == date(2026, 6, 12)

    def test_counts_as_received_when_its_stamp_says_so_if_that_is_earlier(self):
        posted = Events(at("2026-06-03T10:00-07:00"), channel=Channel.MAIL, postmarked_on=date(2026, 6, 1))
        assert due(rule(mail_days=5), posted).received_at == at("2026-06-03T10:00-07:00")


class TestWaiting:
    def test_for_completeness_leaves_no_date(self):
        counted = due(rule(waits=True), Events(MONDAY))
        assert (counted.state, counted.due_at, counted.due_on) == (State.WAITING, None, None)
        assert words(counted)[0] == "No date is due: waiting for completeness."

    def test_ends_when_it_is_complete(self):
        assert due_on(rule(waits=True), Events(MONDAY, complete_at=MONDAY + timedelta(days=1))) == date(2026, 6, 9)

    def test_is_for_clocks_that_say_so(self):
        assert due_on(rule(), Events(MONDAY, complete_at=MONDAY + timedelta(days=1))) == date(2026, 6, 8)


class TestAnExtension:
    def test_replaces_the_limit_where_it_counts_from_the_start(self):
        law = rule(extension=Extension(Limit(14, Unit.DAYS), From.START, "asked"))
        counted = due(law, Events(MONDAY, extended_on=date(2026, 6, 3)))
        assert (counted.state, counted.due_on) == (State.EXTENDED, date(2026, 6, 15))

    def test_replaces_the_limit_where_it_counts_from_the_asking(self):
        law = rule(extension=Extension(Limit(5, Unit.WORKING_DAYS), From.EXTENDED, "asked"))
        assert due_on(law, Events(MONDAY, extended_on=date(2026, 6, 3))) == date(2026, 6, 10)

    def test_is_added_where_the_rule_says_so(self):
        law = rule(extension=Extension(Limit(5, Unit.WORKING_DAYS), From.LIMIT, "asked"))
        assert due_on(law, Events(MONDAY, extended_on=date(2026, 6, 3))) == date(2026, 6, 15)

    def test_leaves_no_date_until_what_was_asked_for_has_come(self):
        law = the("AZ", "prospective")
        asked = Events(MONDAY, complete_at=MONDAY, extended_on=date(2026, 6, 4))
        assert (due(law, asked).state, due(law, asked).due_at) == (State.TOLLED, None)
        come = Events(MONDAY, complete_at=MONDAY, extended_on=date(2026, 6, 4),
                      information_received_at=at("2026-08-03T09:00-07:00"))  # fmt: skip
        assert (due(law, come).state, due_on(law, come)) == (State.EXTENDED, date(2026, 8, 12))

    def test_can_be_made_on_the_last_day(self):
        law = rule(extension=Extension(Limit(14, Unit.DAYS), From.START, "asked"))
        assert due_on(law, Events(MONDAY, extended_on=date(2026, 6, 8))) == date(2026, 6, 15)

    def test_is_none_when_it_comes_after_the_limit(self):
        law = rule(extension=Extension(Limit(14, Unit.DAYS), From.START, "asked"))
        counted = due(law, Events(MONDAY, extended_on=date(2026, 6, 9)))
        assert (counted.state, counted.due_on) == (State.RUNNING, date(2026, 6, 8))

    def test_is_none_where_the_law_knows_none(self):
        counted = due(rule(), Events(MONDAY, extended_on=date(2026, 6, 3)))
        assert counted.due_on == date(2026, 6, 8)
        assert "This law knows no extension: asking for more does not move the date." in counted.remarks

    def test_that_nobody_made_does_not_come_of_what_arrives(self):
        counted = due(the("CA", "prospective"), Events(MONDAY, complete_at=MONDAY, information_received_at=MONDAY))
        assert (counted.state, counted.due_on) == (State.RUNNING, date(2026, 6, 8))
        assert counted.remarks == ("Nothing was extended: what came does not move the date.",)

    def test_ends_earlier_where_what_was_asked_for_comes_early(self):
        counted = due(
            the("CA", "prospective"),
            Events(MONDAY, complete_at=MONDAY, extended_on=date(2026, 6, 1), information_received_at=MONDAY),
        )
        assert counted.due_on == date(2026, 6, 8)
        assert [step.kind for step in counted.steps].count(Kind.COUNTED) == 5


class TestStandingStill:
    def test_is_only_where_the_law_lets_it(self):
        counted = due(rule(), Events(MONDAY, tolled=Tolled(MONDAY, None)))
        assert (counted.state, counted.due_on) == (State.RUNNING, date(2026, 6, 8))

    def test_while_liability_is_disputed_leaves_no_date(self):
        law = rule(deferrable=True)
        disputed = due(law, Events(MONDAY, deferred_at=MONDAY + timedelta(days=2)))
        assert (disputed.state, disputed.due_at) == (State.DEFERRED, None)

    def test_ends_when_liability_is_no_longer_disputed_and_the_limit_counts_anew(self):
        events = Events(MONDAY, deferred_at=MONDAY + timedelta(days=2), deferred_until=MONDAY + timedelta(days=9))
        counted = due(rule(deferrable=True), events)
        assert (counted.state, counted.due_on) == (State.RUNNING, date(2026, 6, 17))
        assert [step.ends for step in counted.steps[:-1]] == [step.starts for step in counted.steps[1:]]

    @pytest.mark.parametrize(("law", "later"), [(rule(), 2), (rule(deferrable=True), 9)], ids=["no law", "too late"])
    def test_is_not_for_every_dispute(self, law, later):
        assert due_on(law, Events(MONDAY, deferred_at=MONDAY + timedelta(days=later))) == date(2026, 6, 8)


class TestTheLastDay:
    FRIDAY = at("2026-05-29T10:00-07:00")

    def test_that_is_a_day_off_stays_and_says_what_to_aim_for(self):
        counted = due(rule(8, Unit.DAYS), Events(self.FRIDAY))
        assert (counted.due_on, counted.aim_for) == (date(2026, 6, 6), date(2026, 6, 5))

    def test_that_is_a_day_off_runs_on_where_the_law_rolls_it(self):
        counted = due(rule(8, Unit.DAYS, rolls=True), Events(self.FRIDAY))
        assert (counted.due_on, counted.aim_for) == (date(2026, 6, 8), None)

    def test_lasts_to_its_end(self):
        counted = due(rule(), Events(MONDAY))
        assert counted.due_at == at("2026-06-09T00:00-07:00") - timedelta(microseconds=1)
        assert not counted.late(at("2026-06-08T23:59:59-07:00"))
        assert counted.late(at("2026-06-09T00:00-07:00"))

    def test_ends_at_its_hour_where_the_law_names_one(self):
        counted = due(rule(day_ends=time(17)), Events(MONDAY))
        assert (counted.due_at, counted.timed) == (at("2026-06-08T17:00-07:00"), True)

    def test_of_a_limit_of_hours_is_an_instant(self):
        counted = due(rule(72, Unit.HOURS), Events(at("2026-03-06T18:00-08:00")))
        assert counted.due_at == at("2026-03-09T19:00-07:00")


class TestDaysOff:
    SINCE = datetime(2026, 1, 1, tzinfo=UTC)

    def change(self, *, closed: bool, since: datetime = SINCE, day: date = date(2026, 6, 3)) -> DayChange:
        return DayChange(day, "Day of mourning", closed, since, "Mara Ortiz", "proclaimed by the governor")

    def test_that_were_added_are_passed_over_by_name(self):
        counted = due(rule(), Events(MONDAY), [self.change(closed=True)])
        assert counted.due_on == date(2026, 6, 9)
        assert "Wed 3 Jun 2026: not counted. Holiday: Day of mourning." in words(counted)

    def test_hold_for_clocks_that_start_once_they_are_on_the_list(self):
        assert due_on(rule(), Events(MONDAY), self.change(closed=True, since=MONDAY + timedelta(hours=1))) == date(
            2026, 6, 8
        )

    def test_that_were_taken_out_count(self):
        out = self.change(closed=False, day=date(2026, 6, 19))
        law, friday = rule(jurisdiction="OH", zone="America/New_York"), at("2026-06-15T10:00-04:00")
        assert due_on(law, Events(friday)) == date(2026, 6, 23)
        assert due_on(law, Events(friday), out) == date(2026, 6, 22)

    @pytest.mark.parametrize("jurisdiction", ["KY", "MN"])
    def test_of_a_state_whose_list_nobody_read_are_none_and_the_count_says_so(self, jurisdiction):
        law = the(jurisdiction, "prospective")
        counted = due(law, Events(at("2026-11-25T10:00-05:00")))
        off = [step.rule for step in counted.steps if step.kind is Kind.HOLIDAY]
        assert (off, counted.steps[1].kind) == ([], Kind.COUNTED), "Thanksgiving Day"
        assert any(remark.startswith("No list of the holidays of") for remark in counted.remarks)

    def test_in_doubt_count_and_the_count_says_so(self):
        counted = due(the("NY", "mtg_confirmation"), Events(at("2026-10-30T10:00-04:00")))
        assert any(
            remark.startswith("Tue 3 Nov 2026, General Election Day, counts as a working day")
            for remark in counted.remarks
        )

    def test_in_doubt_are_off_once_an_administrator_says_so(self):
        sure = DayChange(date(2026, 11, 3), "General Election Day", True, self.SINCE, "Mara Ortiz", "counsel says so")
        law = the("NY", "mtg_confirmation")
        assert due_on(law, Events(at("2026-10-30T10:00-04:00")), sure) == date(2026, 11, 13)


def test_an_instant_must_say_its_zone():
    with pytest.raises(ValueError, match="zone"):
        Events(datetime(2026, 6, 1, 10))  # noqa: DTZ001 - the lack of a zone is what is refused

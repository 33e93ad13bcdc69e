"""What holds of every cadence: when somebody is asked again, and when nobody has answered for too long."""

from datetime import UTC, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import local_time
from core.authorizations import Party, Reply
from core.authorizations.cadence import Asked, Cadence, Step, asked_next, following, next_at
from core.authorizations.cadences import sensible
from core.authorizations.vocabulary import Clock
from tests.core.authorizations.cadence import usual

unhurried = settings(deadline=None, max_examples=200)
"""A year's holidays are computed when first asked for: how long one example takes says nothing."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 16, 17, tzinfo=UTC)
"""09:00 in Los Angeles, in a week without a holiday."""


@st.composite
def cadences(draw: st.DrawFn) -> Cadence:
    """Any cadence that an administrator can set."""
    number = draw(st.integers(1, 8))
    left = draw(st.lists(st.integers(1, 500), min_size=number, max_size=number, unique=True))
    every = draw(st.lists(st.integers(1, 200), min_size=number, max_size=number))
    steps = zip(sorted(left, reverse=True), sorted(every, reverse=True), strict=True)
    opens, length = draw(st.integers(0, 20)), draw(st.integers(1, 3))
    made = Cadence(
        Party.REVIEWER, tuple(Step(one * HOUR, other * HOUR) for one, other in steps),
        draw(st.integers(1, min(every))) * HOUR, draw(st.integers(1, 200)) * HOUR, draw(st.integers(1, 200)) * HOUR,
        time(opens), time(opens + length), draw(st.integers(1, 20)), draw(st.integers(1, 99)),
    )  # fmt: skip
    sensible(made)
    return made


instants = st.datetimes(datetime(2025, 12, 20), datetime(2027, 1, 10), timezones=st.just(UTC))  # noqa: DTZ001 - bounds go without; `timezones` adds it
states = st.sampled_from(["CA", "OH", "NY", "AZ", "TX"])
lefts = st.integers(-2_000, 20_000).map(lambda minutes: timedelta(minutes=minutes))
replies = st.sampled_from([None, *Reply])


@unhurried
@given(cadences(), states, instants, st.none() | lefts, replies)
def test_nobody_is_asked_before_the_last_time(cadence, state, last, left, reply):
    due_at = None if left is None else last + left
    assert next_at(cadence, jurisdiction=state, due_at=due_at, last=last, reply=reply) > last


@unhurried
@given(cadences(), states, instants, st.none() | lefts, replies)
def test_offices_are_asked_in_their_open_hours(cadence, state, last, left, reply):
    due_at = None if left is None else last + left
    at = next_at(cadence, jurisdiction=state, due_at=due_at, last=last, reply=reply)
    local = at.astimezone(ZoneInfo(local_time.place(state).zones[0]))
    assert cadence.opens <= local.time() < cadence.closes
    assert local.isoweekday() < 6


@unhurried
@given(cadences(), states, instants, lefts, lefts)
def test_it_is_asked_sooner_the_less_is_left(cadence, state, last, one, other):
    less, more = sorted((one, other))
    first, second = (next_at(cadence, jurisdiction=state, due_at=last + left, last=last) for left in (less, more))
    assert first <= second


@unhurried
@given(cadences(), states, instants, lefts)
def test_whoever_promised_to_answer_is_asked_no_sooner(cadence, state, last, left):
    usually, promised = (
        next_at(cadence, jurisdiction=state, due_at=last + left, last=last, reply=reply)
        for reply in (Reply.NO_ANSWER, Reply.PROMISED)
    )
    assert usually <= promised


def known(*, clock: Clock = Clock.RUNNING, due_at: datetime | None = MONDAY + 4 * DAY, **more):
    """A request of California that came on Monday at 9:00, complete, and is due on Friday at 9:00."""
    nothing = dict.fromkeys(
        ("information_asked_at", "information_at", "tolled_at", "resumed_at", "deferred_at", "taken_up_at")
    )
    return {
        "jurisdiction": "CA", "clock": clock, "ours": True, "received_at": MONDAY, "complete_at": MONDAY,
        "logged_at": MONDAY, "due_at": due_at, **nothing, **more,
    }  # fmt: skip


def after(*asked: Asked, by_hand: datetime | None = None, **more):
    held = {party: usual(party) for party in (Party.PROVIDER, Party.REVIEWER)}
    return following(held, known(**more), asked, by_hand=by_hand)


def reviewer(at: datetime, reply: Reply = Reply.NO_ANSWER) -> Asked:
    return Asked(Party.REVIEWER, at, reply)


class TestWhoeverDoesNotAnswer:
    def test_is_asked_by_one_person_until_a_quarter_of_the_clock_is_left(self):
        counted = after(reviewer(MONDAY + 2 * HOUR))
        assert (counted.unanswered, counted.to_clinical_at) == (1, MONDAY + 3 * DAY)

    def test_is_for_clinical_staff_at_the_third_time(self):
        times = list(accumulate([HOUR] * 2, initial=MONDAY + HOUR))
        counted = after(*map(reviewer, times))
        assert (counted.unanswered, counted.to_clinical_at) == (3, times[-1])

    def test_is_for_supervisors_by_the_next_step(self):
        counted = after(*(reviewer(MONDAY + number * HOUR) for number in (1, 2, 3)))
        assert counted.to_supervisor_at == counted.follow_up_at > counted.to_clinical_at

    def test_is_for_supervisors_once_it_is_overdue_before_that(self):
        due_at = MONDAY + 2 * HOUR
        counted = after(reviewer(MONDAY + HOUR / 2), due_at=due_at)
        assert (counted.to_clinical_at, counted.to_supervisor_at) == (MONDAY + 1.5 * HOUR, due_at)

    def test_stays_with_them_while_it_is_asked_in_vain(self):
        asked = [reviewer(MONDAY + number * HOUR) for number in (1, 2, 3)]
        counted = after(*asked, reviewer(MONDAY + 4 * HOUR))
        assert (counted.unanswered, counted.to_clinical_at) == (4, MONDAY + 3 * HOUR)
        assert counted.to_supervisor_at == after(*asked).to_supervisor_at

    def test_comes_again_at_the_next_time_once_an_answer_was_promised(self):
        asked = [reviewer(MONDAY + number * HOUR) for number in (1, 2, 3)]
        counted = after(*asked, reviewer(MONDAY + 4 * HOUR, Reply.PROMISED))
        assert counted.to_clinical_at == counted.to_supervisor_at == counted.follow_up_at > MONDAY + 4 * HOUR

    def test_is_not_asked_in_vain_where_an_answer_came(self):
        counted = after(
            *(reviewer(MONDAY + number * HOUR) for number in (1, 2, 3)), reviewer(MONDAY + 4 * HOUR, Reply.ANSWERED)
        )
        assert (counted.unanswered, counted.to_clinical_at) == (0, None)
        assert counted.to_supervisor_at == MONDAY + 4 * DAY, "what is overdue is for supervisors all the same"

    def test_was_somebody_else_before_the_request_was_complete(self):
        asked = [Asked(Party.PROVIDER, MONDAY + number * HOUR, Reply.NO_ANSWER) for number in (1, 2, 3)]
        assert after(*asked, clock=Clock.WAITING, complete_at=None).unanswered == 3
        assert after(*asked, complete_at=MONDAY + 4 * HOUR).unanswered == 0

    def test_was_asked_about_something_else_before_what_was_missing_came(self):
        asked = [reviewer(MONDAY + number * HOUR) for number in (1, 2, 3)]
        came = MONDAY + 5 * HOUR
        counted = after(*asked, information_asked_at=MONDAY + 4 * HOUR, information_at=came)
        assert (counted.unanswered, counted.follow_up_at > came) == (0, True)
        assert counted.to_clinical_at == MONDAY + 3 * DAY

    def test_is_for_supervisors_again_at_the_next_time_where_it_answered_when_it_was_overdue(self):
        due_at = MONDAY + 2 * HOUR
        counted = after(reviewer(due_at + HOUR, Reply.ANSWERED), due_at=due_at)
        assert (counted.to_clinical_at, counted.to_supervisor_at) == (None, counted.follow_up_at)

    def test_is_nobody_whom_the_desk_waits_for_where_the_clock_is_not_its_own(self):
        counted = after(*(reviewer(MONDAY + number * HOUR) for number in (1, 2, 3)), ours=False)
        assert (counted.to_clinical_at, counted.to_supervisor_at) == (None, None)


def test_a_completed_request_is_followed_up_from_then_on():
    completed = MONDAY + 2 * DAY
    assert after(complete_at=completed).follow_up_at > completed


def test_what_was_set_by_hand_stands():
    assert after(reviewer(MONDAY + HOUR), by_hand=MONDAY + DAY).follow_up_at == MONDAY + DAY


@pytest.mark.parametrize("clock", list(Clock))
def test_the_provider_is_asked_while_the_request_waits_for_it(clock):
    waits = clock in (Clock.WAITING, Clock.EXTENDED, Clock.TOLLED)
    assert asked_next(clock) is (Party.PROVIDER if waits else Party.REVIEWER)

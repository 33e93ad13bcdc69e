"""How a deadline explains itself, and how a promise stands."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.clocks import (
    BusinessWeek,
    Clock,
    Correction,
    Deadline,
    Grounds,
    Kind,
    Policy,
    State,
    deadline,
    sentence,
    standing,
    words,
)
from tests.core.clocks.policies import (
    CHICAGO,
    MINUTE,
    at,
    business,
    elapsed,
    pause,
)


class TestTheGroundsOfAClaim:
    POLICY = Policy(9, Clock.BUSINESS, BusinessWeek(CHICAGO), at("2026-07-01T00:00-05:00"), "Nia Adler")
    CORRECTION = Correction(
        at("2026-11-25T16:00Z"), "Ana Ruiz", at("2026-11-24T20:00Z"), at("2026-11-24T15:00Z"), "The fax says so."
    )

    def said(self, *, since=POLICY.effective_from, corrections=()):
        due = deadline(self.POLICY, at("2026-11-24T15:00Z"))
        return sentence(replace(due, grounds=Grounds("Erie Foundry", since, corrections)), CHICAGO)

    def test_say_to_whom_it_was_promised_since_when_and_who_set_it(self):
        assert self.said().endswith(
            " Promised to Erie Foundry since Wed 1 Jul 2026, 00:00 CDT, set by Nia Adler:"
            " 9 h, open 08:00–17:00, Mon–Fri, federal holidays."
        )

    def test_say_of_the_first_promise_that_it_holds_since_the_start(self):
        assert " Promised to Erie Foundry since the start, set by Nia Adler: 9 h" in self.said(since=None)

    def test_say_who_corrected_the_report_when_from_to_and_why(self):
        assert self.said(corrections=(self.CORRECTION,)).endswith(
            " The time of the report was corrected by Ana Ruiz on Wed 25 Nov 2026, 10:00 CST,"
            " from Tue 24 Nov 2026, 14:00 CST to Tue 24 Nov 2026, 09:00 CST: The fax says so."
        )

    def test_name_who_set_the_rule_of_every_step_that_is_no_pause(self):
        due = deadline(self.POLICY, at("2026-11-25T20:00Z"), [pause("2026-11-27T15:00Z", "2026-11-27T16:00Z")])

        assert {step.kind: step.by for step in due.steps} == {
            Kind.COUNTED: "Nia Adler", Kind.CLOSED: "Nia Adler", Kind.HOLIDAY: "Nia Adler", Kind.PAUSED: "Ana Ruiz",
        }  # fmt: skip


class TestTheWords:
    def test_say_each_step_with_its_rule_and_who(self):
        due: Deadline = deadline(
            business(), at("2026-11-24T14:00-06:00"), [pause("2026-11-24T15:00-06:00", "2026-11-24T16:00-06:00")]
        )
        assert [words(step, CHICAGO) for step in due.steps][:4] == [
            "Tue 24 Nov 2026, 14:00 to 15:00 CST: 1 h counted. Open 08:00–17:00, Mon–Fri.",
            "Tue 24 Nov 2026, 15:00 to 16:00 CST: 1 h not counted. Paused: Worker in surgery. Set by Ana Ruiz.",
            "Tue 24 Nov 2026, 16:00 to 17:00 CST: 1 h counted. Open 08:00–17:00, Mon–Fri.",
            "Tue 24 Nov 2026, 17:00 CST to Wed 25 Nov 2026, 08:00 CST: 15 h not counted. Closed: open 08:00–17:00, Mon–Fri.",
        ]

    def test_sum_up_what_was_passed_over(self):
        due = deadline(
            business(), at("2026-11-24T14:00-06:00"), [pause("2026-11-24T15:00-06:00", "2026-11-24T16:00-06:00")]
        )
        assert sentence(due, CHICAGO) == (
            "Due Mon 30 Nov 2026, 12:00 CST: 24 h of open time from Tue 24 Nov 2026, 14:00 CST, 5 days 22 h in all."
            " Not counted: 1 h paused (Worker in surgery), 3 days 21 h closed, 24 h holiday (Thanksgiving Day, US calendar)."
        )

    def test_say_that_clocks_are_set_where_the_dial_would_mislead(self):
        due = deadline(elapsed(), at("2026-11-01T01:30-05:00"))
        assert sentence(due, CHICAGO) == (
            "Due Mon 2 Nov 2026, 00:30 CST: 24 h of elapsed time from Sun 1 Nov 2026, 01:30 CDT."
            " The clocks go back 1 h in between."
        )
        assert "go forward 1 h" in sentence(deadline(elapsed(), at("2026-03-07T12:00-06:00")), CHICAGO)
        assert "clocks" not in sentence(due, "America/Phoenix")


class TestHowAPromiseStands:
    DUE = at("2026-11-24T15:00Z")

    def stands(
        self, now: datetime, *, reached: datetime | None = None, paused=False, **over: bool | str
    ) -> tuple[State, str]:
        return standing(
            reported_at=self.DUE - timedelta(hours=24),
            due_at=self.DUE,
            first_contact_at=reached,
            paused=paused,
            at=now,
            **over,
        )

    def test_it_is_overdue_only_after_the_due_time_until_which_it_can_be_kept(self) -> None:
        assert self.stands(self.DUE) == (State.SOON, "Due in 0 min")
        assert self.stands(self.DUE, reached=self.DUE) == (State.REACHED, "Reached in 24 h")

        late = self.DUE + MINUTE
        assert self.stands(late) == (State.OVERDUE, "Overdue by 1 min")
        assert self.stands(late, reached=late) == (State.LATE, "Reached after 24 h 01 min")

    def test_what_is_reached_closed_or_died_has_no_time_left(self) -> None:
        late, reached = self.DUE + MINUTE, self.DUE - MINUTE

        assert self.stands(late, reached=reached, closed=True, died=True).state is State.REACHED
        assert self.stands(late, closed=True) == (State.ENDED, "Closed")
        assert self.stands(late, died=True) == (State.ENDED, "No first contact: the worker has died")
        assert self.stands(late, paused=True) == (State.PAUSED, "Clock paused")

    def test_of_a_paused_clock_is_said_since_when_where_that_is_told(self) -> None:
        since = "Tue 24 Nov 2026, 08:00 CST"

        assert self.stands(self.DUE, paused=True, paused_since=since) == (State.PAUSED, f"Paused since {since}")
        assert self.stands(self.DUE, paused_since=since).state is State.SOON

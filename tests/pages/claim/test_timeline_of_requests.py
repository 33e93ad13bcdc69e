"""What the timeline tells of a request for authorization: every kind of entry, as the services and the database write it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest

from core import authorizations, claims
from core.access import Actor, Role
from core.authorizations import Decision, Key, LineDecided, Outcome, Party, Reply, Step, cadence, cadences
from core.statutes import Channel
from core.transactions import acting
from pages.parts import timeline_requests
from tests import factories
from tests.core.authorizations.cadence import HOUR, usual
from tests.core.authorizations.work import DAY, approved, denied, log, look, now
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, words_of

DUE = "Thu 3 Dec 2026, 23:59 PST"


class Asked:
    """A claim of California with a request, and what happens to it."""

    def __init__(self, va: Actor, nurse: Actor, client: int, open_page: Open) -> None:
        self.va, self.nurse, self.open_page = va, nurse, open_page
        self.claim = factories.claim(client, jurisdiction="CA")
        self.client = client

    def log(self, **otherwise: Any) -> Key:
        self.key = log(self.va, self.client, self.claim, **otherwise)
        return self.key

    def happens(self, step: Callable[..., Any], *, by: Actor | None = None, **how: Any) -> None:
        person = by or self.va
        with acting(person) as tx:
            step(person, tx, now(person, self.key), at=NOW, **how)

    def decide(self, decision: Decision) -> None:
        with acting(self.nurse) as tx:
            authorizations.determine(self.nurse, tx, now(self.nurse, self.key), decision, at=NOW)

    def tell(self) -> None:
        made = look(self.va, self.key).determinations[0].determination_id
        with acting(self.va) as tx:
            authorizations.tell(
                self.va, tx, client_id=self.client, claim_id=self.claim, request_id=self.key.request_id,
                determination_id=made, party=Party.PROVIDER, how=Channel.FAX, recipient="Office", told_at=NOW, at=NOW,
            )  # fmt: skip

    def said(self) -> str:
        return words_of(self.open_page(self.va, self.claim, tab="History"))


@pytest.fixture
def asked(va: Actor, nurse: Actor, client: int, open_page: Open) -> Asked:
    return Asked(va, nurse, client, open_page)


def test_says_what_was_asked_for_and_by_when_it_is_due(asked: Asked) -> None:
    asked.log()

    assert f"Request for authorization logged: prospective, due {DUE}" in asked.said()


def test_says_what_is_missing_and_that_nothing_is_any_more(asked: Asked) -> None:
    asked.log(complete_at=None, missing="The report.")
    asked.happens(authorizations.send_back, missing="The report and a signature.")
    asked.happens(authorizations.complete, on=NOW)

    said = asked.said()
    assert "Request not complete, missing: The report and a signature" in said
    assert "Request completed" in said


def test_says_why_the_clock_moved_and_from_when_to_when(asked: Asked) -> None:
    asked.log()
    asked.happens(authorizations.extend, on=NOW, why="The operative report.")
    asked.happens(authorizations.set_due, due_at=NOW + 2 * DAY, why="The carrier's own standard.")

    said = asked.said()
    assert f"Information asked for: The operative report; due {DUE} → " in said
    assert "Due date set by hand: The carrier's own standard; due " in said


def test_says_to_whom_it_was_given(asked: Asked) -> None:
    asked.log()
    asked.happens(authorizations.assign, reviewer_id=asked.nurse.staff_id)
    assert f"Request given to {asked.nurse.name}" in asked.said()

    asked.happens(authorizations.assign, reviewer_id=None)
    assert "Request given to nobody yet" in asked.said()


def test_says_when_it_is_to_be_followed_up(asked: Asked) -> None:
    asked.log()
    asked.happens(authorizations.remind, on=NOW + 2 * DAY)

    assert "To be followed up Thu 26 Nov 2026, 09:00 CST" in asked.said()


def test_says_why_its_next_follow_up_moved(asked: Asked) -> None:
    asked.log()
    admin = factories.staff(Role.ADMINISTRATOR)
    with acting(admin) as tx:
        slow = replace(usual(), steps=(cadence.Step(4 * HOUR, 8 * DAY),))
        cadences.propose(admin, tx, slow, since=NOW.date(), why="Reviewers are slow.", at=NOW)
    assert cadences.begin(at=NOW)
    assert authorizations.recount_follow_ups(at=NOW) == 1

    said = asked.said()
    assert "Next follow-up moved: The cadence of follow-ups was changed; " in said
    assert "; Mon 30 Nov 2026, 10:00 CST → Wed 2 Dec 2026, 10:00 CST" in said


def test_says_who_was_asked_and_what_came_of_it(asked: Asked) -> None:
    asked.log()
    asked.happens(
        authorizations.follow_up, party=Party.REVIEWER, how=Channel.PERSON, reply=Reply.PROMISED, note="By noon."
    )

    assert "Reviewing physician asked in person how the request stands: promised to answer. By noon." in asked.said()


def test_says_how_it_was_determined_and_who_was_told(asked: Asked) -> None:
    asked.log()
    asked.decide(denied())
    asked.tell()

    said = asked.said()
    assert "Determined: denied" in said
    assert "Treating provider told of the determination by fax, Tue 24 Nov 2026, 09:00 CST" in said


def test_says_that_a_decision_was_put_off_and_that_one_was_corrected(asked: Asked) -> None:
    asked.log()
    asked.decide(Decision([LineDecided(1, Outcome.DEFERRED)], "RN", NOW, reason="Liability is disputed."))
    assert "Determination put off: deferred" in asked.said()

    asked.decide(approved())
    first = look(asked.va, asked.key).determinations[0].determination_id
    wrong = replace(denied(), reason="The wrong line was ticked.")
    asked.happens(authorizations.correct, by=asked.nurse, decision=wrong, corrects_id=first)
    assert "Determination corrected: denied" in asked.said()


def test_says_who_was_told_that_review_is_deferred(asked: Asked) -> None:
    asked.log()
    asked.happens(authorizations.defer, on=NOW, why="The shoulder.")
    assert "Review deferred while liability is disputed: The shoulder" in asked.said()
    letter = {"client_id": asked.client, "claim_id": asked.claim, "request_id": asked.key.request_id}
    with acting(asked.va) as tx:
        made = authorizations.letters_of(asked.va, tx, **letter)
        number = next(each.letter_id for each in made if each.party == "worker")
        authorizations.hand_out(
            asked.va, tx, **letter, letter_id=number, how=Channel.MAIL, recipient="Robin Sample", at=NOW
        )
    assert "Injured worker told by mail that review is deferred" in asked.said()


def test_says_a_states_own_word_for_what_was_decided(asked: Asked) -> None:
    asked.log(jurisdiction="NY", kind="mtg_confirmation")
    asked.decide(approved())

    assert "Determined: granted" in asked.said()


def test_says_how_many_units_were_used(asked: Asked) -> None:
    asked.log()
    asked.decide(approved())
    with acting(asked.va) as tx:
        authorizations.use(asked.va, tx, asked.key, line=1, used=1, seen=0, at=NOW)

    assert "Treatment 1: 1 unit used, 0 before" in asked.said()


def test_can_be_all_that_is_shown(asked: Asked) -> None:
    asked.log()
    page = asked.open_page(asked.va, asked.claim, tab="History")
    [show] = [each for each in page.get("button_group") if "Authorizations" in str(each.proto)]
    show.set_value("Authorizations").run()

    said = words_of(page)
    assert "Request for authorization logged" in said
    assert "Report taken in" not in said


def test_has_words_for_every_step_and_kind() -> None:
    told = {kind for kind in get_args(claims.EventKind) if kind.startswith(("authorization_", "determin"))}
    assert len(told) == 6
    silent = {Step.FOLLOWED_UP}  # the follow-up itself is told
    assert set(timeline_requests._STEPS) | {"assigned", "reminded", "used", "follow_up_moved", "deferral_told"} == {
        step.value for step in set(Step) - silent
    }
    assert set(timeline_requests._ASKED_THEN) == {reply.value for reply in Reply}

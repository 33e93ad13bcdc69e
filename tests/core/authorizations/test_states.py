"""Requests in any order of acts, by two people at once: no state that there is not, no update lost, nothing untold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from core import authorizations
from core.access import Actor, Role
from core.authorizations import Decision, Key, LineDecided, Outcome, Party, Reply
from core.refusal import Refusal
from core.statutes import Channel
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.work import DAY, HOUR, approved, denied, log, look
from tests.factories import NOW

Done = tuple[str, int]
"""What was done, as the timeline names it, and to which request."""

WHY = "The operative report was asked for."
STEPS: dict[str, Callable[[Actor, Any, Key], object]] = {
    "complete": lambda actor, tx, key: authorizations.complete(actor, tx, key, on=NOW, at=NOW),
    "send_back": lambda actor, tx, key: authorizations.send_back(actor, tx, key, missing="A signature.", at=NOW),
    "extend": lambda actor, tx, key: authorizations.extend(actor, tx, key, on=NOW, why=WHY, at=NOW),
    "inform": lambda actor, tx, key: authorizations.inform(actor, tx, key, on=NOW, at=NOW),
    "toll": lambda actor, tx, key: authorizations.toll(actor, tx, key, on=NOW, why=WHY, at=NOW),
    "resume": lambda actor, tx, key: authorizations.resume(actor, tx, key, on=NOW + HOUR, at=NOW + HOUR),
    "defer": lambda actor, tx, key: authorizations.defer(actor, tx, key, on=NOW, why=WHY, at=NOW),
    "take_up": lambda actor, tx, key: authorizations.take_up(actor, tx, key, on=NOW, at=NOW),
    "set_due": lambda actor, tx, key: authorizations.set_due(actor, tx, key, due_at=NOW + DAY, why=WHY, at=NOW),
    "count_again": lambda actor, tx, key: authorizations.set_due(actor, tx, key, due_at=None, why="", at=NOW),
    "assign": lambda actor, tx, key: authorizations.assign(actor, tx, key, reviewer_id=None, at=NOW),
}
PUT_OFF = Decision([LineDecided(1, Outcome.DEFERRED)], "RN", NOW, reason="Liability is disputed.")
WITHDRAWN = Decision([LineDecided(1, Outcome.WITHDRAWN)], "RN", NOW, reason="The provider withdrew it.")
DECISIONS = st.sampled_from([approved(), denied(), PUT_OFF, WITHDRAWN])


class Requests(RuleBasedStateMachine):
    """A VA and a nurse, a claim, and everything that can become of its requests, tried by both at once."""

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.client = factories.client()
        self.claim = factories.claim(self.client, jurisdiction="CA")
        self.va, self.nurse = factories.staff(Role.VA, self.client), factories.staff(Role.CLINICAL, self.client)
        self.keys: list[Key] = []
        self.told: list[Done] = []
        self.decided: dict[int, str] = {}
        self.versions: dict[int, int] = {}
        self.deferred: set[int] = set()

    @precondition(lambda self: len(self.keys) < 3)
    @rule(complete=st.booleans(), law=st.sampled_from([("CA", "prospective"), ("TX", "network_preauthorization")]))
    def one_is_logged(self, complete: bool, law: tuple[str, str]) -> None:
        jurisdiction, kind = law
        missing: dict[str, Any] = {} if complete else {"complete_at": None, "missing": "The report."}
        before = tuple(key.request_id for key in self.keys)
        key = log(self.va, self.client, self.claim, although=before, jurisdiction=jurisdiction, kind=kind, **missing)
        self.keys.append(key)
        self.versions[key.request_id] = 1
        self.told.append(("authorization_logged", key.request_id))

    @precondition(lambda self: self.keys)
    @rule(which=st.integers(0, 2), one=st.sampled_from(sorted(STEPS)), other=st.sampled_from(sorted(STEPS)))
    def two_change_the_same(self, which: int, one: str, other: str) -> None:
        key = self._now(which)
        done = self._at_once(self._step(self.va, key, one), self._step(self.nurse, key, other))
        assert len(done) <= 1, "both saw the same version"

    @precondition(lambda self: self.keys)
    @rule(which=st.integers(0, 2), step=st.sampled_from(sorted(STEPS)), decision=DECISIONS)
    def one_determines_what_another_changes(self, which: int, step: str, decision: Decision) -> None:
        key = self._now(which)
        self._at_once(self._step(self.va, key, step), self._determines(key, decision))

    @precondition(lambda self: self.keys)
    @rule(which=st.integers(0, 2), decision=DECISIONS, other=DECISIONS)
    def two_determine_the_same(self, which: int, decision: Decision, other: Decision) -> None:
        key = self._now(which)
        done = self._at_once(self._determines(key, decision), self._determines(key, other))
        final = [d for d in (decision, other) if d is not PUT_OFF]
        assert len(done) <= 1 or len(final) < 2, "decided once"

    @precondition(lambda self: self.decided)
    @rule(which=st.integers(0, 2), decision=st.sampled_from([approved(), denied()]))
    def two_correct_the_same(self, which: int, decision: Decision) -> None:
        key = self._now(which)
        stands = authorizations.stands(look(self.nurse, key))
        if stands is not None:
            correction = replace(decision, reason="The wrong line was ticked.")
            act = self._corrects(key, correction, stands.determination_id)
            assert len(self._at_once(act, act)) == 1

    @precondition(lambda self: self.decided)
    @rule(which=st.integers(0, 2), party=st.sampled_from([Party.PROVIDER, Party.WORKER]))
    def one_tells_what_another_corrects(self, which: int, party: Party) -> None:
        key = self._now(which)
        if made := look(self.va, key).determinations:
            number = made[0].determination_id
            again = replace(denied(), reason="The wrong line was ticked.")
            self._at_once(self._tells(key, number, party), self._corrects(key, again, number))

    @precondition(lambda self: self.keys)
    @rule(which=st.integers(0, 2), step=st.sampled_from(sorted(STEPS)), reply=st.sampled_from(list(Reply)))
    def one_follows_up_what_another_changes(self, which: int, step: str, reply: Reply) -> None:
        key = self._now(which)
        done = self._at_once(self._follows_up(key, reply), self._step(self.nurse, key, step))
        assert len(done) <= 1, "both saw the same version"

    @invariant()
    def what_is_due_is_what_is_counted(self) -> None:
        with transaction(self.va) as tx:
            requests = authorizations.of_claim_page(self.va, tx, client_id=self.client, claim_id=self.claim)
            moved = [each.frame.request_id for each in requests if authorizations.moved(tx, each) is not None]
            clocks = {
                each.frame.request_id: (authorizations.standing(tx, each).clock, each.frame.clock) for each in requests
            }
        assert moved == []
        for computed, kept in clocks.values():
            assert kept in (computed, "stopped")

    @invariant()
    def every_change_counts_once(self) -> None:
        rows = self.desk.maker.execute(
            "select request_id, version from authorization_request where claim_id = %s", (self.claim,)
        ).fetchall()
        assert dict(rows) == self.versions

    @invariant()
    def what_is_decided_is_what_was_decided_last_and_of_each_line(self) -> None:
        rows = self.desk.maker.execute(
            "select r.request_id, r.outcome, r.decided_at is not null, r.communicated_at is not null,"
            " r.ended_at is not null, r.clock, l.outcome, l.approved_units"
            " from authorization_request r join service_line l using (client_id, claim_id, request_id)"
            " where r.claim_id = %s", (self.claim,),
        ).fetchall()  # fmt: skip
        for number, outcome, decided, communicated, ended, clock, of_line, units in rows:
            assert outcome == of_line
            assert decided == (number in self.decided)
            assert outcome == self.decided.get(number, outcome)
            assert (units is not None) == (outcome == "approved")
            assert ended == (clock == "stopped")
            assert decided or not (communicated or ended)

    @invariant()
    def everything_that_was_done_is_told_once_on_the_timeline_and_on_the_record(self) -> None:
        for table, kind, number in (("claim_event", "kind", "claim_id"), ("audit_event", "verb", "noun_id")):
            rows = self.desk.maker.execute(
                f"select {kind}, (detail ->> 'authorization')::bigint from {table} where {number} = %s"
                f" and {kind} ~ '^(authorization_|determin)'".encode(), (self.claim,),
            ).fetchall()  # fmt: skip
            assert sorted(rows) == sorted(self.told), table

    def _now(self, which: int) -> Key:
        key = self.keys[which % len(self.keys)]
        return key._replace(version=self.versions[key.request_id])

    def _step(self, actor: Actor, key: Key, step: str) -> Callable[[], Done]:
        return self._does(actor, "authorization_changed", key, STEPS[step])

    def _determines(self, key: Key, decision: Decision) -> Callable[[], Done]:
        def act(actor: Actor, tx: Any, seen: Key) -> None:
            authorizations.determine(actor, tx, seen, decision, at=NOW)

        return self._does(self.nurse, "determined", key, act)

    def _corrects(self, key: Key, decision: Decision, number: int) -> Callable[[], Done]:
        def act(actor: Actor, tx: Any, seen: Key) -> None:
            authorizations.correct(actor, tx, seen, decision, corrects_id=number, at=NOW)

        return self._does(self.nurse, "determination_corrected", key, act)

    def _tells(self, key: Key, number: int, party: Party) -> Callable[[], Done]:
        def act(actor: Actor, tx: Any, seen: Key) -> None:
            authorizations.tell(
                actor, tx, client_id=seen.client_id, claim_id=seen.claim_id, request_id=seen.request_id,
                determination_id=number, party=party, how=Channel.FAX, recipient="The office", told_at=NOW, at=NOW,
            )  # fmt: skip

        return self._does(self.va, "determination_told", key, act)

    def _follows_up(self, key: Key, reply: Reply) -> Callable[[], Done]:
        def act(actor: Actor, tx: Any, seen: Key) -> None:
            authorizations.follow_up(actor, tx, seen, party=Party.REVIEWER, how=Channel.PHONE, reply=reply, at=NOW)

        return self._does(self.va, "authorization_followed_up", key, act)

    def _does(self, actor: Actor, kind: str, key: Key, act: Callable[[Actor, Any, Key], object]) -> Callable[[], Done]:
        def do() -> Done:
            with acting(actor) as tx:
                act(actor, tx, key)
            return kind, key.request_id

        return do

    def _at_once(self, *acts: Callable[[], Done]) -> list[Done]:
        """Do *acts* at once; return what was done, and keep in mind what follows from it."""

        def attempt(act: Callable[[], Done]) -> Done | None:
            try:
                return act()
            except Refusal:
                return None

        with ThreadPoolExecutor(len(acts)) as pool:
            done = [each for each in pool.map(attempt, acts) if each]
        for kind, number in done:
            self.told.append((kind, number))
            self.versions[number] += kind in ("authorization_changed", "authorization_followed_up")
        for _, number in (each for each in done if each[0] in ("determined", "determination_corrected")):
            self._note_decision(number)
        return done

    def _note_decision(self, number: int) -> None:
        made = look(self.nurse, Key(self.client, self.claim, number, 0))
        if (stands := authorizations.stands(made)) is not None:
            self.decided[number] = stands.outcome
        put_off = any(each.outcome == "deferred" for each in made.determinations)
        if put_off and made.frame.deferred_why == PUT_OFF.reason and number not in self.deferred:
            self.deferred.add(number)  # it defers review as well, which is a change of its own
            self.told.append(("authorization_changed", number))
            self.versions[number] += 1


@pytest.mark.slow
def test_any_order_of_acts_by_two_people_leaves_no_state_that_there_is_not(desk) -> None:
    run_state_machine_as_test(
        lambda: Requests(desk),
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

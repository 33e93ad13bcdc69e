"""Intakes by telephone in any order, by two people at once: no second claim, no word lost or come back, nothing untold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from core import drafts, intake
from core.access import Actor, Role
from core.intake import telephone
from core.refusal import Refusal
from core.transactions import transaction
from tests import factories
from tests.core.intake.reports import LEAST
from tests.factories import NOW

LANGUAGES = st.sampled_from(["Spanish", "Polish", "Vietnamese"])


@dataclass
class Call:
    """An intake as it should stand: whose, the key of its form, the words typed last, its claim, and how it ended."""

    va: Actor
    request: UUID
    number: int
    typed: dict[str, str] | None = None
    claim: intake.ClaimRef | None = None
    told: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)

    @property
    def end(self) -> str:
        """How it ended last: what another has left is still finished by whoever began it."""
        return "intake_finished" if "intake_finished" in self.told else self.told[-1] if self.told else ""

    @property
    def name(self) -> str:
        """Nobody else's: no two calls of this test are of the same worker."""
        return f"Worker{chr(97 + self.number // 26)}{chr(97 + self.number % 26)}"


class Intakes(RuleBasedStateMachine):
    """Two VAs and a supervisor, each call in its own form; what is done to one call is tried by two at once."""

    calls = Bundle("calls")

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.client = factories.client()
        self.vas = [factories.staff(Role.VA, self.client) for _ in range(2)]
        self.boss = factories.staff(Role.SUPERVISOR)
        self.all: list[Call] = []
        self.at = NOW

    @rule(target=calls, who=st.integers(0, 1))
    def a_caller_is_taken(self, who: int):
        waiting = [each for each in self.all if each.va == self.vas[who] and each.claim is None]
        if waiting or len(self.all) >= 50:  # one form of it on none: the page would fill it in again
            return multiple()
        call = Call(self.vas[who], drafts.new_request(at=self._later()), len(self.all))
        self.all.append(call)
        return call

    @rule(call=calls, language=LANGUAGES)
    def words_are_typed(self, call: Call, language: str) -> None:
        words = {"family_name": call.name, "language": language}
        self._later()
        self._type(call, words)
        if call.end != "intake_finished":
            call.typed = words

    @rule(call=calls)
    def the_claim_is_begun_by_two_runs_of_the_page(self, call: Call) -> None:
        made = self._at_once(lambda: self._begin(call), lambda: self._begin(call))
        claims = {ref.claim_id for ref in made if ref}
        assert len(claims) == 1
        call.claim = call.claim or next(ref for ref in made if ref)
        assert claims == {call.claim.claim_id}

    @rule(call=calls, language=LANGUAGES)
    def words_are_typed_while_it_is_begun(self, call: Call, language: str) -> None:
        words = {"family_name": call.name, "language": language}
        if call.claim is None:
            _, made = self._at_once(lambda: self._type(call, words), lambda: self._begin(call))
            call.typed, call.claim = words, made

    @rule(call=calls, language=LANGUAGES)
    def it_is_finished_in_two_tabs(self, call: Call, language: str) -> None:
        if call.claim:
            done = self._at_once(lambda: self._finish(call, language), lambda: self._finish(call, language))
            assert done.count("intake_finished") == (0 if call.end == "intake_finished" else 1)
            call.told += filter(None, done)

    @rule(call=calls, language=LANGUAGES)
    def one_finishes_what_a_supervisor_leaves(self, call: Call, language: str) -> None:
        if call.claim:
            done = self._at_once(lambda: self._finish(call, language), lambda: self._leave(call))
            assert done.count("intake_finished") == (0 if call.end == "intake_finished" else 1)
            assert done.count("intake_left") <= (0 if call.end else 1)
            call.told += sorted(filter(None, done), reverse=True)

    @rule(call=calls, language=LANGUAGES)
    def a_colleague_answers_meanwhile(self, call: Call, language: str) -> None:
        if call.claim and not call.answered:
            asked = self.desk.maker.execute(
                "select 1 from intake_question where claim_id = %s and element = 'language' and answered_at is null",
                (call.claim.claim_id,),
            ).fetchone()
            if asked:
                with transaction(self.boss) as tx:
                    intake.answer_question(
                        self.boss, tx, client_id=self.client, claim_id=call.claim.claim_id, element="language",
                        reason="missing", answer=language, at=self._later(),
                    )  # fmt: skip
                call.answered.add("language")

    @invariant()
    def a_form_has_one_claim_and_it_stands_as_it_was_left(self) -> None:
        rows = self.desk.maker.execute(
            "select request, claim_id, case when ended_at is null then '' when left_why is null then 'intake_finished'"
            " else 'intake_left' end from telephone_intake where client_id = %s", (self.client,),
        ).fetchall()  # fmt: skip
        assert sorted(rows) == sorted((c.request, c.claim.claim_id, c.end) for c in self.all if c.claim)

    @invariant()
    def no_word_is_lost_and_none_comes_back(self) -> None:
        rows = self.desk.maker.execute(
            "select request, fields from draft where fields <> '{}' and staff_id = any (%s)",
            ([va.staff_id for va in self.vas],),
        ).fetchall()
        words = {request: dict(fields) for request, fields in rows}
        assert words == {c.request: c.typed for c in self.all if c.typed and c.end != "intake_finished"}

    @invariant()
    def every_end_is_told_once_on_the_timeline_and_on_the_record(self) -> None:
        ends = sorted((told, c.claim.claim_id) for c in self.all for told in c.told if c.claim)
        for table, kind, number in (("claim_event", "kind", "claim_id"), ("audit_event", "verb", "noun_id")):
            rows = self.desk.maker.execute(
                f"select {kind}, {number} from {table} where client_id = %s and {kind} ~ '^intake_'".encode(),
                (self.client,),
            ).fetchall()
            assert sorted(rows) == ends

    def _later(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def _type(self, call: Call, words: dict[str, str]) -> None:
        with transaction(call.va) as tx:
            drafts.keep(
                call.va, tx, form=drafts.Form(drafts.REPORT), request=call.request, fields=words, at=self.at
            )  # fmt: skip

    def _begin(self, call: Call) -> intake.ClaimRef:
        with transaction(call.va) as tx:
            return telephone.begin(
                call.va, tx, client_id=self.client, report_so_far=replace(LEAST, family_name=call.name), at=self.at,
                request=call.request,
            )  # fmt: skip

    def _finish(self, call: Call, language: str) -> str:
        with transaction(call.va) as tx:
            telephone.finish(
                call.va, tx, client_id=self.client, claim_id=call.claim.claim_id, at=self.at, request=call.request,
                told=replace(LEAST, family_name=call.name, language=language), leave=call.answered,
            )  # fmt: skip
        return "intake_finished"

    def _leave(self, call: Call) -> str:
        with transaction(self.boss) as tx:
            telephone.leave(
                self.boss, tx, client_id=self.client, claim_id=call.claim.claim_id, why="Nobody answers.", at=self.at
            )
        return "intake_left"

    def _at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        """Do both at once; None stands for what was refused."""
        self._later()

        def tried(act: Callable[[], Any]) -> Any:
            try:
                return act()
            except Refusal:
                return None

        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(tried, acts))


@pytest.mark.slow
def test_in_any_order_by_two_at_once(desk) -> None:
    run_state_machine_as_test(
        lambda: Intakes(desk),
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

"""A correction is told anew: what it corrects stands no more, whoever was told of that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import authorizations, worklist
from core.authorizations import Decision, LineDecided, Outcome, Party
from core.statutes import Channel
from core.transactions import acting, transaction
from core.worklist import TELL_CORRECTION
from tests import factories
from tests.core.authorizations.work import approved, denied, log, look, now
from tests.factories import NOW

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def key(va, client):
    return log(va, client, factories.claim(client, jurisdiction="CA"))


def decide(nurse, key, decision: Decision) -> int:
    with acting(nurse) as tx:
        return authorizations.determine(nurse, tx, now(nurse, key), decision, at=NOW)


def correct(nurse, key, decision: Decision, corrects: int, *, decided_at=LATER) -> int:
    anew = replace(decision, decided_at=decided_at)
    with acting(nurse) as tx:
        return authorizations.correct(nurse, tx, now(nurse, key), anew, corrects_id=corrects, at=LATER)


def tell(actor, key, determination: int, party: Party = Party.PROVIDER) -> None:
    with acting(actor) as tx:
        authorizations.tell(
            actor, tx, client_id=key.client_id, claim_id=key.claim_id, request_id=key.request_id,
            determination_id=determination, party=party, how=Channel.FAX, recipient="Dr. Ames's office",
            told_at=LATER, at=LATER,
        )  # fmt: skip


def to_tell(actor) -> list[str]:
    with transaction(actor) as tx:
        return [each.claim_number for each in worklist.items(actor, tx, at=LATER) if each.kind == TELL_CORRECTION]


def test_what_was_corrected_is_told_to_nobody_any_more(va, nurse, key):
    first = decide(nurse, key, approved())
    second = correct(nurse, key, denied(reason="Read again."), first)

    with pytest.raises(authorizations.Corrected):
        tell(va, key, first)
    tell(va, key, second)
    assert (look(va, key).frame.outcome, len(look(va, key).notices)) == ("denied", 1)


def test_a_correction_of_what_was_told_is_work_until_the_provider_is_told_of_it(va, nurse, key):
    first = decide(nurse, key, approved())
    tell(va, key, first)
    assert to_tell(va) == []
    told_at = look(va, key).frame.communicated_at
    second = correct(nurse, key, denied(reason="Read again."), first)

    assert to_tell(va) == [look(va, key).frame.claim_number]
    tell(va, key, second, Party.WORKER)
    assert len(to_tell(va)) == 1, "the provider is not told yet"
    tell(va, key, second)
    assert to_tell(va) == []
    assert look(va, key).frame.communicated_at == told_at, "the clock was stopped by the first"


def test_so_is_the_correction_of_what_was_withdrawn(va, nurse, key):
    first = decide(nurse, key, Decision([LineDecided(1, Outcome.WITHDRAWN)], "Dr. Reed", NOW, reason="Taken back."))
    correct(nurse, key, replace(approved(), reason="Asked for after all."), first)

    assert len(to_tell(va)) == 1


def test_a_correction_to_withdrawn_is_told_to_nobody(va, nurse, key):
    first = decide(nurse, key, approved())
    tell(va, key, first)
    withdrawn = Decision([LineDecided(1, Outcome.WITHDRAWN)], "Dr. Reed", LATER, reason="Taken back.")
    correct(nurse, key, withdrawn, first)

    assert to_tell(va) == []


@pytest.mark.parametrize("treatment", ["a\0b", "MRI\0"])
def test_signs_that_nothing_keeps_are_left_out_of_what_is_asked_for(va, client, treatment):
    key = log(va, client, factories.claim(client, jurisdiction="CA"), authorizations.Line(treatment))

    assert "\0" not in look(va, key).lines[0].words


def test_it_cannot_be_due_before_it_was_received(va, client):
    with pytest.raises(authorizations.DueBefore):
        log(va, client, factories.claim(client, jurisdiction="CA"), due_at=NOW - timedelta(days=400), due_why="Agreed.")


def test_a_correction_is_not_decided_before_what_it_corrects_was_told(va, nurse, key):
    first = decide(nurse, key, approved())
    tell(va, key, first)

    with pytest.raises(authorizations.CorrectedBeforeTold):
        correct(nurse, key, denied(reason="Read again."), first, decided_at=LATER - timedelta(minutes=2))

"""What happens to a request before it is decided: once each, in its order, and not in the future."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from core import authorizations
from core.access import Actor, NotAllowed, Role
from core.authorizations import (
    DueFarOff,
    Key,
    LineDecided,
    NoReviewer,
    NoSuchRequest,
    NotAtThatTime,
    NotNow,
    Outcome,
    Party,
    Reply,
    RequestChanged,
    RequestDecided,
)
from core.authorizations.determining import ModifiedWithWhat, NotAnOutcome, WhenDecided, WithoutCredentials
from core.authorizations.following_up import NobodyToAsk, TriedWhen
from core.authorizations.logging import DocumentNotThere, KindUnknown, NothingToAppeal, StateUnknown
from core.authorizations.rules import DueWhen
from core.authorizations.telling import UnitsUsed
from core.refusal import NoReason
from core.statutes import Channel
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.work import DAY, HOUR, RECEIVED, THERAPY, approved, denied, log, look, now
from tests.core.merging.two import merge
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

WHY = "The operative report was asked for."
BEFORE, LATER = RECEIVED - HOUR, NOW + HOUR
Does = Callable[..., Any]

TWICE: list[tuple[Does, dict[str, Any]]] = [
    (authorizations.extend, {"why": WHY}),
    (authorizations.toll, {"why": WHY}),
    (authorizations.defer, {"why": WHY}),
]
ENDS: list[tuple[Does, dict[str, Any], Does]] = [
    (authorizations.extend, {"why": WHY}, authorizations.inform),
    (authorizations.toll, {"why": WHY}, authorizations.resume),
    (authorizations.defer, {"why": WHY}, authorizations.take_up),
]
NAMED = {"ids": lambda each: each.__name__ if callable(each) else ""}


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client, jurisdiction="CA")


def does(actor: Actor, key: Key, act: Does, **how: Any) -> None:
    """Do *act* to the request as it stands."""
    with acting(actor) as tx:
        act(actor, tx, now(actor, key), **{"at": NOW} | how)


class TestAStep:
    @pytest.mark.parametrize(("act", "how"), TWICE, **NAMED)
    def test_is_done_once(self, va, client, claim, act: Does, how: dict[str, Any]) -> None:
        key = log(va, client, claim)
        does(va, key, act, on=NOW, **how)
        with pytest.raises(NotNow):
            does(va, key, act, on=NOW, **how)

    @pytest.mark.parametrize(("act", "how"), TWICE, **NAMED)
    def test_says_why(self, va, client, claim, act: Does, how: dict[str, Any]) -> None:
        with pytest.raises(NoReason):
            does(va, log(va, client, claim), act, on=NOW, why=" ")

    @pytest.mark.parametrize(("act", "how", "end"), ENDS, **NAMED)
    def test_ends_once_after_it_began(self, va, client, claim, act: Does, how: dict[str, Any], end: Does) -> None:
        key = log(va, client, claim)
        with pytest.raises(NotNow):
            does(va, key, end, on=NOW)
        does(va, key, act, on=NOW, **how)
        with pytest.raises(NotAtThatTime):
            does(va, key, end, on=RECEIVED)
        does(va, key, end, on=NOW)
        with pytest.raises(NotNow):
            does(va, key, end, on=NOW)

    @pytest.mark.parametrize("on", [BEFORE, LATER])
    @pytest.mark.parametrize(("act", "how"), TWICE, **NAMED)
    def test_is_neither_before_the_receipt_nor_in_the_future(
        self, va, client, claim, act: Does, how: dict[str, Any], on: datetime
    ) -> None:
        with pytest.raises(NotAtThatTime):
            does(va, log(va, client, claim), act, on=on, **how)

    @pytest.mark.parametrize(("act", "how"), TWICE, **NAMED)
    def test_is_of_what_is_not_decided(self, va, nurse, client, claim, act: Does, how: dict[str, Any]) -> None:
        key = log(va, client, claim)
        does(nurse, key, authorizations.determine, decision=denied())
        with pytest.raises(RequestDecided):
            does(va, key, act, on=NOW, **how)

    def test_is_of_the_request_as_it_was_seen(self, va, client, claim) -> None:
        key = log(va, client, claim)
        does(va, key, authorizations.extend, on=NOW, why=WHY)
        with pytest.raises(RequestChanged), acting(va) as tx:
            authorizations.toll(va, tx, key, on=NOW, why=WHY, at=NOW)

    def test_is_for_those_who_work_for_the_client(self, va, client, claim) -> None:
        key = log(va, client, claim)
        stranger = factories.staff(Role.VA, factories.client())
        with pytest.raises(NoSuchRequest), acting(stranger) as tx:
            authorizations.extend(stranger, tx, key, on=NOW, why=WHY, at=NOW)
        reader = factories.staff(Role.COMPLIANCE)
        with pytest.raises(NotAllowed), acting(reader) as tx:
            authorizations.extend(reader, tx, key, on=NOW, why=WHY, at=NOW)


class TestCompleting:
    def test_is_of_what_is_not_complete(self, va, client, claim) -> None:
        key = log(va, client, claim)
        with pytest.raises(NotNow):
            does(va, key, authorizations.complete, on=NOW)
        with pytest.raises(NotNow):
            does(va, key, authorizations.send_back, missing="The report.")

    def test_comes_before_information_is_asked_for(self, va, client, claim) -> None:
        key = log(va, client, claim, complete_at=None, missing="The report.")
        with pytest.raises(NotNow):
            does(va, key, authorizations.extend, on=NOW, why=WHY)

    def test_says_anew_what_is_missing(self, va, client, claim) -> None:
        key = log(va, client, claim, complete_at=None, missing="The report.")
        does(va, key, authorizations.send_back, missing="A signature.")
        assert look(va, key).frame.missing == "A signature."
        with pytest.raises(NoReason):
            does(va, key, authorizations.send_back, missing=" ")


class TestADateByHand:
    def test_stands_in_place_of_the_count_until_the_rule_counts_again(self, va, client, claim) -> None:
        key = log(va, client, claim)
        counted = look(va, key).frame.due_at
        does(va, key, authorizations.set_due, due_at=NOW + DAY, why="The carrier's own standard.")
        does(va, key, authorizations.extend, on=NOW, why=WHY)
        assert look(va, key).frame.due_at == NOW + DAY
        does(va, key, authorizations.set_due, due_at=None, why="")
        frame = look(va, key).frame
        assert (frame.due_why, frame.due_at >= counted) == (None, True)

    @pytest.mark.parametrize(
        ("due_at", "why", "refusal"),
        [
            (NOW + DAY, " ", NoReason), (None, "x", DueWhen), (BEFORE, "x", NotAtThatTime), (None, "", NotNow),
            (NOW + 1097 * DAY, "x", DueFarOff),
        ],
    )  # fmt: skip
    def test_has_a_reason_and_comes_after_the_receipt(self, va, client, claim, due_at, why, refusal) -> None:
        with pytest.raises(refusal):
            does(va, log(va, client, claim), authorizations.set_due, due_at=due_at, why=why)


class TestReviewers:
    def test_are_the_clinical_staff_of_the_client(self, va, nurse, client) -> None:
        factories.staff(Role.CLINICAL, factories.client())
        factories.staff(Role.VA, client)
        with transaction(va) as tx:
            named = authorizations.reviewers(va, tx, client_id=client)
        assert [(each.staff_id, each.full_name) for each in named] == [(nurse.staff_id, nurse.name)]

    def test_review_what_they_are_given(self, va, nurse, client, claim) -> None:
        key = log(va, client, claim)
        does(va, key, authorizations.assign, reviewer_id=nurse.staff_id)
        assert look(va, key).frame.reviewer == nurse.name
        does(va, key, authorizations.assign, reviewer_id=None)
        assert look(va, key).frame.reviewer is None

    def test_serve_the_client(self, va, client, claim) -> None:
        stranger = factories.staff(Role.CLINICAL, factories.client())
        key = log(va, client, claim)
        for other in (stranger.staff_id, va.staff_id):
            with pytest.raises(NoReviewer):
                does(va, key, authorizations.assign, reviewer_id=other)


class TestLogging:
    @pytest.mark.parametrize(
        ("otherwise", "refusal"),
        [
            ({"jurisdiction": "XX"}, StateUnknown),
            ({"kind": "mtg_variance"}, KindUnknown),
            ({"kind": "reconsideration_decision"}, KindUnknown),
            ({"document_id": 99}, DocumentNotThere),
            ({"kind": "imr_decision", "about_id": 99}, NothingToAppeal),
        ],
    )
    def test_is_of_what_there_is(self, va, client, claim, otherwise, refusal) -> None:
        with pytest.raises(refusal):
            log(va, client, claim, **otherwise)

    def test_of_an_appeal_is_of_what_was_decided_by_then(self, va, nurse, client) -> None:
        claim = factories.claim(client, jurisdiction="OH")
        key = log(va, client, claim, jurisdiction="OH")
        about = {"jurisdiction": "OH", "kind": "dispute_decision", "about_id": key.request_id}
        with pytest.raises(NothingToAppeal):
            log(va, client, claim, **about)
        does(nurse, key, authorizations.determine, decision=denied())
        with pytest.raises(NothingToAppeal):
            log(va, client, claim, **about)  # received before the decision
        log(va, client, claim, **about, received_at=NOW, complete_at=NOW)


class TestFollowingUp:
    @pytest.mark.parametrize(
        ("how", "refusal"),
        [
            ({"party": Party.WORKER}, NobodyToAsk),
            ({"tried_at": LATER}, TriedWhen),
            ({"tried_at": BEFORE}, TriedWhen),
        ],
    )
    def test_is_of_whom_one_asks_once_it_was_done(self, va, client, claim, how, refusal) -> None:
        usual = {"party": Party.PROVIDER, "how": Channel.PHONE, "reply": Reply.NO_ANSWER}
        with pytest.raises(refusal):
            does(va, log(va, client, claim), authorizations.follow_up, **usual | how)

    def test_ends_with_the_decision(self, va, nurse, client, claim) -> None:
        key = log(va, client, claim)
        does(nurse, key, authorizations.determine, decision=denied())
        assert look(va, key).frame.follow_up_at is None
        with pytest.raises(RequestDecided):
            does(va, key, authorizations.follow_up, party=Party.PROVIDER, how=Channel.PHONE, reply=Reply.ANSWERED)


class TestDetermining:
    @pytest.mark.parametrize(
        ("outcome", "how", "refusal"),
        [
            ("pended", {}, NotAnOutcome),
            ("modified", {"units": 6}, ModifiedWithWhat),
        ],
    )
    def test_is_as_the_states_law_knows_it(self, va, nurse, client, claim, outcome, how, refusal) -> None:
        line = authorizations.LineDecided(1, authorizations.Outcome(outcome), **how)
        decision = authorizations.Decision([line], "Dr. Reed", NOW, reviewer_credentials="MD", reason="x")
        with pytest.raises(refusal):
            does(nurse, log(va, client, claim, THERAPY), authorizations.determine, decision=decision)

    @pytest.mark.parametrize("decided_at", [BEFORE, LATER])
    def test_is_after_the_receipt_and_by_now(self, va, nurse, client, claim, decided_at: datetime) -> None:
        line = authorizations.LineDecided(1, authorizations.Outcome.APPROVED, 1)
        decision = authorizations.Decision([line], "Dr. Reed", decided_at)
        with pytest.raises(WhenDecided):
            does(nurse, log(va, client, claim), authorizations.determine, decision=decision)

    def test_in_part_is_signed_also_where_the_rest_was_withdrawn(self, va, nurse, client, claim) -> None:
        key = log(va, client, claim, THERAPY, THERAPY)
        lines = [
            authorizations.LineDecided(1, authorizations.Outcome.APPROVED, 12),
            authorizations.LineDecided(2, authorizations.Outcome.WITHDRAWN),
        ]
        with pytest.raises(WithoutCredentials):
            does(nurse, key, authorizations.determine, decision=authorizations.Decision(lines, "RN", NOW, reason="x"))


class TestUnits:
    def test_are_used_up_to_what_was_approved(self, va, nurse, client, claim) -> None:
        key = log(va, client, claim, THERAPY)
        does(nurse, key, authorizations.determine, decision=approved(units=6))
        self.use(va, key, 6, seen=0)
        assert look(va, key).lines[0].used_units == 6
        for units in (7, -1):
            with pytest.raises(UnitsUsed):
                self.use(va, key, units, seen=6)

    def test_are_those_that_were_seen(self, va, nurse, client, claim) -> None:
        key = log(va, client, claim, THERAPY)
        does(nurse, key, authorizations.determine, decision=approved(units=6))
        self.use(va, key, 2, seen=0)
        with pytest.raises(RequestChanged):
            self.use(va, key, 3, seen=0)

    def test_are_none_where_nothing_is_approved(self, va, client, claim) -> None:
        with pytest.raises(UnitsUsed):
            self.use(va, log(va, client, claim), 1, seen=0)

    def test_are_taken_away_by_no_correction(self, va, nurse, client, claim) -> None:
        key = log(va, client, claim, THERAPY)
        does(nurse, key, authorizations.determine, decision=approved(units=6))
        self.use(va, key, 4, seen=0)
        first = look(va, key).determinations[0].determination_id
        for units, outcome in ((None, Outcome.DENIED), (3, Outcome.MODIFIED)):
            fewer = replace(denied(), lines=[LineDecided(1, outcome, units, "A trial")])
            with pytest.raises(authorizations.UsedAlready) as refused:
                does(nurse, now(va, key), authorizations.correct, decision=fewer, corrects_id=first)
            assert "Treatment 1" in str(refused.value)
        assert look(va, key).lines[0].used_units == 4
        self.use(va, key, 0, seen=4)
        does(nurse, now(va, key), authorizations.correct, decision=denied(), corrects_id=first)
        assert look(va, key).lines[0].approved_units is None

    def use(self, actor: Actor, key: Key, used: int, *, seen: int) -> None:
        with acting(actor) as tx:
            authorizations.use(actor, tx, key, line=1, used=used, seen=seen, at=NOW)


def test_a_merged_claims_requests_show_on_the_claim_that_is_kept_and_go_on(va, boss, client) -> None:
    kept = factories.claim(client, jurisdiction="CA", reported_at=NOW - DAY)
    other = factories.claim(client, jurisdiction="CA")
    key = log(va, client, other)
    merge(boss, client, kept, other)

    with transaction(va) as tx:
        [request] = authorizations.of_claim_page(va, tx, client_id=client, claim_id=kept)
        alike = authorizations.alike(va, tx, client_id=client, claim_id=kept, lines=[THERAPY], at=NOW)
    assert (request.frame.request_id, request.frame.claim_id) == (key.request_id, other)
    assert alike == []
    does(va, key, authorizations.extend, on=NOW, why=WHY)
    assert look(va, key).frame.clock == "extended"


def test_what_was_decided_before_a_merge_can_be_appealed_on_the_claim_that_is_kept(va, nurse, boss, client) -> None:
    kept = factories.claim(client, jurisdiction="OH", reported_at=NOW - DAY)
    other = factories.claim(client, jurisdiction="OH")
    key = log(va, client, other, jurisdiction="OH")
    does(nurse, key, authorizations.determine, decision=denied())
    about = {
        "jurisdiction": "OH", "kind": "dispute_decision", "about_id": key.request_id, "received_at": NOW,
        "complete_at": NOW,
    }  # fmt: skip
    with pytest.raises(NothingToAppeal):
        log(va, client, kept, **about)

    merge(boss, client, kept, other)

    assert look(va, log(va, client, kept, **about)).frame.about_id == key.request_id

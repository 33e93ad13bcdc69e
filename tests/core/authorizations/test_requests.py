"""A request for authorization: logged, completed, extended, decided line by line, and told."""

from datetime import UTC, datetime, timedelta

import pytest

from core import authorizations
from core.access import Actor, NotAllowed
from core.authorizations import (
    AskedBefore,
    Decision,
    Key,
    LineDecided,
    NotDecided,
    Outcome,
    Party,
    Reply,
    RequestChanged,
    RequestDecided,
    cadence,
)
from core.authorizations.determining import EachLineOnce, MoreThanAskedFor, WithoutCredentials
from core.claims import ClaimClosed, NoSuchClaim
from core.refusal import NoReason
from core.statutes import Channel
from core.transactions import acting
from tests import factories
from tests.core.authorizations.cadence import usual
from tests.core.authorizations.work import DAY, HOUR, MRI, RECEIVED, THERAPY, approved, denied, log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

SECOND = timedelta(seconds=1)
DUE = datetime(2026, 12, 4, 8, tzinfo=UTC)
"""The end of Thursday 3 December in California: Thanksgiving and the day after it do not count."""


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


def told(desk, claim: int) -> list[str]:
    with desk.owner() as db:
        rows = db.execute("select kind from claim_event where claim_id = %s order by event_id", (claim,)).fetchall()
    return [kind for (kind,) in rows if kind != "reported"]


def tell(actor: Actor, key: Key, party: Party = Party.PROVIDER) -> None:
    determination = look(actor, key).determinations[0].determination_id
    with acting(actor) as tx:
        authorizations.tell(
            actor, tx, client_id=key.client_id, claim_id=key.claim_id, request_id=key.request_id,
            determination_id=determination, party=party, how=Channel.FAX, recipient="Dr. Ames's office", told_at=NOW,
            at=NOW,
        )  # fmt: skip


def decide(actor: Actor, key: Key, decision: Decision) -> None:
    with acting(actor) as tx:
        authorizations.determine(actor, tx, key, decision, at=NOW)


class TestLogging:
    def test_starts_the_clock_of_its_law_at_the_receivers_own_stamp(self, va, client, claim):
        request = look(va, log(va, client, claim))
        assert request.frame.clock == "running"
        assert DUE - SECOND <= request.frame.due_at < DUE
        assert [(line.code, line.units, line.outcome) for line in request.lines] == [("72148", 1, None)]

    def test_waits_for_what_is_missing_and_counts_the_time_to_send_it_back(self, va, client, claim):
        key = log(va, client, claim, complete_at=None, missing="The report behind it.")
        waiting = look(va, key).frame
        assert (waiting.clock, waiting.missing) == ("waiting", "The report behind it.")
        assert waiting.due_at is not None
        with acting(va) as tx:
            authorizations.complete(va, tx, key, on=NOW, at=NOW)
        assert look(va, key).frame.clock == "running"

    def test_shows_what_was_asked_for_before(self, va, client, claim):
        first = log(va, client, claim)
        with pytest.raises(AskedBefore) as refused:
            log(va, client, claim)
        assert [each.frame.request_id for each in refused.value.alike] == [first.request_id]
        log(va, client, claim, although=(first.request_id,))
        log(va, client, claim, THERAPY)

    def test_is_for_open_claims_of_clients_whom_one_serves(self, desk, va, client, claim):
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'x' where claim_id = %s", (claim,))
        with pytest.raises(ClaimClosed):
            log(va, client, claim)
        other = factories.client()
        with pytest.raises(NoSuchClaim):
            log(va, other, factories.claim(other))

    def test_is_on_the_timeline_and_the_record(self, desk, va, client, claim):
        key = log(va, client, claim)
        assert told(desk, claim) == ["authorization_logged"]
        with desk.owner() as db:
            recorded = "select verb, noun_id, actor_id, detail from audit_event where verb <> 'read'"
            assert db.execute(recorded).fetchall() == [
                ("authorization_logged", claim, va.staff_id, {"authorization": key.request_id})
            ]

    def test_takes_a_date_by_hand_with_a_reason_where_no_clock_is_known(self, va, client):
        claim = factories.claim(client, jurisdiction="IL")
        illinois = {"jurisdiction": "IL", "due_at": NOW + 3 * DAY}
        with pytest.raises(NoReason):
            log(va, client, claim, **illinois)
        frame = look(va, log(va, client, claim, **illinois, due_why="The carrier's own standard.")).frame
        assert (frame.due_at, frame.due_why) == (NOW + 3 * DAY, "The carrier's own standard.")


class TestDetermining:
    def test_is_for_clinical_staff_alone(self, va, boss, client, claim):
        key = log(va, client, claim)
        for person in (va, boss):
            with pytest.raises(NotAllowed):
                decide(person, key, approved())

    def test_decides_line_by_line(self, va, nurse, client, claim):
        key = log(va, client, claim, MRI, THERAPY)
        decide(nurse, key, Decision(
            [LineDecided(1, Outcome.APPROVED, 1), LineDecided(2, Outcome.DENIED)], "Dr. Reed", NOW,
            reviewer_credentials="MD", reason="Six visits were tried without effect.",
        ))  # fmt: skip
        request = look(va, key)
        assert [line.outcome for line in request.lines] == ["approved", "denied"]
        assert (request.frame.outcome, request.frame.decided_at) == ("modified", NOW)

    def test_does_not_stop_the_clock_but_telling_the_provider_does(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, approved())
        assert look(va, key).frame.clock == "running"
        tell(va, key, Party.WORKER)
        assert look(va, key).frame.communicated_at is None
        tell(va, key)
        frame = look(va, key).frame
        assert (frame.clock, frame.communicated_at) == ("stopped", NOW)

    def test_is_seen_by_the_second_of_two_reviewers(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, approved())
        with pytest.raises(RequestDecided):
            decide(nurse, key, denied())
        assert look(va, key).frame.outcome == "approved"

    def test_is_of_the_request_as_it_was_seen(self, va, nurse, client, claim):
        key = log(va, client, claim)
        with acting(va) as tx:
            authorizations.extend(va, tx, key, on=NOW, why="The operative report was asked for.", at=NOW)
        with pytest.raises(RequestChanged):
            decide(nurse, key, approved())

    @pytest.mark.parametrize(
        ("decision", "refusal"),
        [
            (Decision([], "RN", NOW), EachLineOnce),
            (Decision([LineDecided(1, Outcome.DENIED)], "Dr. Reed", NOW, reason="No."), WithoutCredentials),
            (Decision([LineDecided(1, Outcome.DENIED)], "Dr. Reed", NOW, reviewer_credentials="MD"), NoReason),
            (approved(units=2), MoreThanAskedFor),
        ],
    )
    def test_refuses_what_is_no_determination(self, va, nurse, client, claim, decision, refusal):
        key = log(va, client, claim)
        with pytest.raises(refusal):
            decide(nurse, key, decision)

    def test_leaves_it_open_where_it_is_only_put_off(self, va, nurse, client):
        claim = factories.claim(client, jurisdiction="OH")
        key = log(va, client, claim, jurisdiction="OH")
        put_off = Decision([LineDecided(1, Outcome.PENDED)], "RN", NOW, reason="The C-9-A was sent.")
        decide(nurse, key, put_off)
        frame = look(va, key).frame
        assert (frame.outcome, frame.decided_at) == ("pended", None)
        decide(nurse, now(va, key), approved())
        assert look(va, key).frame.outcome == "approved"


class TestCorrecting:
    def test_erases_nothing(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        first = look(va, key).determinations[0].determination_id
        with acting(nurse) as tx:
            right = Decision(
                [LineDecided(1, Outcome.APPROVED, 1)], "Dr. Reed", NOW, reason="The wrong line was ticked."
            )
            authorizations.correct(nurse, tx, now(va, key), right, corrects_id=first, at=NOW)
        request = look(va, key)
        assert [each.outcome for each in request.determinations] == ["approved", "denied"]
        assert (request.frame.outcome, request.lines[0].outcome) == ("approved", "approved")


class TestTelling:
    def test_is_of_what_is_decided(self, va, client, claim):
        key = log(va, client, claim)
        with pytest.raises(NotDecided), acting(va) as tx:
            authorizations.tell(
                va, tx, client_id=client, claim_id=claim, request_id=key.request_id, determination_id=1,
                party=Party.PROVIDER, how=Channel.FAX, recipient="Dr. Ames", told_at=NOW, at=NOW,
            )  # fmt: skip

    def test_leaves_a_disclosure(self, desk, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, approved())
        tell(va, key)
        with desk.owner() as db:
            assert db.execute("select recipient, purpose, document_id from disclosure").fetchall() == [
                ("Dr. Ames's office", "Notice of a determination", None)
            ]


class TestFollowingUp:
    def test_falls_due_closer_together_as_the_clock_runs_down(self, va, client, claim):
        key = log(va, client, claim)
        within_hours_of_a_working_day = (NOW, DUE - 2 * DAY, DUE - 14 * HOUR, DUE - 11 * HOUR)
        waits = [
            cadence.next_at(usual(), jurisdiction="CA", due_at=DUE, last=at) - at
            for at in within_hours_of_a_working_day
        ]
        assert waits == sorted(waits, reverse=True)
        assert look(va, key).frame.follow_up_at > NOW

    def test_is_on_the_record_and_sets_the_next(self, desk, va, client, claim):
        key = log(va, client, claim)
        with acting(va) as tx:
            following = authorizations.follow_up(
                va, tx, key, party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.PROMISED, note="By tomorrow.", at=NOW
            )
        request = look(va, key)
        assert (request.frame.follow_up_at, request.follow_ups[0].outcome) == (following, "promised")
        assert told(desk, claim) == ["authorization_logged", "authorization_followed_up"]


class TestAppealing:
    def test_is_a_request_about_a_decided_one_with_its_own_clock(self, va, nurse, client):
        claim = factories.claim(client, jurisdiction="OH")
        key = log(va, client, claim, jurisdiction="OH")
        decide(nurse, key, denied())
        about = {"jurisdiction": "OH", "kind": "dispute_decision", "about_id": key.request_id, "received_at": NOW,
                 "complete_at": NOW}  # fmt: skip
        appeal = look(va, log(va, client, claim, **about))
        assert (appeal.frame.about_id, appeal.frame.clock) == (key.request_id, "running")
        assert RECEIVED < NOW < appeal.frame.due_at

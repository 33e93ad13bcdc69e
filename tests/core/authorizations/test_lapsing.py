"""What a lapse means: what the law that counts the clock says, and for Ohio whether each of its conditions holds."""

from datetime import timedelta
from types import MappingProxyType

import pytest

from core import authorizations, claim_file
from core.access import Actor, NotAllowed, Role
from core.authorizations import Decision, Key, Lapsed, LineDecided, Outcome, Party
from core.claim_file import DocumentKind
from core.statutes import LAPSES, Channel, Lapse
from core.transactions import acting, transaction
from tests import factories, papers
from tests.core.authorizations.test_letters import letters, said, to
from tests.core.authorizations.work import DAY, MRI, THERAPY, approved, denied, log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

LATER = NOW + 30 * DAY


def lapsed(actor: Actor, key: Key, *, at=LATER) -> Lapsed | None:
    request = look(actor, key)
    with transaction(actor) as tx:
        return authorizations.lapsed(actor, tx, request, authorizations.standing(tx, request), at=at)


def of(va: Actor, client: int, state: str, **otherwise) -> Key:
    return log(va, client, factories.claim(client, jurisdiction=state), jurisdiction=state, **otherwise)


def condition(desk, key: Key, status: str, code: str = "S33.5XXA") -> None:
    with desk.owner() as db:
        db.execute(
            "insert into claim_condition (client_id, claim_id, code, words, status, since, set_at, set_by)"
            " values (%s, %s, %s, 'Sprain', %s, '2026-11-01', now(), 1)",
            (key.client_id, key.claim_id, code, status),
        )


@pytest.mark.parametrize(
    ("state", "family"), [("CA", Lapse.VOID), ("TX", Lapse.VIOLATION), ("OH", Lapse.CONDITIONAL), ("FL", Lapse.DEEMED)]
)
def test_it_is_said_as_its_own_law_says_it(va, client, state, family):
    kinds = {"TX": "prospective", "FL": "prospective"}
    with transaction(va) as tx:
        kind = next(each.kind for each in authorizations.offered(va, tx, state))
    found = lapsed(va, of(va, client, state, kind=kinds.get(state, kind)))
    assert found is not None
    assert found.words.startswith(LAPSES[family])
    assert len(found.checks) == {Lapse.CONDITIONAL: 4, Lapse.DEEMED: 1}.get(family, 0)  # of Florida: in writing


def test_nothing_has_lapsed_before_it_is_due_or_once_the_provider_was_told(va, nurse, client):
    key = of(va, client, "CA")
    assert lapsed(va, key, at=NOW) is None
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, approved(), at=NOW)
    assert lapsed(va, key) is not None
    determination = look(va, key).determinations[0].determination_id
    with acting(va) as tx:
        authorizations.tell(
            va, tx, client_id=key.client_id, claim_id=key.claim_id, request_id=key.request_id,
            determination_id=determination, party=authorizations.Party.PROVIDER,
            how=next(iter(authorizations.CHANNELS)), recipient="Dr. Ames", told_at=NOW, at=NOW,
        )  # fmt: skip
    assert lapsed(va, key) is None


def test_a_clock_that_waits_or_is_extended_by_its_law_has_not_lapsed(va, client):
    assert lapsed(va, of(va, client, "CA", complete_at=None, missing="The report.")) is None
    assert lapsed(va, of(va, client, "OH"), at=NOW + timedelta(hours=1)) is None


class TestOhio:
    def checks(self, actor: Actor, key: Key) -> list[bool]:
        found = lapsed(actor, key)
        assert found is not None
        return [check.holds for check in found.checks]

    def test_asks_four_things_and_each_is_filled_from_the_claim(self, desk, va, client):
        key = of(va, client, "OH")
        assert self.checks(va, key) == [True, False, False, True]
        condition(desk, key, "alleged")
        assert self.checks(va, key) == [True, False, False, True]
        condition(desk, key, "allowed", "S83.511A")
        assert self.checks(va, key) == [True, False, True, True]

    def test_a_claim_is_not_payable_that_is_closed_or_denied_as_a_whole(self, desk, va, client):
        key = of(va, client, "OH")
        condition(desk, key, "denied")
        assert self.checks(va, key)[3] is False
        condition(desk, key, "allowed", "S83.511A")
        assert self.checks(va, key)[3] is True
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'x' where claim_id = %s", (key.claim_id,))
        assert self.checks(va, key)[3] is False


class TestByLapse:
    """What a law gives by a lapse is put on record as that, line by line, and nobody approved it."""

    OLD = MappingProxyType({"received_at": NOW - 20 * DAY, "complete_at": NOW - 20 * DAY})

    def lapse(self, nurse: Actor, key: Key, *lines: LineDecided) -> None:
        decision = Decision(lines or [LineDecided(1, Outcome.LAPSED, 1)], nurse.name, NOW)
        with acting(nurse) as tx:
            authorizations.determine(nurse, tx, now(nurse, key), decision, at=NOW)

    def correct(self, nurse: Actor, key: Key, line: LineDecided) -> None:
        first = look(nurse, key).determinations[0].determination_id
        again = Decision([line], nurse.name, NOW, reason="It was written down otherwise.")
        with acting(nurse) as tx:
            authorizations.correct(nurse, tx, now(nurse, key), again, corrects_id=first, at=NOW)

    def test_is_told_with_its_law_and_by_nobody(self, va, nurse, client):
        key = of(va, client, "GA", **self.OLD)
        self.lapse(nurse, key)
        request = look(va, key)
        assert (request.frame.outcome, request.lines[0].approved_units) == ("lapsed", 1)
        told = said(va, key, to(va, key, Party.PROVIDER))
        for words in (
            "Decision: Authorized by lapse",
            "nobody approved it",
            "Board Rule 205(b)(3)",
            "Put on record by",
        ):
            assert words in told
        assert "Reviewed by" not in told
        assert {each.party for each in letters(va, key)} == {"provider", "worker"}

    def test_is_decided_line_by_line(self, va, nurse, client):
        claim = factories.claim(client, jurisdiction="GA")
        key = log(va, client, claim, MRI, THERAPY, jurisdiction="GA", **self.OLD)
        lines = [LineDecided(1, Outcome.LAPSED, 1), LineDecided(2, Outcome.DENIED)]
        with acting(nurse) as tx:
            mixed = Decision(lines, "Dr. Reed", NOW, "MD, orthopedics", "Not for this injury.")
            authorizations.determine(nurse, tx, key, mixed, at=NOW)
        request = look(va, key)
        assert request.frame.outcome == "modified"
        assert [(line.outcome, line.approved_units) for line in request.lines] == [("lapsed", 1), ("denied", None)]
        assert request.determinations[0].lapse_of == request.frame.rule

    @pytest.mark.parametrize("state", ["CA", "TX", "LA", "AZ"])
    def test_is_nothing_where_the_law_gives_nothing(self, va, nurse, client, state):
        key = of(va, client, state, **self.OLD)
        found = lapsed(va, key, at=NOW)
        assert found is not None
        assert found.gives is None
        with pytest.raises(authorizations.NotByLapse):
            self.lapse(nurse, key)

    def test_is_nothing_before_the_clock_has_lapsed_or_where_its_date_was_set_by_hand(self, va, nurse, client):
        with pytest.raises(authorizations.NotByLapse):
            self.lapse(nurse, of(va, client, "GA"))
        key = of(va, client, "GA", **self.OLD)
        with acting(va) as tx:
            authorizations.set_due(va, tx, key, due_at=NOW - DAY, why="Agreed.", at=NOW)
        with pytest.raises(authorizations.NotByLapse):
            self.lapse(nurse, key)

    def test_is_nothing_in_ohio_unless_every_condition_holds(self, desk, va, nurse, client):
        unproven = of(va, client, "OH", **self.OLD)
        condition(desk, unproven, "allowed")
        with pytest.raises(authorizations.NotByLapse):
            self.lapse(nurse, unproven)

        claim = factories.claim(client, jurisdiction="OH")
        with acting(va) as tx:
            paper = claim_file.add(
                va, tx, client_id=client, claim_id=claim, name="c-9.pdf", data=papers.PDF, received_at=NOW,
                kind=DocumentKind.AUTHORIZATION_REQUEST, title="C-9", at=NOW,
            )  # fmt: skip
        key = log(va, client, claim, jurisdiction="OH", document_id=paper, **self.OLD)
        with pytest.raises(authorizations.NotByLapse):
            self.lapse(nurse, key)
        condition(desk, key, "allowed")
        self.lapse(nurse, key)
        told = said(va, key, to(va, key, Party.PROVIDER))
        assert "May be treated as approved, by lapse" in told
        assert "OAC 4123-6-16.2" in told

    def test_of_florida_follows_from_a_written_request_alone(self, va, nurse, client):
        self.lapse(nurse, of(va, client, "FL", channel=Channel.FAX, **self.OLD))
        with pytest.raises(authorizations.NotByLapse):
            self.lapse(nurse, of(va, client, "FL", channel=Channel.PHONE, **self.OLD))

    def test_of_new_york_is_by_an_order_with_its_number(self, va, nurse, client):
        old = self.OLD | {"received_at": NOW - 60 * DAY, "complete_at": NOW - 60 * DAY}
        key = of(va, client, "NY", kind="mtg_variance", **old)
        with pytest.raises(authorizations.WithoutOrder):
            self.lapse(nurse, key)
        self.lapse(nurse, key, LineDecided(1, Outcome.LAPSED, 1, authorization_number="Order 12-0031"))
        assert "Order 12-0031" in said(va, key, to(va, key, Party.PROVIDER))

    def test_stays_by_lapse_when_it_is_corrected_and_what_was_decided_becomes_none(self, va, nurse, client):
        key = of(va, client, "GA", **self.OLD)
        self.lapse(nurse, key)
        self.correct(nurse, key, LineDecided(1, Outcome.LAPSED, 1, authorization_number="A-1"))
        assert look(va, key).lines[0].authorization_number == "A-1"

        other = of(va, client, "GA", **self.OLD)
        with acting(nurse) as tx:
            authorizations.determine(nurse, tx, other, denied(), at=NOW)
        with pytest.raises(authorizations.NotByLapse):
            self.correct(nurse, other, LineDecided(1, Outcome.LAPSED, 1))


def test_it_is_a_look_at_a_claim(va, client):
    key = of(va, client, "OH")
    request = look(va, key)
    with transaction(va) as tx:
        counted = authorizations.standing(tx, request)
    nobody = factories.staff(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed), transaction(nobody) as tx:
        authorizations.lapsed(nobody, tx, request, counted, at=LATER)

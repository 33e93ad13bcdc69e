"""Cadences as data: set from a day on with what they move, in force then and not before, withdrawn until then."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from core import authorizations, rules
from core.access import COMMAND_LINE, NotAllowed, Role
from core.authorizations import Party, Reply, cadence_rehearsal, cadences
from core.authorizations.cadence import Step, next_at
from core.authorizations.recounting import CADENCE_WHY
from core.refusal import Refusal
from core.rules import Standing
from core.statutes import Channel
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.cadence import usual
from tests.core.authorizations.work import DAY, HOUR, THERAPY, approved, log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

TODAY, WHY = date(2026, 11, 24), "Reviewers answer within a day."
SELDOM = replace(usual(), steps=(Step(24 * HOUR, 168 * HOUR), Step(4 * HOUR, 2 * HOUR)))


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


@pytest.fixture
def admin(desk):
    return factories.staff(Role.ADMINISTRATOR)


def propose(admin, cadence=SELDOM, *, since: date = TODAY, why: str = WHY) -> int:
    with acting(admin) as tx:
        return cadences.propose(admin, tx, cadence, since=since, why=why, at=NOW)


def begin(at=NOW) -> int:
    return authorizations.recount_follow_ups(at=at) if cadences.begin(at=at) else 0


def held(at=NOW):
    with transaction(COMMAND_LINE) as tx:
        return cadences.kept(tx, at=at)


def told(desk, claim: int) -> list[dict]:
    with desk.owner() as db:
        return [
            row[0]
            for row in db.execute("select detail from claim_event where claim_id = %s order by event_id", (claim,))
        ]


class TestWhatTheDeskComesWith:
    def test_is_one_cadence_to_each(self):
        assert held() == {party: usual(party) for party in (Party.PROVIDER, Party.REVIEWER)}

    def test_begins_once_and_moves_nothing_that_was_counted_by_it(self, va, client, claim):
        key = log(va, client, claim)
        before = look(va, key).frame
        assert cadences.begin(at=NOW) == 2
        assert authorizations.recount_follow_ups(at=NOW) == 0
        assert cadences.begin(at=NOW) == 0
        assert look(va, key).frame == before


class TestACadence:
    def test_is_set_by_administrators(self, va, nurse, boss):
        for other in (va, nurse, boss):
            for do in (
                lambda tx, who: cadences.propose(who, tx, SELDOM, since=TODAY, why=WHY, at=NOW),
                lambda tx, who: cadences.preview(who, tx, SELDOM, since=TODAY, at=NOW),
                lambda tx, who: cadences.listed(who, tx, at=NOW),
                lambda tx, who: cadences.withdraw(who, tx, number=1, why="x", at=NOW),
                lambda tx, who: cadence_rehearsal.of_cadence(who, tx, cadence=SELDOM, at=NOW),
            ):
                with pytest.raises(NotAllowed), acting(other) as tx:
                    do(tx, other)

    @pytest.mark.parametrize(
        ("other", "refusal"),
        [
            ({"steps": ()}, cadences.NotCloserTogether),
            ({"steps": (Step(4 * HOUR, 2 * HOUR), Step(24 * HOUR, 4 * HOUR))}, cadences.NotCloserTogether),
            ({"steps": (Step(24 * HOUR, 2 * HOUR), Step(4 * HOUR, 4 * HOUR))}, cadences.NotCloserTogether),
            ({"at_last": 3 * HOUR}, cadences.NotCloserTogether),
            ({"steps": tuple(Step(n * HOUR, 2 * HOUR) for n in range(9, 0, -1))}, cadences.NotCloserTogether),
            ({"at_last": timedelta(minutes=30)}, cadences.HoursNotSensible),
            ({"undated": timedelta(0)}, cadences.HoursNotSensible),
            ({"promised": 2_161 * HOUR}, cadences.HoursNotSensible),
            ({"opens": time(17)}, cadences.OfficeClosesFirst),
            ({"unanswered": 0}, cadences.EscalatesNever),
            ({"share": 100}, cadences.EscalatesNever),
            ({"party": Party.WORKER}, cadences.NotAsked),
        ],
        ids=str,
    )
    def test_is_one_by_which_somebody_can_be_asked(self, admin, other, refusal: type[Refusal]):
        with pytest.raises(refusal):
            propose(admin, replace(usual(), **other))

    def test_begins_today_or_later_says_why_and_says_something_else(self, admin):
        with pytest.raises(rules.BeginsBeforeToday):
            propose(admin, since=TODAY - DAY)
        with pytest.raises(Refusal, match="reason"):
            propose(admin, why=" ")
        with pytest.raises(rules.SaysTheSame):
            propose(admin, usual())

    def test_is_seen_before_it_is_kept_and_moves_just_that_with_its_reason(self, desk, va, client, claim, admin):
        key = log(va, client, claim)
        before = look(va, key).frame
        with acting(admin) as tx:
            [moves] = cadences.preview(admin, tx, SELDOM, since=TODAY, at=NOW)
        assert moves[1:] == (0, 1, 0)
        propose(admin)
        assert look(va, key).frame == before, "not before it begins"
        assert begin() == 1
        assert begin() == 0
        frame = look(va, key).frame
        assert frame.follow_up_at == next_at(SELDOM, jurisdiction="CA", due_at=before.due_at, last=NOW)
        assert (frame.follow_up_at > before.follow_up_at, frame.due_at, frame.version) == (True, before.due_at, 2)
        said = told(desk, claim)[-1]
        assert (said["step"], said["why"], len(said["follow_up_at"])) == ("follow_up_moved", CADENCE_WHY, 2)

    def test_holds_from_its_day_on_and_can_be_withdrawn_before_it(self, va, client, claim, admin):
        key = log(va, client, claim)
        before = look(va, key).frame
        number = propose(admin, since=TODAY + DAY)
        assert begin() == 0
        assert held()[Party.REVIEWER] == usual()
        assert held(NOW + DAY)[Party.REVIEWER] == SELDOM
        with acting(admin) as tx:
            cadences.withdraw(admin, tx, number=number, why="Agreed otherwise.", at=NOW)
        assert held(NOW + DAY)[Party.REVIEWER] == usual()
        assert look(va, key).frame == before

    def test_is_not_withdrawn_once_it_has_begun(self, admin):
        number = propose(admin)
        with pytest.raises(rules.HasBegun), acting(admin) as tx:
            cadences.withdraw(admin, tx, number=number, why="Too late.", at=NOW)

    def test_stands_among_its_versions(self, admin):
        propose(admin, since=TODAY + DAY)
        with transaction(admin) as tx:
            found = cadences.listed(admin, tx, at=NOW)
        assert [(each.cadence, each.standing) for each in found[Party.REVIEWER]] == [
            (SELDOM, Standing.PLANNED), (usual(), Standing.IN_FORCE),
        ]  # fmt: skip
        assert [each.standing for each in found[Party.PROVIDER]] == [Standing.IN_FORCE]

    def test_is_on_the_record_from_proposal_to_force(self, desk, admin):
        begin()
        number = propose(admin)
        begin()
        with desk.owner() as db:
            found = db.execute(
                "select verb, noun_id, actor_id, detail from audit_event where noun = 'cadence' and noun_id = %s"
                " order by event_id",
                (number,),
            ).fetchall()
        said = {"party": "reviewer", "effective_from": "2026-11-24", "why": WHY}
        assert found == [(verb, number, admin.staff_id, said) for verb in ("rule_proposed", "rule_in_force")]


def test_what_was_set_by_hand_moves_with_no_cadence(va, client, claim, admin):
    key = log(va, client, claim)
    with acting(va) as tx:
        authorizations.remind(va, tx, key, on=NOW + 2 * DAY, at=NOW)
    propose(admin)
    with acting(admin) as tx:
        assert cadences.preview(admin, tx, SELDOM, since=TODAY, at=NOW) == []
    begin()
    assert look(va, key).frame.follow_up_at == NOW + 2 * DAY


def test_what_is_decided_moves_no_more(va, nurse, client, claim, admin):
    key = log(va, client, claim)
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, approved(), at=NOW)
    propose(admin)
    assert begin() == 0


class TestRehearsing:
    def test_counts_the_follow_ups_that_fell_due_before_they_were_made(self, va, client, claim, admin):
        quick = replace(usual(), steps=(Step(4 * HOUR, HOUR),))
        key = log(va, client, claim, at=NOW)
        with acting(va) as tx:
            authorizations.follow_up(
                va, tx, key, party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.MESSAGE, at=NOW + 3 * HOUR
            )
        log(va, client, claim, THERAPY, at=NOW + 3 * HOUR)
        with transaction(admin) as tx:
            found = cadence_rehearsal.of_cadence(admin, tx, cadence=quick, at=NOW + 5 * HOUR)
        [(_, shown)] = found.clients
        # Three waits: few, and so no number of them is told.
        assert str(shown.cases) == "1 to 4"
        assert cadence_rehearsal.KIND.noun == "cadence"

    def test_counts_each_wait_of_its_party_once(self, va, client, claim, admin):
        key = log(va, client, claim, at=NOW)
        for number in range(1, 6):
            with acting(va) as tx:
                authorizations.follow_up(
                    va, tx, now(va, key), party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.MESSAGE,
                    at=NOW + number * HOUR,
                )  # fmt: skip
        quick = replace(usual(), steps=(Step(4 * HOUR, HOUR),))
        with transaction(admin) as tx:
            found = cadence_rehearsal.of_cadence(admin, tx, cadence=quick, at=NOW + 7 * HOUR)
            provider = cadence_rehearsal.of_cadence(admin, tx, cadence=replace(quick, party=Party.PROVIDER), at=NOW)
        assert (str(found.whole.cases), str(provider.whole.cases), str(found.as_given)) == ("6", "0", "0")
        assert str(found.whole.was) == "0"
        assert str(found.whole.would) == "1 to 4"

"""What administrators do about statutory clocks: set them from a day on, withdraw, check; and what the desk goes by."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core import rules
from core.access import Actor, NotAllowed, Role
from core.calendars import DayChange
from core.refusal import NoReason, Refusal, TooLong
from core.rules import Standing
from core.statutes import Events, Limit, Rule, Unit, due, kept, moving, rule_for, setting, shipped
from core.statutes.moving import Moves, OpenRequest
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.statutes.rules import the
from tests.factories import NOW

TODAY = date(2026, 11, 24)
"""Of NOW, in every jurisdiction that has a clock."""

DAY = timedelta(days=1)


@pytest.fixture
def admin(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def shorter(jurisdiction: str = "OH", kind: str = "prospective", amount: int = 2) -> Rule:
    return replace(the(jurisdiction, kind), limit=Limit(amount, Unit.WORKING_DAYS), citation="OAC 4123-6-16.3")


def propose(actor: Actor, rule: Rule, since: date = TODAY, why: str = "Amended.", at: datetime = NOW) -> int:
    with acting(actor) as tx:
        number = setting.propose(actor, tx, rule, since=since, why=why, at=at)
    setting.begin(at=at)
    return number


def clocks(actor: Actor, at: datetime = NOW) -> dict[tuple[str, str], setting.Clock]:
    with transaction(actor) as tx:
        return {(each.jurisdiction, each.kind): each for each in setting.listed(actor, tx, at=at)}


def held(actor: Actor) -> tuple[Rule, ...]:
    with transaction(actor) as tx:
        return kept.rules(tx)


class TestWhatTheDeskComesWith:
    def test_is_what_its_file_says_each_with_the_number_of_its_row(self, admin: Actor) -> None:
        here = held(admin)
        assert [replace(rule, number=None) for rule in here] == list(shipped())
        assert [rule.number for rule in here] == list(range(1, len(shipped()) + 1))

    @pytest.mark.parametrize("role", list(Role))
    def test_may_be_read_by_everybody_who_signs_in(self, desk: Desk, role: Role) -> None:
        assert held(factories.staff(role, factories.client())) == held(factories.staff(Role.ADMINISTRATOR))

    def test_stands_as_its_text_does(self, admin: Actor) -> None:
        here = clocks(admin)
        assert [(each.standing, each.ended) for each in here["CA", "prospective"].versions] == [
            (Standing.IN_FORCE, False), (Standing.REPLACED, True)
        ]  # fmt: skip
        assert [(each.standing, each.ended) for each in here["CA", "information_request"].versions] == [
            (Standing.IN_FORCE, True)
        ]


class TestANewVersion:
    def test_governs_clocks_that_start_from_its_day_on(self, admin: Actor) -> None:
        number = propose(admin, shorter())
        here = held(admin)
        before, after = (
            rule_for(here, "OH", "prospective", at=NOW + days) for days in (-DAY, timedelta(0))
        )  # fmt: skip
        assert (before.limit.amount, after.limit.amount, after.number) == (3, 2, number)
        assert after.effective_from == TODAY

    def test_begins_on_the_day_of_its_jurisdiction_and_once(self, desk: Desk, admin: Actor) -> None:
        propose(admin, shorter("CA", "retrospective"), since=TODAY + DAY)
        in_new_york_alone = datetime(2026, 11, 25, 6, tzinfo=UTC)
        assert setting.begin(at=in_new_york_alone) == 0
        assert [setting.begin(at=in_new_york_alone + timedelta(hours=3)) for _ in range(2)] == [1, 0]

    def test_is_told_on_the_record(self, desk: Desk, admin: Actor) -> None:
        number = propose(admin, shorter())
        with desk.owner() as db:
            told = db.execute(
                "select verb, noun, noun_id, actor_id, detail from audit_event order by event_id"
            ).fetchall()
        said = {"jurisdictions": ["OH"], "kind": "prospective", "effective_from": "2026-11-24", "why": "Amended."}
        assert told == [
            (verb, "statutory_clock", number, admin.staff_id, said) for verb in ("rule_proposed", "rule_in_force")
        ]

    def test_keeps_all_that_a_rule_is(self, admin: Actor) -> None:
        for rule in (
            the("CA", "prospective"),
            the("TX", "prospective"),
            the("NY", "mtg_variance"),
            the("AZ", "prospective"),
        ):
            number = propose(admin, replace(rule, citation=f"{rule.citation} (as amended)"), since=TODAY + DAY)
            [again] = [each for each in held(admin) if each.number == number]
            assert again == replace(
                rule, citation=f"{rule.citation} (as amended)", effective_from=TODAY + DAY, number=number
            )

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"since": TODAY - DAY}, rules.BeginsBeforeToday),
            ({"why": " "}, NoReason),
            ({"rule": shorter(amount=0)}, setting.AmountNotSensible),
            ({"rule": shorter(amount=3_661)}, setting.AmountNotSensible),
            ({"rule": replace(shorter(), citation=" ")}, setting.NothingCited),
            ({"rule": replace(shorter(), lapse_words="")}, setting.NothingCited),
            ({"rule": replace(shorter(), note="x" * 601)}, TooLong),
            ({"rule": replace(shorter(), jurisdiction="IL")}, setting.NoSuchClock),
            ({"rule": replace(shorter(), kind="surgery")}, setting.NoSuchClock),
            ({"rule": the("OH", "prospective")}, rules.SaysTheSame),
        ],
        ids=[
            "yesterday",
            "no reason",
            "no time",
            "ten years",
            "no law",
            "no lapse",
            "long",
            "no state",
            "no kind",
            "same",
        ],
    )
    def test_that_cannot_be_is_refused(self, admin: Actor, change: dict, refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            propose(admin, **{"rule": shorter()} | change)

    def test_is_withdrawn_before_its_day(self, desk: Desk, admin: Actor) -> None:
        number = propose(admin, shorter(), since=TODAY + DAY)
        with acting(admin) as tx:
            setting.withdraw(admin, tx, number=number, why="Not enacted.", at=NOW)
        assert number not in [rule.number for rule in held(admin)]
        assert setting.begin(at=NOW + 2 * DAY) == 0
        with pytest.raises(rules.HasBegun), acting(admin) as tx:
            setting.withdraw(admin, tx, number=1, why="Not enacted.", at=NOW)


class TestACheck:
    def check(self, actor: Actor, number: int = 1, against: str = "Labor Code, printed 2026") -> None:
        with acting(actor) as tx:
            setting.check(actor, tx, number=number, against=against, at=NOW)

    def test_says_who_compared_it_with_what_and_when(self, admin: Actor) -> None:
        kentucky = clocks(admin)["KY", "prospective"].shown
        assert kentucky.to_check
        self.check(admin, kentucky.rule.number)
        kentucky = clocks(admin)["KY", "prospective"].shown
        assert not kentucky.to_check
        assert [(each.by, each.at, each.against) for each in kentucky.checks] == [
            (admin.name, NOW, "Labor Code, printed 2026")
        ]

    def test_is_wanted_of_what_is_from_memory_in_any_part(self, admin: Actor) -> None:
        here = clocks(admin)
        assert here["CA", "prospective"].shown.to_check, "its extension is from memory"
        assert not here["OH", "prospective"].shown.to_check

    def test_is_of_a_version_and_not_of_the_next(self, admin: Actor) -> None:
        self.check(admin, clocks(admin)["KY", "prospective"].shown.rule.number)
        propose(admin, shorter("KY", "prospective", 1))
        assert clocks(admin)["KY", "prospective"].shown.to_check

    def test_is_told_on_the_record(self, desk: Desk, admin: Actor) -> None:
        self.check(admin)
        with desk.owner() as db:
            told = db.execute("select verb, noun_id, actor_id, detail from audit_event").fetchall()
        said = {"jurisdictions": ["CA"], "kind": "prospective", "source": "Labor Code, printed 2026"}
        assert told == [("clock_checked", 1, admin.staff_id, said)]

    def test_that_cannot_be_is_refused(self, admin: Actor) -> None:
        with pytest.raises(setting.NoSuchClock):
            self.check(admin, 999)
        with pytest.raises(NoReason):
            self.check(admin, against=" ")


class TestWhatAVersionWouldMove:
    """Of requests that are made up: the desk keeps none yet."""

    START = datetime(2026, 11, 24, 15, tzinfo=UTC)

    def request(self, client: int, start: datetime = START, *, due_at: datetime | None = None) -> OpenRequest:
        events = Events(start, complete_at=start)
        stands = due_at or due(the("OH", "prospective"), events).due_at
        return OpenRequest(client, "OH", "prospective", None, events, stands)

    def moved(self, *requests: OpenRequest, amount: int = 2, since: date = TODAY) -> list[Moves]:
        return moving.moved(requests, shipped(), replace(shorter(amount=amount), effective_from=since), {})

    def test_is_counted_by_client(self) -> None:
        requests = [self.request(7), self.request(7), self.request(8)]
        assert self.moved(*requests) == [Moves(7, 2, 0, 0), Moves(8, 1, 0, 0)]
        assert self.moved(*requests, amount=5) == [Moves(7, 0, 2, 0), Moves(8, 0, 1, 0)]

    def test_is_nothing_of_what_started_before(self) -> None:
        assert self.moved(self.request(7, self.START - DAY)) == []
        assert self.moved(self.request(7), since=TODAY + DAY) == []

    def test_is_nothing_yet_of_the_desks_own(self, desk: Desk, admin: Actor) -> None:
        with transaction(admin) as tx:
            assert setting.preview(admin, tx, shorter(), since=TODAY, at=NOW) == []

    def test_goes_by_the_days_off(self) -> None:
        off = DayChange(date(2026, 11, 25), "Storm", True, self.START - DAY, "", "")
        with_storm = due(the("OH", "prospective"), Events(self.START, complete_at=self.START), [off]).due_at
        request = self.request(7, due_at=with_storm)
        new = replace(shorter(amount=3), effective_from=TODAY)
        assert moving.moved([request], shipped(), new, {"OH": [off]}) == []
        assert moving.moved([request], shipped(), new, {}) == [Moves(7, 1, 0, 0)]


def test_only_administrators_do_any_of_it(desk: Desk, client: int) -> None:
    for role in set(Role) - {Role.ADMINISTRATOR}:
        person = factories.staff(role, client)
        for act in (
            lambda tx, person=person: setting.listed(person, tx, at=NOW),
            lambda tx, person=person: setting.preview(person, tx, shorter(), since=TODAY, at=NOW),
            lambda tx, person=person: setting.propose(person, tx, shorter(), since=TODAY, why="x", at=NOW),
            lambda tx, person=person: setting.withdraw(person, tx, number=1, why="x", at=NOW),
            lambda tx, person=person: setting.check(person, tx, number=1, against="x", at=NOW),
        ):
            with pytest.raises(NotAllowed), acting(person) as tx:
                act(tx)

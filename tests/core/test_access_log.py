"""The access log: who looked at whom and who did what, asked by person, worker or claim, kind, client and period."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core import access_log, intake, search
from core.access import Actor, NotAllowed, Role
from core.access_log import NOT_SIGNED_IN, Filters, Kind, Line, Log, TooManyWorkers
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW


@pytest.fixture
def reader(desk: Desk) -> Actor:
    return factories.staff(Role.COMPLIANCE)


def happened(
    desk: Desk,
    at: datetime,
    actor: int,
    verb: str,
    noun: str,
    noun_id: int,
    client: int | None = None,
    detail: str | None = None,
) -> None:
    """Put on the record what happened at a moment, as only the owner can."""
    with desk.owner() as db:
        db.execute(
            "insert into audit_event (at, actor_id, verb, noun, noun_id, client_id, detail) values (%s, %s, %s, %s, %s, %s, %s)",
            (at, actor, verb, noun, noun_id, client, detail),
        )


def looked(desk: Desk, person: Actor, client: int, claim: int, *minutes: float) -> None:
    """*person* opened the claim so many minutes after NOW, each time."""
    with desk.owner() as db:
        worker = db.execute("select worker_id from claim where claim_id = %s", (claim,)).fetchone()[0]
    for minute in minutes:
        at = NOW + timedelta(minutes=minute)
        happened(desk, at, person.staff_id, "read", "injured_worker", worker, client, f'{{"claim": {claim}}}')


def asked(reader: Actor, most: int = 200, before: Any = None, **filters: Any) -> Log:
    with transaction(reader) as tx:
        return access_log.look(reader, tx, Filters(**filters), most=most, before=before)


def others(log: Log) -> list[Line]:
    """The lines but the looks at the log itself."""
    return [line for line in log.lines if line.noun != "audit_log"]


@pytest.mark.parametrize(
    "detail", ['{"claim": "abc"}', '{"claim": 99999999999999999999}', '{"claim": [1]}', '"abc"', "[1]"]
)
def test_a_line_that_no_service_has_written_hides_no_other(
    desk: Desk, client: int, va: Actor, reader: Actor, detail: str
) -> None:
    claim = factories.claim(client)
    happened(desk, NOW, va.staff_id, "read", "injured_worker", 1, client, detail)
    happened(desk, NOW, va.staff_id, "exported", "claim", claim, client)

    assert {line.claim_id for line in others(asked(reader))} == {None, claim}


class TestWhoLookedAtThisWorker:
    def test_is_told_by_the_claims_number(self, desk, client, reader) -> None:
        va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        claim, another = factories.claim(client), factories.claim(client)
        looked(desk, va, client, claim, 0)
        looked(desk, other, client, another, 1)

        log = asked(reader, subject=f" c-{claim} ")

        assert [each.number for each in log.claims or []] == [f"C-{claim}"]
        assert [(line.actor, line.claim_number) for line in log.lines] == [(va.name, f"C-{claim}")]

    @pytest.mark.parametrize("name", ["Müller", "robin MULLER", "Muller, Robin"])
    def test_is_told_by_the_workers_name_in_either_order(self, desk, client, reader, name) -> None:
        va = factories.staff(Role.VA, client)
        claim, another = factories.claim(client, family_name="muller"), factories.claim(client)
        looked(desk, va, client, claim, 0)
        looked(desk, va, client, another, 1)

        log = asked(reader, subject=name)

        assert [line.claim_number for line in log.lines] == [f"C-{claim}"]
        assert [each.number for each in log.claims or []] == [f"C-{claim}"]

    def test_holds_what_was_done_to_the_claim_and_what_was_refused(self, desk, client, reader) -> None:
        va, stranger, claim = factories.staff(Role.VA, client), factories.staff(Role.VA), factories.claim(client)
        with acting(va) as tx:
            intake.record_death(va, tx, client_id=client, claim_id=claim, date_of_death=NOW.date(), at=NOW)
        with pytest.raises(NotAllowed), transaction(stranger) as tx:
            intake.open_claim(stranger, tx, client, claim)

        lines = asked(reader, subject=f"C-{claim}").lines

        assert [(line.actor, line.verb) for line in lines] == [(stranger.name, "refused"), (va.name, "death_reported")]

    @pytest.mark.parametrize("subject", ["C-999999", "Nobody", "'; drop table claim", "%", "\\"])
    def test_of_nobody_is_nothing(self, desk, client, reader, subject) -> None:
        looked(desk, factories.staff(Role.VA, client), client, factories.claim(client), 0)
        log = asked(reader, subject=subject)
        assert (log.claims, log.lines) == ([], [])

    def test_of_a_name_that_too_many_have_is_narrowed_as_the_refusal_says(
        self, desk, client, reader, monkeypatch
    ) -> None:
        monkeypatch.setattr(access_log, "MOST_CLAIMS", 1)
        first = factories.claim(client)
        asked(reader, subject="Sample")
        second = factories.claim(factories.client())
        with desk.owner() as db:
            db.execute(
                "update injured_worker set given_name = 'Zoe', given_key = 'zoe' where client_id = %s", (client,)
            )
        with pytest.raises(
            TooManyWorkers, match="write the name in full, choose a client, or write the claim's number"
        ):
            asked(reader, subject="Sample")

        for narrower, claim in (
            ({"subject": "Zoe Sample"}, first), ({"subject": "Sample", "client": client}, first),
            ({"subject": f"C-{second}"}, second),
        ):  # fmt: skip
            assert [each.claim_id for each in asked(reader, **narrower).claims or ()] == [claim]


def found(desk: Desk, person: Actor, seconds: float, *numbers: str, noun: str = "search") -> None:
    """*person* was shown the claims with these numbers by a search so many seconds after NOW."""
    detail = json.dumps({"hits": len(numbers), "claims": numbers})
    happened(desk, NOW + timedelta(seconds=seconds), person.staff_id, "read", noun, 0, None, detail)


class TestASearch:
    def test_is_found_by_the_claims_that_it_showed(self, desk, client, reader) -> None:
        va, claim, another = factories.staff(Role.VA, client), factories.claim(client), factories.claim(client)
        with transaction(va) as tx:
            search.find(va, tx, f"C-{claim}", NOW)
            search.find(va, tx, f"C-{another}", NOW)
        found(desk, va, 200, f"C-{another}", f"C-{claim}", noun="opened_last")

        for filters in ({"subject": f"C-{claim}"}, {"subject": f"C-{claim}", "client": client, "kind": Kind.LOOKS}):
            lines = asked(reader, **filters).lines
            assert {(line.noun, line.verb, line.actor) for line in lines} == {
                ("opened_last", "read", va.name), ("search", "read", va.name),
            }, filters  # fmt: skip
            assert next(line for line in lines if line.noun == "search").detail == {"hits": 1, "claims": [f"C-{claim}"]}
        assert not [line for line in asked(reader, client=client).lines if line.noun == "search"]

    def test_is_found_by_the_worker_whom_it_showed(self, desk, client, reader) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client, family_name="muller")
        found(desk, va, 0, f"C-{claim}")
        found(desk, va, 600, f"C-{factories.claim(client)}")
        assert [line.noun for line in asked(reader, subject="Robin Muller").lines] == ["search"]

    def test_is_one_line_however_many_letters_asked(self, desk, client, reader) -> None:
        va, colleague = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        for second, numbers in enumerate((["C-1", "C-2", "C-3"], ["C-2", "C-3"], [], ["C-3"])):
            found(desk, va, second, *numbers)
        found(desk, colleague, 2, "C-9")
        found(desk, va, 19, "C-7")

        later, typed, other = others(asked(reader))

        assert (later.times, later.detail) == (1, {"hits": 1, "claims": ["C-7"]})
        assert (typed.times, typed.detail) == (4, {"hits": 3, "claims": ["C-1", "C-2", "C-3"]})
        assert (typed.first_at, typed.at) == (NOW, NOW + timedelta(seconds=3))
        assert (other.actor, other.times) == (colleague.name, 1)

    def test_counts_for_a_claim_those_that_showed_it(self, desk, client, reader) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        for second, numbers in enumerate(([f"C-{claim}", "C-0"], [f"C-{claim}"], ["C-0"])):
            found(desk, va, second, *numbers)

        [line] = asked(reader, subject=f"C-{claim}").lines

        assert (line.times, line.at) == (2, NOW + timedelta(seconds=1))

    @pytest.mark.parametrize("detail", ['{"claims": "C-1"}', '{"claims": {"a": 1}}', "[]", None])
    def test_that_somebody_wrote_by_hand_breaks_no_line(self, desk, reader, detail) -> None:
        for second in (0, 1):
            happened(desk, NOW + timedelta(seconds=second), 1, "read", "search", 0, None, detail)
        assert [line.times for line in others(asked(reader))] == [2]


class TestWhatSheLookedAt:
    def test_is_told_by_person_and_kind(self, desk, client, reader) -> None:
        va, other, claim = factories.staff(Role.VA, client), factories.staff(Role.VA, client), factories.claim(client)
        looked(desk, va, client, claim, 0)
        looked(desk, other, client, claim, 1)
        happened(desk, NOW, va.staff_id, "taken", "claim", claim, client)

        assert [line.verb for line in asked(reader, person=va.staff_id).lines] == ["taken", "read"]
        assert [line.verb for line in asked(reader, person=va.staff_id, kind=Kind.LOOKS).lines] == ["read"]

    @pytest.mark.parametrize(
        ("kind", "verbs"),
        [
            (Kind.LOOKS, {"read"}),
            (Kind.EXPORTS, {"exported"}),
            (Kind.CHANGES, {"taken", "sessions_ended"}),
            (Kind.REFUSALS, {"refused", "sign_in_failed"}),
            (Kind.SIGN_INS, {"signed_in", "sign_in_failed", "session_ended"}),
        ],
    )
    def test_is_of_one_kind(self, desk, reader, kind, verbs) -> None:
        every = (
            "read",
            "exported",
            "taken",
            "sessions_ended",
            "refused",
            "sign_in_failed",
            "signed_in",
            "session_ended",
        )
        for verb in every:
            happened(desk, NOW, 0, verb, "thing", 1)
        assert {line.verb for line in others(asked(reader, kind=kind))} == verbs

    def test_may_be_of_nobody_signed_in(self, desk, reader) -> None:
        happened(desk, NOW, 0, "sign_in_failed", "sign_in", 0)
        happened(desk, NOW, reader.staff_id, "signed_in", "session", 4)
        assert [line.actor for line in asked(reader, person=NOT_SIGNED_IN).lines] == ["Not signed in"]

    def test_is_of_one_client(self, desk, client, reader) -> None:
        other = factories.client()
        happened(desk, NOW, 1, "imported", "import", 1, client)
        happened(desk, NOW, 1, "imported", "import", 2, other)
        assert [line.noun_id for line in asked(reader, client=other).lines] == [2]


class TestThePeriod:
    def test_is_of_whole_days_where_the_reader_is(self, desk, reader) -> None:
        midnight = datetime.fromisoformat("2026-11-24T00:00:00-06:00")
        for number, at in enumerate([-1, 0, 24 * 3600 - 1, 24 * 3600]):
            happened(desk, midnight + timedelta(seconds=at), 1, "imported", "import", number)
        lines = asked(reader, first_day=date(2026, 11, 24), last_day=date(2026, 11, 24)).lines
        assert [line.noun_id for line in lines] == [2, 1]

    def test_cuts_a_visit_and_counts_what_lies_within(self, desk, client, reader) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        to_midnight = (datetime.fromisoformat("2026-11-25T00:00:00-06:00") - NOW) / timedelta(minutes=1)
        looked(desk, va, client, claim, to_midnight - 20, to_midnight - 10, to_midnight + 5)
        on = {day: asked(reader, first_day=day, last_day=day).lines for day in (date(2026, 11, 24), date(2026, 11, 25))}
        assert [[line.times for line in others(Log(lines, None, None))] for lines in on.values()] == [[2], [1]]


class TestRepeatedLooksOfOneVisit:
    def test_are_one_line_with_their_count(self, desk, client, reader) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        looked(desk, va, client, claim, 0, 30, 45, 60)
        [line] = asked(reader, person=va.staff_id).lines
        assert (line.times, line.first_at, line.at) == (4, NOW, NOW + timedelta(minutes=60))

    def test_are_two_visits_more_than_half_an_hour_apart(self, desk, client, reader) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        looked(desk, va, client, claim, 0, 10, 40.1, 50, 55)
        assert [line.times for line in asked(reader, person=va.staff_id).lines] == [3, 2]

    def test_are_one_persons_at_one_claim(self, desk, client, reader) -> None:
        one, two = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        claim, another = factories.claim(client), factories.claim(client)
        looked(desk, one, client, claim, 0, 2)
        looked(desk, one, client, another, 1)
        looked(desk, two, client, claim, 1)
        lines = asked(reader, kind=Kind.LOOKS).lines
        assert sorted(
            (line.actor, line.claim_number, line.times) for line in lines if line.noun != "audit_log"
        ) == sorted([(one.name, f"C-{claim}", 2), (one.name, f"C-{another}", 1), (two.name, f"C-{claim}", 1)])

    def test_at_one_instant_are_counted_each(self, desk, client, reader) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        looked(desk, va, client, claim, 0, 0, 0)
        assert [line.times for line in asked(reader, person=va.staff_id).lines] == [3]

    def test_do_not_hide_acts(self, desk, reader) -> None:
        for _ in range(3):
            happened(desk, NOW, 1, "exported", "first_contact", 0)
        assert [line.times for line in asked(reader, kind=Kind.EXPORTS).lines] == [1, 1, 1]

    def test_are_told_once_however_the_pages_fall(self, desk, client, reader) -> None:
        va, claims = factories.staff(Role.VA, client), [factories.claim(client) for _ in range(5)]
        for number, claim in enumerate(claims):
            looked(desk, va, client, claim, number, number + 7, number + 13)
        told, before = [], None
        while True:
            log = asked(reader, most=2, before=before, person=va.staff_id)
            told += [(line.claim_number, line.times) for line in log.lines]
            if log.earlier is None:
                break
            before = log.earlier
        assert told == [(f"C-{claim}", 3) for claim in reversed(claims)]


class TestTheLookAtTheLog:
    def test_is_on_the_record_with_what_it_asked_and_no_workers_name(self, desk, client, reader) -> None:
        claim = factories.claim(client, family_name="Zimmer")
        asked(
            reader,
            subject="Robin Zimmer",
            kind=Kind.LOOKS,
            person=4,
            client=client,
            first_day=date(2026, 11, 1),
            last_day=NOW.date(),
        )
        with desk.owner() as db:
            [(detail,)] = db.execute("select detail from audit_event where noun = 'audit_log'").fetchall()
        assert detail == {
            "people": [4], "claims": [f"C-{claim}"], "kind": "looks", "clients": [client], "from": "2026-11-01", "to": "2026-11-24",
        }  # fmt: skip

    def test_is_for_compliance(self, desk) -> None:
        va = factories.staff(Role.VA)
        for read in (access_log.choices, access_log.look, lambda who, tx: access_log.exported(who, tx, Filters())):
            with pytest.raises(NotAllowed), transaction(va) as tx:
                read(va, tx)


class TestAFile:
    def test_holds_all_that_was_asked_for_and_is_on_the_record(self, desk, client, reader, monkeypatch) -> None:
        monkeypatch.setattr(access_log, "_AT_ONCE", 2)
        for number in range(5):
            happened(desk, NOW, 1, "imported", "import", number, client)
        happened(desk, NOW, 1, "imported", "import", 9)
        with transaction(reader) as tx:
            log = access_log.exported(reader, tx, Filters(client=client))
        with desk.owner() as db:
            told = db.execute("select actor_id, noun, detail from audit_event where verb = 'exported'").fetchall()

        assert [line.noun_id for line in log.lines] == [4, 3, 2, 1, 0]
        assert told == [(reader.staff_id, "audit_log", {"clients": [client], "rows": 5})]

    def test_says_where_it_ends_early(self, desk, reader, monkeypatch) -> None:
        monkeypatch.setattr(access_log, "_AT_ONCE", 2)
        monkeypatch.setattr(access_log, "MOST_IN_FILE", 4)
        for number in range(7):
            happened(desk, NOW, 1, "imported", "import", number)
        with transaction(reader) as tx:
            log = access_log.exported(reader, tx, Filters())
        assert len(log.lines) == 4
        assert log.earlier is not None

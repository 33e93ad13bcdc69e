"""The sample MCO: always of today, through the ways that real claims take, and gone from under nobody's hands."""

import csv
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from argon2 import PasswordHasher

from core import contact, instant, referrals, sample
from core.access import Actor, Role
from core.sample import arrivals, contacts, loading, people
from core.staff import secrets
from core.transactions import transaction
from db import session
from tests import factories

AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.fixture
def short_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three days are enough to see everything."""
    monkeypatch.setattr(loading, "HISTORY", timedelta(days=3))


@pytest.fixture(autouse=True)
def owners_hand(desk) -> None:
    """The sample writes its past down as the owner."""
    session.bind(desk.owner_url)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passwords of the sample's people are nobody's secret here: hashing them was most of what loading took."""
    monkeypatch.setattr(secrets, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def _counts(desk, at: datetime) -> dict[str, int]:
    with desk.owner() as db:
        row = db.execute(
            "select count(*), count(*) filter (where first_contact_at is null and due_at < %(at)s),"
            " count(*) filter (where first_contact_at is null and due_at between %(at)s and %(at)s + interval '4 hours'),"
            " count(*) filter (where reported_at > %(at)s - interval '2 hours 45 minutes'),"
            " count(*) filter (where first_contact_at <= due_at) from claim",
            {"at": at},
        ).fetchone()
    return dict(zip(("all", "overdue", "due_soon", "arrived", "kept"), row, strict=True))


def test_at_any_moment_some_have_arrived_some_are_due_some_are_overdue_and_most_are_kept(desk, short_history) -> None:
    for hours in (0, 5, 26):
        at = AT + timedelta(hours=hours)
        sample.load(at)
        counts = _counts(desk, at)
        assert counts["overdue"] >= 1, (at, counts)
        assert counts["due_soon"] >= 1, (at, counts)
        assert counts["arrived"] >= 1, (at, counts)
        assert counts["kept"] > counts["all"] / 2, (at, counts)


@pytest.mark.parametrize("hour", [1, 7, 13, 19])
def test_is_loaded_at_any_hour_though_the_day_is_another_where_the_clients_are(desk, short_history, hour: int) -> None:
    sample.load(AT.replace(hour=hour))

    with desk.owner() as db:
        conditions = db.execute(
            "select every(since <= (set_at at time zone timezone)::date), count(distinct client_id)"
            "  from claim_condition join client using (client_id)"
        )
        assert conditions.fetchone() == (True, len(people.CLIENTS))


def test_loading_it_again_adds_nothing(desk, short_history) -> None:
    sample.load(AT)
    before = _counts(desk, AT)
    sample.load(AT)
    assert _counts(desk, AT) == before


def test_a_claim_that_somebody_works_on_is_left_alone(desk, short_history) -> None:
    sample.load(AT)
    with session.begin(1) as tx:
        va = people.actors(tx)["va"]
    with desk.owner() as db:
        client_id, claim_id = db.execute(
            "select client_id, claim_id from claim where first_contact_at is null and client_id = any (%s) and due_at > %s"
            " order by due_at limit 1",
            (list(va.clients), AT),
        ).fetchone()
    with transaction(va) as tx:
        contact.log_attempt(
            va, tx, client_id=client_id, claim_id=claim_id, party=contact.Party.WORKER, method=contact.Method.PHONE,
            outcome=contact.Outcome.VOICEMAIL, note=None, at=AT, request=uuid4(),
        )  # fmt: skip
    sample.catch_up(AT + timedelta(hours=48))
    with desk.owner() as db:
        assert db.execute("select first_contact_at from claim where claim_id = %s", (claim_id,)).fetchone() == (None,)


@pytest.mark.parametrize("name", ["vera", "va"])
def test_is_refused_where_people_of_the_desks_own_work(desk, name: str) -> None:
    factories.staff(Role.VA, name=name)
    with pytest.raises(loading.DeskInUse):
        sample.load(instant.now())


def test_a_va_has_put_one_item_aside_until_later_and_skipped_another(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        marks = db.execute("select reason is null, count(*) from work_mark group by 1 order by 1").fetchall()
    assert marks == [(False, 1), (True, 1)]


def test_people_are_promised_calls_a_number_is_wrong_and_one_contact_was_a_mistake(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        tried = db.execute(
            "select count(*) filter (where substantive and struck_at is null), count(struck_at),"
            " count(*) filter (where call_again_at > %s and called_attempt_id is null),"
            " count(*) filter (where call_again_at < %s and called_attempt_id is null) from contact_attempt",
            (AT, AT),
        ).fetchone()
        held = db.execute("select count(*), count(distinct work_status), count(care) from first_contact").fetchone()
        asked = db.execute("select count(*) from intake_question where reason = 'wrong_number'").fetchone()
        reached = db.execute("select count(first_contact_at) from claim").fetchone()
    assert tried[0] == reached[0] == held[0] - 1
    assert tried[1] == asked[0] == 1
    assert tried[2] >= 1
    assert tried[3] == 0, "who was promised a call was called when the next attempt was made"
    assert held[1] == 4
    assert 0 < held[2] < held[0]


def test_three_things_are_not_known_yet_one_late_one_of_today_and_one_of_another_day(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        unknown = db.execute(
            "select ask_again_at - %s, opened_at < answered_at and answered_at < %s from intake_question"
            " where ask_again_at is not null order by 1",
            (AT, AT),
        ).fetchall()
    assert unknown == [(timedelta(hours=-2), True), (timedelta(hours=3), True), (timedelta(days=2), True)]


def test_one_call_is_begun_and_not_finished_and_of_another_a_few_words_are_kept(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        begun = db.execute(
            "select s.sign_in_name, t.ended_at, d.fields ->> 'occupation' from telephone_intake t"
            " join staff s on s.staff_id = t.begun_by"
            " join draft d on d.client_id = t.client_id and d.claim_id = t.claim_id and d.staff_id = t.begun_by"
        ).fetchall()
        words = db.execute("select fields ->> 'reporter' from draft where claim_id is null").fetchall()
    assert begun == [("va", None, "dock worker")]
    assert words == [("Sam Placeholder, plant nurse",)]


def test_says_the_same_of_a_contact_every_time() -> None:
    [one] = arrivals.between(people.CLIENTS[0], AT - timedelta(days=3), AT)[:1]
    assert contacts.held(one) == contacts.held(one)


def test_two_claims_were_handed_over_with_a_note_and_the_play_goes_on_with_them(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        held = db.execute(
            "select h.claim_id, s.sign_in_name, h.given_at < %s from hand_over h join claim c using (client_id, claim_id)"
            " join staff s on s.staff_id = h.to_id where (c.assignee_id, c.assigned_at) = (h.to_id, h.given_at)"
            " order by s.sign_in_name",
            (AT,),
        ).fetchall()
    assert [(name, before) for _, name, before in held] == [("clinical", True), ("va", True)]

    sample.catch_up(AT + timedelta(hours=48))
    with desk.owner() as db:
        reached = db.execute(
            "select count(*) from claim where first_contact_at is not null and claim_id = any (%s)",
            ([claim for claim, *_ in held],),
        ).fetchone()
    assert reached == (2,)


def test_more_is_asked_of_one_clients_claims_that_wait_and_a_rule_is_planned(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        asked = db.execute(
            "select c.code, k.first_contact_at is null, count(distinct k.claim_id) > 0 from intake_question q"
            " join claim k using (client_id, claim_id) join client c using (client_id) where q.element = 'occupation'"
            " group by 1, 2"
        ).fetchall()
        rules = db.execute(
            "select element, in_force_at is not null from intake_requirement where proposed_by is not null order by 1"
        ).fetchall()
    assert asked == [("SUMMIT", True, True)]
    assert rules == [
        (element, element != "interpreter")
        for element in ("cause", "interpreter", "last_day_worked", "lost_time", "nature", "occupation")
    ]


def test_two_workers_are_represented_and_only_one_may_be_called_directly(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        speaks = db.execute(
            "select permits, num_nulls(name, firm, phone), first_contact_at is not null, due_at > %s"
            " from representative join claim using (client_id, claim_id) order by permits",
            (AT,),
        ).fetchall()
        tried = db.execute("select party, outcome from contact_attempt where party <> 'worker'").fetchall()
    assert [row[:3] for row in speaks] == [(False, 0, False), (True, 0, True)]
    assert speaks[0][3], "there is time left"
    assert tried == [("attorney", "voicemail")]


def test_somebody_is_asked_for_a_time_where_none_is_free(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        open_requests = db.execute("select count(*) from call_request where settled_at is null").fetchone()
    assert open_requests == (1,)


def test_some_workers_say_how_they_wish_to_be_reached(desk, short_history) -> None:
    sample.load(AT)

    with desk.owner() as db:
        told = db.execute(
            "select count(best_hours), count(interpreter), count(do_not_contact) from injured_worker"
        ).fetchone()
        consents = db.execute("select channel, answer from contact_consent order by consent_id").fetchall()
    assert told == (3, 2, 1)
    assert consents == [
        ("text", "given"), ("voicemail", "given"), ("voicemail", "refused"), ("text", "given"), ("text", "revoked"),
    ]  # fmt: skip


def test_whose_a_claim_is_stands_in_its_history_and_on_the_record(desk, short_history) -> None:
    sample.load(AT)
    sample.catch_up(AT + timedelta(hours=5))

    with desk.owner() as db:
        untold = db.execute(
            "select count(*) from claim c where assignee_id is not null and not exists ("
            " select from claim_event e where (e.client_id, e.claim_id, e.at) = (c.client_id, c.claim_id, c.assigned_at)"
            " and e.kind = 'assigned' and (e.detail ->> 'to')::int = c.assignee_id)"
        ).fetchone()
        taken = db.execute("select count(*) from claim where assignee_id is not null").fetchone()
        recorded = db.execute("select count(distinct noun_id) from audit_event where verb = 'assigned'").fetchone()
        tried = db.execute(
            "select (select count(*) from contact_attempt where not substantive),"
            " (select count(*) from audit_event where verb = 'attempt_logged')"
        ).fetchone()
    assert untold == (0,)
    assert taken[0] == recorded[0] > 10
    assert tried[0] == tried[1] > 10


def test_stays_the_sample_when_somebody_is_added_to_its_people(desk, short_history) -> None:
    sample.load(AT)
    factories.staff(Role.VA, name="vera")
    sample.load(AT + timedelta(hours=1))


def test_every_role_has_a_sign_in() -> None:
    assert len(sample.SIGN_INS) == len(Role)


def test_the_reports_tell_of_no_death_and_name_nobody() -> None:
    with open(arrivals._REPORTS, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 300
    for row in rows:
        assert not re.search(r"\b(died|dead|death|killed|fatal\w*|deceased|coroner)\b", row["narrative"], re.I), row
        assert not re.search(r"\b(Mr|Mrs|Ms|Dr|Inc|LLC)\b|\b(19|20)\d\d\b", row["narrative"]), row


def test_every_made_up_telephone_number_is_obviously_so() -> None:
    for client in people.CLIENTS:
        for one in arrivals.between(client, AT - timedelta(days=5), AT):
            cells = dict(zip(arrivals.HEADINGS, one.cells, strict=True))
            for phone in (cells["phone"], cells["reporter_phone"]):
                assert phone == "" or " 555-01" in phone


def test_of_every_client_most_reports_say_whom_to_call_back(desk, short_history) -> None:
    sample.load(AT)
    with desk.owner() as db:
        shares = db.execute(
            "select count(n.reporter_phone) * 1.0 / count(*), count(w.phone) * 1.0 / count(*),"
            " count(*) filter (where n.reporter_phone = w.phone) from claim join claim_narrative n using (client_id, claim_id)"
            " join injured_worker w using (client_id, worker_id) group by client_id"
        ).fetchall()
    assert len(shares) == len(people.CLIENTS)
    for reporters, workers, same in shares:
        assert reporters > 0.5
        assert workers > 0.5
        assert same == 0


def test_referrals_are_in_every_state_over_several_claims_and_clients(desk) -> None:
    sample.load(AT)

    with desk.owner() as db:
        people_of = {row[0]: row[1:] for row in db.execute("select staff_id, sign_in_name, role from staff").fetchall()}
        rows = db.execute("select client_id, claim_id, referral_id, outside_why from referral").fetchall()
    boss = next(
        Actor(key, "x", name, Role(role), "UTC") for key, (name, role) in people_of.items() if role == "supervisor"
    )
    with transaction(boss) as tx:
        states = {whole.state for client, claim, *_ in rows for whole in referrals.of_claim(boss, tx, client, claim)}
    assert states == set(referrals.State) - {referrals.State.OVER}
    assert len({row[1] for row in rows}) == len(rows) > 12
    assert len({row[0] for row in rows}) > 2
    assert 2 <= sum(row[3] is not None for row in rows) < len(rows) / 2


def test_what_was_told_of_a_determination_went_out_by_its_letter(desk, monkeypatch) -> None:
    monkeypatch.setattr(loading, "HISTORY", timedelta(days=8))
    sample.load(AT)
    with desk.owner() as db:
        [(told, by_letter)] = db.execute(
            "select count(*), count(l.letter_id) from determination_notice n"
            " left join letter l using (client_id, claim_id, document_id) where n.party <> 'attorney'"
        ).fetchall()
    assert told == by_letter
    assert told > 0

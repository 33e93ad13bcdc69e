"""The record tells of what was done: for each of its verbs there is a row of the same transaction, or it is the owner's."""

from typing import NamedTuple

import pytest
from psycopg.errors import InsufficientPrivilege

from core.access import Role
from core.audit import KNOWN_VERBS
from tests.db.guards.book import Book
from tests.db.guards.test_words import TOLD

LOOKS = {"read", "refused", "exported"}
"""What changes nothing: there is no row."""

OWNERS = {
    "attempt_logged", "first_contact_recorded", "first_contact_struck", "closed", "reopened", "merged", "merge_undone", "taken_back",
    "signed_in", "session_ended", "sign_in_failed", "founded", "death_reported", "death_corrected", "death_withdrawn",
    "taken_up", "closed_day_withdrawn", "lockout_cleared", "call_booked", "call_moved", "call_done", "call_missed",
    "call_cancelled", "calendar_set", "calendar_address_made", "calendar_address_withdrawn", "time_off_added", "time_off_withdrawn",
    "consent_given", "consent_refused", "consent_revoked", "intake_finished", "intake_left",
    "call_request_made", "call_request_declined", "call_request_withdrawn",
    "referral_made", "referral_confirmed", "referral_reported", "referral_withdrawn",
    "appointment_booked", "appointment_moved", "appointment_kept", "appointment_missed", "appointment_cancelled",
    "rule_proposed", "rule_withdrawn", "rule_in_force", "asked_by_rule", "clock_checked", "holiday_added", "holiday_taken_out",
    "authorization_logged", "authorization_changed", "authorization_followed_up", "determined", "determination_corrected",
    "determination_told",
}  # fmt: skip
"""What is put on the record by the function, or the table, that does it."""


class Act(NamedTuple):
    """
    What somebody of *role* does by hand to have done *verb* to a *noun*, and what a record of it says.

    *lies* are records that this is not. *given* stands before.
    """

    verb: str
    noun: str
    role: Role
    does: tuple[str, ...]
    noun_id: str = "{client}"
    client: str = "{client}"
    detail: str = "null"
    lies: tuple[dict[str, str], ...] = ()
    given: tuple[str, ...] = ()

    def record(self, **other: str) -> str:
        said = self._replace(**other)
        return (
            "insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)"
            f" values ({{me}}, {said.client}, '{said.noun}', {said.noun_id}, '{said.verb}', {said.detail})"
        )


RECORDED = (
    "insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail) values (%s, %s, %s, %s, %s, '{}')"
)
ASIDE = (
    "insert into work_mark (client_id, claim_id, kind, staff_id, set_at, until, reason)"
    " values ({client}, {claim}, 1, {me}, now(), now() + interval '1 day', $why)"
)
UNTIL = "(select jsonb_build_object('until', until) from work_mark)"
TYPED = (
    "insert into draft (staff_id, form, client_id, claim_id, request, saved_at)"
    " values ({me}, 'pause', {client}, {claim}, gen_random_uuid(), now())"
)
KEPT = (
    "insert into file (client_id, kind, name, size, digest, uploaded_at, uploaded_by)"
    " values ({client}, 'text', 'w', 1, sha256('w'), now(), $by)"
)
FILE = "(select max(file_id) from file)"
IMPORTED = (
    "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
    " values ({client}, 'claims', 'f', now(), $by, '$state')"
)
IMPORT = "(select max(import_id) from feed_import)"
PROMISED = (
    "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar, set_by)"
    " select client_id, now() + interval '1 day', 36, clock, 'America/Denver', open_hours, working_days, calendar, $by"
    " from sla_policy where client_id = {client} and hours = 720"
)
COUNTED = "update client set version = version + 1 where client_id = {client}"
DAY = "date_trunc('week', now() + interval '14 days')::date"
CLOSED = (
    "insert into client_holiday (client_id, day, effective_from, closed, name, reason, set_by, set_at)"
    f" values ({{client}}, {DAY}, now(), $closed, 'x', 'x', {{me}}, now())"
)
COVERED = (
    "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
    " values ({client}, {colleague}, now() - interval '2 days', now() + interval '$until', 'x', $by)"
)
COVER = "(select jsonb_build_object('cover', max(cover_id)) from client_cover)"
ENDED = "update client_cover set ended_at = $at, ended_by = {me}"
ADDED = "insert into staff (sign_in_name, full_name, role, timezone) values ('new', 'New', 'va', 'UTC')"
PERSON = "update staff set $change, version = version + 1 where staff_id = {colleague}"
SERVES = "insert into staff_client (staff_id, client_id) values ({colleague}, {other})"
LEAVES = "delete from staff_client where staff_id = {colleague}"
SESSION = (
    "insert into staff_session (token_hash, staff_id, issued_at, last_seen_at)"
    " values (sha256('x'), {colleague}, now(), now())"
)
SIGNED_OUT = "select desk_end_session(session_id, null, now(), 'x') from staff_session"

CLAIM, COLLEAGUE, NOBODYS = {"noun_id": "{claim}"}, {"noun_id": "{colleague}"}, {"client": "null"}
VA, BOSS, ADMINISTRATOR = Role.VA, Role.SUPERVISOR, Role.ADMINISTRATOR

ACTS = (
    Act("snoozed", "claim", VA, (ASIDE.replace("$why", "null"),), **CLAIM, detail=UNTIL,
        lies=({"verb": "skipped"}, {"detail": '\'{{"until": "2026-01-01Z"}}\''}, {"noun_id": "{claim} + 1"})),
    Act("skipped", "claim", VA, (ASIDE.replace("$why", "'x'"),), **CLAIM, detail=UNTIL, lies=({"verb": "snoozed"},)),
    Act("draft_kept", "claim", VA, (TYPED,), **CLAIM, detail='\'{{"form": "pause"}}\'',
        lies=({"detail": '\'{{"form": "close"}}\''}, {"noun_id": "0"}, NOBODYS)),
    Act("kept", "file", VA, (KEPT.replace("$by", "{me}"),), FILE, lies=({"verb": "set_aside"}, {"noun_id": f"{FILE} + 1"})),
    Act("set_aside", "file", VA, ("update file set set_aside_at = now(), set_aside_by = {me}, set_aside_why = 'x'",), FILE,
        lies=({"verb": "kept"},), given=(KEPT.replace("$by", "1"),)),
    Act("imported", "import", VA, (IMPORTED.replace("$by", "{me}").replace("$state", "done"),), IMPORT,
        lies=({"verb": "cancelled"}, {"verb": "undone"}, {"client": "{other}"})),
    Act("cancelled", "import", VA, (IMPORTED.replace("$by", "{me}").replace("$state", "cancelled"),), IMPORT,
        lies=({"verb": "imported"},)),
    Act("undone", "import", VA, ("update feed_import set state = 'undone', undone_at = now(), undone_by = {me}",), IMPORT,
        lies=({"verb": "imported"},), given=(IMPORTED.replace("$by", "1").replace("$state", "done"),)),
    Act("saved", "feed_mapping", VA,
        ("insert into feed_mapping (client_id, kind, mapping, saved_by, saved_at) values ({client}, 'claims', '{{}}', {me}, now())",),
        lies=({"noun_id": "{other}"}, {"client": "{other}", "noun_id": "{other}"})),
    Act("added", "client", ADMINISTRATOR,
        ("insert into client (code, name, timezone, created_at) values ('NEW', 'New', 'UTC', now())",),
        "(select max(client_id) from client)", "(select max(client_id) from client)", '\'{{"code": "NEW"}}\'',
        lies=({"detail": '\'{{"code": "OLD"}}\''}, {"verb": "renamed"}, {"noun_id": "{client}", "client": "{client}"})),
    Act("renamed", "client", ADMINISTRATOR, (COUNTED.replace("set", "set name = 'New',"),), detail='\'{{"to": "New"}}\'',
        lies=({"detail": '\'{{"to": "Old"}}\''}, {"verb": "added"})),
    Act("promise_changed", "client", ADMINISTRATOR, (PROMISED.replace("$by", "{me}"),), lies=({"noun_id": "{other}"},)),
    Act("promise_replanned", "client", ADMINISTRATOR, (PROMISED.replace("$by", "{me}"),), lies=({"client": "{other}"},)),
    Act("timezone_changed", "client", ADMINISTRATOR, (PROMISED.replace("$by", "{me}"),),
        detail='\'{{"to": "America/Denver"}}\'', lies=({"detail": '\'{{"to": "UTC"}}\''},)),
    Act("promise_withdrawn", "client", ADMINISTRATOR, (COUNTED, "delete from sla_policy where hours = 36"),
        detail="jsonb_build_object('effective_from', '2100-01-01Z'::timestamptz)",
        lies=({"detail": "(select jsonb_build_object('effective_from', max(effective_from)) from sla_policy)"},),
        given=(PROMISED.replace("$by", "1").replace("now() + interval '1 day'", "'2100-01-01Z'"),)),
    Act("closed_day_added", "client", ADMINISTRATOR, (CLOSED.replace("$closed", "true"),),
        detail=f"jsonb_build_object('day', {DAY})",
        lies=({"verb": "closed_day_taken_out"}, {"detail": f"jsonb_build_object('day', {DAY} + 1)"})),
    Act("closed_day_taken_out", "client", ADMINISTRATOR, (CLOSED.replace("$closed", "false"),),
        detail=f"jsonb_build_object('day', {DAY})", lies=({"verb": "closed_day_added"},)),
    Act("cover_set", "staff", BOSS, (COVERED.replace("$by", "{me}").replace("$until", "1 day"),), **COLLEAGUE, detail=COVER,
        lies=({"verb": "cover_ended"}, {"noun_id": "{me}"}, {"detail": '\'{{"cover": 0}}\''}), given=(LEAVES,)),
    Act("cover_ended", "staff", BOSS, (ENDED.replace("$at", "now()"),), **COLLEAGUE, detail=COVER,
        lies=({"verb": "cover_set"}, {"verb": "cover_over"}),
        given=(LEAVES, COVERED.replace("$by", "1").replace("$until", "1 day"))),
    Act("cover_over", "staff", BOSS, (ENDED.replace("$at", "until"),), **COLLEAGUE, detail=COVER,
        lies=({"verb": "cover_set"},), given=(LEAVES, COVERED.replace("$by", "1").replace("$until", "-1 hour"))),
    Act("added", "staff", ADMINISTRATOR, (ADDED,), "(select max(staff_id) from staff)", **NOBODYS,
        detail='\'{{"role": "va"}}\'', lies=({"detail": '\'{{"role": "clinical"}}\''}, {"noun_id": "{colleague}"})),
    Act("disabled", "staff", ADMINISTRATOR, (PERSON.replace("$change", "active = false"),), **COLLEAGUE, **NOBODYS,
        lies=({"verb": "enabled"}, {"verb": "added"}, {"noun_id": "{me}"})),
    Act("enabled", "staff", ADMINISTRATOR, (PERSON.replace("$change", "active = true"),), **COLLEAGUE, **NOBODYS,
        lies=({"verb": "disabled"},), given=(PERSON.replace("$change", "active = false"),)),
    Act("role_changed", "staff", ADMINISTRATOR, (PERSON.replace("$change", "role = 'va'"),), **COLLEAGUE, **NOBODYS,
        detail='\'{{"to": "va"}}\'', lies=({"detail": '\'{{"to": "supervisor"}}\''},)),
    Act("clients_set", "staff", ADMINISTRATOR, (SERVES, PERSON.replace("$change", "active = true")), **COLLEAGUE,
        **NOBODYS, detail="jsonb_build_object('added', array[{other}], 'removed', array[]::int[])",
        lies=({"detail": "jsonb_build_object('added', array[{other}], 'removed', array[{client}])"},
              {"detail": "jsonb_build_object('added', array[{client}], 'removed', array[]::int[])"}, {"detail": "null"})),
    Act("password_set", "staff", ADMINISTRATOR, ("select desk_set_password({colleague}, 'x')",), **COLLEAGUE, **NOBODYS,
        lies=({"noun_id": "{me}"},)),
    Act("sessions_ended", "staff", ADMINISTRATOR, (SIGNED_OUT,), **COLLEAGUE, **NOBODYS,
        detail='\'{{"sessions_ended": 1}}\'', lies=({"detail": '\'{{"sessions_ended": 2}}\''}, {"detail": "null"}),
        given=(SESSION,)),
    Act("sample_founded", "staff", ADMINISTRATOR,
        ("insert into client (code, name, timezone, created_at) values ('NEW', 'New', 'UTC', now())",), "{me}", **NOBODYS,
        lies=(COLLEAGUE,)),
)  # fmt: skip


def test_every_verb_is_a_look_or_an_owners_or_tied_to_what_was_done() -> None:
    assert LOOKS | OWNERS | set(TOLD) | {act.verb for act in ACTS} == KNOWN_VERBS
    assert not LOOKS & ({act.verb for act in ACTS} | OWNERS | set(TOLD))


@pytest.mark.usefixtures("present")
class TestARecord:
    @pytest.mark.parametrize("role", [VA, BOSS, ADMINISTRATOR])
    def test_is_none_of_what_was_not_done(self, book: Book, role: Role) -> None:
        for given in (IMPORTED.replace("$by", "1").replace("$state", "done"), KEPT.replace("$by", "1"), SESSION):
            book.given(given)
        me = book.people[role]
        numbers = {"claim": book.claim, "staff": me, "client": book.client, "feed_mapping": book.client, "session": 1,
                   "file": book.value(f"select {FILE}"), "import": book.value(f"select {IMPORT}")}  # fmt: skip
        with book.desk.app(me) as db:
            for noun, number in numbers.items():
                for verb in sorted(KNOWN_VERBS - LOOKS | {"rumoured"}):
                    with pytest.raises(InsufficientPrivilege):
                        db.execute(RECORDED, (me, book.client, noun, number, verb))

    @pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.noun} {act.verb}")
    def test_is_of_what_was_done_and_of_nothing_else(self, book: Book, act: Act) -> None:
        for given in act.given:
            book.given(given.replace("{me}", "1"))
        for lie in act.lies:
            assert not book.does(act.role, *act.does, act.record(**lie), stays=False), lie
        assert not book.does(act.role, act.record())
        assert book.does(act.role, *act.does, act.record())
        assert not book.does(act.role, act.record()), "of one act there is one record"

    @pytest.mark.parametrize("ended", [0, -1])
    def test_is_none_of_sessions_of_which_none_ended(self, book: Book, ended: int) -> None:
        book.given(SESSION)
        said = Act("sessions_ended", "staff", ADMINISTRATOR, (), **COLLEAGUE, **NOBODYS,
                   detail=f"jsonb_build_object('sessions_ended', {ended})")  # fmt: skip

        assert not book.does(ADMINISTRATOR, said.record())

    @pytest.mark.parametrize("verb", sorted(LOOKS))
    def test_of_a_look_needs_no_row(self, book: Book, verb: str) -> None:
        looked = Act(verb, "staff", Role.CLINICAL, ()).record()
        assert book.does(Role.CLINICAL, looked)


class TestWhatIsTakenAway:
    """No row is left of it: whoever takes it away by the owner's function has that on the record."""

    LAST = "select verb, actor_id, noun, noun_id from audit_event order by event_id desc limit 1"

    def last(self, book: Book) -> object:
        with book.desk.owner() as db:
            return db.execute(self.LAST).fetchone()

    def test_is_ones_own_work_put_aside(self, book: Book) -> None:
        book.given(ASIDE.replace("$why", "null").replace("{me}", "{colleague}"))
        before = self.last(book)
        taken = "select 1 where desk_take_up({client}, {claim}, 1, 'intake')"
        for role in Role:
            assert not book.does(role, taken), role
            assert not book.does(role, "delete from work_mark"), role
        assert self.last(book) == before

        book.given(ASIDE.replace("$why", "null").replace("{me}", str(book.people[VA])))
        assert book.does(VA, taken)
        assert self.last(book) == ("taken_up", book.people[VA], "claim", book.claim)

    def test_are_failed_sign_ins_by_an_administrator(self, book: Book) -> None:
        failed = (
            "insert into sign_in_attempt (at, name_key, address, ok)"
            " select now(), encode(sha256(sign_in_name::bytea), 'hex'), 'a', false from staff where staff_id in ({colleague}, 1)"
        )
        book.given(failed)
        for role in set(Role) - {ADMINISTRATOR}:
            assert not book.does(role, "select 1 where desk_clear_lockout({colleague})"), role
        assert book.value("select count(*) from sign_in_attempt") == 2

        assert book.does(ADMINISTRATOR, "select 1 where desk_clear_lockout({colleague})")
        assert book.value("select count(*) from sign_in_attempt") == 1, "of another name"
        assert self.last(book) == ("lockout_cleared", book.people[ADMINISTRATOR], "staff", book.colleague)


@pytest.mark.usefixtures("present")
def test_what_somebody_wrote_by_hand_is_no_claim_that_they_opened(book: Book) -> None:
    opened = Act("read", "injured_worker", VA, (), noun_id="{worker}", detail="jsonb_build_object('claim', $claim)")
    for claim in ("'the first'", "'99999999999999999999'", "'٣'", "-1", "null", "'{{}}'::jsonb", "{claim}"):
        assert book.does(VA, opened.record().replace("$claim", claim))
    with book.desk.app(book.people[VA]) as db:
        rows = db.execute("select client_id, claim_id from desk_opened_last(20)").fetchall()
    assert rows == [(book.client, book.claim)]

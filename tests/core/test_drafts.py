"""What is typed and not sent is there again for the one who typed it, and for nobody else; for a day."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from core import drafts
from core.access import Actor, NotAllowed, Role
from core.claims import NoSuchClaim
from core.drafts import DrawnBefore, Form, NoSuchForm, TooManyDrafts, TooMuch
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

REPORT = Form(drafts.REPORT)


def drawn(minutes: float = 0) -> UUID:
    """The key of a form that is drawn so many minutes later."""
    return drafts.new_request(at=NOW + timedelta(minutes=minutes))


def keep(actor: Actor, form: Form, request: UUID | None = None, *, minutes: float = 0, **fields: str) -> UUID:
    request = request or drawn(minutes)
    with transaction(actor) as tx:
        drafts.keep(actor, tx, form=form, request=request, fields=fields, at=NOW + timedelta(minutes=minutes))
    return request


def forget(actor: Actor, form: Form, request: UUID, *, minutes: float = 0) -> None:
    with transaction(actor) as tx:
        drafts.forget(actor, tx, form=form, request=request, at=NOW + timedelta(minutes=minutes))


def kept(actor: Actor, of: Form = REPORT, *, hours: float = 0) -> dict[str, dict[str, str]]:
    """Return the words of each form on the claim of *of*, so many hours later."""
    with transaction(actor) as tx:
        there = drafts.kept(
            actor, tx, client_id=of.client_id, claim_id=of.claim_id, at=NOW + timedelta(hours=hours)
        )  # fmt: skip
    return {name: dict(words.fields) for name, words in there.items()}


@pytest.fixture
def note(client: int) -> Form:
    """The form of an attempt on a claim of the client."""
    return Form("attempt", client, factories.claim(client))


class TestWords:
    def test_are_there_again_with_the_time_at_which_they_were_typed(self, va: Actor, note: Form) -> None:
        keep(va, note, note="Called, no answer", outcome="No answer")
        keep(va, REPORT, minutes=5, family_name="Núñez")

        assert kept(va, note) == {"attempt": {"note": "Called, no answer", "outcome": "No answer"}}
        with transaction(va) as tx:
            assert drafts.kept(va, tx, at=NOW)["report"].saved_at == NOW + timedelta(minutes=5)

    def test_take_the_place_of_those_before_them(self, va: Actor, note: Form) -> None:
        request = keep(va, note, note="Called", outcome="No answer")
        keep(va, note, request, note="Called twice")

        assert kept(va, note) == {"attempt": {"note": "Called twice"}}

    def test_of_a_form_that_was_sent_are_gone_and_do_not_come_back_late(self, va: Actor, note: Form) -> None:
        sent = keep(va, note, note="Called")
        forget(va, note, sent)
        keep(va, note, sent, note="Called")

        assert kept(va, note) == {}

        keep(va, note, note="Called again")
        assert kept(va, note) == {"attempt": {"note": "Called again"}}

    def test_that_nobody_had_kept_yet_are_not_kept_once_the_form_was_sent(self, va: Actor, note: Form) -> None:
        request = drawn()
        forget(va, note, request)
        keep(va, note, request, note="Called")

        assert kept(va, note) == {}

    def test_that_are_all_taken_out_again_leave_no_draft(self, va: Actor, note: Form) -> None:
        request = keep(va, note, note="Called")
        keep(va, note, request, note="  ")

        assert kept(va, note) == {}

        keep(va, note, request, note="Left a message")
        assert kept(va, note) == {"attempt": {"note": "Left a message"}}

    def test_hold_no_social_security_number_and_no_nul(self, va: Actor, note: Form) -> None:
        keep(va, note, note="Gave 123-45-6789\0 as number")

        assert kept(va, note) == {"attempt": {"note": "Gave (number removed) as number"}}

    def test_end_after_a_day_whether_or_not_the_job_has_come(self, va: Actor, note: Form, desk: Desk) -> None:
        keep(va, note, note="Called")
        keep(va, REPORT, minutes=90, family_name="Núñez")

        assert kept(va, note, hours=23.9) != {}
        assert kept(va, note, hours=24.1) == {}

        assert drafts.forget_old(at=NOW + timedelta(hours=25)) == 1
        with desk.owner() as db:
            assert db.execute("select form from draft").fetchall() == [("report",)]

    def test_end_with_their_claim(self, va: Actor, note: Form, desk: Desk) -> None:
        keep(va, note, note="Called")
        with desk.owner() as db:
            for part in ("claim_narrative", "claim_event", "claim"):
                db.execute(f"delete from {part} where claim_id = %s".encode(), (note.claim_id,))
            assert db.execute("select count(*) from draft").fetchone() == (0,)

    def test_are_on_the_record_once_a_form_and_not_as_words(self, va: Actor, note: Form, desk: Desk) -> None:
        request = keep(va, note, note="Called Robin")
        keep(va, note, request, note="Called Robin Sample")

        with desk.owner() as db:
            rows = db.execute(
                "select actor_id, client_id, noun, noun_id, detail from audit_event where verb = 'draft_kept'"
            ).fetchall()
        assert rows == [(va.staff_id, note.client_id, "claim", note.claim_id, {"form": "attempt"})]


class TestOfTwoTabs:
    def test_one_drawn_before_the_other_was_sent_brings_nothing_back(self, va: Actor, note: Form) -> None:
        left_open = keep(va, note, note="Called")
        sent = keep(va, note, minutes=1, note="Called")
        forget(va, note, sent, minutes=5)

        with pytest.raises(DrawnBefore):
            keep(va, note, left_open, minutes=6, note="Called")
        with pytest.raises(DrawnBefore):
            keep(va, note, drawn(4), minutes=6, note="Called")
        assert kept(va, note) == {}

    def test_nor_over_what_was_typed_after_the_sending(self, va: Actor, note: Form) -> None:
        left_open = keep(va, note, note="Called")
        sent = keep(va, note, minutes=1, note="Called")
        forget(va, note, sent, minutes=5)
        keep(va, note, minutes=6, note="Her sister called back")

        with pytest.raises(DrawnBefore):
            keep(va, note, left_open, minutes=7, note="Called")
        with pytest.raises(DrawnBefore):
            keep(va, note, left_open, minutes=7, note=" ")
        assert kept(va, note) == {"attempt": {"note": "Her sister called back"}}

    def test_the_one_opened_last_goes_on_with_the_words(self, va: Actor, note: Form) -> None:
        keep(va, note, note="Called")
        keep(va, note, drawn(1), minutes=2, note="Called, no answer")

        assert kept(va, note) == {"attempt": {"note": "Called, no answer"}}

    def test_a_form_drawn_in_the_instant_of_the_sending_is_a_new_one(self, va: Actor, note: Form) -> None:
        sent = keep(va, note, note="Called")
        forget(va, note, sent, minutes=0.00001)
        keep(va, note, drawn(), note="Called again")

        assert kept(va, note) == {"attempt": {"note": "Called again"}}

    @pytest.mark.parametrize("key", [UUID(int=2**128 - 1), drawn(2)], ids=["of no time", "of a time to come"])
    def test_a_key_that_no_form_has_yet_keeps_nothing(self, va: Actor, note: Form, key: UUID) -> None:
        with pytest.raises(NoSuchForm):
            keep(va, note, key, note="Called")
        forget(va, note, drawn())
        with pytest.raises(NoSuchForm):
            keep(va, note, key, note="Called")

        keep(va, note, note="Called")
        assert kept(va, note) == {"attempt": {"note": "Called"}}

    def test_a_key_that_no_form_has_shuts_nobody_out_of_a_form(self, va: Actor, note: Form, desk: Desk) -> None:
        keep(va, note, note="Called")
        with desk.owner() as db:
            db.execute("update draft set request = %s", (UUID(int=2**128 - 1),))

        keep(va, note, minutes=1, note="Called, no answer")

        assert kept(va, note) == {"attempt": {"note": "Called, no answer"}}


class TestNobodyElse:
    def test_reads_them_by_the_service(self, va: Actor, note: Form, client: int) -> None:
        keep(va, note, note="Called")

        assert kept(factories.staff(Role.VA, client), note) == {}
        assert kept(factories.staff(Role.SUPERVISOR), note) == {}

    def test_reads_or_changes_them_by_hand(self, va: Actor, note: Form, client: int, desk: Desk) -> None:
        keep(va, note, note="Called")
        for other in (factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)):
            with desk.app(other.staff_id) as db:
                assert db.execute("select * from draft").fetchall() == []
                assert db.execute("update draft set fields = null").rowcount == 0
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(
                        "insert into draft (staff_id, form, request, saved_at) values (%s, 'x', %s, now())",
                        (va.staff_id, uuid4()),
                    )

    def test_writes_of_a_claim_that_is_not_theirs(self, note: Form) -> None:
        stranger = factories.staff(Role.VA, factories.client())

        with pytest.raises(NoSuchClaim):
            keep(stranger, note, note="Called")

    def test_uses_a_form_that_is_not_part_of_the_role(self, va: Actor, note: Form) -> None:
        with pytest.raises(NotAllowed):
            keep(va, note._replace(name="pause"), pausing="On leave")
        with pytest.raises(NotAllowed):
            keep(factories.staff(Role.COMPLIANCE), note, note="Called")

    def test_reads_on_who_does_not_serve_the_client_any_more(self, va: Actor, note: Form, desk: Desk) -> None:
        keep(va, note, note="Called")
        with desk.owner() as db:
            db.execute("delete from staff_client where staff_id = %s", (va.staff_id,))

        assert kept(va, note) == {}


class TestBounds:
    def test_more_than_a_form_holds_is_refused(self, va: Actor, note: Form) -> None:
        with pytest.raises(TooMuch):
            keep(va, note, note="x" * drafts.MOST_BYTES)
        with pytest.raises(TooMuch):
            keep(va, note, note="x" + "\x01" * (drafts.MOST_BYTES // 6))
        with pytest.raises(TooMuch):
            keep(va, note, **{f"f{number}": "x" for number in range(drafts.MOST_FIELDS + 1)})

    def test_as_much_as_a_form_holds_is_kept(self, va: Actor, note: Form) -> None:
        keep(va, note, note="x" + "\x01" * (drafts.MOST_BYTES // 7), more="ñ")

        assert kept(va, note) != {}

    def test_the_database_holds_no_more_either(self, va: Actor, desk: Desk) -> None:
        with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute(
                "insert into draft (staff_id, form, request, fields, saved_at)"
                " values (%s, 'report', %s, jsonb_build_object('x', repeat('x', 70000)), now())",
                (va.staff_id, uuid4()),
            )

    def test_one_can_begin_so_many_forms_and_go_on_with_those(
        self, va: Actor, client: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
        first, second, third = (Form("attempt", client, factories.claim(client)) for _ in range(3))
        keep(va, first, note="Called")
        request = keep(va, second, note="Called")

        with pytest.raises(TooManyDrafts):
            keep(va, third, note="Called")

        keep(va, second, request, note="Called twice")
        forget(va, first, drawn())
        keep(va, third, note="Called")

    @pytest.mark.parametrize(
        "form",
        [Form("nothing", 1, 1), Form("attempt"), Form(drafts.REPORT, 1)],
        ids=["unknown", "no claim", "client"],
    )
    def test_only_the_desks_own_forms_have_drafts(self, va: Actor, form: Form) -> None:
        with pytest.raises(NoSuchForm):
            keep(va, form, note="Called")

    def test_a_field_has_a_name(self, va: Actor) -> None:
        with pytest.raises(NoSuchForm):
            keep(va, REPORT, **{"a\0b": "x"})

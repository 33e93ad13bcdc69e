"""Taking an import back as a whole."""

from typing import Any
from uuid import uuid4

import pytest

from core import contact, drafts, feeds
from core.access import Actor, Role
from core.transactions import transaction
from tests import factories
from tests.core.feeds_import.importing import ROWS, counts, file, imported, rows, undone
from tests.factories import NOW


class TestUndo:
    def test_an_import_is_taken_back_as_a_whole(self, desk: Any, client: int, va: Actor) -> None:
        kept = factories.claim(client)
        done = imported(va, client, file(*ROWS))

        assert undone(va, client, done.import_id) == 2

        assert rows(desk, "select claim_id from claim") == [(kept,)]
        assert rows(desk, "select count(*) from injured_worker") == [(1,)]
        assert rows(desk, "select state, undone_by from feed_import") == [("undone", va.staff_id)]
        assert rows(desk, "select verb, detail from audit_event where verb = 'undone'") == [
            ("undone", {"kind": "claims", "rows": 2})
        ]

    def test_after_that_the_file_can_come_again(self, client: int, va: Actor) -> None:
        undone(va, client, imported(va, client, file(*ROWS)).import_id)

        assert counts(imported(va, client, file(*ROWS))) == (3, 2, 1, 0)

    def test_it_is_not_once_somebody_has_logged_an_attempt(self, desk: Any, client: int, va: Actor) -> None:
        done = imported(va, client, file(*ROWS))
        [(claim_id,), _] = rows(desk, "select claim_id from claim order by claim_id")
        with transaction(va) as tx:
            contact.log_attempt(
                va, tx, client_id=client, claim_id=claim_id, party=contact.Party.WORKER, method=contact.Method.PHONE, outcome=contact.Outcome.VOICEMAIL,
                note="", at=NOW, request=uuid4(),
            )  # fmt: skip

        with pytest.raises(feeds.ImportWorkedOn):
            undone(va, client, done.import_id)
        with transaction(va) as tx:
            [listed] = feeds.imports(va, tx, feeds.CLAIMS, client)
        assert listed.worked_on

    @pytest.mark.parametrize(
        "work",
        [
            "update claim set assignee_id = 1, assigned_at = now()",
            "update intake_question set answered_at = now(), answered_by = 1",
            "update claim set first_contact_at = now() + interval '1 year', first_contact_by = 1",
            "update claim set closed_at = now(), closed_why = 'cancelled by the client'",
            "insert into work_mark (client_id, claim_id, kind, staff_id, until, set_at)"
            " select client_id, claim_id, 1, 1, now() + interval '1 hour', now() from claim",
        ],
        ids=["assigned", "a question answered", "first contact", "closed", "put aside"],
    )
    def test_it_is_not_after_any_other_work(self, desk: Any, client: int, va: Actor, work: str) -> None:
        done = imported(va, client, file(*ROWS))
        with desk.owner() as db:
            db.execute(work)

        with pytest.raises(feeds.ImportWorkedOn):
            undone(va, client, done.import_id)

    @pytest.mark.parametrize("whose", [Role.CLINICAL, Role.SUPERVISOR, Role.VA])
    def test_it_is_not_while_somebody_has_begun_words_on_a_claim(
        self, desk: Any, client: int, va: Actor, whose: Role
    ) -> None:
        done = imported(va, client, file(*ROWS))
        [(claim_id,), _] = rows(desk, "select claim_id from claim order by claim_id")
        colleague = factories.staff(whose, client)
        form = drafts.Form("attempt", client, claim_id)

        def types(fields: dict[str, str]) -> None:
            with transaction(colleague) as tx:
                drafts.keep(colleague, tx, form=form, request=drafts.new_request(at=NOW), fields=fields, at=NOW)

        types({"note": "She asks to be called after six."})
        with pytest.raises(feeds.ImportWorkedOn):
            undone(va, client, done.import_id)
        with transaction(va) as tx:
            assert [each.worked_on for each in feeds.imports(va, tx, feeds.CLAIMS, client)] == [True]
        assert rows(desk, "select fields ->> 'note' from draft") == [("She asks to be called after six.",)]

        types({})
        assert undone(va, client, done.import_id) == 2

    def test_it_does_not_wait_for_words_on_another_claim(self, desk: Any, client: int, va: Actor) -> None:
        other = factories.claim(client)
        done = imported(va, client, file(*ROWS))
        with transaction(va) as tx:
            form = drafts.Form("attempt", client, other)
            drafts.keep(va, tx, form=form, request=drafts.new_request(at=NOW), fields={"note": "x"}, at=NOW)

        assert undone(va, client, done.import_id) == 2

    def test_it_is_not_done_twice(self, client: int, va: Actor) -> None:
        done = imported(va, client, file(*ROWS))
        undone(va, client, done.import_id)

        with pytest.raises(feeds.ImportNotDone):
            undone(va, client, done.import_id)

    def test_it_is_not_while_another_import_left_out_rows_because_of_its_claims(
        self, desk: Any, client: int, va: Actor
    ) -> None:
        first = imported(va, client, file(*ROWS))
        second = imported(va, client, file(*ROWS))

        with pytest.raises(feeds.ImportFollowed) as refused:
            undone(va, client, first.import_id)
        assert str(refused.value) == (
            "Rows were left out because the claims of this import were there already:"
            " feed.csv of Tue 24 Nov 2026, 09:00 CST (rows: 2). Undo that import first."
        )
        assert undone(va, client, second.import_id) == 0
        assert undone(va, client, first.import_id) == 2
        assert rows(desk, "select count(*) from claim") == rows(desk, "select count(*) from import_duplicate") == [(0,)]

    def test_its_own_repeated_rows_do_not_hold_it(self, client: int, va: Actor) -> None:
        done = imported(va, client, file(ROWS[0], ROWS[0]))

        assert undone(va, client, done.import_id) == 1

    def test_another_clients_import_is_not_there(self, client: int, va: Actor) -> None:
        done = imported(va, client, file(*ROWS))
        other = factories.client("OTHER")

        with pytest.raises(feeds.NoSuchImport):
            undone(factories.staff(Role.VA, other), other, done.import_id)

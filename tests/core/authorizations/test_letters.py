"""Letters: made with the determination, kept in their very bytes, and handed out once they may be."""

import io
from datetime import date, timedelta
from hashlib import sha256

import psycopg
import pypdf
import pytest

from core import authorizations
from core.access import Actor, NotAllowed, Role
from core.authorizations import About, Decision, Key, Language, LineDecided, Outcome, Party, Which
from core.authorizations.letters import making
from core.claim_file import DocumentKnown
from core.statutes import Channel
from core.transactions import acting, transaction
from core.typeset import Unprintable
from tests import factories
from tests.core.authorizations.letters import (
    MISSING,
    content,
    decide,
    hand_out,
    language,
    letters,
    make,
    of,
    said,
    speaks,
    to,
)
from tests.core.authorizations.work import MRI, THERAPY, approved, denied, log, look, now
from tests.core.merging.two import merge
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(desk, client) -> int:
    return factories.claim(client, jurisdiction="CA", family_name="Núñez")


class TestOfADetermination:
    def test_are_made_with_it_and_ready(self, va, nurse, client, claim):
        key = log(va, client, claim)
        assert letters(va, key) == []
        decide(nurse, key, denied())
        assert sorted((each.party, each.language, each.document_id is None) for each in letters(va, key)) == [
            ("provider", "en", False), ("worker", "en", False),
        ]  # fmt: skip
        assert all(each.holds and each.handed_out_at is None for each in letters(va, key))

    def test_go_to_an_attorney_where_there_is_one(self, desk, va, nurse, client, claim):
        speaks(desk, claim)
        key = log(va, client, claim)
        decide(nurse, key, denied())
        assert "Vega & Roe" in said(va, key, to(va, key, Party.ATTORNEY))

    def test_do_not_go_to_a_representative_who_is_no_attorney(self, desk, va, nurse, client, claim):
        speaks(desk, claim, "other")
        key = log(va, client, claim)
        decide(nurse, key, denied())
        assert {each.party for each in letters(va, key)} == {"provider", "worker"}
        with pytest.raises(authorizations.NoAttorney):
            make(va, key, Which(Party.ATTORNEY))

    def test_speak_spanish_to_a_worker_who_does(self, desk, va, nurse, client, claim):
        language(desk, claim, "Spanish")
        key = log(va, client, claim)
        decide(nurse, key, denied())
        worker = said(va, key, to(va, key, Party.WORKER))
        assert "Aviso de determinación" in worker
        assert "30 días calendario" in worker
        assert "Notice of determination" in said(va, key, to(va, key, Party.PROVIDER))

    def test_tell_what_was_decided_by_whom_and_why_and_how_to_disagree(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        told = said(va, key, to(va, key, Party.PROVIDER))
        for words in (
            "Robin Núñez", "MRI of the lumbar spine", "72148", "Decision: Denied", "Dr. Reed", "MD, orthopedics",
            "Not medically necessary by the guideline.", "independent medical review", "30 calendar days", "version 2",
        ):  # fmt: skip
            assert words in told

    def test_tell_an_approval_without_how_to_disagree_where_nobody_can(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, approved())
        assert "If you do not agree" not in said(va, key, to(va, key, Party.PROVIDER))

    def test_tell_the_employer_how_each_treatment_was_decided_and_nothing_clinical(self, va, nurse, client, claim):
        key = log(va, client, claim, MRI, THERAPY)
        lines = [
            LineDecided(1, Outcome.DENIED, words="No red flags."),
            LineDecided(2, Outcome.MODIFIED, 6, "A trial for the sprain", until_on=date(2026, 12, 31)),
        ]
        decide(nurse, key, Decision(lines, "Dr. Reed", NOW, "MD, orthopedics", "By the guideline for sprains."))
        make(va, key, Which(Party.EMPLOYER))
        told = said(va, key, to(va, key, Party.EMPLOYER))
        for words in ("MRI of the lumbar spine", "Denied", "Modified, 6 units, until December 31, 2026"):
            assert words in told
        for words in ("guideline", "red flags", "sprain", "72148", "Lower back", "Reason"):
            assert words not in told
        assert "A trial for the sprain" in said(va, key, to(va, key, Party.PROVIDER))

    def test_are_documents_of_the_claim_in_the_very_bytes_that_were_shown(self, desk, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        with acting(va) as tx:
            shown = authorizations.preview(va, tx, **of(key), which=Which(Party.EMPLOYER), at=NOW).content
        make(va, key, Which(Party.EMPLOYER))
        assert content(va, key, to(va, key, Party.EMPLOYER)) == shown
        with desk.owner() as db:
            kept = db.execute(
                "select f.digest, d.kind, d.title from file f join claim_document d using (client_id, file_id)"
                " where d.title like '%employer%'"
            ).fetchall()
        assert kept == [(sha256(shown).digest(), "letter", "Notice of determination: employer, English")]

    def test_come_with_it_or_not_at_all(self, va, nurse, client, claim, monkeypatch):
        key = log(va, client, claim)

        def broken(*_: object, **__: object) -> bytes:
            raise RuntimeError("the template is broken")

        monkeypatch.setattr(making, "letter", broken)
        with pytest.raises(RuntimeError):
            decide(nurse, key, denied())
        assert look(va, key).frame.decided_at is None
        assert letters(va, key) == []

    def test_that_cannot_be_set_are_yet_to_be_made_and_hold_no_decision_up(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied(reason="By the guideline \U0001e030."))
        assert look(va, key).frame.outcome == "denied"
        waiting = to(va, key, Party.PROVIDER)
        assert waiting.document_id is None
        with pytest.raises(Unprintable):
            make(va, key, Which(Party.PROVIDER))
        with pytest.raises(authorizations.NotMadeYet):
            hand_out(va, key, waiting)

    @pytest.mark.parametrize(("state", "outcome"), [("OH", Outcome.PENDED), ("CA", Outcome.WITHDRAWN)])
    def test_are_not_made_of_what_decides_nothing(self, va, nurse, client, state, outcome):
        key = log(va, client, factories.claim(client, jurisdiction=state), jurisdiction=state)
        decide(nurse, key, Decision([LineDecided(1, outcome)], "Dr. Reed", NOW, reason="The chart is missing."))
        assert letters(va, key) == []
        with pytest.raises(authorizations.NoLetter):
            make(va, key, Which(Party.PROVIDER))

    def test_of_a_claim_that_was_merged_go_to_who_is_kept(self, desk, va, nurse, boss, client, claim):
        kept = factories.claim(client, jurisdiction="CA", family_name="Keeper", reported_at=NOW - timedelta(hours=9))
        speaks(desk, kept)
        key = log(va, client, claim)
        merge(boss, client, claim, kept)
        decide(nurse, key, denied())
        assert "Robin Keeper" in said(va, key, to(va, key, Party.WORKER))
        hand_out(va, key, to(va, key, Party.ATTORNEY))
        with desk.owner() as db:
            told = db.execute("select distinct claim_id from claim_event where kind = 'document_added'").fetchall()
        assert told == [(kept,)]

    def test_cannot_be_made_before_it(self, va, client, claim):
        with pytest.raises(authorizations.NoLetter):
            make(va, log(va, client, claim), Which(Party.PROVIDER))

    def test_made_anew_take_the_place_of_the_earlier(self, desk, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        with pytest.raises(DocumentKnown):
            make(va, key, Which(Party.WORKER))
        earlier = to(va, key, Party.WORKER)
        with desk.owner() as db:
            db.execute("update injured_worker set address = '12 Elm Street'")
        make(va, key, Which(Party.WORKER))
        assert "12 Elm Street" in said(va, key, to(va, key, Party.WORKER))
        assert [each.holds for each in letters(va, key) if each.party == "worker"] == [True, False]
        with pytest.raises(authorizations.NotToHandOut):
            hand_out(va, key, earlier)


class TestHandingOut:
    def test_to_the_provider_stops_the_clock_and_leaves_what_went_to_whom(self, desk, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        letter = to(va, key, Party.PROVIDER)
        hand_out(va, key, letter)
        frame = look(va, key).frame
        assert (frame.clock, frame.communicated_at) == ("stopped", NOW)
        out = to(va, key, Party.PROVIDER)
        assert (out.handed_out_at, out.how, out.recipient, out.handed_out_by) == (
            NOW, "fax", "Dr. Ames's office", va.name,
        )  # fmt: skip
        with desk.owner() as db:
            left = db.execute("select document_id, digest, recipient, purpose from disclosure").fetchall()
        assert left == [
            (letter.document_id, sha256(content(va, key, letter)).digest(), "Dr. Ames's office",
             "Notice of a determination")
        ]  # fmt: skip

    def test_to_the_worker_stops_no_clock(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        hand_out(va, key, to(va, key, Party.WORKER))
        assert look(va, key).frame.clock == "running"

    def test_once_more_is_another_notice_of_the_same_letter(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        hand_out(va, key, to(va, key, Party.PROVIDER))
        hand_out(va, key, to(va, key, Party.PROVIDER), Channel.MAIL)
        assert [each.how for each in look(va, key).notices] == ["mail", "fax"]
        assert to(va, key, Party.PROVIDER).how == "fax"

    def test_ends_when_the_determination_is_corrected(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        earlier = to(va, key, Party.PROVIDER)
        first = look(va, key).determinations[0].determination_id
        right = Decision([LineDecided(1, Outcome.APPROVED, 1)], "Dr. Reed", NOW, reason="The wrong line was ticked.")
        with acting(nurse) as tx:
            authorizations.correct(nurse, tx, now(va, key), right, corrects_id=first, at=NOW)
        with pytest.raises(authorizations.NotToHandOut):
            hand_out(va, key, earlier)
        corrected = to(va, key, Party.PROVIDER)
        assert "takes the place of an earlier one" in said(va, key, corrected)
        hand_out(va, key, corrected)

    def test_is_for_who_works_authorizations(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        reads = factories.staff(Role.COMPLIANCE)
        with pytest.raises(NotAllowed):
            hand_out(reads, key, to(va, key, Party.PROVIDER))
        with pytest.raises(NotAllowed):
            make(reads, key, Which(Party.EMPLOYER))


class TestOfAReturn:
    def test_says_what_is_missing_and_by_when_it_was_to_be_returned(self, va, client, claim):
        key = log(va, client, claim, complete_at=None, missing=MISSING)
        make(va, key, Which(Party.PROVIDER, about=About.RETURN))
        told = said(va, key, to(va, key, Party.PROVIDER))
        for words in ("Request returned as not complete", MISSING, "5 working days", "December 3, 2026", MRI.words):
            assert words in told

    def test_stops_the_return_clock_once_it_goes_out(self, desk, va, client, claim):
        key = log(va, client, claim, complete_at=None, missing=MISSING)
        assert look(va, key).frame.due_at is not None
        make(va, key, Which(Party.PROVIDER, about=About.RETURN))
        hand_out(va, key, to(va, key, Party.PROVIDER))
        frame = look(va, key).frame
        assert (frame.clock, frame.due_at, frame.returned_at) == ("waiting", None, NOW)
        with desk.owner() as db:
            assert db.execute("select recipient, purpose from disclosure").fetchall() == [
                ("Dr. Ames's office", "Request returned as not complete")
            ]
            assert db.execute(
                "select detail ->> 'step' from claim_event where kind = 'authorization_changed'"
            ).fetchall() == [("sent_back",)]
        with acting(va) as tx:
            authorizations.complete(va, tx, now(va, key), on=NOW, at=NOW)
        assert look(va, key).frame.due_at is not None

    def test_goes_out_once(self, va, client, claim):
        key = log(va, client, claim, complete_at=None, missing=MISSING)
        make(va, key, Which(Party.PROVIDER, about=About.RETURN))
        hand_out(va, key, to(va, key, Party.PROVIDER))
        with pytest.raises(authorizations.HandedOut):
            hand_out(va, key, to(va, key, Party.PROVIDER))

    def test_is_of_no_complete_request(self, va, client, claim):
        key = log(va, client, claim, complete_at=None, missing=MISSING)
        make(va, key, Which(Party.PROVIDER, about=About.RETURN))
        with acting(va) as tx:
            authorizations.complete(va, tx, key, on=NOW, at=NOW)
        with pytest.raises(authorizations.NotToHandOut):
            hand_out(va, key, to(va, key, Party.PROVIDER))
        with pytest.raises(authorizations.NoLetter):
            make(va, key, Which(Party.PROVIDER, about=About.RETURN))


class TestWhatIsToBeChecked:
    def test_is_told_with_the_preview_and_stands_in_no_letter(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, denied())
        with acting(va) as tx:
            shown = authorizations.preview(va, tx, **of(key), which=Which(Party.WORKER, Language.SPANISH), at=NOW)
        assert [each.citation for each in shown.to_check] == ["LC 4610.5(h)(1); 8 CCR 9792.10.1(b)(1)", "", ""]
        assert [each.sureness for each in shown.to_check] == ["source read", "", ""]
        words = " ".join(
            "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(shown.content)).pages).split()
        )
        assert "source read" not in words
        assert "4610.5" not in words

    def test_says_so_where_nothing_of_a_states_law_was_read(self, va, nurse, client):
        claim = factories.claim(client, jurisdiction="FL")
        key = log(va, client, claim, jurisdiction="FL")
        decide(nurse, key, denied())
        with transaction(va) as tx:
            [check] = authorizations.to_check(tx, look(va, key), Which(Party.WORKER), at=NOW)
        assert "Florida" in check.what


class TestTyped:
    """What the database refuses of whoever types it by hand."""

    @pytest.fixture
    def key(self, va, nurse, client, claim) -> Key:
        key = log(va, client, claim)
        decide(nurse, key, denied())
        return key

    def by_hand(self, desk, actor: Actor, key: Key, statement: str, **more: object) -> int:
        made = look(actor, key).determinations
        with desk.app(actor.staff_id) as db:
            return db.execute(
                statement, {**of(key), "me": actor.staff_id, "now": NOW,
                            "determination_id": made[0].determination_id if made else None, **more},
            ).rowcount  # fmt: skip

    def refused(self, desk, actor: Actor, key: Key, statement: str, **more: object) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            self.by_hand(desk, actor, key, statement, **more)

    INSERT = (
        "insert into letter (client_id, claim_id, request_id, determination_id, party, language, template, version,"
        " made_at, made_by) values (%(client_id)s, %(claim_id)s, %(request_id)s, %(determination_id)s, %(party)s, 'en',"
        " %(template)s, 1, %(now)s, %(me)s)"
    )
    NOTICE = (
        "insert into determination_notice (client_id, claim_id, request_id, determination_id, party, how, recipient,"
        " document_id, at, by_id, recorded_at) values (%(client_id)s, %(claim_id)s, %(request_id)s, %(determination_id)s,"
        " %(party)s, 'fax', 'Dr. Ames', %(document_id)s, %(now)s, %(me)s, %(now)s)"
    )

    def test_a_letter_tells_of_what_stands(self, desk, va, nurse, key):
        made = {"template": "determination_letter", "party": "employer"}
        assert self.by_hand(desk, va, key, self.INSERT, **made) == 1
        self.refused(desk, va, key, self.INSERT, template="determination_letter", party="attorney")
        self.refused(desk, va, key, self.INSERT, template="return_letter", party="provider", determination_id=None)
        first = look(va, key).determinations[0].determination_id
        with acting(nurse) as tx:
            right = Decision([LineDecided(1, Outcome.APPROVED, 1)], "Dr. Reed", NOW, reason="The wrong line.")
            authorizations.correct(nurse, tx, now(va, key), right, corrects_id=first, at=NOW)
        self.refused(desk, va, key, self.INSERT, **made, determination_id=first)

    def test_a_letter_of_a_determination_goes_out_with_its_notice_alone(self, desk, va, key):
        self.refused(
            desk,
            va,
            key,
            "update letter set handed_out_at = %(now)s, how = 'fax', recipient = 'x', handed_out_by = %(me)s",
        )

    def test_a_letter_goes_out_to_whom_it_is_written(self, desk, va, key):
        letter = to(va, key, Party.PROVIDER)
        self.refused(desk, va, key, self.NOTICE, party="worker", document_id=letter.document_id)
        assert self.by_hand(desk, va, key, self.NOTICE, party="provider", document_id=letter.document_id) == 1
        assert to(va, key, Party.PROVIDER).handed_out_at == NOW

    def test_a_deferral_is_told_while_review_is_deferred(self, desk, va, client, claim):
        key = log(va, client, claim)
        made = {"template": "deferral_letter", "party": "worker", "determination_id": None}
        self.refused(desk, va, key, self.INSERT, **made)
        with acting(va) as tx:
            authorizations.defer(va, tx, key, on=NOW, why="The shoulder.", at=NOW)
        assert self.by_hand(desk, va, key, self.INSERT, **made) == 1

    def test_a_request_is_returned_by_its_letter(self, desk, va, client, claim):
        key = log(va, client, claim, complete_at=None, missing=MISSING)
        self.refused(
            desk, va, key, "update authorization_request set returned_at = %(now)s, version = version + 1,"
            " change = 'sent_back', changed_at = %(now)s, changed_by = %(me)s where request_id = %(request_id)s"
        )  # fmt: skip


def test_a_letter_has_the_day_on_which_it_was_made(va, nurse, client, claim):
    key = log(va, client, claim)
    decide(nurse, key, denied())
    with acting(va) as tx:
        instant_later = NOW + timedelta(days=1)
        shown = authorizations.preview(va, tx, **of(key), which=Which(Party.WORKER), at=instant_later).content
    assert "November 25, 2026" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(shown)).pages)

"""What goes to somebody outside: to whom and why is said first, and stays on the claim; and the summary as a PDF."""

import io
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pypdf
import pytest

from core import claim_file, intake, typeset
from core.access import Actor, NotAllowed, Role
from core.claim_file import DocumentKind
from core.claims import NoSuchClaim
from core.contact import Explained, WorkStatus
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from core.typeset import ClaimSummary
from tests import factories, papers
from tests.core.contact.work import reach, strike
from tests.core.worklist.work import asked
from tests.factories import NOW

TOLD = ClaimSummary(
    number="C-12", client="Acme", as_of="Tue 24 Nov 2026, 09:00 CST", worker=(("Worker", "Núñez Nguyễn"),),
    claim=(("Injured", "Mon 23 Nov 2026"),), clock=(("Reported", "Tue"),), why="24 hours.", contacts=(),
    intake=(), conditions=(("S93.401A", "Sprain", "Allowed", "Tue 24 Nov 2026"),), network="Not known yet",
)  # fmt: skip


def words_of(pdf: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def claim(desk) -> tuple[int, int]:
    client = factories.client()
    return client, factories.claim(client, family_name="Núñez")


@pytest.fixture
def va(claim: tuple[int, int]) -> Actor:
    return factories.staff(Role.VA, claim[0])


def hand_out(actor: Actor, claim: tuple[int, int], recipient: str = "Dr. Ames", purpose: str = "Treatment") -> bytes:
    with transaction(actor) as tx:
        return claim_file.hand_out_summary(
            actor, tx, client_id=claim[0], claim_id=claim[1], recipient=recipient, purpose=purpose, at=NOW
        )


class TestASummary:
    def test_is_the_same_file_for_the_same_data(self) -> None:
        assert typeset.claim_summary(TOLD) == typeset.claim_summary(replace(TOLD))
        assert typeset.claim_summary(TOLD) != typeset.claim_summary(replace(TOLD, number="C-13"))

    def test_takes_no_word_for_the_templates_own_language(self) -> None:
        typed = '#panic() *bold* $x$ "quoted" \\ @ref <tag> = Heading'
        assert typed in words_of(typeset.claim_summary(replace(TOLD, why=typed)))

    def test_is_not_made_with_letters_left_out_in_silence(self) -> None:
        with pytest.raises(typeset.Unprintable):
            typeset.claim_summary(replace(TOLD, worker=(("Worker", "\U0001e030"),)))

    def test_tells_who_the_worker_is_and_nothing_that_others_need_not_know(self, claim, va: Actor) -> None:
        with transaction(va) as tx:
            made = claim_file.summary(va, tx, *claim, at=NOW)

        told = words_of(made)
        assert "Robin Núñez" in told
        assert "Wed 2 Jan 1980" in told
        assert "No condition is on this claim." in told
        for unneeded in ("3125550101", "555-0101", "wet floor"):
            assert unneeded not in told

    def test_tells_of_care_and_work_and_neither_who_treated_nor_who_supervises(self, desk, claim, va: Actor) -> None:
        with desk.owner() as db:
            db.execute(
                "update claim_narrative set initial_treatment = 'clinic', treated_at = 'Dr. Ames', occupation = 'roofer',"
                " lost_time = 'expected', last_day_worked = '2026-11-20', return_to_work = '2026-12-07',"
                " modified_duty = false, work_supervisor = 'Ray Holt', work_supervisor_phone = '+13125550108'"
            )

        with transaction(va) as tx:
            told = words_of(claim_file.summary(va, tx, *claim, at=NOW))

        for said in (
            *("Treatment clinic or doctor's office", "Occupation roofer", "Lost time expected"),
            *("Last day worked Fri 20 Nov 2026", "Return to work Mon 7 Dec 2026", "Modified duty no"),
        ):
            assert said in told
        for unneeded in ("Ames", "Holt", "555"):
            assert unneeded not in told

    def test_tells_of_each_question_how_it_stands(self, desk, claim, va: Actor) -> None:
        asked(desk, *claim, "language", "body_part", "birth_date")
        settled = {"client_id": claim[0], "claim_id": claim[1], "given": {}, "why": "On leave."}
        with transaction(va) as tx:
            never = [("language", "missing"), ("body_part", "missing")]
            intake.answer_questions(va, tx, **settled, never=never, ask_again_at=NOW + timedelta(days=1), at=NOW)
            intake.answer_questions(va, tx, **settled, never=[("language", "missing")], at=NOW)

            said = words_of(claim_file.summary(va, tx, *claim, at=NOW))

        assert "Part of body not known yet" in said
        assert "Language cannot be had" in said
        assert "Date of birth still to ask" in said
        assert said.count("Language") == 1
        assert "On leave" not in said

    def test_tells_what_the_first_contact_held_in_nobodys_own_words(self, claim, va: Actor) -> None:
        nurse, boss = factories.staff(Role.CLINICAL, claim[0]), factories.staff(Role.SUPERVISOR)
        reach(nurse, *claim, care="Saw Dr. Ames.", explained=[Explained.TREATMENT])
        strike(boss, *claim)
        reach(nurse, *claim, care="Saw Dr. Ames.", work_note="No lifting.", work_status=WorkStatus.RESTRICTED)

        with transaction(va) as tx:
            said = words_of(claim_file.summary(va, tx, *claim, at=NOW))

        assert "Identity confirmed by full name, date of birth" in said
        assert "Explained who we are and why we call" in said
        assert "Work with restrictions" in said
        assert "First contact: reached" in said
        assert "Struck, no first contact: reached" in said
        assert "Ames" not in said
        assert "lifting" not in said


def test_what_is_handed_out_leaves_to_whom_what_and_why(desk, claim, va: Actor) -> None:
    with transaction(va) as tx:
        document = claim_file.add(
            va, tx, client_id=claim[0], claim_id=claim[1], name="x.pdf", data=papers.PDF,
            received_at=NOW, kind=DocumentKind.LETTER, title="A letter", at=NOW,
        )  # fmt: skip
    made = hand_out(va, claim)
    with transaction(va) as tx:
        opened = claim_file.hand_out_document(
            va, tx, client_id=claim[0], claim_id=claim[1], document_id=document, recipient="Ms. Roe, attorney",
            purpose="Asked for by subpoena", at=NOW + timedelta(minutes=1),
        )  # fmt: skip
        left = claim_file.read(va, tx, *claim).disclosures

    assert opened.content == papers.PDF
    assert [(each.document, each.recipient, each.purpose, each.by) for each in left] == [
        ("A letter", "Ms. Roe, attorney", "Asked for by subpoena", va.name),
        (None, "Dr. Ames", "Treatment", va.name),
    ]
    with desk.owner() as db:
        digests = db.execute("select digest from disclosure order by at").fetchall()
        recorded = db.execute("select detail from audit_event where verb = 'disclosed' order by event_id").fetchall()
    assert [bytes(digest) for (digest,) in digests] == [sha256(made).digest(), sha256(papers.PDF).digest()]
    assert recorded == [({"document": "summary"},), ({"document": document},)]


def test_nothing_goes_out_without_a_recipient_and_a_reason(claim, va: Actor) -> None:
    for said, refusal in (
        (("", "Treatment"), claim_file.NoRecipient),
        (("Dr. Ames", " "), NoReason),
        (("x" * 201, "Treatment"), TooLong),
        (("Dr. Ames", "x" * 501), TooLong),
    ):
        with pytest.raises(refusal):
            hand_out(va, claim, *said)

    with transaction(va) as tx:
        assert claim_file.read(va, tx, *claim).disclosures == []


def test_only_who_works_the_claim_hands_it_out(claim) -> None:
    with pytest.raises(NotAllowed):
        hand_out(factories.staff(Role.COMPLIANCE), claim)
    with pytest.raises(NoSuchClaim):
        hand_out(factories.staff(Role.VA, factories.client()), claim)

"""What a worker consents to, per number: it is added to, the last stands, and what was revoked is refused at once."""

from datetime import timedelta

import psycopg
import pytest

from core import contact, intake
from core.access import Actor, NotAllowed, Role
from core.claims import NoSuchClaim
from core.contact import Method, Outcome, Party
from core.intake import ChangedMeanwhile
from core.refusal import TooLong
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import count, log, one
from tests.factories import NOW

WHY = "select against_why from contact_attempt order by attempt_id desc limit 1"


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client)


def says(actor: Actor, client: int, claim: int, channel: str, answer: str, *, words: str = "Text me.", at=NOW, seen: str | None = None) -> int:  # fmt: skip
    with transaction(actor) as tx:
        stands = intake.open_claim(actor, tx, client, claim).consent(channel)
        stood = (stands.answer if stands else "") if seen is None else seen
        return contact.capture_consent(
            actor,
            tx,
            client_id=client,
            claim_id=claim,
            seen={channel: stood},
            said={channel: answer},
            words={channel: words},
            at=at,
        )


def stands(actor: Actor, client: int, claim: int, channel: str = "text") -> str | None:
    with transaction(actor) as tx:
        said = intake.open_claim(actor, tx, client, claim).consent(channel)
    return said.answer if said else None


def corrected(actor: Actor, client: int, claim: int, **said: str) -> None:
    with transaction(actor) as tx:
        seen = intake.open_claim(actor, tx, client, claim).fields
        intake.correct_fields(
            actor, tx, client_id=client, claim_id=claim, seen=seen, said=said, reason="Told so.", at=NOW
        )


def text(actor: Actor, client: int, claim: int, **more: object) -> object:
    return log(actor, client, claim, Outcome.SENT, method=Method.TEXT, **more)


class TestConsent:
    def test_is_kept_with_its_words_its_number_and_who_captured_it(self, client: int, claim: int, va: Actor) -> None:
        says(va, client, claim, "text", "given", words="  Sure,\ntext me. ")

        with transaction(va) as tx:
            [said] = intake.open_claim(va, tx, client, claim).consents
        assert said[1:] == ("text", "+13125550101", "given", "Sure, text me.", NOW, va.name, True)

    def test_is_of_each_channel_by_itself(self, client: int, claim: int, va: Actor) -> None:
        says(va, client, claim, "voicemail", "refused")

        assert (stands(va, client, claim, "voicemail"), stands(va, client, claim)) == ("refused", None)

    def test_is_added_to_and_the_last_stands(
        self, desk: Desk, client: int, claim: int, va: Actor, nurse: Actor
    ) -> None:
        for person, answer in ((va, "refused"), (nurse, "given"), (va, "revoked"), (nurse, "given")):
            says(person, client, claim, "text", answer)
            assert stands(va, client, claim) == answer

        assert count(desk, "contact_consent") == 4

    def test_that_stands_already_is_put_down_once(self, desk: Desk, client: int, claim: int, va: Actor) -> None:
        assert [says(va, client, claim, "text", "given") for _ in range(2)] == [1, 0]
        assert count(desk, "contact_consent") == 1

    def test_is_lost_with_its_number_and_found_again_with_it(self, client: int, claim: int, va: Actor) -> None:
        says(va, client, claim, "text", "given")

        for phone, answer in (
            ("(614) 555-0101", None),  # the same seven digits, elsewhere
            ("(312) 555-0101 ext. 4", None),
            ("", None),
            ("312.555.0101", "given"),
        ):
            corrected(va, client, claim, phone=phone)
            assert stands(va, client, claim) == answer, phone

    def test_is_on_the_timeline_and_on_the_record_without_its_words(
        self, desk: Desk, client: int, claim: int, va: Actor
    ) -> None:
        says(va, client, claim, "text", "revoked", words="STOP")

        for told in (
            "select kind, by_id, detail from claim_event order by event_id desc limit 1",
            "select verb, actor_id, detail from audit_event where noun = 'claim' order by event_id desc limit 1",
        ):
            kind, by, detail = one(desk, told)
            assert (kind, by, detail["channel"]) == ("consent_revoked", va.staff_id, "text")
            assert "STOP" not in str(detail)

    def test_is_of_the_worker_on_whichever_claim(self, desk: Desk, client: int, claim: int, va: Actor) -> None:
        second = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set worker_id = (select min(worker_id) from claim)")
        says(va, client, claim, "text", "given")

        assert stands(va, client, second) == "given"

    def test_that_another_changed_meanwhile_shows_both(self, client: int, claim: int, va: Actor, nurse: Actor) -> None:
        says(nurse, client, claim, "text", "revoked")

        with pytest.raises(ChangedMeanwhile) as met:
            says(va, client, claim, "text", "given", seen="")
        [both] = met.value.both
        assert (both.field, both.theirs, both.mine, both.by) == ("consent_text", "revoked", "given", nurse.name)

    @pytest.mark.parametrize(
        ("answer", "words", "refusal"),
        [
            ("given", " ", contact.NoWords),
            ("given", "x" * (contact.LONGEST_CONSENT + 1), TooLong),
            ("perhaps", "x", contact.NoSuchConsent),
        ],
    )
    def test_needs_an_answer_and_words(
        self, desk: Desk, client: int, claim: int, va: Actor, answer: str, words: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            says(va, client, claim, "text", answer, words=words)
        assert count(desk, "contact_consent") == 0

    def test_of_two_channels_has_the_words_of_each(self, client: int, claim: int, desk: Desk, va: Actor) -> None:
        both = {"text": "given", "voicemail": "refused"}

        def say(**words: str) -> int:
            with transaction(va) as tx:
                return contact.capture_consent(
                    va, tx, client_id=client, claim_id=claim, seen={}, said=both, words=words, at=NOW
                )

        with pytest.raises(contact.NoWords, match="consent to voicemails"):
            say(text="Yes, text me.", voicemail=" ")
        assert count(desk, "contact_consent") == 0
        assert say(text="Yes, text me.", voicemail="My children listen to it.") == 2
        with desk.owner() as db:
            assert db.execute("select channel, words from contact_consent order by channel").fetchall() == [
                ("text", "Yes, text me."), ("voicemail", "My children listen to it."),
            ]  # fmt: skip

    def test_needs_a_number_that_can_be_dialled(self, client: int, claim: int, va: Actor) -> None:
        corrected(va, client, claim, phone="")

        with pytest.raises(contact.NoNumber):
            says(va, client, claim, "text", "given")

    def test_is_captured_by_whoever_works_intake_for_the_client(self, client: int, claim: int, va: Actor) -> None:
        for person, refusal in (
            (factories.staff(Role.COMPLIANCE), NotAllowed),
            (factories.staff(Role.VA, factories.client()), NoSuchClaim),
        ):
            with transaction(person) as tx, pytest.raises(refusal):
                contact.capture_consent(
                    person,
                    tx,
                    client_id=client,
                    claim_id=claim,
                    seen={},
                    said={"text": "given"},
                    words={"text": "x"},
                    at=NOW,
                )

    def test_is_of_no_other_number_person_or_worker_by_hand(
        self, desk: Desk, client: int, claim: int, va: Actor, nurse: Actor
    ) -> None:
        other = factories.claim(client)
        row = (
            "insert into contact_consent (client_id, worker_id, claim_id, channel, number, answer, words, at, by_id)"
            " select client_id, worker_id, {claim}, 'text', '{number}', 'given', 'x', now(), {by} from claim where claim_id = {of}"
        )
        right = {"claim": claim, "number": "+13125550101", "by": va.staff_id, "of": claim}
        for wrong in ({"number": "+13125550102"}, {"by": nurse.staff_id}, {"of": other}):
            with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(row.format(**right | wrong).encode())
        with desk.app(va.staff_id) as db:
            db.execute(row.format(**right).encode())
            for change in ("update contact_consent set answer = 'revoked'", "delete from contact_consent"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(change.encode())


class TestATextMessage:
    def test_goes_to_whoever_consented(self, desk: Desk, client: int, claim: int, va: Actor) -> None:
        says(va, client, claim, "text", "given")

        text(va, client, claim, against_why="not asked for")

        assert one(desk, WHY) is None

    @pytest.mark.parametrize("answer", ["", "refused"])
    def test_without_consent_asks_for_a_reason_that_stays_with_it(
        self, desk: Desk, client: int, claim: int, va: Actor, answer: str
    ) -> None:
        if answer:
            says(va, client, claim, "text", answer)
        for why in ("", " \u200b"):
            with pytest.raises(contact.WithoutConsent):
                text(va, client, claim, against_why=why)
        assert count(desk, "contact_attempt") == 0

        text(va, client, claim, against_why="Asked for it by e-mail.")

        assert one(desk, WHY) == "Asked for it by e-mail."
        assert one(desk, "select detail ->> 'against' from audit_event where verb = 'attempt_logged'") == "true"
        with transaction(va) as tx:
            [entry] = [each for each in intake.open_claim(va, tx, client, claim).timeline if each.party]
        assert entry.against_why == "Asked for it by e-mail."

    def test_after_a_revocation_is_refused_at_once_whatever_the_reason(
        self, desk: Desk, client: int, claim: int, va: Actor
    ) -> None:
        says(va, client, claim, "text", "given", at=NOW - timedelta(hours=1))
        says(va, client, claim, "text", "revoked")

        for why in ("", "It is urgent."):
            with pytest.raises(contact.TextRevoked):
                text(va, client, claim, against_why=why)
        assert count(desk, "contact_attempt") == 0

        text(va, client, claim, made_at=NOW - timedelta(minutes=5))  # sent before it was revoked

    def test_may_go_to_a_new_number_for_a_reason_and_by_a_consent_that_is_given_anew(
        self, client: int, claim: int, va: Actor
    ) -> None:
        says(va, client, claim, "text", "revoked")
        corrected(va, client, claim, phone="(614) 555-0134")
        with pytest.raises(contact.WithoutConsent):
            text(va, client, claim)

        says(va, client, claim, "text", "given")

        text(va, client, claim)

    def test_to_others_takes_no_consent_of_the_worker(self, client: int, claim: int, va: Actor) -> None:
        says(va, client, claim, "text", "revoked")

        text(va, client, claim, party=Party.EMPLOYER)

    def test_by_hand_is_refused_as_well(self, desk: Desk, client: int, claim: int, va: Actor) -> None:
        sent = (
            "select desk_log_attempt(%s, %s, now(), 'worker', 'text', 'sent', false, null, null, p_against_why => {})"
        )
        for why in ("null", "''"):
            with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
                db.execute(sent.format(why).encode(), (client, claim))
        with desk.app(va.staff_id) as db:
            db.execute(sent.format("'x'").encode(), (client, claim))


class TestAVoicemail:
    @pytest.mark.parametrize(("answer", "asked"), [("", False), ("given", False), ("refused", True), ("revoked", True)])
    def test_asks_for_a_reason_only_where_it_was_refused_or_revoked(
        self, client: int, claim: int, va: Actor, answer: str, asked: bool
    ) -> None:
        if answer:
            says(va, client, claim, "voicemail", answer)
        if asked:
            with pytest.raises(contact.WithoutConsent):
                log(va, client, claim, Outcome.VOICEMAIL)
        log(va, client, claim, Outcome.VOICEMAIL, against_why="The box answered." if asked else "")


def test_pages_and_database_know_alike_what_goes_without_a_reason(client: int, va: Actor) -> None:
    for method, outcome in ((Method.TEXT, Outcome.SENT), (Method.PHONE, Outcome.VOICEMAIL), (Method.PHONE, Outcome.REACHED)):  # fmt: skip
        for answer in (None, "given", "refused"):
            claim = factories.claim(client)
            which = contact.channel(method, outcome)
            if which and answer:
                says(va, client, claim, which, answer)
            if contact.consented(which, answer):
                log(va, client, claim, outcome, method=method)
            else:
                with pytest.raises(contact.WithoutConsent):
                    log(va, client, claim, outcome, method=method)


def test_a_revocation_goes_with_the_number_whichever_claim_it_was_put_down_on(client: int, va: Actor) -> None:
    """Two claims of one injury, or two workers of one telephone: who said stop is not texted; consent is one's own."""
    said_stop, other = factories.claim(client), factories.claim(client)
    says(va, client, said_stop, "text", "given")
    with pytest.raises(contact.WithoutConsent):
        log(va, client, other, Outcome.SENT, method=Method.TEXT)
    says(va, client, said_stop, "text", "revoked")

    with pytest.raises(contact.TextRevoked):
        log(va, client, other, Outcome.SENT, method=Method.TEXT, against_why="Called first.")

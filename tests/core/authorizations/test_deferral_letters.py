"""Letters that tell that review of a request is deferred."""

from hashlib import sha256

import pytest

from core import authorizations
from core.access import Actor
from core.authorizations import About, Decision, Key, LineDecided, Outcome, Party, Which
from core.authorizations.letters import making
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.letters import content, decide, hand_out, language, letters, make, said, speaks, to
from tests.core.authorizations.work import log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(desk, client) -> int:
    return factories.claim(client, jurisdiction="CA", family_name="Núñez")


class TestOfADeferral:
    DISPUTED = "Whether the shoulder was hurt at work at all."

    def defer(self, actor: Actor, key: Key) -> None:
        with acting(actor) as tx:
            authorizations.defer(actor, tx, now(actor, key), on=NOW, why=self.DISPUTED, at=NOW)

    def test_are_made_with_it_for_provider_worker_and_attorney(self, desk, va, client, claim):
        speaks(desk, claim)
        language(desk, claim, "Spanish")
        key = log(va, client, claim)
        self.defer(va, key)
        assert sorted((each.party, each.language, each.template) for each in letters(va, key)) == [
            ("attorney", "en", "deferral_letter"), ("provider", "en", "deferral_letter"),
            ("worker", "es", "deferral_letter"),
        ]  # fmt: skip
        told = said(va, key, to(va, key, Party.PROVIDER))
        for words in (
            "Notice that review is deferred", self.DISPUTED, "neither approved nor denied", "Appeals Board",
            "MRI of the lumbar spine", "Request received", "version 1",
        ):  # fmt: skip
            assert words in told
        worker = said(va, key, to(va, key, Party.WORKER))
        assert "Aviso de que la revisión se aplaza" in worker
        assert self.DISPUTED in worker

    def test_are_made_with_a_determination_that_defers(self, va, nurse, client, claim):
        key = log(va, client, claim)
        decide(nurse, key, Decision([LineDecided(1, Outcome.DEFERRED)], "Dr. Reed", NOW, reason=self.DISPUTED))
        assert {each.party for each in letters(va, key)} == {"provider", "worker"}
        assert look(va, key).frame.clock == "deferred"
        assert self.DISPUTED in said(va, key, to(va, key, Party.PROVIDER))

    def test_come_with_it_or_not_at_all(self, va, client, claim, monkeypatch):
        key = log(va, client, claim)

        def broken(*_: object, **__: object) -> bytes:
            raise RuntimeError("the template is broken")

        monkeypatch.setattr(making, "letter", broken)
        with pytest.raises(RuntimeError):
            self.defer(va, key)
        assert look(va, key).frame.deferred_at is None

    def test_are_not_made_where_the_law_defers_nothing(self, va, client):
        key = log(va, client, factories.claim(client, jurisdiction="OH"), jurisdiction="OH")
        self.defer(va, key)
        assert letters(va, key) == []
        with pytest.raises(authorizations.NoLetter):
            make(va, key, Which(Party.PROVIDER, about=About.DEFERRAL))

    def test_go_out_once_with_a_disclosure_and_stop_no_clock(self, desk, va, client, claim):
        key = log(va, client, claim)
        self.defer(va, key)
        letter = to(va, key, Party.PROVIDER)
        hand_out(va, key, letter)
        with pytest.raises(authorizations.HandedOut):
            hand_out(va, key, letter)
        frame = look(va, key).frame
        assert (frame.clock, frame.communicated_at, frame.returned_at) == ("deferred", None, None)
        with desk.owner() as db:
            assert db.execute("select recipient, purpose, digest from disclosure").fetchall() == [
                ("Dr. Ames's office", "Notice that review is deferred", sha256(content(va, key, letter)).digest())
            ]
            assert db.execute(
                "select detail ->> 'party' from claim_event where detail ->> 'step' = 'deferral_told'"
            ).fetchall() == [("provider",)]

    def test_end_when_review_is_taken_up(self, va, client, claim):
        key = log(va, client, claim)
        self.defer(va, key)
        with acting(va) as tx:
            authorizations.take_up(va, tx, now(va, key), on=NOW, at=NOW)
        assert not any(each.holds for each in letters(va, key))
        with pytest.raises(authorizations.NotToHandOut):
            hand_out(va, key, to(va, key, Party.PROVIDER))

    def test_say_what_of_them_nobody_has_checked(self, va, client, claim):
        key = log(va, client, claim)
        self.defer(va, key)
        with transaction(va) as tx:
            words, when = authorizations.to_check(
                tx, look(va, key), Which(Party.PROVIDER, about=About.DEFERRAL), at=NOW
            )
        assert (words.citation, words.sureness) == ("LC 4610(l); 8 CCR 9792.9.1(b)(1)", "knowledge")
        assert "31 Mar 2026" in when.what  # the text that set it ended then

"""What letters say, and how they are set: every language says the same, and the same data is the same bytes."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdf
import pytest

from core import statutes, typeset
from core.authorizations.letters import rights, wording
from core.authorizations.letters.wording import Language, Words, language_of
from core.authorizations.vocabulary import TOLD, Outcome, outcome_words, outcomes
from core.statutes import Channel
from core.typeset import VERSIONS, DeferralLetter, DeterminationLetter, ReturnLetter
from tests import hostile

TOLD_SO = DeterminationLetter(
    language="en", title="Notice of determination", reference="1-2", sender="Acme", addressee=("Dr. Ames",),
    date="November 24, 2026", footer="Claim C-12", opening=("Opening.",), facts=(("Claim", "C-12"),),
    headings=("Treatment", "Asked for", "Decision"), decided_heading="What was decided", decision="Decision: Denied",
    lines=(("MRI", "1 unit", "Denied"),), lapse=(), quoted=(), reason_heading="Reason", reason=("By the guideline.",),
    reviewer=(("Reviewed by", "Dr. Reed"),), rights_heading="If you do not agree", rights=("There is a right.",),
)  # fmt: skip

RETURNED = ReturnLetter(
    language="es", title="Solicitud devuelta", reference="1", sender="Acme", addressee=("Dr. Ames",), date="hoy",
    footer="Reclamo C-12", opening=("Falta algo.",), facts=(("Reclamo", "C-12"),), headings=("Tratamiento", "Solicitado"),
    asked_heading="Qué solicitó", lines=(("MRI", "1 unidad"),), missing_heading="Qué falta", missing=("La firma.",),
    next_heading="Qué sigue", next=("Por favor envíe lo que falta.",),
)  # fmt: skip

DEFERRED = DeferralLetter(
    language="en", title="Notice that review is deferred", reference="1", sender="Acme", addressee=("Dr. Ames",),
    date="November 24, 2026", footer="Claim C-12", opening=("Opening.",), facts=(("Claim", "C-12"),),
    headings=("Treatment", "Asked for"), asked_heading="What was asked for", lines=(("MRI", "1 unit"),),
    disputed_heading="What is disputed", disputed=("The shoulder.",), next_heading="What follows", next=("Wait.",),
)  # fmt: skip

OWN = {
    "determination_letter": ("determination", "rights", "outcomes"), "return_letter": ("return",),
    "deferral_letter": ("deferral",), "appointment_letter": (),
}  # fmt: skip
"""The parts of a language's file that one template alone takes its words from; all others are every template's."""

OF_VERSIONS = {
    ("determination_letter", 1): "01aaaa941a815cdf",
    ("determination_letter", 2): "12835ed2a91042d8",
    ("return_letter", 1): "5bd27bbae2fbf341",
    ("deferral_letter", 1): "b15fea3e01cb9b5b",
    ("appointment_letter", 1): "c3e3b8600e6da39b",
}
"""The templates with their words, digested: what is changed of them is another version, and another line here."""


def words_of(pdf: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def phrases(of: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(of, Mapping):
        for name, each in of.items():
            yield from phrases(each, f"{path}/{name}")
    else:
        yield path, str(of)


class TestSetting:
    @pytest.mark.parametrize("told", [TOLD_SO, RETURNED, DEFERRED], ids=["determination", "return", "deferral"])
    def test_the_same_data_is_the_same_bytes(self, told):
        assert typeset.letter(told) == typeset.letter(told)
        assert typeset.letter(told) != typeset.letter(replace(told, reference="another"))

    def test_is_in_its_language_for_who_hears_it_read(self):
        assert pypdf.PdfReader(io.BytesIO(typeset.letter(RETURNED))).root_object["/Lang"] == "es"

    @pytest.mark.parametrize("typed", ["#panic() $x$ *a* _b_ `c` <d> @e //f \\g", hostile.LINE])
    def test_what_people_typed_is_printed_as_it_is(self, typed):
        said = words_of(typeset.letter(replace(TOLD_SO, reason=(typed,), lines=((typed, "1 unit", typed),))))
        assert said.replace(" ", "").count(typed.replace(" ", "")) == 3

    def test_is_refused_where_letters_would_be_left_out(self):
        for told in (
            replace(TOLD_SO, reason=("\U0001e030",)),
            replace(RETURNED, missing=("\U0001e030",)),
            replace(DEFERRED, disputed=("\U0001e030",)),
        ):
            with pytest.raises(typeset.Unprintable):
                typeset.letter(told)

    @pytest.mark.parametrize("template", VERSIONS)
    def test_what_is_changed_of_a_template_or_its_words_is_another_version(self, template):
        root = Path(typeset.__file__).parent
        files = [root / "letter.typ", root / f"{template}.typ"]
        others = {part for name, parts in OWN.items() if name != template for part in parts}
        words = [
            {part: said for part, said in wording.file_of(language).items() if part not in others}
            for language in Language
        ]
        says = json.dumps(words, sort_keys=True).encode()
        digest = sha256(b"".join([*(file.read_bytes() for file in files), says])).hexdigest()[:16]
        assert OF_VERSIONS.get((template, VERSIONS[template])) == digest


class TestWords:
    @pytest.mark.parametrize("language", [each for each in Language if each is not Language.ENGLISH])
    def test_each_language_says_all_that_english_does_and_fills_in_the_same(self, language):
        english, other = (dict(phrases(wording.file_of(each))) for each in (Language.ENGLISH, language))
        assert english.keys() == {path for path in other if not path.startswith("/outcomes")}
        for path, said in english.items():
            filled = [set(re.findall(r"{\w+}", each)) for each in (said, other[path])]
            assert filled[0] == filled[1], path
            assert bool(said) <= bool(other[path]), path

    @pytest.mark.parametrize("language", Language)
    def test_knows_every_outcome_way_and_party(self, language):
        words = Words(language, "America/Chicago")
        for state in ("CA", "NY", "OH", "TX", "FL"):
            for outcome in outcomes(state):
                assert words.outcome(outcome, state)
                if language is Language.ENGLISH:
                    continue
                own = outcome_words(outcome, state) != outcome_words(outcome, "")
                assert (words.outcome(outcome, state) != words.outcome(outcome, "")) is own
            lapsed = words.outcome(Outcome.LAPSED, state)
            assert (lapsed != words.outcome(Outcome.LAPSED, "")) is (state in ("FL", "NY", "OH"))
        assert all(words.outcome(each, "") for each in Outcome)
        assert all(words.say("channels", each) for each in Channel)
        assert all(words.say("determination", "opening", each) for each in TOLD)

    @pytest.mark.parametrize("right", rights.RIGHTS, ids=lambda each: f"{each.jurisdiction}.{each.kind}")
    def test_says_each_right_by_a_clock_that_there_is(self, right):
        assert right.kind in statutes.kinds(statutes.shipped(), right.jurisdiction)
        assert all(
            "{limit}" in wording.file_of(each)["rights"][f"{right.jurisdiction}.{right.kind}"] for each in Language
        )

    def test_never_says_that_what_nobody_decided_is_approved(self):
        for language in Language:
            assert not re.search(r"deemed|por omisión", str(wording.file_of(language)), re.IGNORECASE)

    @pytest.mark.parametrize(
        ("written", "language"),
        [
            ("Spanish", "es"),
            (" español ", "es"),
            ("ES", "es"),
            ("English", "en"),
            ("Tagalog", "en"),
            (None, "en"),
            ("", "en"),
        ],
    )
    def test_writes_spanish_to_whom_speaks_it_and_english_to_others(self, written, language):
        assert language_of(written) == language

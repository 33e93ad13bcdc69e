"""Choosing codes for part of body, nature and cause: by words typed, or among those that what happened speaks for."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from core import injury_codes
from core.injury_codes import CODES, MOST, Code, Vocabulary
from pages.parts.forms.drafted import Reader, chosen
from pages.parts.markdown import verbatim

LABELS: Mapping[Vocabulary, str] = {
    Vocabulary.PART: "Part of body code",
    Vocabulary.NATURE: "Nature code",
    Vocabulary.CAUSE: "Cause code",
}
"""What the fields are called where three of them stand side by side."""

OPTIONS: Mapping[str, Mapping[str, str]] = {
    each.value: {code.code: code.searched for code in CODES[each].values()} for each in Vocabulary
}
"""What is kept, and what it is called where one types to find it, by field."""

READERS: Mapping[str, Reader] = {field: chosen(list(options), options.get) for field, options in OPTIONS.items()}
"""How what was kept of each field is read, by the field's name."""

_TOLD = {Vocabulary.PART: "body_part", Vocabulary.NATURE: "nature", Vocabulary.CAUSE: "cause"}
"""The field that tells the same in words."""


def choose(key: str, said: Mapping[str, object], label: Callable[[str, str | None], str]) -> dict[str, str | None]:
    """
    Draw, outside of a form, a field for each vocabulary and what is proposed from what was *said*; return the codes.

    *label* returns what a field is called, of its words and the element that it alone tells.
    """
    fields = {each: f"{each}.{key}" for each in Vocabulary}
    chosen_codes: dict[str, str | None] = {}
    places = st.columns(len(Vocabulary))
    proposals = st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"codes.{key}.offered")
    for each, column in zip(Vocabulary, places, strict=True):
        options = OPTIONS[each]
        chosen_codes[each.value] = column.selectbox(
            label(LABELS[each], None if each is Vocabulary.PART else _TOLD[each]), list(options), index=None,
            format_func=options.__getitem__, placeholder="Type to find", key=fields[each], filter_mode="contains",
        )  # fmt: skip
    with proposals:
        for each, because in _offered({**said, **chosen_codes}):
            st.button(
                verbatim(f"{each.brief}?"), key=f"codes.{key}.{each.vocabulary}.{each.code}", help=_why(each, because),
                on_click=_take, args=(fields[each.vocabulary], each.code),
            )  # fmt: skip
    return chosen_codes


def _offered(said: Mapping[str, object]) -> list[tuple[Code, Sequence[str]]]:
    """Return the codes that what was *said* speaks for, where none of their vocabulary is chosen, each with why."""
    told = {vocabulary: str(said.get(field) or "") for vocabulary, field in _TOLD.items()}
    proposed = injury_codes.proposed(str(said.get("narrative") or ""), told)
    offered = [each for vocabulary in Vocabulary if not said.get(vocabulary) for each in proposed[vocabulary]]
    return [(each.code, each.because) for each in offered]


def propose(said: Mapping[str, object], fields: Mapping[Vocabulary, str], *, key: str) -> None:
    """
    Draw, within a form, codes that what was *said* speaks for, each to be taken by one click; nothing chooses itself.

    *fields* are the keys of the fields that a click fills in. A form says what was typed into it when one of its
    buttons is pressed: one that does nothing else proposes anew.
    """
    offered = _offered(said)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"codes.{key}.offered"):
        asked = st.form_submit_button(
            "Propose codes", icon=":material/search:", type="tertiary", key=f"codes.{key}.propose",
            help=f"From what happened, {MOST} of each at most. Nothing is chosen by itself.",
        )  # fmt: skip
        for code, because in offered:
            st.form_submit_button(
                verbatim(f"{code.brief}?"), key=f"codes.{key}.{code.vocabulary}.{code.code}", help=_why(code, because),
                on_click=_take, args=(fields[code.vocabulary], code.code),
            )  # fmt: skip
        if asked and not offered:
            st.markdown(":gray[What happened speaks for no code that is not chosen.]", width="content")


def _why(code: Code, because: Sequence[str]) -> str:
    return verbatim(f"{code.category}. Told: {', '.join(f'“{words}”' for words in because)}")


def _take(field: str, code: str) -> None:
    st.session_state[field] = code
    st.session_state[f"filled.{field}"] = True

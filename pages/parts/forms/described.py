"""What a document is, asked alike wherever a file becomes one."""

import streamlit as st

from core.claim_file import DOCUMENT_KINDS, DocumentKind

NO_KIND = "Choose what it is."


def described(area: str, which: object) -> tuple[DocumentKind | None, str]:
    """
    Draw the fields of a document's kind and title, and return both: None for a kind that is not chosen yet.

    A title left empty is the kind. *area* and *which* are what the fields' keys begin and end with.
    """
    kind = st.selectbox(
        "Kind", list(DocumentKind), index=None, format_func=DOCUMENT_KINDS.__getitem__,
        placeholder="Choose what it is", key=f"{area}.kind.{which}",
    )  # fmt: skip
    title = st.text_input("Title, optional", key=f"{area}.title.{which}", help="Left empty, it is the kind.")
    return kind, title.strip() or ("" if kind is None else DOCUMENT_KINDS[kind])

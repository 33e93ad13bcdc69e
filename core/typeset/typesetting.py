"""Setting a template with data: what people typed is data there, and is never read as the template's own language."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from core.refusal import Refusal

_TEMPLATES = Path(__file__).parent
_ONE_AT_A_TIME = Lock()
_LACKING = re.compile(r"could not be displayed|not be displayed with any font|lacks? .*glyph", re.IGNORECASE)


class Unprintable(Refusal):
    text = (
        "Something in this document is written in letters for which this machine has no font."
        " Whoever runs the desk can install one (Noto CJK has most)."
    )


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """
    Return *template* (a name, without its ending), set with *data*, as a tagged PDF; the same data is the same bytes.

    :raises Unprintable: if a letter has no glyph: it would be left out in silence otherwise.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    with _ONE_AT_A_TIME:
        try:
            made = _compiler(template).compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=0)
        except typst.TypstError as error:
            if _LACKING.search(f"{error.message} {error.diagnostic}"):
                raise Unprintable from None
            raise RuntimeError(f"The template {template} cannot be set.") from None  # the error quotes what is in it
    assert isinstance(made, bytes)
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    """Return what sets *template*; it looks for the machine's fonts once, which takes longer than setting a page."""
    return typst.Compiler(_TEMPLATES / f"{template}.typ", root=_TEMPLATES)

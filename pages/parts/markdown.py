"""How people's words get into markdown, which Streamlit takes for texts, captions, messages, buttons and help."""

import re

_SPLIT = ":color[]"
"""
An empty span, which is not seen and not copied.

Streamlit makes links, icons, emoji and arrows of what is left between two elements after all escapes are read, so
escaping does not stop it; what is divided by an element it leaves alone.
"""

_CUT = "\0"
"""Stands for a split until the rest is escaped; PostgreSQL holds no such character."""

_DIVIDED = re.compile(
    r"(?<=\S)(?=@)"  # robin@example.com
    r"|(?=://)|(?<=www)(?=\.)"  # https://example.com, www.example.com
    r"|(?<=:)(?!\d\d(?:-\d\d)?:)(?=[\w+-]+:|material/)"  # :smile:, :material/home:, and not 09:05:30, 08:00-17:00
    r"|(?<=<)(?=[-=])|(?<=-)(?=[->])|(?<=[>~])(?==)",  # <- <= -- -> >= ~=
    re.IGNORECASE,
)
_SPECIAL = re.compile(
    r"[\\`*_\[\]{}<|~$]"
    r"|&(?=[#\w])"  # &copy;
    r"|:(?![\s\d]|$)"  # :red[…], and before a split
)
_OPENING = re.compile(r"^(?:[-#>=]|(?:\+|\d+[.)])(?=\s|$))")
"""What would make the line a heading, a quotation or an item of a list."""

_SPACES = re.compile(r"^ +| +(?= )| +$")
_TAB = 4


def verbatim(text: str) -> str:
    """
    Return markdown that shows *text* letter for letter: no link, heading, icon, arrow or colour comes of it.

    Lines stay lines, and several spaces several. It goes anywhere within a paragraph. It does not go into the label of
    a field, which is read aloud as it is written: what people typed stands beside the field there.
    """
    lines = text.replace(_CUT, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) == 1:
        return _line(lines[0])
    return "  \n".join(_line(line) or _SPLIT for line in lines)


def _line(line: str) -> str:
    divided = _DIVIDED.sub(_CUT, line.expandtabs(_TAB))
    opened = _OPENING.sub(lambda mark: f"{mark.group()[:-1]}\\{mark.group()[-1]}", _SPECIAL.sub(r"\\\g<0>", divided))
    escaped = opened.replace(_CUT, _SPLIT)
    return _SPACES.sub(lambda spaces: "&nbsp;" * len(spaces.group()), escaped)

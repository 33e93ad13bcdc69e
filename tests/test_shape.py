"""Promises that the code keeps about itself."""

import ast
import re
from pathlib import Path

import pytest

from pages.parts.timeline import HAPPENED

ROOT = Path(__file__).resolve().parent.parent
PARTS = {"parts", "door"}
PAGES = sorted(
    page for page in (ROOT / "pages").glob("*/*.py") if page.parent.name not in PARTS and page.name != "__init__.py"
)
OURS = [file for folder in ("core", "db", "pages") for file in sorted((ROOT / folder).rglob("*.py"))]
SCRIPTS = ROOT / "pages" / "parts" / "board" / "desk_board" / "assets"
WRITES = {"acting", "by_key", "transaction", "system_transaction", "begin"}


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _draws(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st"


def test_there_are_pages_to_check() -> None:
    assert len(PAGES) >= 7


def test_no_page_lies_where_streamlit_would_serve_it_without_the_menu() -> None:
    assert {page.name for page in (ROOT / "pages").glob("*.py")} <= {"__init__.py", "menu.py"}


def test_no_test_runs_a_loop_where_that_of_the_browser_may_go_on() -> None:
    run = re.compile(r"asyncio\.(run|Runner)\(")
    assert [file.name for file in (ROOT / "tests").rglob("*.py") if run.search(file.read_text())] == ["loops.py"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_asks_who_is_there_before_anything_else(page: Path) -> None:
    body = ast.parse(page.read_text()).body
    assert ast.get_docstring(ast.parse(page.read_text())), "a page says what a person comes here to do"
    first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))
    assert isinstance(first, ast.Assign), ast.unparse(first)
    call = first.value
    assert isinstance(call, ast.Call)
    assert _name(call.func) == "open_page"


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_is_drawn_while_a_write_is_open(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.With):
            continue
        opened = {_name(item.context_expr.func) for item in node.items if isinstance(item.context_expr, ast.Call)}
        if opened & WRITES:
            drawn = [ast.unparse(inner) for statement in node.body for inner in ast.walk(statement) if _draws(inner)]
            assert not drawn, f"{file.name}:{node.lineno} draws {drawn}"


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_wall_clock_is_read_in_one_place(file: Path) -> None:
    if file.name == "instant.py":
        return
    found = re.findall(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|pd\.Timestamp\.now\(", file.read_text())
    assert not found, f"{file}: ask core.instant"


def test_how_a_time_of_day_is_written_is_said_in_one_place() -> None:
    """Of core/words.py for people; for what reads it again: fields, promises' hours in the database, the sample's feeds."""
    written = [file for file in OURS if re.search(r"%H:%M|%I|%X|\b\w+:02}:", file.read_text())]
    assert {str(file.relative_to(ROOT)) for file in written} == {
        "core/words.py",
        "core/typed.py",
        "core/open_hours.py",
        "core/sample/arrivals.py",
    }
    scripts = [file for file in SCRIPTS.glob("*.js") if "hourCycle" in file.read_text()]
    assert [script.name for script in scripts] == ["words.js"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_read_at_a_glance(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 120


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_field_swallows_what_is_pasted_beyond_its_limit(file: Path) -> None:
    """Streamlit drops, without a word, what would make a field longer than its max_chars: the services say it instead."""
    called = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    assert not [call.lineno for call in called if any(keyword.arg == "max_chars" for keyword in call.keywords)]


def test_nothing_is_drawn_from_raw_markup_through_markdown() -> None:
    for file in OURS:
        assert "unsafe_allow_html" not in file.read_text(), file


def test_every_dependency_is_pinned_and_says_what_it_is_for() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.match(r"(\S+==\S+|-e \S+)\s+# \S", line), f"{name}: {line}"


MAP = (ROOT / "docs" / "changing.md").read_text()
STATES = (ROOT / "docs" / "states.md").read_text()


def test_the_recipes_name_files_that_there_are() -> None:
    named = set(re.findall(r"`((?:core|db|docs|pages|tests|\.streamlit)/[^`\s]*)`", MAP + STATES))
    there = [name for name in named if not re.search(r"NAME|NNNN|SECTION|/name\.", name)]
    assert len(there) > 40
    assert not [name for name in there if not (ROOT / name).exists()]


def test_the_recipes_name_what_is_in_those_files() -> None:
    text = MAP + STATES
    named = [(file, name) for name, file in re.findall(r"`(\w+)` of `([^`\s]+\.(?:py|js))`", text)]
    for file, names in re.findall(r"`([^`\s]+\.(?:py|js))`[:,] ((?:`\w+`(?:, | and )?)+)", text):
        named += [(file, name) for name in re.findall(r"`(\w+)`", names)]
    assert len(named) > 40
    for file, name in named:
        home = ROOT / file if "/" in file else SCRIPTS / file
        assert not home.exists() or re.search(rf"\b{name}\b", home.read_text()), f"{name} is not in {file}"


def test_the_recipes_name_small_files_functions_and_headings_that_there_are() -> None:
    text = MAP
    files = {file.name for folder in ("core", "db", "pages", "tests") for file in (ROOT / folder).rglob("*.*")}
    alone = set(re.findall(r"`(\w+\.(?:py|js|css))`", text)) - {"app.py"}
    assert len(alone) > 30
    assert not {name for name in alone if name not in files}

    schema = (ROOT / "db" / "schema.sql").read_text()
    assert not [
        name for name in set(re.findall(r"`(desk_\w+)[`(]", text + STATES)) if not re.search(rf"\b{name}\b", schema)
    ]

    guards = text.partition("| guard |")[2].partition("\n\n")[0]
    assert not [name for name in re.findall(r"`(\w+)`", guards) if not re.search(rf"\b{name}\b", schema)]
    named = re.findall(r"`(\w+)`[^`|]*in the database", text) + re.findall(r"in the database `(\w+)`", text)
    assert not [name for name in named if not re.search(rf"\b{name}\b", schema) and name.islower()]

    headings = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in re.findall(r"^#+ (.+)$", text, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


def test_what_only_one_page_draws_with_bears_its_name() -> None:
    """So that the page's name says where the rest of it is."""
    parts = {
        part.stem
        for part in (ROOT / "pages" / "parts").iterdir()
        if part.suffix == ".py" or (part / "__init__.py").exists()
    }
    users: dict[str, set[Path]] = {part: set() for part in parts - {"__init__"}}
    for file in (ROOT / "pages").rglob("*.py"):
        inside = file.relative_to(ROOT / "pages").parts[1:2] if "parts" in file.parts else ()
        for part in _parts_drawn_with(file) - {Path(each).stem for each in inside}:
            users[part].add(file)
    alone = {part: page.stem for part, (page, *others) in users.items() if not others and page in PAGES}
    assert len(alone) > 5
    assert {part for part, page in alone.items() if not part.startswith(page)} <= {"report"}


def _parts_drawn_with(file: Path) -> set[str]:
    """Return the names of the parts that *file* imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "pages.parts":
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages.parts."):
            found.add(str(node.module).split(".")[2])
    return found


def test_the_timeline_has_words_for_nothing_that_is_never_written() -> None:
    written = "".join(
        file.read_text()
        for folder in ("core", "db/migrations/sql")
        for file in (ROOT / folder).rglob("*.*")
        if file.suffix in (".py", ".sql")
    )
    assert not [kind for kind in HAPPENED if not re.search(f"['\"]{kind}['\"]", written)]


def test_a_style_for_many_keys_meets_only_what_it_was_made_for() -> None:
    """Streamlit makes a class of a key: one that happens to begin like a style's would be drawn in it."""
    style = (ROOT / "pages" / "parts" / "desk.css").read_text()
    meant = {
        "claim-more": {"claim_pieces.py"},
        "danger-": {"side.py", "closed_days.py"},
        "document-file": {"documents.py"},
        "tray-files": {"tray.py"},
    }
    begins = set(re.findall(r'class\*="st-key-([\w-]+)"', style))
    keys = {
        (re.sub(r"[^\w-]", "-", key), file.name)
        for file in (ROOT / "pages").rglob("*.py")
        for key in re.findall(r'(?:key=f?|own_key\()"([^"{]+)', file.read_text())
    }
    assert {begin: {file for key, file in keys if key.startswith(begin)} for begin in begins} == meant


def test_the_operating_guide_has_the_proxy_wait_for_headers_no_longer_than_ten_seconds() -> None:
    assert "client_header_timeout 10s;" in (ROOT / "docs" / "operating.md").read_text()

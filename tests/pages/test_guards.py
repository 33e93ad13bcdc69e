"""Every page is shut to whoever its role does not include, whatever the menu shows."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor, Role
from pages import menu
from pages.menu import PAGES, Entry
from pages.parts import desk as at_desk
from tests import factories
from tests.conftest import Desk

PAGES_FOLDER = Path(menu.__file__).parent
ENTRIES = [entry for section in PAGES.values() for entry in section]
NO_PAGES = {"parts", "door", "__pycache__"}

SignIn = Callable[[Actor | None], None]


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> SignIn:
    """Say who is at the desk; a test has no browser, so no cookie says it."""

    def say(actor: Actor | None) -> None:
        monkeypatch.setattr(at_desk, "signed_in", lambda **_: actor)

    return say


def file_of(entry: Entry) -> Path:
    return PAGES_FOLDER / f"{entry.path}.py"


def statements(file: Path) -> list[ast.stmt]:
    """Return the statements of a page after its docstring, imports and constants."""
    body = ast.parse(file.read_text(encoding="utf-8")).body[1:]
    while body and isinstance(body[0], ast.Import | ast.ImportFrom):
        body.pop(0)
    return [s for s in body if not _constant(s)]


def _constant(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and statement.targets[0].id.isupper()
        and not any(isinstance(node, ast.Call) for node in ast.walk(statement))
    )


class TestFiles:
    def test_no_page_lies_directly_in_the_folder_that_streamlit_serves_unasked(self) -> None:
        assert {file.name for file in PAGES_FOLDER.glob("*.py")} == {"__init__.py", "menu.py"}

    def test_every_page_is_in_the_menu_and_every_entry_has_its_file(self) -> None:
        files = {
            file.relative_to(PAGES_FOLDER).with_suffix("").as_posix()
            for folder in PAGES_FOLDER.iterdir()
            if folder.is_dir() and folder.name not in NO_PAGES
            for file in folder.glob("*.py")
            if file.name != "__init__.py"
        }

        assert files == {entry.path for entry in ENTRIES}

    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.path)
    def test_a_page_opens_with_its_guard_and_that_of_the_menu(self, entry: Entry) -> None:
        first = statements(file_of(entry))[0]

        assert isinstance(first, ast.Assign)
        assert isinstance(first.value, ast.Call)
        assert ast.unparse(first.value.func) == "desk.open_page"
        assert ast.unparse(first.value.args[1]) == f"Action.{entry.action.name}"

    def test_each_page_of_the_menu_has_a_key_of_its_own(self) -> None:
        keys = [entry.key for entry in ENTRIES if entry.in_menu]

        assert all(len(key) == 1 and key.isupper() for key in keys), keys
        assert len(set(keys)) == len(keys)
        assert "S" not in keys, "kept for searching"
        assert not any(entry.key for entry in ENTRIES if not entry.in_menu), "a claim is not a place to go to"

    def test_addresses_are_told_apart(self) -> None:
        addresses = [entry.address for entry in ENTRIES]

        assert len(addresses) == len(set(addresses))


class TestMenu:
    @pytest.mark.parametrize("role", list(Role))
    def test_a_role_is_offered_what_it_may_do_and_nothing_else(self, role: Role) -> None:
        offered = {entry.path for listed in menu.entries(role).values() for entry in listed}

        assert offered == {e.path for e in ENTRIES if Actor(0, "", "", role, "UTC").may(e.action)}

    @pytest.mark.parametrize("role", list(Role))
    def test_what_a_role_opens_first_is_among_its_pages(self, role: Role) -> None:
        assert menu.first(role) in {e.path for listed in menu.entries(role).values() for e in listed if e.in_menu}

    @pytest.mark.parametrize("role", list(Role))
    def test_a_page_outside_the_role_cannot_be_reached(self, signed_in: SignIn, role: Role) -> None:
        signed_in(factories.staff(role, factories.client()))
        page = AppTest.from_file(str(PAGES_FOLDER / "menu.py"), default_timeout=30).run()
        assert not page.exception
        outside = [e for e in ENTRIES if not Actor(0, "", "", role, "UTC").may(e.action)]

        for entry in outside:
            with pytest.raises(ValueError, match=entry.address):
                page.switch_page(f"{entry.path}.py")


class TestAsking:
    def test_one_run_asks_once_whatever_it_draws_and_the_next_asks_again(self, monkeypatch, desk: Desk) -> None:
        client = factories.client()
        claim = factories.claim(client)
        person, asked = factories.staff(Role.VA, client), []
        monkeypatch.setattr(at_desk, "signed_in", lambda **_: asked.append(1) or person)
        page = AppTest.from_file(str(PAGES_FOLDER / "menu.py"), default_timeout=30).run()
        assert len(asked) == 1
        page.query_params["client"], page.query_params["claim"] = str(client), str(claim)
        page.switch_page("coordination/claim.py").run()
        assert not page.exception
        assert "Log attempt" in [each.label for each in page.button]
        assert len(asked) == 2


class TestGuard:
    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.path)
    def test_a_stranger_is_shown_one_sentence(self, signed_in: SignIn, entry: Entry) -> None:
        signed_in(None)
        page = AppTest.from_file(str(file_of(entry)), default_timeout=30).run()

        assert [each.value for each in page.error] == ["Sign in to open this page."]
        assert len(page.main) == 1

    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.path)
    def test_each_role_that_does_not_include_it_is_shown_one_sentence_and_is_on_the_record(
        self, signed_in: SignIn, desk: Desk, entry: Entry
    ) -> None:
        outside = [role for role in Role if not Actor(0, "", "", role, "UTC").may(entry.action)]
        for role in outside:
            signed_in(factories.staff(role))
            page = AppTest.from_file(str(file_of(entry)), default_timeout=30).run()
            assert [each.value for each in page.error] == ["This page is not part of your role."], role
            assert len(page.main) == 1, role

        with desk.owner() as db:
            recorded = db.execute(
                "select count(*) from audit_event where verb = 'refused' and noun = 'page'"
            ).fetchone()
        assert recorded == (len(outside),)

    @pytest.mark.parametrize(
        ("role", "entry"),
        [(role, e) for role in Role for e in ENTRIES if Actor(0, "", "", role, "UTC").may(e.action)],
        ids=lambda each: each.path if isinstance(each, Entry) else each.value,
    )
    def test_each_role_that_includes_it_opens_it_on_an_empty_desk(
        self, signed_in: SignIn, role: Role, entry: Entry
    ) -> None:
        signed_in(factories.staff(role, factories.client()))
        page = AppTest.from_file(str(file_of(entry)), default_timeout=30).run()

        assert not page.exception

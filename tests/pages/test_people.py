"""The page on which an administrator lets people in: what is typed, what is refused, and what stays of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import assignment, staff
from core.access import Actor, Role
from core.transactions import acting
from pages import menu
from pages.parts import joining, passwords
from tests import factories, signing_in
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown, drawn
from tests.signing_in import PASSWORD

TOO_SHORT = str(staff.TooShort())

MENU = str(Path(menu.__file__))
NEW = "a long new password"
NORA = {"Full name": "Nora New", "Signs in as": "Nora", "First password": NEW}

Open = Callable[[], AppTest]


@pytest.fixture
def open_people(sit_down: SitDown, administrator: Actor) -> Open:
    """Open the page as an administrator, from the menu as a person does."""

    def run() -> AppTest:
        sit_down(administrator)
        page = AppTest.from_file(MENU, default_timeout=30).run()
        page.switch_page("administration/people.py").run()
        assert not page.exception
        return page

    return run


def unfold(page: AppTest, form: str, *whose: int) -> AppTest:
    """Open the fold of *form*, as a click on it does; until then its fields are not drawn."""
    key = ".".join(map(str, (form, *whose, page.session_state[f"{form}.request"])))
    page.session_state[key] = True
    return page.run()


def opened(page: AppTest, name: str) -> AppTest:
    """Open the row of who signs in by *name*."""
    page.session_state["people.list"] = {"selection": {"rows": [list(listed(page)).index(name)]}}
    page.run()
    assert not page.exception
    return page


def chosen(page: AppTest, person: Actor) -> AppTest:
    """Open a person's row."""
    row = page.session_state["people.drawn"].index(person.staff_id)
    page.session_state["people.list"] = {"selection": {"rows": [row]}}
    page.run()
    assert not page.exception
    return page


def adding(page: AppTest) -> AppTest:
    return press(page, "Add a person")


def field(page: AppTest, label: str):
    return next(f for f in [*page.text_input, *page.selectbox, *page.multiselect] if f.label == label)


def write(page: AppTest, **told: object) -> None:
    for label, value in told.items():
        field(page, label).set_value(value)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def disabling(page: AppTest) -> str:
    return next(button.label for button in page.button if button.label.startswith("Disable"))


def listed(page: AppTest) -> dict[str, dict[str, str]]:
    return {row["Signs in as"]: row for row in page.dataframe[0].value.to_dict("records")}


def signs_in(name: str, password: str) -> bool:
    try:
        return bool(staff.sign_in(name=name, password=password, address="x", browser="x", at=NOW))
    except staff.WrongSignIn:
        return False


def holds(page: AppTest, password: str) -> bool:
    """Tell whether *password* is in what the page keeps between its runs."""
    return password in [page.session_state[key] for key in page.session_state]


class TestAddingAPerson:
    def test_the_person_is_in_the_list_and_can_sign_in(self, open_people: Open) -> None:
        factories.client("ACME")
        page = adding(open_people())
        write(page, **NORA, Role=Role.CLINICAL, **{"Clients served, optional": ["ACME"]})

        press(page, "Add person")

        assert [toast.value for toast in page.toast] == ["Nora New can sign in as nora."]
        nora = listed(page)["nora"]
        assert (nora["Name"], nora["Role"], nora["Clients"]) == ("Nora New", "Clinical staff", "ACME")
        assert signs_in("nora", NEW)

    def test_who_works_for_clients_and_is_given_none_is_marked_until_one_is_given(self, open_people: Open) -> None:
        factories.client("ACME")
        for name, role in (("Nora", Role.VA), ("Sam", Role.SUPERVISOR)):
            page = adding(open_people())
            write(page, **NORA | {"Signs in as": name}, Role=role)
            press(page, "Add person")
            blind = ", and sees nothing until a client is given" if role is Role.VA else ""
            assert [toast.value for toast in page.toast] == [f"Nora New can sign in as {name.lower()}{blind}."]

        assert {name: listed(page)[name]["Clients"] for name in ("nora", "sam")} == {
            "nora": "none: sees nothing", "sam": "all"
        }  # fmt: skip
        page = opened(page, "nora")
        assert [warning.value for warning in page.warning] == ["Nora New sees nothing until a client is given."]
        field(page, "Clients served").set_value(["ACME"])
        press(page.run(), "Save role and clients")
        assert not page.warning
        assert listed(page)["nora"]["Clients"] == "ACME"

    def test_then_the_form_is_folded_and_empty_and_no_password_is_kept(self, open_people: Open) -> None:
        page = adding(open_people())
        write(page, **NORA | {"Full name": ""})
        assert holds(press(page, "Add person"), NEW), "refused, it waits for the next try"
        write(page, **NORA)

        press(page, "Add person")

        assert not [button for button in page.button if button.label == "Add person"]
        assert not holds(page, NEW)
        assert field(adding(page), "Full name").value == ""

    @pytest.mark.parametrize(
        ("label", "value", "sentence"),
        [
            ("Signs in as", "TAKEN", "Somebody signs in by that name already: choose another one."),
            ("Signs in as", " ", "Give the name to sign in with."),
            ("Full name", "", "Give the full name."),
            ("First password", "fourteen chars", TOO_SHORT),
        ],
    )
    def test_a_refusal_is_a_sentence_and_what_was_typed_stays(
        self, open_people: Open, label: str, value: str, sentence: str
    ) -> None:
        factories.staff(Role.VA, name="taken")
        page = adding(open_people())
        written = NORA | {label: value}
        write(page, **written)

        press(page, "Add person")

        assert [error.value for error in page.error] == [sentence]
        assert {name: field(page, name).value for name in written} == written
        assert "nora" not in listed(page)

    def test_without_a_client_it_says_where_to_add_one(self, open_people: Open) -> None:
        page = adding(open_people())

        assert joining.NO_CLIENTS in [caption.value for caption in page.caption]

    def test_folded_it_draws_no_field(self, open_people: Open) -> None:
        assert not [f for f in open_people().text_input if f.label == "Full name"]


class TestSettingAPassword:
    def test_says_what_ends_and_is_the_new_one(self, open_people: Open, desk: Desk) -> None:
        va = signing_in.person(Role.VA)
        token = signing_in.sign_in(va, at=NOW)
        page = unfold(chosen(open_people(), va), passwords.GIVEN, va.staff_id)
        write(page, **{"New password": NEW})

        press(page, "Set password, end 1 session")

        assert [toast.value for toast in page.toast] == [f"{va.name} has a new password."]
        assert staff.who(token, at=NOW) is None
        assert signs_in(va.sign_in_name, NEW)
        assert not holds(page, NEW)

    def test_a_short_one_is_refused(self, open_people: Open) -> None:
        va = signing_in.person(Role.VA)
        page = unfold(chosen(open_people(), va), passwords.GIVEN, va.staff_id)
        write(page, **{"New password": "short"})

        press(page, "Set password")

        assert [error.value for error in page.error] == [TOO_SHORT]
        assert signs_in(va.sign_in_name, PASSWORD)

    def test_ones_own_is_changed_elsewhere(self, open_people: Open, administrator: Actor) -> None:
        page = chosen(open_people(), administrator)

        assert str(staff.OwnPassword()) in [caption.value for caption in page.caption]
        assert f"{passwords.GIVEN}.request" not in page.session_state


class TestTwoAdministrators:
    """Of two who change the same person the second is told, and keeps what was chosen."""

    def test_the_second_is_told_and_can_send_it_again(self, open_people: Open, desk: Desk) -> None:
        factories.client("ACME")
        va = factories.staff(Role.VA)
        page = chosen(open_people(), va)
        field(page, "Clients served").set_value(["ACME"])
        page.run()
        other = factories.staff(Role.ADMINISTRATOR)
        with acting(other) as tx:
            staff.change_role(other, tx, staff_id=va.staff_id, role=Role.CLINICAL, at=NOW)

        press(page, "Save role and clients")

        assert [e.value for e in page.error] == [
            "This person was changed by somebody else meanwhile: look at what stands now, then save yours again."
        ]
        assert page.warning[-1].value == "Changed by somebody else meanwhile: Clinical staff, no client."
        assert field(page, "Clients served").value == ["ACME"]
        assert listed(page)[va.sign_in_name]["Clients"] == "none: sees nothing"
        press(page, "Save role and clients")
        assert listed(page)[va.sign_in_name]["Clients"] == "ACME"


class TestWhatIsHeld:
    """Whoever takes a right away sees what is held by it and says where it goes."""

    @pytest.fixture
    def clients(self, desk: Desk) -> dict[str, int]:
        return {code: factories.client(code) for code in ("ACME", "BETA")}

    @pytest.fixture
    def va(self, clients: dict[str, int]) -> Actor:
        """Somebody who holds three claims, one of them overdue."""
        person = factories.staff(Role.VA, *clients.values())
        for code, due in (("ACME", NOW - timedelta(hours=1)), ("ACME", None), ("BETA", None)):
            factories.claim(clients[code], assignee=person.staff_id, due_at=due)
        return person

    def test_disabling_says_all_that_it_will_do(self, open_people: Open, va: Actor, clients: dict[str, int]) -> None:
        colleague = factories.staff(Role.CLINICAL, *clients.values())
        signing_in.give_password(va, PASSWORD)
        signing_in.sign_in(va, at=NOW)
        page = chosen(open_people(), va)
        assert disabling(page) == "Disable 1 person, end 1 session, 3 claims go back to nobody yet"

        field(page, "If disabled, they go to").select(colleague.name)
        page.run()

        assert disabling(page) == f"Disable 1 person, end 1 session, 3 claims go to {colleague.name}"

    def captions(self, page: AppTest) -> str:
        return " ".join(caption.value for caption in page.caption)

    def holders(self, desk: Desk) -> dict[int | None, int]:
        with desk.owner() as db:
            return dict(db.execute("select assignee_id, count(*) from claim group by 1").fetchall())

    def test_disabling_shows_it_by_client_and_proposes_nobody_yet(
        self, open_people: Open, desk: Desk, va: Actor
    ) -> None:
        page = chosen(open_people(), va)

        holds = f"{va.name} holds 3 claims that wait for first contact: ACME 2 (1 overdue), BETA 1."
        assert holds in self.captions(page)
        assert field(page, "If disabled, they go to").value is None
        press(page, disabling(page))

        assert [t.value for t in page.toast] == [
            f"{va.name} can no longer sign in; 0 sessions ended; 3 claims with nobody yet."
        ]
        assert self.holders(desk) == {None: 3}

    def test_disabling_gives_it_to_the_colleague_who_is_named(
        self, open_people: Open, desk: Desk, va: Actor, clients: dict[str, int]
    ) -> None:
        colleague, _ = factories.staff(Role.CLINICAL, *clients.values()), factories.staff(Role.VA, clients["ACME"])
        page = chosen(open_people(), va)
        choice = field(page, "If disabled, they go to")
        assert choice.options == ["Nobody yet", colleague.name]

        choice.select(colleague.name)
        press(page, disabling(page))

        assert page.toast[0].value.endswith(f"3 claims with {colleague.name}.")
        assert self.holders(desk) == {colleague.staff_id: 3}

    def test_a_colleague_who_was_disabled_since_the_list_was_drawn_is_refused_in_words(
        self, open_people: Open, desk: Desk, va: Actor, clients: dict[str, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        colleague = factories.staff(Role.CLINICAL, *clients.values())
        page = chosen(open_people(), va)
        field(page, "If disabled, they go to").select(colleague.name)
        page.run()
        drawn = [assignment.Colleague(colleague.staff_id, colleague.name)]
        monkeypatch.setattr(assignment, "successors", lambda *_, **__: drawn)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (colleague.staff_id,))

        press(page, disabling(page))

        assert [e.value for e in page.error] == ["This person has been disabled and cannot be given claims."]
        assert self.holders(desk) == {va.staff_id: 3}

    def test_taking_a_client_away_shows_what_is_held_of_it_alone(
        self, open_people: Open, desk: Desk, va: Actor, clients: dict[str, int]
    ) -> None:
        colleague = factories.staff(Role.VA, clients["ACME"])
        page = chosen(open_people(), va)
        assert not [f for f in page.selectbox if f.label == "They go to"]

        field(page, "Clients served").set_value(["BETA"])
        page.run()
        taken = f"This takes from {va.name} 2 claims that wait for first contact: ACME 2 (1 overdue)."
        assert taken in self.captions(page)
        field(page, "They go to").select(colleague.name)
        press(page, "Save role and clients")

        assert page.toast[0].value == f"{va.name}: Virtual assistant, 1 client; 2 claims with {colleague.name}."
        assert self.holders(desk) == {colleague.staff_id: 2, va.staff_id: 1}

    def test_another_role_shows_all_that_it_cannot_hold(self, open_people: Open, desk: Desk, va: Actor) -> None:
        page = chosen(open_people(), va)
        field(page, "Role").set_value(Role.COMPLIANCE)
        page.run()

        assert f"This takes from {va.name} 3 claims" in self.captions(page)
        press(page, "Save role and clients")

        assert self.holders(desk) == {None: 3}

    def test_where_nothing_is_held_nothing_is_asked(self, open_people: Open, clients: dict[str, int]) -> None:
        va = factories.staff(Role.VA, clients["ACME"])
        page = chosen(open_people(), va)

        assert not [f for f in page.selectbox if "go to" in f.label]


class TestBesideTheList:
    def test_what_shuts_somebody_out_stands_apart_in_a_box_of_its_own(self, open_people: Open) -> None:
        va = signing_in.person(Role.VA)
        signing_in.sign_in(va, at=NOW)
        page = chosen(open_people(), va)

        [box] = [each for each in drawn(page.main) if hasattr(each, "children") and "danger-people" in str(each.proto)]

        assert {each.label for each in drawn(box) if each.type == "button"} == {"End 1 session", disabling(page)}

    def test_one_thing_is_open_at_a_time(self, open_people: Open) -> None:
        va = factories.staff(Role.VA)
        page = adding(chosen(open_people(), va))

        assert not [button for button in page.button if button.label.startswith("Disable")]
        assert [button for button in page.button if button.label == "Add person"]

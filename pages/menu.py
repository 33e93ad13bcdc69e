"""What Streamlit runs for every page: sign-in, then the pages that the role includes."""

import re
from copy import copy
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from desk_board import Destination, keys
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.access import ROLE_NAMES, Action, Actor, Role
from pages.parts import account, desk, head, onlookers, passwords, sign_in
from pages.parts.markdown import verbatim


class Entry(NamedTuple):
    """
    One page: where its file is, what it is called, its icon, what one must be able to do to open it.

    The key is the letter that leads there after G. S leads to the search.
    """

    path: str
    title: str
    icon: str
    action: Action
    key: str = ""
    in_menu: bool = True

    @property
    def address(self) -> str:
        """Return the page's address on this desk, without the slash."""
        return self.path.rpartition("/")[2]


PAGES: dict[str, tuple[Entry, ...]] = {
    "Supervision": (
        Entry("supervision/live_intake", "Live intake", "monitoring", Action.LIVE_WATCH, "L"),
        Entry("supervision/first_contact", "First contact", "grid_on", Action.MEASURES_READ, "F"),
        Entry("supervision/authorization_aging", "Authorization aging", "hourglass_bottom", Action.AGING_READ, "H"),
        Entry("supervision/cover", "Cover", "swap_horiz", Action.COVER_SET, "V"),
    ),
    "Coordination": (
        Entry("coordination/my_work", "My work", "checklist", Action.QUEUE_WATCH, "M"),
        Entry("coordination/intake", "Intake", "inbox", Action.QUEUE_WATCH, "I"),
        Entry("coordination/triage_calls", "Triage calls", "event", Action.CALL_BOOK, "D"),
        Entry("coordination/authorizations", "Authorizations", "fact_check", Action.AUTHORIZATION_WORK, "Q"),
        Entry("coordination/referrals", "Referrals", "move_up", Action.REFERRAL_MAKE, "R"),
        Entry("coordination/log_claim", "Log a claim", "add_call", Action.CLAIM_REPORT, "N"),
        Entry("coordination/import_feed", "Import a feed", "upload_file", Action.CLAIM_IMPORT, "U"),
        Entry("coordination/tray", "Inbound tray", "move_to_inbox", Action.FILE_KEEP, "B"),
        Entry("coordination/claim", "Claim", "description", Action.CLAIM_READ, in_menu=False),
    ),
    "Compliance": (Entry("compliance/access_log", "Access log", "policy", Action.AUDIT_READ, "A"),),
    "Administration": (
        Entry("administration/status", "Status", "monitor_heart", Action.STATUS_READ, "T"),
        Entry("administration/people", "People", "group", Action.PEOPLE_MANAGE, "P"),
        Entry("administration/clients", "Clients", "apartment", Action.CLIENTS_MANAGE, "C"),
        Entry("administration/intake_elements", "Intake elements", "rule", Action.RULES_MANAGE, "E"),
        Entry("administration/clocks", "Statutory clocks", "gavel", Action.RULES_MANAGE, "K"),
    ),
}
"""Every page of the desk, by section, in the order of the menu."""

_PARTS = Path(__file__).parent / "parts"

_HERE = "menu.here"
"""The page of the run before, in the session's state."""

_ROLE = "menu.role"
"""The role of the run before, in the session's state."""

_STYLE = f"<style>{(_PARTS / 'desk.css').read_text(encoding='utf-8')}</style>"

_MENU_WIDTH = 228
"""Pixels: the longest name of a page fits, and the lists have the rest."""

FIRST = {
    Role.VA: "coordination/my_work",
    Role.CLINICAL: "coordination/my_work",
    Role.COMPLIANCE: "compliance/access_log",
}
"""What a role opens first, where that is not the first entry it has."""


def entries(role: Role) -> dict[str, list[Entry]]:
    """Return the sections and pages that *role* includes."""
    person = Actor(0, "", "", role, "UTC")
    mine = {section: [e for e in listed if person.may(e.action)] for section, listed in PAGES.items()}
    return {section: listed for section, listed in mine.items() if listed}


def first(role: Role) -> str:
    """Return the path of the page that *role* opens on."""
    listed = [e for section in entries(role).values() for e in section if e.in_menu]
    return FIRST.get(role, listed[0].path)


def _page(entry: Entry, role: Role) -> st.Page:
    return copy(_kept_page(entry, role))  # each run notes on its own whether the page was drawn


@cache
def _kept_page(entry: Entry, role: Role) -> st.Page:
    """Return the page of *entry*; what Streamlit finds out about its file it finds out once, not at every click."""
    return st.Page(
        Path(__file__).parent / f"{entry.path}.py",
        title=entry.title,
        icon=f":material/{entry.icon}:",
        url_path=entry.address,
        default=entry.path == first(role),
        visibility="visible" if entry.in_menu else "hidden",
    )


def _manager() -> PagesManager | None:
    context = get_script_run_ctx()
    return context.pages_manager if context else None


def _begin_anew(person: Actor) -> None:
    """Draw the first page where the role has changed since the run before: the one that is open may be lost with it."""
    before = st.session_state.get(_ROLE, person.role)
    st.session_state[_ROLE] = person.role
    manager = _manager()
    if before != person.role:
        desk.came_from(None)
    if manager is not None and before != person.role:
        manager.set_script_intent("", "")


def _keep_the_way_back(role: Role, chosen: st.Page) -> None:
    """Have the claim that is opened next lead back to the page that is drawn, where that stands in the menu."""
    mine = {e.title: f"{e.path}.py" for listed in entries(role).values() for e in listed if e.in_menu}
    if path := mine.get(chosen.title):
        desk.came_from((path, chosen.title))


def _elsewhere(person: Actor) -> list[st.Page]:
    """
    Return a page of one sentence for the address asked for, where it is not among the role's.

    Otherwise Streamlit draws the first page in its place. Only what was asked for is registered: a browser learns the
    names of no other pages.
    """
    manager = _manager()
    if manager is None:
        return []
    mine = {e.address for section in entries(person.role).values() for e in section}
    if manager.intended_page_name == first(person.role).rpartition("/")[2]:
        manager.set_script_intent("", "")  # the first page's address is "/"; its own name means the same
    for entry in (e for section in PAGES.values() for e in section if e.address not in mine):
        by_hash = manager.intended_page_script_hash == _kept_page(entry, person.role)._script_hash
        if by_hash or (not manager.intended_page_script_hash and manager.intended_page_name == entry.address):
            page = st.Page(
                lambda action=entry.action: desk.not_yours(person, action),
                title="Not part of your role", url_path=entry.address, visibility="hidden",
            )  # fmt: skip
            return [page]
    name = manager.intended_page_name or ""
    if not manager.intended_page_script_hash and name not in mine and re.fullmatch("[a-z0-9_-]{1,60}", name):
        return [st.Page(_nowhere, title="No such page", url_path=name, visibility="hidden")]
    return []


def _nowhere() -> None:
    st.error("There is no page at this address.")


def _go_by_key(role: Role, pages: dict[str, list[st.Page]]) -> None:
    """Listen for G and a letter, and go to the page of that letter among those that the role includes."""
    mine = [entry for listed in entries(role).values() for entry in listed]
    with st.container(key="menu.keys"):
        address = keys("menu.keys.go", [Destination(e.key, e.title, e.address) for e in mine if e.key])
    for entry, page in zip(mine, (page for listed in pages.values() for page in listed), strict=True):
        if entry.address == address:
            st.switch_page(page)


def _name() -> None:
    """Put the mark and the product's name on top of the menu; the stylesheet writes the name beside the mark."""
    st.logo(sign_in.MARK, size="large")


def _page_asked() -> str:
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def _went_on() -> bool:
    """Tell whether this run is of another page than the one before, which is a person's doing."""
    return bool(_page_asked()) and _page_asked() != st.session_state.get(_HERE, _page_asked())


def main() -> None:
    """Ask who is signed in; draw the form, or the menu and the page chosen in it."""
    st.set_page_config(page_title="MCO Desk", page_icon=sign_in.MARK, layout="wide", initial_sidebar_state=_MENU_WIDTH)
    st.html(_STYLE)
    person = desk.signed_in(active=_went_on())
    if person is None and "desk.whose" in st.session_state:
        st.session_state.clear()
        desk.leave_for(sign_in.asked())  # the session ended: the browser lets go of all that it was shown
    if person is None:
        sign_in.draw()
        st.stop()
    _name()
    whose = (person.staff_id, person.session_id)
    if st.session_state.setdefault("desk.whose", whose) != whose:
        st.session_state.clear()
        st.rerun()
    if person.must_change_password:
        with st.sidebar:
            st.caption(f"{verbatim(person.name)}  \n{ROLE_NAMES[person.role]}")
            account.sign_out(person)
        passwords.first_of_all(person)
        st.stop()
    _begin_anew(person)
    pages = {section: [_page(e, person.role) for e in listed] for section, listed in entries(person.role).items()}
    # Expanded, else a long menu ends in "View more", with pages behind it that nobody finds.
    chosen = st.navigation({**pages, "": _elsewhere(person)}, expanded=True)
    st.session_state[_HERE] = _page_asked()
    _keep_the_way_back(person.role, chosen)
    if account.draw(person):
        passwords.change()
    _go_by_key(person.role, pages)
    with desk.known(person, head.draw(person)):
        desk.watch()
        onlookers.leave(person, but=desk.claim_asked() if chosen.url_path == "claim" else None)
        chosen.run()


if __name__ == "__main__":
    from pages import menu  # as a script it is read anew at every click, and would keep nothing

    menu.main()

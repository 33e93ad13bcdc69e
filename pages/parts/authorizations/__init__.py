"""Requests for authorization on a page: one with all that was done about it, and what can be done."""

from pages.parts.authorizations.card import card
from pages.parts.authorizations.of_claim import of_claim
from pages.parts.authorizations.of_work import of_work
from pages.parts.authorizations.opened import TAB, instead, listed, opened

__all__ = ["TAB", "card", "instead", "listed", "of_claim", "of_work", "opened"]

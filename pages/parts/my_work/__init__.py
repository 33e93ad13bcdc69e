"""The page My work: the list with one item open beside it, worked there, and the next one after it."""

from pages.parts.my_work.begun import begun_report
from pages.parts.my_work.item import item
from pages.parts.my_work.listing import listed, whose

__all__ = ["begun_report", "item", "listed", "whose"]

"""
Find anything: claims by number, worker, telephone or place of injury, among those that the person may open.

A name is found by what it begins with, without regard to accents, in either order, and with a slip of the typing hand.
"""

from core.search.finding import MOST, RECENT, Hit, find, opened_last
from db.queries.search import Way

__all__ = ["MOST", "RECENT", "Hit", "Way", "find", "opened_last"]

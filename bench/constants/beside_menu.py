"""What Streamlit runs for the desk with constants: the desk's own menu, with two more pages in it."""

from pathlib import Path

from core.access import Action
from pages import menu
from pages.menu import Entry

_HERE = Path(__file__).resolve().parent

menu.PAGES["Constants"] = (
    Entry(f"{_HERE}/one", "One", "looks_one", Action.LIVE_WATCH),
    Entry(f"{_HERE}/two", "Two", "looks_two", Action.LIVE_WATCH),
)
menu.main()

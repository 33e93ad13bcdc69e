"""The access log as a file: its lines in the words that they have on screen."""

from core import words
from core.access_log import MOST_IN_FILE, Choices, Log
from core.spreadsheets import csv_file
from pages.parts.access_log.wording import HEADINGS, rows

LEFT_OUT = f"Earlier lines are left out: a file holds {MOST_IN_FILE:,}. Choose a shorter period."


def as_csv(log: Log, names: Choices, timezone: str) -> bytes:
    """Return *log* as a file for spreadsheets; instants as clocks in *timezone* (an IANA name) show them."""
    left_out = [[LEFT_OUT]] if log.earlier else []
    headings = [f"{HEADINGS[0]} ({words.zone(timezone)})", *HEADINGS[1:]]
    return csv_file([headings, *rows(log.lines, names, timezone), *left_out])

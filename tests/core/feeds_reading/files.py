"""Files as clients send them, and what is read of one."""

import csv
import io

from hypothesis import strategies as st

from core.feeds.reading import Feed

HEAD = ["Claim No", "Employee Name", "Date of Injury", "Date Reported", "Narrative"]

ROWS = [
    ["A-1", "Núñez, Ana", "11/20/2026", "11/23/2026 09:10", 'Slipped,\nfell; "hard"'],
    ["A-2", "Bo Sample", "11/21/2026", "11/23/2026 09:20", "Cut\tfinger | left"],
]


def written(delimiter: str = ",", rows: list[list[str]] = ROWS, head: list[str] = HEAD) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


OTHERS = "".join(f"A-{n},Ana Sample,11/2{n}/2026,11/2{n}/2026 09:10,Slipped on a wet floor,IL\n" for n in range(10))

MIDDLE = "Claim No,Employee Name,Date of Injury,Date Reported,Narrative,State\n"


def body(feed: Feed) -> list[str]:
    return [row.cells[0] for row in feed.rows]


HEADLESS = (
    "A-1,Ana Sample,11/20/2026,11/23/2026 09:10,Slipped on ice,IL\n"
    "A-2,Bo Sample,11/21/2026,11/23/2026 09:20,Cut a finger,OH\n"
    "A-3,Cy Sample,11/22/2026,,,\n"
)

PORTAL = (
    "\ufeffIncident Search Results\r\n"
    "\r\n"
    '"Search Criteria:"\r\n'
    '"State: Ohio","Date of injury: 01/01/2026 - 11/24/2026","Status: All"\r\n'
    '"Printed 11/24/2026 at 08:00"\r\n'
    "\r\n"
    "Claim No,Employee Name,Date of Injury,Date Reported,Paid\r\n"
    "A-1,Ana Sample,11/20/2026,11/23/2026,10.50\r\n"
    "A-2,Bo Sample,11/21/2026,11/23/2026,20\r\n"
    "Subtotal,,,,30.50\r\n"
    "A-3,Total Recall,11/21/2026,11/23/2026,20\r\n"
    "Grand Total,,,,$50.50\r\n"
    "3 records found\r\n"
    "\r\n"
    "Source: State of Ohio\r\n"
    "Totals may not add up\r\n"
)

CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=12).map(str.strip)

LARGE = {
    "rows of next to nothing": "b'Name,Phone\\n' + b'x\\n' * 2_500_000",
    "cells of next to nothing": "b','.join([b'ab'] * 1_700_000)",
    "short cells": "b'Name,Phone,Claim No,State,City\\n' + b'ab,cd,ef,gh,ij\\n' * 330_000",
    "a quotation mark never closed": "b'No,Name,Story\\n1,\"Ana,fell\\n' + b'x\\n' * 2_500_000",
    "another character": "('Name,Phone,😀\\n' + 'ab\\x00,cdefghijklmn,jklm\\n' * 220_000).encode()",
}

MEASURE = """
import resource
from core.feeds.reading import UnreadableFeed
from tests.claim_feeds import read_feed
data = {data}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    feed = read_feed(data)
except UnreadableFeed:
    pass
print(len(data) // 1_000_000, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""

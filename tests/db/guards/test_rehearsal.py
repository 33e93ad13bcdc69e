"""What a rehearsal asks of the past, by hand: told to administrators alone, and no request, claim or person by it."""

from core.access import Role
from tests import factories
from tests.db.guards.book import Book

REQUESTS = "select * from desk_rehearsed_requests('CA', '-infinity', 'infinity')"
FOLLOW_UPS = "select * from desk_rehearsed_follow_ups('reviewer', '-infinity', 'infinity')"
OPEN = "select * from desk_open_follow_ups()"
REPORTS = "select * from desk_rehearsed_reports({client}, '-infinity', 'infinity')"


def test_requests_and_reports_are_told_to_administrators_alone(book: Book) -> None:
    factories.authorization(book.client, book.claim)
    for asked in (REQUESTS, REPORTS, FOLLOW_UPS, OPEN):
        assert {role for role in Role if book.does(role, asked, stays=False)} == {Role.ADMINISTRATOR}


def test_none_tells_whose_they_are(book: Book, desk) -> None:
    with desk.owner() as db:
        for asked in (REQUESTS, REPORTS.format(client=book.client), FOLLOW_UPS, OPEN):
            names = {column.name for column in db.execute(asked.encode()).description}
            assert not {name for name in names if name.endswith("_id")} - {"client_id"}

"""What the tests of the access log share: what happened, and the log as its page draws it."""

from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4

from streamlit.testing.v1 import AppTest

from core import contact
from core.access import Actor, Role
from core.contact import Method, Outcome, Party
from core.transactions import acting
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown

PAGES = Path(menu.__file__).parent

Row = dict[str, str]


class Table(HTMLParser):
    """Reads the rows of the log, by heading, and the addresses of the claims that they link."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.links: list[str | None] = []
        self.heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append({})
        elif tag == "td":
            self.heading = dict(attrs)["data-heading"] or ""
            self.rows[-1][self.heading] = ""
        elif tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag: str) -> None:
        self.heading = "" if tag == "td" else self.heading

    def handle_data(self, data: str) -> None:
        if self.heading:
            self.rows[-1][self.heading] += data


def table(page: AppTest) -> Table:
    """The log as it is drawn; empty where it is not."""
    drawn = Table()
    for each in page.get("html"):
        drawn.feed(each.proto.body)
    return drawn


def told(page: AppTest) -> list[Row]:
    """Every line that stands on the page."""
    return [row for row in table(page).rows if row]


def read(sit_down: SitDown) -> list[Row]:
    """What stands on the page, newest first, without its own opening."""
    sit_down(factories.staff(Role.COMPLIANCE))
    page = AppTest.from_file(str(PAGES / "compliance" / "access_log.py"), default_timeout=30).run()
    assert not page.exception
    return told(page)[1:]


def open_log(sit_down: SitDown, **address: str) -> AppTest:
    """Open the page at an address."""
    sit_down(factories.staff(Role.COMPLIANCE))
    page = AppTest.from_file(str(PAGES / "compliance" / "access_log.py"), default_timeout=30)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def rows(page: AppTest) -> list[Row]:
    """What stands on the page but for the looks at the log."""
    return [row for row in told(page) if row["To what"] != "access log"]


def looked_at(desk: Desk, person: Actor, client: int, claim: int, *, days_ago: int) -> None:
    """*person* opened the claim so many days before NOW."""
    with desk.owner() as db:
        worker = db.execute("select worker_id from claim where claim_id = %s", (claim,)).fetchone()[0]
    minutes = -days_ago * 24 * 60
    happened(desk, minutes, person.staff_id, "read", "injured_worker", worker, client, f'{{"claim": {claim}}}')


def happened(desk: Desk, minutes: float, actor: int, verb: str, noun: str, noun_id: int, *rest: object) -> None:
    """Put on the record what happened so many minutes after NOW; *rest* is client and detail, as JSON."""
    with desk.owner() as db:
        db.execute(
            "insert into audit_event (at, actor_id, verb, noun, noun_id, client_id, detail) values (%s, %s, %s, %s, %s, %s, %s)",
            (NOW + timedelta(minutes=minutes), actor, verb, noun, noun_id, *(*rest, None, None)[:2]),
        )


def number_of(desk: Desk, claim: int) -> str:
    with desk.owner() as db:
        number: str = db.execute("select claim_number from claim where claim_id = %s", (claim,)).fetchone()[0]
    return number


def log_attempt(actor: Actor, client: int, claim: int) -> None:
    with acting(actor) as tx:
        contact.log_attempt(
            actor, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE,
            outcome=Outcome.VOICEMAIL, note=None, at=NOW, request=uuid4(),
        )  # fmt: skip

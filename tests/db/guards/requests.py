"""What is said of a request for authorization by hand."""

from core.access import Role
from tests import factories
from tests.db.guards.book import Book

AN_HOUR_AGO = "now() - interval '1 hour'"


def logged(**other: str) -> str:
    """Return the statement that logs a complete request, but for what is *other*."""
    said = {
        "client_id": "{client}", "claim_id": "{claim}", "jurisdiction": "'CA'", "kind": "'prospective'",
        "provider_name": "'Dr. Ames'", "received_at": "now()", "channel": "'fax'", "complete_at": "now()",
        "clock": "'running'", "rule": "1", "due_at": "now() + interval '5 days'", "holder_id": "{me}",
        "logged_at": "now()", "logged_by": "{me}",
    } | other  # fmt: skip
    return f"insert into authorization_request ({', '.join(said)}) values ({', '.join(said.values())})"


ASKED = (
    "insert into service_line (client_id, claim_id, request_id, line, words, units)"
    " select client_id, claim_id, max(request_id), 1, 'MRI', 2 from authorization_request"
    " where claim_id = {claim} group by client_id, claim_id"
)


def changed(to: str, step: str = "extended", **other: str) -> str:
    """Return the statement that changes the request to this, by a step, but for what is *other*."""
    said = {
        **({"change_why": "'x'"} if step in ("extended", "tolled") else {}), "change": f"'{step}'", "changed_at": "now()", "changed_by": "{me}", "version": "version + 1",
    } | other  # fmt: skip
    sets = ", ".join(f"{name} = {value}" for name, value in said.items())
    return f"update authorization_request set {to}, {sets} where request_id = {{request}}"


EXTENDED = changed("information_asked_at = now()")
FOLLOWED_UP = changed("follow_up_at = now() + interval '1 day'", "followed_up")


def determined(**other: str) -> str:
    """Return the statement that approves the request, but for what is *other*."""
    said = {
        "client_id": "{client}", "claim_id": "{claim}", "request_id": "{request}", "outcome": "'approved'",
        "reviewer_name": "'Pat Reviewer, RN'", "decided_at": "now()", "decided_by": "{me}", "recorded_at": "now()",
    } | other  # fmt: skip
    return f"insert into determination ({', '.join(said)}) values ({', '.join(said.values())})"


def line(outcome: str = "approved", units: str = "1", number: str = "1", **other: str) -> str:
    """Return the statement that decides a line by the request's latest determination, but for what is *other*."""
    said = {"outcome": f"'{outcome}'", "units": units, "line": number} | other
    return (
        f"insert into determination_line (client_id, claim_id, request_id, determination_id, {', '.join(said)})"
        f" select client_id, claim_id, request_id, max(determination_id), {', '.join(said.values())} from determination"
        " where request_id = {request} group by client_id, claim_id, request_id"
    )


REASONED = {"reason": "'x'", "reviewer_credentials": "'MD'"}
DENIED = determined(outcome="'denied'", **REASONED)


def told(**other: str) -> str:
    """Return the statement that tells the provider of the determination, but for what is *other*."""
    said = {
        "client_id": "{client}", "claim_id": "{claim}", "request_id": "{request}", "determination_id": "{determination}",
        "party": "'provider'", "how": "'fax'", "recipient": "'Dr. Ames'", "at": "now()", "by_id": "{me}",
        "recorded_at": "now()",
    } | other  # fmt: skip
    return f"insert into determination_notice ({', '.join(said)}) values ({', '.join(said.values())})"


def tried(**other: str) -> str:
    """Return the statement that keeps a follow-up, but for what is *other*."""
    said = {
        "client_id": "{client}", "claim_id": "{claim}", "request_id": "{request}", "party": "'provider'",
        "how": "'phone'", "outcome": "'promised'", "at": "now()", "by_id": "{me}", "recorded_at": "now()",
    } | other  # fmt: skip
    return f"insert into authorization_follow_up ({', '.join(said)}) values ({', '.join(said.values())})"


def who(book: Book, *statements: str) -> set[Role]:
    """Return the roles in which *statements* are done."""
    return {role for role in Role if book.does(role, *statements, stays=False)}


def have_request(book: Book) -> None:
    """Have a request of the claim, received an hour ago, and the claim of a client that nobody here serves."""
    book.names["stranger"] = factories.staff(Role.CLINICAL, book.other).staff_id
    book.names["request"] = factories.authorization(book.client, book.claim)
    book.names["foreign"] = factories.claim(book.other)
    book.names["foreign_request"] = factories.authorization(book.other, book.names["foreign"])
    book.given(f"update authorization_request set received_at = {AN_HOUR_AGO}, complete_at = {AN_HOUR_AGO}")

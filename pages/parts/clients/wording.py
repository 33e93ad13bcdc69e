"""What was promised to a client, and what is to come, in words."""

from core import words
from core.clients import Client
from core.clocks import promised


def since(client: Client) -> str:
    """Return since when the promise is in force, as clocks at the client show it, or 'the start'."""
    return words.instant(client.since, client.timezone) if client.since else "the start"


def next_change(client: Client) -> str:
    """Return when another promise begins, and which; empty where none is to come."""
    if client.upcoming is None:
        return ""
    return f"{words.instant(client.upcoming.effective_from, client.timezone)}: {promised(client.upcoming)}"


def in_full(client: Client) -> str:
    """Return what is promised, and what is to come, where the list has cut it."""
    now = f"Promised since {since(client)}: {promised(client.promise)}." if client.promise else "Nothing is promised."
    return f"{now} From {next_change(client)}." if client.upcoming else now

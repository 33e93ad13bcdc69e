"""The kinds of feeds there are: a folder each, and a line here."""

from collections.abc import Sequence

from core.feeds.kind import FeedKind
from core.feeds.kinds.authorizations import AUTHORIZATIONS
from core.feeds.kinds.claims import CLAIMS

KINDS: Sequence[FeedKind] = (CLAIMS, AUTHORIZATIONS)
"""Every kind of feed, in the order in which they are offered."""

"""The vocabulary of claim feeds: fields, headings and content, put together."""

from types import MappingProxyType

from core.feeds.kinds.claims import headings, settling
from core.feeds.kinds.claims.columns import fit
from core.feeds.kinds.claims.fields import DAYS, FIELDS, NEEDED, TIMES, WORKER
from core.feeds.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    fields=FIELDS,
    needed=NEEDED,
    meanings=headings.meanings,
    fit=fit,
    days=DAYS,
    times=TIMES,
    story="narrative",
    none_said=frozenset({"initial_treatment", "lost_time"}),
    dated="doi|dol|doa|d o i|d o l|d o a|dor|dod|doh",
    named=MappingProxyType({WORKER: "Worker's name"}),
    kept_open=frozenset({"date_of_death"}),  # left out, somebody would call a worker who has died
    beside=settling.beside,
    settle=settling.settle,
    closed_by=settling.closed_by,
)

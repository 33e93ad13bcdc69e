"""Which advisory lock is which: the database knows them by number alone, and its own functions name some as well."""

MIGRATING = 7301115
"""Held by the one process that migrates."""

FOLDING = 7301116
"""Held by the one process that adds up the counts; by `desk_first_administrator` too, while it lets somebody in."""

RIGHTS = 7301117
"""Held by the one administrator who changes people's rights; `desk_administrator_stays` takes it as well."""

ARRIVALS = 7301117
"""Held, with the client's number beside it, by the one who brings in or takes back claims of that client.

The same number with a second key is another lock to PostgreSQL: the two never meet."""

REPORTS = 7301118
"""Held, with a number made of its form's key beside it, by whoever keeps words of a report or begins its claim."""

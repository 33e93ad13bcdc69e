"""What PostgreSQL's library reads in the environment beside the address that it is given."""

import os

_PROOF = ("PGPASSWORD", "PGPASSFILE", "PGSSL", "PGGSS", "PGKRBSRVNAME", "PGREQUIRE", "PGCHANNELBINDING")
"""How one proves oneself to a server of one's own, and how the line to it is guarded, begins with one of these."""


def only_addresses_count(*, own_server: bool) -> None:
    """
    Have this process, and those that it starts, look for the database where its address says and nowhere else.

    A PGPORT, PGHOST, PGSERVICE or PGOPTIONS that is there for something else would fill in what an address leaves out.
    To one's *own_server* what proves oneself and guards the line is kept.
    """
    for name in [name for name in os.environ if name.startswith("PG")]:
        if not (own_server and name.startswith(_PROOF)):
            del os.environ[name]

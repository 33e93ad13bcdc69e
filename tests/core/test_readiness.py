"""When a process is ready to be asked for pages."""

from core import readiness
from db import session


class TestReadiness:
    def test_a_process_without_a_database_is_not_ready(self) -> None:
        session.unbind()

        assert readiness.trouble() == "No database was named: set DATABASE_URL and DATABASE_URL_APP, or use make run."

    def test_a_database_that_does_not_answer_is_not_ready(self) -> None:
        session.bind("postgresql://desk_app@127.0.0.1:1/none?connect_timeout=2")
        try:
            assert readiness.trouble() == "The database does not answer."
        finally:
            session.unbind()

"""The status page: the verdict first, versions last."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import jobs
from core.access import Role
from pages import menu
from tests import factories
from tests.pages.conftest import drawn

PAGE = Path(menu.__file__).parent / "administration" / "status.py"


@pytest.fixture
def page(desk, sit_down) -> AppTest:
    jobs.make_audit_months()
    sit_down(factories.staff(Role.ADMINISTRATOR))
    return AppTest.from_file(str(PAGE), default_timeout=30)


def test_says_that_all_is_well(desk, page: AppTest) -> None:
    with desk.owner() as db:
        db.execute("insert into procrastinate_workers default values")
    page.run()
    assert not page.exception
    assert page.success[0].value.startswith("All is well")
    assert not page.error


def test_says_what_is_not_and_what_to_do(page: AppTest) -> None:
    page.run()
    assert not page.success
    assert [each.value.partition("**")[2].partition("** ")[2] for each in page.error] == [
        "Restart the desk, or start python -m core worker beside it."
    ]


def test_names_the_versions_last(page: AppTest) -> None:
    page.run()
    drawn_last = list(drawn(page.main))[-1]
    assert drawn_last.value.startswith("PostgreSQL ")
    assert [each.value for each in page.caption if "PostgreSQL" in each.value] == [drawn_last.value]
    assert all("PostgreSQL" not in each.label for each in page.metric)

"""Rules of intake by hand: set by administrators, from today on, withdrawn before their day, and never changed."""

import pytest
from psycopg.errors import InsufficientPrivilege

from core.access import Role
from tests import factories
from tests.db.guards.book import WORKERS, Book

TODAY = "(now() at time zone 'America/Chicago')::date"


def rule(**other: str) -> str:
    said = {
        "client_id": "{client}", "jurisdiction": "null", "asked": "'required'", "only_if": "null",
        "effective_from": TODAY, "why": "'x'", "sureness": "'knowledge'", "proposed_by": "{me}", "proposed_at": "now()",
    } | other  # fmt: skip
    return (
        f"insert into intake_requirement (element, {', '.join(said)}) values ({{element}}, {', '.join(said.values())})"
    ).replace("{element}", other.get("element", "'occupation'"))


WITHDRAWN = "update intake_requirement set withdrawn_at = now(), withdrawn_by = {me}, withdrawn_why = 'x'"
OF_CLAIM = "select 1 where desk_ask_of_claim({client}, {claim}, now()) > 0"


@pytest.mark.usefixtures("present")
class TestARule:
    def test_is_set_by_administrators_from_today_on(self, book: Book) -> None:
        for since in (TODAY, f"{TODAY} + 30"):
            done = {role for role in Role if book.does(role, rule(effective_from=since), stays=False)}
            assert done == {Role.ADMINISTRATOR}

    @pytest.mark.parametrize(
        "other",
        [
            {"effective_from": f"{TODAY} - 2"},
            {"effective_from": "'infinity'"},
            {"proposed_by": "1"},
            {"proposed_at": "now() - interval '10 minutes'"},
            {"proposed_at": "'infinity'"},
            {"asked": "'perhaps'"},
            {"asked": "'only_if'"},
            {"only_if": "'treated'"},
            {"asked": "'only_if'", "only_if": "'raining'"},
            {"client_id": "null", "asked": "'as_elsewhere'"},
            {"client_id": "999"},
            {"jurisdiction": "'Illinois'"},
            {"sureness": "'hearsay'"},
            {"why": "' '"},
        ],
        ids=str,
    )
    def test_is_no_other(self, book: Book, other: dict[str, str]) -> None:
        assert not book.does(Role.ADMINISTRATOR, rule(**other))

    @pytest.mark.parametrize("element", ["name", "reach", "jurisdiction", "narrative", "reported_at", "shoe_size"])
    def test_is_none_of_what_opens_a_claim_or_of_what_is_no_element(self, book: Book, element: str) -> None:
        said = rule().replace("'occupation'", f"'{element}'")
        assert not book.does(Role.ADMINISTRATOR, said)

    def test_is_withdrawn_before_its_day_in_ones_own_name(self, book: Book) -> None:
        book.given(rule(effective_from=f"{TODAY} + 2").replace("{me}", "1"))
        for other in (
            WITHDRAWN.replace("{me}", "1"),
            WITHDRAWN.replace("now()", "now() - interval '1 hour'"),
            WITHDRAWN.replace("'x'", "' '"),
            WITHDRAWN.replace(", withdrawn_why = 'x'", ""),
        ):
            assert not book.does(Role.ADMINISTRATOR, f"{other} where client_id is not null"), other
        done = {role for role in Role if book.does(role, f"{WITHDRAWN} where client_id is not null", stays=False)}
        assert done == {Role.ADMINISTRATOR}
        assert book.does(Role.ADMINISTRATOR, f"{WITHDRAWN} where client_id is not null")
        assert not book.does(Role.ADMINISTRATOR, f"{WITHDRAWN} where client_id is not null"), "once"

    def test_is_not_withdrawn_once_its_day_has_come_for_anybody(self, book: Book) -> None:
        book.given("update sla_policy set timezone = 'Pacific/Kiritimati' where client_id = {other}")
        ahead = "(now() at time zone 'Pacific/Kiritimati')::date"
        book.given(rule(client_id="null", effective_from=ahead, proposed_by="1"))
        book.given(rule(effective_from=TODAY, proposed_by="1"))
        assert not book.does(Role.ADMINISTRATOR, f"{WITHDRAWN} where element = 'occupation'")
        assert not book.does(Role.ADMINISTRATOR, f"{WITHDRAWN} where element = 'language'"), "what the desk came with"

    def test_is_never_changed_nor_taken_away(self, book: Book) -> None:
        book.given(rule(effective_from=f"{TODAY} + 2", proposed_by="1"))
        for change in (
            "asked = 'not_asked'",
            "effective_from = effective_from + 1",
            "in_force_at = now()",
            "begun = '{{1}}'",
        ):
            assert not book.does(Role.ADMINISTRATOR, f"update intake_requirement set {change}")
        assert not book.does(Role.ADMINISTRATOR, "delete from intake_requirement")

    def test_is_read_by_those_of_its_client_and_of_any_client_by_everybody(self, book: Book) -> None:
        book.given(rule(client_id="{other}", proposed_by="1"))
        seen = {role for role in Role if book.does(role, "select 1 from intake_requirement where client_id = {other}")}
        assert seen == {Role.SUPERVISOR, Role.COMPLIANCE, Role.ADMINISTRATOR}
        assert all(book.does(role, "select 1 from intake_requirement where client_id is null") for role in Role)


@pytest.mark.usefixtures("present")
class TestAskingByRule:
    @pytest.fixture(autouse=True)
    def asked(self, book: Book) -> None:
        book.given(rule(proposed_by="1"))

    def test_of_a_claim_is_for_those_who_work_it(self, book: Book) -> None:
        assert {role for role in Role if book.does(role, OF_CLAIM, stays=False)} == WORKERS
        book.names["claim"] = factories.claim(book.other)
        book.given(rule(client_id="{other}", proposed_by="1"))
        of_another = OF_CLAIM.replace("{client}", "{other}")
        assert {role for role in Role if book.does(role, of_another, stays=False)} == {Role.SUPERVISOR}

    def test_is_by_rules_alone(self, book: Book) -> None:
        for function in (
            "desk_ask_as_required(array[{client}], {claim}, null, null, {me}, now())",
            "desk_requirement_moves(array[{client}], {claim}, null, null, now(), null)",
            "desk_requirement('occupation', {client}, 'IL', current_date, null)",
        ):
            for role in Role:
                assert not book.does(role, f"select * from {function}"), function

    def test_begins_by_the_databases_own_clock(self, book: Book) -> None:
        book.given("delete from intake_requirement where element = 'occupation'")
        book.given(rule(effective_from=f"{TODAY} + 5", proposed_by="1"))
        with book.desk.app() as db:
            for at in ("'2099-01-01Z'", "'infinity'", "now()"):
                assert db.execute(f"select desk_requirements_begin({at})".encode()).fetchone() == (0,)
            with pytest.raises(InsufficientPrivilege):
                db.execute("update intake_requirement set in_force_at = now()")

"""Claims that were reported before, in the file or on the desk, and two imports at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from core import claims, feeds, intake
from core.access import Actor, Role
from core.transactions import acting, transaction
from tests import claim_feeds, factories
from tests.core.feeds_import.importing import (
    HEAD,
    ROWS,
    counts,
    file,
    held,
    imported,
    planned,
    questions,
    rows,
    undone,
    waiting,
)
from tests.factories import NOW


class TestDuplicates:
    def test_the_same_file_again_adds_nothing_and_says_so(self, desk: Any, client: int, va: Actor) -> None:
        imported(va, client, file(*ROWS))
        again = planned(va, client, file(*ROWS))

        assert counts(feeds.commit(va, again, at=NOW)) == (3, 0, 1, 2)
        assert "claim C-" in again.duplicates[0].why

    def test_the_same_claim_in_other_words_is_known_by_its_number(self, client: int, va: Actor) -> None:
        imported(va, client, file(*ROWS))
        other = file("2026-11-20;Ana N.;2026-11-23;A-1", head="Loss Date;Claimant;Notice Date;Claim #")

        assert counts(imported(va, client, other)) == (1, 0, 0, 1)

    @pytest.mark.parametrize("name", ["NUNEZ,ana", "Ana,Núñez", "Núñez,Ana M."])
    def test_without_a_number_it_is_known_by_worker_birth_and_injury(self, client: int, va: Actor, name: str) -> None:
        imported(va, client, file(*ROWS))

        assert counts(imported(va, client, file(f",{name},1985-03-04,,2026-11-20,11/24/2026,,CA,"))) == (1, 0, 0, 1)

    def test_under_another_number_it_is_a_claim_and_the_other_one_is_asked_about(
        self, desk: Any, client: int, va: Actor
    ) -> None:
        imported(va, client, file(ROWS[0]))

        plan = planned(va, client, file("Z-9,NUNEZ,ana,1985-03-04,,2026-11-20,11/24/2026,09:00,CA,"))

        [line] = plan.lines()
        assert line.what == "New claim"
        assert line.why.startswith("The same injury as C-1? ")
        assert counts(feeds.commit(va, plan, at=NOW)) == (1, 1, 0, 0)
        assert questions(desk, "Z-9")["same_claim"].startswith("The same injury as C-1? ")

    @pytest.mark.parametrize(
        "other",
        [
            "Roe,Dana,,,11/21/2026,11/24/2026,09:00,IL,x",
            "Roe,Dana,,,11/20/2026,11/24/2026,09:00,IL,x",
            "Roe,Dana,01/02/1990,,11/20/2026,11/24/2026,09:00,IL,x",
        ],
        ids=["another day", "the same day", "the same day, born another"],
    )
    def test_the_same_number_of_another_worker_is_a_second_claim_and_asked_about(
        self, desk: Any, client: int, va: Actor, other: str
    ) -> None:
        imported(va, client, file(ROWS[0]))

        plan = planned(va, client, file(f"a-1,{other}"))

        [line] = plan.lines()
        assert (line.what, line.why.partition("?")[0]) == ("New claim", "This number is also on C-1: is it right")
        assert counts(feeds.commit(va, plan, at=NOW)) == (1, 1, 0, 0)
        assert questions(desk, "a-1")["client_claim_number"] == "This number is also on C-1: is it right?"

    @pytest.mark.parametrize(
        "other",
        ["Núñez,Ana,03/04/1985,,11/02/2026", "Ana,Nunez,,,11/02/2026", "Nunes,Ana,,,11/20/2026"],
        ids=["another day", "another day, names the other way round", "a name mistyped"],
    )
    def test_the_same_number_is_the_same_claim_where_worker_or_day_agree(
        self, client: int, va: Actor, other: str
    ) -> None:
        imported(va, client, file(ROWS[0]))

        assert counts(imported(va, client, file(f"A-1,{other},11/24/2026,,IL,x"))) == (1, 0, 0, 1)

    @pytest.mark.parametrize("written", ["a-1", "A- 1", " A -1 "])
    def test_case_and_blanks_of_a_number_make_no_other_number(self, client: int, va: Actor, written: str) -> None:
        imported(va, client, file(ROWS[0]))

        assert counts(imported(va, client, file(ROWS[0].replace("A-1", written)))) == (1, 0, 0, 1)

    @pytest.mark.parametrize("written", ["A-1", "a -1"])
    def test_a_form_s_number_is_a_feed_s(self, client: int, va: Actor, written: str) -> None:
        with transaction(va) as tx:
            intake.report(
                va, tx, client_id=client, at=NOW, request=uuid4(),
                report=intake.Report("Nunez", date(2026, 11, 20), NOW, given_name="Ana", client_claim_number=written),
            )  # fmt: skip

        assert counts(imported(va, client, file(ROWS[0]))) == (1, 0, 0, 1)

    def test_a_number_that_starts_again_within_a_file_is_asked_about_by_the_claims_numbers(
        self, desk: Any, client: int, va: Actor
    ) -> None:
        plan = planned(va, client, file(
            "7,Roe,Dana,01/02/1990,,11/20/2026,11/24/2026,09:00,IL,x",
            "7,Poe,Lee,02/03/1991,,11/21/2026,11/24/2026,09:00,IL,x",
            "8,Poe,Lee,02/03/1991,,11/21/2026,11/24/2026,09:00,IL,x",
        ))  # fmt: skip

        assert [line.why.partition("?")[0] for line in sorted(plan.lines())[1:]] == [
            "This number is also on row 2: is it right",
            "The same injury as row 3",
        ]
        assert counts(feeds.commit(va, plan, at=NOW)) == (3, 3, 0, 0)
        assert rows(
            desk,
            "select claim_id, element, split_part(why, '?', 1) from intake_question where why like '%C-%' order by 1",
        ) == [
            (2, "client_claim_number", "This number is also on C-1: is it right"),
            (3, "same_claim", "The same injury as C-2"),
        ]

    def test_a_file_that_holds_one_number_throughout_makes_every_claim_and_asks(self, client: int, va: Actor) -> None:
        feed = file(*(f"ACME,Sample{n},Bo,,,11/{1 + n % 20}/2026,11/23/2026,09:00,IL,x" for n in range(400)))

        with acting(va) as tx:  # such a column is not taken for one of numbers, unless somebody says so
            mapping = claim_feeds.mapping_for(claim_feeds.read_feed(feed))
            assert "client_claim_number" not in mapping.columns
            told = replace(mapping, columns={**mapping.columns, "client_claim_number": HEAD.split(",")[0]})
            feeds.save_mapping(va, tx, feeds.CLAIMS, client_id=client, mapping=told, at=NOW)
        plan = planned(va, client, feed)

        assert counts(feeds.commit(va, plan, at=NOW)) == (400, 400, 0, 0)
        assert sum(len(claim.doubts) for claim in plan.new) == 399

    def test_each_duplicate_row_is_kept_with_the_claim_that_it_repeats(self, desk: Any, client: int, va: Actor) -> None:
        imported(va, client, file(ROWS[0]))
        again = imported(va, client, file(ROWS[1], ROWS[0], ROWS[1]))

        assert rows(desk, "select import_id, row_number, of_id, why from import_duplicate order by row_number") == [
            (again.import_id, 3, 1, "The same client claim number as claim C-1."),
            (again.import_id, 4, 2, "The same client claim number as row 2."),
        ]

    @pytest.mark.parametrize("name", ["Sukarno,", ",Sukarno"])
    def test_a_worker_of_one_name_is_known_again(self, client: int, va: Actor, name: str) -> None:
        row = f",{name},03/04/1985,,11/19/2026,11/24/2026,,IL,"
        imported(va, client, file(row))

        assert counts(imported(va, client, file(row))) == (1, 0, 0, 1)

    def test_the_same_worker_on_another_day_is_another_claim(self, client: int, va: Actor) -> None:
        imported(va, client, file(*ROWS))

        assert counts(imported(va, client, file(",Núñez,Ana,03/04/1985,,11/19/2026,11/24/2026,,IL,"))) == (1, 1, 0, 0)

    def test_a_file_that_repeats_itself_adds_each_claim_once(self, client: int, va: Actor) -> None:
        assert counts(imported(va, client, file(ROWS[0], ROWS[0], ROWS[1], ROWS[1]))) == (4, 2, 0, 2)

    def test_another_clients_claim_of_the_same_number_is_none(self, client: int, va: Actor) -> None:
        imported(va, client, file(*ROWS))
        other = factories.client("OTHER")

        assert counts(imported(factories.staff(Role.VA, other), other, file(*ROWS))) == (3, 2, 1, 0)

    def test_a_missing_birth_date_on_one_side_is_asked_about_and_no_claim_is_lost(self, client: int, va: Actor) -> None:
        imported(va, client, file(",Núñez,Ana,03/04/1985,,11/20/2026,11/23/2026,09:00,IL,x"))

        plan = planned(va, client, file(",Núñez,Ana,,,11/20/2026,11/23/2026,10:00,IL,x"))

        assert len(plan.new) == 1
        assert plan.new[0].doubts[0].why.startswith("The same injury as C-1? ")
        assert ("birth_date", "missing") in {each[:2] for each in plan.new[0].questions}

    def test_two_of_one_name_without_birth_dates_are_told_apart_by_their_numbers(self, client: int, va: Actor) -> None:
        plain = "Sample,Bo,,,11/21/2026,11/23/2026,09:00,IL,x"

        plan = planned(va, client, file(f"B-1,{plain}", f"B-2,{plain}", f",{plain}"))

        assert [len(claim.doubts) for claim in plan.new] == [0, 1]
        assert counts(feeds.commit(va, plan, at=NOW)) == (3, 2, 0, 1)

    def test_numbers_that_a_spreadsheet_rounded_make_no_duplicates(self, client: int, va: Actor) -> None:
        result = imported(
            va, client, file(*(f"1.23457E+11,Sample{n},Bo,,,11/21/2026,11/23/2026,09:00,IL,x" for n in range(3)))
        )

        assert counts(result) == (3, 3, 0, 0)


class TestAtTheSameMoment:
    """Two ways in for one client: the second waits, and then sees what the first has brought."""

    def test_of_two_imports_the_second_is_told_that_the_data_moved(self, desk: Any, client: int, va: Actor) -> None:
        plans = [planned(va, client, file(ROWS[0])) for _ in range(2)]

        with held(client) as let_go, ThreadPoolExecutor(2) as hands:
            both = [hands.submit(feeds.commit, va, plan, at=NOW) for plan in plans]
            waiting(desk, 2)
            let_go()
            errors = [each.exception() for each in both]

        assert sorted(type(error) for error in errors if error) == [feeds.DataMoved]
        assert rows(desk, "select count(*) from claim") == [(1,)]

    def test_of_a_form_and_an_import_the_second_sees_the_first(self, desk: Any, client: int, va: Actor) -> None:
        plan = planned(va, client, file(ROWS[0]))
        told = intake.Report("Núñez", date(2026, 11, 20), NOW, given_name="Ana", birth_date=date(1985, 3, 4))

        def form() -> None:
            with acting(va) as tx:
                intake.report(va, tx, client_id=client, report=told, at=NOW, request=uuid4())

        with held(client) as let_go, ThreadPoolExecutor(2) as hands:
            both = [hands.submit(form), hands.submit(feeds.commit, va, plan, at=NOW)]
            waiting(desk, 2)
            let_go()
            errors = [each.exception() for each in both]

        assert [type(error) for error in errors if error] in ([feeds.DataMoved], [intake.PerhapsReported])
        assert rows(desk, "select count(*) from claim") == [(1,)]

    def test_an_undo_waits_for_an_import_that_finds_its_claims_there(self, desk: Any, client: int, va: Actor) -> None:
        first = imported(va, client, file(ROWS[0]))
        plan = planned(va, client, file(ROWS[0]))

        with ThreadPoolExecutor(1) as hands:
            with acting(va) as tx:
                claims.one_at_a_time(tx, client)
                undo = hands.submit(undone, va, client, first.import_id)
                waiting(desk, 1)
            feeds_again = undo.exception() is None

        assert feeds_again
        with pytest.raises(feeds.DataMoved):
            feeds.commit(va, plan, at=NOW)

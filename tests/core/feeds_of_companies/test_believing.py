"""A heading is believed as far as what stands under it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.reading import Feed
from core.feeds.rows import RefusedRow
from tests.claim_feeds import mapping_for, propose_mapping, read_feed
from tests.core.feeds_of_companies.cases import CASES, NOW, categories, judged, whys


class TestAFileWithoutAWorkersName:
    """It makes no claim of anybody: every row is refused and says why."""

    @pytest.mark.parametrize(
        "heading", ["Claimant", "CLAIMANT", "claimant", "Employee Name", "Name", "Type", "Coverage"]
    )
    @pytest.mark.parametrize(
        "values",
        [["Medical Only", "Lost Time"], ["medical only", "lost time"], ["MEDICAL ONLY", "LOST TIME", "FIRST AID"], ["Yes", "No"],
         ["Tipo Uno", "Tipo Dos", "Tipo Tres"], ["E1023", "E1024"], ["Member 1", "Member 2"], ["Plant North", "Plant South"]],
        ids=lambda values: values[0],
    )  # fmt: skip
    def test_has_all_its_rows_refused(self, heading: str, values: list[str]) -> None:
        answers = judged(categories(heading, values))

        assert {(type(each), getattr(each, "reason", "")) for each in answers} == {
            (RefusedRow, "No column holds the worker's name.")
        }
        assert len(answers) == 1772

    @pytest.mark.parametrize("values", [["Medical Only", "Lost Time"], ["E1023", "E1024"], ["Member 1", "Member 2"],
                                         ["Crew 14", "Crew 15"]])  # fmt: skip
    def test_has_them_refused_where_there_are_few(self, values: list[str]) -> None:
        assert [type(each) for each in judged(categories("Claimant", values, rows=2))] == [RefusedRow] * 2

    @given(st.lists(st.sampled_from(["Alpha", "Beta Gamma", "Delta", "Indemnity", "N", "B2"]), min_size=1, max_size=3, unique=True),
           st.sampled_from(["Claimant", "EMPLOYEE", "name", "Worker Name", "Who"]))  # fmt: skip
    def test_is_one_whose_column_says_few_things_over_and_over(self, values: list[str], heading: str) -> None:
        rows = [[values[n % len(values)]] for n in range(120)]

        assert not propose_mapping([heading], rows).columns

    def test_is_one_whose_parts_of_a_name_both_are_categories(self) -> None:
        rows = [[["Alpha", "Beta"][n % 2], ["Gamma", "Delta"][n % 2]] for n in range(120)]

        assert not propose_mapping(["Last Name", "First Name"], rows).columns
        assert not propose_mapping(["Last Name"], rows).columns

    def test_a_given_name_that_all_share_is_one_still(self) -> None:
        rows = [[f"Sample{n}", "Ana"] for n in range(120)]

        assert len(propose_mapping(["Last Name", "First Name"], rows).columns) == 2

    def test_a_family_name_that_many_share_is_one_still(self) -> None:
        rows = [[["Nguyen", "Tran", "Le", "Pham"][n % 4], f"{'Abcdefghij'[n % 10]}na"] for n in range(120)]

        assert propose_mapping(["Last Name", "First Name"], rows).columns == {
            "family_name": "Last Name",
            "given_name": "First Name",
        }


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Claim Number", ["1", "2"]),
        ("Claim Number", ["Open", "Closed"]),
        ("Case Number", ["$1,200.00", "$900.00"]),
        ("Claim Number", ["1/5/2026", "1/6/2026"]),
        ("Phone", ["Y", "N"]),
        ("Cell", ["Paint", "Weld"]),
        ("E-mail", ["Yes", "No"]),
        ("Email", ["Sent", "Not sent"]),
        ("Preferred contact", ["1200.00", "900.00"]),
        ("Language", ["1", "2"]),
        ("Jurisdiction", ["Y", "N"]),
        ("Jurisdiction", ["North", "South"]),
        ("Date of Injury", ["Minor", "Major"]),
        ("Date Reported", ["$1,200.00", "$900.00"]),
        ("Time of Injury", ["Y", "N"]),
        ("Time Reported", ["3 days", "4 days"]),
        ("Incident", ["Open", "Closed"]),
        ("Narrative", ["12", "14"]),
        ("Injury", ["X", "x"]),
        ("Body Part", ["Y", "N"]),
        ("Employee Address", ["ana@example.com", "bo@example.com"]),
        ("Home Address", ["312-555-0101", "312-555-0102"]),
        ("Employee City", ["1", "2"]),
        ("Employee Zip", ["Joliet", "Aurora"]),
        ("Accident Location", ["Y", "N"]),
        ("Emergency", ["Rosa Núñez", "Li Roe"]),
        ("Reported by", ["Y", "N"]),
    ],
)
def test_a_heading_is_not_believed_where_something_else_stands_under_it(heading: str, cells: list[str]) -> None:
    assert not propose_mapping([heading], [[cell] for cell in cells] * 10).columns


@pytest.mark.parametrize("heading", ["Claim Number", "Cause", "Accident Location", "Employee City", "Nature of Injury"])
@pytest.mark.parametrize("cell", ["${},250.00", "({}.50)", "10/{}/2026", "2026-10-{}T09:30"])
def test_a_heading_is_not_believed_over_amounts_or_dates_of_which_each_is_another(heading: str, cell: str) -> None:
    assert not propose_mapping([heading], [[cell.format(n)] for n in range(10, 28)]).columns


class TestAPlainNumber:
    """It is a day only in a column of days, and only where all of them can be."""

    def test_of_an_unlikely_year_makes_no_number_of_its_column_a_day(self) -> None:
        first, second = judged("Name,Date of Injury,Date Reported\nAna B,46027,100\nCy D,46041,46042\n")

        assert [each.field for each in (first, second) if isinstance(each, RefusedRow)] == ["date_reported"] * 2

    def test_among_written_days_is_one_still(self) -> None:
        answers = judged(
            "Name,Date of Injury,Date Reported\nAna B,46027,46028\nCy D,1/19/2026,1/20/2026\nEd F,0,1/6/2026\n"
        )

        assert [type(each) for each in answers] == [Accepted, Accepted, RefusedRow]

    @pytest.mark.parametrize(
        "cells", [("30025", "30026"), ("45321", "99999"), ("19821124", "20261124"), ("45321.5", "1200")]
    )
    def test_in_a_column_mapped_by_hand_follows_the_same_rule(self, cells: tuple[str, str]) -> None:
        mapping = FeedMapping({"full_name": "Name", "date_of_injury": "DOI", "date_reported": "Staff"})

        answers = judged(f"Name,DOI,Staff\nAna B,1/5/2026,{cells[0]}\nCy D,1/5/2026,{cells[1]}\n", mapping)

        assert [each.field for each in answers if isinstance(each, RefusedRow)] == ["date_reported"] * 2


class TestWhatIsOnlyOffered:
    def test_is_not_used_and_not_called_missing(self) -> None:
        [refused] = judged("Name,DOI,Date Employer Notified\nAna B,1/5/2026,1/6/2026\n")

        assert isinstance(refused, RefusedRow)
        assert (refused.field, refused.reason, refused.remedy) == (
            "date_reported",
            "The column 'Date Employer Notified' may hold the date reported, which nobody has confirmed.",
            "Confirm the column, or map another one.",
        )

    def test_is_asked_about_where_a_claim_can_do_without(self) -> None:
        [made] = judged(
            "Name,Address,City,State,ZIP,DOI,Date Reported\nAna B,12 Oak St,Joliet,IL,60431,1/5/2026,1/6/2026\n"
        )

        assert isinstance(made, Accepted)
        assert made.report.address is made.report.jurisdiction is None
        assert whys(made)["reach"] == (
            "The column 'Address' may hold a way to reach the worker, which nobody has confirmed."
            " The heading does not say whose address it is."
        )
        assert whys(made)["jurisdiction"].startswith("The column 'State' may hold the state of jurisdiction,")

    def test_is_used_once_it_is_confirmed(self) -> None:
        feed = read_feed(b"Name,Address,DOI,Date Reported\nAna B,12 Oak St,1/5/2026,1/6/2026\n")
        proposed = mapping_for(feed)
        confirmed = FeedMapping({**proposed.columns, "address": proposed.offers["address"].heading})

        [made] = judge_all(feed, replace(confirmed, date_order="mdy"), timezone="UTC", at=NOW)

        assert isinstance(made, Accepted)
        assert made.report.address == "12 Oak St"
        assert "reach" not in whys(made)

    def test_stays_beside_what_was_saved(self) -> None:
        feed = read_feed(b"Name,Address,DOI,Date Reported\nAna B,12 Oak St,1/5/2026,1/6/2026\n")

        assert "address" in mapping_for(feed, FeedMapping({"full_name": "Name"})).offers
        assert not mapping_for(feed, FeedMapping({"email": "Address"})).offers


class TestThePlaceOfTheInjury:
    HEAD = "Employee,DOI,Date Reported"

    @pytest.mark.parametrize(
        ("headings", "cells", "place"),
        [
            ("Site,Accident Address,Accident City,Loss State,Jurisdiction,Accident ZIP",
             "North  plant,1 Mill Rd,Joliet,IL,IL,60431", "North plant, 1 Mill Rd, Joliet, IL 60431"),
            ("Accident City,Injury ZIP", "Joliet,60431", "Joliet, 60431"),
            ("Location", "Dock 4", "Dock 4"),
            ("Plant,Location", "n/a,", None),
            ("Location", "x" * 600, "x" * 500),
        ],
    )  # fmt: skip
    def test_is_kept_as_told_and_reaches_nobody(self, headings: str, cells: str, place: str | None) -> None:
        [made] = judged(f"{self.HEAD},{headings}\nAna Núñez,1/5/2026,1/6/2026,{cells}\n")

        assert isinstance(made, Accepted)
        assert made.report.injury_place == place
        assert made.report.address is made.report.postal_code is None
        assert "reach" in whys(made)

    def test_stands_beside_the_workers_own_address(self) -> None:
        [made] = judged(
            f"{self.HEAD},Plant city,Home address,Employee City\nAna Núñez,1/5/2026,1/6/2026,Joliet,4 Elm St,Aurora\n"
        )

        assert isinstance(made, Accepted)
        assert (made.report.injury_place, made.report.address) == ("Joliet", "4 Elm St, Aurora")


def test_the_real_severe_injury_reports_make_no_worker_of_an_employer() -> None:
    feed: Feed = read_feed(CASES["OSHA severe injury reports, the employer's address"].text.encode())

    answers = judge_all(feed, replace(mapping_for(feed), date_order="mdy"), timezone="UTC", at=NOW)

    assert {getattr(each, "reason", None) for each in answers} == {"No column holds the worker's name."}

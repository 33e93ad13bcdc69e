"""Care so far, lost time, days away from work, modified duty and the worker's supervisor, as feeds tell them."""

from dataclasses import replace
from datetime import date

import pytest

from core.feeds.kinds.claims.judging import judge_all
from core.intake import ELEMENTS
from tests.claim_feeds import mapping_for, read_feed
from tests.core.feeds_judging.rows import NOW, judged_beside, why_asked

BESIDE = {
    "Initial_Treatment": "3 - Emergency evaluation",
    "Treating_Physician": "Dr.  Poe, Mercy",
    "Job_Title": "Welder",
    "Lost_Time": "Y",
    "Last_Day_Worked": "11/20/2026",
    "RTW_Date": "12/07/2026",
    "Modified_Duty": "No",
    "Reported_By": "Lee, payroll",
    "Reported_By_Phone": "312-555-0108",
    "Supervisor": "Dana Reed",
    "Supervisor_Phone": "(312) 555-0107",
}


def test_all_of_it_stands_in_the_report() -> None:
    answer = judged_beside(**BESIDE)
    report = answer.report

    assert (report.initial_treatment, report.treated_at, report.occupation) == ("emergency", "Dr. Poe, Mercy", "Welder")
    assert (report.lost_time, report.last_day_worked, report.return_to_work, report.modified_duty) == (
        "yes", date(2026, 11, 20), date(2026, 12, 7), False,
    )  # fmt: skip
    assert (report.reporter, report.work_supervisor, report.work_supervisor_phone) == (
        "Lee, payroll", "Dana Reed", "+13125550107",
    )  # fmt: skip
    assert answer.questions == ()


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Yes", "yes"), ("N", "no"), ("No lost time", "no"), ("Medical only", "no"), ("None", "no"), ("Lost time", "yes"),
        ("Expected", "expected"), ("Likely", "expected"), ("5", "yes"), ("12 days", "yes"), ("0", "no"), ("X", "yes"),
    ],
)  # fmt: skip
def test_lost_time_is_said_in_words_or_counted_in_days(cell: str, kept: str) -> None:
    answer = judged_beside(Lost_Time=cell)

    assert answer.report.lost_time == kept
    assert not why_asked(answer, "lost_time")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("0", "none"), ("01", "on_site"), ("2.0", "clinic"), ("3", "emergency"), ("4", "hospital"), ("5", "major"),
        ("None", "none"), ("No medical treatment", "none"), ("First aid", "on_site"), ("Urgent care clinic", "clinic"),
        ("Doctor's office", "clinic"), ("ER", "emergency"), ("Hospitalized overnight", "hospital"),
        ("Hospitalization greater than 24 hours", "hospital"), ("Minor on-site remedies by employer medical staff", "on_site"),
    ],
)  # fmt: skip
def test_first_care_is_said_by_its_code_or_in_words(cell: str, kept: str) -> None:
    assert judged_beside(Initial_Treatment=cell).report.initial_treatment == kept


@pytest.mark.parametrize(
    ("heading", "cell", "element", "why"),
    [
        ("Initial_Treatment", "Hospital", "initial_treatment", "The file says 'Hospital'; that is no initial treatment."),
        ("Initial_Treatment", "9", "initial_treatment", "The file says '9'; that is no initial treatment."),
        ("Lost_Time", "see file", "lost_time", "The file says 'see file'; that is no yes, no or expected."),
        ("Modified_Duty", "see file", "modified_duty", "The file says 'see file'; that is no yes or no."),
        ("Last_Day_Worked", "soon", "last_day_worked", "The file says 'soon'; that is no last day worked."),
        ("Last_Day_Worked", "11/30/2026", "last_day_worked", "The file says '11/30/2026'; that day lies ahead."),
        ("Last_Day_Worked", "01/01/1900", "last_day_worked", "The file says '01/01/1900'; that is no last day worked."),
        ("RTW_Date", "12/31/2099", "return_to_work", "The file says '12/31/2099'; that day lies too far ahead."),
        ("RTW_Date", "TBA soon", "return_to_work", "The file says 'TBA soon'; that is no date of return to work."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_quoted_and_asked(heading: str, cell: str, element: str, why: str) -> None:
    answer = judged_beside(**{heading: cell})

    assert getattr(answer.report, element) is None
    assert why_asked(answer, element) == why


def test_days_that_do_not_go_together_stand_and_are_asked_about_as_the_form_does() -> None:
    answer = judged_beside(Last_Day_Worked="11/10/2026", RTW_Date="11/09/2026")

    assert (answer.report.last_day_worked, answer.report.return_to_work) == (date(2026, 11, 10), date(2026, 11, 9))
    assert why_asked(answer, "last_day_worked") == "The last day worked is before the date of injury."
    assert why_asked(answer, "return_to_work") == "The return to work is before the last day worked."


def test_what_is_too_long_is_cut_and_asked_about() -> None:
    answer = judged_beside(Job_Title="w" * 201)

    assert answer.report.occupation == "w" * 200
    assert why_asked(answer, "occupation") == "Occupation runs over 200 letters in the file; the first are kept."


def test_a_supervisor_who_alone_is_named_is_called_back_too() -> None:
    report = judged_beside(Supervisor="Dana Reed", Supervisor_Phone="312-555-0107").report

    assert (report.reporter, report.reporter_phone) == ("Dana Reed", "+13125550107")
    assert (report.work_supervisor, report.work_supervisor_phone) == ("Dana Reed", "+13125550107")


def test_a_day_of_hire_that_could_be_either_way_round_asks_about_no_element_that_there_is_not() -> None:
    head = "Name;Date of Injury;Date Reported;Date of Hire"
    feed = read_feed(
        f"{head}\nAna Roe;11/20/2026;11/23/2026;25/11/2019\nBo Poe;11/20/2026;11/23/2026;03/04/2019\n".encode()
    )
    mapping = replace(mapping_for(feed), date_order="mdy")

    _, answer = judge_all(feed, mapping, timezone="America/Chicago", at=NOW)

    assert {each.element for each in answer.questions} <= ELEMENTS.keys()

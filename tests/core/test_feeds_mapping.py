"""Headings in any words find their fields, and a saved mapping is kept."""

import pytest

from core.feeds.mapping import FeedMapping, MappingDoesNotFit, UnusableMapping
from tests.claim_feeds import FIELDS, from_json, mapping_for, mapping_given, propose_mapping, read_feed

HEADINGS = {
    "client_claim_number": ["Claim Number", "Claim #", "CLM_NO", "ClaimID", "Carrier Claim No.", "File Number", "Incident ID",
                            "Número", "Número de reclamo", "Case No.", "CLAIM_NUMB", "Folio"],
    "family_name": ["Last Name", "EE_LName", "Employee Last Name", "Surname", "Claimant Last", "Apellidos", "CLMT_LAST_NM", "Employee La"],
    "given_name": ["First Name", "EE First Name", "Fname", "Given name", "EMPLOYEE_F"],
    "full_name": ["Employee Name", "Claimant", "Injured Worker", "Worker Name", "Name", "Name of injured employee",
                  "Employee's Name", "Nombre", "Nombre y apellidos", "Nombre del trabajador", "Last Name, First Name", "ee_name"],
    "birth_date": ["DOB", "Date of Birth", "Birth Dt", "EmployeeBirthDate", "Born"],
    "phone": ["Phone", "Employee Phone", "Cell #", "Telephone No", "Mobile"],
    "email": ["E-mail", "Worker Email Address"],
    "language": ["Language", "Primary lang"],
    "preferred_contact": ["Preferred contact method", "Best way to reach"],
    "date_of_injury": ["Date of Injury", "DOI", "Loss Date", "AccidentDate", "Incident Dt", "Date of Loss", "Event", "Injured on",
                       "Date of injury or onset of illness", "D.O.L.", "Fecha del accidente", "DATE_OF_IN", "Date of Inju"],
    "time_of_injury": ["Time of Injury", "Accident Time", "Loss Time"],
    "date_reported": ["Date Reported", "Report Date", "Notice Date", "Date Received", "Reported On", "Date Opened", "ReportedAt",
                      "rept_date", "Rept Dt", "RPT_DT", "DATE_REPOR", "Fecha de aviso", "Fecha de notificación"],
    "time_reported": ["Time Reported", "Report Time", "Time received"],
    "jurisdiction": ["Jurisdiction", "State", "Benefit State", "Accident State", "Juris. St"],
    "narrative": ["Accident Description", "What happened", "Final Narrative", "Investigation Summary Long", "How injury occurred",
                  "Descripción", "Descripción del accidente", "DESCRIPTIO", "Describe injury or illness, parts of body affected, and"
                  " object/substance that directly injured or made person ill", "Accident Desc", "What happened? Tell us how"],
    "body_part": ["Body Part", "Part of Body", "Injured body part", "Body Part Description", "Parte del cuerpo"],
    "nature": ["Nature of Injury", "Injury Type", "Nature Description", "What was the injury or illness?"],
    "cause": ["Cause of Injury", "Cause", "Cause Description", "Causa"],
    "address": ["Home Street", "Employee Address", "Claimant Street Address", "Mailing Address", "Domicilio"],
    "city": ["Employee City", "Home City", "Claimant: City"],
    "postal_code": ["Employee ZIP", "Home Postal Code", "Worker Zip Code", "Injured Worker ZIP"],
    "injury_place": ["Location", "Site", "Plant name", "Accident Location", "Where the event occurred (e.g. Loading dock north end)",
                     "Loss Location", "Place of Accident", "Lugar del accidente", "Work Location"],
    "injury_street": ["Site Address", "Accident Address", "Injury street", "Plant address", "Jobsite Address",
                      "Address where it happened"],
    "injury_city": ["Accident City", "Loss City", "Plant city", "Incident: City"],
    "injury_postal_code": ["Injury ZIP", "Accident Site Postal Code", "Location Zip"],
    "date_of_death": ["Date of Death", "DeathDate", "Date deceased", "DOD", "If employee died, when did death occur? Date of death"],
    "date_of_hire": ["Date of Hire", "Hire Date", "HIRE_DT", "Date hired", "DOH"],
    "reporter": ["Reported by", "Employer Contact", "Contact name", "Reporter", "Prepared By"],
    "reporter_phone": ["Employer phone", "Reporter phone", "Employer Contact Phone #", "Caller Tel"],
    "initial_treatment": ["Initial Treatment", "Initial treatment code", "First Treatment", "Treatment", "Medical Treatment", "Treatment Type",
                          "Type of Medical Treatment", "Tratamiento inicial"],
    "treated_at": ["Treating Physician", "Physician Name", "Name of physician or other health care professional", "Treating Facility",
                   "Medical Provider", "Where was the employee treated?", "Treated by", "Treatment location", "Medical Facility Name"],
    "occupation": ["Occupation", "Job Title", "Job Title (e.g., Welder)", "Occupation Description", "Ocupación", "Puesto", "Employee Occupation",
                   "job_title"],
    "lost_time": ["Lost Time", "Lost Time?", "Lost Time Injury", "Lost work time (Y/N)", "LTI", "Days Lost", "Tiempo perdido"],
    "last_day_worked": ["Last Day Worked", "Last date worked", "Date Last Worked", "Last Work Date", "LDW", "LAST_DAY_OF_WORK",
                        "Último día trabajado"],
    "return_to_work": ["Return to Work Date", "RTW Date", "Date returned to work", "RTW", "Estimated RTW", "Returned To Work On"],
    "modified_duty": ["Modified Duty", "Modified duty available?", "Light Duty", "Restricted Work", "Transitional duty available"],
}  # fmt: skip


@pytest.mark.parametrize(("field", "heading"), [(field, heading) for field in HEADINGS for heading in HEADINGS[field]])
def test_a_heading_finds_its_field(field: str, heading: str) -> None:
    assert propose_mapping([heading], []).columns == {field: heading}


@pytest.mark.parametrize(
    "heading",
    ["Employer Name", "Death Benefits Paid", "Rehired", "Adjuster Phone", "Date Closed",
     "NAICS", "Insured", "Gender", "Policy Effective Date", "Employer Address", "Supervisor Email",
     "Case Manager", "SSN", "Soc Sec No", "Claim No. (SSN)", "Contact First Name",
     "Employer City", "Clinic Zip", "Insured Location", "Report Lag Days",
     "Time employee began work", "IP Address",
     "Prior Claim Number", "Claim No (Previous)", "Phone Type", "Phone Ext.", "Spouse Date of Death", "Dependent Date of Birth",
     "Your e-mail", "Preparer Email", "Teléfono de emergencia", "Teléfono del esposo", "Date of loss run",
     "Emergency Contact", "Emergency Contact Phone", "Supervisor ID", "Contact Date", "Employee Contact",
     "Occupation Code", "Witness Occupation", "Lost Time Start Date", "RTW Status", "Return to Work Restrictions", "Modified Duty Days",
     "Treatment Date", "Treating Physician Phone", "Hospital Address", "Physician NPI", "Provider Specialty", "Facility"],
)  # fmt: skip
def test_a_heading_about_something_else_finds_none(heading: str) -> None:
    assert propose_mapping([heading], []).columns == {}


def test_content_decides_between_likely_headings() -> None:
    mapping = propose_mapping(["Event", "Event Date"], [["Fall", "11/20/2026"], ["Cut", "11/21/2026"]])

    assert mapping.columns["date_of_injury"] == "Event Date"


def test_content_alone_maps_nothing() -> None:
    rows = [
        ["2026-11-23", "Ana Sample", "2026-11-20", "a@b.co"],
        ["2026-11-24", "Bo Sample", "2026-11-20", "c@d.co"],
    ] * 3

    assert propose_mapping(["Anlage", "Wer", "Wann", "Post"], rows) == FeedMapping({})


@pytest.mark.parametrize(
    ("heading", "field", "also"),
    [
        ("Supervisor", "reporter", "work_supervisor"), ("SUPV_NAME", "reporter", "work_supervisor"),
        ("Worker's Supervisor", "reporter", "work_supervisor"), ("Immediate Supervisor Name", "reporter", "work_supervisor"),
        ("Supervisor phone", "reporter_phone", "work_supervisor_phone"),
    ],
)  # fmt: skip
def test_whom_the_worker_works_for_is_called_back_where_nobody_else_is_named(
    heading: str, field: str, also: str
) -> None:
    assert propose_mapping([heading], []).columns == {field: heading, also: heading}


def test_whom_the_worker_works_for_is_known_beside_who_reported() -> None:
    headings = ["Reported By", "Reported By Phone", "Supervisor", "Supervisor Phone"]

    assert propose_mapping(headings, []).columns == dict(
        zip(("reporter", "reporter_phone", "work_supervisor", "work_supervisor_phone"), headings, strict=True)
    )


@pytest.mark.parametrize("heading", ["Hospital", "Clinic name", "Provider"])
def test_what_may_be_where_the_worker_was_treated_is_offered(heading: str) -> None:
    mapping = propose_mapping([heading], [["Mercy"], ["St. Jude"]])

    assert not mapping.columns
    assert mapping.offers["treated_at"].heading == heading


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Returned to work", ["Y", "N", "Y", "N"]), ("Modified Duty", ["1/5/2026", "1/6/2026", "1/7/2026", "1/8/2026"]),
        ("Medical Treatment", ["Y", "N", "Y", "Y"]), ("Occupation", ["112", "113", "114", "115"]),
        ("Lost Time", ["Alpha", "Beta", "Gamma", "Delta"]), ("Last Day Worked", ["Alpha", "Beta", "Gamma", "Delta"]),
    ],
)  # fmt: skip
def test_what_stands_under_care_and_work_can_deny_it(heading: str, cells: list[str]) -> None:
    assert propose_mapping([heading], [[cell] for cell in cells]).columns == {}


class TestWhoReported:
    """At the employer somebody told of it: neither their name nor their telephone is taken for the worker's."""

    @pytest.mark.parametrize(
        ("headings", "reporter", "reporter_phone"),
        [
            (["Employee Name", "Phone", "Contact Name", "Contact Phone"], "Contact Name", "Contact Phone"),
            (["Contact Phone", "Contact Name", "Name", "Phone"], "Contact Name", "Contact Phone"),
            (
                ["Claimant", "Employee phone", "Employer Contact", "Employer phone"],
                "Employer Contact",
                "Employer phone",
            ),
            (["Name", "Cell #", "Reported By Name", "Reported By Phone"], "Reported By Name", "Reported By Phone"),
            (["EE_LAST", "EE_PHONE", "SUPV_NAME", "SUPV_PHONE"], "SUPV_NAME", "SUPV_PHONE"),
            (["Name", "Phone", "Reported By", "Supervisor", "Supervisor Phone"], "Supervisor", "Supervisor Phone"),
            (["Name", "Phone", "Reported By", "Supervisor Phone"], "Reported By", None),
        ],
    )
    def test_is_one_person_with_their_own_telephone(
        self, headings: list[str], reporter: str, reporter_phone: str | None
    ) -> None:
        columns = propose_mapping(headings, []).columns

        assert (columns.get("reporter"), columns.get("reporter_phone")) == (reporter, reporter_phone)
        assert columns.get("full_name", columns.get("family_name")) in ("Employee Name", "Name", "Claimant", "EE_LAST")
        assert columns["phone"] in ("Phone", "Employee phone", "Cell #", "EE_PHONE")

    @pytest.mark.parametrize("heading", ["Contact Phone", "Contact No.", "Employee Contact Phone"])
    def test_a_contacts_telephone_without_a_name_is_the_workers_where_there_is_no_other(self, heading: str) -> None:
        assert propose_mapping(["Employee Name", heading], []).columns == {
            "full_name": "Employee Name",
            "phone": heading,
        }

    @pytest.mark.parametrize("cells", [["Phone", "Fax"], ["Y", "N"], ["312-555-0101", "312-555-0102"]])
    def test_is_no_way_of_reporting_no_yes_or_no_and_no_number(self, cells: list[str]) -> None:
        assert propose_mapping(["Reported By"], [[cell] for cell in cells]).columns == {}

    def test_is_found_by_a_name_with_what_they_are_there(self) -> None:
        mapping = propose_mapping(["Reported By"], [["Dana Reed (day shift lead)"], ["Lee, payroll"]])

        assert mapping.columns == {"reporter": "Reported By"}


def test_no_column_serves_two_fields() -> None:
    columns = propose_mapping(list(FIELDS.values()), []).columns

    assert len(set(columns.values())) == len(columns)


def test_a_saved_mapping_stands_where_its_headings_do() -> None:
    feed = read_feed(b"Name,Other Name,Loss Date,Notice Date,Phone\nAna,Bo,1/1/2026,1/2/2026,312-555-0101\n")
    saved = FeedMapping({"full_name": "Other Name", "date_of_injury": "Loss Date", "date_reported": "Notice Date"})

    assert mapping_for(feed, saved) == saved


@pytest.mark.parametrize(
    "saved",
    [{"full_name": "Worker", "date_of_injury": "Loss Date", "date_reported": "Told"}, {"family_name": "Surname"}],
)
def test_proposals_fill_what_a_saved_mapping_cannot_tell_of_a_file(saved: dict[str, str]) -> None:
    feed = read_feed(b"Surname,First Name,Loss Date,Notice Date\nNova,Ana,1/1/2026,1/2/2026\n")

    assert mapping_for(feed, FeedMapping(saved)).columns == {
        "family_name": "Surname", "given_name": "First Name", "date_of_injury": "Loss Date",
        "date_reported": "Notice Date",
    }  # fmt: skip


def test_proposals_bring_no_second_name_beside_a_saved_one() -> None:
    feed = read_feed(b"Who,Last Name,First Name,Loss Date,Notice Date\nAna Nova,X,Y,1/1/2026,1/2/2026\n")

    columns = mapping_for(feed, FeedMapping({"full_name": "Who"})).columns

    assert columns["full_name"] == "Who"
    assert not columns.keys() & {"family_name", "given_name"}


def test_a_mapping_given_for_a_file_fits_it_or_is_refused_in_words() -> None:
    feed = read_feed(b"Surname,Loss Date,Notice Date\nNova,1/1/2026,1/2/2026\n")

    assert mapping_given(feed, FeedMapping({"full_name": "Surname"})).columns["date_of_injury"] == "Loss Date"
    with pytest.raises(MappingDoesNotFit, match="file does not have: 'Name' for full_name, 'St' for jurisdiction"):
        mapping_given(feed, FeedMapping({"full_name": "Name", "date_reported": "Notice Date", "jurisdiction": "St"}))


def test_a_heading_is_found_however_its_blanks_are_written() -> None:
    feed = read_feed(b"Surname,Loss  Date\nNova,1/1/2026\n")

    assert from_json({"date_of_injury": " Loss  Date"}).astray(feed) == ""


def test_a_mapping_survives_being_saved() -> None:
    mapping = FeedMapping({"full_name": "Name", "date_of_injury": "Loss Date"}, "dmy")

    assert from_json(mapping.to_json(FIELDS)) == mapping


@pytest.mark.parametrize("saved", [{"full_name": "Name"}, {"Name": "full_name"}, {"columns": {"full_name": "Name"}}])
def test_a_mapping_may_be_written_either_way_round(saved: object) -> None:
    assert from_json(saved).columns == {"full_name": "Name"}


@pytest.mark.parametrize(
    "saved", [[], "x", {"shoe_size": "Size"}, {"full_name": 3}, {"columns": {}, "date_order": "up"}]
)
def test_what_is_no_mapping_is_refused(saved: object) -> None:
    with pytest.raises(UnusableMapping):
        from_json(saved)


def test_a_date_of_death_is_looked_for_whatever_a_saved_mapping_leaves_out() -> None:
    saved = FeedMapping({"full_name": "Name", "date_of_injury": "DOI", "date_reported": "Date Reported"})
    feed = read_feed(b"Name,DOI,Date Reported,Date of Death,Phone\nAna B,1/1/2026,1/2/2026,1/1/2026,3125550101\n")

    assert mapping_for(feed, saved).columns == {**saved.columns, "date_of_death": "Date of Death"}

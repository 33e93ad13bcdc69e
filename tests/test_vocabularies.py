"""Words that Python, the database and the browser each have to know are the same in all of them."""

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from desk_board import __file__ as board

from core import authorizations, client_changes, referrals, rules, statutes, typeset
from core.access import Role
from core.audit import KNOWN_VERBS
from core.authorizations import telling
from core.claim_file import DocumentKind, Status
from core.claims import EventKind
from core.clocks import Clock, State
from core.contact import (
    EXPLAINED_WORDS,
    FITTING,
    IDENTITY_WORDS,
    PROMISING,
    RECORDED_WITHIN,
    WORK_WORDS,
    Channel,
    Consent,
    Explained,
    Identity,
    Method,
    Outcome,
    Party,
    WorkStatus,
    brief,
    vocabulary,
)
from core.drafts import FIELD_FORMS
from core.feeds import kinds as feed_kinds
from core.feeds import values as feed_values
from core.files import MOST_BYTES, FileKind
from core.holiday_calendars import calendars
from core.intake import (
    ASKED_ALWAYS,
    BRIEFLY,
    CONTACT_METHODS,
    DOUBTS,
    ELEMENTS,
    FIELDS,
    LOST_TIME,
    REPRESENTATIVES,
    TREATMENTS,
    Report,
    missing,
    requirements,
    ruling,
)
from core.intake.doubts import DATE_FLAGS, DEATH_FLAGS
from core.intake.told import LIMITS, LONGEST_KEY
from core.lists import LISTS
from core.live import Condition, Kind, LiveList
from core.narrowing import Filter
from core.queue import INTAKE
from core.queue.lists import STAGES
from core.statutes import holiday_list, setting
from core.worklist import KINDS, MY_WORK
from db import locks
from pages.door.headers import BROWSER_DAYS
from pages.parts import live_lists, onlookers
from pages.parts.fields import GROUPS
from pages.parts.first_contact import heatmap

ROOT = Path(__file__).resolve().parent.parent
ASSETS = Path(board).parent / "assets"
SCHEMA = (ROOT / "db" / "schema.sql").read_text(encoding="utf-8")
STYLE = (ASSETS / "board.css").read_text(encoding="utf-8")
PAGES = (ROOT / "pages" / "parts" / "desk.css").read_text(encoding="utf-8")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


def allowed(check: str) -> set[str]:
    """Return the values that the database's check called so allows."""
    [listed] = re.findall(rf"CONSTRAINT {check} CHECK \(\(\w+ = ANY \(ARRAY\[(.+)\]\)\)\)", SCHEMA)
    return set(re.findall(r"'(\w+)'::text", listed))


@pytest.mark.parametrize(
    ("check", "members"),
    [
        ("staff_role_known", Role),
        ("sla_policy_clock_known", Clock),
        ("contact_attempt_party_known", Party),
        ("contact_attempt_method_known", Method),
        ("contact_attempt_outcome_known", Outcome),
        ("intake_question_element_known", ELEMENTS),
        ("file_kind_known", FileKind),
        ("claim_document_kind_known", DocumentKind),
        ("claim_condition_status_known", Status),
        ("representative_kind_known", REPRESENTATIVES),
        ("first_contact_work_status_known", WorkStatus),
        ("injured_worker_preferred_known", CONTACT_METHODS),
        ("claim_narrative_initial_treatment_known", TREATMENTS),
        ("claim_narrative_lost_time_known", LOST_TIME),
        ("contact_consent_channel_known", Channel),
        ("contact_consent_answer_known", Consent),
        ("intake_requirement_element_known", ruling.facts().keys() - set(requirements.OPENS_A_CLAIM)),
        ("intake_requirement_asked_known", requirements.SAYS),
        ("intake_requirement_only_if_known", requirements.CONDITIONS),
        ("intake_requirement_sureness_known", ruling.SURENESS),
        ("statutory_clock_unit_known", statutes.Unit),
        ("statutory_clock_extension_unit_known", statutes.Unit),
        ("statutory_clock_extension_from_known", statutes.From),
        ("statutory_clock_lapse_known", statutes.Lapse),
        ("statutory_clock_confidence_known", statutes.Sureness),
        ("letter_party_known", authorizations.TOLD),
        ("letter_language_known", authorizations.Language),
        ("letter_template_known", typeset.VERSIONS.keys() - {"appointment_letter"}),  # which is a document alone
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_the_database_allows_what_the_services_know(check: str, members: Iterable[str]) -> None:
    assert allowed(check) == set(members)


def longest(table: str, column: str) -> int:
    """Return how many characters the database lets *column* of *table* hold."""
    [defined] = re.findall(rf"^CREATE TABLE {table} \((.+?)^\);", SCHEMA, re.DOTALL | re.MULTILINE)
    [most] = re.findall(rf"length\((?:btrim\()?{column}\)+ <= (\d+)\)", defined)
    return int(most)


_TEXTS = {
    "claim": ("client_claim_number",),
    "claim_narrative": (
        *("body_part", "nature", "cause", "reporter", "reporter_phone", "injury_place", "treated_at", "occupation"),
        *("work_supervisor", "work_supervisor_phone"),
    ),
}
_OF_THE_WORKER = set(LIMITS) - {"narrative"} - {each for columns in _TEXTS.values() for each in columns}


@pytest.mark.parametrize(
    ("table", "column", "most"),
    [
        *((table, each, LIMITS[each][0]) for table, columns in _TEXTS.items() for each in columns),
        *(("injured_worker", each, LIMITS[each][0]) for each in sorted(_OF_THE_WORKER)),
        *(("injured_worker", key, LONGEST_KEY) for key in ("family_key", "given_key")),
        ("claim_narrative", "narrative", 10 * LIMITS["narrative"][0]),
        ("contact_consent", "words", vocabulary.LONGEST_CONSENT),
        ("contact_attempt", "against_why", vocabulary.LONGEST_REASON),
        ("injured_worker", "do_not_contact", vocabulary.LONGEST_REASON),
        ("clock_pause", "reason", vocabulary.LONGEST_REASON),
        ("intake_question", "unobtainable_why", vocabulary.LONGEST_REASON),
        ("sla_policy", "reason", client_changes.LONGEST_REASON),
        ("letter", "recipient", telling.LONGEST_RECIPIENT),
        ("cadence", "why", rules.LONGEST_WHY),
        ("statutory_clock", "why", rules.LONGEST_WHY),
        ("statutory_clock_check", "against", setting.LONGEST_AGAINST),
        ("statutory_holiday", "name", holiday_list.LONGEST_NAME),
        ("statutory_holiday", "reason", holiday_list.LONGEST_REASON),
    ],
)
def test_the_database_holds_as_much_of_a_text_as_the_services(table: str, column: str, most: int) -> None:
    assert longest(table, column) == most


def test_the_database_knows_every_flag_and_every_kind_of_work() -> None:
    [flags] = re.findall(r"CONSTRAINT claim_flags_known CHECK \(\(\(flags <@ ARRAY\[(.+?)\]\)", SCHEMA)
    assert set(DOUBTS) <= set(re.findall(r"'(\w+)'::text", flags))
    [(first, last)] = re.findall(
        r"work_mark_kind_numbered CHECK \(\(\(kind >= (\d+)\) AND \(kind <= (\d+)\)\)\)", SCHEMA
    )
    assert {kind.arm.number for kind in KINDS} <= set(range(int(first), int(last) + 1))


def test_the_database_lets_a_method_end_as_the_services_do() -> None:
    [fits] = re.findall(r"CONSTRAINT contact_attempt_outcome_fits CHECK \((.+)\),?\n", SCHEMA)
    for arm in fits.split(" OR "):
        [method] = re.findall(r"method = '(\w+)'", arm)
        named = set(re.findall(r"'(\w+)'", arm)) - {method}
        assert (set(Outcome) - named if "<>" in arm else named) == FITTING[Method(method)], method
    assert set(re.findall(r"method = '(\w+)'", fits)) == set(Method)


def test_the_database_lets_a_call_be_promised_after_what_the_services_do() -> None:
    [later] = re.findall(r"CONSTRAINT contact_attempt_call_again_later CHECK \((.+)\),?\n", SCHEMA)
    assert set(re.findall(r"'(\w+)'::text", later)) == set(PROMISING)


@pytest.mark.parametrize(
    ("check", "members", "words"),
    [
        ("first_contact_identity_known", Identity, IDENTITY_WORDS),
        ("first_contact_identity_by_two", Identity, IDENTITY_WORDS),
        ("first_contact_explained_known", Explained, EXPLAINED_WORDS),
    ],
)
def test_the_database_allows_what_a_first_contact_holds(
    check: str, members: type[Identity | Explained], words: Mapping[str, str]
) -> None:
    [condition] = re.findall(rf"CONSTRAINT {check} CHECK \((.+)\),?\n", SCHEMA)
    assert set(re.findall(r"'(\w+)'::text", condition)) == set(members) == set(words)


def test_the_database_knows_the_calendars_that_can_be_chosen() -> None:
    [known] = re.findall(r"CREATE FUNCTION desk_calendar_known.+?ARRAY\[(.+?)\]", SCHEMA, re.DOTALL | re.IGNORECASE)
    assert set(re.findall(r"'([\w-]+)'", known)) == set(calendars())


@pytest.mark.parametrize("live_list", LISTS.values(), ids=lambda each: each.name)
class TestALiveList:
    def test_has_a_script_for_every_kind_of_column_and_every_condition_of_a_figure(self, live_list: LiveList) -> None:
        kinds = set(re.findall(r"^  (\w+): {$", (ASSETS / "kinds.js").read_text(encoding="utf-8"), re.MULTILINE))
        [conditions] = re.findall(
            r"^const CONDITIONS = {(.+?)^}", (ASSETS / "book.js").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        )

        assert kinds == set(Kind)
        assert set(re.findall(r"^  (\w+):", conditions, re.MULTILINE)) == set(Condition)

    def test_names_its_own_columns_and_says_what_it_shows(self, live_list: LiveList) -> None:
        columns = {column.name for column in live_list.source.columns}

        assert set(live_list.named) <= columns
        assert {figure.column for figure in live_list.figures} - {""} <= columns
        assert [each.kind for each in live_list.source.columns].count(Kind.CLOCK) == 1
        assert [each.kind for each in live_list.source.columns].count(Kind.LINK) == 1
        assert [figure.condition for figure in live_list.figures].count(Condition.ALL) == 1
        assert all(figure.nothing for figure in live_list.figures if figure.condition is not Condition.ALL)


class TestTheFieldsOfAClaim:
    def test_stand_each_in_one_group_of_its_page_under_a_form_whose_words_are_kept(self) -> None:
        assert sorted(field for group in GROUPS for field in group.fields) == sorted(FIELDS)
        assert tuple(group.form for group in GROUPS) == FIELD_FORMS

    def test_are_all_that_a_report_sets_but_what_a_supervisor_settles_and_what_is_only_compared(self) -> None:
        others = {"reported_at", "reported_to", "date_of_death", "date_of_hire"}

        assert {each.name for each in dataclasses.fields(Report)} - others <= set(FIELDS)

    def test_answer_elements_that_there_are(self) -> None:
        assert {element for field in FIELDS.values() for element in field.elements} <= set(ELEMENTS)

    def test_are_asked_for_by_elements_in_the_order_of_a_conversation(self) -> None:
        empty = Report("", date(2026, 11, 23), datetime(2026, 11, 23, tzinfo=UTC))
        asked = missing(empty, ELEMENTS)

        assert asked == [element for element in ELEMENTS if element in asked]
        assert missing(empty) == [element for element in asked if element in ASKED_ALWAYS]
        assert len(asked) == len(ELEMENTS) - 7
        assert set(BRIEFLY) == set(ELEMENTS)


def test_each_way_that_work_stands_has_its_words() -> None:
    assert set(WORK_WORDS) == set(WorkStatus)


def test_an_attempt_has_brief_words_whatever_came_of_it() -> None:
    for party, method in product(Party, Method):
        for outcome in FITTING[method]:
            short, whole = brief(party, method, outcome)
            assert short[0].isupper()
            assert len(short) < len(whole)


def test_the_database_keeps_files_of_the_size_that_the_services_take() -> None:
    assert re.findall(r"\b(?:size|octet_length\(content\)) *\)? *<= (\d+)", SCHEMA) == [str(MOST_BYTES)] * 2


def test_a_sign_in_ends_after_twelve_hours_whichever_function_is_asked() -> None:
    functions = re.findall(r"^CREATE FUNCTION (\w+)(.+?)^REVOKE", SCHEMA, re.DOTALL | re.MULTILINE)
    hours = {name: re.findall(r"issued_at (?:\+|> p_at -) interval '([^']+)'", text) for name, text in functions}

    assert {name for name, found in hours.items() if found} == {"desk_who", "desk_touch", "desk_session_ends"}
    assert {each for found in hours.values() for each in found} == {"12 hours"}


def test_a_contact_is_recorded_late_after_as_many_hours_as_the_services_say() -> None:
    [hours] = re.findall(r"v_late := p_at < v_recorded - interval '(\d+) hours'", SCHEMA)

    assert timedelta(hours=int(hours)) == RECORDED_WITHIN


def test_the_database_lets_go_of_the_doubts_that_the_services_look_at_anew() -> None:
    [settled] = re.findall(r"CREATE FUNCTION desk_doubt_settled\(\)(.+?)\$\$;", SCHEMA, re.DOTALL)
    dates, deaths = (
        tuple(re.findall(r"'(\w+)'", listed))
        for listed in re.findall(r"constant text\[\] := array\[(.+?)\]", settled, re.DOTALL)
    )

    assert (dates, deaths) == (DATE_FLAGS, DEATH_FLAGS)


def test_what_services_put_on_a_timeline_is_on_the_record_by_the_same_word() -> None:
    [policy] = re.findall(r"CREATE POLICY as_told ON audit_event .+?'\{(.+?)\}'", SCHEMA, re.DOTALL)
    of_no_timeline = set(policy.split(","))

    assert of_no_timeline < KNOWN_VERBS
    assert not of_no_timeline & set(get_args(EventKind))
    assert set(get_args(EventKind)) <= KNOWN_VERBS


def test_a_lock_that_the_database_takes_by_itself_is_one_that_has_a_name() -> None:
    named = {number for name, number in vars(locks).items() if name.isupper()}

    assert {int(number) for number in re.findall(r"advisory_xact_lock\((\d+)", SCHEMA)} <= named


def test_a_browser_is_forgotten_by_the_database_when_its_cookie_ends() -> None:
    assert re.findall(r"last_at < v_at - interval '(\d+) days'", SCHEMA) == [str(BROWSER_DAYS)]


def test_what_somebody_did_on_an_open_claim_has_words_whatever_it_was() -> None:
    before_it_is_open = {"reported"}

    assert set(onlookers.DID) == set(get_args(EventKind)) - before_it_is_open | {"attempt"}


def test_the_database_lets_services_tell_what_there_is_to_tell_and_the_rest_it_tells_itself() -> None:
    [tells] = re.findall(r"CREATE FUNCTION desk_tells\(\)(.+?)\$\$;", SCHEMA, re.DOTALL)
    listed = " ".join(re.findall(r"array\[(.+?)\]", tells, re.DOTALL))
    by_itself = {
        "first_contact_struck", "closed", "reopened", "merged", "merge_undone", "taken_back",
        "intake_finished", "intake_left", "asked_by_rule",
        *(f"call_{what}" for what in ("booked", "moved", "done", "missed", "cancelled")),
        *(f"call_request_{what}" for what in ("made", "declined", "withdrawn")),
        *(f"consent_{answer}" for answer in Consent),
        *(f"authorization_{what}" for what in ("logged", "changed", "followed_up")),
        "determined", "determination_corrected", "determination_told",
        *(f"referral_{what}" for what in ("made", "confirmed", "reported", "withdrawn")),
        *(f"appointment_{what}" for what in ("booked", "moved", "kept", "missed", "cancelled")),
    }  # fmt: skip

    assert set(re.findall(r"'(\w+)'", listed)) == set(get_args(EventKind)) - by_itself


class TestColours:
    @pytest.mark.parametrize(
        ("state", "colour"),
        [("overdue", "redColor"), ("soon", "orangeColor"), ("waiting", "blueColor"), ("kept", "greenColor")],
    )
    def test_a_state_has_one_in_the_list_and_on_the_pages(self, state: str, colour: str) -> None:
        both = re.findall(rf"--{state}: light-dark\((#\w+), (#\w+)\);", STYLE)

        assert both == [tuple(THEME[theme][colour].lower() for theme in ("light", "dark"))]

    def test_a_claim_that_is_found_has_one_for_how_it_stands(self) -> None:
        of_the_finder = [line for line in STYLE.splitlines() if line.startswith(".finder ") and ".standing" in line]

        assert set(re.findall(r'data-state="(\w+)"', "".join(of_the_finder))) == set(State) - {State.RUNNING}

    def test_pages_write_in_the_themes_own_and_no_others(self) -> None:
        names = ("linkColor", "redColor", "orangeColor", "blueColor", "greenColor", "textColor")
        of_both_themes = {tuple(THEME[theme][name].lower() for theme in ("light", "dark")) for name in names}

        assert set(re.findall(r"(?:solid|color:) light-dark\((#\w+), (#\w+)\)", PAGES)) == of_both_themes

    def test_the_ink_of_the_heatmap_is_that_of_its_picture(self) -> None:
        inks = heatmap.INK_ON_LIGHT.lower(), heatmap.INK_ON_DARK.lower()

        assert re.findall(r"--on-colour: light-dark\((#\w+), (#\w+)\);", STYLE) == [inks]

    def test_what_is_withheld_is_an_outline_on_either_ground_and_no_dark_square(self) -> None:
        [rule] = re.findall(r"^\.heatmap :is\(td, i\)\[data-outlined\] \{(.*)\}$", STYLE, re.MULTILINE)

        assert "border: 1px dashed" in rule
        assert "background" not in rule


def test_a_claims_page_keeps_what_its_list_is_narrowed_to_and_next_stays_within_it() -> None:
    kept = live_lists._KEPT
    lists = (INTAKE, MY_WORK)
    narrows = {column.name for each in lists for column in each.source.columns if column.everything}
    figures = {figure.name for each in lists for figure in each.figures if figure.condition is not Condition.ALL}

    assert set(kept["what"].split("|")) == {kind.code for kind in KINDS}
    assert narrows | {"figure"} == set(Filter._fields) == kept.keys() - {"work"}
    assert set(kept["figure"].split("|")) == figures
    assert set(kept["stage"].split("|")) == STAGES.keys()


def test_a_kind_of_feed_is_called_as_its_folder_by_which_its_command_is() -> None:
    folders = {folder.parent.name for folder in Path(feed_kinds.__file__).parent.glob("*/__init__.py")}

    assert {kind.code for kind in feed_kinds.KINDS} == folders
    assert len(feed_kinds.KINDS) == len(folders)


def test_a_name_in_a_feed_is_as_long_as_one_that_is_kept() -> None:
    assert {LIMITS[name][0] for name in ("family_name", "given_name")} == {feed_values.LONGEST_NAME}


class TestReferrals:
    @pytest.mark.parametrize(
        ("constraint", "known"),
        [
            ("referral_outside_reasoned", set(referrals.OutsideWhy)),
            ("referral_confirmation_party_known", set(referrals.Party)),
            ("referral_confirmation_how_known", set(referrals.Way)),
            ("referral_outcome_known", {"reported", "withdrawn", "over"}),
        ],
    )
    def test_have_the_same_words_in_code_and_database(self, constraint: str, known: set[str]) -> None:
        [check] = re.findall(rf"CONSTRAINT {constraint} CHECK (.+)", SCHEMA)
        [listed] = re.findall(r"ARRAY\[(.+?)\]", check)

        assert set(re.findall(r"'(\w+)'", listed)) == known

    def test_have_words_for_every_state_step_and_choice(self) -> None:
        for members, said in (
            (referrals.State, referrals.STATES), (referrals.Step, referrals.STEPS), (referrals.Party, referrals.PARTIES),
            (referrals.Way, referrals.WAYS), (referrals.OutsideWhy, referrals.OUTSIDE_WHYS),
        ):  # fmt: skip
            assert set(members) == set(said)

    def test_are_as_long_as_the_database_keeps_them(self) -> None:
        limits = {
            "asked": referrals.LONGEST_WORDS, "referred_by": referrals.LONGEST_NAME, "outside_name": referrals.LONGEST_NAME,
            "outside_words": referrals.LONGEST_WORDS, "outside_address": referrals.LONGEST_ADDRESS, "with_whom": referrals.LONGEST_NAME,
        }  # fmt: skip
        for column, limit in limits.items():
            assert re.findall(rf"length\({column}\) <= (\d+)", SCHEMA) == [str(limit)], column

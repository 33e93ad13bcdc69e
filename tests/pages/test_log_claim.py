"""Logging a claim on the telephone: what is known goes in, what is not never holds it up."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import drafts
from core.access import Actor, Role
from core.transactions import transaction
from pages import menu
from pages.parts import log_claim
from pages.parts.markdown import verbatim
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown, as_typed, drawn

MENU = str(Path(menu.__file__))

SAVE = "Save and open the claim"

Open = Callable[[Actor], AppTest]


@pytest.fixture
def open_form(sit_down: SitDown, desk: Desk) -> Open:
    """Open the form as somebody, from the menu as a person does."""

    def run(actor: Actor) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(MENU, default_timeout=30).run()
        page.switch_page("coordination/log_claim.py").run()
        assert not page.exception
        return page

    return run


def write(page: AppTest, **said: object) -> None:
    for name, value in said.items():
        label = name.replace("_", " ").capitalize()
        kinds = [*page.text_input, *page.text_area, *page.time_input, *page.selectbox]
        next(f for f in kinds if f.label.removesuffix(", optional") == label).set_value(as_typed(value))


def field(page: AppTest, label: str) -> object:
    return next(each for each in page.text_input if each.label == label).value


def send(page: AppTest, label: str = SAVE) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def one(desk: Desk, statement: str) -> object:
    with desk.owner() as db:
        row = db.execute(statement).fetchone()
        return row[0] if row and len(row) == 1 else row


def test_a_name_and_a_date_are_enough_and_the_clock_starts_now(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23))

    send(page)

    assert one(desk, "select family_name from injured_worker") == "Núñez"
    assert one(desk, "select reported_at, date_of_injury, channel from claim") == (NOW, date(2026, 11, 23), "form")
    assert one(desk, "select count(*) from intake_question") == 8


def test_what_was_told_is_kept_in_the_clients_own_time(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client(timezone="America/Los_Angeles")))
    write(
        page,
        given_name="Jo",
        family_name="Núñez",
        date_of_injury=date(2026, 11, 23),
        reported_at=datetime.combine(date(2026, 11, 24), time(6, 15)),  # the client's local time
        telephone="312 555 0101",
        state="CA",
        what_happened="Fell from a ladder.",
        reported_by="Dana Reed, shift lead",
        call_back_at="312 555 0107",
    )

    send(page)

    assert one(desk, "select reported_at, jurisdiction from claim") == (
        datetime(2026, 11, 24, 14, 15, tzinfo=UTC),
        "CA",
    )
    assert one(desk, "select phone from injured_worker") == "+13125550101"
    assert one(desk, "select narrative, reporter, reporter_phone from claim_narrative") == (
        "Fell from a ladder.", "Dana Reed, shift lead", "+13125550107",
    )  # fmt: skip


TWICE = datetime.combine(date(2026, 11, 1), time(1, 30))
"""Clocks in Chicago show it in daylight time, and an hour later again."""


@pytest.mark.parametrize(
    ("which", "instant"), [(0, datetime(2026, 11, 1, 6, 30, tzinfo=UTC)), (1, datetime(2026, 11, 1, 7, 30, tzinfo=UTC))]
)
def test_a_time_that_comes_twice_is_asked_which_of_the_two(
    open_form: Open, desk: Desk, which: int, instant: datetime
) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, family_name="Núñez", date_of_injury=date(2026, 10, 31), reported_at=TWICE)
    send(page)

    [asked] = page.radio
    assert [each.value for each in page.error] == ["01:30 comes twice that night: choose which of the two is meant."]
    assert (asked.options, asked.value) == (["The first, 01:30 CDT", "The second, 01:30 CST"], None)
    assert one(desk, "select count(*) from claim") == 0

    asked.set_value(which)
    send(page)
    assert one(desk, "select reported_at from claim") == instant


def test_a_time_that_never_comes_is_taken_as_everywhere_and_that_is_said(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    skipped = datetime.combine(date(2026, 3, 8), time(2, 30))
    write(page, family_name="Núñez", date_of_injury=date(2026, 3, 7), reported_at=skipped)

    send(page)

    assert one(desk, "select reported_at from claim") == datetime(2026, 3, 8, 8, 0, tzinfo=UTC)
    assert [each.value for each in page.toast] == [
        "Claim C-1 logged. The clock runs. 02:30 on Sun 8 Mar 2026 does not occur: clocks go forward that night."
        " It is taken as 03:00 CDT."
    ]


def test_who_reported_is_asked_first_and_stays_out_of_the_address(open_form: Open) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    assert [field.label for field in page.text_input][:2] == ["Reported by", "Call back at"]
    write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23), reported_by="Dana Reed", call_back_at="5550107")

    send(page)

    assert page.title[0].value.endswith(" · C-1")
    assert set(page.query_params) == {"client", "claim"}
    assert "Reed" not in str(page.query_params)


def test_what_is_sent_by_the_old_address_while_the_claim_is_begun_stays_in_the_form(
    open_form: Open, desk: Desk
) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, given_name="Robin", date_of_injury=date(2026, 11, 23))
    page.run()
    assert one(desk, "select count(*) from claim") == 1

    page.query_params.clear()
    write(page, family_name="Sample")
    page.run()

    assert (field(page, "Given name"), field(page, "Family name")) == ("Robin", "Sample")
    assert set(page.query_params) == {"client", "claim"}
    assert one(desk, "select count(*) from claim") == 1


def test_the_menu_leads_to_an_empty_form_once_the_browser_has_heard_of_the_claim(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, given_name="Robin", date_of_injury=date(2026, 11, 23))
    page.run()
    page.run()

    page.query_params.clear()
    page.run()

    assert not field(page, "Given name")


def test_then_the_claim_itself_opens_with_what_is_still_to_ask(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23))

    send(page)

    assert page.title[0].value.endswith(" · C-1")
    assert [each.value for each in page.toast] == ["Claim C-1 logged. The clock runs."]
    assert any("open question" in each.value for each in page.markdown)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"date_of_injury": date(2026, 11, 23)}, "Write the worker's family name."),
        ({"family_name": "Núñez"}, "Give the date of injury."),
    ],
)
def test_says_what_a_claim_needs(open_form: Open, desk: Desk, said: dict[str, object], sentence: str) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, **said)

    send(page)

    assert [each.value for each in page.error] == [sentence]
    assert one(desk, "select count(*) from claim") == 0


def test_everything_that_is_wrong_is_said_at_once_above_the_button(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client(), factories.client()))
    write(page, reported_by="x" * 201, what_happened="y" * 20_001)

    send(page)

    assert [each.value for each in page.error] == [
        "Choose the client.",
        "Write the worker's family name.",
        "Give the date of injury.",
        "What happened holds at most 20,000 characters, and this has 20,001: shorten it."
        " Reported by holds at most 200 characters, and this has 201: shorten it.",
    ]
    order = [each.type for each in drawn(page.main) if each.type in ("error", "button")]
    assert order == [*["error"] * 4, "button"], "what is wrong, what saves the claim"
    assert len(str(field(page, "Reported by"))) == 201
    assert one(desk, "select count(*) from claim") == 0


def test_no_client_is_chosen_beforehand_where_there_are_several(open_form: Open) -> None:
    page = open_form(factories.staff(Role.VA, factories.client(), factories.client()))

    assert page.selectbox[0].value is None


def test_the_clocks_of_the_form_are_named_once_the_client_is_chosen(open_form: Open, desk: Desk) -> None:
    factories.client("EAST", timezone="America/New_York")
    factories.client("WEST", timezone="America/Los_Angeles")
    page = open_form(factories.staff(Role.SUPERVISOR))
    assert not [each for each in page.main.caption if "Times" in each.value]

    page.selectbox[0].select(one(desk, "select name from client where code = 'WEST'")).run()

    assert [each.value for each in page.main.caption] == [
        "Times on this page are Pacific time, PST. Enter goes to what is asked next, Tab to every field."
    ]


def test_a_refusal_keeps_what_was_typed(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23), reported_by="x" * 201)

    send(page)

    assert [each.value for each in page.error] == [
        "Reported by holds at most 200 characters, and this has 201: shorten it."
    ]
    assert field(page, "Family name") == "Núñez"
    assert one(desk, "select count(*) from claim") == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"date_of_injury": "02/30/2026"}, "Date of injury: There is no such day in the calendar: month first, then day, then year."),
        ({"date_of_birth": "31/01/1980"}, "Date of birth: There is no such day in the calendar: month first, then day, then year."),
        ({"date_of_birth": "Jan 31"}, "Date of birth: Write the date as MM/DD/YYYY: 01/31/1980."),
        ({"date_of_birth": "11/25/2026"}, "Date of birth: This date lies in the future."),
        ({"reported_at": "11/24/2026 25:61"}, "Reported at: Write day and time as MM/DD/YYYY HH:MM: 11/24/2026 09:05."),
    ],
)  # fmt: skip
def test_a_date_that_does_not_exist_is_told_and_never_moved(
    open_form: Open, desk: Desk, said: dict[str, object], sentence: str
) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, family_name="Núñez", **{"date_of_injury": date(2026, 11, 23), **said})

    send(page)

    assert [each.value for each in page.error] == [sentence]
    assert one(desk, "select count(*) from claim") == 0


def test_a_way_that_leads_to_nobody_is_told_before_anything_is_kept(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23), telephone="555 12", **{"e-mail": "maria@"})

    send(page)

    assert [each.value for each in page.warning] == [
        verbatim(
            "The report says '555 12'; that is no telephone number. The report says 'maria@'; that is no e-mail address."
        )
        + " Correct it, or save it as it is: then it stays to be asked."
    ]
    assert one(desk, "select count(*) from claim") == 0
    send(page)
    asked = one(desk, "select array_agg(reason order by reason) from intake_question where element = 'reach'")
    assert asked == ["email_unreadable", "phone_unreadable"]


def test_what_is_wrong_and_what_is_in_doubt_are_told_at_once(open_form: Open) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, date_of_injury=date(2026, 11, 30), telephone="555 12", reported_at="02/30/2026 09:00")

    send(page)

    assert len(page.error) == 2
    assert [each.value for each in page.warning] == [
        "The injury lies in the future. The report says '555 12'; that is no telephone number."
        " Correct it, or save it as it is: then it stays to be asked.",
        "Reported at: There is no such day in the calendar: month first, then day, then year.",
    ]


def test_a_state_is_found_by_its_code_and_by_its_name(open_form: Open) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))

    [state] = [each for each in page.selectbox if each.label == "State"]
    assert "IL, Illinois" in state.options
    assert state.options == sorted(state.options)


class TestADateThatCannotBe:
    LATER = "The injury is later than the report of it. Correct it, or save it as it is: then it stays to be asked."

    @pytest.fixture
    def page(self, open_form: Open) -> AppTest:
        """The form, sent at 09:00 with an injury of that day that is later than its report, an hour before."""
        page = open_form(factories.staff(Role.VA, factories.client()))
        write(
            page, family_name="Núñez", date_of_injury=date(2026, 11, 24), time_of_injury=time(8, 30),
            reported_at=datetime.combine(date(2026, 11, 24), time(8, 0)),
        )  # fmt: skip
        return send(page)

    def test_is_told_before_anything_is_kept(self, page: AppTest, desk: Desk) -> None:
        assert [each.value for each in page.warning] == [self.LATER]
        assert [each.label for each in page.main.button] == [SAVE]
        assert field(page, "Family name") == "Núñez"
        assert one(desk, "select count(*) from claim") == 0

    def test_is_kept_as_it_is_where_the_person_saves_it_again_and_asked_about(self, page: AppTest, desk: Desk) -> None:
        send(page)

        assert one(desk, "select injured_time, flags from claim") == (time(8, 30), ["negative_lag"])
        assert one(desk, "select count(*) from intake_question where reason = 'negative_lag'") == 1

    def test_is_no_more_once_it_is_corrected(self, page: AppTest, desk: Desk) -> None:
        write(page, time_of_injury=time(7, 30))
        send(page)
        assert one(desk, "select injured_time, flags from claim") == (time(7, 30), [])

    def test_is_told_anew_where_it_is_another_one(self, page: AppTest, desk: Desk) -> None:
        write(page, date_of_injury=date(2026, 11, 30))
        send(page)

        assert [each.value for each in page.warning] == [
            "The injury lies in the future. Correct it, or save it as it is: then it stays to be asked."
        ]
        assert one(desk, "select count(*) from claim") == 0

    def test_and_a_claim_reported_before_are_both_told_and_both_confirmed(self, page: AppTest, desk: Desk) -> None:
        factories.claim(1)
        with desk.owner() as db:
            db.execute("update claim set client_claim_number = 'A-1', client_number_key = 'a-1'")
        write(page, **{"client's_claim_number": "A-1"})

        send(page)
        assert len(page.warning) == 2
        assert one(desk, "select count(*) from claim") == 1

        send(page, "It is another injury")
        send(page)
        assert one(desk, "select flags from claim where claim_id = 2") == ["negative_lag"]


class TestWhatMayHaveBeenReportedBefore:
    @pytest.fixture
    def va(self, desk: Desk) -> Actor:
        return factories.staff(Role.VA, factories.client())

    @pytest.fixture
    def page(self, open_form: Open, desk: Desk, va: Actor) -> AppTest:
        """The form, sent with the number that another claim carries."""
        [client] = va.clients
        factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set client_claim_number = 'A-1', client_number_key = 'a-1'")
        page = open_form(va)
        typed = {"family_name": "Núñez", "date_of_injury": date(2026, 11, 23), "client's_claim_number": "a-1"}
        write(page, **typed)
        return send(page)

    def test_is_said_with_the_other_claim_and_keeps_what_was_typed(self, page: AppTest, desk: Desk) -> None:
        assert [each.value for each in page.warning] == [
            "This client's claim number is also on [C-1](/claim?client=1&claim=1#C-1). This may have been reported before."
        ]
        assert [each.label for each in page.main.button] == [SAVE, "It is another injury"]
        assert [each.value for each in page.error] == [
            "Say first, beside the form, whether it is a claim that there is or another injury."
        ]
        assert field(page, "Family name") == "Núñez"
        assert one(desk, "select count(*) from claim") == 1

    def test_can_be_saved_as_a_second_claim_with_the_question_open(self, page: AppTest, desk: Desk) -> None:
        send(page, "It is another injury")
        assert one(desk, "select count(*) from claim") == 2, "it is begun at once"
        send(page)

        assert page.title[0].value.endswith(" · C-2")
        assert [each.value for each in page.toast] == ["Claim C-2 logged. The clock runs."]
        assert one(desk, "select claim_id, why from intake_question where element = 'client_claim_number'") == (
            2,
            "This number is also on C-1: is it right?",
        )

    def test_or_the_other_claim_is_opened_and_what_was_typed_waits(self, page: AppTest, desk: Desk, va: Actor) -> None:
        request = page.session_state["report.request"]
        with transaction(va) as tx:
            drafts.keep(va, tx, form=log_claim.FORM, request=request, fields={"family_name": "Núñez"}, at=NOW)

        page.switch_page("coordination/my_work.py").run()
        assert any("A report that you began waits since" in each.value for each in page.markdown)
        page.switch_page("coordination/log_claim.py").run()
        assert (field(page, "Family name"), len(page.warning)) == ("Núñez", 0)

    def test_is_looked_at_again_as_it_is_typed_by_then(self, page: AppTest, desk: Desk) -> None:
        write(page, **{"client's_claim_number": "A-2"})

        send(page)

        assert one(desk, "select client_claim_number from claim where claim_id = 2") == "A-2"
        assert one(desk, "select count(*) from intake_question where element = 'client_claim_number'") == 0


def test_offers_only_the_clients_whom_one_serves(open_form: Open) -> None:
    factories.client("OTHER")
    mine = factories.client("MINE")
    page = open_form(factories.staff(Role.VA, mine))

    assert len(page.selectbox[0].options) == 1


def test_one_who_serves_nobody_is_told_what_is_next(open_form: Open) -> None:
    page = open_form(factories.staff(Role.VA))

    assert [each.value for each in page.info] == [
        "No client is given to you yet. An administrator gives clients to people."
    ]


def test_a_date_of_death_is_taken_and_nobody_is_asked_how_to_reach_the_worker(open_form: Open, desk: Desk) -> None:
    page = open_form(factories.staff(Role.VA, factories.client()))
    write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23))
    next(f for f in page.text_input if f.label.startswith("Date of death")).set_value("11/24/2026")

    send(page)

    assert one(desk, "select date_of_death from claim") == date(2026, 11, 24)
    assert one(desk, "select count(*) from intake_question where element in ('reach', 'language')") == 0


class TestWhatIsAsked:
    """What the client and the state require is marked as it becomes known."""

    @pytest.fixture
    def page(self, open_form: Open, desk: Desk) -> AppTest:
        client = factories.client()
        with desk.owner() as db:
            db.execute(
                "insert into intake_requirement (element, client_id, jurisdiction, asked, only_if, effective_from, why,"
                " sureness, proposed_at) values ('occupation', %(client)s, null, 'required', null, '2026-01-01', 'x',"
                " 'knowledge', '2026-01-01Z'), ('work_supervisor', null, 'TX', 'required', null, '2026-01-01', 'x',"
                " 'knowledge', '2026-01-01Z'), ('last_day_worked', null, null, 'only_if', 'lost_time', '2026-01-01', 'x',"
                " 'knowledge', '2026-01-01Z')",
                {"client": client},
            )
        return open_form(factories.staff(Role.VA, client))

    @staticmethod
    def asked(page: AppTest) -> set[str]:
        return {each.label for each in (*page.text_input, *page.selectbox) if not each.label.endswith(", optional")}

    def test_of_the_client_from_the_first(self, page: AppTest) -> None:
        assert "Job" in self.asked(page)
        [still] = [each.value for each in page.markdown if each.value.startswith("**Still to ask**")]
        assert "· occupation :gray[· asked of this client from 01/01/2026 on]" in still

    def test_in_the_state_once_it_is_chosen(self, page: AppTest) -> None:
        assert "Worker's supervisor" not in self.asked(page)
        write(page, state="TX")
        page.run()
        assert "Worker's supervisor" in self.asked(page)

    def test_where_its_condition_holds(self, page: AppTest) -> None:
        write(page, lost_time="no")
        page.run()
        assert "Last day worked" not in self.asked(page)
        write(page, lost_time="yes")
        page.run()
        assert "Last day worked" in self.asked(page)

    def test_is_what_the_claim_is_asked_for(self, page: AppTest, desk: Desk) -> None:
        write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23), state="TX", lost_time="yes")
        send(page)
        missing = one(desk, "select array_agg(element order by element) from intake_question where answered_at is null")
        assert {"occupation", "work_supervisor", "last_day_worked"} <= set(missing)

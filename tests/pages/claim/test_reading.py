"""What a claim's page shows, and what it says of a claim that is not there."""

import re
from datetime import timedelta

import pytest

from core import contact
from core.access import Role
from core.transactions import transaction
from pages.parts.markdown import verbatim
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, one, words_of


class TestReading:
    def test_shows_header_clock_worker_and_timeline(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client, family_name="Núñez"))

        said = words_of(page)
        assert "Robin Núñez" in said
        assert "Due in 22 h" in said
        assert "due Wed 25 Nov 2026, 07:00 CST" in said
        assert "Slipped on a wet floor." in said
        assert "Nobody has tried to reach anybody yet." in said
        assert "Intake is complete" in said

    def test_every_question_says_why_it_is_asked(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            for element in ("jurisdiction", "preferred_contact", "language"):
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, %s, %s)",
                    (client, claim, element, f"The {element} is odd.", NOW),
                )
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")

        helps = [(each.help or "").replace("\\", "") for each in [*page.selectbox, *page.text_input]]
        assert {f"The {each} is odd." for each in ("jurisdiction", "preferred_contact", "language")} <= set(helps)

    def test_what_a_question_quotes_from_a_file_is_no_formatting(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            for element in ("language", "reported_at"):
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, %s, %s)",
                    (client, claim, element, "The file says '[here](http://x)'.", NOW),
                )
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")

        shown = [next(each.help or "" for each in page.text_input if each.label == "Language")]
        shown += [each.value for each in page.caption if "The file says" in each.value]
        quoted = verbatim("The file says '[here](http://x)'.")
        assert [quoted in each for each in shown] == [True, True]

    def test_the_explanation_sums_to_the_promise_in_working_and_wall_time(self, open_page: Open, desk: Desk) -> None:
        client = factories.client(clock="business", hours=8)
        boss = factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, reported_at=NOW)
        with transaction(boss) as tx:
            where = {"client_id": client, "claim_id": claim}
            contact.pause_clock(boss, tx, **where, reason="In surgery", at=NOW + timedelta(hours=1))
        with transaction(boss) as tx:
            contact.resume_clock(boss, tx, **where, at=NOW + timedelta(hours=3))

        drawn = "".join(each.proto.body for each in open_page(boss, claim, of=client).get("html"))

        def column(heading: str) -> list[str]:
            return re.findall(f'<td data-heading="{heading}">(.*?)</td>', drawn)

        assert column("Working time") == ["1 h", "—", "5 h", "—", "2 h", "8 h"]
        assert column("Wall time") == ["1 h", "2 h", "5 h", "15 h", "2 h", "25 h"]
        assert column("What") == ["Counted", "Paused", "Counted", "Skipped, closed", "Counted", ""]
        assert column("Who")[1] == boss.name
        assert "In surgery" in column("Rule")[1]

    @pytest.mark.parametrize(
        ("hours_ago", "said"),
        [
            (2, "running: Due in 22 h"),
            (21, "soon: Due in 3 h"),
            (25, "overdue: Overdue by 1 h"),
        ],
    )
    def test_says_how_the_promise_stands(self, open_page: Open, client: int, hours_ago: int, said: str) -> None:
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=hours_ago))

        assert said in words_of(open_page(factories.staff(Role.VA, client), claim))

    @pytest.mark.parametrize(("took", "said"), [(5, "Reached in 5 h"), (27, "Reached after 27 h")])
    def test_says_how_the_promise_was_kept(self, open_page: Open, client: int, took: int, said: str) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        reported = NOW - timedelta(days=3)
        claim = factories.claim(
            client,
            reported_at=reported,
            first_contact_at=reported + timedelta(hours=took),
            first_contact_by=nurse.staff_id,
        )

        assert said in words_of(open_page(nurse, claim))

    def test_what_people_typed_is_shown_as_typed(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client, family_name="![x](https://example.org/x.png)")
        with desk.owner() as db:
            db.execute("update claim_narrative set reporter = '![x](https://example.org/x.png)'")

        page = open_page(factories.staff(Role.VA, client), claim)

        assert not any("![x](" in each.value for each in [*page.markdown, *page.title])

    @pytest.mark.parametrize(
        ("reporter", "phone", "said"),
        [
            (
                "Dana Reed",
                "+13125550107",
                "Reported by Dana Reed, call back at (312) 555-0107",
            ),
            ("Dana Reed", None, "Reported by Dana Reed"),
            (None, "+13125550107", "Reporter, call back at (312) 555-0107"),
        ],
    )
    def test_whom_to_call_at_the_employer_stands_where_the_workers_telephone_does(
        self, open_page: Open, client: int, desk: Desk, reporter: str | None, phone: str | None, said: str
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim_narrative set reporter = %s, reporter_phone = %s", (reporter, phone))

        page = open_page(factories.staff(Role.VA, client), claim)

        lines = words_of(page).replace(":gray[", "").replace("]", "").splitlines()
        assert any(line.endswith(said) for line in lines)
        assert "Call (312) 555-0101" in [each.proto.label for each in page.get("link_button")]

    def test_where_it_happened_stands_apart_from_where_the_worker_lives(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim_narrative set injury_place = 'Plant 4, [Joliet](x)'")
            db.execute("update injured_worker set address = '12 Oak St'")

        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")

        lines = words_of(page).replace(":gray[", "").replace("] ", " ").splitlines()
        assert "Place of injury Plant 4, [Joliet](x)" in [line.strip() for line in lines]
        assert "Address 12 Oak St" in [line.strip() for line in lines]

    def test_care_work_and_the_workers_supervisor_are_told_as_people_read_them(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute(
                "update claim_narrative set initial_treatment = 'clinic', treated_at = '[Dr. Ames](x)', occupation = 'roofer',"
                " lost_time = 'expected', last_day_worked = '2026-11-20', return_to_work = '2026-12-07',"
                " modified_duty = false, work_supervisor = 'Ray Holt', work_supervisor_phone = '+13125550108'"
            )

        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")

        lines = [line.strip() for line in words_of(page).replace(":gray[", "").replace("] ", " ").splitlines()]
        for told in (
            *("Initial treatment clinic or doctor's office", "Treated where and by whom [Dr. Ames](x)"),
            *("Occupation roofer", "Lost time expected", "Last day worked Fri 20 Nov 2026"),
            *("Return to work Mon 7 Dec 2026", "Modified duty available no", "Supervisor at work Ray Holt"),
            "Supervisor's telephone (312) 555-0108",
        ):
            assert told in lines

    def test_the_look_is_on_the_record(self, open_page: Open, client: int, desk: Desk) -> None:
        va = factories.staff(Role.VA, client)
        open_page(va, factories.claim(client))

        assert one(desk, "select actor_id, verb, noun from audit_event") == (va.staff_id, "read", "injured_worker")

    @pytest.mark.parametrize("claim", [None, "", "x", "1;drop"])
    def test_without_a_claim_says_what_is_next(self, open_page: Open, client: int, claim: str | None) -> None:
        assert "Open one from the list" in words_of(open_page(factories.staff(Role.VA, client), claim))

    def test_a_claim_of_somebody_elses_client_does_not_exist(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA), factories.claim(client))

        assert [each.value for each in page.error] == ["There is no such claim among those you serve."]
        assert not page.title

    def test_compliance_reads_and_does_nothing(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.COMPLIANCE), factories.claim(client))

        assert "Robin Sample" in words_of(page)
        assert not page.button


def test_telephones_are_shown_in_groups_and_dialled_whole(open_page: Open, client: int, desk: Desk) -> None:
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute("update injured_worker set phone = '+16145550134 ext. 4'")
        db.execute("update claim_narrative set reporter_phone = '+13125550107 ext. 22'")

    page = open_page(factories.staff(Role.VA, client), claim)

    [call] = page.get("link_button")
    assert (call.proto.label, call.proto.url) == ("Call (614) 555-0134 ext. 4", "tel:+16145550134;ext=4")
    assert [each.value for each in page.code] == ["(614) 555-0134 ext. 4"]
    assert "(312) 555-0107 ext. 22" in words_of(page)

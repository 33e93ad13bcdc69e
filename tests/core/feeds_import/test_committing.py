"""What a plan brings in, and what its preview says beforehand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from psycopg.errors import CheckViolation

from core import feeds, promises, scope, words
from core.access import Actor, NotAllowed, Role
from core.clocks import deadline
from core.feeds import Cell
from core.feeds.kinds.claims.previewing import KEPT_ASIDE
from core.transactions import transaction
from tests import claim_feeds, factories
from tests.core.feeds_import.importing import (
    HEAD,
    ROWS,
    asks,
    counts,
    file,
    imported,
    overdue,
    planned,
    questions,
    rows,
)
from tests.factories import NOW
from tests.workbooks import workbook


class TestCommit:
    def test_good_rows_land_and_refused_ones_are_kept_with_what_to_do(self, desk: Any, client: int, va: Actor) -> None:
        assert counts(imported(va, client, file(*ROWS))) == (3, 2, 1, 0)

        [whole, thin] = rows(
            desk,
            "select c.client_claim_number, w.family_name, w.phone, c.jurisdiction, c.reported_at, c.due_at, c.reported_to,"
            " c.flags, c.channel, n.narrative, c.claim_number = 'C-' || c.claim_id"
            " from claim c join injured_worker w using (client_id, worker_id)"
            " join claim_narrative n using (client_id, claim_id) order by c.claim_id",
        )
        reported = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
        assert whole == ("A-1", "Núñez", "+12175550110", "IL", reported, reported + timedelta(hours=24), "minute",
                         [], "feed", "Slipped.", True)  # fmt: skip
        assert thin[4:8] == (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), thin[4] + timedelta(hours=24), "day",
                             ["report_time_missing"])  # fmt: skip
        [(number, field, remedy)] = rows(desk, "select row_number, field, remedy from import_refusal")
        assert (number, field) == (4, "date_of_injury")
        assert "MM/DD/YYYY" in remedy

    def test_what_is_missing_or_wrong_is_asked(self, desk: Any, client: int, va: Actor) -> None:
        imported(va, client, file(*ROWS))

        asked = dict(rows(
            desk, "select client_claim_number, array_agg(element order by element) from intake_question"
            " join claim using (client_id, claim_id) group by 1",
        ))  # fmt: skip
        assert asked["A-2"] == sorted(
            ["birth_date", "body_part", "jurisdiction", "language", "narrative", "preferred_contact", "reach",
             "reported_at"]
        )  # fmt: skip
        assert set(asked["A-1"]) == {"body_part", "language", "preferred_contact"}

    def test_a_date_of_death_comes_along_is_on_the_record_and_can_be_taken_back(
        self, desk: Any, client: int, va: Actor
    ) -> None:
        done = imported(
            va, client, file(*map(str.__add__, ROWS, (",11/22/2026", ",", ",")), head=f"{HEAD},Date of Death")
        )

        assert rows(desk, "select date_of_death from claim order by claim_id") == [(date(2026, 11, 22),), (None,)]
        assert rows(desk, "select actor_id, detail from audit_event where verb = 'death_reported'") == [
            (va.staff_id, None)
        ]
        with transaction(va) as tx:
            assert feeds.undo(va, tx, feeds.CLAIMS, client_id=client, import_id=done.import_id, at=NOW) == 2

    def test_who_reported_comes_along_and_stays_off_the_record(self, desk: Any, client: int, va: Actor) -> None:
        told = (",Dana Reed,(217) 555-0107", ",,", ",Lee Poe,switchboard")

        imported(va, client, file(*map(str.__add__, ROWS, told), head=f"{HEAD},Contact Name,Contact Phone"))

        assert rows(desk, "select reporter, reporter_phone from claim_narrative order by claim_id") == [
            ("Dana Reed", "+12175550107"),
            (None, None),
        ]
        assert rows(desk, "select phone from injured_worker order by worker_id") == [("+12175550110",), (None,)]
        said = str(rows(desk, "select detail from claim_event union all select detail from audit_event"))
        assert not [each for each in ("Reed", "5550107", "555-0107", "Poe", "switchboard") if each in said]

    def test_where_it_happened_comes_along_and_is_not_the_workers_address(
        self, desk: Any, client: int, va: Actor
    ) -> None:
        told = (",North plant,1 Mill Rd,Joliet,60431", ",,,,", ",,,,")

        head = f"{HEAD},Site,Accident Address,Accident City,Injury ZIP"
        imported(va, client, file(*map(str.__add__, ROWS, told), head=head))

        assert rows(desk, "select injury_place from claim_narrative order by claim_id") == [
            ("North plant, 1 Mill Rd, Joliet, 60431",),
            (None,),
        ]
        assert rows(desk, "select address, postal_code from injured_worker") == [(None, None)] * 2

    def test_what_cannot_be_read_stays_with_the_claim_and_off_the_record(
        self, desk: Any, client: int, va: Actor, caplog: pytest.LogCaptureFixture
    ) -> None:
        unread = "A-9,Roe,Bo,,ask for Rosa,11/20/2026,11/23/2026,08:30,Floridaa,Slipped."
        imported(va, client, file(ROWS[0], ROWS[0], unread))

        assert rows(desk, "select phone from injured_worker where family_name = 'Roe'") == [("ask for Rosa",)]
        why = dict(rows(desk, "select element, why from intake_question order by claim_id"))
        assert why["reach"] == "The file says 'ask for Rosa'; that is no telephone number."
        assert why["jurisdiction"] == "The file says 'Floridaa'; that is no state."
        said = str(rows(desk, "select detail from claim_event union all select detail from audit_event")) + caplog.text
        assert "Rosa" not in said
        assert "Floridaa" not in said

    def test_the_act_is_on_every_timeline_and_on_the_record(self, desk: Any, client: int, va: Actor) -> None:
        done = imported(va, client, file(*ROWS))

        assert rows(desk, "select by_id, kind, detail ->> 'channel', (detail ->> 'row')::int from claim_event") == [
            (va.staff_id, "reported", "feed", 2),
            (va.staff_id, "reported", "feed", 3),
        ]
        assert rows(desk, "select actor_id, client_id, noun_id, detail from audit_event where verb = 'imported'") == [
            (
                va.staff_id,
                client,
                done.import_id,
                {"kind": "claims", "read": 3, "accepted": 2, "refused": 1, "duplicates": 0},
            )
        ]

    def test_a_business_clock_gets_the_deadline_that_clocks_compute(self, desk: Any) -> None:
        slow = factories.client("SLOW", hours=8, clock="business")
        va = factories.staff(Role.VA, slow)

        plan = planned(va, slow, file(*ROWS))

        with transaction(va) as tx:
            [policy] = promises.policies(va, tx, slow)
        assert [c.due_at for c in plan.new] == [deadline(policy, c.report.reported_at).due_at for c in plan.new]

    def test_an_elapsed_clock_gets_it_too(self, client: int, va: Actor) -> None:
        plan = planned(va, client, file(*(f"B-{n},S{n},A,,,10/31/2026,11/01/2026,0{n}:30,IL,x" for n in range(6))))

        with transaction(va) as tx:
            [policy] = promises.policies(va, tx, client)
        assert [c.due_at for c in plan.new] == [deadline(policy, c.report.reported_at).due_at for c in plan.new]

    @pytest.mark.parametrize(("count", "steps"), [(2, [0, 2]), (120, [0, 50, 100, 120]), (800, range(0, 801, 160))])
    def test_progress_moves_for_small_files_too(self, client: int, va: Actor, count: int, steps: Sequence[int]) -> None:
        many = file(*(f"N-{n},Sample{n},Bo,,,11/21/2026,11/23/2026,09:00,IL,x" for n in range(count)))
        told: list[int] = []

        feeds.commit(va, planned(va, client, many), at=NOW, progress=lambda done, of: told.append(done))

        assert told == list(steps)

    def test_progress_is_told_and_a_cancelled_import_leaves_nothing(self, desk: Any, client: int, va: Actor) -> None:
        many = file(*(f"N-{n},Sample{n},Bo,,,11/21/2026,11/23/2026,09:00,IL,x" for n in range(6_000)))
        told: list[tuple[int, int]] = []

        with pytest.raises(feeds.ImportCancelled):
            feeds.commit(
                va, planned(va, client, many), at=NOW,
                progress=lambda done, of: told.append((done, of)), cancelled=lambda: len(told) == 2,
            )  # fmt: skip

        assert told == [(0, 6_000), (1_200, 6_000)]
        assert rows(desk, "select count(*) from claim") == [(0,)]
        assert rows(desk, "select state, read from feed_import") == [("cancelled", 0)]

    def test_is_one_act_that_nobody_sees_half_done(self, desk: Any, client: int, va: Actor) -> None:
        imported(va, client, file(*ROWS))

        with desk.owner() as db, pytest.raises(CheckViolation):
            db.execute("update feed_import set state = 'running'")

    def test_a_plan_that_no_longer_holds_is_not_executed(self, desk: Any, client: int, va: Actor) -> None:
        plan = planned(va, client, file(*ROWS))
        imported(va, client, file(ROWS[0]))

        with pytest.raises(feeds.DataMoved):
            feeds.commit(va, plan, at=NOW)

        assert rows(desk, "select count(*) from claim") == [(1,)]

    def test_a_plan_is_executed_once(self, desk: Any, client: int, va: Actor) -> None:
        plan = planned(va, client, file(*ROWS))
        feeds.commit(va, plan, at=NOW)

        with pytest.raises(feeds.DataMoved):
            feeds.commit(va, plan, at=NOW)

    def test_a_plan_made_under_another_promise_is_not_executed(self, desk: Any, client: int, va: Actor) -> None:
        plan = planned(va, client, file(*ROWS))
        with desk.owner() as db:
            db.execute("update sla_policy set hours = 12 where client_id = %s", (client,))

        with pytest.raises(feeds.DataMoved):
            feeds.commit(va, plan, at=NOW)

    @pytest.mark.parametrize("role", [Role.CLINICAL, Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_a_role_that_does_not_import_cannot(self, client: int, va: Actor, role: Role) -> None:
        plan = planned(va, client, file(*ROWS))

        with pytest.raises(NotAllowed):
            feeds.commit(factories.staff(role, client), plan, at=NOW)

    def test_another_client_is_out_of_reach(self, client: int, va: Actor) -> None:
        other = factories.client("OTHER")

        with pytest.raises(scope.NoSuchClient):
            planned(va, other, file(*ROWS))

    def test_care_and_work_land_with_the_story(self, desk: Any, client: int, va: Actor) -> None:
        told = "Clinic,Dr. Poe,Welder,Y,11/20/2026,12/07/2026,Yes,Dana Reed,217-555-0107"
        head = f"{HEAD},Initial Treatment,Treating Physician,Occupation,Lost Time,Last Day Worked,RTW Date,Light Duty,Supervisor,Supervisor Phone"

        doubtful = "Hospital,,,see file,11/10/2026,11/09/2026,,,"

        imported(va, client, file(f"{ROWS[0]},{told}", f"{ROWS[1]},{doubtful}", head=head))

        assert rows(
            desk,
            "select initial_treatment, treated_at, occupation, lost_time, last_day_worked, return_to_work, modified_duty,"
            " work_supervisor, work_supervisor_phone from claim_narrative order by claim_id",
        ) == [
            (
                "clinic",
                "Dr. Poe",
                "Welder",
                "yes",
                date(2026, 11, 20),
                date(2026, 12, 7),
                True,
                "Dana Reed",
                "+12175550107",
            ),
            (None, None, None, None, date(2026, 11, 10), date(2026, 11, 9), None, None, None),
        ]
        assert {
            element: why
            for element, why in questions(desk, "A-2").items()
            if element in ("initial_treatment", "lost_time", "last_day_worked", "return_to_work")
        } == {
            "initial_treatment": "The file says 'Hospital'; that is no initial treatment.",
            "lost_time": "The file says 'see file'; that is no yes, no or expected.",
            "last_day_worked": "The last day worked is before the date of injury.",
            "return_to_work": "The return to work is before the last day worked.",
        }


class TestPreview:
    def test_says_of_each_row_what_will_happen_and_why(self, client: int, va: Actor) -> None:
        imported(va, client, file(ROWS[0]))

        plan = planned(va, client, file(*ROWS))
        known, new = plan.lines()
        [refused] = plan.refusals

        assert (refused.row, refused.whose, feeds.CLAIMS.vocabulary.name(refused.field)) == (
            4,
            "Nobody, Cy",
            "Date of injury",
        )
        assert "MM/DD/YYYY" in refused.remedy
        assert known == (2, "Reported before", "Núñez, Ana", "The same client claim number as claim C-1.",
                         (Cell(), Cell()), (("C-1", 1),))  # fmt: skip
        why = f"The report came with a day and no time. The file says 'Mars'; that is no state. {KEPT_ASIDE}"
        asked = ("birth_date", "reach", "preferred_contact", "language", "body_part", "narrative")
        assert new[:4] == (3, "New claim", "Sample, Bo", why)
        assert new.cells[0] == Cell(
            words.instant(datetime(2026, 11, 24, 6, tzinfo=UTC), "America/Chicago"), "Overdue by 9 h"
        )
        assert asks(new) == (*asked, "reported_at", "jurisdiction")

    def test_counts_the_claims_that_arrive_overdue_but_for_those_of_workers_who_have_died(
        self, client: int, va: Actor
    ) -> None:
        due = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
        data = file(
            f"{ROWS[0]},",
            "A-2,Poe,Cy,03/04/1980,,11/20/2026,11/23/2026,08:30,IL,x,11/21/2026",
            head=f"{HEAD},Date of Death",
        )

        assert overdue(planned(va, client, data, at=due)) == 0, "due now is not overdue"
        plan = planned(va, client, data, at=due + timedelta(minutes=1))
        assert overdue(plan) == 1
        assert [(line.row, *line.cells[0]) for line in plan.lines()] == [
            (2, words.instant(due, "America/Chicago"), "Overdue by 1 min"),
            (3, "", ""),
        ]

    def test_lists_what_arrives_overdue_before_other_new_claims(self, client: int, va: Actor) -> None:
        early, late = (f"A-{n},Poe,Cy{n},,,11/20/2026,11/24/2026,0{n}:00,IL,x" for n in (2, 1))

        plan = planned(va, client, file(early, late), at=datetime(2026, 11, 25, 7, 30, tzinfo=UTC))

        assert [line.row for line in plan.lines()] == [3, 2]

    def test_names_the_columns_that_nothing_is_read_from(self, client: int, va: Actor) -> None:
        data = file(f"{ROWS[0]},Lee,7", head=f"{HEAD},Adjuster Name,Wage")

        assert planned(va, client, data).unused == ("Adjuster Name", "Wage")

    def test_the_preview_names_every_doubt_and_lists_what_is_in_doubt_first(self, client: int, va: Actor) -> None:
        told = {
            "11/20/2026,11/23/2026,09:00": "",
            "11/23/2026,11/22/2026,09:00": "The injury is later than the report of it.",
            "11/20/2026,11/23/2026,": "The report came with a day and no time.",
            "11/20/2026,11/23/2026,7:65": (
                "The file says '7:65'; that is no time of the report. The clock runs from the first minute of that day."
            ),
            "11/20/2026,11/23/2026,00:00": "The report's time is exactly midnight, which is often a missing time.",
            "11/20/2026,11/29/2026,09:00": "The time of the report lies in the future.",
            "11/29/2026,11/23/2026,09:00": "The injury lies in the future.",
        }
        doubtless, *doubtful = (
            f"A-{at},Sample{at},Ana,03/04/1985,217-555-0110,{dates},IL,Slipped." for at, dates in enumerate(told)
        )

        lines = list(planned(va, client, file(doubtless, *doubtful)).lines())

        assert [line.row for line in lines] == [3, 4, 5, 6, 7, 8, 2]
        none, *doubts = told.values()
        for line, said in zip(lines, [*doubts, none], strict=True):
            assert line.why.startswith(said)
        assert lines[-1].why == none

    def test_the_preview_says_what_of_each_claim_stays_to_be_asked_each_once(self, client: int, va: Actor) -> None:
        head = HEAD.replace("Phone", "Phone,Language,Preferred Contact Method,Body Part")
        whole = "A-1,Roe,Ana,03/04/1985,217-555-0110,English,phone,Hand,11/20/2026,11/23/2026,08:30,IL,Slipped."
        lacking = "A-2,Poe,Bo,,217-555-0111,,phone,Hand,11/25/2026,11/24/2026,,IL,Slipped."

        lines = {line.row: line for line in planned(va, client, file(whole, lacking, head=head)).lines()}

        assert asks(lines[2]) == ()
        assert asks(lines[3]) == ("birth_date", "language", "date_of_injury", "reported_at")

    def test_the_preview_doubts_a_death_before_the_injury(self, client: int, va: Actor) -> None:
        told = "A-7,Poe,Bo,03/04/1980,217-555-0111,11/20/2026,11/23/2026,08:30,IL,Slipped.,11/19/2026"
        data = file(f"{ROWS[0]},", told, head=f"{HEAD},Date of Death")

        line, _ = planned(va, client, data).lines()

        assert (line.row, line.why.partition(".")[0]) == (3, "The date of death is before the date of injury")
        assert "date_of_death" in asks(line)

    def test_a_plan_is_of_one_sheet_of_its_file(self, client: int, va: Actor) -> None:
        table = [line.split(",") for line in (HEAD, *ROWS)]
        data = workbook({"May": table, "June": table})

        may, june, again = (planned(va, client, data, sheet=sheet) for sheet in ("May", "June", "May"))

        assert may.file_digest == june.file_digest
        assert may.digest == again.digest != june.digest
        assert may.file_name == "feed.csv, sheet May"


class TestRefusals:
    def test_refused_rows_come_back_with_what_to_do_and_no_formula(self, desk: Any, client: int, va: Actor) -> None:
        done = imported(va, client, file(*ROWS))

        with transaction(va) as tx:
            lines = (
                feeds.refusals_csv(va, tx, feeds.CLAIMS, client_id=client, import_id=done.import_id)
                .decode("utf-8-sig")
                .splitlines()
            )

        assert lines[0] == "Row,Field,Reason,What to do," + HEAD
        reason = "The date of injury is not a date that can be read: the file says 'when?'."
        assert lines[1].startswith(f'4,Date of injury,{reason},"Write')
        assert lines[1].endswith(",IL,'=1+1")
        assert rows(desk, "select noun_id, detail from audit_event where verb = 'exported'") == [
            (done.import_id, {"rows": 1})
        ]

    def test_a_corrected_file_of_refused_rows_can_be_imported_as_it_is(self, desk: Any, client: int, va: Actor) -> None:
        done = imported(va, client, file(*ROWS))
        with transaction(va) as tx:
            back = feeds.refusals_csv(va, tx, feeds.CLAIMS, client_id=client, import_id=done.import_id).decode(
                "utf-8-sig"
            )

        assert counts(imported(va, client, back.replace("when?", "11/19/2026").encode())) == (1, 1, 0, 0)
        assert rows(desk, "select narrative from claim_narrative order by claim_id desc limit 1") == [("=1+1",)]


class TestMapping:
    def test_a_saved_mapping_is_used_for_the_clients_next_file(self, client: int, va: Actor) -> None:
        data = b"When,Then,Who was it\n11/20/2026,11/21/2026,Ana Sample\n"
        with transaction(va) as tx:
            feeds.save_mapping(
                va, tx, feeds.CLAIMS, client_id=client, at=NOW,
                mapping=feeds.FeedMapping({"full_name": "Who was it", "date_of_injury": "When", "date_reported": "Then"}),
            )  # fmt: skip

        [claim] = planned(va, client, data).new

        assert claim.report.date_of_injury == date(2026, 11, 20)
        assert claim.report.family_name == "Sample"


class TestASocialSecurityNumber:
    """It stands nowhere in the database, whichever cell it came in."""

    SPREAD = (
        "A-1,Núñez,Ana,03/04/1985,900-12-7001,11/20/2026,11/23/2026,08:30,900-12-7001,SSN 900127001 fell.,900127001,900 12 7001",
        "900-12-7001,Roe,Bo,900-12-7001,217-555-0110,11/20/2026,11/23/2026,900-12-7001,IL,x,12127001,",
        "A-3,Nobody,Cy,,,900-12-7001,11/23/2026,,IL,900.12.7001,900127001.0,my 900-12-7001",
    )

    def test_of_a_feed_is_kept_nowhere(self, desk: Any, client: int, va: Actor) -> None:
        imported(va, client, file(*self.SPREAD, head=f"{HEAD},Soc Sec No,Shoe size"))

        tables = [name for (name,) in rows(desk, "select tablename from pg_tables where schemaname = 'public'")]
        kept = str([rows(desk, f"select * from {name}") for name in tables])
        assert not [each for each in ("7001", "127001") if each in kept]
        assert "(number removed)" in kept
        assert rows(desk, "select client_claim_number from claim order by claim_id") == [("A-1",), (None,)]
        [(cells,)] = rows(desk, "select cells from import_refusal")
        assert dict(cells)["Soc Sec No"] == "(number removed)"
        assert dict(cells)["Shoe size"] == "my (number removed)"

    def test_of_a_feed_is_asked_about_without_being_quoted(self, desk: Any, client: int, va: Actor) -> None:
        imported(va, client, file(*self.SPREAD, head=f"{HEAD},Soc Sec No,Shoe size"))

        why = dict(rows(desk, "select client_claim_number || element, why from intake_question join claim using (client_id, claim_id)"
                              " where client_claim_number is not null"))  # fmt: skip
        assert why["A-1reach"] == "The file says '(number removed)'; that is no telephone number."
        assert rows(desk, "select why from intake_question where element = 'client_claim_number'") == [
            ("A social security number was given as the client's claim number. It was not kept.",)
        ]

    def test_is_counted_in_the_notes(self) -> None:
        feed = claim_feeds.read_feed(file(*self.SPREAD, head=f"{HEAD},Soc Sec No,Shoe size"))

        assert "Cells with a social security number, which is not kept: 13." in feed.notes

"""Adding clients, and who may."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from core import clients, feeds, promises
from core.access import Actor, Role
from core.calendars import BusinessWeek, WeekNotOpen, ZoneUnknown, zones
from core.clocks import Clock, NeverDue, promised
from core.holiday_calendars import CalendarUnknown, calendars
from core.open_hours import HoursUnclear, Stretch, stretches
from core.refusal import Refusal
from core.transactions import transaction
from tests import claim_feeds, factories
from tests.conftest import Desk
from tests.core.clients.agreements import FIRST_FEED, add, events, listed, report, stored
from tests.factories import NOW


class TestAdding:
    def test_makes_a_client_whose_promise_holds_at_once(self, administrator: Actor, acme: int) -> None:
        (only,) = listed(administrator)

        assert (only.client_id, only.code, only.name, only.timezone) == (
            acme,
            "ACME-2",
            "Acme Works",
            "America/Chicago",
        )
        assert only.promise is not None
        assert promised(only.promise) == "24 h, true hours"
        assert (only.since, only.upcoming, only.version) == (None, None, 1)

    def test_is_on_the_record_with_what_was_promised(self, desk: Desk, administrator: Actor, acme: int) -> None:
        detail = {
            "code": "ACME-2", "name": "Acme Works", "timezone": "America/Chicago", "promise": "24 h, true hours",
        }  # fmt: skip

        assert events(desk, "added") == [(administrator.staff_id, acme, "client", acme, detail)]

    def test_says_who_set_the_promise_and_why(self, desk: Desk, administrator: Actor, acme: int) -> None:
        with desk.owner() as db:
            assert db.execute("select set_by, reason, effective_from from sla_policy").fetchall() == [
                (administrator.staff_id, "Agreed at the start", clients.BEGINNING)
            ]

    def test_lets_claims_be_reported_that_are_older_than_the_client(self, acme: int) -> None:
        reported_at = datetime(2004, 3, 1, 15, tzinfo=UTC)

        assert report(acme, reported_at)[0] == reported_at + timedelta(hours=24)

    def test_asks_of_a_first_feed_only_about_reports_older_than_any_promise(self, desk: Desk, acme: int) -> None:
        lines = ("Last Name,First Name,Date of Injury,Date Reported,Time Reported,State", *FIRST_FEED)
        feed, va = claim_feeds.read_feed("\n".join(lines).encode()), factories.staff(Role.VA, acme)
        with transaction(va) as tx:
            mapping = claim_feeds.mapping_for(feed, feeds.saved_mapping(va, tx, feeds.CLAIMS, acme))
            plan = feeds.plan(
                va, tx, feeds.CLAIMS, client_id=acme, feed=feed, mapping=mapping, file_name="first.csv", at=NOW
            )
        assert feeds.commit(va, plan, at=NOW).accepted == 2

        with desk.owner() as db:
            asked = db.execute(
                "select extract(year from reported_at)::int from claim join intake_question using (client_id, claim_id)"
                " where why like '%older than the client%'"
            )
            assert asked.fetchall() == [(1924,)]

    @pytest.mark.parametrize("code", ["", "A", "acme", "ACME 2", "ACME_2", "A" * 17, "ÄCME", "ACME\n2", "ACME\0"])
    def test_refuses_a_code_that_no_file_name_or_command_takes(
        self, desk: Desk, administrator: Actor, code: str
    ) -> None:
        with pytest.raises(clients.CodeNotSensible, match="capital letters, digits or hyphens"):
            add(administrator, code=code)

        assert stored(desk) == (0, 0)

    @pytest.mark.parametrize("code", ["AB", "A-1", "0" * 16, "  ACME  "])
    def test_takes_a_code_that_is_short_and_plain(self, administrator: Actor, code: str) -> None:
        add(administrator, code=code)

        assert [client.code for client in listed(administrator)] == [code.strip()]

    def test_refuses_a_code_that_another_client_has(self, desk: Desk, administrator: Actor, acme: int) -> None:
        with pytest.raises(clients.CodeTaken, match="choose another code"):
            add(administrator, name="Other")

        assert stored(desk) == (1, 1)
        assert len(events(desk, "added")) == 1

    @pytest.mark.parametrize("name", ["", "  \n", "\0", "x" * 81])
    def test_refuses_a_name_that_is_none(self, administrator: Actor, name: str) -> None:
        with pytest.raises(clients.NameNotSensible):
            add(administrator, name=name)

    def test_keeps_a_name_on_one_line(self, administrator: Actor) -> None:
        add(administrator, name="  Núñez \n & Søn\0s ")

        assert listed(administrator)[0].name == "Núñez & Søns"

    @pytest.mark.parametrize(
        "timezone", ["", "America", "Mars/Base", "EST5EDT6", "../etc/passwd", "posix/Asia/Tokyo", "\0"]
    )
    def test_refuses_a_zone_that_is_none(self, administrator: Actor, timezone: str) -> None:
        with pytest.raises(ZoneUnknown):
            add(administrator, timezone=timezone)

    @pytest.mark.parametrize("hours", [0, -1, 721])
    def test_refuses_hours_that_nobody_promises(self, administrator: Actor, hours: int) -> None:
        with pytest.raises(promises.HoursNotPromised, match="from 1 to 720"):
            add(administrator, hours=hours)

    @pytest.mark.parametrize("hours", [1, 720])
    def test_takes_the_least_and_the_most_hours(self, administrator: Actor, hours: int) -> None:
        add(administrator, hours=hours)

        (only,) = listed(administrator)
        assert only.promise is not None
        assert only.promise.hours == hours

    def test_refuses_a_promise_that_would_never_fall_due(self, administrator: Actor) -> None:
        with pytest.raises(NeverDue):
            add(administrator, hours=720, clock=Clock.BUSINESS, week=BusinessWeek("UTC", stretches("08:00-08:01")))

    @pytest.mark.parametrize(
        ("week", "refusal"),
        [
            ({"hours": ()}, WeekNotOpen),
            ({"hours": (Stretch(time(8), time(8)),)}, HoursUnclear),
            ({"days": frozenset()}, WeekNotOpen),
            ({"calendar": "US-XX"}, CalendarUnknown),
        ],
    )
    def test_a_week_that_is_none_does_not_get_as_far(self, week: dict[str, Any], refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            BusinessWeek("America/Chicago", **week)


class TestChoices:
    def test_every_calendar_offered_can_be_kept(self) -> None:
        assert calendars()[0] == "US"
        for calendar in calendars():
            BusinessWeek("UTC", calendar=calendar)

    def test_every_zone_offered_is_known_to_the_database(self, desk: Desk) -> None:
        with desk.owner() as db:
            for name in zones():
                db.execute("select now() at time zone %s", (name,))

        assert len(zones()) == len(set(zones()))

"""Promises: none changes once it has begun."""

import pytest

from core.access import Role
from core.open_hours import HoursOverlap, HoursUnclear, stretches
from tests.db.guards.book import Book


@pytest.mark.usefixtures("present")
class TestAPromise:
    """A promise that has begun never changes; one that has not can go, and nothing is promised twice over."""

    PLANNED = (
        "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar)"
        " select {{{client}}}, now() + interval '{begins}', 36, clock, timezone, open_hours, working_days, calendar"
        " from sla_policy where hours = 720"
    )
    WITHDRAWN = "delete from sla_policy where client_id = {client} and hours = 36"
    PROMISED = (
        "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar,"
        " set_by) values ({{client}}, now() + interval '{begins}', {hours}, '{clock}', '{zone}', '{open}', '{{{{1,2,3,4,5}}}}',"
        " 'US', {{me}})"
    )

    def planned(self, begins: str, of: str = "client") -> str:
        return self.PLANNED.format(begins=begins, client=of)

    def promised(self, **other: object) -> str:
        usual = {"begins": "1 day", "hours": 24, "clock": "elapsed", "zone": "America/Chicago", "open": "08:00-17:00"}
        return self.PROMISED.format(**{**usual, **other})

    def test_is_of_days_of_the_week(self, book: Book) -> None:
        usual = "{{1,2,3,4,5}}"
        for days, done in ((usual, True), ("{{1,8}}", False), ("{{}}", False), ("{{{{1,2}}}}", False)):
            assert book.does(Role.ADMINISTRATOR, self.promised(hours=36).replace(usual, days), stays=False) is done, (
                days
            )

    def test_is_withdrawn_before_it_begins_by_an_administrator_alone(self, book: Book) -> None:
        book.given(self.planned("1 minute"))
        for role in set(Role) - {Role.ADMINISTRATOR}:
            assert not book.does(role, self.WITHDRAWN)

        assert book.does(Role.ADMINISTRATOR, self.WITHDRAWN)

    def test_stays_once_it_has_begun(self, book: Book) -> None:
        book.given(self.planned("-1 second"))

        assert not book.does(Role.ADMINISTRATOR, self.WITHDRAWN)

    def test_stays_where_it_is_the_first_of_its_client(self, book: Book) -> None:
        book.given("delete from sla_policy where client_id = {other}")
        book.given(self.planned("1 day", of="other"))

        assert not book.does(Role.ADMINISTRATOR, self.WITHDRAWN.replace("{client}", "{other}"))

    @pytest.mark.parametrize(
        "column", ["hours = 1", "effective_from = now() + interval '2 days'", "client_id = {other}"]
    )
    def test_is_never_another_in_its_own_row(self, book: Book, column: str) -> None:
        book.given(self.planned("1 day"))

        assert not book.does(Role.ADMINISTRATOR, f"update sla_policy set {column} where hours = 36")

    def test_is_of_hours_that_the_services_can_keep(self, book: Book) -> None:
        for hours in (
            "08:00-17:00", "08:00-12:00,13:00-17:00", "13:00-17:00,08:00-12:00", "08:00-12:00,12:00-17:00", "00:00-24:00",
            "22:00-06:00", "22:00-06:00,06:00-07:00", "08:00-24:00", "08:00-12:00,11:00-13:00", "09:00-09:00",
            "00:00-00:00", "22:00-06:00,05:00-07:00", "00:00-24:00,08:00-12:00", "08:00-08:00,09:00-10:00",
            "08:00-12:00,08:00-12:00",
        ):  # fmt: skip
            try:
                kept = bool(stretches(hours))
            except (HoursUnclear, HoursOverlap):
                kept = False
            assert book.does(Role.ADMINISTRATOR, self.promised(hours=36, open=hours), stays=False) is kept, hours

    def test_begins_in_our_time(self, book: Book) -> None:
        for begins in ("'infinity'", "'2300-01-01Z'"):
            promised = self.promised(hours=36).replace("now() + interval '1 day'", begins)
            assert not book.does(Role.ADMINISTRATOR, promised), begins

    def test_that_repeats_the_one_before_is_none(self, book: Book) -> None:
        assert not book.does(Role.ADMINISTRATOR, self.promised())
        assert not book.does(Role.ADMINISTRATOR, self.promised(open="09:00-17:00")), "true hours know no week"
        for other in ({"hours": 23}, {"clock": "business"}, {"zone": "America/Denver"}):
            assert book.does(Role.ADMINISTRATOR, self.promised(**other), stays=False)

    def test_of_open_hours_that_repeats_the_one_before_is_none(self, book: Book) -> None:
        book.given("update sla_policy set clock = 'business' where client_id = {client}")

        assert not book.does(Role.ADMINISTRATOR, self.promised(clock="business"))
        assert book.does(Role.ADMINISTRATOR, self.promised(clock="business", open="09:00-17:00"), stays=False)

    def test_that_the_next_one_repeats_is_none(self, book: Book) -> None:
        book.given(self.planned("2 days"))

        assert not book.does(Role.ADMINISTRATOR, self.promised(hours=36))
        assert book.does(Role.ADMINISTRATOR, self.promised(hours=35))

    @pytest.mark.parametrize(
        ("zone", "calendar", "done"),
        [("America/Denver", "US-IL", True), ("America/Nowhere", "US", False), ("EST5EDT4", "US", False),
         ("America/Denver", "US-ZZ", False), ("America/Denver", "", False)],
    )  # fmt: skip
    def test_is_of_a_zone_and_a_calendar_that_there_are(self, book: Book, zone: str, calendar: str, done: bool) -> None:
        promised = self.promised(zone=zone).replace("'US'", f"'{calendar}'")
        assert book.does(Role.ADMINISTRATOR, promised) is done

    def test_of_a_calendar_that_was_kept_before_goes_on(self, book: Book) -> None:
        book.given("update sla_policy set calendar = 'CA-ON' where client_id = {client}")
        assert book.does(Role.ADMINISTRATOR, self.promised(hours=35).replace("'US'", "'CA-ON'"))

    def test_is_made_to_a_client_of_a_zone_that_there_is(self, book: Book) -> None:
        added = "insert into client (code, name, timezone) values ('N{number}', 'New', '{zone}')"
        assert not book.does(Role.ADMINISTRATOR, added.format(number=1, zone="Nowhere"))
        assert book.does(Role.ADMINISTRATOR, added.format(number=2, zone="UTC"))

    def test_is_counted_with_the_client(self, book: Book) -> None:
        assert not book.does(Role.ADMINISTRATOR, "update client set version = version + 2 where client_id = {client}")
        assert book.does(Role.ADMINISTRATOR, "update client set version = version + 1 where client_id = {client}")
        assert not book.does(Role.ADMINISTRATOR, "update client set timezone = 'UTC' where client_id = {client}")
        assert not book.does(Role.ADMINISTRATOR, "update client set name = repeat('x', 81) where client_id = {client}")

"""Where a worker's clocks stand: by what somebody set, else by the ZIP, else by the state; and that all know it alike."""

import csv
from zoneinfo import ZoneInfo

import pytest

from core import local_time
from core.local_time import place, there
from tests.factories import NOW


class TestThePlace:
    def test_is_what_somebody_set_before_the_zip_and_the_zip_before_the_state(self) -> None:
        by_hand = place("IL", postal_code="79936", timezone="Pacific/Honolulu")
        by_zip = place("IL", postal_code="79936-1204")
        by_state = place("IL", postal_code="elsewhere")

        assert by_hand == (("Pacific/Honolulu",), "set by hand", "")
        assert by_zip == (("America/Denver",), "from ZIP 79936", "")
        assert by_state == (("America/Chicago",), "from the state", "IL")
        assert place(None) is None

    def test_of_a_state_of_two_zones_is_both_until_a_zip_decides(self) -> None:
        state, town = place("FL"), place("FL", postal_code="32501")
        assert state
        assert town

        assert there(state, NOW).words == "10:00 EST or 09:00 CST in FL"
        assert there(town, NOW).words == "09:00 CST"

    def test_is_outside_of_the_hours_in_which_people_are_called_where_its_own_clocks_say_so(self) -> None:
        west = place("IL", postal_code="96813")
        assert west

        assert there(west, NOW) == ("05:00 HST: outside of 08:00 to 21:00", False)


class TestAZip:
    @pytest.mark.parametrize(
        ("written", "zone"),
        [
            ("60601", "America/Chicago"),
            (" 46402-1234 ", "America/Chicago"),
            ("46601", "America/New_York"),
            ("79936", "America/Denver"),
            ("97914", "America/Denver"),
            ("85001", "America/Phoenix"),
            ("00901", "America/Puerto_Rico"),
            ("99501", "America/Anchorage"),
            ("09012", None),
            ("9012", None),
            ("606011", None),
            ("K1A 0B1", None),
            ("", None),
        ],
    )
    def test_tells_the_zone_of_its_place(self, written: str, zone: str | None) -> None:
        assert local_time.zip_zone(written) == zone

    def test_leads_to_a_zone_that_there_is(self) -> None:
        with local_time._OF_ZIP.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

        assert len({row["prefix"] for row in rows}) == len(rows) > 1000
        for row in rows:
            assert ZoneInfo(row["zone"])
            assert row["prefix"].isdigit()
            assert 3 <= len(row["prefix"]) <= 5

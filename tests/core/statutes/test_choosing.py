"""Which clock governs, and what is said where none does."""

from datetime import date

import pytest

from core.statutes import NoRule, UnknownJurisdiction, UnknownKind, jurisdictions, rule_for, shipped
from tests.core.statutes.rules import at


class TestTheTextInForce:
    @pytest.mark.parametrize(
        ("start", "since"),
        [("2026-03-31T23:59-07:00", date(2013, 1, 1)), ("2026-04-01T00:00-07:00", date(2026, 4, 1)),
         ("2026-04-01T01:00-05:00", date(2013, 1, 1))],
        ids=["on the last day of the old one", "on the first of the new one", "by the clocks of the jurisdiction"],
    )  # fmt: skip
    def test_when_it_started_governs(self, start, since):
        assert rule_for(shipped(), "CA", "prospective", at=at(start)).effective_from == since

    def test_that_ended_with_nothing_after_it_is_no_rule(self):
        with pytest.raises(NoRule, match="until 31 Mar 2026"):
            rule_for(shipped(), "CA", "information_request", at=at("2026-04-02T09:00-07:00"))

    def test_that_has_not_begun_is_no_rule(self):
        with pytest.raises(NoRule, match="from 1 Jan 2013 on"):
            rule_for(shipped(), "CA", "prospective", at=at("2012-04-02T09:00-07:00"))


class TestNetworks:
    def test_of_texas_have_a_clock_of_their_own(self):
        start = at("2026-06-01T09:00-05:00")
        assert rule_for(shipped(), "TX", "prospective", at=start).network is False
        assert rule_for(shipped(), "TX", "prospective", at=start, in_network=False).network is False
        assert rule_for(shipped(), "TX", "network_preauthorization", at=start, in_network=True).network is True
        with pytest.raises(NoRule, match="network_preauthorization"):
            rule_for(shipped(), "TX", "prospective", at=start, in_network=True)
        with pytest.raises(NoRule, match="prospective, concurrent"):
            rule_for(shipped(), "TX", "network_preauthorization", at=start, in_network=False)

    def test_do_not_matter_where_the_law_says_nothing_of_them(self):
        for told in (None, True, False):
            assert rule_for(shipped(), "OH", "prospective", at=at("2026-06-01T09:00-05:00"), in_network=told)


class TestWhereThereIsNone:
    START = at("2026-06-01T09:00-05:00")

    @pytest.mark.parametrize("state", ["IL", "NJ", "WA", "NC", "MA", "MI", "MD", "SC"])
    def test_because_no_number_was_read_the_date_is_set_by_hand(self, state):
        with pytest.raises(NoRule, match="Set the date by hand, with the reason"):
            rule_for(shipped(), state, "prospective", at=self.START)

    def test_because_nobody_looked_the_known_ones_are_listed(self):
        with pytest.raises(UnknownJurisdiction) as refused:
            rule_for(shipped(), "AL", "prospective", at=self.START)
        assert all(each in str(refused.value) for each in jurisdictions(shipped()))

    def test_of_such_a_kind_the_kinds_are_listed(self):
        with pytest.raises(UnknownKind, match="Known are: prospective, one"):
            rule_for([r for r in shipped() if r.jurisdiction != "FL" or r.kind[0] in "po"], "FL", "x", at=self.START)

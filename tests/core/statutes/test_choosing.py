"""Which clock governs, and what is said where none does."""

from dataclasses import replace
from datetime import date

import pytest

from core.statutes import Events, NoRule, UnknownJurisdiction, UnknownKind, jurisdictions, rule_for, rule_of, shipped
from tests.core.statutes.rules import at, the


class TestTheTextInForce:
    @pytest.mark.parametrize(
        ("start", "since"),
        [("2026-03-31T23:59-07:00", date(2013, 1, 1)), ("2026-04-01T00:00-07:00", date(2026, 4, 1)),
         ("2026-04-01T01:00-05:00", date(2013, 1, 1))],
        ids=["on the last day of the old one", "on the first of the new one", "by the clocks of the jurisdiction"],
    )  # fmt: skip
    def test_when_it_started_governs(self, start, since):
        assert rule_for(shipped(), "CA", "prospective", at=at(start)).effective_from == since

    @pytest.mark.parametrize(
        ("received", "complete", "since"),
        [
            ("2026-03-31T09:00-07:00", None, date(2013, 1, 1)),
            ("2026-03-31T09:00-07:00", "2026-04-01T09:00-07:00", date(2026, 4, 1)),
            ("2026-04-01T09:00-07:00", "2026-04-01T09:00-07:00", date(2026, 4, 1)),
        ],
        ids=["not complete", "complete under the new text", "received under it"],
    )
    def test_is_that_of_completeness_where_the_clock_waits_for_it(self, received, complete, since):
        events = Events(at(received), complete_at=at(complete) if complete else None)
        assert rule_of(shipped(), "CA", "prospective", events).effective_from == since

    def test_is_that_of_the_receipt_where_it_does_not(self):
        old, new = (
            replace(the("OH", "prospective"), effective_from=day) for day in (date(2009, 1, 1), date(2026, 6, 2))
        )  # fmt: skip
        events = Events(at("2026-06-01T09:00-04:00"), complete_at=at("2026-06-03T09:00-04:00"))
        assert rule_of([old, new], "OH", "prospective", events) == old
        assert rule_of([replace(old, effective_to=date(2026, 6, 1))], "OH", "prospective", events)

    def test_is_none_where_it_ended_before_the_clock_could_start(self):
        events = Events(at("2026-03-31T09:00-07:00"), complete_at=at("2026-04-01T09:00-07:00"))
        with pytest.raises(NoRule):
            rule_of(shipped(), "CA", "information_request", events)

    def test_is_the_new_one_where_there_was_none_yet_when_the_request_came(self):
        law = replace(the("CA", "prospective"), effective_from=date(2026, 4, 1))
        events = Events(at("2026-03-31T09:00-07:00"), complete_at=at("2026-04-01T09:00-07:00"))
        assert rule_of([law], "CA", "prospective", events) == law

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

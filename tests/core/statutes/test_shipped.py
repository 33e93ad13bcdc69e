"""The clocks that the desk comes with, and what they say of a lapse."""

from collections import Counter

import pytest

from core.holiday_calendars import states
from core.statutes import Lapse, Sureness, amount, lapsed, shipped, sureness
from tests.core.statutes.rules import the


def test_each_has_what_a_screen_shows():
    for rule in shipped():
        assert all((rule.citation, rule.starts, rule.owner, rule.lapse_words, rule.zone)), rule
        assert f"US-{rule.jurisdiction}" in states()
        assert (rule.extension is None) == (rule.extension_confidence is None)


def test_none_is_there_twice_on_a_day():
    held = [(rule.jurisdiction, rule.kind, rule.effective_from) for rule in shipped()]
    assert Counter(held).most_common(1)[0][1] == 1
    for rule in shipped():
        later = [each for each in shipped() if (each.jurisdiction, each.kind) == (rule.jurisdiction, rule.kind)]
        assert sum(each.in_force(rule.effective_from) for each in later if rule.effective_from) <= 1


def test_the_desk_meets_what_is_its_own_and_shows_the_rest():
    assert the("OH", "prospective").ours
    assert the("NY", "medication_level_1").ours
    assert {rule.owner for rule in shipped() if not rule.ours} == {
        "worker", "provider", "regulator", "any party", "information", "worker or provider", "provider or worker",
        "worker, employer or provider", "worker or employer",
    }  # fmt: skip


class TestALapse:
    @pytest.mark.parametrize(
        ("jurisdiction", "kind", "family", "said"),
        [
            ("CA", "prospective", Lapse.VOID, "A late decision is void, which is no approval: "),
            ("GA", "prospective", Lapse.DEEMED, "Authorized by lapse, which is nobody's approval: "),
            ("CO", "prospective", Lapse.DEEMED, "Authorized by lapse, which is nobody's approval: "),
            ("FL", "prospective", Lapse.DEEMED, "Authorized by lapse, which is nobody's approval: "),
            ("NV", "prospective", Lapse.DEEMED, "Authorized by lapse, which is nobody's approval: "),
            ("NY", "mtg_variance", Lapse.DEEMED, "Authorized by lapse, which is nobody's approval: "),
            ("OH", "prospective", Lapse.CONDITIONAL, "Authorized by lapse only if every condition holds: "),
            ("TX", "prospective", Lapse.VIOLATION, "No approval: a violation, a denial or the next review: "),
            ("LA", "prospective", Lapse.VIOLATION, "No approval: a violation, a denial or the next review: "),
            ("AZ", "prospective", Lapse.VIOLATION, "No approval: a violation, a denial or the next review: "),
            ("TN", "adjuster_response", Lapse.VIOLATION, "No approval: a violation, a denial or the next review: "),
            ("OH", "dispute_request", Lapse.NONE, "No approval: "),
        ],
    )
    def test_means_what_its_own_law_says(self, jurisdiction, kind, family, said):
        rule = the(jurisdiction, kind)
        assert rule.lapse is family
        assert lapsed(rule).startswith(said)
        assert rule.lapse_words.rstrip(".") in lapsed(rule)

    def test_names_the_four_conditions_of_ohio(self):
        for condition in (
            "documented completely on a C-9",
            "proof of submission",
            "allowed conditions",
            "claim payable",
        ):
            assert condition in lapsed(the("OH", "prospective"))

    def test_is_never_called_deemed_approved(self):
        assert not [rule for rule in shipped() if "deemed approved" in lapsed(rule).lower()]
        assert not [rule for rule in shipped() if "approved by" in lapsed(rule).lower()]


class TestHowSureItIs:
    def test_says_the_extension_where_that_differs(self):
        assert sureness(the("CA", "prospective")) == "source read, the extension knowledge"
        assert sureness(the("OH", "prospective")) == "source read"
        assert sureness(the("KY", "prospective")) == "knowledge"

    def test_is_not_what_was_wrong_from_memory(self):
        rule = the("AZ", "prospective")
        assert (amount(rule), rule.confidence) == ("7 working days, extended 7 working days", Sureness.SOURCE_READ)

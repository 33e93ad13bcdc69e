"""Every worked example of the statutory clocks, counted by the rules that the desk comes with."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.statutes import Channel, Due, Events, Tolled, due, rule_for, shipped

EXAMPLES = list(csv.DictReader(Path(__file__).with_name("clock_examples.csv").open(encoding="utf-8", newline="")))

HAPPENED: Mapping[str, Mapping[str, object]] = {
    "CA-2": {"channel": Channel.FAX},
    "CA-4b": {"extended_on": date(2026, 7, 6)},
    "CA-4c": {"extended_on": date(2026, 7, 6), "information_received_at": "2026-07-10 10:00"},
    "CA-10": {"channel": Channel.EMAIL},
    "CA-11": {"channel": Channel.FAX},
    "TX-8": {"extended_on": date(2026, 6, 10)},
    "OH-4": {"extended_on": date(2026, 6, 10), "information_received_at": "2026-06-15 10:00"},
    "OH-5": {"channel": Channel.FAX},
    "OH-7": {"tolled": ("2026-06-10 10:00", "2026-07-06 10:00")},
    "NY-3": {"extended_on": date(2026, 6, 5)},
    "NY-4": {"extended_on": date(2026, 6, 9)},
    "NY-5": {"channel": Channel.PORTAL},
    "FL-5": {"channel": Channel.FAX},
    "FL-6": {"extended_on": date(2026, 6, 9)},
}
"""What the examples tell in words beside the receipt; times that they do not tell are of no account."""

BY_POST = {"OH-8": date(2026, 6, 27)}
AIM_FOR = {"CA-7": date(2026, 10, 30), "NY-5": date(2026, 6, 18)}


def named(example: Mapping[str, str]) -> str:
    knowledge = "-rests-on-knowledge" if example["confidence"] == "knowledge" else ""
    return f"{example['id']}{knowledge}"


def counted(example: Mapping[str, str]) -> Due:
    local = ZoneInfo(example["zone"])

    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=local)

    happened: dict[str, Any] = dict(HAPPENED.get(example["id"], {}))
    if "information_received_at" in happened:
        happened["information_received_at"] = at(str(happened["information_received_at"]))
    if "tolled" in happened:
        happened["tolled"] = Tolled(*map(at, happened["tolled"]))
    received = at(example["received_local"])
    rule = rule_for(shipped(), example["jurisdiction"], example["kind"], at=received)
    assert rule.zone == example["zone"]
    return due(rule, Events(received, complete_at=received, **happened))


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
class TestEveryExample:
    def test_is_due_as_told(self, example):
        told = counted(example)
        assert told.due_at is not None
        local = told.due_at.astimezone(ZoneInfo(example["zone"]))
        day, _, clock = example["expected_due"].partition(" ")
        assert (told.due_on, local.date()) == (date.fromisoformat(day),) * 2, example["why"]
        if clock:
            assert f"{local:%H:%M}" == clock

    def test_is_counted_without_a_gap(self, example):
        told = counted(example)
        assert told.received_at is not None
        assert [step.ends for step in told.steps[:-1]] == [step.starts for step in told.steps[1:]]
        assert told.steps[0].starts == told.events.received_at

    def test_aims_for_a_working_day(self, example):
        assert counted(example).aim_for == AIM_FOR.get(example["id"])

    def test_says_until_when_the_post_is_good_enough(self, example):
        assert counted(example).by_post_until == BY_POST.get(example["id"])


def test_the_examples_are_all_there():
    assert len(EXAMPLES) == 51
    assert set(HAPPENED) | set(AIM_FOR) | set(BY_POST) <= {example["id"] for example in EXAMPLES}

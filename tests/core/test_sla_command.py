"""`python -m core sla`: any promise, counted on the command line."""

import argparse
import json
from collections.abc import Callable

import pytest

from core.command import sla

Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture
def ask(capsys) -> Ask:
    """Run the command with arguments as typed; its exit code, output and error output."""
    parser = argparse.ArgumentParser()
    sla.add(parser.add_subparsers())

    def _ask(typed: str, *more: str) -> Answer:
        args = parser.parse_args(["sla", *typed.split(), *more])
        code = args.run(args)
        return code, *capsys.readouterr()

    return _ask


def test_needs_no_desk():
    parser = argparse.ArgumentParser()
    sla.add(parser.add_subparsers())
    assert parser.parse_args(["sla", "--reported", "x", "--timezone", "y"]).needs_desk is False


class TestJson:
    def test_tells_the_deadline_with_its_offset_and_the_count_in_words(self, ask):
        code, out, err = ask(
            "--reported 2026-11-01T01:30-05:00 --hours 24 --clock elapsed --timezone America/Chicago --json"
        )
        told = json.loads(out)
        assert (code, err) == (0, "")
        assert told["due_at"] == "2026-11-02T00:30:00-06:00"
        assert told["steps"] == [
            {
                "kind": "counted",
                "starts": "2026-11-01T01:30:00-05:00",
                "ends": "2026-11-02T00:30:00-06:00",
                "minutes": 1440,
                "rule": "Every hour counts.",
                "words": (
                    "Sun 1 Nov 2026, 01:30 CDT to Mon 2 Nov 2026, 00:30 CST: 24 h counted. Every hour counts."
                    " The clocks go back 1 h in between."
                ),
            }
        ]
        assert told["words"].startswith("Due Mon 2 Nov 2026, 00:30 CST: 24 h of elapsed time from")

    def test_steps_sum_to_the_figures(self, ask):
        _, out, _ = ask(
            "--reported 2026-11-24T14:00:30-06:00 --hours 24.5 --clock business --timezone America/Chicago --json"
        )
        told = json.loads(out)
        counted = sum(step["minutes"] for step in told["steps"] if step["kind"] == "counted")
        assert counted == told["counted_minutes"] == 24.5 * 60
        assert sum(step["minutes"] for step in told["steps"]) == told["wall_minutes"]


class TestPlainLines:
    def test_say_the_deadline_and_then_each_step(self, ask):
        code, out, _ = ask("--reported 2026-11-24T16:30 --hours 1 --clock business --timezone America/Chicago")
        assert code == 0
        assert out.splitlines() == [
            "Due Wed 25 Nov 2026, 08:30 CST: 1 h of open time from Tue 24 Nov 2026, 16:30 CST, 16 h in all."
            " Not counted: 15 h closed.",
            "  Tue 24 Nov 2026, 16:30 to 17:00 CST: 30 min counted. Open 08:00–17:00, Mon–Fri.",
            "  Tue 24 Nov 2026, 17:00 CST to Wed 25 Nov 2026, 08:00 CST: 15 h not counted."
            " Closed: open 08:00–17:00, Mon–Fri.",
            "  Wed 25 Nov 2026, 08:00 to 08:30 CST: 30 min counted. Open 08:00–17:00, Mon–Fri.",
        ]


class TestTheWeek:
    @pytest.mark.parametrize(
        ("week", "due"),
        [
            ("", "2026-02-12T10:00:00-06:00"),
            ("--calendar US-IL", "2026-02-13T10:00:00-06:00"),
            ("--calendar us-il", "2026-02-13T10:00:00-06:00"),
            ("--open 9:30-18:00", "2026-02-12T10:30:00-06:00"),
            ("--days mon,wed,sat", "2026-02-14T10:00:00-06:00"),
            ("--days Fri-Mon", "2026-02-13T11:00:00-06:00"),
            ("--days wed", "2026-02-18T10:00:00-06:00"),
            ("--open 08:00-12:00,13:00-17:00", "2026-02-12T10:00:00-06:00"),
            ("--open 22:00-06:00", "2026-02-12T01:00:00-06:00"),
            ("--open 00:00-24:00 --days mon-sun --calendar none", "2026-02-11T19:00:00-06:00"),
        ],
        ids=[
            *("as usual", "a state's holiday", "in small letters", "other hours", "listed", "over the weekend", "one"),
            *("with a break", "a night shift", "around the clock"),
        ],
    )
    def test_is_open_as_told(self, ask, week, due):
        # On Wednesday an hour before five; Lincoln's Birthday, a holiday in Illinois, is the day after.
        promise = "--reported 2026-02-11T16:00 --hours 3 --clock business --timezone America/Chicago --json"
        _, out, _ = ask(f"{promise} {week}")
        assert json.loads(out)["due_at"] == due


class TestWhatIsNotUnderstood:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            (
                "--reported 2026-11-01T01:30",
                "01:30 on 1 Nov 2026 comes twice in America/Chicago:"
                " write 2026-11-01T01:30-05:00 or 2026-11-01T01:30-06:00.",
            ),
            (
                "--reported 2026-03-08T02:30",
                "02:30 on 8 Mar 2026 does not occur in America/Chicago: the clocks go forward 1 h there.",
            ),
            ("--reported 2026-03-08", "'2026-03-08' has no time of day: write it as in 2026-11-01T01:30-05:00."),
            ("--reported noon", "'noon' is not a date and time: write it as in 2026-11-01T01:30-05:00."),
            ("--reported 9999-12-31T23:00Z", "The report must lie in the years 1900 to 2100."),
            ("--hours 0", "The hours promised must be more than 0 and at most 8,760, which is a year."),
            ("--hours -3", "The hours promised must be more than 0 and at most 8,760, which is a year."),
            ("--hours soon", "'soon' is not a number of hours: write it as in 24 or 1.5."),
            ("--hours nan", "'nan' is not a number of hours: write it as in 24 or 1.5."),
            ("--clock sun", "'sun' is not a clock: write elapsed or business."),
            ("--open 08:00-08:00", "'08:00-08:00' ends as it begins: write 00:00-24:00 for the whole day."),
            (
                "--open 08:00-12:00,11:00-17:00",
                "Two stretches of open hours overlap: let the next begin when the one before has ended.",
            ),
            (
                "--open always",
                "'always' is not open hours: write them as in 08:00-17:00, 08:00-12:00,13:00-17:00, 22:00-06:00 or"
                " 00:00-24:00.",
            ),
            ("--days weekdays", "'weekdays' is not working days: write them as in mon-fri or mon,wed,sat."),
            ("--days mon-", "'mon-' is not working days: write them as in mon-fri or mon,wed,sat."),
            ("--days=", "'' is not working days: write them as in mon-fri or mon,wed,sat."),
            (
                "--calendar US-ZZ",
                "This calendar of holidays is not known: name a country, or a country and a state, as in US or US-IL.",
            ),
            ("--timezone Central", "This time zone is not known: name it as in America/Chicago."),
            (
                "--clock business --hours 720 --open 08:00-08:01 --days mon",
                "With so few open hours this promise would not fall due within 20 years.",
            ),
        ],
    )
    def test_is_said_in_one_sentence_with_exit_2(self, ask, typed, sentence):
        code, out, err = ask(f"--reported 2026-11-24T09:00 --timezone America/Chicago {typed}", "--json")
        assert (code, out, err) == (2, "", sentence + "\n")

"""`python -m core deadline`: any statutory clock, counted on the command line."""

import argparse
import json

import pytest

from core.command import deadline

CALIFORNIA = "--jurisdiction CA --kind prospective --received 2026-11-25T16:00-08:00"


@pytest.fixture
def ask(capsys):
    """Run the command with arguments as typed; its exit code, output and error output."""
    parser = argparse.ArgumentParser()
    deadline.add(parser.add_subparsers())

    def _ask(typed: str, *more: str) -> tuple[int, str, str]:
        args = parser.parse_args(["deadline", *typed.split(), *more])
        code = args.run(args)
        return code, *capsys.readouterr()

    return _ask


def test_needs_no_desk():
    parser = argparse.ArgumentParser()
    deadline.add(parser.add_subparsers())
    assert parser.parse_args(["deadline", *CALIFORNIA.split()]).needs_desk is False


class TestJson:
    def test_tells_the_date_the_rule_how_sure_it_is_and_the_count_in_words(self, ask):
        code, out, err = ask(CALIFORNIA, "--json")
        told = json.loads(out)
        assert (code, err) == (0, "")
        assert (told["due_on"], told["due_at"]) == ("2026-12-04", "2026-12-04T23:59:59.999999-08:00")
        assert told["citation"].startswith("LC 4610(i)(1)")
        assert (told["confidence"], told["extension_confidence"]) == ("source read", "knowledge")
        assert (told["rule"]["amount"], told["rule"]["unit"], told["rule"]["owner"]) == (5, "business_days", "payer")
        assert told["lapse"]["family"] == "void"
        assert [step["words"] for step in told["steps"]] == [
            "Wed 25 Nov 2026, from 16:00 PST on: day 0, not counted.",
            "Thu 26 Nov 2026: not counted. Holiday: Thanksgiving Day.",
            "Fri 27 Nov 2026: not counted. Holiday: Day after Thanksgiving.",
            "Sat 28 Nov 2026 to Sun 29 Nov 2026: not counted. Weekend.",
            "Mon 30 Nov 2026 to Fri 4 Dec 2026: working days 1 to 5 of 5.",
        ]
        assert told["words"] == (
            "Due Fri 4 Dec 2026, to the end of the day, Pacific time: 5 working days from Wed 25 Nov 2026, 16:00 PST."
        )

    def test_has_no_date_while_there_is_none(self, ask):
        _, out, _ = ask(CALIFORNIA, "--complete", "not-yet", "--json")
        told = json.loads(out)
        assert (told["state"], told["due_at"], told["due_on"]) == ("waiting for completeness", None, None)

    @pytest.mark.parametrize(
        ("typed", "due"),
        [
            ("--jurisdiction CA --kind prospective --received 2026-06-05T17:45 --channel fax", "2026-06-15"),
            ("--jurisdiction CA --kind prospective --received 2026-06-05T17:45 --channel e-mail", "2026-06-12"),
            ("--jurisdiction CA --kind prospective --received 2026-06-05T17:45", "2026-06-12"),
            ("--jurisdiction CA --kind prospective --received 2026-06-10T10:00 --channel mail --postmarked-on 2026-06-01",
             "2026-06-12"),
            ("--jurisdiction CA --kind prospective --received 2026-03-31T09:00 --complete 2026-04-01T09:00", "2026-04-08"),
            ("--jurisdiction CA --kind prospective --received 2026-06-01T10:00 --deferred 2026-06-02T10:00"
             " --deferred-until 2026-06-08T10:00", "2026-06-15"),
            ("--jurisdiction California --kind prospective --received 2026-07-01T09:00 --extended-on 2026-07-06"
             " --information-received 2026-07-10T10:00", "2026-07-15"),
            ("--jurisdiction OH --kind dispute_decision --received 2026-06-02T10:00 --tolled-from 2026-06-10T10:00"
             " --tolled-until 2026-07-06T10:00", "2026-07-13"),
            ("--jurisdiction TX --kind network_preauthorization --received 2026-06-09T09:00 --network", "2026-06-12"),
            ("--jurisdiction TX --kind prospective --received 2026-06-09T09:00 --no-network", "2026-06-12"),
        ],
    )  # fmt: skip
    def test_goes_by_what_happened(self, ask, typed, due):
        code, out, _ = ask(typed, "--json")
        assert (code, json.loads(out)["due_on"]) == (0, due)

    def test_goes_by_the_text_in_force_when_the_clock_started(self, ask):
        _, out, _ = ask(
            "--jurisdiction CA --kind prospective --received 2026-03-31T09:00 --complete 2026-04-01T09:00", "--json"
        )
        assert json.loads(out)["rule"]["effective_from"] == "2026-04-01"


def test_plain_lines_say_the_count_and_then_the_law(ask):
    _, out, _ = ask("--jurisdiction TX --kind prospective --received 2026-06-11T17:01")
    assert out.splitlines() == [
        "Due Wed 17 Jun 2026, 17:00 CDT: 3 working days from Fri 12 Jun 2026, 08:00 CDT.",
        "  Received after 17:00: it counts as received on Fri 12 Jun 2026 at 08:00.",
        "  Thu 11 Jun 2026, 17:01 CDT to Fri 12 Jun 2026, 08:00 CDT: not counted. Received after 17:00.",
        "  Fri 12 Jun 2026, from 08:00 CDT on: day 0, not counted.",
        "  Sat 13 Jun 2026 to Sun 14 Jun 2026: not counted. Weekend.",
        "  Mon 15 Jun 2026 to Wed 17 Jun 2026: working days 1 to 3 of 3.",
        "28 TAC 134.600(i)(1),(k); 28 TAC 102.3. Owner: payer. Confidence: source read.",
        "No approval: a violation, a denial or the next review: administrative violation, not an approval; no timely"
        " answer is considered a denial (Advisory 2002-02), so the clock for reconsideration or dispute may start.",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("--jurisdiction IL", "No statutory clock is known for Illinois"),
        ("--jurisdiction AL", "The law of 'AL' was not looked at. Clocks are known for: AZ, CA, CO,"),
        ("--kind surgery", "'surgery' is no kind of clock in California. Known are: prospective, concurrent,"),
        ("--received noon", "'noon' is not a date and time"),
        ("--received 2026-03-08T02:30", "02:30 on 8 Mar 2026 does not occur in America/Los_Angeles"),
        ("--channel pigeon", "'pigeon' is not a channel: write fax, e-mail, mail, portal, phone, person."),
        ("--extended-on soon", "'soon' is not a day: write it as in 2026-11-30."),
        ("--extended-on 9999-12-31", "A day must lie in the years 1900 to 2100."),
    ],
)
def test_what_is_not_known_or_not_understood_is_said_in_one_sentence_with_exit_2(ask, typed, sentence):
    code, out, err = ask(f"{CALIFORNIA} {typed}", "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(sentence)

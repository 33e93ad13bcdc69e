"""Codes of the injury in a client's file: kept where they are known, quoted and asked about where they are not."""

from typing import Any

import pytest

from core.access import Actor
from tests.claim_feeds import mapping_for, read_feed
from tests.core.feeds_import.importing import HEAD, ROWS, file, imported, rows

CODES = f"{HEAD},Part of Body Code,Nature of Injury Code,Cause of Injury Code"

KEPT = "select part_code, nature_code, cause_code, body_part, nature, cause from claim_narrative order by claim_id"


def test_come_along_as_codes_and_not_as_words(desk: Any, client: int, va: Actor) -> None:
    told = (",34,4,29.0", ",35 - Hand,,00", ",36,40,16")

    imported(va, client, file(*map(str.__add__, ROWS, told), head=CODES))

    assert rows(desk, KEPT) == [("34", "04", "29", None, None, None), ("35", None, None, None, None, None)]
    assert rows(desk, "select why from intake_question where reason like '%unknown'") == []


def test_that_are_not_known_are_quoted_and_asked_about(desk: Any, client: int, va: Actor) -> None:
    told = (",77,28,29", ",34,28,X1", ",36,40,16")

    imported(va, client, file(*map(str.__add__, ROWS, told), head=CODES))

    assert rows(desk, KEPT)[0][:3] == (None, "28", "29")
    assert rows(desk, "select element, reason, why from intake_question where reason like '%unknown' order by 1") == [
        ("body_part", "part_code_unknown", "The file says '77'; that is no code of a part of the body."),
        ("narrative", "cause_code_unknown", "The file says 'X1'; that is no code of a cause of injury."),
    ]


def test_of_the_part_of_body_answer_what_part_it_is(desk: Any, client: int, va: Actor) -> None:
    imported(va, client, file(*map(str.__add__, ROWS, (",34,28,29", ",,,", ",,,")), head=CODES))

    asked = rows(
        desk,
        "select client_claim_number from intake_question join claim using (client_id, claim_id)"
        " where element = 'body_part' order by 1",
    )
    assert asked == [("A-2",)]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Body Part Code", ("34", "35", "36"), "part_code"),
        ("BODY_PART_CD", ("34", "35", "36"), "part_code"),
        ("POB Code", ("34", "35", "36"), "part_code"),
        ("Nature of Injury Code", ("4", "40", "52"), "nature_code"),
        ("Loss Cause Cd", ("29", "29", "56"), "cause_code"),
        ("Body Part Code", ("WRIST", "HAND", "KNEE"), "body_part"),
        ("Body Part Code", ("4410", "4420", "519"), "body_part"),
        ("Body Part", ("wrist", "hand", "knee"), "body_part"),
    ],
)
def test_are_known_by_their_heading_where_what_stands_below_are_codes(
    heading: str, cells: tuple[str, ...], field: str
) -> None:
    head = f"Name,Date of Injury,Date Reported,{heading}\n"
    text = head + "".join(f"Ana B{n},11/20/2025,11/21/2025,{cell}\n" for n, cell in enumerate(cells))

    assert mapping_for(read_feed(text.encode())).columns.get(field) == heading

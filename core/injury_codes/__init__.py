"""Codes for part of body, nature and cause of injury: found by words, proposed from what happened, chosen by people."""

from core.injury_codes.finding import Hit, find
from core.injury_codes.proposing import MOST, Proposal, proposed
from core.injury_codes.vocabularies import CODES, Code, Vocabulary, code

__all__ = ["CODES", "MOST", "Code", "Hit", "Proposal", "Vocabulary", "code", "find", "proposed"]

"""Intake: from an employer's report to a claim in which everything required is there, or known to be unobtainable."""

from core.intake.answers import AnswerNotUnderstood, NoSuchQuestion, ReportTimeIsCorrected, answer_question
from core.intake.correction import ContactBeforeReport, correct_report
from core.intake.elements import (
    CONTACT_METHODS,
    DOUBTS,
    ELEMENTS,
    JURISDICTIONS,
    SAME_CLAIM_ANSWERS,
    Report,
    date_flags,
    flags,
    folded,
    missing,
    questions,
    readable_phone,
    tidied,
)
from core.intake.reading import ClaimPage, Header, Narrative, Worker, next_waiting, open_claim
from core.intake.reporting import ClaimRef, NoSuchClient, PerhapsReported, WorkerNotNamed, clients, report
from core.intake.sameness import SAME_NUMBER, Suspect
from db.queries.promises import ClientRow as Client

__all__ = [
    "CONTACT_METHODS",
    "DOUBTS",
    "ELEMENTS",
    "JURISDICTIONS",
    "SAME_CLAIM_ANSWERS",
    "SAME_NUMBER",
    "AnswerNotUnderstood",
    "ClaimPage",
    "ClaimRef",
    "Client",
    "ContactBeforeReport",
    "Header",
    "Narrative",
    "NoSuchClient",
    "NoSuchQuestion",
    "PerhapsReported",
    "Report",
    "ReportTimeIsCorrected",
    "Suspect",
    "Worker",
    "WorkerNotNamed",
    "answer_question",
    "clients",
    "correct_report",
    "date_flags",
    "flags",
    "folded",
    "missing",
    "next_waiting",
    "open_claim",
    "questions",
    "readable_phone",
    "report",
    "tidied",
]

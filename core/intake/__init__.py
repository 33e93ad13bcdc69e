"""Intake: from an employer's report to a claim in which everything required is there, or known to be unobtainable."""

from core.intake.answers import (
    AnswerNotUnderstood,
    DeathIsCorrected,
    NoSuchQuestion,
    ReportTimeIsCorrected,
    answer_question,
)
from core.intake.correction import ContactBeforeReport, correct_report
from core.intake.death import (
    DeathAcknowledged,
    DeathInTheFuture,
    DeathKnown,
    DeathNotKnown,
    Unacknowledged,
    acknowledge_death,
    correct_death,
    record_death,
    unacknowledged_deaths,
)
from core.intake.elements import (
    BRIEFLY,
    CONTACT_METHODS,
    DOUBTS,
    ELEMENTS,
    SAME_CLAIM_ANSWERS,
    Question,
    Report,
    date_flags,
    flags,
    missing,
    number_key,
    questions,
    tidied,
    worker_name_key,
)
from core.intake.reading import ClaimPage, Header, Narrative, Worker, newest, open_claim
from core.intake.reporting import ClaimRef, PerhapsReported, WorkerNotNamed, clients, report
from core.intake.sameness import SAME_NUMBER, Suspect
from db.queries.claims import Entry, Newest
from db.queries.claims import Question as OpenQuestion
from db.queries.promises import ClientInZone as Client

__all__ = [
    "BRIEFLY",
    "CONTACT_METHODS",
    "DOUBTS",
    "ELEMENTS",
    "SAME_CLAIM_ANSWERS",
    "SAME_NUMBER",
    "AnswerNotUnderstood",
    "ClaimPage",
    "ClaimRef",
    "Client",
    "ContactBeforeReport",
    "DeathAcknowledged",
    "DeathInTheFuture",
    "DeathIsCorrected",
    "DeathKnown",
    "DeathNotKnown",
    "Entry",
    "Header",
    "Narrative",
    "Newest",
    "NoSuchQuestion",
    "OpenQuestion",
    "PerhapsReported",
    "Question",
    "Report",
    "ReportTimeIsCorrected",
    "Suspect",
    "Unacknowledged",
    "Worker",
    "WorkerNotNamed",
    "acknowledge_death",
    "answer_question",
    "clients",
    "correct_death",
    "correct_report",
    "date_flags",
    "flags",
    "missing",
    "newest",
    "number_key",
    "open_claim",
    "questions",
    "record_death",
    "report",
    "tidied",
    "unacknowledged_deaths",
    "worker_name_key",
]

"""Intake: from an employer's report to a claim in which everything required is there, or known to be unobtainable."""

from core.intake.answers import (
    DeathIsCorrected,
    NoSuchQuestion,
    ReportTimeIsCorrected,
    SupervisorMerges,
    answer_question,
    answer_questions,
    decide,
)
from core.intake.asking import doubtful, missing, questions
from core.intake.asking_again import NothingToAskAgain, NotToAskThen
from core.intake.correction import (
    ContactBeforeReport,
    CorrectedAlready,
    MergedBefore,
    NothingCorrected,
    correct_fields,
    correct_report,
)
from core.intake.death import (
    DeathAcknowledged,
    DeathInTheFuture,
    DeathKnown,
    DeathNotKnown,
    acknowledge_death,
    correct_death,
    doubtful_death,
    record_death,
)
from core.intake.doubts import DOUBTS, date_flags, flags
from core.intake.elements import ASKED_ALWAYS, BRIEFLY, ELEMENTS, SAME_CLAIM_ANSWERS, Question
from core.intake.field_changes import Both, ChangedMeanwhile
from core.intake.fields import FIELDS, REPRESENTATIVES, SPEAKING, Field, NoSuchField, filled_by, somebody_speaks
from core.intake.open_questions import Key
from core.intake.readers import NO, YES, AnswerNotUnderstood
from core.intake.reading import ClaimPage, Header, Narrative, Representative, Worker, newest, open_claim
from core.intake.reporting import ClaimRef, MadeForAnother, PerhapsReported, WorkerNotNamed, report
from core.intake.sameness import SAME_NUMBER, Suspect
from core.intake.told import (
    CONTACT_METHODS,
    LOST_TIME,
    TREATMENTS,
    NoSuchCode,
    NoSuchWay,
    Report,
    number_key,
    tidied,
    worker_name_key,
)
from db.queries.claims import Merged
from db.queries.claims import Question as OpenQuestion
from db.queries.timeline import Entry, Newest

__all__ = [
    "ASKED_ALWAYS",
    "BRIEFLY",
    "CONTACT_METHODS",
    "DOUBTS",
    "ELEMENTS",
    "FIELDS",
    "LOST_TIME",
    "NO",
    "REPRESENTATIVES",
    "SAME_CLAIM_ANSWERS",
    "SAME_NUMBER",
    "SPEAKING",
    "TREATMENTS",
    "YES",
    "AnswerNotUnderstood",
    "Both",
    "ChangedMeanwhile",
    "ClaimPage",
    "ClaimRef",
    "ContactBeforeReport",
    "CorrectedAlready",
    "DeathAcknowledged",
    "DeathInTheFuture",
    "DeathIsCorrected",
    "DeathKnown",
    "DeathNotKnown",
    "Entry",
    "Field",
    "Header",
    "Key",
    "MadeForAnother",
    "Merged",
    "MergedBefore",
    "Narrative",
    "Newest",
    "NoSuchCode",
    "NoSuchField",
    "NoSuchQuestion",
    "NoSuchWay",
    "NotToAskThen",
    "NothingCorrected",
    "NothingToAskAgain",
    "OpenQuestion",
    "PerhapsReported",
    "Question",
    "Report",
    "ReportTimeIsCorrected",
    "Representative",
    "SupervisorMerges",
    "Suspect",
    "Worker",
    "WorkerNotNamed",
    "acknowledge_death",
    "answer_question",
    "answer_questions",
    "correct_death",
    "correct_fields",
    "correct_report",
    "date_flags",
    "decide",
    "doubtful",
    "doubtful_death",
    "filled_by",
    "flags",
    "missing",
    "newest",
    "number_key",
    "open_claim",
    "questions",
    "record_death",
    "report",
    "somebody_speaks",
    "tidied",
    "worker_name_key",
]

"""Who may do what to which table: a cell for every verb, each with the statement that tries it."""

from typing import NamedTuple

from core.access import Role

VA, CLINICAL, SUPERVISOR = Role.VA, Role.CLINICAL, Role.SUPERVISOR
EXECUTIVE, COMPLIANCE, ADMINISTRATOR = Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR

Person = Role | None
"""Somebody of a role, or nobody: no acting person is set."""

EVERYBODY = frozenset(Role)
PEOPLE: tuple[Person, ...] = (*Role, None)

DONE, NO_ROW, REFUSED = "done", "no row", "refused"


class May(NamedTuple):
    """
    Who does what with a *statement*: those who do it to *all* clients' rows, and those who do it to the *served*'s.

    An insert by anybody else is refused; to anything else there is no row for them, but for the *refused* in their own
    scope. *first* and *after* are what belongs to the act, before and behind it in the same transaction.
    """

    all: frozenset[Person] = frozenset()
    served: frozenset[Person] = frozenset()
    statement: str = ""
    first: str = ""
    after: str = ""
    refused: frozenset[Person] = frozenset()


def may(*served: Person, all: tuple[Person, ...] = (), refused: tuple[Person, ...] = (), **words: str) -> May:
    return May(frozenset(all), frozenset(served), refused=frozenset(refused), **words)


def reads(*served: Person, all: tuple[Person, ...], of: str = "client_id = {client}") -> May:
    return may(*served, all=all, statement=f"select 1 from {{table}} where {of}")


class Table(NamedTuple):
    """
    The cells of a table: a verb that is not named is granted to nobody.

    *inserts* and *updates* are the columns that may be written, by whom they may be at all.
    """

    select: May | None = None
    insert: May | None = None
    update: May | None = None
    delete: May | None = None
    inserts: str = ""
    updates: str = ""


_UNDO = "update feed_import set state = 'undone', undone_at = now(), undone_by = {me} where import_id = {import_id};"
_PARTS = [
    f"delete from {part} where client_id = {{client}} and claim_id = {{imported}};"
    for part in ("intake_question", "claim_narrative", "claim_event", "claim")
]


def taken_away(part: int) -> May:
    """Return who takes away what an import brought, with the import that is undone."""
    return may(VA, all=(SUPERVISOR,), first=_UNDO + "".join(_PARTS[:part]), statement=_PARTS[part],
               after="".join(_PARTS[part + 1 :]))  # fmt: skip


_PARTS_OF_REQUEST = [
    f"delete from {part} where client_id = {{client}} and request_id = {{brought}};"
    for part in ("service_line", "authorization_request")
]


def request_taken_away(part: int) -> May:
    """Return who takes away what an import of requests brought, with the import that is undone."""
    return may(VA, all=(SUPERVISOR,), first=_UNDO.replace("{import_id}", "{requests_import}")
               + "".join(_PARTS_OF_REQUEST[:part]), statement=_PARTS_OF_REQUEST[part],
               after="".join(_PARTS_OF_REQUEST[part + 1 :]))  # fmt: skip


_IMPORT = (
    "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
    " values ({client}, 'claims', 'new', now(), {me}, 'done');"
)
_FILE = (
    "insert into file (client_id, kind, name, size, digest, uploaded_at, uploaded_by)"
    " values ({client}, 'text', 'w', octet_length('w'), sha256('w'), now(), {me});"
)
_REQUEST = (
    "insert into authorization_request (client_id, claim_id, jurisdiction, kind, provider_name, received_at, channel,"
    " complete_at, clock, rule, due_at, holder_id, logged_at, logged_by)"
    " values ({client}, {claim}, 'CA', 'prospective', 'Dr. Ames', now(), 'fax', now(), 'running', 1, now(), {me}, now(), {me});"
)
_ASKED = (
    "insert into service_line (client_id, claim_id, request_id, line, words)"
    " select client_id, claim_id, max(request_id), 1, 'MRI' from authorization_request where claim_id = {claim}"
    " group by client_id, claim_id"
)
_DETERMINED = (
    "insert into determination (client_id, claim_id, request_id, outcome, reviewer_name, decided_at, decided_by, recorded_at)"
    " values ({client}, {claim}, {request}, 'approved', 'RN', now(), {me}, now());"
)
_APPROVED = (
    "insert into determination_line (client_id, claim_id, request_id, determination_id, line, outcome, units)"
    " select client_id, claim_id, request_id, determination_id, 1, 'approved', 1 from determination"
    " where request_id = {request}"
)
_KNOWN = {"all": (SUPERVISOR, COMPLIANCE)}
_DIRECTORY = Table(reads(all=(VA, CLINICAL, SUPERVISOR, COMPLIANCE), of="provider_id = {provider}"))
_COUNTS = Table(reads(VA, CLINICAL, EXECUTIVE, **_KNOWN))
_CLOSED = Table()
_JOB = "insert into procrastinate_jobs (queue_name, task_name) values ('default', 'x');"


def _library(insert: str, change: str) -> Table:
    """Return the cells of a table of the jobs: no row tells of a client or a person, and whoever works is nobody."""
    return Table(
        may(all=PEOPLE, first=_JOB + insert, statement="select 1 from {table}"),
        may(all=PEOPLE, first=_JOB, statement=insert),
        may(all=PEOPLE, first=_JOB + insert, statement=f"update {{table}} set {change}"),
        may(all=PEOPLE, first=_JOB + insert, statement="delete from {table}"),
        inserts="*",
        updates="*",
    )


TABLES = {
    "alembic_version": Table(reads(all=PEOPLE, of="true")),
    "audit_event": Table(
        insert=may(
            all=PEOPLE,
            statement="insert into audit_event (actor_id, noun, noun_id, verb) values ({me}, 'claim', 1, 'read')",
        ),
        inserts="actor_id client_id noun noun_id verb detail",
    ),
    "audit_event_rest": _CLOSED,
    "audit_event_month": _CLOSED,
    "authorization_follow_up": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into authorization_follow_up (client_id, claim_id, request_id, party, how, outcome, at, by_id,"
            " recorded_at) values ({client}, {claim}, {request}, 'provider', 'phone', 'no_answer', now(), {me}, now())",
            after="update authorization_request set change = 'followed_up', changed_at = now(), changed_by = {me},"
            " version = version + 1 where request_id = {request}",
        ),
        inserts="client_id claim_id request_id party how outcome note at by_id recorded_at",
    ),
    "authorization_request": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(VA, CLINICAL, all=(SUPERVISOR,), statement=_REQUEST, after=_ASKED),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update authorization_request set information_asked_at = now(), change = 'extended', change_why = 'x',"
            " changed_at = now(), changed_by = {me}, version = version + 1 where request_id = {request}",
        ),
        request_taken_away(1),
        inserts="client_id claim_id about_id jurisdiction kind provider_npi provider_name provider_phone provider_fax"
        " provider_email received_at channel postmarked_on document_id complete_at missing clock rule due_at due_why ours"
        " holder_id reviewer_id follow_up_at unanswered to_clinical_at to_supervisor_at logged_at logged_by import_id",
        updates="complete_at returned_at missing information_asked_at information_at tolled_at resumed_at deferred_at deferred_why"
        " taken_up_at clock rule due_at due_why ours holder_id reviewer_id follow_up_at follow_up_by_hand unanswered to_clinical_at"
        " to_supervisor_at change change_why changed_at changed_by version",
    ),
    "by_all_hour": _COUNTS,
    "by_client_hour": _COUNTS,
    "by_hour": _CLOSED,
    "by_jurisdiction_hour": _CLOSED,
    "cadence": Table(
        reads(all=(*Role,), of="cadence_id = 1"),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into cadence (party, effective_from, left_hours, every_hours, last_hours, undated_hours,"
            " promised_hours, opens, closes, unanswered, share, why, proposed_by, proposed_at)"
            " values ('reviewer', '2100-01-01', '{{24}}', '{{4}}', 1, 48, 24, '08:00', '17:00', 3, 25, 'x', {me}, now())",
        ),
        may(
            all=(ADMINISTRATOR,),
            statement="update cadence set withdrawn_at = now(), withdrawn_by = {me}, withdrawn_why = 'x'"
            " where effective_from = '2100-01-01'",
        ),
        inserts="party effective_from left_hours every_hours last_hours undated_hours promised_hours opens closes"
        " unanswered share why proposed_by proposed_at",
        updates="withdrawn_by withdrawn_at withdrawn_why",
    ),
    "calendar_address": Table(
        may(all=(SUPERVISOR,), statement="select made_at from calendar_address where staff_id = {clinician}"),
        may(
            all=(),
            statement="insert into calendar_address (staff_id, token_hash, made_at) values ({unset}, sha256('y'), now())",
        ),
        may(
            all=(),
            statement="update calendar_address set token_hash = sha256('z'), made_at = now() where staff_id = {clinician}",
        ),
        may(all=(SUPERVISOR,), statement="delete from calendar_address where staff_id = {clinician}"),
        inserts="staff_id token_hash made_at",
        updates="token_hash made_at",
    ),
    "call_request": Table(
        reads(VA, CLINICAL, **_KNOWN, of="claim_id = {claim}"),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into call_request (client_id, claim_id, kind, clinician_id, asked_at, asked_by)"
            " values ({client}, {imported}, 'overtime', {clinician}, now(), {me})",
        ),
        may(
            all=(SUPERVISOR,),
            refused=(VA, CLINICAL),
            statement="update call_request set outcome = 'declined', settled_why = 'x', settled_at = now(),"
            " settled_by = {me} where claim_id = {claim}",
        ),
        inserts="client_id claim_id kind clinician_id note asked_at asked_by",
        updates="settled_at settled_by outcome settled_why",
    ),
    "claim": Table(
        reads(VA, CLINICAL, **_KNOWN, of="claim_id = {claim}"),
        may(
            VA,
            all=(SUPERVISOR,),
            statement="insert into claim (client_id, worker_id, date_of_injury, reported_at, channel, sla_effective_from,"
            " due_at) values ({client}, {loner}, '2026-11-23', '{reported}', 'form', '2020-01-01Z', '{due}')",
        ),
        may(
            VA, CLINICAL, all=(SUPERVISOR,), statement="update claim set version = version + 1 where claim_id = {claim}"
        ),
        taken_away(3),
        inserts="client_id client_claim_number client_number_key worker_id jurisdiction date_of_injury injured_time"
        " reported_at reported_to channel emergency flags sla_effective_from due_at import_id date_of_death",
        updates="client_claim_number client_number_key jurisdiction date_of_injury injured_time reported_at reported_to flags"
        " sla_effective_from due_at assignee_id assigned_at first_contact_at first_contact_by date_of_death"
        " death_seen_at death_seen_by certified_network emergency version",
    ),
    "claim_condition": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into claim_condition (client_id, claim_id, words, status, since, set_at, set_by)"
            " values ({client}, {claim}, 'Sprain', 'alleged', '2026-11-23', now(), {me})",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update claim_condition set status = 'allowed', set_at = now(), set_by = {me} where claim_id = {claim}",
        ),
        inserts="client_id claim_id code words status since set_at set_by",
        updates="code words status since set_at set_by",
    ),
    "claim_document": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into claim_document (client_id, claim_id, file_id, kind, title, added_at, added_by)"
            " values ({client}, {claim}, {stamped}, 'letter', 'A letter', now(), {me})",
        ),
        inserts="client_id claim_id file_id kind title added_at added_by",
    ),
    "claim_event": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, now(), {me}, 'assigned')",
        ),
        delete=taken_away(2),
        inserts="client_id claim_id at by_id kind detail",
    ),
    "feed_import": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(VA, all=(SUPERVISOR,), statement=_IMPORT),
        may(VA, all=(SUPERVISOR,), statement=_UNDO.replace("{import_id}", "{empty_import}")),
        inserts="client_id kind file_name started_at by_id state read accepted refused duplicates",
        updates="state undone_at undone_by",
    ),
    "claim_narrative": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into claim_narrative (client_id, claim_id, narrative) values ({client}, {untold}, 'Fell.')",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update claim_narrative set narrative = narrative || ' And more.' where claim_id = {claim}",
        ),
        taken_away(1),
        inserts="client_id claim_id narrative body_part nature cause reporter reporter_phone injury_place part_code"
        " nature_code cause_code initial_treatment treated_at occupation lost_time last_day_worked return_to_work modified_duty"
        " work_supervisor work_supervisor_phone",
        updates="narrative body_part nature cause reporter reporter_phone injury_place part_code nature_code cause_code"
        " initial_treatment treated_at occupation lost_time last_day_worked return_to_work modified_duty"
        " work_supervisor work_supervisor_phone",
    ),
    "claim_viewer": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            **_KNOWN,
            statement="insert into claim_viewer (client_id, claim_id, staff_id, since, seen_at)"
            " values ({client}, {paused}, {me}, now(), now())",
        ),
        may(VA, CLINICAL, **_KNOWN, statement="update claim_viewer set seen_at = now() where client_id = {client}"),
        may(VA, CLINICAL, **_KNOWN, statement="delete from claim_viewer where client_id = {client}"),
        inserts="client_id claim_id staff_id since seen_at",
        updates="since seen_at",
    ),
    "client": Table(
        reads(VA, CLINICAL, EXECUTIVE, all=(SUPERVISOR, COMPLIANCE, ADMINISTRATOR)),
        may(all=(ADMINISTRATOR,), statement="insert into client (code, name, timezone) values ('NEW', 'New', 'UTC')"),
        may(all=(ADMINISTRATOR,), statement="update client set name = 'Other' where client_id = {client}"),
        inserts="code name timezone created_at",
        updates="name version",
    ),
    "client_cover": Table(
        reads(all=(SUPERVISOR, COMPLIANCE, ADMINISTRATOR)),
        may(
            all=(SUPERVISOR,),
            statement="insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
            " values ({bare}, {colleague}, now(), now() + interval '1 day', 'leave', {me})",
        ),
        may(
            all=(SUPERVISOR,),
            statement="update client_cover set ended_at = now(), ended_by = {me} where client_id = {client}",
        ),
        inserts="client_id staff_id starts_at until reason set_by",
        updates="ended_at ended_by",
    ),
    "clinician": Table(
        reads(all=(SUPERVISOR,), of="staff_id = {clinician}"),
        may(
            all=(SUPERVISOR,),
            statement="insert into clinician (staff_id, hours, set_at, set_by)"
            " values ({unset}, array_fill(''::text, array[7]), now(), {me})",
        ),
        may(
            all=(SUPERVISOR,),
            statement="update clinician set daily_calls = 3, set_at = now(), set_by = {me}, version = version + 1"
            " where staff_id = {clinician}",
        ),
        inserts="staff_id hours languages licences compact daily_calls set_at set_by",
        updates="hours languages licences compact daily_calls set_at set_by version",
    ),
    "client_holiday": Table(
        reads(VA, CLINICAL, EXECUTIVE, all=(SUPERVISOR, COMPLIANCE, ADMINISTRATOR)),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into client_holiday (client_id, day, effective_from, closed, name, reason, set_by, set_at)"
            " values ({client}, '2026-12-24', now(), true, 'Shutdown', 'x', {me}, now())",
        ),
        inserts="client_id day effective_from closed name reason set_by set_at",
    ),
    "clock_pause": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            all=(SUPERVISOR,),
            statement="insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
            " values ({client}, {claim}, now(), 'Attorney', {me})",
        ),
        may(
            all=(SUPERVISOR,),
            refused=(CLINICAL,),  # who ends a pause by a first contact, and so alone not
            statement="update clock_pause set ends_at = starts_at + interval '1 hour', ended_by = {me}"
            " where claim_id = {paused}",
            after="update claim set due_at = due_at + interval '1 hour' where claim_id = {paused}",
        ),
        inserts="client_id claim_id starts_at reason set_by",
        updates="ends_at ended_by",
    ),
    "contact_attempt": Table(reads(VA, CLINICAL, **_KNOWN)),
    "contact_consent": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into contact_consent"
            " (client_id, worker_id, claim_id, channel, number, answer, words, at, by_id)"
            " values ({client}, {worker}, {claim}, 'voicemail', '+13125550101', 'refused', 'No.', now(), {me})",
        ),
        inserts="client_id worker_id claim_id channel number answer words at by_id",
    ),
    "first_contact": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            CLINICAL,
            first="select desk_log_attempt({client}, {claim}, '{reported}', 'worker', 'phone', 'reached', true, null, null,"
            " p_late_why => 'On paper.', p_permitted => true)",
            statement="insert into first_contact (client_id, attempt_id, identity, explained, work_status, incomplete_why)"
            " select client_id, attempt_id, '{{full_name,employer}}', '{{notices}}', 'off_work', 'x' from contact_attempt"
            " where claim_id = {claim} and substantive",
            after="update claim set first_contact_at = '{reported}', first_contact_by = {me} where claim_id = {claim}",
        ),
        inserts="client_id attempt_id identity explained care work_status work_note incomplete_why",
    ),
    "determination": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(CLINICAL, statement=_DETERMINED, after=_APPROVED),
        inserts="client_id claim_id request_id corrects_id outcome reviewer_name reviewer_credentials reason decided_at"
        " decided_by recorded_at lapse_of",
    ),
    "determination_line": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(CLINICAL, first=_DETERMINED, statement=_APPROVED),
        inserts="client_id claim_id request_id determination_id line outcome units words from_on until_on"
        " authorization_number",
    ),
    "determination_notice": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into determination_notice (client_id, claim_id, request_id, determination_id, party, how,"
            " recipient, at, by_id, recorded_at) values ({client}, {claim}, {decided}, {determination}, 'worker', 'mail',"
            " 'R. Sample', now(), {me}, now())",
        ),
        inserts="client_id claim_id request_id determination_id party how recipient document_id at by_id recorded_at",
    ),
    "disclosure": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into disclosure (client_id, claim_id, digest, recipient, purpose, at, by_id)"
            " values ({client}, {claim}, sha256('x'), 'Dr. Ames', 'treatment', now(), {me})",
        ),
        inserts="client_id claim_id document_id digest recipient purpose at by_id",
    ),
    "draft": Table(
        reads(VA, CLINICAL, all=(SUPERVISOR,), of="claim_id = {claim}"),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into draft (staff_id, form, client_id, claim_id, request, saved_at)"
            " values ({me}, 'pause', {client}, {claim}, gen_random_uuid(), now())",
        ),
        may(VA, CLINICAL, all=(SUPERVISOR,), statement="update draft set fields = null where claim_id = {claim}"),
        inserts="staff_id form client_id claim_id request fields saved_at",
        updates="client_id claim_id request fields saved_at",
    ),
    "telephone_intake": Table(
        reads(VA, CLINICAL, all=(SUPERVISOR,), of="claim_id = {imported}"),
        may(
            VA,
            all=(SUPERVISOR,),
            first="insert into request_key (request, staff_id, at)"
            " values ('00000000-0000-7000-8000-000000000064', {me}, now());"
            "update request_key set client_id = {client}, claim_id = {claim}"
            " where request = '00000000-0000-7000-8000-000000000064'",
            statement="insert into telephone_intake (client_id, claim_id, request, begun_at, begun_by)"
            " values ({client}, {claim}, '00000000-0000-7000-8000-000000000064', now(), {me})",
        ),
        may(
            VA,
            all=(SUPERVISOR,),
            statement="update telephone_intake set ended_at = now(), ended_by = {me}, left_why = 'x'"
            " where claim_id = {imported}",
        ),
        inserts="client_id claim_id request begun_at begun_by",
        updates="ended_at ended_by left_why",
    ),
    "duration_by_all_day": _COUNTS,
    "duration_by_client_day": _COUNTS,
    "duration_by_day": _CLOSED,
    "duration_by_jurisdiction_day": _CLOSED,
    "fact_delta": _COUNTS,
    "feed_mapping": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            all=(SUPERVISOR,),
            statement="insert into feed_mapping (client_id, kind, mapping, saved_by, saved_at) values ({bare}, 'claims', '{{}}', {me}, now())",
        ),
        may(
            VA,
            all=(SUPERVISOR,),
            statement="update feed_mapping set saved_by = {me}, saved_at = now() where client_id = {client}",
        ),
        inserts="client_id kind mapping saved_by saved_at",
        updates="mapping saved_by saved_at",
    ),
    "field_change": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into field_change (client_id, claim_id, field, was, became, why, at, by_id)"
            " values ({client}, {claim}, 'representative_firm', null, 'Law', 'Misheard.', now(), {me})",
            after="update representative set firm = 'Law' where claim_id = {claim}",
        ),
        inserts="client_id claim_id field was became why at by_id",
    ),
    "file": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement=_FILE.replace("'w'", "'new'"),
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update file set received_at = uploaded_at, stamped_by = {me} where client_id = {client}"
            " and file_id = {waiting}",
        ),
        inserts="client_id kind name size digest uploaded_at uploaded_by received_at stamped_by",
        updates="received_at stamped_by set_aside_at set_aside_by set_aside_why",
    ),
    "file_content": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            first=_FILE.replace("'w'", "'new'"),
            statement="insert into file_content select client_id, file_id, 'new' from file where digest = sha256('new')"
            " and client_id = {client}",
        ),
        inserts="client_id file_id content",
    ),
    "intake_requirement": Table(
        reads(VA, CLINICAL, EXECUTIVE, all=(SUPERVISOR, COMPLIANCE, ADMINISTRATOR)),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into intake_requirement (element, client_id, jurisdiction, asked, effective_from, why,"
            " sureness, proposed_by, proposed_at)"
            " values ('occupation', {client}, 'IL', 'required', '2100-01-01', 'x', 'knowledge', {me}, now())",
        ),
        may(
            all=(ADMINISTRATOR,),
            statement="update intake_requirement set withdrawn_at = now(), withdrawn_by = {me}, withdrawn_why = 'x'"
            " where client_id = {client}",
        ),
        inserts="element client_id jurisdiction asked only_if effective_from why sureness proposed_by proposed_at",
        updates="withdrawn_by withdrawn_at withdrawn_why",
    ),
    "statutory_clock": Table(
        reads(all=(*Role,), of="jurisdiction = 'KY'"),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into statutory_clock (jurisdiction, kind, effective_from, zone, starts, amount, unit, lapse,"
            " lapse_words, owner, citation, confidence, why, proposed_by, proposed_at)"
            " values ('KY', 'prospective', '2100-01-01', 'America/New_York', 'x', 1, 'hours', 'none', 'x', 'payer', 'x',"
            " 'knowledge', 'x', {me}, now())",
        ),
        may(
            all=(ADMINISTRATOR,),
            statement="update statutory_clock set withdrawn_at = now(), withdrawn_by = {me}, withdrawn_why = 'x'"
            " where effective_from = '2100-01-01'",
        ),
        inserts="jurisdiction kind network effective_from zone starts waits amount unit extension_amount "
        "extension_unit extension_from extension_within_amount extension_within_unit extension_words "
        "information_amount information_unit late_channels late_opens late_closes late_day_off_moves "
        "late_words mail_days defers rolls last_day_words day_ends by_post_days lapse lapse_words owner "
        "citation effective_to confidence extension_confidence note source from_known why proposed_by "
        "proposed_at",
        updates="withdrawn_by withdrawn_at withdrawn_why",
    ),
    "statutory_clock_check": Table(
        reads(all=(*Role,), of="clock_id = 1"),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into statutory_clock_check (clock_id, against, checked_by, checked_at)"
            " values (1, 'x', {me}, now())",
        ),
        inserts="clock_id against checked_by checked_at",
    ),
    "statutory_holiday": Table(
        reads(all=(*Role,), of="jurisdiction = 'KY'"),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into statutory_holiday (jurisdiction, day, effective_from, closed, name, reason, set_by, set_at)"
            " values ('KY', '2026-12-24', now(), true, 'x', 'x', {me}, now())",
        ),
        inserts="jurisdiction day effective_from closed name reason set_by set_at",
    ),
    "hand_over": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            first="update claim set assignee_id = {me}, assigned_at = now() where claim_id = {untold};",
            statement="insert into hand_over (client_id, claim_id, given_at, given_by, to_id, note)"
            " values ({client}, {untold}, now(), {me}, {colleague}, 'x')",
        ),
        inserts="client_id claim_id given_at given_by to_id note",
    ),
    "import_duplicate": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            all=(SUPERVISOR,),
            first=_IMPORT,
            statement="insert into import_duplicate (client_id, import_id, row_number, of_id, why)"
            " select client_id, import_id, 1, {claim}, 'x' from feed_import where file_name = 'new'",
        ),
        delete=may(
            VA,
            all=(SUPERVISOR,),
            first=_UNDO.replace("{import_id}", "{empty_import}"),
            statement="delete from import_duplicate where import_id = {empty_import}",
        ),
        inserts="client_id import_id row_number of_id of_import why",
    ),
    "import_refusal": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            all=(SUPERVISOR,),
            first=_IMPORT,
            statement="insert into import_refusal (client_id, import_id, row_number, field, reason, remedy, cells)"
            " select client_id, import_id, 1, 'x', 'x', 'x', '[]' from feed_import where file_name = 'new'",
        ),
        inserts="client_id import_id row_number field reason remedy cells",
    ),
    "injured_worker": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            all=(SUPERVISOR,),
            statement="insert into injured_worker (client_id, family_name, given_name, family_key, given_key)"
            " values ({client}, 'A', 'B', 'a', 'b')",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update injured_worker set phone = '+13125550102' where worker_id = {loner}",
        ),
        may(VA, all=(SUPERVISOR,), statement="delete from injured_worker where worker_id = {loner}"),
        inserts="client_id family_name given_name family_key given_key birth_date phone email language preferred_contact"
        " address postal_code best_hours timezone interpreter do_not_contact",
        updates="family_name given_name family_key given_key birth_date phone email language preferred_contact"
        " address postal_code best_hours timezone interpreter do_not_contact",
    ),
    "intake_question": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'language', 'Not in the report.', now())",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update intake_question set answered_at = now(), answered_by = {me} where claim_id = {claim}",
        ),
        taken_away(0),
        inserts="client_id claim_id element reason why opened_at",
        updates="answered_at answered_by unobtainable_why ask_again_at asked_again_at",
    ),
    "known_browser": _CLOSED,
    "letter": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into letter (client_id, claim_id, request_id, determination_id, party, language, template,"
            " version, made_at, made_by) values ({client}, {claim}, {decided}, {determination}, 'employer', 'en',"
            " 'determination_letter', 1, now(), {me})",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update letter set handed_out_at = now(), how = 'fax', recipient = 'Dr. Ames', handed_out_by = {me}"
            " where request_id = {incomplete}",
        ),
        inserts="client_id claim_id request_id determination_id party language template version document_id made_at made_by",
        updates="handed_out_at how recipient handed_out_by",
    ),
    "procrastinate_events": _library(
        "insert into procrastinate_events (job_id, type) select max(id), 'deferred' from procrastinate_jobs;",
        "at = now()",
    ),
    "procrastinate_jobs": _library(_JOB, "priority = 1"),
    "procrastinate_periodic_defers": _library(
        "insert into procrastinate_periodic_defers (task_name) values ('x');", "defer_timestamp = 1"
    ),
    "procrastinate_workers": _library("insert into procrastinate_workers default values;", "last_heartbeat = now()"),
    "network_panel": Table(reads(VA, CLINICAL, **_KNOWN)),
    "provider": _DIRECTORY,
    "provider_language": _DIRECTORY,
    "provider_location": _DIRECTORY,
    "provider_specialty": _DIRECTORY,
    "reaches": Table(reads(all=tuple(Role))),
    "referral": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into referral (client_id, claim_id, taxonomy_code, specialty, referred_by, provider_id,"
            " location_id, made_at, made_by, confirm_provider_by, confirm_worker_by)"
            " values ({client}, {claim}, '207X00000X', 'Orthopaedic Surgery', 'Dr. Ames', {provider}, {location}, now(), {me},"
            " now() + interval '1 day', now() + interval '2 days')",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update referral set outcome = 'withdrawn', ended_why = 'x', ended_at = now(), ended_by = {me}"
            " where referral_id = {referral}",
        ),
        inserts="client_id claim_id taxonomy_code specialty asked referred_by referred_by_npi provider_id location_id"
        " outside_name outside_phone outside_address outside_why outside_words made_at made_by confirm_provider_by"
        " confirm_worker_by",
        updates="ended_at ended_by outcome ended_why report_received_at report_claim_id report_document_id",
    ),
    "referral_appointment": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            first="update referral_appointment set status = 'moved', changed_at = now(), changed_by = {me}"
            " where referral_id = {referral}",
            statement="insert into referral_appointment (client_id, referral_id, starts_at, timezone, booked_at, booked_by)"
            " values ({client}, {referral}, date_trunc('minute', now() + interval '9 days'), 'America/Chicago', now(), {me})",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update referral_appointment set status = 'cancelled', changed_why = 'x', changed_at = now(),"
            " changed_by = {me} where referral_id = {referral}",
        ),
        inserts="client_id referral_id starts_at timezone booked_at booked_by",
        updates="status changed_at changed_by changed_why",
    ),
    "referral_confirmation": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into referral_confirmation (client_id, referral_id, party, at, how, with_whom, recorded_at, by_id)"
            " values ({client}, {referral}, 'worker', now(), 'phone', 'R', now(), {me})",
        ),
        inserts="client_id referral_id party at how with_whom words recorded_at by_id",
    ),
    "representative": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into representative (client_id, claim_id, kind, name)"
            " values ({client}, {paused}, 'attorney', 'Jo Law')",
        ),
        may(
            VA, CLINICAL, all=(SUPERVISOR,), statement="update representative set firm = 'Law' where claim_id = {claim}"
        ),
        inserts="client_id claim_id kind name firm phone email permits",
        updates="kind name firm phone email permits",
    ),
    "request_key": Table(
        reads(all=tuple(Role), of="staff_id = {me}"),
        may(
            all=tuple(Role),
            statement="insert into request_key (request, staff_id, at) values (gen_random_uuid(), {me}, now())",
        ),
        may(
            all=tuple(Role),
            statement="update request_key set client_id = {client}, claim_id = {claim} where staff_id = {me}",
        ),
        inserts="request staff_id at",
        updates="client_id claim_id",
    ),
    "service_line": Table(
        reads(VA, CLINICAL, **_KNOWN),
        may(VA, CLINICAL, all=(SUPERVISOR,), first=_REQUEST, statement=_ASKED),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update service_line set used_units = 1, used_at = now() where request_id = {decided}",
        ),
        request_taken_away(0),
        inserts="client_id claim_id request_id line code words body_part units",
        updates="used_units used_at",
    ),
    "sign_in_attempt": _CLOSED,
    "sign_in_refusal": _CLOSED,
    "sign_in_ticket": _CLOSED,
    "sla_policy": Table(
        reads(VA, CLINICAL, EXECUTIVE, all=(SUPERVISOR, COMPLIANCE, ADMINISTRATOR)),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours,"
            " working_days, calendar, set_by)"
            " values ({client}, now(), 48, 'elapsed', 'UTC', '08:00-17:00', '{{1}}', 'US', {me})",
        ),
        delete=may(
            all=(ADMINISTRATOR,),
            statement="delete from sla_policy where client_id = {client} and effective_from = '2100-01-01Z'",
        ),
        inserts="client_id effective_from hours clock timezone open_hours working_days calendar set_by reason",
    ),
    "staff": Table(
        reads(all=tuple(Role), of="staff_id = {colleague}"),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into staff (sign_in_name, full_name, role, timezone) values ('new', 'New', 'va', 'UTC')",
        ),
        may(all=(ADMINISTRATOR,), statement="update staff set active = false where staff_id = {colleague}"),
        inserts="sign_in_name full_name role timezone",
        updates="role active version",
    ),
    "staff_client": Table(
        reads(all=tuple(Role)),
        may(
            all=(ADMINISTRATOR,),
            statement="insert into staff_client (staff_id, client_id) values ({colleague}, {bare})",
        ),
        delete=may(
            all=(ADMINISTRATOR,),
            statement="delete from staff_client where staff_id = {colleague} and client_id = {client}",
        ),
        inserts="staff_id client_id",
    ),
    "staff_credential": _CLOSED,
    "staff_session": Table(
        may(all=tuple(Role), statement="select session_id from staff_session where staff_id = {me}")
    ),
    "time_off": Table(
        reads(all=(SUPERVISOR,), of="staff_id = {clinician}"),
        may(
            all=(SUPERVISOR,),
            statement="insert into time_off (staff_id, starts_at, ends_at, set_at, set_by)"
            " values ({clinician}, now(), now() + interval '1 day', now(), {me})",
        ),
        delete=may(all=(SUPERVISOR,), statement="delete from time_off where staff_id = {clinician}"),
        inserts="staff_id starts_at ends_at set_at set_by",
    ),
    "triage_call": Table(
        reads(VA, CLINICAL, **_KNOWN, of="claim_id = {claim}"),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)"
            " select {client}, {imported}, {clinician}, t, t + interval '30 minutes', now(), {me}"
            " from date_trunc('minute', now() + interval '3 days') t",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update triage_call set status = 'cancelled', ended_why = 'x', changed_at = now(), changed_by = {me}"
            " where claim_id = {claim}",
        ),
        inserts="client_id claim_id clinician_id starts_at ends_at booked_at booked_by override_why",
        updates="clinician_id starts_at ends_at status sequence changed_at changed_by override_why ended_why",
    ),
    "work_mark": Table(
        reads(VA, CLINICAL, all=(SUPERVISOR,)),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="insert into work_mark (client_id, claim_id, kind, staff_id, set_at, until, reason)"
            " values ({client}, {untold}, 1, {me}, now(), now() + interval '1 hour', null)",
        ),
        may(
            VA,
            CLINICAL,
            all=(SUPERVISOR,),
            statement="update work_mark set until = set_at + interval '2 hours' where client_id = {client} and staff_id = {me}",
        ),
        inserts="client_id claim_id kind staff_id set_at until reason",
        updates="set_at until reason",
    ),
}

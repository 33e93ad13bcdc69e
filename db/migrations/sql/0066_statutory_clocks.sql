-- Statutory clocks: a version for each jurisdiction and kind, from a day on. Rows are added and never changed; what governs is
-- the text that was in force when a clock started.
create table statutory_clock (
  clock_id bigint generated always as identity,
  jurisdiction text not null,
  kind text not null,
  network boolean,
  effective_from date not null,
  effective_to date,
  from_known boolean not null default true,
  zone text not null,
  starts text not null,
  waits boolean not null default false,
  amount int not null,
  unit text not null,
  extension_amount int,
  extension_unit text,
  extension_from text,
  extension_within_amount int,
  extension_within_unit text,
  extension_words text not null default '',
  information_amount int,
  information_unit text,
  late_channels text not null default '',
  late_opens time,
  late_closes time,
  late_day_off_moves boolean not null default false,
  late_words text not null default '',
  mail_days int,
  defers boolean not null default false,
  rolls boolean not null default false,
  last_day_words text not null default '',
  day_ends time,
  by_post_days int,
  lapse text not null,
  lapse_words text not null,
  owner text not null,
  citation text not null,
  confidence text not null,
  extension_confidence text,
  note text not null default '',
  source text not null default '',
  why text not null,
  proposed_by int,
  proposed_at timestamptz not null,
  withdrawn_by int,
  withdrawn_at timestamptz,
  withdrawn_why text,
  in_force_at timestamptz,
  constraint statutory_clock_pkey primary key (clock_id),
  constraint statutory_clock_proposed_by_fkey foreign key (proposed_by) references staff,
  constraint statutory_clock_withdrawn_by_fkey foreign key (withdrawn_by) references staff,
  constraint statutory_clock_jurisdiction_form check (jurisdiction ~ '^[A-Z]{2}$'),
  constraint statutory_clock_kind_form check (kind ~ '^[a-z][a-z0-9_]{1,59}$'),
  constraint statutory_clock_zone_known check (desk_zone_known(zone)),
  constraint statutory_clock_amounts_sensible check (
    amount between 1 and 3660 and extension_amount between 1 and 3660 and extension_within_amount between 1 and 3660
    and information_amount between 1 and 3660 and mail_days between 1 and 60 and by_post_days between 1 and 60),
  constraint statutory_clock_unit_known check (unit in ('hours', 'business_days', 'calendar_days')),
  constraint statutory_clock_extension_unit_known check (extension_unit in ('hours', 'business_days', 'calendar_days')),
  constraint statutory_clock_extension_within_unit_known
    check (extension_within_unit in ('hours', 'business_days', 'calendar_days')),
  constraint statutory_clock_information_unit_known check (information_unit in ('hours', 'business_days', 'calendar_days')),
  constraint statutory_clock_extension_from_known check (extension_from in ('start', 'extended', 'information', 'limit')),
  constraint statutory_clock_extension_whole check (
    num_nonnulls(extension_amount, extension_unit, extension_from, extension_confidence) in (0, 4)
    and num_nonnulls(extension_within_amount, extension_within_unit) in (0, 2)
    and num_nonnulls(information_amount, information_unit) in (0, 2)
    and (extension_amount is not null or num_nonnulls(extension_within_amount, information_amount) = 0)),
  constraint statutory_clock_late_channels_form
    check (late_channels ~ '^(any|((fax|e-mail|mail|portal|phone|person)( (fax|e-mail|mail|portal|phone|person))*)?)$'),
  constraint statutory_clock_lapse_known check (lapse in ('void', 'deemed', 'conditional', 'violation', 'none')),
  constraint statutory_clock_confidence_known check (confidence in ('source_read', 'knowledge')),
  constraint statutory_clock_extension_confidence_known check (extension_confidence in ('source_read', 'knowledge')),
  constraint statutory_clock_texts_brief check (
    greatest(length(starts), length(extension_words), length(late_words), length(last_day_words), length(lapse_words),
             length(owner), length(citation), length(note), length(source)) <= 600
    and desk_shows(starts) and desk_shows(lapse_words) and desk_shows(owner) and desk_shows(citation)),
  constraint statutory_clock_why_brief check (length(why) <= 300 and desk_shows(why)),
  constraint statutory_clock_ends_after check (effective_to >= effective_from),
  constraint statutory_clock_withdrawn_paired check ((withdrawn_at is null) = (withdrawn_by is null)),
  constraint statutory_clock_withdrawn_reasoned check (
    (withdrawn_at is null) = (withdrawn_why is null) and length(withdrawn_why) <= 300 and desk_shows(withdrawn_why)),
  constraint statutory_clock_withdrawn_before check (withdrawn_at is null or in_force_at is null),
  constraint statutory_clock_of_our_time check (
    effective_from > '1900-01-01' and effective_from < '2200-01-01' and effective_to < '2200-01-01'
    and proposed_at > '1900-01-01Z' and proposed_at < '2200-01-01Z'));
create index statutory_clock_to_begin on statutory_clock (effective_from) where withdrawn_at is null and in_force_at is null;

-- What the desk comes with, in the order of its file, so that a clock has the number of its row.
insert into statutory_clock (
  jurisdiction, kind, network, effective_from, zone, starts, waits, amount, unit, extension_amount, extension_unit,
  extension_from, extension_within_amount, extension_within_unit, extension_words, information_amount, information_unit,
  late_channels, late_opens, late_closes, late_day_off_moves, late_words, mail_days, defers, rolls, last_day_words,
  day_ends, by_post_days, lapse, lapse_words, owner, citation, effective_to, confidence, extension_confidence, note, source,
  from_known, why, proposed_at, in_force_at)
values
  ('CA', 'prospective', null, '2013-01-01', 'America/Los_Angeles', 'receipt of completed RFA', true, 5, 'business_days', 14, 'calendar_days', 'start', null, null, 'information reasonably necessary is missing and was requested from the physician within the first 5 business days; counted from receipt of completed RFA (rule); statute also caps at 14 days from the date of the treatment recommendation', 5, 'business_days', 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, true, false, 'none stated for calendar-day limits in what was read; treat as NOT rolling', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12', 'payer', 'LC 4610(i)(1); 8 CCR 9792.9.1(a)(1),(c)(3),(f)', '2026-03-31', 'source_read', 'knowledge', 'extension REPLACES the 5 business days (total of 14 calendar days), it is not added to them; day after receipt is day 1; the 14-day cap was read in the statute, its start from receipt of the request is knowledge', 'Cornell/Casetext text of 8 CCR 9792.9.1 (current to Nov 2024); friedmanlawoffices.com 2025-03 on the five-day rule; dclbv.com 2019 quoting LC 4610(i)(1)', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'prospective', null, '2026-04-01', 'America/Los_Angeles', 'receipt of completed RFA (2026 definition)', true, 5, 'business_days', 14, 'calendar_days', 'start', null, null, 'information reasonably necessary is missing and was requested within the first 5 business days; receipt of the missing item makes the RFA complete; counted from receipt of completed RFA (rule); statute also caps at 14 days from the date of the treatment recommendation', 5, 'business_days', 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift (carried over: the 2026 text was not seen)', 5, true, false, 'none stated; treat as NOT rolling', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12', 'payer', 'LC 4610(i)(1); 8 CCR 9792.6.1(u), 9792.9.1(b), 9792.9.4, 9792.9.5 (2026 text)', null, 'source_read', 'knowledge', 'amount read in the statute as cited in 2025, not in the 2026 rule; the renumbered 2026 regulation''s own time sections were NOT seen and must be checked. Completed = identifies worker and provider, lists each treatment in the form''s section (or page 1 of a narrative), documentation created no earlier than 30 days before submission, signed, sent by mail, fax or encrypted e-mail', 'sullivanoncomp.com special report 2026-05; DWC Newsline 2026-42 of 2026-05-14 (pubt.io copy); DWC Newsline 2025-97', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'concurrent', null, '2013-01-01', 'America/Los_Angeles', 'receipt of completed RFA during an inpatient stay', true, 5, 'business_days', 14, 'calendar_days', 'start', null, null, 'information reasonably necessary is missing and was requested from the physician within the first 5 business days; counted from receipt of completed RFA', 5, 'business_days', '', null, null, false, 'the 17:30 rule does not apply: the actual moment of receipt counts', 5, true, false, '', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12; care may not be discontinued until the decision is communicated and a care plan is agreed', 'payer', 'LC 4610(i)(1),(i)(4)(C); 8 CCR 9792.9.1(a)(1),(c)(3)', null, 'source_read', 'knowledge', 'in California ''concurrent'' means review during an inpatient stay', 'Cornell/Casetext text of 8 CCR 9792.9.1 (current to Nov 2024); friedmanlawoffices.com 2025-03 on the five-day rule; dclbv.com 2019 quoting LC 4610(i)(1)', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'expedited', null, '2013-01-01', 'America/Los_Angeles', 'receipt of the written information reasonably necessary', true, 72, 'hours', null, null, null, null, null, '', null, null, '', null, null, false, 'none: 72 elapsed hours, nights, weekends and holidays included', 5, true, false, '', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12', 'payer', 'LC 4610(i)(3); 8 CCR 9792.9.1(c)(4)', null, 'source_read', null, 'physician must certify the imminent and serious threat; a request marked expedited that is not reasonably supported may be handled as standard', 'sullivanattorneys.com blog on expedited review', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'retrospective', null, '2013-01-01', 'America/Los_Angeles', 'receipt of the request and the medical information reasonably necessary', true, 30, 'calendar_days', null, null, null, null, null, '', null, null, 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, true, false, 'none stated; treat as NOT rolling', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12', 'payer', 'LC 4610(i)(2); 8 CCR 9792.9.1(c)(5)', null, 'source_read', null, 'payment within the medical billing rules counts as approval when the request is retrospective (knowledge)', 'legalclarity.org overview of California UR', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'medication_formulary', null, '2018-01-01', 'America/Los_Angeles', 'receipt of the treatment request', false, 5, 'business_days', null, null, null, null, null, '', null, null, 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, true, false, '', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12', 'payer', 'LC 4610(i)(1) second sentence', null, 'source_read', null, 'requests covered by the formulary: 5 working days with NO 14-day extension', 'dclbv.com 2019 quoting LC 4610(i)(1)', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'incomplete_request_return', null, '2013-01-01', 'America/Los_Angeles', 'receipt of a request that is not completed', false, 5, 'business_days', null, null, null, null, null, '', null, null, 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, false, false, '', null, null, 'none', 'if neither returned as ''not complete'' with reasons nor accepted, the safe reading is that the decision clock ran from receipt', 'payer', '8 CCR 9792.9.1(c)(2) (to 2026-03-31); 9792.9.1(b) (from 2026-04-01)', null, 'knowledge', null, 'accepting an incomplete request starts the normal clock; a returned request restarts only when a completed one is received', '2026 sections named in sullivanoncomp.com special report; the five-day return itself from memory', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'information_request', null, '2013-01-01', 'America/Los_Angeles', 'receipt of completed RFA', true, 5, 'business_days', null, null, null, null, null, '', null, null, 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, false, false, '', null, null, 'none', 'no request in time = no extension', 'payer', '8 CCR 9792.9.1(f)(2)(A)', '2026-03-31', 'knowledge', null, 'deadline for ASKING for missing information. Nothing received by day 14 = denial on that ground, to be reconsidered when it arrives', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'after_information_received', null, '2013-01-01', 'America/Los_Angeles', 'receipt of the requested information, test or consultation', false, 5, 'business_days', null, null, null, null, null, '', null, null, 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, false, false, '', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12', 'payer', '8 CCR 9792.9.1(f)(3)', '2026-03-31', 'knowledge', null, '72 hours if expedited, 30 calendar days if retrospective', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'additional_exam_or_consultation', null, '2013-01-01', 'America/Los_Angeles', 'receipt of completed RFA', true, 30, 'calendar_days', null, null, null, null, null, '', null, null, 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, false, false, 'treat as NOT rolling', null, null, 'void', 'decision is untimely and loses its effect: the appeals board, not independent medical review, decides necessity; penalties under 8 CCR 9792.12', 'payer', '8 CCR 9792.9.1(f)(1)(B)-(C),(f)(2)(B)', '2026-03-31', 'knowledge', null, 'only where the reviewer asked for an additional examination, test or specialist consultation', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'liability_deferral_notice', null, '2013-01-01', 'America/Los_Angeles', 'receipt of RFA', false, 5, 'business_days', null, null, null, null, null, '', null, null, 'fax', null, '17:30:00', false, 'a fax stamped after 17:30 Pacific counts as received on the next business day; e-mail, portal and an unknown channel do not shift', 5, false, false, '', null, null, 'none', 'deferral not available; UR clock ran', 'payer', 'LC 4610(l); 8 CCR 9792.9.1(b)(1)', '2026-03-31', 'knowledge', null, '30 calendar days for retrospective requests; utilization review is deferred, not decided, while liability is disputed', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'decision_notice_to_physician', null, '2013-01-01', 'America/Los_Angeles', 'decision made', false, 24, 'hours', null, null, null, null, null, '', null, null, '', null, null, false, 'elapsed hours', null, false, false, '', null, null, 'void', 'a timely decision communicated late is untimely (Bodam)', 'payer', 'LC 4610(i)(4)(A); 8 CCR 9792.9.1(d)-(e)', null, 'knowledge', null, 'telephone, fax or e-mail within 24 h; written notice of modification or denial to physician, worker and attorney within 24 h (concurrent), 2 business days (prospective), 72 h of receipt (expedited), 30 days (retrospective)', 'effect of late communication read at mahurinlaw.com (Bodam)', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'imr_request', null, '2013-01-01', 'America/Los_Angeles', 'service of the written UR decision', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'none', 'right to independent medical review of that decision is lost', 'worker', 'LC 4610.5(h)(1); 8 CCR 9792.10.1(b)(1)', null, 'source_read', null, 'worker''s deadline, shown for information. Service by mail commonly adds 5 calendar days (knowledge). If liability is disputed the period runs from the end of that dispute (knowledge)', 'regulations.justia.com 8 CCR 9792.10.1', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'imr_request_formulary', null, '2018-01-01', 'America/Los_Angeles', 'service of the UR decision', false, 10, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'none', 'right to independent medical review of that decision is lost', 'worker', 'LC 4610.5(h)(1)(B)', null, 'knowledge', null, 'disputes over the MTUS drug formulary', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CA', 'imr_decision', null, '2013-01-01', 'America/Los_Angeles', 'receipt of the request and supporting documents by the review organization', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, '', null, null, 'none', 'none against the worker', 'regulator', 'LC 4610.6(d)', null, 'knowledge', null, '3 days if expedited; 5 working days for formulary disputes', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'prospective', false, '2002-01-01', 'America/Chicago', 'receipt of the request for preauthorization', false, 3, 'business_days', null, null, null, null, null, '', null, null, 'any', '08:00:00', '17:00:00', true, 'received outside 08:00-17:00 Central on a working day = received at the start of business on the next working day (El Paso field office: Mountain)', null, false, true, 'a period whose last day is not a working day runs to the next working day (28 TAC 102.3(a)(3))', '17:00:00', null, 'violation', 'administrative violation, not an approval; no timely answer is considered a denial (Advisory 2002-02), so the clock for reconsideration or dispute may start', 'payer', '28 TAC 134.600(i)(1),(k); 28 TAC 102.3', null, 'source_read', null, '3 working days, not 72 hours; day of receipt excluded, third working day included. Non-network claims. Effective date of the current wording not verified', 'Cornell text of 28 TAC 102.3; TDI Advisory 2001-03; Texas Register page of 134.600', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'concurrent', false, '2002-01-01', 'America/Chicago', 'receipt of the request for concurrent review', false, 3, 'business_days', null, null, null, null, null, '', null, null, 'any', '08:00:00', '17:00:00', true, 'received outside 08:00-17:00 Central on a working day = received at the start of business on the next working day (El Paso field office: Mountain)', null, false, true, 'a period whose last day is not a working day runs to the next working day (28 TAC 102.3(a)(3))', '17:00:00', null, 'violation', 'administrative violation, not an approval; no timely answer is considered a denial (Advisory 2002-02), so the clock for reconsideration or dispute may start', 'payer', '28 TAC 134.600(i)(2)', null, 'source_read', null, 'concurrent = extension beyond care already approved, not only inpatient', 'texreg.sos.state.tx.us 134.600 page 2', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'concurrent_inpatient_stay', false, '2002-01-01', 'America/Chicago', 'receipt of the request to extend an inpatient length of stay', false, 1, 'business_days', null, null, null, null, null, '', null, null, 'any', '08:00:00', '17:00:00', true, 'received outside 08:00-17:00 Central on a working day = received at the start of business on the next working day (El Paso field office: Mountain)', null, false, true, 'a period whose last day is not a working day runs to the next working day (28 TAC 102.3(a)(3))', '17:00:00', null, 'violation', 'administrative violation', 'payer', '28 TAC 134.600(i)(2),(q)(1)', null, 'source_read', null, '', 'texreg.sos.state.tx.us 134.600 page 2', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'decision_notice_written', null, '2002-01-01', 'America/Chicago', 'decision made', false, 1, 'business_days', null, null, null, null, null, '', null, null, 'any', '08:00:00', '17:00:00', true, 'received outside 08:00-17:00 Central on a working day = received at the start of business on the next working day (El Paso field office: Mountain)', null, false, true, 'a period whose last day is not a working day runs to the next working day (28 TAC 102.3(a)(3))', '17:00:00', null, 'violation', 'administrative violation', 'payer', '28 TAC 134.600(j)', null, 'source_read', null, 'to the worker, the worker''s representative and, if not already sent by fax or electronically, the requestor', 'texreg.sos.state.tx.us 134.600 page 2', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'reconsideration_request', null, '1901-01-01', 'America/Chicago', 'receipt of the written denial', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, 'any', '08:00:00', '17:00:00', true, 'received outside 08:00-17:00 Central on a working day = received at the start of business on the next working day (El Paso field office: Mountain)', null, false, true, 'a period whose last day is not a working day runs to the next working day (28 TAC 102.3(a)(3))', '17:00:00', null, 'none', 'reconsideration right lost', 'provider', '28 TAC 134.600(o)(1)', null, 'knowledge', null, 'older versions of the rule: 15 working days', '', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'reconsideration_decision', null, '1901-01-01', 'America/Chicago', 'receipt of the request for reconsideration of a preauthorization denial', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, 'any', '08:00:00', '17:00:00', true, 'received outside 08:00-17:00 Central on a working day = received at the start of business on the next working day (El Paso field office: Mountain)', null, false, true, 'a period whose last day is not a working day runs to the next working day (28 TAC 102.3(a)(3))', '17:00:00', null, 'violation', 'administrative violation', 'payer', '28 TAC 134.600(o)(2)(A)', null, 'knowledge', null, 'concurrent: 3 working days, inpatient length of stay 1 working day', '', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'iro_request', null, '1901-01-01', 'America/Chicago', 'receipt of the denial of reconsideration', false, 45, 'calendar_days', null, null, null, null, null, '', null, null, 'any', '08:00:00', '17:00:00', true, 'received outside 08:00-17:00 Central on a working day = received at the start of business on the next working day (El Paso field office: Mountain)', null, false, true, 'a period whose last day is not a working day runs to the next working day (28 TAC 102.3(a)(3))', '17:00:00', null, 'none', 'independent review not available', 'worker or provider', '28 TAC 133.308', null, 'knowledge', null, '', '', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TX', 'network_preauthorization', true, '2022-08-02', 'America/Chicago', 'receipt of the request (certified network claim)', false, 3, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'check', null, false, false, 'check', '17:00:00', null, 'violation', 'administrative violation', 'payer or network', 'Ins. Code 1305.353; 28 TAC ch. 19 subch. U (28 TAC 10.102 and 10.103 were repealed with effect 2022-08-02)', null, 'knowledge', null, 'certified health care networks have their own clocks (concurrent hospital care 24 h; life-threatening 1 h)', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'prospective', null, '2009-01-01', 'America/New_York', 'receipt of the C-9 (or equivalent) by the MCO', false, 3, 'business_days', 5, 'business_days', 'extended', null, null, 'MCO pends the request and asks for specific information on a C-9-A within the first 3 business days; counted from CONFLICT between sources: the date the C-9-A was sent, or the date the information arrived; count from the earlier (C-9-A sent)', null, null, '', null, null, false, 'none stated; use the MCO''s business hours as policy data', null, false, false, '', null, null, 'conditional', 'provider may treat as approved only if ALL hold: documented completely on a C-9, proof of submission to the right MCO, allowed conditions, claim payable; the MCO may still stop further treatment by later review', 'MCO', 'OAC 4123-6-16.2; BWC MCO Policy Reference Guide', null, 'source_read', 'source_read', 'earlier practice (before 2009) deemed approved after 10 days. Exact effective date not verified', 'gruhin.com 2009-12 quoting the MCO guide; hmssolutions.com (an Ohio MCO) on treatment authorization; jaffylaw.com 1998', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'retrospective', null, '1901-01-01', 'America/New_York', 'receipt of the C-9 for services already delivered', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, 'check', null, null, 'none', 'not stated', 'MCO', 'BWC MCO Policy Reference Guide', null, 'knowledge', null, 'amount read (''30 days''); calendar days assumed', 'hmssolutions.com', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'dispute_request', null, '1901-01-01', 'America/New_York', 'receipt of the MCO decision', false, 14, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, 4, 'none', 'decision stands', 'worker, employer or provider', 'OAC 4123-6-16(B); form C-11', null, 'source_read', null, 'worker, employer or provider; dispute lacking the minimum elements may be dismissed; a filing that arrives by post up to four days after the deadline is accepted (BWC CP-13-01, in force 2022-05-12)', 'regulations.justia.com OAC 4123-6-16; info.bwc.ohio.gov ADR page', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'dispute_decision', null, '1901-01-01', 'America/New_York', 'receipt of the written dispute by the MCO', false, 21, 'calendar_days', 7, 'calendar_days', 'information', null, null, 'an ADR independent medical examination was ordered: the 21 days stand still while exam and report are pending, then the MCO submits within 7 days of the report; counted from receipt of the independent examination report', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'violation', 'contract penalty to the MCO (knowledge)', 'MCO', 'OAC 4123-6-16; BWC policy CP-01-02', null, 'source_read', 'source_read', 'may also be pended while a similar dispute or a non-allowed condition is being decided', 'info.bwc.ohio.gov ADR page; BWC policy library, Alternative Dispute Resolution', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'bureau_order', null, '1901-01-01', 'America/New_York', 'receipt of the MCO''s recommended decision by the Bureau', false, 2, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, '', null, null, 'none', 'not stated', 'regulator', 'BWC ADR page', null, 'knowledge', null, 'amount read (''two days''); business days assumed', 'info.bwc.ohio.gov ADR page', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'commission_appeal', null, '1901-01-01', 'America/New_York', 'receipt of the Bureau order', false, 14, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'none', 'order stands', 'worker or employer', 'ORC 4123.511', null, 'knowledge', null, '', '', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'qhp_initial_review', null, '1901-01-01', 'America/New_York', 'request for medical services to a qualified health plan', false, 48, 'hours', null, null, null, null, null, '', null, null, '', null, null, false, 'elapsed hours', null, false, false, '', null, null, 'none', 'not stated', 'health plan', 'OAC 4123-6-69(B)', null, 'source_read', null, 'verbal notice; written notice within 7 working days of the verbal one. Only self-insured employers'' qualified health plans, not state-fund MCOs', 'Cornell and bwc.ohio.gov text of OAC 4123-6-69', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'approval_expiry_therapy', null, '1901-01-01', 'America/New_York', 'approval of a physical or occupational therapist''s request', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, '', null, null, 'none', 'approval no longer valid; new request needed', 'information', 'OAC 4123-6-16.2(E)', null, 'source_read', null, 'unless the approval names a longer period supported by the prescription. All other approvals: six months unless stated otherwise', 'regulations.justia.com OAC 4123-6-16.2', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'mtg_confirmation', null, '2022-05-02', 'America/New_York', 'submission of the PAR', false, 8, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, '', null, null, 'deemed', 'Order of the Chair approving the request (knowledge)', 'payer', '12 NYCRR 324.4(c)', null, 'source_read', null, 'PAR type optional for providers', 'Casetext 12 NYCRR 324.4 (current to Nov 2024)', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'non_mtg_1000_or_less', null, '2022-05-02', 'America/New_York', 'submission of the PAR', false, 8, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, '', null, null, 'deemed', 'Order of the Chair (knowledge)', 'payer', '12 NYCRR 324.4(c)', null, 'source_read', null, 'same section serves both PAR types', 'Casetext 12 NYCRR 324.4', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'mtg_variance', null, '2022-05-02', 'America/New_York', 'submission of the PAR', false, 15, 'calendar_days', 30, 'calendar_days', 'start', 5, 'calendar_days', 'IME Requested Notification sent in the portal within 5 days of submission; the IME report (IME-4) is due inside the 30 days; counted from submission of the PAR', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, 'General Construction Law 25-a may roll to the next business day (knowledge); do not rely on it', null, null, 'deemed', 'Order of the Chair; it has the effect of an approval; not appealable', 'payer', '12 NYCRR 324.3', null, 'source_read', 'source_read', '30 days REPLACES 15 (15 + 15), it is not 15 + 30', 'wcb.ny.gov OnBoard payer training, IME request notification; nyworkerscompguide.blogspot.com 2010 for the lapse', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'mtg_special_services', null, '2022-05-02', 'America/New_York', 'submission of the PAR', false, 15, 'calendar_days', 30, 'calendar_days', 'start', 5, 'calendar_days', 'IME Requested Notification within 5 days of submission; counted from submission of the PAR', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, 'as mtg_variance', null, null, 'deemed', 'Order of the Chair (knowledge)', 'payer', '12 NYCRR 324.3', null, 'source_read', 'source_read', '', 'wcb.ny.gov OnBoard payer training', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'ime_notification', null, '2022-05-02', 'America/New_York', 'submission of the PAR', false, 5, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, 'check', null, null, 'none', 'no extension: the 15 days stand', 'payer', '12 NYCRR 324.3', null, 'knowledge', null, 'amount read (''five days''); calendar days assumed; older rule said business days (knowledge)', 'wcb.ny.gov OnBoard payer training', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'par_carrier_unknown', null, '2022-05-02', 'America/New_York', 'Board directs the PAR to the identified payer', false, 15, 'calendar_days', 30, 'calendar_days', 'start', 5, 'calendar_days', 'an independent medical examination was notified; counted from the day on which the Board directs the PAR to the payer', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, 'as mtg_variance', null, null, 'deemed', 'Order of the Chair, as for the type of PAR', 'payer', '12 NYCRR 324.4(c)', null, 'source_read', 'source_read', 'a PAR filed before the case or payer is known starts its clock only at identification', 'Casetext 12 NYCRR 324.4', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'non_mtg_over_1000', null, '2022-05-02', 'America/New_York', 'submission of the PAR', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, 'check', null, null, 'deemed', 'Order of the Chair', 'payer', 'WCL 13-a(5); 12 NYCRR 325-1.4', null, 'knowledge', null, 'denial needs a conflicting medical opinion (source read)', 'amount from memory; denial requirement read in Casetext 325-1.4', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'medication_level_1', null, '2022-03-07', 'America/New_York', 'submission of the medication PAR', false, 4, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, '', null, null, 'deemed', 'Order of the Chair approving the drug', 'payer or PBM', '12 NYCRR 441.5', null, 'knowledge', null, 'level 2 (payer''s physician) again 4 calendar days after the provider asks', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'medication_level_3_request', null, '2022-03-07', 'America/New_York', 'level 2 denial date', false, 10, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'none', 'no Medical Director''s Office review', 'provider', '12 NYCRR 441.6(c)', null, 'source_read', null, 'provider''s deadline', 'Casetext 12 NYCRR 441.6 (current to Nov 2024)', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'dme', null, '2022-04-04', 'America/New_York', 'submission of the DME PAR', false, 4, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'OnBoard stamps the submission and shows the due date; no after-hours shift found', null, false, false, 'check', null, null, 'deemed', 'Order of the Chair', 'payer', '12 NYCRR 442.4', null, 'knowledge', null, '', '', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('FL', 'prospective', null, '1901-01-01', 'America/New_York', 'receipt of the request from an authorized provider by the carrier', false, 3, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated; use the date of receipt', null, false, false, '', '17:00:00', null, 'deemed', 'carrier that does not respond to a WRITTEN request consents to the medical necessity', 'payer', 's. 440.13(3)(d), Fla. Stat.', null, 'source_read', null, 'due by the CLOSE of the third business day after receipt; a response, not necessarily an approval; notice to the employer is not notice to the carrier', 'harrisguidi.com quoting the statute; vcfjlaw.com; cjsmithlaw.com', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('FL', 'specialty_over_1000', null, '1901-01-01', 'America/New_York', 'receipt of a written request', false, 10, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, true, 'a last day that is a day off runs to the next working day (Rule 60Q-6.109)', '17:00:00', null, 'deemed', 'defence of lack of medical necessity is waived', 'payer', 's. 440.13(3)(i), Fla. Stat.', null, 'source_read', null, 'specialist consultations, surgery, therapy, X-ray or special tests costing more than $1,000', 'harrisguidi.com; cjsmithlaw.com; vcfjlaw.com', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('FL', 'emergency_notice_by_provider', null, '1901-01-01', 'America/New_York', 'emergency care given', false, 3, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', '17:00:00', null, 'none', 'payment may be refused', 'provider', 's. 440.13(3)(b), Fla. Stat.', null, 'source_read', null, 'hospital admission: telephone notice within 24 hours of initial treatment; no prior authorization needed for the emergency', 'kb.daisybill.com Florida authorization', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('FL', 'one_time_change_of_physician', null, '1901-01-01', 'America/New_York', 'receipt of the worker''s written request by the carrier', false, 5, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, true, 'a last day that is a day off runs to the next working day (Rule 60Q-6.109)', '17:00:00', null, 'none', 'worker may choose the physician (knowledge)', 'payer', 's. 440.13(2)(f), Fla. Stat.', null, 'source_read', null, 'calendar days', 'eraclides.com response times', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('GA', 'prospective', null, '1901-01-01', 'America/New_York', 'receipt of form WC-205', false, 5, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'deemed', 'treatment deemed authorized', 'payer', 'Board Rule 205(b)(3)', null, 'source_read', null, 'advance authorization is not a condition of payment in Georgia; the form is optional', 'jfblaw.com 2014; leitnerfirm.com 2017; gaiwa.net on WC-205', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('GA', 'board_conference_wc_pmt', null, '2017-07-01', 'America/New_York', 'filing of form WC-PMT', false, 5, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, '', null, null, 'none', 'judge may order treatment', 'regulator', 'Board Rule 205 (2017)', null, 'source_read', null, 'telephone conference is scheduled within this time', 'leitnerfirm.com 2017-07', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TN', 'adjuster_response', null, '1901-01-01', 'America/Chicago', 'receipt of the request together with the medical record of the same date', true, 4, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'violation', 'not approved in time = must go to the utilization review organization at once; civil penalties', 'payer', 'Tenn. Comp. R. & Regs. 0800-02-06-.06(1)-(2)', null, 'source_read', null, 'clock starts only when BOTH request and matching record are there', 'Casetext 0800-02-06-.06 (current to Oct 2024)', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TN', 'prospective', null, '1901-01-01', 'America/Chicago', 'receipt of the case with all necessary information by the utilization review organization', true, 7, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'violation', 'civil penalties', 'review organization', 'T.C.A. 50-6-124; 0800-02-06-.06', null, 'knowledge', null, '', '', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('TN', 'dispute_request', null, '1901-01-01', 'America/Chicago', 'receipt of the denial', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'none', 'appeal lost unless good cause', 'worker or provider', '0800-02-06-.07(1)', null, 'source_read', null, '', 'Cornell and Casetext 0800-02-06-.07', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CO', 'prospective', null, '2017-01-01', 'America/Denver', 'receipt of a completed request for prior authorization', true, 7, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'deemed', 'deemed authorization for payment', 'payer', '7 CCR 1101-3, Rule 16', '2020-12-31', 'source_read', null, 'kept so that effective dating can be tested with a real change', 'leeandbrown.com; pollartmiller.com 2021-02', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('CO', 'prospective', null, '2021-01-01', 'America/Denver', 'receipt of a completed request for prior authorization', true, 10, 'calendar_days', 30, 'calendar_days', 'start', null, null, 'no medical opinion available in time and an independent examination is scheduled (first available appointment, at most 60 days); counted from receipt of the request', null, null, '', null, null, false, 'none stated', null, false, false, 'C.R.S. 2-4-108: rolls to the next day that is no Saturday, Sunday or holiday; do not rely on it', null, null, 'deemed', 'deemed authorization for payment (read for the earlier version)', 'payer', '7 CCR 1101-3, Rule 16-7', null, 'knowledge', 'source_read', 'amount read (''10 days'' in place of ''seven business days''); the text does not say business days and C.R.S. 2-4-108 counts calendar days and rolls the last: the earlier reading governs until the rule''s own text is checked. Rule re-issued 2023-01-01', 'pollartmiller.com 2021-02; justia 7 CCR 1101-3-17-16', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('LA', 'prospective', null, '2012-04-20', 'America/Chicago', 'receipt of form 1010 with the required documentation', true, 5, 'business_days', 5, 'business_days', 'information', null, null, 'form 1010A sent within the first 5 business days because the documentation is insufficient; counted from receipt of the information asked for on form 1010A', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'violation', 'tacit DENIAL: the provider may dispute on form 1009; not an approval', 'payer', 'R.S. 23:1203.1(J); LAC 40:I.2715', null, 'source_read', 'source_read', 'applies above the $750 limit for non-emergency care', 'lwcc.com UR rules and treatment guidelines; louisianainsurancedefense.com 2012; kb.daisybill.com', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('LA', 'provider_information_due', null, '2012-04-20', 'America/Chicago', 'receipt of form 1010A by the provider', false, 10, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'none', 'request counts as withdrawn', 'provider', 'LAC 40:I.2715', null, 'source_read', null, '', 'lwcc.com', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('LA', 'dispute_request', null, '2012-04-20', 'America/Chicago', 'receipt of the denial, or the end of the 5 business days', false, 15, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'none', 'denial stands', 'provider or worker', 'LAC 40:I.2715; form 1009', null, 'source_read', null, '', 'kb.daisybill.com; louisianainsurancedefense.com', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('PA', 'utilization_review_determination', null, '1901-01-01', 'America/New_York', 'completed request: medical records received, or 35 days after the notice of assignment, whichever is earlier', true, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, 'check', null, null, 'none', 'not an approval', 'review organization', '34 Pa. Code 127.465', null, 'knowledge', null, 'section heading read (deadline for the determination); amounts from memory. Pennsylvania has no payer pre-authorization clock: review is requested after the fact through the Bureau', 'pacode.com table of contents, chapter 127 subchapter C', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('PA', 'dispute_request', null, '1901-01-01', 'America/New_York', 'receipt of the determination', false, 30, 'calendar_days', null, null, null, null, null, '', null, null, '', null, null, false, '', null, false, false, 'check', null, null, 'none', 'determination stands', 'any party', '77 P.S. 531(6)(iv); 34 Pa. Code 127.551', null, 'knowledge', null, 'petition to a workers'' compensation judge', '', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('KY', 'prospective', null, '2022-04-15', 'America/New_York', 'start of the utilization review process', false, 2, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'none', 'not verified', 'payer', '803 KAR 25:195', null, 'knowledge', null, 'definition of business day (no Saturday, Sunday, legal holiday) and the 2022 emergency rule were read; the amount was not', 'justia 803 KAR 25:195; genexservices.com 2022-05', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('MN', 'prospective', null, '1901-01-01', 'America/Chicago', 'receipt of the provider''s prior notification', false, 7, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'none', 'payer may not refuse for lack of notification', 'payer', 'Minn. R. 5221.6050 subp. 9', null, 'knowledge', null, '', '', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NV', 'prospective', null, '1901-01-01', 'America/Los_Angeles', 'receipt of the written request for prior authorization', false, 5, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'deemed', 'authorization deemed given; payer may still deny LATER but pays for treatment given before the provider received the denial', 'payer or MCO', 'NRS 616C.157', null, 'source_read', null, 'treatment, diagnostic testing or consultation. Addressed by name to insurers, organizations for managed care and administrators', 'legalfix.com NRS 616C.157 (2019 text)', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('AZ', 'prospective', null, '2018-10-01', 'America/Phoenix', 'receipt of the request for preauthorization', true, 7, 'business_days', 7, 'business_days', 'information', null, null, 'notice within the first 7 business days that an independent medical examination has been requested; counted from receipt of the final IME report', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'violation', 'deemed ''no response'': provider or worker may go straight to the Commission for administrative review; not an approval', 'payer', 'A.A.C. R20-5-1309', null, 'source_read', 'source_read', 'the 7 business days begin the day after receipt. Open-ended extension: no due date exists until the report arrives. Effective date is that of the 2018 rule changes, not verified for this amount; the 7 days after the report run from when it is received and identified', 'Casetext R20-5-1309 and 1310 (current to Dec 2024); azica.gov preauthorization instructions', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('AZ', 'incomplete_request_return', null, '2018-10-01', 'America/Phoenix', 'receipt of an incomplete request or one on the wrong form', false, 7, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'none', 'treated as received (knowledge)', 'payer', 'A.A.C. R20-5-1309(C)', null, 'source_read', null, 'either act on it or tell the provider in writing that it is incomplete', 'Casetext R20-5-1309', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('AZ', 'reconsideration_decision', null, '2018-10-01', 'America/Phoenix', 'receipt of the request for reconsideration', false, 7, 'business_days', 7, 'business_days', 'information', null, null, 'written notice within 7 business days that an IME has been requested; counted from receipt of the final IME report', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'violation', 'administrative review by the Commission', 'payer', 'A.A.C. R20-5-1310', null, 'source_read', 'source_read', '', 'Casetext R20-5-1310', true,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('OH', 'provider_injury_report', null, '1901-01-01', 'America/New_York', 'initial treatment', false, 1, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, 'check', null, null, 'none', 'counts in the state report card', 'provider', 'OAC 4123-6-02.8', null, 'source_read', null, 'provider reports the injury to the MCO', 'ohrules.elaws.us', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z'),
  ('NY', 'mtg_confirmation_before_first_report', null, '1901-01-01', 'America/New_York', 'receipt by the designated administrator before a first report exists', false, 8, 'business_days', null, null, null, null, null, '', null, null, '', null, null, false, 'none stated', null, false, false, '', null, null, 'deemed', 'Order of the Chair approving the request (knowledge)', 'payer', '12 NYCRR 324.4(c)', null, 'source_read', null, '', 'casetext 324.4', false,
   'What the desk comes with.', '2000-01-01Z', '2000-01-01Z');

-- That a person has compared a clock with the law: who, when, against what.
create table statutory_clock_check (
  check_id bigint generated always as identity,
  clock_id bigint not null,
  against text not null,
  checked_by int not null,
  checked_at timestamptz not null,
  constraint statutory_clock_check_pkey primary key (check_id),
  constraint statutory_clock_check_clock_id_fkey foreign key (clock_id) references statutory_clock,
  constraint statutory_clock_check_checked_by_fkey foreign key (checked_by) references staff,
  constraint statutory_clock_check_against_brief check (length(against) <= 300 and desk_shows(against)),
  constraint statutory_clock_check_of_our_time check (checked_at > '1900-01-01Z' and checked_at < '2200-01-01Z'));
create index statutory_clock_check_clock on statutory_clock_check (clock_id);

-- Days off that a jurisdiction has besides its list of holidays, or has not though they stand there, for clocks that start
-- from a moment on. Of several for one day the last holds.
create table statutory_holiday (
  holiday_id bigint generated always as identity,
  jurisdiction text not null,
  day date not null,
  effective_from timestamptz not null,
  closed boolean not null,
  name text not null,
  reason text not null,
  set_by int not null,
  set_at timestamptz not null,
  constraint statutory_holiday_pkey primary key (holiday_id),
  constraint statutory_holiday_once unique (jurisdiction, day, effective_from),
  constraint statutory_holiday_set_by_fkey foreign key (set_by) references staff,
  constraint statutory_holiday_jurisdiction_form check (jurisdiction ~ '^[A-Z]{2}$'),
  constraint statutory_holiday_name_brief check (length(name) <= 80 and desk_shows(name)),
  constraint statutory_holiday_reason_brief check (length(reason) <= 300 and desk_shows(reason)),
  constraint statutory_holiday_on_a_weekday check (extract(isodow from day) < 6),
  constraint statutory_holiday_of_our_time check (
    day > '1900-01-01' and day < '2200-01-01' and effective_from > '1900-01-01Z' and effective_from < '2200-01-01Z'
    and set_at > '1900-01-01Z' and set_at < '2200-01-01Z'));

do $$
declare
  v_table text;
begin
  foreach v_table in array '{statutory_clock,statutory_clock_check,statutory_holiday}'::text[] loop
    execute format('alter table %I enable row level security', v_table);
    execute format('alter table %I force row level security', v_table);
    execute format('create policy house on %I to current_user using (true) with check (true)', v_table);
    execute format('create policy signed_in on %I for select to desk_app using ((select desk_staff_id()) is not null)', v_table);
    execute format('revoke all on %I from public', v_table);
    execute format('grant select on %I to desk_app', v_table);
  end loop;
end $$;
create policy propose on statutory_clock for insert to desk_app
  with check ((select desk_manages()) and proposed_by = (select desk_staff_id()) and proposed_at <@ (select desk_moment())
              and effective_from >= (lower(desk_moment()) at time zone zone)::date);
create policy withdraw on statutory_clock for update to desk_app
  using ((select desk_manages()) and withdrawn_at is null and not desk_begun(effective_from::timestamp at time zone zone))
  with check (withdrawn_by = (select desk_staff_id()) and withdrawn_at <@ (select desk_moment()));
create policy manage on statutory_clock_check for insert to desk_app
  with check ((select desk_manages()) and checked_by = (select desk_staff_id()) and checked_at <@ (select desk_moment()));
create policy manage on statutory_holiday for insert to desk_app
  with check ((select desk_manages()) and set_by = (select desk_staff_id()) and set_at <@ (select desk_moment())
              and effective_from >= lower(desk_moment()));
grant insert (
    jurisdiction, kind, network, effective_from, zone, starts, waits, amount, unit, extension_amount, extension_unit, extension_from, extension_within_amount,
    extension_within_unit, extension_words, information_amount, information_unit, late_channels, late_opens,
    late_closes, late_day_off_moves, late_words, mail_days, defers, rolls, last_day_words, day_ends, by_post_days,
    lapse, lapse_words, owner, citation, effective_to, confidence, extension_confidence, note, source, from_known,
    why, proposed_by, proposed_at),
  update (withdrawn_by, withdrawn_at, withdrawn_why) on statutory_clock to desk_app;
grant insert (clock_id, against, checked_by, checked_at) on statutory_clock_check to desk_app;
grant insert (jurisdiction, day, effective_from, closed, name, reason, set_by, set_at) on statutory_holiday to desk_app;

-- What becomes of them is on the record, whoever writes the row.
create function desk_statutory_clock_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_verb constant text := case when tg_op = 'INSERT' then 'rule_proposed'
                               when new.withdrawn_at is not null then 'rule_withdrawn' else 'rule_in_force' end;
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(case v_verb when 'rule_withdrawn' then new.withdrawn_by else new.proposed_by end, 0), 'statutory_clock',
          new.clock_id, v_verb,
          jsonb_build_object('jurisdictions', jsonb_build_array(new.jurisdiction), 'kind', new.kind,
                             'effective_from', new.effective_from, 'why', coalesce(new.withdrawn_why, new.why)));
  return null;
end $$;
revoke execute on function desk_statutory_clock_told from public;
create trigger told after insert on statutory_clock for each row execute function desk_statutory_clock_told();
create trigger told_of_change after update on statutory_clock for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null or old.in_force_at is null and new.in_force_at is not null)
  execute function desk_statutory_clock_told();

create function desk_clock_checked_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  select new.checked_by, 'statutory_clock', c.clock_id, 'clock_checked',
         jsonb_build_object('jurisdictions', jsonb_build_array(c.jurisdiction), 'kind', c.kind, 'source', new.against)
    from statutory_clock c where c.clock_id = new.clock_id;
  return null;
end $$;
revoke execute on function desk_clock_checked_told from public;
create trigger told after insert on statutory_clock_check for each row execute function desk_clock_checked_told();

create function desk_holiday_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (new.set_by, 'statutory_holiday', new.holiday_id, case when new.closed then 'holiday_added' else 'holiday_taken_out' end,
          jsonb_build_object('jurisdictions', jsonb_build_array(new.jurisdiction), 'day', new.day, 'name', new.name,
                             'reason', new.reason, 'effective_from', to_char(new.effective_from at time zone 'UTC',
                                                                            'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')));
  return null;
end $$;
revoke execute on function desk_holiday_told from public;
create trigger told after insert on statutory_holiday for each row execute function desk_holiday_told();

-- Put in force what begins, each version once, on the day of its own zone. Tells how many did.
create function desk_statutory_clocks_begin(p_at timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_at constant timestamptz := desk_now_about(p_at);
  v_done int;
begin
  update statutory_clock
     set in_force_at = v_at
   where withdrawn_at is null and in_force_at is null and effective_from <= (v_at at time zone zone)::date;
  get diagnostics v_done = row_count;
  return v_done;
end $$;
revoke execute on function desk_statutory_clocks_begin from public;
grant execute on function desk_statutory_clocks_begin to desk_app;

-- What the tables put on the record nobody says by hand.
do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), '}', ',clock_checked,holiday_added,holiday_taken_out}') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;

-- The database as it is now: written by `python -m db.schema` (make schema), never by hand. For reading only:
-- a database is made by the migrations in db/migrations.
--
-- The months of audit_event (audit_event_YYYYMM), which are made as time goes on, are left out.

GRANT USAGE ON SCHEMA public TO desk_app;

CREATE TABLE alembic_version (
    version_num character varying(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
GRANT SELECT ON TABLE alembic_version TO desk_app;

CREATE TABLE audit_event (
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    event_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    actor_id integer NOT NULL,
    client_id integer,
    noun text NOT NULL,
    noun_id bigint NOT NULL,
    verb text NOT NULL,
    detail jsonb,
    CONSTRAINT audit_event_pkey PRIMARY KEY (at, event_id)
)
PARTITION BY RANGE (at);
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY audit_event FORCE ROW LEVEL SECURITY;
CREATE INDEX audit_event_of_actor ON ONLY audit_event USING btree (actor_id, at);
CREATE INDEX audit_event_of_client ON ONLY audit_event USING btree (client_id, at);
CREATE INDEX audit_event_of_record ON ONLY audit_event USING btree (noun, noun_id, at);
CREATE INDEX audit_event_of_verb ON ONLY audit_event USING btree (verb, at);
CREATE INDEX audit_event_showed ON ONLY audit_event USING gin (((detail -> 'claims'::text))) WHERE (noun = ANY (ARRAY['search'::text, 'opened_last'::text]));
CREATE POLICY as_done ON audit_event AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK (((verb = ANY ('{read,refused,exported}'::text[])) OR ((noun = 'claim'::text) AND (verb <> ALL ('{draft_kept,snoozed,skipped}'::text[]))) OR desk_done(client_id, noun, noun_id, verb, detail)));
CREATE POLICY as_told ON audit_event AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK (((noun <> 'claim'::text) OR (verb = ANY ('{read,refused,draft_kept,snoozed,skipped}'::text[])) OR desk_told(client_id, noun_id, verb)));
CREATE POLICY by_the_act ON audit_event AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK ((verb <> ALL ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,merged,merge_undone,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn,consent_given,consent_refused,consent_revoked,intake_finished,intake_left,call_request_made,call_request_declined,call_request_withdrawn,rule_proposed,rule_withdrawn,rule_in_force,asked_by_rule,clock_checked,holiday_added,holiday_taken_out,referral_made,referral_confirmed,referral_reported,referral_withdrawn,appointment_booked,appointment_moved,appointment_kept,appointment_missed,appointment_cancelled,authorization_logged,authorization_changed,authorization_followed_up,determined,determination_corrected,determination_told}'::text[])));
CREATE POLICY house ON audit_event TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own_hand ON audit_event FOR INSERT TO desk_app
    WITH CHECK (((actor_id = COALESCE((SELECT desk_staff_id()), 0)) OR (actor_id = COALESCE((NULLIF(current_setting('desk.staff'::text, true), ''::text))::integer, 0))));
CREATE TRIGGER audit_stands BEFORE DELETE OR UPDATE ON audit_event FOR EACH ROW
    EXECUTE FUNCTION desk_audit_stands();
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT
    EXECUTE FUNCTION desk_audit_stands();
GRANT INSERT (actor_id, client_id, detail, noun, noun_id, verb)
    ON TABLE audit_event TO desk_app;

CREATE TABLE audit_event_rest (
    at timestamp with time zone DEFAULT clock_timestamp() CONSTRAINT audit_event_at_not_null NOT NULL,
    event_id bigint CONSTRAINT audit_event_event_id_not_null NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() CONSTRAINT audit_event_txid_not_null NOT NULL,
    actor_id integer CONSTRAINT audit_event_actor_id_not_null NOT NULL,
    client_id integer,
    noun text CONSTRAINT audit_event_noun_not_null NOT NULL,
    noun_id bigint CONSTRAINT audit_event_noun_id_not_null NOT NULL,
    verb text CONSTRAINT audit_event_verb_not_null NOT NULL,
    detail jsonb,
    CONSTRAINT audit_event_rest_pkey PRIMARY KEY (at, event_id)
);
ALTER TABLE ONLY audit_event ATTACH PARTITION audit_event_rest DEFAULT;
CREATE INDEX audit_event_rest_actor_id_at_idx ON audit_event_rest USING btree (actor_id, at);
CREATE INDEX audit_event_rest_client_id_at_idx ON audit_event_rest USING btree (client_id, at);
CREATE INDEX audit_event_rest_expr_idx ON audit_event_rest USING gin (((detail -> 'claims'::text))) WHERE (noun = ANY (ARRAY['search'::text, 'opened_last'::text]));
CREATE INDEX audit_event_rest_noun_noun_id_at_idx ON audit_event_rest USING btree (noun, noun_id, at);
CREATE INDEX audit_event_rest_verb_at_idx ON audit_event_rest USING btree (verb, at);

CREATE TABLE authorization_follow_up (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request_id bigint NOT NULL,
    follow_up_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    party text NOT NULL,
    how text NOT NULL,
    outcome text NOT NULL,
    note text,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT authorization_follow_up_how_known CHECK ((how = ANY (ARRAY['phone'::text, 'fax'::text, 'e-mail'::text, 'mail'::text, 'portal'::text, 'person'::text]))),
    CONSTRAINT authorization_follow_up_note_brief CHECK (((length(note) <= 1000) AND desk_shows(note))),
    CONSTRAINT authorization_follow_up_outcome_known CHECK ((outcome = ANY (ARRAY['answered'::text, 'promised'::text, 'message'::text, 'no_answer'::text]))),
    CONSTRAINT authorization_follow_up_party_known CHECK ((party = ANY (ARRAY['provider'::text, 'reviewer'::text]))),
    CONSTRAINT authorization_follow_up_told_first CHECK ((at <= recorded_at)),
    CONSTRAINT authorization_follow_up_pkey PRIMARY KEY (client_id, claim_id, request_id, follow_up_id),
    CONSTRAINT authorization_follow_up_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT authorization_follow_up_request_fkey FOREIGN KEY (client_id, claim_id, request_id) REFERENCES authorization_request(client_id, claim_id, request_id)
);
ALTER TABLE authorization_follow_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY authorization_follow_up FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON authorization_follow_up TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON authorization_follow_up FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY tell ON authorization_follow_up FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (by_id = (SELECT desk_staff_id())) AND (recorded_at <@ (SELECT desk_moment()))));
CREATE CONSTRAINT TRIGGER is_a_step AFTER INSERT ON authorization_follow_up DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_follow_up_is_a_step();
CREATE TRIGGER told AFTER INSERT ON authorization_follow_up FOR EACH ROW
    EXECUTE FUNCTION desk_follow_up_told();
GRANT SELECT ON TABLE authorization_follow_up TO desk_app;
GRANT INSERT (at, by_id, claim_id, client_id, how, note, outcome, party, recorded_at, request_id)
    ON TABLE authorization_follow_up TO desk_app;

CREATE TABLE authorization_request (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    about_id bigint,
    jurisdiction text NOT NULL,
    kind text NOT NULL,
    provider_npi text,
    provider_name text NOT NULL,
    provider_phone text,
    provider_fax text,
    provider_email text,
    received_at timestamp with time zone NOT NULL,
    channel text NOT NULL,
    postmarked_on date,
    document_id bigint,
    complete_at timestamp with time zone,
    missing text,
    information_asked_at timestamp with time zone,
    information_at timestamp with time zone,
    tolled_at timestamp with time zone,
    resumed_at timestamp with time zone,
    deferred_at timestamp with time zone,
    taken_up_at timestamp with time zone,
    clock text NOT NULL,
    rule bigint,
    due_at timestamp with time zone,
    due_why text,
    ours boolean DEFAULT true NOT NULL,
    holder_id integer,
    reviewer_id integer,
    follow_up_at timestamp with time zone,
    outcome text,
    decided_at timestamp with time zone,
    communicated_at timestamp with time zone,
    ended_at timestamp with time zone,
    logged_at timestamp with time zone NOT NULL,
    logged_by integer NOT NULL,
    change text,
    change_why text,
    changed_at timestamp with time zone,
    changed_by integer,
    version integer DEFAULT 1 NOT NULL,
    returned_at timestamp with time zone,
    import_id bigint,
    follow_up_by_hand boolean DEFAULT false NOT NULL,
    unanswered integer DEFAULT 0 NOT NULL,
    to_clinical_at timestamp with time zone,
    to_supervisor_at timestamp with time zone,
    deferred_why text,
    to_tell_at timestamp with time zone,
    CONSTRAINT authorization_request_change_known CHECK ((change = ANY (ARRAY['completed'::text, 'returned'::text, 'sent_back'::text, 'extended'::text, 'informed'::text, 'tolled'::text, 'resumed'::text, 'deferred'::text, 'taken_up'::text, 'due_set'::text, 'due_moved'::text, 'assigned'::text, 'followed_up'::text, 'reminded'::text, 'follow_up_moved'::text]))),
    CONSTRAINT authorization_request_change_reasoned CHECK (((length(change_why) <= 500) AND desk_shows(change_why))),
    CONSTRAINT authorization_request_changed_whole CHECK ((num_nonnulls(change, changed_at, changed_by) = ANY (ARRAY[0, 3]))),
    CONSTRAINT authorization_request_channel_known CHECK ((channel = ANY (ARRAY['fax'::text, 'e-mail'::text, 'mail'::text, 'portal'::text, 'phone'::text, 'person'::text]))),
    CONSTRAINT authorization_request_clock_known CHECK ((clock = ANY (ARRAY['waiting'::text, 'running'::text, 'extended'::text, 'tolled'::text, 'deferred'::text, 'stopped'::text]))),
    CONSTRAINT authorization_request_clock_stops CHECK (((clock = 'stopped'::text) = (ended_at IS NOT NULL))),
    CONSTRAINT authorization_request_decided_whole CHECK (((decided_at IS NOT NULL) = ((outcome IS NOT NULL) AND (outcome <> ALL (ARRAY['deferred'::text, 'pended'::text]))))),
    CONSTRAINT authorization_request_deferred_first CHECK ((taken_up_at >= deferred_at)),
    CONSTRAINT authorization_request_deferred_reasoned CHECK (((length(deferred_why) <= 4000) AND desk_shows(deferred_why) AND ((deferred_why IS NULL) OR (deferred_at IS NOT NULL)))),
    CONSTRAINT authorization_request_due_by_rule_or_hand CHECK (((due_at IS NULL) OR (num_nonnulls(rule, due_why) > 0))),
    CONSTRAINT authorization_request_due_reasoned CHECK (((length(due_why) <= 300) AND desk_shows(due_why))),
    CONSTRAINT authorization_request_ended_decided CHECK (((ended_at IS NULL) OR (decided_at IS NOT NULL))),
    CONSTRAINT authorization_request_escalated_in_our_time CHECK (((to_clinical_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (to_clinical_at < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (to_supervisor_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (to_supervisor_at < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (unanswered >= 0))),
    CONSTRAINT authorization_request_information_asked_first CHECK ((information_at >= information_asked_at)),
    CONSTRAINT authorization_request_jurisdiction_form CHECK ((jurisdiction ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT authorization_request_kind_form CHECK ((kind ~ '^[a-z][a-z0-9_]{1,59}$'::text)),
    CONSTRAINT authorization_request_missing_reasoned CHECK (((length(missing) <= 1000) AND desk_shows(missing) AND ((complete_at IS NOT NULL) OR (missing IS NOT NULL)))),
    CONSTRAINT authorization_request_npi_checks CHECK (desk_npi_checks(provider_npi)),
    CONSTRAINT authorization_request_of_our_time CHECK (((received_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (received_at < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (complete_at >= received_at) AND (postmarked_on > '1900-01-01'::date) AND (postmarked_on < '2200-01-01'::date) AND (due_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (due_at < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (follow_up_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (follow_up_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT authorization_request_outcome_known CHECK ((outcome = ANY (ARRAY['approved'::text, 'modified'::text, 'denied'::text, 'deferred'::text, 'pended'::text, 'dismissed'::text, 'withdrawn'::text, 'lapsed'::text]))),
    CONSTRAINT authorization_request_provider_brief CHECK (((length(provider_phone) <= 60) AND (length(provider_fax) <= 60) AND (length(provider_email) <= 254))),
    CONSTRAINT authorization_request_provider_named CHECK (((length(provider_name) <= 200) AND desk_shows(provider_name))),
    CONSTRAINT authorization_request_returned_first CHECK ((returned_at >= received_at)),
    CONSTRAINT authorization_request_tolled_first CHECK ((resumed_at >= tolled_at)),
    CONSTRAINT authorization_request_number_key UNIQUE (client_id, request_id),
    CONSTRAINT authorization_request_pkey PRIMARY KEY (client_id, claim_id, request_id),
    CONSTRAINT authorization_request_about_fkey FOREIGN KEY (client_id, about_id) REFERENCES authorization_request(client_id, request_id),
    CONSTRAINT authorization_request_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff(staff_id),
    CONSTRAINT authorization_request_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT authorization_request_document_fkey FOREIGN KEY (client_id, claim_id, document_id) REFERENCES claim_document(client_id, claim_id, document_id),
    CONSTRAINT authorization_request_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES staff(staff_id),
    CONSTRAINT authorization_request_import_fkey FOREIGN KEY (client_id, import_id) REFERENCES feed_import(client_id, import_id),
    CONSTRAINT authorization_request_logged_by_fkey FOREIGN KEY (logged_by) REFERENCES staff(staff_id),
    CONSTRAINT authorization_request_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES staff(staff_id),
    CONSTRAINT authorization_request_rule_fkey FOREIGN KEY (rule) REFERENCES statutory_clock(clock_id)
);
ALTER TABLE authorization_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY authorization_request FORCE ROW LEVEL SECURITY;
CREATE INDEX authorization_aging ON authorization_request USING btree (client_id, jurisdiction) INCLUDE (received_at, due_at, clock, ours, reviewer_id, provider_npi, provider_name) WHERE (ended_at IS NULL);
CREATE INDEX authorization_corrected ON authorization_request USING btree (to_tell_at, client_id, request_id) WHERE (to_tell_at IS NOT NULL);
CREATE INDEX authorization_follow_up_due ON authorization_request USING btree (follow_up_at, client_id, request_id) WHERE ((ended_at IS NULL) AND (follow_up_at IS NOT NULL));
CREATE INDEX authorization_of_import ON authorization_request USING btree (client_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX authorization_open ON authorization_request USING btree (due_at, client_id, request_id) WHERE (ended_at IS NULL);
CREATE INDEX authorization_open_by_client ON authorization_request USING btree (client_id, due_at, request_id) WHERE (ended_at IS NULL);
CREATE INDEX authorization_open_by_npi ON authorization_request USING btree (provider_npi, client_id, request_id) WHERE (ended_at IS NULL);
CREATE INDEX authorization_open_by_provider ON authorization_request USING btree (provider_name, client_id, request_id) WHERE (ended_at IS NULL);
CREATE INDEX authorization_received ON authorization_request USING btree (client_id, received_at);
CREATE INDEX authorization_to_clinical ON authorization_request USING btree (to_clinical_at, client_id) WHERE ((ended_at IS NULL) AND (decided_at IS NULL));
CREATE INDEX authorization_to_supervisor ON authorization_request USING btree (to_supervisor_at, client_id) WHERE ((ended_at IS NULL) AND (decided_at IS NULL));
CREATE INDEX authorization_to_tell ON authorization_request USING btree (decided_at, client_id, request_id) WHERE ((ended_at IS NULL) AND (decided_at IS NOT NULL));
CREATE INDEX authorization_told ON authorization_request USING btree (client_id, communicated_at) INCLUDE (jurisdiction, received_at, complete_at, due_at, ours) WHERE (communicated_at IS NOT NULL);
CREATE POLICY change ON authorization_request FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (ended_at IS NULL)))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (changed_by = (SELECT desk_staff_id())) AND (changed_at <@ (SELECT desk_moment())) AND (ended_at IS NULL)));
CREATE POLICY house ON authorization_request TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY log ON authorization_request FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (logged_by = (SELECT desk_staff_id())) AND (logged_at <@ (SELECT desk_moment())) AND (received_at <= logged_at) AND ((complete_at <= logged_at) IS NOT FALSE) AND (change IS NULL)));
CREATE POLICY of_ones_import ON authorization_request AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK (((import_id IS NULL) OR (EXISTS ( SELECT
   FROM feed_import i
  WHERE ((i.client_id = authorization_request.client_id) AND (i.import_id = authorization_request.import_id) AND (i.kind = 'authorizations'::text) AND (i.state = 'done'::text) AND (i.by_id = (SELECT desk_staff_id())))))));
CREATE POLICY scope ON authorization_request FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON authorization_request FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND ((client_id, import_id) IN ( SELECT i.client_id,
    i.import_id
   FROM feed_import i
  WHERE ((i.state = 'undone'::text) AND (i.undone_by = (SELECT desk_staff_id()))))) AND (version = 1) AND (outcome IS NULL) AND (ended_at IS NULL)));
CREATE CONSTRAINT TRIGGER asks AFTER INSERT ON authorization_request DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_authorization_asks();
CREATE TRIGGER can_be BEFORE INSERT ON authorization_request FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_authorization_can_be();
CREATE TRIGGER changes BEFORE UPDATE ON authorization_request FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_authorization_changes();
CREATE TRIGGER returned BEFORE UPDATE ON authorization_request FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.returned_at IS DISTINCT FROM old.returned_at)))
    EXECUTE FUNCTION desk_request_returned();
CREATE TRIGGER taken_back AFTER DELETE ON authorization_request FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_authorization_taken_back();
CREATE TRIGGER told AFTER INSERT OR UPDATE ON authorization_request FOR EACH ROW
    EXECUTE FUNCTION desk_authorization_told();
GRANT SELECT,DELETE ON TABLE authorization_request TO desk_app;
GRANT INSERT (about_id, channel, claim_id, client_id, clock, complete_at, document_id, due_at, due_why, follow_up_at, holder_id, import_id, jurisdiction, kind, logged_at, logged_by, missing, ours, postmarked_on, provider_email, provider_fax, provider_name, provider_npi, provider_phone, received_at, reviewer_id, rule, to_clinical_at, to_supervisor_at, unanswered)
    ON TABLE authorization_request TO desk_app;
GRANT UPDATE (change, change_why, changed_at, changed_by, clock, complete_at, deferred_at, deferred_why, due_at, due_why, follow_up_at, follow_up_by_hand, holder_id, information_asked_at, information_at, missing, ours, resumed_at, returned_at, reviewer_id, rule, taken_up_at, to_clinical_at, to_supervisor_at, tolled_at, unanswered, version)
    ON TABLE authorization_request TO desk_app;

CREATE TABLE by_all_hour (
    client_id integer NOT NULL,
    jurisdiction text NOT NULL,
    hour timestamp with time zone NOT NULL,
    reported bigint DEFAULT 0 NOT NULL,
    contacted bigint DEFAULT 0 NOT NULL,
    on_time bigint DEFAULT 0 NOT NULL,
    CONSTRAINT by_all_hour_pkey PRIMARY KEY (client_id, jurisdiction, hour)
);
ALTER TABLE by_all_hour ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY by_all_hour FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON by_all_hour TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON by_all_hour FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
GRANT SELECT ON TABLE by_all_hour TO desk_app;

CREATE TABLE by_client_hour (
    client_id integer NOT NULL,
    hour timestamp with time zone NOT NULL,
    reported bigint DEFAULT 0 NOT NULL,
    contacted bigint DEFAULT 0 NOT NULL,
    on_time bigint DEFAULT 0 NOT NULL,
    CONSTRAINT by_client_hour_pkey PRIMARY KEY (client_id, hour)
);
ALTER TABLE by_client_hour ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY by_client_hour FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON by_client_hour TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON by_client_hour FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
GRANT SELECT ON TABLE by_client_hour TO desk_app;

CREATE TABLE by_hour (
    hour timestamp with time zone NOT NULL,
    reported bigint DEFAULT 0 NOT NULL,
    contacted bigint DEFAULT 0 NOT NULL,
    on_time bigint DEFAULT 0 NOT NULL,
    CONSTRAINT by_hour_pkey PRIMARY KEY (hour)
);
ALTER TABLE by_hour ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY by_hour FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON by_hour TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE by_jurisdiction_hour (
    jurisdiction text NOT NULL,
    hour timestamp with time zone NOT NULL,
    reported bigint DEFAULT 0 NOT NULL,
    contacted bigint DEFAULT 0 NOT NULL,
    on_time bigint DEFAULT 0 NOT NULL,
    CONSTRAINT by_jurisdiction_hour_pkey PRIMARY KEY (jurisdiction, hour)
);
ALTER TABLE by_jurisdiction_hour ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY by_jurisdiction_hour FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON by_jurisdiction_hour TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE cadence (
    cadence_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    party text NOT NULL,
    effective_from date NOT NULL,
    left_hours integer[] NOT NULL,
    every_hours integer[] NOT NULL,
    last_hours integer NOT NULL,
    undated_hours integer NOT NULL,
    promised_hours integer NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    unanswered integer NOT NULL,
    share integer NOT NULL,
    why text NOT NULL,
    proposed_by integer,
    proposed_at timestamp with time zone NOT NULL,
    withdrawn_by integer,
    withdrawn_at timestamp with time zone,
    withdrawn_why text,
    in_force_at timestamp with time zone,
    CONSTRAINT cadence_closer_together CHECK ((desk_closer_together(left_hours, every_hours, last_hours) IS TRUE)),
    CONSTRAINT cadence_escalates_sensibly CHECK ((((unanswered >= 1) AND (unanswered <= 20)) AND ((share >= 1) AND (share <= 99)))),
    CONSTRAINT cadence_hours_sensible CHECK ((((last_hours >= 1) AND (last_hours <= 2160)) AND ((undated_hours >= 1) AND (undated_hours <= 2160)) AND ((promised_hours >= 1) AND (promised_hours <= 2160)))),
    CONSTRAINT cadence_of_our_time CHECK (((effective_from > '1900-01-01'::date) AND (effective_from < '2200-01-01'::date) AND (proposed_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (proposed_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT cadence_opens_first CHECK ((opens < closes)),
    CONSTRAINT cadence_party_known CHECK ((party = ANY (ARRAY['provider'::text, 'reviewer'::text]))),
    CONSTRAINT cadence_why_brief CHECK (((length(why) <= 300) AND desk_shows(why))),
    CONSTRAINT cadence_withdrawn_before CHECK (((withdrawn_at IS NULL) OR (in_force_at IS NULL))),
    CONSTRAINT cadence_withdrawn_paired CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL))),
    CONSTRAINT cadence_withdrawn_reasoned CHECK ((((withdrawn_at IS NULL) = (withdrawn_why IS NULL)) AND (length(withdrawn_why) <= 300) AND desk_shows(withdrawn_why))),
    CONSTRAINT cadence_pkey PRIMARY KEY (cadence_id),
    CONSTRAINT cadence_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES staff(staff_id),
    CONSTRAINT cadence_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff(staff_id)
);
ALTER TABLE cadence ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY cadence FORCE ROW LEVEL SECURITY;
CREATE INDEX cadence_to_begin ON cadence USING btree (effective_from) WHERE ((withdrawn_at IS NULL) AND (in_force_at IS NULL));
CREATE POLICY house ON cadence TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY propose ON cadence FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_manages()) AND (proposed_by = (SELECT desk_staff_id())) AND (proposed_at <@ (SELECT desk_moment())) AND (effective_from >= ((lower(desk_moment()) AT TIME ZONE 'America/New_York'::text))::date)));
CREATE POLICY signed_in ON cadence FOR SELECT TO desk_app
    USING (((SELECT desk_staff_id()) IS NOT NULL));
CREATE POLICY withdraw ON cadence FOR UPDATE TO desk_app
    USING (((SELECT desk_manages()) AND (withdrawn_at IS NULL) AND (NOT desk_begun(((effective_from)::timestamp without time zone AT TIME ZONE 'America/New_York'::text)))))
    WITH CHECK (((withdrawn_by = (SELECT desk_staff_id())) AND (withdrawn_at <@ (SELECT desk_moment()))));
CREATE TRIGGER told AFTER INSERT ON cadence FOR EACH ROW
    EXECUTE FUNCTION desk_cadence_told();
CREATE TRIGGER told_of_change AFTER UPDATE ON cadence FOR EACH ROW
    WHEN ((((old.withdrawn_at IS NULL) AND (new.withdrawn_at IS NOT NULL)) OR ((old.in_force_at IS NULL) AND (new.in_force_at IS NOT NULL))))
    EXECUTE FUNCTION desk_cadence_told();
GRANT SELECT ON TABLE cadence TO desk_app;
GRANT INSERT (closes, effective_from, every_hours, last_hours, left_hours, opens, party, promised_hours, proposed_at, proposed_by, share, unanswered, undated_hours, why)
    ON TABLE cadence TO desk_app;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_why)
    ON TABLE cadence TO desk_app;

CREATE TABLE calendar_address (
    staff_id integer NOT NULL,
    token_hash bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT calendar_address_token_hash_whole CHECK ((octet_length(token_hash) = 32)),
    CONSTRAINT calendar_address_pkey PRIMARY KEY (staff_id),
    CONSTRAINT calendar_address_token_hash_key UNIQUE (token_hash),
    CONSTRAINT calendar_address_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE calendar_address ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY calendar_address FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON calendar_address TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY make ON calendar_address FOR INSERT TO desk_app
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND desk_is_clinical(staff_id) AND (made_at <@ (SELECT desk_moment()))));
CREATE POLICY own ON calendar_address FOR SELECT TO desk_app USING (desk_sets_calendar(staff_id));
CREATE POLICY renew ON calendar_address FOR UPDATE TO desk_app
    USING (((staff_id = (SELECT desk_staff_id())) AND desk_is_clinical(staff_id)))
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND desk_is_clinical(staff_id) AND (made_at <@ (SELECT desk_moment()))));
CREATE POLICY withdraw ON calendar_address FOR DELETE TO desk_app USING (desk_sets_calendar(staff_id));
CREATE TRIGGER told AFTER INSERT OR DELETE OR UPDATE ON calendar_address FOR EACH ROW
    EXECUTE FUNCTION desk_calendar_address_told();
GRANT DELETE ON TABLE calendar_address TO desk_app;
GRANT INSERT (made_at, staff_id, token_hash)
    ON TABLE calendar_address TO desk_app;
GRANT SELECT (made_at, staff_id)
    ON TABLE calendar_address TO desk_app;
GRANT UPDATE (made_at, token_hash)
    ON TABLE calendar_address TO desk_app;

CREATE TABLE call_request (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    clinician_id integer,
    note text,
    asked_at timestamp with time zone NOT NULL,
    asked_by integer NOT NULL,
    settled_at timestamp with time zone,
    settled_by integer,
    outcome text,
    settled_why text,
    CONSTRAINT call_request_asks_somebody CHECK (((kind = 'escalation'::text) = (clinician_id IS NULL))),
    CONSTRAINT call_request_kind_known CHECK ((kind = ANY (ARRAY['overtime'::text, 'time'::text, 'escalation'::text]))),
    CONSTRAINT call_request_note_brief CHECK (((length(note) <= 300) AND desk_shows(note))),
    CONSTRAINT call_request_outcome_known CHECK ((outcome = ANY (ARRAY['booked'::text, 'reached'::text, 'over'::text, 'declined'::text, 'withdrawn'::text]))),
    CONSTRAINT call_request_settled_reasoned CHECK (((length(settled_why) <= 300) AND desk_shows(settled_why) AND ((settled_why IS NOT NULL) = ((outcome IS NOT NULL) AND (outcome = ANY (ARRAY['declined'::text, 'withdrawn'::text])))))),
    CONSTRAINT call_request_settled_whole CHECK ((num_nonnulls(settled_at, settled_by, outcome) = ANY (ARRAY[0, 3]))),
    CONSTRAINT call_request_pkey PRIMARY KEY (client_id, claim_id, request_id),
    CONSTRAINT call_request_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES staff(staff_id),
    CONSTRAINT call_request_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id) ON DELETE CASCADE,
    CONSTRAINT call_request_clinician_id_fkey FOREIGN KEY (clinician_id) REFERENCES staff(staff_id),
    CONSTRAINT call_request_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES staff(staff_id)
);
ALTER TABLE call_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY call_request FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX call_request_one_of_claim ON call_request USING btree (client_id, claim_id) WHERE (settled_at IS NULL);
CREATE POLICY ask ON call_request FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (asked_by = (SELECT desk_staff_id())) AND (asked_at <@ (SELECT desk_moment())) AND (settled_at IS NULL) AND ((clinician_id IS NULL) OR desk_may_call(clinician_id, client_id))));
CREATE POLICY house ON call_request TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON call_request FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY settle ON call_request FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (settled_at IS NULL)))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (settled_by = (SELECT desk_staff_id())) AND (settled_at <@ (SELECT desk_moment())) AND (((outcome = 'withdrawn'::text) AND (asked_by = settled_by)) OR ((outcome = 'declined'::text) AND ((SELECT desk_supervises()) OR (NOT (clinician_id IS DISTINCT FROM settled_by)))))));
CREATE TRIGGER can_be BEFORE INSERT ON call_request FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_request_can_be();
CREATE TRIGGER told AFTER INSERT OR UPDATE ON call_request FOR EACH ROW
    EXECUTE FUNCTION desk_request_told();
GRANT SELECT ON TABLE call_request TO desk_app;
GRANT INSERT (asked_at, asked_by, claim_id, client_id, clinician_id, kind, note)
    ON TABLE call_request TO desk_app;
GRANT UPDATE (outcome, settled_at, settled_by, settled_why)
    ON TABLE call_request TO desk_app;

CREATE TABLE claim (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    claim_number text DEFAULT ''::text NOT NULL,
    client_claim_number text,
    worker_id bigint NOT NULL,
    jurisdiction text,
    date_of_injury date NOT NULL,
    injured_time time without time zone,
    reported_at timestamp with time zone NOT NULL,
    reported_to text DEFAULT 'minute'::text NOT NULL,
    channel text NOT NULL,
    emergency boolean DEFAULT false NOT NULL,
    flags text[] DEFAULT '{}'::text[] NOT NULL,
    sla_effective_from timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    assignee_id integer,
    assigned_at timestamp with time zone,
    first_contact_at timestamp with time zone,
    first_contact_by integer,
    closed_at timestamp with time zone,
    closed_why text,
    import_id bigint,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    client_number_key text COLLATE pg_catalog."C",
    date_of_death date,
    death_seen_at timestamp with time zone,
    death_seen_by integer,
    closed_by integer,
    certified_network boolean,
    merged_into bigint,
    CONSTRAINT claim_assigned_paired CHECK (((assignee_id IS NULL) = (assigned_at IS NULL))),
    CONSTRAINT claim_channel_known CHECK ((channel = ANY (ARRAY['form'::text, 'feed'::text]))),
    CONSTRAINT claim_client_claim_number_brief CHECK ((length(client_claim_number) <= 100)),
    CONSTRAINT claim_client_number_folded CHECK (((length(client_number_key) <= 300) AND ((octet_length(client_claim_number) > length(client_claim_number)) OR (client_number_key = lower((replace(client_claim_number, ' '::text, ''::text) COLLATE "C")))))),
    CONSTRAINT claim_client_number_keyed CHECK (((client_claim_number IS NULL) = (client_number_key IS NULL))),
    CONSTRAINT claim_closed_by_closed CHECK (((closed_by IS NULL) OR (closed_at IS NOT NULL))),
    CONSTRAINT claim_closed_paired CHECK (((closed_at IS NULL) = (closed_why IS NULL))),
    CONSTRAINT claim_death_seen_of_a_death CHECK (((death_seen_at IS NULL) OR (date_of_death IS NOT NULL))),
    CONSTRAINT claim_death_seen_paired CHECK (((death_seen_at IS NULL) = (death_seen_by IS NULL))),
    CONSTRAINT claim_first_contact_after_report CHECK ((first_contact_at >= reported_at)),
    CONSTRAINT claim_first_contact_paired CHECK (((first_contact_at IS NULL) = (first_contact_by IS NULL))),
    CONSTRAINT claim_flags_known CHECK (((flags <@ ARRAY['future_injury'::text, 'negative_lag'::text, 'future_date'::text, 'report_time_missing'::text, 'report_time_unread'::text, 'report_time_midnight'::text, 'hired_after_injury'::text, 'death_in_future'::text, 'death_before_injury'::text, 'age_doubtful'::text]) AND (cardinality(flags) <= 12))),
    CONSTRAINT claim_flags_plain_list CHECK ((array_ndims(flags) = 1)),
    CONSTRAINT claim_jurisdiction_form CHECK ((jurisdiction ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT claim_merged_closed CHECK (((merged_into IS NULL) OR ((closed_at IS NOT NULL) AND (merged_into <> claim_id)))),
    CONSTRAINT claim_of_our_time CHECK (((reported_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (reported_at < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (due_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (due_at < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (date_of_injury > '1900-01-01'::date) AND (date_of_injury < '2200-01-01'::date) AND ((date_of_death IS NULL) OR ((date_of_death > '1900-01-01'::date) AND (date_of_death < '2200-01-01'::date))) AND ((assigned_at IS NULL) OR isfinite(assigned_at)))),
    CONSTRAINT claim_reported_to_known CHECK ((reported_to = ANY (ARRAY['minute'::text, 'day'::text]))),
    CONSTRAINT claim_pkey PRIMARY KEY (client_id, claim_id),
    CONSTRAINT claim_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES staff(staff_id),
    CONSTRAINT claim_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT claim_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES staff(staff_id),
    CONSTRAINT claim_death_seen_by_fkey FOREIGN KEY (death_seen_by) REFERENCES staff(staff_id),
    CONSTRAINT claim_first_contact_by_fkey FOREIGN KEY (first_contact_by) REFERENCES staff(staff_id),
    CONSTRAINT claim_import_fkey FOREIGN KEY (client_id, import_id) REFERENCES feed_import(client_id, import_id),
    CONSTRAINT claim_merged_into_fkey FOREIGN KEY (client_id, merged_into) REFERENCES claim(client_id, claim_id),
    CONSTRAINT claim_policy_fkey FOREIGN KEY (client_id, sla_effective_from) REFERENCES sla_policy(client_id, effective_from),
    CONSTRAINT claim_worker_fkey FOREIGN KEY (client_id, worker_id) REFERENCES injured_worker(client_id, worker_id)
);
ALTER TABLE claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY claim FORCE ROW LEVEL SECURITY;
CREATE INDEX claim_assigned ON claim USING btree (assignee_id, reported_at) WHERE (assignee_id IS NOT NULL);
CREATE INDEX claim_client_number ON claim USING btree (client_id, client_number_key) INCLUDE (claim_id) WHERE (client_number_key IS NOT NULL);
CREATE INDEX claim_client_number_anywhere ON claim USING btree (client_number_key) WHERE (client_number_key IS NOT NULL);
CREATE INDEX claim_death_unseen ON claim USING btree (client_id, claim_id) WHERE ((date_of_death IS NOT NULL) AND (death_seen_at IS NULL));
CREATE INDEX claim_injured ON claim USING btree (client_id, date_of_injury);
CREATE INDEX claim_merged ON claim USING btree (client_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX claim_number_anywhere ON claim USING btree (claim_number COLLATE "C");
CREATE UNIQUE INDEX claim_number_key ON claim USING btree (client_id, claim_number);
CREATE INDEX claim_number_of_client ON claim USING btree (client_id, claim_number COLLATE "C") INCLUDE (claim_id);
CREATE INDEX claim_of_import ON claim USING btree (client_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX claim_reached ON claim USING btree (first_contact_at) WHERE (first_contact_at IS NOT NULL);
CREATE INDEX claim_reported ON claim USING btree (client_id, reported_at);
CREATE INDEX claim_waiting ON claim USING btree (due_at, claim_id) WHERE ((first_contact_at IS NULL) AND (closed_at IS NULL) AND (date_of_death IS NULL));
CREATE INDEX claim_waiting_by_client ON claim USING btree (client_id, due_at, claim_id) WHERE ((first_contact_at IS NULL) AND (closed_at IS NULL) AND (date_of_death IS NULL));
CREATE INDEX claim_worker ON claim USING btree (client_id, worker_id, date_of_injury);
CREATE POLICY house ON claim TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY report ON claim FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY scope ON claim FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON claim FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND ((client_id, import_id) IN ( SELECT i.client_id,
    i.import_id
   FROM feed_import i
  WHERE ((i.state = 'undone'::text) AND (i.undone_by = (SELECT desk_staff_id()))))) AND (version = 1) AND (assignee_id IS NULL) AND (first_contact_at IS NULL) AND (closed_at IS NULL)));
CREATE POLICY work ON claim FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER call_over AFTER UPDATE OF closed_at, date_of_death ON claim FOR EACH ROW
    WHEN (((new.closed_at IS NOT NULL) OR (new.date_of_death IS NOT NULL)))
    EXECUTE FUNCTION desk_call_over();
CREATE TRIGGER call_reached AFTER UPDATE OF first_contact_at ON claim FOR EACH ROW
    WHEN (((old.first_contact_at IS NULL) AND (new.first_contact_at IS NOT NULL) AND (new.merged_into IS NULL)))
    EXECUTE FUNCTION desk_call_reached();
CREATE TRIGGER claim_numbered BEFORE INSERT ON claim FOR EACH ROW
    WHEN ((new.claim_number = ''::text))
    EXECUTE FUNCTION desk_claim_numbered();
CREATE TRIGGER claims_begin AFTER INSERT ON claim REFERENCING NEW TABLE AS made FOR EACH STATEMENT
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_claims_begin();
CREATE TRIGGER deadline_stands BEFORE UPDATE OF due_at, sla_effective_from ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND ((new.due_at IS DISTINCT FROM old.due_at) OR (new.sla_effective_from IS DISTINCT FROM old.sla_effective_from)) AND (new.reported_at = old.reported_at) AND (NOT ((new.sla_effective_from = old.sla_effective_from) AND (new.due_at > old.due_at) AND desk_pause_ends(new.client_id, new.claim_id, old.due_at,
        CASE
           
    WHEN (old.first_contact_at IS NULL) THEN new.first_contact_at
            ELSE NULL::timestamp with time zone
        END)))))
    EXECUTE FUNCTION desk_refused('a deadline moves with its report, or with a pause that ends');
CREATE TRIGGER death_changed AFTER UPDATE OF date_of_death ON claim FOR EACH ROW
    WHEN ((new.date_of_death IS DISTINCT FROM old.date_of_death))
    EXECUTE FUNCTION desk_death_on_record();
CREATE TRIGGER death_guard BEFORE UPDATE OF date_of_death, death_seen_at, death_seen_by, first_contact_at ON claim FOR EACH ROW
    EXECUTE FUNCTION desk_death_guard();
CREATE TRIGGER death_reported AFTER INSERT ON claim FOR EACH ROW
    WHEN ((new.date_of_death IS NOT NULL))
    EXECUTE FUNCTION desk_death_on_record();
CREATE CONSTRAINT TRIGGER doubts_stay AFTER UPDATE OF flags ON claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (NOT (old.flags <@ new.flags))))
    EXECUTE FUNCTION desk_doubt_settled();
CREATE CONSTRAINT TRIGGER due_as_promised AFTER UPDATE OF reported_at, due_at, sla_effective_from ON claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (((new.reported_at IS DISTINCT FROM old.reported_at) OR (new.due_at IS DISTINCT FROM old.due_at)) OR (new.sla_effective_from IS DISTINCT FROM old.sla_effective_from))))
    EXECUTE FUNCTION desk_claim_agrees();
CREATE TRIGGER fact_changed AFTER UPDATE ON claim FOR EACH ROW
    WHEN (((old.client_id IS DISTINCT FROM new.client_id) OR (old.jurisdiction IS DISTINCT FROM new.jurisdiction) OR (old.reported_at IS DISTINCT FROM new.reported_at) OR (old.due_at IS DISTINCT FROM new.due_at) OR (old.first_contact_at IS DISTINCT FROM new.first_contact_at) OR (old.closed_at IS DISTINCT FROM new.closed_at) OR (old.date_of_death IS DISTINCT FROM new.date_of_death) OR (old.merged_into IS DISTINCT FROM new.merged_into)))
    EXECUTE FUNCTION desk_fact_changed();
CREATE TRIGGER fact_gone AFTER DELETE ON claim FOR EACH ROW
    EXECUTE FUNCTION desk_fact_changed();
CREATE TRIGGER facts_begin AFTER INSERT ON claim REFERENCING NEW TABLE AS made FOR EACH STATEMENT
    EXECUTE FUNCTION desk_facts_begin();
CREATE CONSTRAINT TRIGGER first_contact_made AFTER UPDATE OF first_contact_at ON claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.first_contact_at IS DISTINCT FROM old.first_contact_at)))
    EXECUTE FUNCTION desk_first_contact_made();
CREATE TRIGGER first_contact_stands BEFORE UPDATE OF first_contact_at, first_contact_by ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND ((new.first_contact_at IS DISTINCT FROM old.first_contact_at) OR (new.first_contact_by IS DISTINCT FROM old.first_contact_by)) AND ((old.first_contact_at IS NOT NULL) OR (new.first_contact_by IS DISTINCT FROM desk_staff_id()) OR (desk_role() IS DISTINCT FROM 'clinical'::text))))
    EXECUTE FUNCTION desk_refused('a first contact is recorded once, by clinical staff, in one''s own name');
CREATE TRIGGER holder_guard BEFORE UPDATE OF assignee_id ON claim FOR EACH ROW
    WHEN (((new.assignee_id IS NOT NULL) AND (new.assignee_id IS DISTINCT FROM old.assignee_id)))
    EXECUTE FUNCTION desk_holder_guard();
CREATE TRIGGER holder_stands BEFORE UPDATE OF assignee_id, assigned_at ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.assignee_id IS DISTINCT FROM old.assignee_id) AND (NOT desk_supervises()) AND (NOT ((old.assignee_id IS NULL) AND (NOT (new.assignee_id IS DISTINCT FROM desk_staff_id())))) AND (old.assignee_id IS DISTINCT FROM desk_staff_id()) AND (NOT ((NOT (new.assignee_id IS DISTINCT FROM desk_staff_id())) AND desk_handed_over(old.client_id, old.claim_id, old.assigned_at, old.assignee_id)))))
    EXECUTE FUNCTION desk_refused('a claim that somebody has is handed over by that person or a supervisor');
CREATE TRIGGER holding_since BEFORE UPDATE OF assigned_at ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.assigned_at IS DISTINCT FROM old.assigned_at) AND ((NOT (new.assignee_id IS DISTINCT FROM old.assignee_id)) OR ((NOT (new.assigned_at <@ desk_moment())) AND (NOT (desk_supervises() AND (new.assigned_at <= upper(desk_moment())) AND (new.assigned_at >= (LEAST(new.reported_at, new.created_at) - '00:02:00'::interval))))))))
    EXECUTE FUNCTION desk_refused('a claim is held from the moment it was given');
CREATE TRIGGER kept_first BEFORE UPDATE OF reported_at ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.reported_at > old.reported_at)))
    EXECUTE FUNCTION desk_kept_first();
CREATE TRIGGER known_stands BEFORE UPDATE OF date_of_injury, injured_time, jurisdiction, client_claim_number, emergency ON claim FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_field_guard();
CREATE TRIGGER merged_stands BEFORE UPDATE ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (old.merged_into IS NOT NULL)))
    EXECUTE FUNCTION desk_refused('a merged claim is worked where it leads');
CREATE TRIGGER promise_counts BEFORE UPDATE OF sla_effective_from ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.sla_effective_from <> old.sla_effective_from) AND (NOT desk_promise_counts(new.client_id, new.sla_effective_from, new.reported_at))))
    EXECUTE FUNCTION desk_refused('a claim carries the promise in force at its report');
CREATE TRIGGER referral_over AFTER UPDATE OF closed_at, date_of_death ON claim FOR EACH ROW
    WHEN (((new.merged_into IS NULL) AND ((new.closed_at IS NOT NULL) OR (new.date_of_death IS NOT NULL))))
    EXECUTE FUNCTION desk_referral_over();
CREATE TRIGGER report_received BEFORE UPDATE OF reported_at ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.reported_at IS DISTINCT FROM old.reported_at) AND (new.reported_at > upper(desk_moment()))))
    EXECUTE FUNCTION desk_refused('a report is not corrected into the future');
CREATE TRIGGER report_stands BEFORE UPDATE OF reported_at, reported_to ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND ((new.reported_at IS DISTINCT FROM old.reported_at) OR (new.reported_to IS DISTINCT FROM old.reported_to)) AND (NOT desk_supervises())))
    EXECUTE FUNCTION desk_refused('the time of a report is corrected by a supervisor');
CREATE TRIGGER request_over AFTER UPDATE OF first_contact_at, closed_at, date_of_death ON claim FOR EACH ROW
    WHEN (((new.first_contact_at IS NOT NULL) OR (new.closed_at IS NOT NULL) OR (new.date_of_death IS NOT NULL)))
    EXECUTE FUNCTION desk_request_over();
CREATE TRIGGER version_counts BEFORE UPDATE OF version ON claim FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND ((new.version <> old.version) AND (new.version <> (old.version + 1)))))
    EXECUTE FUNCTION desk_refused('a version follows the one before it');
CREATE TRIGGER waits_again AFTER UPDATE OF first_contact_at, closed_at ON claim FOR EACH ROW
    WHEN ((((old.first_contact_at IS NOT NULL) OR (old.closed_at IS NOT NULL)) AND (new.first_contact_at IS NULL) AND (new.closed_at IS NULL) AND (new.date_of_death IS NULL)))
    EXECUTE FUNCTION desk_waits_again();
GRANT SELECT,DELETE ON TABLE claim TO desk_app;
GRANT INSERT (channel, client_claim_number, client_id, client_number_key, date_of_death, date_of_injury, due_at, emergency, flags, import_id, injured_time, jurisdiction, reported_at, reported_to, sla_effective_from, worker_id)
    ON TABLE claim TO desk_app;
GRANT UPDATE (assigned_at, assignee_id, certified_network, client_claim_number, client_number_key, date_of_death, date_of_injury, death_seen_at, death_seen_by, due_at, emergency, first_contact_at, first_contact_by, flags, injured_time, jurisdiction, reported_at, reported_to, sla_effective_from, version)
    ON TABLE claim TO desk_app;

CREATE TABLE claim_condition (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    condition_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    code text,
    words text NOT NULL,
    status text NOT NULL,
    since date NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by integer NOT NULL,
    CONSTRAINT claim_condition_code_form CHECK ((code ~ '^[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?$'::text)),
    CONSTRAINT claim_condition_of_our_time CHECK (((since > '1900-01-01'::date) AND (since < '2200-01-01'::date))),
    CONSTRAINT claim_condition_status_known CHECK ((status = ANY (ARRAY['alleged'::text, 'allowed'::text, 'denied'::text]))),
    CONSTRAINT claim_condition_words_brief CHECK (((length(words) <= 300) AND desk_shows(words))),
    CONSTRAINT claim_condition_pkey PRIMARY KEY (client_id, claim_id, condition_id),
    CONSTRAINT claim_condition_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT claim_condition_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id)
);
ALTER TABLE claim_condition ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY claim_condition FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX claim_condition_code ON claim_condition USING btree (client_id, claim_id, code);
CREATE POLICY add ON claim_condition FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (set_by = (SELECT desk_staff_id())) AND (set_at <@ (SELECT desk_present()))));
CREATE POLICY change ON claim_condition FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (set_by = (SELECT desk_staff_id())) AND (set_at <@ (SELECT desk_present()))));
CREATE POLICY house ON claim_condition TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON claim_condition FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER merged_stands BEFORE INSERT OR UPDATE ON claim_condition FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_merged_guard();
GRANT SELECT ON TABLE claim_condition TO desk_app;
GRANT INSERT (claim_id, client_id, code, set_at, set_by, since, status, words)
    ON TABLE claim_condition TO desk_app;
GRANT UPDATE (code, set_at, set_by, since, status, words)
    ON TABLE claim_condition TO desk_app;

CREATE TABLE claim_document (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    document_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    file_id bigint NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by integer NOT NULL,
    CONSTRAINT claim_document_kind_known CHECK ((kind = ANY (ARRAY['injury_report'::text, 'medical_record'::text, 'work_status'::text, 'letter'::text, 'authorization_request'::text, 'other'::text]))),
    CONSTRAINT claim_document_title_brief CHECK (((length(title) <= 200) AND desk_shows(title))),
    CONSTRAINT claim_document_pkey PRIMARY KEY (client_id, claim_id, document_id),
    CONSTRAINT claim_document_added_by_fkey FOREIGN KEY (added_by) REFERENCES staff(staff_id),
    CONSTRAINT claim_document_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT claim_document_file_fkey FOREIGN KEY (client_id, file_id) REFERENCES file(client_id, file_id)
);
ALTER TABLE claim_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY claim_document FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX claim_document_file ON claim_document USING btree (client_id, file_id);
CREATE POLICY add ON claim_document FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (added_by = (SELECT desk_staff_id())) AND (added_at <@ (SELECT desk_present())) AND ((client_id, file_id) IN ( SELECT f.client_id,
    f.file_id
   FROM file f
  WHERE (f.received_at IS NOT NULL)))));
CREATE POLICY house ON claim_document TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON claim_document FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER merged_stands BEFORE INSERT ON claim_document FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.kind <> 'letter'::text)))
    EXECUTE FUNCTION desk_merged_guard();
GRANT SELECT ON TABLE claim_document TO desk_app;
GRANT INSERT (added_at, added_by, claim_id, client_id, file_id, kind, title)
    ON TABLE claim_document TO desk_app;

CREATE TABLE claim_event (
    client_id integer NOT NULL,
    event_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    claim_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    kind text NOT NULL,
    detail jsonb,
    CONSTRAINT claim_event_detail_brief CHECK ((octet_length((detail)::text) <= 20000)),
    CONSTRAINT claim_event_kind_form CHECK ((kind ~ '^[a-z_]{1,40}$'::text)),
    CONSTRAINT claim_event_pkey PRIMARY KEY (client_id, event_id),
    CONSTRAINT claim_event_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT claim_event_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id)
);
ALTER TABLE claim_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY claim_event FORCE ROW LEVEL SECURITY;
CREATE INDEX claim_event_of_claim ON claim_event USING btree (client_id, claim_id, at);
CREATE POLICY house ON claim_event TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own_hand ON claim_event AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK (((by_id = (SELECT desk_staff_id())) AND (kind = ANY ((SELECT desk_tells())::text[])) AND ((at <@ (SELECT desk_moment())) OR ((kind = 'reported'::text) AND (at <@ (SELECT desk_present()))))));
CREATE POLICY report ON claim_event FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_supervises()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY scope ON claim_event FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON claim_event FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((client_id, claim_id) IN ( SELECT c.client_id,
    c.claim_id
   FROM (claim c
     JOIN feed_import i USING (client_id, import_id))
  WHERE ((i.state = 'undone'::text) AND (i.undone_by = (SELECT desk_staff_id())))))));
CREATE POLICY what_was_done_stays ON claim_event AS RESTRICTIVE FOR DELETE TO desk_app
    USING ((kind = ANY (ARRAY['reported'::text, 'asked_by_rule'::text])));
CREATE POLICY work ON claim_event FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER it_is_so BEFORE INSERT ON claim_event FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.kind = ANY (ARRAY['assigned'::text, 'assignment_undone'::text, 'report_corrected'::text, 'fields_corrected'::text, 'clock_paused'::text, 'clock_resumed'::text, 'pause_ended'::text, 'death_reported'::text, 'death_corrected'::text, 'death_withdrawn'::text, 'death_acknowledged'::text]))))
    EXECUTE FUNCTION desk_event_is_so();
CREATE TRIGGER merged_stands BEFORE INSERT ON claim_event FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.kind <> ALL (ARRAY['reported'::text, 'disclosed'::text]))))
    EXECUTE FUNCTION desk_merged_guard();
GRANT SELECT,DELETE ON TABLE claim_event TO desk_app;
GRANT INSERT (at, by_id, claim_id, client_id, detail, kind)
    ON TABLE claim_event TO desk_app;

CREATE TABLE claim_narrative (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    narrative text,
    body_part text,
    nature text,
    cause text,
    reporter text,
    reporter_phone text,
    injury_place text,
    place_key text GENERATED ALWAYS AS (desk_place_key(injury_place)) STORED COLLATE pg_catalog."C",
    part_code text,
    nature_code text,
    cause_code text,
    initial_treatment text,
    treated_at text,
    occupation text,
    lost_time text,
    last_day_worked date,
    return_to_work date,
    modified_duty boolean,
    work_supervisor text,
    work_supervisor_phone text,
    CONSTRAINT claim_narrative_body_part_brief CHECK ((length(body_part) <= 500)),
    CONSTRAINT claim_narrative_cause_brief CHECK ((length(cause) <= 500)),
    CONSTRAINT claim_narrative_cause_code_form CHECK ((cause_code ~ '^[0-9]{2}$'::text)),
    CONSTRAINT claim_narrative_initial_treatment_known CHECK ((initial_treatment = ANY (ARRAY['none'::text, 'on_site'::text, 'clinic'::text, 'emergency'::text, 'hospital'::text, 'major'::text]))),
    CONSTRAINT claim_narrative_injury_place_brief CHECK ((length(injury_place) <= 500)),
    CONSTRAINT claim_narrative_last_day_worked_of_our_time CHECK (((last_day_worked > '1900-01-01'::date) AND (last_day_worked < '2200-01-01'::date))),
    CONSTRAINT claim_narrative_lost_time_known CHECK ((lost_time = ANY (ARRAY['no'::text, 'expected'::text, 'yes'::text]))),
    CONSTRAINT claim_narrative_narrative_brief CHECK ((length(narrative) <= 200000)),
    CONSTRAINT claim_narrative_nature_brief CHECK ((length(nature) <= 500)),
    CONSTRAINT claim_narrative_nature_code_form CHECK ((nature_code ~ '^[0-9]{2}$'::text)),
    CONSTRAINT claim_narrative_occupation_brief CHECK ((length(occupation) <= 200)),
    CONSTRAINT claim_narrative_part_code_form CHECK ((part_code ~ '^[0-9]{2}$'::text)),
    CONSTRAINT claim_narrative_reporter_brief CHECK ((length(reporter) <= 200)),
    CONSTRAINT claim_narrative_reporter_phone_brief CHECK ((length(reporter_phone) <= 200)),
    CONSTRAINT claim_narrative_return_to_work_of_our_time CHECK (((return_to_work > '1900-01-01'::date) AND (return_to_work < '2200-01-01'::date))),
    CONSTRAINT claim_narrative_treated_at_brief CHECK ((length(treated_at) <= 500)),
    CONSTRAINT claim_narrative_work_supervisor_brief CHECK ((length(work_supervisor) <= 200)),
    CONSTRAINT claim_narrative_work_supervisor_phone_brief CHECK ((length(work_supervisor_phone) <= 200)),
    CONSTRAINT claim_narrative_pkey PRIMARY KEY (client_id, claim_id),
    CONSTRAINT claim_narrative_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id)
);
ALTER TABLE claim_narrative ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY claim_narrative FORCE ROW LEVEL SECURITY;
CREATE INDEX claim_narrative_place ON claim_narrative USING btree (place_key, claim_id DESC) WHERE (place_key IS NOT NULL);
CREATE INDEX claim_narrative_place_of_client ON claim_narrative USING btree (client_id, place_key, claim_id DESC) WHERE (place_key IS NOT NULL);
CREATE POLICY house ON claim_narrative TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY report ON claim_narrative FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_supervises()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY scope ON claim_narrative FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON claim_narrative FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((client_id, claim_id) IN ( SELECT c.client_id,
    c.claim_id
   FROM (claim c
     JOIN feed_import i USING (client_id, import_id))
  WHERE ((i.state = 'undone'::text) AND (i.undone_by = (SELECT desk_staff_id())))))));
CREATE POLICY work ON claim_narrative FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER merged_stands BEFORE UPDATE ON claim_narrative FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_merged_guard();
CREATE TRIGGER story_stands BEFORE UPDATE ON claim_narrative FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_field_guard();
GRANT SELECT,DELETE ON TABLE claim_narrative TO desk_app;
GRANT INSERT (body_part, cause, cause_code, claim_id, client_id, initial_treatment, injury_place, last_day_worked, lost_time, modified_duty, narrative, nature, nature_code, occupation, part_code, reporter, reporter_phone, return_to_work, treated_at, work_supervisor, work_supervisor_phone)
    ON TABLE claim_narrative TO desk_app;
GRANT UPDATE (body_part, cause, cause_code, initial_treatment, injury_place, last_day_worked, lost_time, modified_duty, narrative, nature, nature_code, occupation, part_code, reporter, reporter_phone, return_to_work, treated_at, work_supervisor, work_supervisor_phone)
    ON TABLE claim_narrative TO desk_app;

CREATE TABLE claim_viewer (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    staff_id integer NOT NULL,
    since timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT claim_viewer_pkey PRIMARY KEY (client_id, claim_id, staff_id),
    CONSTRAINT claim_viewer_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id) ON DELETE CASCADE,
    CONSTRAINT claim_viewer_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE claim_viewer ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY claim_viewer FORCE ROW LEVEL SECURITY;
CREATE INDEX claim_viewer_of_person ON claim_viewer USING btree (staff_id, seen_at);
CREATE POLICY arrive ON claim_viewer FOR INSERT TO desk_app
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND (since = seen_at) AND (seen_at <@ (SELECT desk_moment())) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY house ON claim_viewer TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY leave ON claim_viewer FOR DELETE TO desk_app
    USING ((staff_id = (SELECT desk_staff_id())));
CREATE POLICY scope ON claim_viewer FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY stay ON claim_viewer FOR UPDATE TO desk_app
    USING (((staff_id = (SELECT desk_staff_id())) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER heard_of_now BEFORE UPDATE ON claim_viewer FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND ((NOT (new.seen_at <@ desk_moment())) OR ((new.since <> old.since) AND (new.since <> new.seen_at)))))
    EXECUTE FUNCTION desk_refused('a page is open from now on');
GRANT SELECT,DELETE ON TABLE claim_viewer TO desk_app;
GRANT INSERT (claim_id, client_id, seen_at, since, staff_id)
    ON TABLE claim_viewer TO desk_app;
GRANT UPDATE (seen_at, since)
    ON TABLE claim_viewer TO desk_app;

CREATE TABLE client (
    client_id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL,
    name text NOT NULL,
    timezone text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT client_code_form CHECK ((code ~ '^[A-Z0-9-]{2,16}$'::text)),
    CONSTRAINT client_name_brief CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT client_code_key UNIQUE (code),
    CONSTRAINT client_pkey PRIMARY KEY (client_id)
);
ALTER TABLE client ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY client FORCE ROW LEVEL SECURITY;
CREATE POLICY change ON client FOR UPDATE TO desk_app
    USING ((SELECT desk_manages()))
    WITH CHECK ((SELECT desk_manages()));
CREATE POLICY house ON client TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY manage ON client FOR INSERT TO desk_app
    WITH CHECK ((SELECT desk_manages()));
CREATE POLICY scope ON client FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (SELECT desk_manages()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
CREATE TRIGGER version_counts BEFORE UPDATE OF version ON client FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.version <> old.version) AND (new.version <> (old.version + 1))))
    EXECUTE FUNCTION desk_refused('a version follows the one before it');
CREATE TRIGGER zone_known BEFORE INSERT ON client FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (NOT desk_zone_known(new.timezone))))
    EXECUTE FUNCTION desk_refused('a client is of a zone that there is');
GRANT SELECT ON TABLE client TO desk_app;
GRANT INSERT (code, created_at, name, timezone)
    ON TABLE client TO desk_app;
GRANT UPDATE (name, version)
    ON TABLE client TO desk_app;

CREATE TABLE client_cover (
    client_id integer NOT NULL,
    cover_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    staff_id integer NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    reason text NOT NULL,
    set_by integer NOT NULL,
    ended_at timestamp with time zone,
    ended_by integer,
    CONSTRAINT client_cover_ended_paired CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT client_cover_of_our_time CHECK (((starts_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (until < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT client_cover_passing CHECK (((until > starts_at) AND ((until - starts_at) <= '93 days'::interval))),
    CONSTRAINT client_cover_reasoned CHECK (((length(reason) <= 200) AND desk_shows(reason))),
    CONSTRAINT client_cover_pkey PRIMARY KEY (client_id, cover_id),
    CONSTRAINT client_cover_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT client_cover_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff(staff_id),
    CONSTRAINT client_cover_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id),
    CONSTRAINT client_cover_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE client_cover ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY client_cover FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX client_cover_one_open ON client_cover USING btree (staff_id, client_id) WHERE (ended_at IS NULL);
CREATE POLICY house ON client_cover TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON client_cover FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (SELECT desk_manages()) OR (staff_id = (SELECT desk_staff_id()))));
CREATE POLICY supervised ON client_cover FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_supervises()) AND (set_by = (SELECT desk_staff_id()))));
CREATE POLICY supervised_end ON client_cover FOR UPDATE TO desk_app
    USING (((SELECT desk_supervises()) AND (ended_at IS NULL)))
    WITH CHECK (((SELECT desk_supervises()) AND (ended_by = (SELECT desk_staff_id()))));
CREATE TRIGGER access_changed AFTER INSERT OR DELETE OR UPDATE ON client_cover FOR EACH ROW
    EXECUTE FUNCTION desk_access_changed();
CREATE TRIGGER cover_ended_now BEFORE UPDATE OF ended_at ON client_cover FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND ((new.ended_at <@ desk_present()) IS NOT TRUE) AND (NOT ((new.ended_at = new.until) AND desk_begun(new.until)))))
    EXECUTE FUNCTION desk_refused('cover is ended now');
CREATE TRIGGER cover_guard BEFORE INSERT ON client_cover FOR EACH ROW
    EXECUTE FUNCTION desk_cover_guard();
CREATE TRIGGER cover_to_come BEFORE INSERT ON client_cover FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND desk_begun(new.until)))
    EXECUTE FUNCTION desk_refused('cover ends later than now');
CREATE TRIGGER person_kept BEFORE UPDATE ON client_cover FOR EACH ROW
    EXECUTE FUNCTION desk_person_kept();
CREATE CONSTRAINT TRIGGER rights_ended AFTER UPDATE ON client_cover DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION desk_rights_ended();
GRANT SELECT ON TABLE client_cover TO desk_app;
GRANT INSERT (client_id, reason, set_by, staff_id, starts_at, until)
    ON TABLE client_cover TO desk_app;
GRANT UPDATE (ended_at, ended_by)
    ON TABLE client_cover TO desk_app;

CREATE TABLE client_holiday (
    client_id integer NOT NULL,
    day date NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    closed boolean NOT NULL,
    name text NOT NULL,
    reason text NOT NULL,
    set_by integer NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT client_holiday_name_brief CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT client_holiday_of_our_time CHECK (((day > '1900-01-01'::date) AND (day < '2200-01-01'::date) AND (effective_from > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (effective_from < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (set_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (set_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT client_holiday_reason_brief CHECK (((length(reason) <= 300) AND desk_shows(reason))),
    CONSTRAINT client_holiday_pkey PRIMARY KEY (client_id, day, effective_from),
    CONSTRAINT client_holiday_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT client_holiday_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id)
);
ALTER TABLE client_holiday ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY client_holiday FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON client_holiday TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY manage ON client_holiday FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_manages()) AND (set_by = (SELECT desk_staff_id()))));
CREATE POLICY scope ON client_holiday FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (SELECT desk_manages()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
CREATE TRIGGER day_listed BEFORE INSERT ON client_holiday FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_closed_day_listed();
GRANT SELECT,INSERT ON TABLE client_holiday TO desk_app;

CREATE TABLE clinician (
    staff_id integer NOT NULL,
    hours text[] NOT NULL,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    licences text[] DEFAULT '{}'::text[] NOT NULL,
    compact boolean DEFAULT false NOT NULL,
    daily_calls smallint DEFAULT 10 NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by integer NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT clinician_daily_calls_few CHECK (((daily_calls >= 0) AND (daily_calls <= 48))),
    CONSTRAINT clinician_hours_brief CHECK ((length(array_to_string(hours, ''::text)) <= 700)),
    CONSTRAINT clinician_hours_of_a_week CHECK (((cardinality(hours) = 7) AND (array_position(hours, NULL::text) IS NULL))),
    CONSTRAINT clinician_languages_brief CHECK (((cardinality(languages) <= 20) AND (length(array_to_string(languages, ''::text)) <= 400))),
    CONSTRAINT clinician_licences_are_states CHECK (((cardinality(licences) <= 60) AND (array_to_string(licences, ' '::text) ~ '^([A-Z]{2}( [A-Z]{2})*)?$'::text))),
    CONSTRAINT clinician_pkey PRIMARY KEY (staff_id),
    CONSTRAINT clinician_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id),
    CONSTRAINT clinician_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE clinician ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY clinician FORCE ROW LEVEL SECURITY;
CREATE POLICY add ON clinician FOR INSERT TO desk_app
    WITH CHECK ((desk_sets_calendar(staff_id) AND (set_by = (SELECT desk_staff_id())) AND (set_at <@ (SELECT desk_moment()))));
CREATE POLICY change ON clinician FOR UPDATE TO desk_app USING (desk_sets_calendar(staff_id))
    WITH CHECK ((desk_sets_calendar(staff_id) AND (set_by = (SELECT desk_staff_id())) AND (set_at <@ (SELECT desk_moment()))));
CREATE POLICY house ON clinician TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own ON clinician FOR SELECT TO desk_app USING (desk_sets_calendar(staff_id));
CREATE TRIGGER told AFTER INSERT OR UPDATE ON clinician FOR EACH ROW
    EXECUTE FUNCTION desk_calendar_told();
GRANT SELECT ON TABLE clinician TO desk_app;
GRANT INSERT (compact, daily_calls, hours, languages, licences, set_at, set_by, staff_id)
    ON TABLE clinician TO desk_app;
GRANT UPDATE (compact, daily_calls, hours, languages, licences, set_at, set_by, version)
    ON TABLE clinician TO desk_app;

CREATE TABLE clock_pause (
    client_id integer NOT NULL,
    pause_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    claim_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    reason text NOT NULL,
    set_by integer NOT NULL,
    ended_by integer,
    ended_attempt_id bigint,
    CONSTRAINT clock_pause_ended_by_contact CHECK (((ended_attempt_id IS NULL) OR (ends_at IS NOT NULL))),
    CONSTRAINT clock_pause_ends_not_before_start CHECK ((ends_at >= starts_at)),
    CONSTRAINT clock_pause_reasoned CHECK (((length(reason) <= 500) AND desk_shows(reason))),
    CONSTRAINT clock_pause_pkey PRIMARY KEY (client_id, pause_id),
    CONSTRAINT clock_pause_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT clock_pause_ended_attempt_fkey FOREIGN KEY (client_id, ended_attempt_id) REFERENCES contact_attempt(client_id, attempt_id),
    CONSTRAINT clock_pause_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff(staff_id),
    CONSTRAINT clock_pause_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id)
);
ALTER TABLE clock_pause ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY clock_pause FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX clock_pause_ended_attempt ON clock_pause USING btree (client_id, ended_attempt_id) WHERE (ended_attempt_id IS NOT NULL);
CREATE UNIQUE INDEX clock_pause_one_open ON clock_pause USING btree (client_id, claim_id) WHERE (ends_at IS NULL);
CREATE POLICY house ON clock_pause TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY report ON clock_pause FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_supervises()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY scope ON clock_pause FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY supervised ON clock_pause AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_supervises()) AND (set_by = (SELECT desk_staff_id())) AND (starts_at <@ (SELECT desk_moment()))));
CREATE POLICY supervised_end ON clock_pause AS RESTRICTIVE FOR UPDATE TO desk_app
    USING ((((SELECT desk_role()) = ANY (ARRAY['supervisor'::text, 'clinical'::text])) AND (ends_at IS NULL)))
    WITH CHECK (((ended_by = (SELECT desk_staff_id())) AND ((ends_at <@ (SELECT desk_moment())) OR (((SELECT desk_role()) = 'clinical'::text) AND (ends_at <= ( SELECT upper(desk_moment()) AS upper))))));
CREATE POLICY work ON clock_pause FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER clock_runs BEFORE INSERT OR UPDATE ON clock_pause FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND desk_works()))
    EXECUTE FUNCTION desk_clock_runs();
CREATE CONSTRAINT TRIGGER due_as_promised AFTER UPDATE OF ends_at ON clock_pause DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_claim_agrees();
CREATE CONSTRAINT TRIGGER ended_by_contact AFTER UPDATE OF ends_at ON clock_pause DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (NOT desk_supervises())))
    EXECUTE FUNCTION desk_pause_ended_by_contact();
GRANT SELECT ON TABLE clock_pause TO desk_app;
GRANT INSERT (claim_id, client_id, reason, set_by, starts_at)
    ON TABLE clock_pause TO desk_app;
GRANT UPDATE (ended_by, ends_at)
    ON TABLE clock_pause TO desk_app;

CREATE TABLE contact_attempt (
    client_id integer NOT NULL,
    attempt_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    claim_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    party text NOT NULL,
    method text NOT NULL,
    outcome text NOT NULL,
    substantive boolean DEFAULT false NOT NULL,
    note text,
    request uuid,
    call_again_at timestamp with time zone,
    called_attempt_id bigint,
    struck_at timestamp with time zone,
    struck_by integer,
    struck_why text,
    recorded_at timestamp with time zone,
    late_why text,
    permitted boolean DEFAULT false NOT NULL,
    against_why text,
    CONSTRAINT contact_attempt_against_reasoned CHECK (((length(against_why) <= 500) AND desk_shows(against_why))),
    CONSTRAINT contact_attempt_call_again_later CHECK (((call_again_at IS NULL) OR ((call_again_at > at) AND (call_again_at < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (outcome = ANY (ARRAY['reached'::text, 'reached_deferred'::text, 'voicemail'::text, 'third_person'::text]))))),
    CONSTRAINT contact_attempt_called_if_promised CHECK (((called_attempt_id IS NULL) OR (call_again_at IS NOT NULL))),
    CONSTRAINT contact_attempt_late_reasoned CHECK (((length(late_why) <= 500) AND desk_shows(late_why))),
    CONSTRAINT contact_attempt_method_known CHECK ((method = ANY (ARRAY['phone'::text, 'text'::text, 'email'::text, 'letter'::text, 'in_person'::text]))),
    CONSTRAINT contact_attempt_note_brief CHECK ((length(note) <= 4000)),
    CONSTRAINT contact_attempt_of_our_time CHECK (((at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT contact_attempt_outcome_fits CHECK ((((method = 'phone'::text) AND (outcome <> 'sent'::text)) OR ((method = 'text'::text) AND (outcome = ANY (ARRAY['sent'::text, 'reached'::text, 'refused'::text, 'wrong_number'::text]))) OR ((method = 'email'::text) AND (outcome = ANY (ARRAY['sent'::text, 'reached'::text, 'refused'::text]))) OR ((method = 'letter'::text) AND (outcome = 'sent'::text)) OR ((method = 'in_person'::text) AND (outcome <> ALL (ARRAY['sent'::text, 'voicemail'::text, 'wrong_number'::text]))))),
    CONSTRAINT contact_attempt_outcome_known CHECK ((outcome = ANY (ARRAY['reached'::text, 'reached_deferred'::text, 'voicemail'::text, 'no_answer'::text, 'wrong_number'::text, 'sent'::text, 'refused'::text, 'third_person'::text]))),
    CONSTRAINT contact_attempt_party_known CHECK ((party = ANY (ARRAY['worker'::text, 'employer'::text, 'provider'::text, 'attorney'::text]))),
    CONSTRAINT contact_attempt_recorded_after CHECK (((recorded_at >= at) AND ((late_why IS NULL) OR (recorded_at IS NOT NULL)))),
    CONSTRAINT contact_attempt_struck_reasoned CHECK (((length(struck_why) <= 500) AND desk_shows(struck_why))),
    CONSTRAINT contact_attempt_struck_whole CHECK ((((struck_at IS NULL) = (struck_by IS NULL)) AND ((struck_at IS NULL) = (struck_why IS NULL)) AND ((struck_at IS NULL) OR substantive))),
    CONSTRAINT contact_attempt_substantive_is_live CHECK (((NOT substantive) OR ((party = 'worker'::text) AND (method = ANY (ARRAY['phone'::text, 'in_person'::text])) AND (outcome = 'reached'::text)))),
    CONSTRAINT contact_attempt_pkey PRIMARY KEY (client_id, attempt_id),
    CONSTRAINT contact_attempt_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT contact_attempt_called_fkey FOREIGN KEY (client_id, called_attempt_id) REFERENCES contact_attempt(client_id, attempt_id),
    CONSTRAINT contact_attempt_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT contact_attempt_struck_by_fkey FOREIGN KEY (struck_by) REFERENCES staff(staff_id)
);
ALTER TABLE contact_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY contact_attempt FORCE ROW LEVEL SECURITY;
CREATE INDEX contact_attempt_of_claim ON contact_attempt USING btree (client_id, claim_id, at);
CREATE UNIQUE INDEX contact_attempt_request_key ON contact_attempt USING btree (client_id, request) WHERE (request IS NOT NULL);
CREATE INDEX contact_attempt_to_call ON contact_attempt USING btree (call_again_at, client_id, claim_id) WHERE ((call_again_at IS NOT NULL) AND (called_attempt_id IS NULL));
CREATE INDEX contact_attempt_to_call_of_claim ON contact_attempt USING btree (client_id, claim_id) WHERE ((call_again_at IS NOT NULL) AND (called_attempt_id IS NULL));
CREATE POLICY house ON contact_attempt TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON contact_attempt FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY work ON contact_attempt FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER call_made AFTER INSERT ON contact_attempt FOR EACH ROW
    WHEN (new.substantive)
    EXECUTE FUNCTION desk_call_made();
CREATE TRIGGER ends_pause AFTER INSERT ON contact_attempt FOR EACH ROW
    WHEN (new.substantive)
    EXECUTE FUNCTION desk_contact_ends_pause();
CREATE CONSTRAINT TRIGGER first_contact_kept AFTER INSERT ON contact_attempt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (new.substantive)
    EXECUTE FUNCTION desk_first_contact_kept();
GRANT SELECT ON TABLE contact_attempt TO desk_app;

CREATE TABLE contact_consent (
    client_id integer NOT NULL,
    worker_id bigint NOT NULL,
    consent_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    claim_id bigint NOT NULL,
    channel text NOT NULL,
    number text NOT NULL,
    number_key text GENERATED ALWAYS AS (desk_number_key(number)) STORED,
    answer text NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    CONSTRAINT contact_consent_answer_known CHECK ((answer = ANY (ARRAY['given'::text, 'refused'::text, 'revoked'::text]))),
    CONSTRAINT contact_consent_channel_known CHECK ((channel = ANY (ARRAY['text'::text, 'voicemail'::text]))),
    CONSTRAINT contact_consent_number_brief CHECK (((length(number) <= 200) AND (number_key IS NOT NULL))),
    CONSTRAINT contact_consent_words_brief CHECK (((length(words) <= 200) AND desk_shows(words))),
    CONSTRAINT contact_consent_pkey PRIMARY KEY (client_id, worker_id, consent_id),
    CONSTRAINT contact_consent_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT contact_consent_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT contact_consent_worker_fkey FOREIGN KEY (client_id, worker_id) REFERENCES injured_worker(client_id, worker_id)
);
ALTER TABLE contact_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY contact_consent FORCE ROW LEVEL SECURITY;
CREATE INDEX contact_consent_number ON contact_consent USING btree (client_id, number_key, consent_id);
CREATE POLICY capture ON contact_consent FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (by_id = (SELECT desk_staff_id())) AND (at <@ (SELECT desk_moment())) AND (EXISTS ( SELECT
   FROM (claim c
     JOIN injured_worker w ON (((w.client_id = c.client_id) AND (w.worker_id = c.worker_id))))
  WHERE (((c.client_id = contact_consent.client_id) AND (c.claim_id = contact_consent.claim_id) AND (c.worker_id = contact_consent.worker_id)) AND (w.phone = contact_consent.number))))));
CREATE POLICY house ON contact_consent TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON contact_consent FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER told AFTER INSERT ON contact_consent FOR EACH ROW
    EXECUTE FUNCTION desk_consent_told();
GRANT SELECT ON TABLE contact_consent TO desk_app;
GRANT INSERT (answer, at, by_id, channel, claim_id, client_id, number, words, worker_id)
    ON TABLE contact_consent TO desk_app;

CREATE TABLE determination (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request_id bigint NOT NULL,
    determination_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    corrects_id bigint,
    outcome text NOT NULL,
    reviewer_name text NOT NULL,
    reviewer_credentials text,
    reason text,
    decided_at timestamp with time zone NOT NULL,
    decided_by integer NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    lapse_of bigint,
    CONSTRAINT determination_correction_reasoned CHECK (((corrects_id IS NULL) OR (reason IS NOT NULL))),
    CONSTRAINT determination_credentials_brief CHECK (((length(reviewer_credentials) <= 200) AND desk_shows(reviewer_credentials))),
    CONSTRAINT determination_decided_first CHECK ((decided_at <= recorded_at)),
    CONSTRAINT determination_denial_signed CHECK (((outcome <> ALL (ARRAY['denied'::text, 'modified'::text])) OR (reviewer_credentials IS NOT NULL))),
    CONSTRAINT determination_lapse_of_a_clock CHECK (((outcome <> 'lapsed'::text) OR (lapse_of IS NOT NULL))),
    CONSTRAINT determination_outcome_known CHECK ((outcome = ANY (ARRAY['approved'::text, 'modified'::text, 'denied'::text, 'deferred'::text, 'pended'::text, 'dismissed'::text, 'withdrawn'::text, 'lapsed'::text]))),
    CONSTRAINT determination_reasoned CHECK (((length(reason) <= 4000) AND desk_shows(reason))),
    CONSTRAINT determination_refusal_reasoned CHECK (((outcome = ANY (ARRAY['approved'::text, 'lapsed'::text])) OR (reason IS NOT NULL))),
    CONSTRAINT determination_reviewer_named CHECK (((length(reviewer_name) <= 200) AND desk_shows(reviewer_name))),
    CONSTRAINT determination_pkey PRIMARY KEY (client_id, claim_id, request_id, determination_id),
    CONSTRAINT determination_corrects_fkey FOREIGN KEY (client_id, claim_id, request_id, corrects_id) REFERENCES determination(client_id, claim_id, request_id, determination_id),
    CONSTRAINT determination_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff(staff_id),
    CONSTRAINT determination_lapse_of_fkey FOREIGN KEY (lapse_of) REFERENCES statutory_clock(clock_id),
    CONSTRAINT determination_request_fkey FOREIGN KEY (client_id, claim_id, request_id) REFERENCES authorization_request(client_id, claim_id, request_id)
);
ALTER TABLE determination ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY determination FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX determination_corrected_once ON determination USING btree (client_id, claim_id, request_id, corrects_id) WHERE (corrects_id IS NOT NULL);
CREATE UNIQUE INDEX determination_first ON determination USING btree (client_id, claim_id, request_id) WHERE ((corrects_id IS NULL) AND (outcome <> ALL (ARRAY['deferred'::text, 'pended'::text])));
CREATE POLICY decide ON determination FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND ((SELECT desk_role()) = 'clinical'::text) AND (decided_by = (SELECT desk_staff_id())) AND (recorded_at <@ (SELECT desk_moment()))));
CREATE POLICY house ON determination TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON determination FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE CONSTRAINT TRIGGER all_lines AFTER INSERT ON determination DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION desk_all_lines_determined();
CREATE TRIGGER by_lapse BEFORE INSERT ON determination FOR EACH ROW
    WHEN ((new.lapse_of IS NOT NULL))
    EXECUTE FUNCTION desk_determined_by_lapse();
CREATE TRIGGER corrects BEFORE INSERT ON determination FOR EACH ROW
    WHEN ((new.corrects_id IS NOT NULL))
    EXECUTE FUNCTION desk_corrected_after_told();
CREATE TRIGGER determined AFTER INSERT ON determination FOR EACH ROW
    EXECUTE FUNCTION desk_determined();
GRANT SELECT ON TABLE determination TO desk_app;
GRANT INSERT (claim_id, client_id, corrects_id, decided_at, decided_by, lapse_of, outcome, reason, recorded_at, request_id, reviewer_credentials, reviewer_name)
    ON TABLE determination TO desk_app;

CREATE TABLE determination_line (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request_id bigint NOT NULL,
    determination_id bigint NOT NULL,
    line smallint NOT NULL,
    outcome text NOT NULL,
    units integer,
    words text,
    from_on date,
    until_on date,
    authorization_number text,
    CONSTRAINT determination_line_approves CHECK ((((outcome = ANY (ARRAY['approved'::text, 'modified'::text, 'lapsed'::text])) = (units IS NOT NULL)) AND ((units >= 1) AND (units <= 9999)))),
    CONSTRAINT determination_line_modified_with CHECK (((outcome <> 'modified'::text) OR (words IS NOT NULL))),
    CONSTRAINT determination_line_number_brief CHECK ((length(authorization_number) <= 60)),
    CONSTRAINT determination_line_outcome_known CHECK ((outcome = ANY (ARRAY['approved'::text, 'modified'::text, 'denied'::text, 'deferred'::text, 'pended'::text, 'dismissed'::text, 'withdrawn'::text, 'lapsed'::text]))),
    CONSTRAINT determination_line_period CHECK (((until_on >= from_on) AND (from_on > '1900-01-01'::date) AND (from_on < '2200-01-01'::date) AND (until_on > '1900-01-01'::date) AND (until_on < '2200-01-01'::date))),
    CONSTRAINT determination_line_words_brief CHECK (((length(words) <= 500) AND desk_shows(words))),
    CONSTRAINT determination_line_pkey PRIMARY KEY (client_id, claim_id, request_id, determination_id, line),
    CONSTRAINT determination_line_determination_fkey FOREIGN KEY (client_id, claim_id, request_id, determination_id) REFERENCES determination(client_id, claim_id, request_id, determination_id),
    CONSTRAINT determination_line_line_fkey FOREIGN KEY (client_id, claim_id, request_id, line) REFERENCES service_line(client_id, claim_id, request_id, line)
);
ALTER TABLE determination_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY determination_line FORCE ROW LEVEL SECURITY;
CREATE POLICY decide ON determination_line FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND ((SELECT desk_role()) = 'clinical'::text)));
CREATE POLICY house ON determination_line TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON determination_line FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER determined AFTER INSERT ON determination_line FOR EACH ROW
    EXECUTE FUNCTION desk_line_determined();
GRANT SELECT ON TABLE determination_line TO desk_app;
GRANT INSERT (authorization_number, claim_id, client_id, determination_id, from_on, line, outcome, request_id, units, until_on, words)
    ON TABLE determination_line TO desk_app;

CREATE TABLE determination_notice (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request_id bigint NOT NULL,
    determination_id bigint NOT NULL,
    notice_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    party text NOT NULL,
    how text NOT NULL,
    recipient text NOT NULL,
    document_id bigint,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT determination_notice_how_known CHECK ((how = ANY (ARRAY['phone'::text, 'fax'::text, 'e-mail'::text, 'mail'::text, 'portal'::text, 'person'::text]))),
    CONSTRAINT determination_notice_party_known CHECK ((party = ANY (ARRAY['provider'::text, 'worker'::text, 'attorney'::text, 'employer'::text]))),
    CONSTRAINT determination_notice_recipient_brief CHECK (((length(recipient) <= 200) AND desk_shows(recipient))),
    CONSTRAINT determination_notice_told_first CHECK ((at <= recorded_at)),
    CONSTRAINT determination_notice_pkey PRIMARY KEY (client_id, claim_id, request_id, notice_id),
    CONSTRAINT determination_notice_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT determination_notice_determination_fkey FOREIGN KEY (client_id, claim_id, request_id, determination_id) REFERENCES determination(client_id, claim_id, request_id, determination_id),
    CONSTRAINT determination_notice_document_fkey FOREIGN KEY (client_id, claim_id, document_id) REFERENCES claim_document(client_id, claim_id, document_id)
);
ALTER TABLE determination_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY determination_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON determination_notice TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON determination_notice FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY tell ON determination_notice FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (by_id = (SELECT desk_staff_id())) AND (recorded_at <@ (SELECT desk_moment()))));
CREATE TRIGGER by_letter BEFORE INSERT ON determination_notice FOR EACH ROW
    WHEN ((new.document_id IS NOT NULL))
    EXECUTE FUNCTION desk_notice_by_letter();
CREATE TRIGGER told AFTER INSERT ON determination_notice FOR EACH ROW
    EXECUTE FUNCTION desk_notice_told();
CREATE TRIGGER went_out AFTER INSERT ON determination_notice FOR EACH ROW
    WHEN ((new.document_id IS NOT NULL))
    EXECUTE FUNCTION desk_letter_told();
GRANT SELECT ON TABLE determination_notice TO desk_app;
GRANT INSERT (at, by_id, claim_id, client_id, determination_id, document_id, how, party, recipient, recorded_at, request_id)
    ON TABLE determination_notice TO desk_app;

CREATE TABLE disclosure (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    disclosure_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    document_id bigint,
    digest bytea,
    recipient text NOT NULL,
    purpose text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    CONSTRAINT disclosure_digest_whole CHECK ((octet_length(digest) = 32)),
    CONSTRAINT disclosure_purpose_brief CHECK (((length(purpose) <= 500) AND desk_shows(purpose))),
    CONSTRAINT disclosure_recipient_brief CHECK (((length(recipient) <= 200) AND desk_shows(recipient))),
    CONSTRAINT disclosure_pkey PRIMARY KEY (client_id, claim_id, disclosure_id),
    CONSTRAINT disclosure_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT disclosure_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT disclosure_document_fkey FOREIGN KEY (client_id, claim_id, document_id) REFERENCES claim_document(client_id, claim_id, document_id)
);
ALTER TABLE disclosure ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY disclosure FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON disclosure TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON disclosure FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY tell ON disclosure FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (by_id = (SELECT desk_staff_id())) AND (at <@ (SELECT desk_present()))));
GRANT SELECT ON TABLE disclosure TO desk_app;
GRANT INSERT (at, by_id, claim_id, client_id, digest, document_id, purpose, recipient)
    ON TABLE disclosure TO desk_app;

CREATE TABLE draft (
    draft_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    staff_id integer NOT NULL,
    form text NOT NULL,
    client_id integer,
    claim_id bigint,
    request uuid NOT NULL,
    fields jsonb,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT draft_claim_paired CHECK (((client_id IS NULL) = (claim_id IS NULL))),
    CONSTRAINT draft_fields_brief CHECK ((octet_length((fields)::text) <= 65536)),
    CONSTRAINT draft_form_brief CHECK (((length(form) >= 1) AND (length(form) <= 40))),
    CONSTRAINT draft_pkey PRIMARY KEY (draft_id),
    CONSTRAINT draft_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id) ON DELETE CASCADE,
    CONSTRAINT draft_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY draft FORCE ROW LEVEL SECURITY;
CREATE INDEX draft_claim ON draft USING btree (client_id, claim_id) WHERE (claim_id IS NOT NULL);
CREATE UNIQUE INDEX draft_one ON draft USING btree (staff_id, form, client_id, claim_id) NULLS NOT DISTINCT;
CREATE INDEX draft_saved ON draft USING btree (saved_at);
CREATE POLICY house ON draft TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own ON draft TO desk_app
    USING (((staff_id = (SELECT desk_staff_id())) AND (SELECT desk_works()) AND ((claim_id IS NULL) OR (SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND (SELECT desk_works()) AND (saved_at <= ( SELECT upper(desk_present()) AS upper)) AND ((claim_id IS NULL) OR (SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
GRANT SELECT ON TABLE draft TO desk_app;
GRANT INSERT (claim_id, client_id, fields, form, request, saved_at, staff_id)
    ON TABLE draft TO desk_app;
GRANT UPDATE (claim_id, client_id, fields, request, saved_at)
    ON TABLE draft TO desk_app;

CREATE TABLE duration_by_all_day (
    client_id integer CONSTRAINT duration_by_client_day_client_id_not_null NOT NULL,
    jurisdiction text CONSTRAINT duration_by_client_day_jurisdiction_not_null NOT NULL,
    day date CONSTRAINT duration_by_client_day_day_not_null NOT NULL,
    bin smallint CONSTRAINT duration_by_client_day_bin_not_null NOT NULL,
    contacted bigint DEFAULT 0 CONSTRAINT duration_by_client_day_contacted_not_null NOT NULL,
    CONSTRAINT duration_by_all_day_pkey PRIMARY KEY (client_id, jurisdiction, day, bin)
);
ALTER TABLE duration_by_all_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY duration_by_all_day FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON duration_by_all_day TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON duration_by_all_day FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
GRANT SELECT ON TABLE duration_by_all_day TO desk_app;

CREATE TABLE duration_by_client_day (
    client_id integer CONSTRAINT duration_by_client_day_client_id_not_null1 NOT NULL,
    day date CONSTRAINT duration_by_client_day_day_not_null1 NOT NULL,
    bin smallint CONSTRAINT duration_by_client_day_bin_not_null1 NOT NULL,
    contacted bigint DEFAULT 0 CONSTRAINT duration_by_client_day_contacted_not_null1 NOT NULL,
    CONSTRAINT duration_by_client_day_pkey PRIMARY KEY (client_id, day, bin)
);
ALTER TABLE duration_by_client_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY duration_by_client_day FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON duration_by_client_day TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON duration_by_client_day FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
GRANT SELECT ON TABLE duration_by_client_day TO desk_app;

CREATE TABLE duration_by_day (
    day date NOT NULL,
    bin smallint NOT NULL,
    contacted bigint DEFAULT 0 NOT NULL,
    CONSTRAINT duration_by_day_pkey PRIMARY KEY (day, bin)
);
ALTER TABLE duration_by_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY duration_by_day FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON duration_by_day TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE duration_by_jurisdiction_day (
    jurisdiction text NOT NULL,
    day date NOT NULL,
    bin smallint NOT NULL,
    contacted bigint DEFAULT 0 NOT NULL,
    CONSTRAINT duration_by_jurisdiction_day_pkey PRIMARY KEY (jurisdiction, day, bin)
);
ALTER TABLE duration_by_jurisdiction_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY duration_by_jurisdiction_day FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON duration_by_jurisdiction_day TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE fact_delta (
    delta_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    client_id integer NOT NULL,
    jurisdiction text NOT NULL,
    hour timestamp with time zone NOT NULL,
    reported integer NOT NULL,
    contacted integer NOT NULL,
    on_time integer NOT NULL,
    bin smallint,
    CONSTRAINT fact_delta_pkey PRIMARY KEY (delta_id)
);
ALTER TABLE fact_delta ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY fact_delta FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON fact_delta TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON fact_delta FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
GRANT SELECT ON TABLE fact_delta TO desk_app;

CREATE TABLE feed_import (
    client_id integer NOT NULL,
    import_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    file_name text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    state text NOT NULL,
    read integer DEFAULT 0 NOT NULL,
    accepted integer DEFAULT 0 NOT NULL,
    refused integer DEFAULT 0 NOT NULL,
    duplicates integer DEFAULT 0 NOT NULL,
    undone_at timestamp with time zone,
    undone_by integer,
    kind text NOT NULL,
    CONSTRAINT feed_import_counts_add_up CHECK ((read = ((accepted + refused) + duplicates))),
    CONSTRAINT feed_import_counts_are_numbers CHECK ((LEAST(accepted, refused, duplicates) >= 0)),
    CONSTRAINT feed_import_file_brief CHECK ((length(file_name) <= 200)),
    CONSTRAINT feed_import_kind_form CHECK ((kind ~ '^[a-z][a-z_]{0,39}$'::text)),
    CONSTRAINT feed_import_state_known CHECK ((state = ANY (ARRAY['done'::text, 'cancelled'::text, 'undone'::text]))),
    CONSTRAINT feed_import_undone_paired CHECK (((undone_at IS NULL) = (undone_by IS NULL))),
    CONSTRAINT feed_import_undone_state CHECK (((state = 'undone'::text) = (undone_at IS NOT NULL))),
    CONSTRAINT feed_import_pkey PRIMARY KEY (client_id, import_id),
    CONSTRAINT feed_import_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT feed_import_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT feed_import_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES staff(staff_id)
);
ALTER TABLE feed_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY feed_import FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON feed_import TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own_hand ON feed_import AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK (((by_id = (SELECT desk_staff_id())) AND (state <> 'undone'::text) AND (started_at <@ (SELECT desk_present()))));
CREATE POLICY report ON feed_import FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY scope ON feed_import FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY work ON feed_import FOR UPDATE TO desk_app
    USING (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE CONSTRAINT TRIGGER undone_as_a_whole AFTER UPDATE OF state ON feed_import DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.state = 'undone'::text)))
    EXECUTE FUNCTION desk_undone_as_a_whole();
CREATE TRIGGER undone_once BEFORE UPDATE ON feed_import FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (NOT ((old.state = 'done'::text) AND (new.state = 'undone'::text) AND (NOT (new.undone_by IS DISTINCT FROM desk_staff_id())) AND (new.undone_at <@ desk_present())))))
    EXECUTE FUNCTION desk_refused('an import that is done can be undone, in one''s own name');
GRANT SELECT ON TABLE feed_import TO desk_app;
GRANT INSERT (accepted, by_id, client_id, duplicates, file_name, kind, read, refused, started_at, state)
    ON TABLE feed_import TO desk_app;
GRANT UPDATE (state, undone_at, undone_by)
    ON TABLE feed_import TO desk_app;

CREATE TABLE feed_mapping (
    client_id integer NOT NULL,
    mapping jsonb NOT NULL,
    saved_by integer NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    CONSTRAINT feed_mapping_kind_form CHECK ((kind ~ '^[a-z][a-z_]{0,39}$'::text)),
    CONSTRAINT feed_mapping_pkey PRIMARY KEY (client_id, kind),
    CONSTRAINT feed_mapping_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT feed_mapping_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES staff(staff_id)
);
ALTER TABLE feed_mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY feed_mapping FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON feed_mapping TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own_hand ON feed_mapping AS RESTRICTIVE TO desk_app
    USING (true)
    WITH CHECK (((saved_by = (SELECT desk_staff_id())) AND (saved_at <@ (SELECT desk_present()))));
CREATE POLICY report ON feed_mapping FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY scope ON feed_mapping FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY work ON feed_mapping FOR UPDATE TO desk_app
    USING (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
GRANT SELECT ON TABLE feed_mapping TO desk_app;
GRANT INSERT (client_id, kind, mapping, saved_at, saved_by)
    ON TABLE feed_mapping TO desk_app;
GRANT UPDATE (mapping, saved_at, saved_by)
    ON TABLE feed_mapping TO desk_app;

CREATE TABLE field_change (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    change_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    field text NOT NULL,
    was text,
    became text,
    why text,
    at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    CONSTRAINT field_change_brief CHECK (((length(was) <= 200000) AND (length(became) <= 200000))),
    CONSTRAINT field_change_changes CHECK ((was IS DISTINCT FROM became)),
    CONSTRAINT field_change_field_form CHECK ((field ~ '^[a-z_]{1,40}$'::text)),
    CONSTRAINT field_change_reasoned CHECK (((length(why) <= 500) AND desk_shows(why))),
    CONSTRAINT field_change_pkey PRIMARY KEY (client_id, claim_id, change_id),
    CONSTRAINT field_change_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT field_change_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id)
);
ALTER TABLE field_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY field_change FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON field_change TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY keep ON field_change FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (by_id = (SELECT desk_staff_id())) AND (at <@ (SELECT desk_present()))));
CREATE POLICY scope ON field_change FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE CONSTRAINT TRIGGER it_became AFTER INSERT ON field_change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_change_made();
CREATE TRIGGER it_stood BEFORE INSERT ON field_change FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_change_guard();
CREATE TRIGGER merged_stands BEFORE INSERT ON field_change FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_merged_guard();
GRANT SELECT ON TABLE field_change TO desk_app;
GRANT INSERT (at, became, by_id, claim_id, client_id, field, was, why)
    ON TABLE field_change TO desk_app;

CREATE TABLE file (
    client_id integer NOT NULL,
    file_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    name text NOT NULL,
    size integer NOT NULL,
    digest bytea NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    uploaded_by integer NOT NULL,
    received_at timestamp with time zone,
    stamped_by integer,
    set_aside_at timestamp with time zone,
    set_aside_by integer,
    set_aside_why text,
    CONSTRAINT file_digest_whole CHECK ((octet_length(digest) = 32)),
    CONSTRAINT file_kind_known CHECK ((kind = ANY (ARRAY['pdf'::text, 'png'::text, 'jpeg'::text, 'tiff'::text, 'text'::text]))),
    CONSTRAINT file_name_brief CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT file_received_first CHECK (((received_at <= uploaded_at) AND (received_at > '1900-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT file_set_aside_paired CHECK ((((set_aside_at IS NULL) = (set_aside_by IS NULL)) AND ((set_aside_at IS NULL) = (set_aside_why IS NULL)))),
    CONSTRAINT file_set_aside_reasoned CHECK (((length(set_aside_why) <= 200) AND desk_shows(set_aside_why))),
    CONSTRAINT file_settled_once CHECK (((received_at IS NULL) OR (set_aside_at IS NULL))),
    CONSTRAINT file_size_bounded CHECK (((size >= 1) AND (size <= 10485760))),
    CONSTRAINT file_stamped_paired CHECK (((received_at IS NULL) = (stamped_by IS NULL))),
    CONSTRAINT file_pkey PRIMARY KEY (client_id, file_id),
    CONSTRAINT file_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT file_set_aside_by_fkey FOREIGN KEY (set_aside_by) REFERENCES staff(staff_id),
    CONSTRAINT file_stamped_by_fkey FOREIGN KEY (stamped_by) REFERENCES staff(staff_id),
    CONSTRAINT file_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES staff(staff_id)
);
ALTER TABLE file ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY file FORCE ROW LEVEL SECURITY;
CREATE INDEX file_waiting ON file USING btree (client_id, uploaded_at, file_id) WHERE ((received_at IS NULL) AND (set_aside_at IS NULL));
CREATE UNIQUE INDEX file_waiting_once ON file USING btree (client_id, digest) WHERE ((received_at IS NULL) AND (set_aside_at IS NULL));
CREATE POLICY house ON file TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY keep ON file FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (uploaded_by = (SELECT desk_staff_id())) AND (uploaded_at <@ (SELECT desk_present())) AND (COALESCE(stamped_by, uploaded_by) = uploaded_by)));
CREATE POLICY scope ON file FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY settle ON file FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (received_at IS NULL) AND (set_aside_at IS NULL)))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (COALESCE(stamped_by, set_aside_by) = (SELECT desk_staff_id())) AND ((set_aside_at IS NULL) OR (set_aside_at <@ (SELECT desk_present())))));
GRANT SELECT ON TABLE file TO desk_app;
GRANT INSERT (client_id, digest, kind, name, received_at, size, stamped_by, uploaded_at, uploaded_by)
    ON TABLE file TO desk_app;
GRANT UPDATE (received_at, set_aside_at, set_aside_by, set_aside_why, stamped_by)
    ON TABLE file TO desk_app;

CREATE TABLE file_content (
    client_id integer NOT NULL,
    file_id bigint NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT file_content_bounded CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 10485760))),
    CONSTRAINT file_content_pkey PRIMARY KEY (client_id, file_id),
    CONSTRAINT file_content_file_fkey FOREIGN KEY (client_id, file_id) REFERENCES file(client_id, file_id)
);
ALTER TABLE ONLY file_content ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE file_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY file_content FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON file_content TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY keep ON file_content FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND ((client_id, file_id) IN ( SELECT f.client_id,
    f.file_id
   FROM file f
  WHERE ((f.uploaded_by = (SELECT desk_staff_id())) AND (f.size = octet_length(file_content.content)) AND (f.digest = sha256(file_content.content)))))));
CREATE POLICY scope ON file_content FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
GRANT SELECT ON TABLE file_content TO desk_app;
GRANT INSERT (client_id, content, file_id)
    ON TABLE file_content TO desk_app;

CREATE TABLE first_contact (
    client_id integer NOT NULL,
    attempt_id bigint NOT NULL,
    identity text[] NOT NULL,
    explained text[] NOT NULL,
    care text,
    work_status text NOT NULL,
    work_note text,
    incomplete_why text,
    CONSTRAINT first_contact_care_brief CHECK ((length(care) <= 1000)),
    CONSTRAINT first_contact_explained_known CHECK (((explained <@ ARRAY['who_we_are'::text, 'notices'::text, 'treatment'::text, 'return_to_work'::text, 'rights'::text]) AND ((cardinality(explained) >= 1) AND (cardinality(explained) <= 5)))),
    CONSTRAINT first_contact_identity_by_two CHECK ((((((((('full_name'::text = ANY (identity)))::integer + (('birth_date'::text = ANY (identity)))::integer) + (('claim_number'::text = ANY (identity)))::integer) + (('employer'::text = ANY (identity)))::integer) + (('home_address'::text = ANY (identity)))::integer) + (('telephone'::text = ANY (identity)))::integer) >= 2)),
    CONSTRAINT first_contact_identity_known CHECK (((identity <@ ARRAY['full_name'::text, 'birth_date'::text, 'claim_number'::text, 'employer'::text, 'home_address'::text, 'telephone'::text]) AND (cardinality(identity) <= 6))),
    CONSTRAINT first_contact_incomplete_reasoned CHECK (((length(incomplete_why) <= 500) AND desk_shows(incomplete_why))),
    CONSTRAINT first_contact_plain_lists CHECK (((array_ndims(identity) = 1) AND (array_ndims(explained) = 1))),
    CONSTRAINT first_contact_work_note_brief CHECK ((length(work_note) <= 500)),
    CONSTRAINT first_contact_work_status_known CHECK ((work_status = ANY (ARRAY['full_duty'::text, 'restricted'::text, 'off_work'::text, 'not_known'::text]))),
    CONSTRAINT first_contact_pkey PRIMARY KEY (client_id, attempt_id),
    CONSTRAINT first_contact_attempt_fkey FOREIGN KEY (client_id, attempt_id) REFERENCES contact_attempt(client_id, attempt_id)
);
ALTER TABLE first_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY first_contact FORCE ROW LEVEL SECURITY;
CREATE INDEX first_contact_incomplete ON first_contact USING btree (client_id, attempt_id) WHERE (incomplete_why IS NOT NULL);
CREATE POLICY hold ON first_contact FOR INSERT TO desk_app
    WITH CHECK ((((SELECT desk_role()) = 'clinical'::text) AND (client_id = ANY ((SELECT desk_identity_clients())::integer[])) AND (EXISTS ( SELECT
   FROM contact_attempt a
  WHERE ((a.client_id = first_contact.client_id) AND (a.attempt_id = first_contact.attempt_id) AND a.substantive AND (a.struck_at IS NULL) AND (a.by_id = (SELECT desk_staff_id())))))));
CREATE POLICY house ON first_contact TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON first_contact FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER complete_before_review BEFORE INSERT ON first_contact FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_complete_before_review();
GRANT SELECT ON TABLE first_contact TO desk_app;
GRANT INSERT (attempt_id, care, client_id, explained, identity, incomplete_why, work_note, work_status)
    ON TABLE first_contact TO desk_app;

CREATE TABLE hand_over (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    given_at timestamp with time zone NOT NULL,
    given_by integer NOT NULL,
    to_id integer NOT NULL,
    note text NOT NULL,
    CONSTRAINT hand_over_note_brief CHECK (((length(note) <= 500) AND desk_shows(note))),
    CONSTRAINT hand_over_pkey PRIMARY KEY (client_id, claim_id, given_at),
    CONSTRAINT hand_over_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT hand_over_given_by_fkey FOREIGN KEY (given_by) REFERENCES staff(staff_id),
    CONSTRAINT hand_over_to_id_fkey FOREIGN KEY (to_id) REFERENCES staff(staff_id)
);
ALTER TABLE hand_over ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY hand_over FORCE ROW LEVEL SECURITY;
CREATE POLICY give ON hand_over FOR INSERT TO desk_app
    WITH CHECK (((given_by = (SELECT desk_staff_id())) AND (given_at <@ (SELECT desk_moment())) AND (SELECT desk_works()) AND ((SELECT desk_supervises()) OR ((client_id = ANY ((SELECT desk_identity_clients())::integer[])) AND (EXISTS ( SELECT
   FROM claim c
  WHERE ((c.client_id = hand_over.client_id) AND (c.claim_id = hand_over.claim_id) AND (c.assignee_id = hand_over.given_by))))))));
CREATE POLICY house ON hand_over TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON hand_over FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
GRANT SELECT ON TABLE hand_over TO desk_app;
GRANT INSERT (claim_id, client_id, given_at, given_by, note, to_id)
    ON TABLE hand_over TO desk_app;

CREATE TABLE import_duplicate (
    client_id integer NOT NULL,
    import_id bigint NOT NULL,
    row_number integer NOT NULL,
    why text NOT NULL,
    of_id bigint NOT NULL,
    of_import bigint,
    CONSTRAINT import_duplicate_pkey PRIMARY KEY (client_id, import_id, row_number),
    CONSTRAINT import_duplicate_import_fkey FOREIGN KEY (client_id, import_id) REFERENCES feed_import(client_id, import_id),
    CONSTRAINT import_duplicate_of_import_fkey FOREIGN KEY (client_id, of_import) REFERENCES feed_import(client_id, import_id)
);
ALTER TABLE import_duplicate ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY import_duplicate FORCE ROW LEVEL SECURITY;
CREATE INDEX import_duplicate_of ON import_duplicate USING btree (client_id, of_import);
CREATE POLICY house ON import_duplicate TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own_import ON import_duplicate AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK ((EXISTS ( SELECT
   FROM feed_import i
  WHERE ((i.client_id = import_duplicate.client_id) AND (i.import_id = import_duplicate.import_id) AND (i.by_id = (SELECT desk_staff_id()))))));
CREATE POLICY report ON import_duplicate FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY scope ON import_duplicate FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON import_duplicate FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND ((client_id, import_id) IN ( SELECT i.client_id,
    i.import_id
   FROM feed_import i
  WHERE (i.state = 'undone'::text)))));
GRANT SELECT,DELETE ON TABLE import_duplicate TO desk_app;
GRANT INSERT (client_id, import_id, of_id, of_import, row_number, why)
    ON TABLE import_duplicate TO desk_app;

CREATE TABLE import_refusal (
    client_id integer NOT NULL,
    import_id bigint NOT NULL,
    row_number integer NOT NULL,
    field text NOT NULL,
    reason text NOT NULL,
    remedy text NOT NULL,
    cells jsonb NOT NULL,
    CONSTRAINT import_refusal_pkey PRIMARY KEY (client_id, import_id, row_number),
    CONSTRAINT import_refusal_import_fkey FOREIGN KEY (client_id, import_id) REFERENCES feed_import(client_id, import_id)
);
ALTER TABLE import_refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY import_refusal FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON import_refusal TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own_import ON import_refusal AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK ((EXISTS ( SELECT
   FROM feed_import i
  WHERE ((i.client_id = import_refusal.client_id) AND (i.import_id = import_refusal.import_id) AND (i.by_id = (SELECT desk_staff_id()))))));
CREATE POLICY report ON import_refusal FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY scope ON import_refusal FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY work ON import_refusal FOR UPDATE TO desk_app
    USING (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
GRANT SELECT ON TABLE import_refusal TO desk_app;
GRANT INSERT (cells, client_id, field, import_id, reason, remedy, row_number)
    ON TABLE import_refusal TO desk_app;

CREATE TABLE injured_worker (
    client_id integer NOT NULL,
    worker_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    family_name text NOT NULL,
    given_name text NOT NULL,
    family_key text NOT NULL COLLATE pg_catalog."C",
    given_key text NOT NULL COLLATE pg_catalog."C",
    birth_date date,
    phone text,
    email text,
    language text,
    preferred_contact text,
    address text,
    postal_code text,
    phone_key text GENERATED ALWAYS AS (desk_phone_key(phone)) STORED COLLATE pg_catalog."C",
    best_hours text,
    timezone text,
    interpreter boolean,
    do_not_contact text,
    CONSTRAINT injured_worker_address_brief CHECK ((length(address) <= 500)),
    CONSTRAINT injured_worker_best_hours_form CHECK (((length(best_hours) <= 200) AND (best_hours ~ '^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)(,([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00))*$'::text) AND desk_hours_apart(best_hours))),
    CONSTRAINT injured_worker_do_not_contact_reasoned CHECK (((length(do_not_contact) <= 500) AND desk_shows(do_not_contact))),
    CONSTRAINT injured_worker_email_brief CHECK ((length(email) <= 254)),
    CONSTRAINT injured_worker_family_keyed CHECK (((length(family_key) <= 200) AND desk_name_keyed(family_name, family_key))),
    CONSTRAINT injured_worker_family_name_brief CHECK ((length(family_name) <= 200)),
    CONSTRAINT injured_worker_given_keyed CHECK (((length(given_key) <= 200) AND desk_name_keyed(given_name, given_key))),
    CONSTRAINT injured_worker_given_name_brief CHECK ((length(given_name) <= 200)),
    CONSTRAINT injured_worker_language_brief CHECK ((length(language) <= 40)),
    CONSTRAINT injured_worker_named CHECK (((family_name <> ''::text) OR (given_name <> ''::text))),
    CONSTRAINT injured_worker_of_our_time CHECK (((birth_date > '1850-01-01'::date) AND (birth_date < '2200-01-01'::date))),
    CONSTRAINT injured_worker_phone_brief CHECK ((length(phone) <= 200)),
    CONSTRAINT injured_worker_postal_code_brief CHECK ((length(postal_code) <= 20)),
    CONSTRAINT injured_worker_preferred_known CHECK ((preferred_contact = ANY (ARRAY['phone'::text, 'text'::text, 'email'::text, 'letter'::text, 'attorney'::text]))),
    CONSTRAINT injured_worker_timezone_known CHECK (((timezone IS NULL) OR desk_zone_known(timezone))),
    CONSTRAINT injured_worker_pkey PRIMARY KEY (client_id, worker_id),
    CONSTRAINT injured_worker_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id)
);
ALTER TABLE injured_worker ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY injured_worker FORCE ROW LEVEL SECURITY;
CREATE INDEX injured_worker_family ON injured_worker USING btree (family_key, given_key);
CREATE INDEX injured_worker_given ON injured_worker USING btree (given_key, family_key);
CREATE INDEX injured_worker_given_of_client ON injured_worker USING btree (client_id, given_key, family_key) INCLUDE (worker_id);
CREATE INDEX injured_worker_known ON injured_worker USING btree (client_id, family_key, given_key, birth_date) INCLUDE (worker_id);
CREATE INDEX injured_worker_phone ON injured_worker USING btree (phone_key, worker_id) WHERE (phone_key IS NOT NULL);
CREATE INDEX injured_worker_phone_of_client ON injured_worker USING btree (client_id, phone_key, worker_id) WHERE (phone_key IS NOT NULL);
CREATE POLICY house ON injured_worker TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY report ON injured_worker FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY scope ON injured_worker FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON injured_worker FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY work ON injured_worker FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER call_spoken_for AFTER UPDATE OF preferred_contact ON injured_worker FOR EACH ROW
    WHEN (((new.preferred_contact = 'attorney'::text) AND (old.preferred_contact IS DISTINCT FROM 'attorney'::text)))
    EXECUTE FUNCTION desk_call_spoken_for();
CREATE TRIGGER known_stands BEFORE UPDATE ON injured_worker FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_field_guard();
GRANT SELECT,DELETE ON TABLE injured_worker TO desk_app;
GRANT INSERT (address, best_hours, birth_date, client_id, do_not_contact, email, family_key, family_name, given_key, given_name, interpreter, language, phone, postal_code, preferred_contact, timezone)
    ON TABLE injured_worker TO desk_app;
GRANT UPDATE (address, best_hours, birth_date, do_not_contact, email, family_key, family_name, given_key, given_name, interpreter, language, phone, postal_code, preferred_contact, timezone)
    ON TABLE injured_worker TO desk_app;

CREATE TABLE intake_question (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    element text NOT NULL,
    why text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answered_by integer,
    unobtainable_why text,
    question_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    reason text DEFAULT 'missing'::text NOT NULL,
    ask_again_at timestamp with time zone,
    asked_again_at timestamp with time zone,
    CONSTRAINT intake_question_answered_paired CHECK (((answered_at IS NULL) = (answered_by IS NULL))),
    CONSTRAINT intake_question_ask_again_soon CHECK (((ask_again_at > answered_at) AND (ask_again_at <= (answered_at + '1440:00:00'::interval)))),
    CONSTRAINT intake_question_ask_again_unknown CHECK (((ask_again_at IS NULL) OR (unobtainable_why IS NOT NULL))),
    CONSTRAINT intake_question_asked_again_waited CHECK (((asked_again_at IS NULL) OR (ask_again_at IS NOT NULL))),
    CONSTRAINT intake_question_element_known CHECK ((element = ANY (ARRAY['name'::text, 'birth_date'::text, 'reach'::text, 'preferred_contact'::text, 'language'::text, 'jurisdiction'::text, 'body_part'::text, 'narrative'::text, 'client_claim_number'::text, 'date_of_injury'::text, 'reported_at'::text, 'date_of_death'::text, 'same_claim'::text, 'reporter_phone'::text, 'representative_phone'::text, 'best_hours'::text, 'interpreter'::text, 'address'::text, 'injury_place'::text, 'injured_time'::text, 'nature'::text, 'cause'::text, 'initial_treatment'::text, 'treated_at'::text, 'occupation'::text, 'lost_time'::text, 'last_day_worked'::text, 'return_to_work'::text, 'modified_duty'::text, 'work_supervisor'::text]))),
    CONSTRAINT intake_question_of_our_time CHECK (((opened_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (opened_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT intake_question_reason_form CHECK ((reason ~ '^[a-z_]+$'::text)),
    CONSTRAINT intake_question_unobtainable_answered CHECK (((unobtainable_why IS NULL) OR (answered_at IS NOT NULL))),
    CONSTRAINT intake_question_unobtainable_why_brief CHECK (((length(unobtainable_why) <= 500) AND desk_shows(unobtainable_why))),
    CONSTRAINT intake_question_pkey PRIMARY KEY (client_id, claim_id, question_id),
    CONSTRAINT intake_question_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff(staff_id),
    CONSTRAINT intake_question_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id)
);
ALTER TABLE intake_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY intake_question FORCE ROW LEVEL SECURITY;
CREATE INDEX intake_question_again ON intake_question USING btree (ask_again_at, client_id, claim_id) WHERE ((ask_again_at IS NOT NULL) AND (asked_again_at IS NULL));
CREATE UNIQUE INDEX intake_question_open ON intake_question USING btree (client_id, claim_id, element, reason) WHERE (answered_at IS NULL);
CREATE INDEX intake_question_to_merge ON intake_question USING btree (client_id, claim_id) WHERE ((answered_at IS NULL) AND (reason = 'to_merge'::text));
CREATE INDEX intake_question_waiting ON intake_question USING btree (opened_at, client_id, claim_id) WHERE (answered_at IS NULL);
CREATE POLICY answered_once ON intake_question AS RESTRICTIVE FOR UPDATE TO desk_app
    USING (((answered_at IS NULL) OR ((ask_again_at IS NOT NULL) AND (asked_again_at IS NULL))))
    WITH CHECK ((((answered_by = (SELECT desk_staff_id())) AND (answered_at <@ (SELECT desk_present())) AND (asked_again_at IS NULL)) OR (asked_again_at <@ (SELECT desk_present()))));
CREATE POLICY asked_now ON intake_question AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK ((opened_at <@ (SELECT desk_present())));
CREATE POLICY house ON intake_question TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY report ON intake_question FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_supervises()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY scope ON intake_question FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON intake_question FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((client_id, claim_id) IN ( SELECT c.client_id,
    c.claim_id
   FROM (claim c
     JOIN feed_import i USING (client_id, import_id))
  WHERE ((i.state = 'undone'::text) AND (i.undone_by = (SELECT desk_staff_id())))))));
CREATE POLICY what_was_answered_stays ON intake_question AS RESTRICTIVE FOR DELETE TO desk_app
    USING ((answered_at IS NULL));
CREATE POLICY work ON intake_question FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER merged_stands BEFORE UPDATE ON intake_question FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_merged_guard();
CREATE TRIGGER said_stands BEFORE UPDATE ON intake_question FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND
        CASE
           
    WHEN (old.answered_at IS NULL) THEN (new.asked_again_at IS NOT NULL)
            ELSE ((new.asked_again_at IS NULL) OR ((((new.answered_at IS DISTINCT FROM old.answered_at) OR (new.answered_by IS DISTINCT FROM old.answered_by)) OR (new.unobtainable_why IS DISTINCT FROM old.unobtainable_why)) OR (new.ask_again_at IS DISTINCT FROM old.ask_again_at)))
        END))
    EXECUTE FUNCTION desk_refused('what was said to a question stands; what is not known yet is asked again');
CREATE CONSTRAINT TRIGGER taken_up AFTER UPDATE OF asked_again_at ON intake_question DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((new.asked_again_at IS NOT NULL))
    EXECUTE FUNCTION desk_taken_up();
GRANT SELECT,DELETE ON TABLE intake_question TO desk_app;
GRANT INSERT (claim_id, client_id, element, opened_at, reason, why)
    ON TABLE intake_question TO desk_app;
GRANT UPDATE (answered_at, answered_by, ask_again_at, asked_again_at, unobtainable_why)
    ON TABLE intake_question TO desk_app;

CREATE TABLE intake_requirement (
    requirement_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    element text NOT NULL,
    client_id integer,
    jurisdiction text,
    asked text NOT NULL,
    only_if text,
    effective_from date NOT NULL,
    why text NOT NULL,
    sureness text NOT NULL,
    proposed_by integer,
    proposed_at timestamp with time zone NOT NULL,
    withdrawn_by integer,
    withdrawn_at timestamp with time zone,
    withdrawn_why text,
    begun integer[] DEFAULT '{}'::integer[] NOT NULL,
    in_force_at timestamp with time zone,
    claims_asked integer DEFAULT 0 NOT NULL,
    claims_dropped integer DEFAULT 0 NOT NULL,
    CONSTRAINT intake_requirement_asked_known CHECK ((asked = ANY (ARRAY['required'::text, 'only_if'::text, 'not_asked'::text, 'as_elsewhere'::text]))),
    CONSTRAINT intake_requirement_element_known CHECK ((element = ANY (ARRAY['birth_date'::text, 'preferred_contact'::text, 'best_hours'::text, 'language'::text, 'interpreter'::text, 'address'::text, 'injury_place'::text, 'injured_time'::text, 'body_part'::text, 'nature'::text, 'cause'::text, 'initial_treatment'::text, 'treated_at'::text, 'occupation'::text, 'lost_time'::text, 'last_day_worked'::text, 'return_to_work'::text, 'modified_duty'::text, 'work_supervisor'::text]))),
    CONSTRAINT intake_requirement_elsewhere_is CHECK (((asked <> 'as_elsewhere'::text) OR (client_id IS NOT NULL) OR (jurisdiction IS NOT NULL))),
    CONSTRAINT intake_requirement_jurisdiction_form CHECK ((jurisdiction ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT intake_requirement_of_our_time CHECK (((effective_from > '1900-01-01'::date) AND (effective_from < '2200-01-01'::date) AND (proposed_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (proposed_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT intake_requirement_only_if_known CHECK ((only_if = ANY (ARRAY['lost_time'::text, 'treated'::text, 'not_english'::text]))),
    CONSTRAINT intake_requirement_only_if_said CHECK (((asked = 'only_if'::text) = (only_if IS NOT NULL))),
    CONSTRAINT intake_requirement_sureness_known CHECK ((sureness = ANY (ARRAY['source_read'::text, 'knowledge'::text]))),
    CONSTRAINT intake_requirement_why_brief CHECK (((length(why) <= 300) AND desk_shows(why))),
    CONSTRAINT intake_requirement_withdrawn_before CHECK (((withdrawn_at IS NULL) OR ((begun = '{}'::integer[]) AND (in_force_at IS NULL)))),
    CONSTRAINT intake_requirement_withdrawn_paired CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL))),
    CONSTRAINT intake_requirement_withdrawn_reasoned CHECK ((((withdrawn_at IS NULL) = (withdrawn_why IS NULL)) AND (length(withdrawn_why) <= 300) AND desk_shows(withdrawn_why))),
    CONSTRAINT intake_requirement_pkey PRIMARY KEY (requirement_id),
    CONSTRAINT intake_requirement_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT intake_requirement_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES staff(staff_id),
    CONSTRAINT intake_requirement_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff(staff_id)
);
ALTER TABLE intake_requirement ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY intake_requirement FORCE ROW LEVEL SECURITY;
CREATE INDEX intake_requirement_holding ON intake_requirement USING btree (element, effective_from) WHERE (withdrawn_at IS NULL);
CREATE INDEX intake_requirement_to_begin ON intake_requirement USING btree (effective_from) WHERE ((withdrawn_at IS NULL) AND (in_force_at IS NULL));
CREATE POLICY house ON intake_requirement TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY propose ON intake_requirement FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_manages()) AND (proposed_by = (SELECT desk_staff_id())) AND (proposed_at <@ (SELECT desk_moment())) AND (effective_from >= ((lower(desk_moment()) AT TIME ZONE 'Etc/GMT+12'::text))::date)));
CREATE POLICY scope ON intake_requirement FOR SELECT TO desk_app
    USING ((((SELECT desk_staff_id()) IS NOT NULL) AND ((client_id IS NULL) OR (SELECT desk_sees_all()) OR (SELECT desk_manages()) OR (client_id = ANY ((SELECT desk_clients())::integer[])))));
CREATE POLICY withdraw ON intake_requirement FOR UPDATE TO desk_app
    USING (((SELECT desk_manages()) AND (withdrawn_at IS NULL) AND (NOT desk_day_begun(client_id, effective_from))))
    WITH CHECK (((withdrawn_by = (SELECT desk_staff_id())) AND (withdrawn_at <@ (SELECT desk_moment()))));
CREATE TRIGGER told AFTER INSERT ON intake_requirement FOR EACH ROW
    EXECUTE FUNCTION desk_requirement_told();
CREATE TRIGGER told_of_change AFTER UPDATE ON intake_requirement FOR EACH ROW
    WHEN ((((old.withdrawn_at IS NULL) AND (new.withdrawn_at IS NOT NULL)) OR ((old.in_force_at IS NULL) AND (new.in_force_at IS NOT NULL))))
    EXECUTE FUNCTION desk_requirement_told();
GRANT SELECT ON TABLE intake_requirement TO desk_app;
GRANT INSERT (asked, client_id, effective_from, element, jurisdiction, only_if, proposed_at, proposed_by, sureness, why)
    ON TABLE intake_requirement TO desk_app;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_why)
    ON TABLE intake_requirement TO desk_app;

CREATE TABLE known_browser (
    staff_id integer NOT NULL,
    browser_hash bytea NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT known_browser_browser_hash_check CHECK ((octet_length(browser_hash) = 32)),
    CONSTRAINT known_browser_pkey PRIMARY KEY (staff_id, browser_hash),
    CONSTRAINT known_browser_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE known_browser ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY known_browser FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON known_browser TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE letter (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    letter_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    request_id bigint NOT NULL,
    determination_id bigint,
    party text NOT NULL,
    language text NOT NULL,
    template text NOT NULL,
    version smallint NOT NULL,
    document_id bigint,
    made_at timestamp with time zone NOT NULL,
    made_by integer NOT NULL,
    handed_out_at timestamp with time zone,
    how text,
    recipient text,
    handed_out_by integer,
    CONSTRAINT letter_handed_out_whole CHECK (((num_nonnulls(handed_out_at, how, recipient, handed_out_by) = ANY (ARRAY[0, 4])) AND ((handed_out_at IS NULL) OR (document_id IS NOT NULL)))),
    CONSTRAINT letter_how_known CHECK ((how = ANY (ARRAY['phone'::text, 'fax'::text, 'e-mail'::text, 'mail'::text, 'portal'::text, 'person'::text]))),
    CONSTRAINT letter_language_known CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
    CONSTRAINT letter_party_known CHECK ((party = ANY (ARRAY['provider'::text, 'worker'::text, 'attorney'::text, 'employer'::text]))),
    CONSTRAINT letter_recipient_brief CHECK (((length(recipient) <= 200) AND desk_shows(recipient))),
    CONSTRAINT letter_returned_to_provider CHECK (((template <> 'return_letter'::text) OR (party = 'provider'::text))),
    CONSTRAINT letter_template_known CHECK ((template = ANY (ARRAY['determination_letter'::text, 'return_letter'::text, 'deferral_letter'::text]))),
    CONSTRAINT letter_template_of_its_kind CHECK (((template = 'determination_letter'::text) = (determination_id IS NOT NULL))),
    CONSTRAINT letter_version_counted CHECK ((version >= 1)),
    CONSTRAINT letter_pkey PRIMARY KEY (client_id, claim_id, letter_id),
    CONSTRAINT letter_determination_fkey FOREIGN KEY (client_id, claim_id, request_id, determination_id) REFERENCES determination(client_id, claim_id, request_id, determination_id),
    CONSTRAINT letter_document_fkey FOREIGN KEY (client_id, claim_id, document_id) REFERENCES claim_document(client_id, claim_id, document_id),
    CONSTRAINT letter_handed_out_by_fkey FOREIGN KEY (handed_out_by) REFERENCES staff(staff_id),
    CONSTRAINT letter_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff(staff_id),
    CONSTRAINT letter_request_fkey FOREIGN KEY (client_id, claim_id, request_id) REFERENCES authorization_request(client_id, claim_id, request_id)
);
ALTER TABLE letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY letter FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX letter_of_document ON letter USING btree (client_id, claim_id, document_id) WHERE (document_id IS NOT NULL);
CREATE INDEX letter_of_request ON letter USING btree (client_id, claim_id, request_id, letter_id);
CREATE POLICY hand_out ON letter FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (handed_out_at IS NULL)))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (handed_out_by = (SELECT desk_staff_id())) AND (handed_out_at <= upper((SELECT desk_moment())))));
CREATE POLICY house ON letter TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY make ON letter FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (made_by = (SELECT desk_staff_id())) AND (made_at <@ (SELECT desk_moment()))));
CREATE POLICY scope ON letter FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER can_be BEFORE INSERT ON letter FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_letter_can_be();
CREATE TRIGGER goes_out BEFORE UPDATE ON letter FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_letter_goes_out();
CREATE TRIGGER went_out AFTER UPDATE OF handed_out_at ON letter FOR EACH ROW
    WHEN (((new.determination_id IS NULL) AND (old.handed_out_at IS NULL) AND (new.handed_out_at IS NOT NULL)))
    EXECUTE FUNCTION desk_letter_went_out();
GRANT SELECT ON TABLE letter TO desk_app;
GRANT INSERT (claim_id, client_id, determination_id, document_id, language, made_at, made_by, party, request_id, template, version)
    ON TABLE letter TO desk_app;
GRANT UPDATE (handed_out_at, handed_out_by, how, recipient)
    ON TABLE letter TO desk_app;

CREATE TABLE network_panel (
    panel_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    client_id integer,
    provider_id bigint NOT NULL,
    effective_from date NOT NULL,
    effective_until date,
    CONSTRAINT network_panel_effective CHECK ((effective_until > effective_from)),
    CONSTRAINT network_panel_pkey PRIMARY KEY (panel_id),
    CONSTRAINT network_panel_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT network_panel_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES provider(provider_id)
);
ALTER TABLE network_panel ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY network_panel FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX network_panel_once ON network_panel USING btree (provider_id, client_id, effective_from) NULLS NOT DISTINCT;
CREATE POLICY directory ON network_panel FOR SELECT TO desk_app
    USING (((SELECT desk_reads_providers()) AND ((client_id IS NULL) OR ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))))));
CREATE POLICY house ON network_panel TO desk_owner
    USING (true)
    WITH CHECK (true);
GRANT SELECT ON TABLE network_panel TO desk_app;

CREATE TABLE provider (
    provider_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    npi text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    CONSTRAINT provider_kind_known CHECK ((kind = ANY (ARRAY['individual'::text, 'organization'::text]))),
    CONSTRAINT provider_name_brief CHECK (((length(name) <= 200) AND desk_shows(name))),
    CONSTRAINT provider_npi_checks CHECK (desk_npi_checks(npi)),
    CONSTRAINT provider_npi_key UNIQUE (npi),
    CONSTRAINT provider_pkey PRIMARY KEY (provider_id)
);
ALTER TABLE provider ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY provider FORCE ROW LEVEL SECURITY;
CREATE POLICY directory ON provider FOR SELECT TO desk_app
    USING ((SELECT desk_reads_providers()));
CREATE POLICY house ON provider TO desk_owner
    USING (true)
    WITH CHECK (true);
GRANT SELECT ON TABLE provider TO desk_app;

CREATE TABLE provider_language (
    provider_id bigint NOT NULL,
    language text NOT NULL,
    CONSTRAINT provider_language_language_brief CHECK (((length(language) <= 40) AND desk_shows(language))),
    CONSTRAINT provider_language_pkey PRIMARY KEY (provider_id, language),
    CONSTRAINT provider_language_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES provider(provider_id)
);
ALTER TABLE provider_language ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY provider_language FORCE ROW LEVEL SECURITY;
CREATE POLICY directory ON provider_language FOR SELECT TO desk_app
    USING ((SELECT desk_reads_providers()));
CREATE POLICY house ON provider_language TO desk_owner
    USING (true)
    WITH CHECK (true);
GRANT SELECT ON TABLE provider_language TO desk_app;

CREATE TABLE provider_location (
    provider_id bigint NOT NULL,
    location_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    address text NOT NULL,
    city text NOT NULL,
    state text NOT NULL,
    postal_code text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    timezone text NOT NULL,
    phone text,
    fax text,
    accepting_new_patients boolean NOT NULL,
    effective_from date NOT NULL,
    effective_until date,
    CONSTRAINT provider_location_address_brief CHECK (((length(address) <= 200) AND desk_shows(address))),
    CONSTRAINT provider_location_city_brief CHECK (((length(city) <= 100) AND desk_shows(city))),
    CONSTRAINT provider_location_effective CHECK ((effective_until > effective_from)),
    CONSTRAINT provider_location_fax_brief CHECK ((length(fax) <= 40)),
    CONSTRAINT provider_location_on_earth CHECK ((((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)) AND ((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))),
    CONSTRAINT provider_location_phone_brief CHECK ((length(phone) <= 40)),
    CONSTRAINT provider_location_postal_code_form CHECK ((postal_code ~ '^[0-9]{5}(-[0-9]{4})?$'::text)),
    CONSTRAINT provider_location_state_form CHECK ((state ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT provider_location_timezone_known CHECK (desk_zone_known(timezone)),
    CONSTRAINT provider_location_pkey PRIMARY KEY (provider_id, location_id),
    CONSTRAINT provider_location_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES provider(provider_id)
);
ALTER TABLE provider_location ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY provider_location FORCE ROW LEVEL SECURITY;
CREATE INDEX provider_location_near ON provider_location USING btree (latitude, longitude);
CREATE INDEX provider_location_of_state ON provider_location USING btree (state, provider_id);
CREATE POLICY directory ON provider_location FOR SELECT TO desk_app
    USING ((SELECT desk_reads_providers()));
CREATE POLICY house ON provider_location TO desk_owner
    USING (true)
    WITH CHECK (true);
GRANT SELECT ON TABLE provider_location TO desk_app;

CREATE TABLE provider_specialty (
    provider_id bigint NOT NULL,
    taxonomy_code text NOT NULL,
    is_primary boolean NOT NULL,
    CONSTRAINT provider_specialty_taxonomy_code_form CHECK ((taxonomy_code ~ '^[0-9A-Z]{9}X$'::text)),
    CONSTRAINT provider_specialty_pkey PRIMARY KEY (provider_id, taxonomy_code),
    CONSTRAINT provider_specialty_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES provider(provider_id)
);
ALTER TABLE provider_specialty ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY provider_specialty FORCE ROW LEVEL SECURITY;
CREATE INDEX provider_specialty_of_code ON provider_specialty USING btree (taxonomy_code, provider_id);
CREATE UNIQUE INDEX provider_specialty_one_primary ON provider_specialty USING btree (provider_id) WHERE is_primary;
CREATE POLICY directory ON provider_specialty FOR SELECT TO desk_app
    USING ((SELECT desk_reads_providers()));
CREATE POLICY house ON provider_specialty TO desk_owner
    USING (true)
    WITH CHECK (true);
GRANT SELECT ON TABLE provider_specialty TO desk_app;

CREATE TABLE referral (
    client_id integer NOT NULL,
    referral_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    claim_id bigint NOT NULL,
    taxonomy_code text NOT NULL,
    specialty text NOT NULL,
    asked text,
    referred_by text NOT NULL,
    referred_by_npi text,
    provider_id bigint,
    location_id bigint,
    outside_name text,
    outside_phone text,
    outside_address text,
    outside_why text,
    outside_words text,
    made_at timestamp with time zone NOT NULL,
    made_by integer NOT NULL,
    confirm_provider_by timestamp with time zone NOT NULL,
    confirm_worker_by timestamp with time zone NOT NULL,
    visit_uid uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_confirmed_at timestamp with time zone,
    worker_confirmed_at timestamp with time zone,
    visit_status text,
    visit_at timestamp with time zone,
    visit_changed_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by integer,
    outcome text,
    ended_why text,
    report_received_at timestamp with time zone,
    report_claim_id bigint,
    report_document_id bigint,
    CONSTRAINT referral_asked_brief CHECK (((length(asked) <= 500) AND desk_shows(asked))),
    CONSTRAINT referral_confirmed_in_time CHECK (((confirm_provider_by > made_at) AND (confirm_worker_by > made_at) AND (confirm_provider_by < (made_at + '31 days'::interval)) AND (confirm_worker_by < (made_at + '31 days'::interval)))),
    CONSTRAINT referral_ended_reasoned CHECK (((length(ended_why) <= 500) AND desk_shows(ended_why) AND ((ended_why IS NOT NULL) = ((outcome IS NOT NULL) AND (outcome <> 'reported'::text))))),
    CONSTRAINT referral_ended_whole CHECK ((num_nonnulls(ended_at, ended_by, outcome) = ANY (ARRAY[0, 3]))),
    CONSTRAINT referral_inside_bare CHECK (((outside_name IS NOT NULL) OR (COALESCE(outside_phone, outside_address) IS NULL))),
    CONSTRAINT referral_outcome_known CHECK ((outcome = ANY (ARRAY['reported'::text, 'withdrawn'::text, 'over'::text]))),
    CONSTRAINT referral_outside_brief CHECK (((length(outside_name) <= 200) AND desk_shows(outside_name) AND (length(outside_phone) <= 40) AND (length(outside_address) <= 300) AND desk_shows(outside_address))),
    CONSTRAINT referral_outside_reasoned CHECK ((((outside_name IS NULL) = (outside_why IS NULL)) AND (outside_why = ANY (ARRAY['none_near'::text, 'none_accepting'::text, 'none_speaks'::text, 'none_of_specialty'::text, 'workers_choice'::text, 'urgent'::text, 'other'::text])) AND (length(outside_words) <= 500) AND desk_shows(outside_words) AND ((outside_words IS NULL) OR (outside_why IS NOT NULL)) AND ((outside_why IS DISTINCT FROM 'other'::text) OR (outside_words IS NOT NULL)))),
    CONSTRAINT referral_referred_by_brief CHECK (((length(referred_by) <= 200) AND desk_shows(referred_by))),
    CONSTRAINT referral_referred_by_npi_checks CHECK (desk_npi_checks(referred_by_npi)),
    CONSTRAINT referral_reported CHECK ((((report_received_at IS NOT NULL) = ((outcome IS NOT NULL) AND (outcome = 'reported'::text))) AND (report_received_at <= ended_at) AND (num_nonnulls(report_claim_id, report_document_id) = ANY (ARRAY[0, 2])) AND ((report_document_id IS NULL) OR (report_received_at IS NOT NULL)))),
    CONSTRAINT referral_specialty_brief CHECK (((length(specialty) <= 200) AND desk_shows(specialty))),
    CONSTRAINT referral_taxonomy_code_form CHECK ((taxonomy_code ~ '^[0-9A-Z]{9}X$'::text)),
    CONSTRAINT referral_to_somebody CHECK (((num_nonnulls(provider_id, location_id) = ANY (ARRAY[0, 2])) AND ((provider_id IS NULL) = (outside_name IS NOT NULL)))),
    CONSTRAINT referral_visit_status_known CHECK ((visit_status = ANY (ARRAY['booked'::text, 'kept'::text, 'missed'::text, 'cancelled'::text]))),
    CONSTRAINT referral_visit_whole CHECK ((num_nonnulls(visit_status, visit_at, visit_changed_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT referral_pkey PRIMARY KEY (client_id, referral_id),
    CONSTRAINT referral_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id) ON DELETE CASCADE,
    CONSTRAINT referral_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff(staff_id),
    CONSTRAINT referral_location_fkey FOREIGN KEY (provider_id, location_id) REFERENCES provider_location(provider_id, location_id),
    CONSTRAINT referral_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff(staff_id),
    CONSTRAINT referral_report_fkey FOREIGN KEY (client_id, report_claim_id, report_document_id) REFERENCES claim_document(client_id, claim_id, document_id)
);
ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY referral FORCE ROW LEVEL SECURITY;
CREATE INDEX referral_of_claim ON referral USING btree (client_id, claim_id);
CREATE INDEX referral_open ON referral USING btree (client_id, claim_id, referral_id) WHERE (ended_at IS NULL);
CREATE INDEX referral_outside ON referral USING btree (client_id, made_at) WHERE (outside_why IS NOT NULL);
CREATE INDEX referral_report ON referral USING btree (client_id, report_claim_id, report_document_id) WHERE (report_document_id IS NOT NULL);
CREATE INDEX referral_to_location ON referral USING btree (provider_id, location_id) WHERE (provider_id IS NOT NULL);
CREATE POLICY finish ON referral FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (ended_at IS NULL)))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (ended_by = (SELECT desk_staff_id())) AND (ended_at <@ (SELECT desk_moment())) AND (outcome = ANY (ARRAY['reported'::text, 'withdrawn'::text]))));
CREATE POLICY house ON referral TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY make ON referral FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (made_by = (SELECT desk_staff_id())) AND (made_at <@ (SELECT desk_moment()))));
CREATE POLICY scope ON referral FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER can_be BEFORE INSERT ON referral FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_referral_can_be();
CREATE TRIGGER ends BEFORE UPDATE ON referral FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_referral_ends();
CREATE TRIGGER told AFTER INSERT OR UPDATE ON referral FOR EACH ROW
    EXECUTE FUNCTION desk_referral_told();
GRANT SELECT ON TABLE referral TO desk_app;
GRANT INSERT (asked, claim_id, client_id, confirm_provider_by, confirm_worker_by, location_id, made_at, made_by, outside_address, outside_name, outside_phone, outside_why, outside_words, provider_id, referred_by, referred_by_npi, specialty, taxonomy_code)
    ON TABLE referral TO desk_app;
GRANT UPDATE (ended_at, ended_by, ended_why, outcome, report_claim_id, report_document_id, report_received_at)
    ON TABLE referral TO desk_app;

CREATE TABLE referral_appointment (
    client_id integer NOT NULL,
    referral_id bigint NOT NULL,
    appointment_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    starts_at timestamp with time zone NOT NULL,
    timezone text NOT NULL,
    status text DEFAULT 'booked'::text NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    booked_at timestamp with time zone NOT NULL,
    booked_by integer NOT NULL,
    changed_at timestamp with time zone,
    changed_by integer,
    changed_why text,
    CONSTRAINT referral_appointment_ahead CHECK (((starts_at > booked_at) AND (starts_at <= (booked_at + '366 days'::interval)) AND (date_trunc('minute'::text, starts_at) = starts_at))),
    CONSTRAINT referral_appointment_changed_reasoned CHECK (((length(changed_why) <= 500) AND desk_shows(changed_why) AND ((changed_why IS NULL) OR (status <> 'booked'::text)) AND ((status <> 'cancelled'::text) OR (changed_why IS NOT NULL)))),
    CONSTRAINT referral_appointment_changed_whole CHECK ((num_nonnulls(changed_at, changed_by) =
CASE status
    WHEN 'booked'::text THEN 0
    ELSE 2
END)),
    CONSTRAINT referral_appointment_sequence_counts CHECK ((sequence >= 0)),
    CONSTRAINT referral_appointment_status_known CHECK ((status = ANY (ARRAY['booked'::text, 'kept'::text, 'missed'::text, 'moved'::text, 'cancelled'::text]))),
    CONSTRAINT referral_appointment_timezone_known CHECK (desk_zone_known(timezone)),
    CONSTRAINT referral_appointment_pkey PRIMARY KEY (client_id, referral_id, appointment_id),
    CONSTRAINT referral_appointment_booked_by_fkey FOREIGN KEY (booked_by) REFERENCES staff(staff_id),
    CONSTRAINT referral_appointment_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff(staff_id),
    CONSTRAINT referral_appointment_referral_fkey FOREIGN KEY (client_id, referral_id) REFERENCES referral(client_id, referral_id) ON DELETE CASCADE
);
ALTER TABLE referral_appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY referral_appointment FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX referral_appointment_one_booked ON referral_appointment USING btree (client_id, referral_id) WHERE (status = 'booked'::text);
CREATE POLICY book ON referral_appointment FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (booked_by = (SELECT desk_staff_id())) AND (booked_at <@ (SELECT desk_moment()))));
CREATE POLICY change ON referral_appointment FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (status = 'booked'::text)))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (changed_by = (SELECT desk_staff_id())) AND (changed_at <@ (SELECT desk_moment()))));
CREATE POLICY house ON referral_appointment TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON referral_appointment FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER can_be BEFORE INSERT ON referral_appointment FOR EACH ROW
    EXECUTE FUNCTION desk_appointment_can_be();
CREATE TRIGGER changes BEFORE UPDATE ON referral_appointment FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_appointment_changes();
CREATE TRIGGER told AFTER INSERT OR UPDATE ON referral_appointment FOR EACH ROW
    EXECUTE FUNCTION desk_appointment_told();
GRANT SELECT ON TABLE referral_appointment TO desk_app;
GRANT INSERT (booked_at, booked_by, client_id, referral_id, starts_at, timezone)
    ON TABLE referral_appointment TO desk_app;
GRANT UPDATE (changed_at, changed_by, changed_why, status)
    ON TABLE referral_appointment TO desk_app;

CREATE TABLE referral_confirmation (
    client_id integer NOT NULL,
    referral_id bigint NOT NULL,
    party text NOT NULL,
    at timestamp with time zone NOT NULL,
    how text NOT NULL,
    with_whom text NOT NULL,
    words text,
    recorded_at timestamp with time zone NOT NULL,
    by_id integer NOT NULL,
    CONSTRAINT referral_confirmation_at_made CHECK (((at <= recorded_at) AND (at > (recorded_at - '31 days'::interval)))),
    CONSTRAINT referral_confirmation_how_known CHECK ((how = ANY (ARRAY['phone'::text, 'fax'::text, 'email'::text, 'text'::text, 'portal'::text, 'in_person'::text]))),
    CONSTRAINT referral_confirmation_party_known CHECK ((party = ANY (ARRAY['provider'::text, 'worker'::text]))),
    CONSTRAINT referral_confirmation_with_whom_brief CHECK (((length(with_whom) <= 200) AND desk_shows(with_whom))),
    CONSTRAINT referral_confirmation_words_brief CHECK (((length(words) <= 500) AND desk_shows(words))),
    CONSTRAINT referral_confirmation_pkey PRIMARY KEY (client_id, referral_id, party),
    CONSTRAINT referral_confirmation_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(staff_id),
    CONSTRAINT referral_confirmation_referral_fkey FOREIGN KEY (client_id, referral_id) REFERENCES referral(client_id, referral_id) ON DELETE CASCADE
);
ALTER TABLE referral_confirmation ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY referral_confirmation FORCE ROW LEVEL SECURITY;
CREATE POLICY confirm ON referral_confirmation FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (by_id = (SELECT desk_staff_id())) AND (recorded_at <@ (SELECT desk_moment()))));
CREATE POLICY house ON referral_confirmation TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON referral_confirmation FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER disclosed AFTER INSERT ON referral_confirmation FOR EACH ROW
    WHEN ((new.party = 'provider'::text))
    EXECUTE FUNCTION desk_referral_disclosed();
CREATE TRIGGER told AFTER INSERT ON referral_confirmation FOR EACH ROW
    EXECUTE FUNCTION desk_referral_confirmed();
GRANT SELECT ON TABLE referral_confirmation TO desk_app;
GRANT INSERT (at, by_id, client_id, how, party, recorded_at, referral_id, with_whom, words)
    ON TABLE referral_confirmation TO desk_app;

CREATE TABLE representative (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    kind text,
    name text,
    firm text,
    phone text,
    email text,
    permits boolean DEFAULT false NOT NULL,
    CONSTRAINT representative_brief CHECK (((length(name) <= 200) AND (length(firm) <= 200) AND (length(phone) <= 200) AND (length(email) <= 254))),
    CONSTRAINT representative_kind_known CHECK ((kind = ANY (ARRAY['attorney'::text, 'other'::text]))),
    CONSTRAINT representative_pkey PRIMARY KEY (client_id, claim_id),
    CONSTRAINT representative_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id)
);
ALTER TABLE representative ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY representative FORCE ROW LEVEL SECURITY;
CREATE POLICY add ON representative FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY change ON representative FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY house ON representative TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON representative FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER call_spoken_for AFTER INSERT ON representative FOR EACH ROW
    WHEN (((NOT new.permits) AND (COALESCE(new.name, new.firm, new.phone, new.email) IS NOT NULL)))
    EXECUTE FUNCTION desk_call_spoken_for();
CREATE TRIGGER call_spoken_for_now AFTER UPDATE ON representative FOR EACH ROW
    WHEN (((NOT new.permits) AND (COALESCE(new.name, new.firm, new.phone, new.email) IS NOT NULL) AND (old.permits OR (COALESCE(old.name, old.firm, old.phone, old.email) IS NULL))))
    EXECUTE FUNCTION desk_call_spoken_for();
CREATE TRIGGER known_stands BEFORE UPDATE ON representative FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_field_guard();
CREATE TRIGGER merged_stands BEFORE INSERT OR UPDATE ON representative FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_merged_guard();
GRANT SELECT ON TABLE representative TO desk_app;
GRANT INSERT (claim_id, client_id, email, firm, kind, name, permits, phone)
    ON TABLE representative TO desk_app;
GRANT UPDATE (email, firm, kind, name, permits, phone)
    ON TABLE representative TO desk_app;

CREATE TABLE request_key (
    request uuid NOT NULL,
    staff_id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    client_id integer,
    claim_id bigint,
    CONSTRAINT request_key_claim_paired CHECK (((client_id IS NULL) = (claim_id IS NULL))),
    CONSTRAINT request_key_pkey PRIMARY KEY (request),
    CONSTRAINT request_key_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id),
    CONSTRAINT request_key_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE request_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY request_key FORCE ROW LEVEL SECURITY;
CREATE INDEX request_key_claim ON request_key USING btree (client_id, claim_id) WHERE (claim_id IS NOT NULL);
CREATE POLICY house ON request_key TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY made ON request_key FOR UPDATE TO desk_app
    USING (((staff_id = (SELECT desk_staff_id())) AND (claim_id IS NULL)))
    WITH CHECK ((staff_id = (SELECT desk_staff_id())));
CREATE POLICY report ON request_key FOR INSERT TO desk_app
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND (at <@ (SELECT desk_present()))));
CREATE POLICY scope ON request_key FOR SELECT TO desk_app
    USING ((staff_id = (SELECT desk_staff_id())));
GRANT SELECT ON TABLE request_key TO desk_app;
GRANT INSERT (at, request, staff_id)
    ON TABLE request_key TO desk_app;
GRANT UPDATE (claim_id, client_id)
    ON TABLE request_key TO desk_app;

CREATE TABLE service_line (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request_id bigint NOT NULL,
    line smallint NOT NULL,
    code text,
    words text NOT NULL,
    body_part text,
    units integer DEFAULT 1 NOT NULL,
    outcome text,
    approved_units integer,
    approved_words text,
    from_on date,
    until_on date,
    authorization_number text,
    used_units integer DEFAULT 0 NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT service_line_body_part_brief CHECK ((length(body_part) <= 200)),
    CONSTRAINT service_line_code_form CHECK ((code ~ '^([0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})$'::text)),
    CONSTRAINT service_line_few CHECK (((line >= 1) AND (line <= 50))),
    CONSTRAINT service_line_outcome_known CHECK ((outcome = ANY (ARRAY['approved'::text, 'modified'::text, 'denied'::text, 'deferred'::text, 'pended'::text, 'dismissed'::text, 'withdrawn'::text, 'lapsed'::text]))),
    CONSTRAINT service_line_units_sensible CHECK ((((units >= 1) AND (units <= 9999)) AND ((approved_units >= 0) AND (approved_units <= 9999)))),
    CONSTRAINT service_line_used_of_approved CHECK (((used_units >= 0) AND (used_units <= COALESCE(approved_units, 0)))),
    CONSTRAINT service_line_words_brief CHECK (((length(words) <= 300) AND desk_shows(words))),
    CONSTRAINT service_line_pkey PRIMARY KEY (client_id, claim_id, request_id, line),
    CONSTRAINT service_line_request_fkey FOREIGN KEY (client_id, claim_id, request_id) REFERENCES authorization_request(client_id, claim_id, request_id)
);
ALTER TABLE service_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY service_line FORCE ROW LEVEL SECURITY;
CREATE INDEX service_line_running_out ON service_line USING btree (until_on, client_id, claim_id) WHERE (approved_units > 0);
CREATE INDEX service_line_used_up ON service_line USING btree (used_at, client_id, claim_id) WHERE ((approved_units > 2) AND (used_units < approved_units) AND (((approved_units - used_units) * 5) <= approved_units));
CREATE POLICY ask ON service_line FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE POLICY house ON service_line TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON service_line FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE POLICY undo ON service_line FOR DELETE TO desk_app
    USING (((SELECT desk_reports()) AND ((client_id, claim_id, request_id) IN ( SELECT r.client_id,
    r.claim_id,
    r.request_id
   FROM (authorization_request r
     JOIN feed_import i USING (client_id, import_id))
  WHERE ((i.state = 'undone'::text) AND (i.undone_by = (SELECT desk_staff_id())))))));
CREATE POLICY used ON service_line FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (used_at <@ (SELECT desk_moment()))));
CREATE TRIGGER used AFTER UPDATE ON service_line FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.used_units IS DISTINCT FROM old.used_units)))
    EXECUTE FUNCTION desk_units_used();
CREATE TRIGGER with_request BEFORE INSERT ON service_line FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_line_with_request();
GRANT SELECT,DELETE ON TABLE service_line TO desk_app;
GRANT INSERT (body_part, claim_id, client_id, code, line, request_id, units, words)
    ON TABLE service_line TO desk_app;
GRANT UPDATE (used_at, used_units)
    ON TABLE service_line TO desk_app;

CREATE TABLE sign_in_attempt (
    attempt_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    at timestamp with time zone NOT NULL,
    name_key text NOT NULL,
    address text NOT NULL,
    ok boolean NOT NULL,
    browser_hash bytea,
    CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (attempt_id)
);
ALTER TABLE sign_in_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY sign_in_attempt FORCE ROW LEVEL SECURITY;
CREATE INDEX sign_in_attempt_by_address ON sign_in_attempt USING btree (address, at);
CREATE INDEX sign_in_attempt_by_name ON sign_in_attempt USING btree (name_key, at);
CREATE POLICY house ON sign_in_attempt TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE sign_in_refusal (
    name_key text NOT NULL,
    address text NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 1 NOT NULL,
    CONSTRAINT sign_in_refusal_pkey PRIMARY KEY (name_key, address)
);
ALTER TABLE sign_in_refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY sign_in_refusal FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON sign_in_refusal TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE sign_in_ticket (
    ticket_hash bytea NOT NULL,
    staff_id integer NOT NULL,
    browser_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sign_in_ticket_not_the_command_line CHECK ((staff_id <> 1)),
    CONSTRAINT sign_in_ticket_pkey PRIMARY KEY (ticket_hash),
    CONSTRAINT sign_in_ticket_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE sign_in_ticket ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY sign_in_ticket FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON sign_in_ticket TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE sla_policy (
    client_id integer NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    hours integer NOT NULL,
    clock text NOT NULL,
    timezone text NOT NULL,
    working_days smallint[] NOT NULL,
    calendar text NOT NULL,
    set_by integer,
    reason text,
    open_hours text NOT NULL,
    CONSTRAINT sla_policy_clock_known CHECK ((clock = ANY (ARRAY['elapsed'::text, 'business'::text]))),
    CONSTRAINT sla_policy_hours_sensible CHECK (((hours > 0) AND (hours <= 720))),
    CONSTRAINT sla_policy_of_our_time CHECK (((effective_from > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (effective_from < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT sla_policy_open_hours_form CHECK ((open_hours ~ '^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)(,([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00))*$'::text)),
    CONSTRAINT sla_policy_open_hours_sound CHECK (desk_hours_apart(open_hours)),
    CONSTRAINT sla_policy_reason_brief CHECK (((length(reason) <= 300) AND desk_shows(reason))),
    CONSTRAINT sla_policy_working_days CHECK (((working_days <@ '{1,2,3,4,5,6,7}'::smallint[]) AND (working_days <> '{}'::smallint[]))),
    CONSTRAINT sla_policy_working_days_plain_list CHECK ((array_ndims(working_days) = 1)),
    CONSTRAINT sla_policy_pkey PRIMARY KEY (client_id, effective_from),
    CONSTRAINT sla_policy_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT sla_policy_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id)
);
ALTER TABLE sla_policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY sla_policy FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON sla_policy TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY manage ON sla_policy FOR INSERT TO desk_app
    WITH CHECK ((SELECT desk_manages()));
CREATE POLICY own_hand ON sla_policy AS RESTRICTIVE FOR INSERT TO desk_app
    WITH CHECK ((set_by = (SELECT desk_staff_id())));
CREATE POLICY scope ON sla_policy FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (SELECT desk_manages()) OR (client_id = ANY ((SELECT desk_clients())::integer[]))));
CREATE POLICY withdraw ON sla_policy FOR DELETE TO desk_app
    USING (((SELECT desk_manages()) AND desk_promise_planned(client_id, effective_from)));
CREATE TRIGGER calendar_known BEFORE INSERT ON sla_policy FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (NOT desk_calendar_known(new.client_id, new.calendar))))
    EXECUTE FUNCTION desk_refused('a promise is of a calendar that there is');
CREATE TRIGGER promise_begins BEFORE INSERT ON sla_policy FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.effective_from < lower(desk_moment())) AND desk_promised(new.client_id)))
    EXECUTE FUNCTION desk_refused('a promise after the first begins now or later');
CREATE CONSTRAINT TRIGGER promise_differs AFTER INSERT ON sla_policy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_promise_differs();
CREATE TRIGGER zone_known BEFORE INSERT ON sla_policy FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (NOT desk_zone_known(new.timezone))))
    EXECUTE FUNCTION desk_refused('a promise is of a zone that there is');
GRANT SELECT,DELETE ON TABLE sla_policy TO desk_app;
GRANT INSERT (calendar, client_id, clock, effective_from, hours, open_hours, reason, set_by, timezone, working_days)
    ON TABLE sla_policy TO desk_app;

CREATE TABLE staff (
    staff_id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    sign_in_name text NOT NULL,
    full_name text NOT NULL,
    role text NOT NULL,
    timezone text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT staff_role_known CHECK ((role = ANY (ARRAY['va'::text, 'supervisor'::text, 'clinical'::text, 'account_executive'::text, 'compliance'::text, 'administrator'::text]))),
    CONSTRAINT staff_sign_in_name_folded CHECK ((sign_in_name = lower(sign_in_name))),
    CONSTRAINT staff_pkey PRIMARY KEY (staff_id),
    CONSTRAINT staff_sign_in_name_key UNIQUE (sign_in_name)
);
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY staff FORCE ROW LEVEL SECURITY;
CREATE POLICY change ON staff FOR UPDATE TO desk_app
    USING ((SELECT desk_manages()))
    WITH CHECK ((SELECT desk_manages()));
CREATE POLICY house ON staff TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY manage ON staff FOR INSERT TO desk_app
    WITH CHECK ((SELECT desk_manages()));
CREATE POLICY others ON staff AS RESTRICTIVE FOR UPDATE TO desk_app
    USING ((sign_in_name <> 'command-line'::text))
    WITH CHECK (((staff_id <> (SELECT desk_staff_id())) OR ((role = 'administrator'::text) AND active)));
CREATE POLICY scope ON staff FOR SELECT TO desk_app
    USING (((SELECT desk_staff_id()) IS NOT NULL));
CREATE TRIGGER access_changed AFTER DELETE OR UPDATE ON staff FOR EACH ROW
    EXECUTE FUNCTION desk_access_changed();
CREATE TRIGGER administrator_stays BEFORE UPDATE ON staff FOR EACH ROW
    WHEN ((old.active AND (old.role = 'administrator'::text) AND (NOT (new.active AND (new.role = 'administrator'::text)))))
    EXECUTE FUNCTION desk_administrator_stays();
CREATE TRIGGER calendar_address_ends AFTER UPDATE OF active, role ON staff FOR EACH ROW
    WHEN (((NOT new.active) OR (new.role <> 'clinical'::text)))
    EXECUTE FUNCTION desk_calendar_address_ends();
CREATE TRIGGER call_without AFTER UPDATE OF active, role ON staff FOR EACH ROW
    WHEN (((NOT new.active) OR (new.role <> 'clinical'::text)))
    EXECUTE FUNCTION desk_call_without();
CREATE TRIGGER request_without AFTER UPDATE OF active, role ON staff FOR EACH ROW
    WHEN (((NOT new.active) OR (new.role <> 'clinical'::text)))
    EXECUTE FUNCTION desk_request_without();
CREATE CONSTRAINT TRIGGER rights_ended AFTER UPDATE ON staff DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (((old.active IS DISTINCT FROM new.active) OR (old.role IS DISTINCT FROM new.role)))
    EXECUTE FUNCTION desk_rights_ended();
GRANT SELECT ON TABLE staff TO desk_app;
GRANT INSERT (full_name, role, sign_in_name, timezone)
    ON TABLE staff TO desk_app;
GRANT UPDATE (active, role, version)
    ON TABLE staff TO desk_app;

CREATE TABLE staff_client (
    staff_id integer NOT NULL,
    client_id integer NOT NULL,
    CONSTRAINT staff_client_pkey PRIMARY KEY (staff_id, client_id),
    CONSTRAINT staff_client_client_id_fkey FOREIGN KEY (client_id) REFERENCES client(client_id),
    CONSTRAINT staff_client_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE staff_client ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY staff_client FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON staff_client TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY manage ON staff_client FOR INSERT TO desk_app
    WITH CHECK ((SELECT desk_manages()));
CREATE POLICY remove ON staff_client FOR DELETE TO desk_app
    USING ((SELECT desk_manages()));
CREATE POLICY scope ON staff_client FOR SELECT TO desk_app
    USING (((SELECT desk_staff_id()) IS NOT NULL));
CREATE TRIGGER access_changed AFTER INSERT OR DELETE ON staff_client FOR EACH ROW
    EXECUTE FUNCTION desk_access_changed();
CREATE TRIGGER person_kept BEFORE DELETE ON staff_client FOR EACH ROW
    EXECUTE FUNCTION desk_person_kept();
CREATE CONSTRAINT TRIGGER rights_ended AFTER DELETE ON staff_client DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION desk_rights_ended();
GRANT SELECT,INSERT,DELETE ON TABLE staff_client TO desk_app;

CREATE TABLE staff_credential (
    staff_id integer NOT NULL,
    password_hash text NOT NULL,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    must_change boolean DEFAULT false NOT NULL,
    CONSTRAINT staff_credential_hash_brief CHECK ((length(password_hash) <= 500)),
    CONSTRAINT staff_credential_not_the_command_line CHECK ((staff_id <> 1)),
    CONSTRAINT staff_credential_pkey PRIMARY KEY (staff_id),
    CONSTRAINT staff_credential_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE staff_credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY staff_credential FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON staff_credential TO desk_owner
    USING (true)
    WITH CHECK (true);

CREATE TABLE staff_session (
    session_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    token_hash bytea NOT NULL,
    staff_id integer NOT NULL,
    address text,
    issued_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_why text,
    CONSTRAINT staff_session_ended_paired CHECK (((ended_at IS NULL) = (ended_why IS NULL))),
    CONSTRAINT staff_session_not_the_command_line CHECK ((staff_id <> 1)),
    CONSTRAINT staff_session_token_hashed CHECK ((octet_length(token_hash) = 32)),
    CONSTRAINT staff_session_pkey PRIMARY KEY (session_id),
    CONSTRAINT staff_session_token_hash_key UNIQUE (token_hash),
    CONSTRAINT staff_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE staff_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY staff_session FORCE ROW LEVEL SECURITY;
CREATE INDEX staff_session_open ON staff_session USING btree (staff_id) WHERE (ended_at IS NULL);
CREATE POLICY house ON staff_session TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON staff_session FOR SELECT TO desk_app
    USING (((SELECT desk_manages()) OR (staff_id = (SELECT desk_staff_id()))));
GRANT SELECT (address, ended_at, ended_why, issued_at, last_seen_at, session_id, staff_id)
    ON TABLE staff_session TO desk_app;

CREATE TABLE statutory_clock (
    clock_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    jurisdiction text NOT NULL,
    kind text NOT NULL,
    network boolean,
    effective_from date NOT NULL,
    effective_to date,
    from_known boolean DEFAULT true NOT NULL,
    zone text NOT NULL,
    starts text NOT NULL,
    waits boolean DEFAULT false NOT NULL,
    amount integer NOT NULL,
    unit text NOT NULL,
    extension_amount integer,
    extension_unit text,
    extension_from text,
    extension_within_amount integer,
    extension_within_unit text,
    extension_words text DEFAULT ''::text NOT NULL,
    information_amount integer,
    information_unit text,
    late_channels text DEFAULT ''::text NOT NULL,
    late_opens time without time zone,
    late_closes time without time zone,
    late_day_off_moves boolean DEFAULT false NOT NULL,
    late_words text DEFAULT ''::text NOT NULL,
    mail_days integer,
    defers boolean DEFAULT false NOT NULL,
    rolls boolean DEFAULT false NOT NULL,
    last_day_words text DEFAULT ''::text NOT NULL,
    day_ends time without time zone,
    by_post_days integer,
    lapse text NOT NULL,
    lapse_words text NOT NULL,
    owner text NOT NULL,
    citation text NOT NULL,
    confidence text NOT NULL,
    extension_confidence text,
    note text DEFAULT ''::text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    why text NOT NULL,
    proposed_by integer,
    proposed_at timestamp with time zone NOT NULL,
    withdrawn_by integer,
    withdrawn_at timestamp with time zone,
    withdrawn_why text,
    in_force_at timestamp with time zone,
    CONSTRAINT statutory_clock_amounts_sensible CHECK ((((amount >= 1) AND (amount <= 3660)) AND ((extension_amount >= 1) AND (extension_amount <= 3660)) AND ((extension_within_amount >= 1) AND (extension_within_amount <= 3660)) AND ((information_amount >= 1) AND (information_amount <= 3660)) AND ((mail_days >= 1) AND (mail_days <= 60)) AND ((by_post_days >= 1) AND (by_post_days <= 60)))),
    CONSTRAINT statutory_clock_confidence_known CHECK ((confidence = ANY (ARRAY['source_read'::text, 'knowledge'::text]))),
    CONSTRAINT statutory_clock_ends_after CHECK ((effective_to >= effective_from)),
    CONSTRAINT statutory_clock_extension_confidence_known CHECK ((extension_confidence = ANY (ARRAY['source_read'::text, 'knowledge'::text]))),
    CONSTRAINT statutory_clock_extension_from_known CHECK ((extension_from = ANY (ARRAY['start'::text, 'extended'::text, 'information'::text, 'limit'::text]))),
    CONSTRAINT statutory_clock_extension_unit_known CHECK ((extension_unit = ANY (ARRAY['hours'::text, 'business_days'::text, 'calendar_days'::text]))),
    CONSTRAINT statutory_clock_extension_whole CHECK (((num_nonnulls(extension_amount, extension_unit, extension_from, extension_confidence) = ANY (ARRAY[0, 4])) AND (num_nonnulls(extension_within_amount, extension_within_unit) = ANY (ARRAY[0, 2])) AND (num_nonnulls(information_amount, information_unit) = ANY (ARRAY[0, 2])) AND ((extension_amount IS NOT NULL) OR (num_nonnulls(extension_within_amount, information_amount) = 0)))),
    CONSTRAINT statutory_clock_extension_within_unit_known CHECK ((extension_within_unit = ANY (ARRAY['hours'::text, 'business_days'::text, 'calendar_days'::text]))),
    CONSTRAINT statutory_clock_information_unit_known CHECK ((information_unit = ANY (ARRAY['hours'::text, 'business_days'::text, 'calendar_days'::text]))),
    CONSTRAINT statutory_clock_jurisdiction_form CHECK ((jurisdiction ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT statutory_clock_kind_form CHECK ((kind ~ '^[a-z][a-z0-9_]{1,59}$'::text)),
    CONSTRAINT statutory_clock_lapse_known CHECK ((lapse = ANY (ARRAY['void'::text, 'deemed'::text, 'conditional'::text, 'violation'::text, 'none'::text]))),
    CONSTRAINT statutory_clock_late_channels_form CHECK ((late_channels ~ '^(any|((fax|e-mail|mail|portal|phone|person)( (fax|e-mail|mail|portal|phone|person))*)?)$'::text)),
    CONSTRAINT statutory_clock_of_our_time CHECK (((effective_from > '1900-01-01'::date) AND (effective_from < '2200-01-01'::date) AND (effective_to < '2200-01-01'::date) AND (proposed_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (proposed_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT statutory_clock_texts_brief CHECK (((GREATEST(length(starts), length(extension_words), length(late_words), length(last_day_words), length(lapse_words), length(owner), length(citation), length(note), length(source)) <= 600) AND desk_shows(starts) AND desk_shows(lapse_words) AND desk_shows(owner) AND desk_shows(citation))),
    CONSTRAINT statutory_clock_unit_known CHECK ((unit = ANY (ARRAY['hours'::text, 'business_days'::text, 'calendar_days'::text]))),
    CONSTRAINT statutory_clock_why_brief CHECK (((length(why) <= 300) AND desk_shows(why))),
    CONSTRAINT statutory_clock_withdrawn_before CHECK (((withdrawn_at IS NULL) OR (in_force_at IS NULL))),
    CONSTRAINT statutory_clock_withdrawn_paired CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL))),
    CONSTRAINT statutory_clock_withdrawn_reasoned CHECK ((((withdrawn_at IS NULL) = (withdrawn_why IS NULL)) AND (length(withdrawn_why) <= 300) AND desk_shows(withdrawn_why))),
    CONSTRAINT statutory_clock_zone_known CHECK (desk_zone_known(zone)),
    CONSTRAINT statutory_clock_pkey PRIMARY KEY (clock_id),
    CONSTRAINT statutory_clock_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES staff(staff_id),
    CONSTRAINT statutory_clock_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff(staff_id)
);
ALTER TABLE statutory_clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY statutory_clock FORCE ROW LEVEL SECURITY;
CREATE INDEX statutory_clock_to_begin ON statutory_clock USING btree (effective_from) WHERE ((withdrawn_at IS NULL) AND (in_force_at IS NULL));
CREATE POLICY house ON statutory_clock TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY propose ON statutory_clock FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_manages()) AND (proposed_by = (SELECT desk_staff_id())) AND (proposed_at <@ (SELECT desk_moment())) AND (effective_from >= ((lower(desk_moment()) AT TIME ZONE zone))::date)));
CREATE POLICY signed_in ON statutory_clock FOR SELECT TO desk_app
    USING (((SELECT desk_staff_id()) IS NOT NULL));
CREATE POLICY withdraw ON statutory_clock FOR UPDATE TO desk_app
    USING (((SELECT desk_manages()) AND (withdrawn_at IS NULL) AND (NOT desk_begun(((effective_from)::timestamp without time zone AT TIME ZONE zone)))))
    WITH CHECK (((withdrawn_by = (SELECT desk_staff_id())) AND (withdrawn_at <@ (SELECT desk_moment()))));
CREATE TRIGGER told AFTER INSERT ON statutory_clock FOR EACH ROW
    EXECUTE FUNCTION desk_statutory_clock_told();
CREATE TRIGGER told_of_change AFTER UPDATE ON statutory_clock FOR EACH ROW
    WHEN ((((old.withdrawn_at IS NULL) AND (new.withdrawn_at IS NOT NULL)) OR ((old.in_force_at IS NULL) AND (new.in_force_at IS NOT NULL))))
    EXECUTE FUNCTION desk_statutory_clock_told();
GRANT SELECT ON TABLE statutory_clock TO desk_app;
GRANT INSERT (amount, by_post_days, citation, confidence, day_ends, defers, effective_from, effective_to, extension_amount, extension_confidence, extension_from, extension_unit, extension_within_amount, extension_within_unit, extension_words, from_known, information_amount, information_unit, jurisdiction, kind, lapse, lapse_words, last_day_words, late_channels, late_closes, late_day_off_moves, late_opens, late_words, mail_days, network, note, owner, proposed_at, proposed_by, rolls, source, starts, unit, waits, why, zone)
    ON TABLE statutory_clock TO desk_app;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_why)
    ON TABLE statutory_clock TO desk_app;

CREATE TABLE statutory_clock_check (
    check_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    clock_id bigint NOT NULL,
    against text NOT NULL,
    checked_by integer NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    CONSTRAINT statutory_clock_check_against_brief CHECK (((length(against) <= 300) AND desk_shows(against))),
    CONSTRAINT statutory_clock_check_of_our_time CHECK (((checked_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (checked_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT statutory_clock_check_pkey PRIMARY KEY (check_id),
    CONSTRAINT statutory_clock_check_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES staff(staff_id),
    CONSTRAINT statutory_clock_check_clock_id_fkey FOREIGN KEY (clock_id) REFERENCES statutory_clock(clock_id)
);
ALTER TABLE statutory_clock_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY statutory_clock_check FORCE ROW LEVEL SECURITY;
CREATE INDEX statutory_clock_check_clock ON statutory_clock_check USING btree (clock_id);
CREATE POLICY house ON statutory_clock_check TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY manage ON statutory_clock_check FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_manages()) AND (checked_by = (SELECT desk_staff_id())) AND (checked_at <@ (SELECT desk_moment()))));
CREATE POLICY signed_in ON statutory_clock_check FOR SELECT TO desk_app
    USING (((SELECT desk_staff_id()) IS NOT NULL));
CREATE TRIGGER told AFTER INSERT ON statutory_clock_check FOR EACH ROW
    EXECUTE FUNCTION desk_clock_checked_told();
GRANT SELECT ON TABLE statutory_clock_check TO desk_app;
GRANT INSERT (against, checked_at, checked_by, clock_id)
    ON TABLE statutory_clock_check TO desk_app;

CREATE TABLE statutory_holiday (
    holiday_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    jurisdiction text NOT NULL,
    day date NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    closed boolean NOT NULL,
    name text NOT NULL,
    reason text NOT NULL,
    set_by integer NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT statutory_holiday_jurisdiction_form CHECK ((jurisdiction ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT statutory_holiday_name_brief CHECK (((length(name) <= 80) AND desk_shows(name))),
    CONSTRAINT statutory_holiday_of_our_time CHECK (((day > '1900-01-01'::date) AND (day < '2200-01-01'::date) AND (effective_from > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (effective_from < '2200-01-01 00:00:00+00'::timestamp with time zone) AND (set_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (set_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT statutory_holiday_on_a_weekday CHECK ((EXTRACT(isodow FROM day) < (6)::numeric)),
    CONSTRAINT statutory_holiday_reason_brief CHECK (((length(reason) <= 300) AND desk_shows(reason))),
    CONSTRAINT statutory_holiday_once UNIQUE (jurisdiction, day, effective_from),
    CONSTRAINT statutory_holiday_pkey PRIMARY KEY (holiday_id),
    CONSTRAINT statutory_holiday_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id)
);
ALTER TABLE statutory_holiday ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY statutory_holiday FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON statutory_holiday TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY manage ON statutory_holiday FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_manages()) AND (set_by = (SELECT desk_staff_id())) AND (set_at <@ (SELECT desk_moment())) AND (effective_from >= lower(desk_moment()))));
CREATE POLICY signed_in ON statutory_holiday FOR SELECT TO desk_app
    USING (((SELECT desk_staff_id()) IS NOT NULL));
CREATE TRIGGER told AFTER INSERT ON statutory_holiday FOR EACH ROW
    EXECUTE FUNCTION desk_holiday_told();
GRANT SELECT ON TABLE statutory_holiday TO desk_app;
GRANT INSERT (closed, day, effective_from, jurisdiction, name, reason, set_at, set_by)
    ON TABLE statutory_holiday TO desk_app;

CREATE TABLE telephone_intake (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    request uuid NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    begun_by integer NOT NULL,
    ended_at timestamp with time zone,
    ended_by integer,
    left_why text,
    CONSTRAINT telephone_intake_ended_paired CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT telephone_intake_ends_after CHECK ((ended_at >= begun_at)),
    CONSTRAINT telephone_intake_left_reasoned CHECK (((length(left_why) <= 500) AND desk_shows(left_why) AND ((left_why IS NULL) OR (ended_at IS NOT NULL)))),
    CONSTRAINT telephone_intake_pkey PRIMARY KEY (client_id, claim_id),
    CONSTRAINT telephone_intake_begun_by_fkey FOREIGN KEY (begun_by) REFERENCES staff(staff_id),
    CONSTRAINT telephone_intake_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id) ON DELETE CASCADE,
    CONSTRAINT telephone_intake_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff(staff_id)
);
ALTER TABLE telephone_intake ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY telephone_intake FORCE ROW LEVEL SECURITY;
CREATE INDEX telephone_intake_open ON telephone_intake USING btree (begun_at, client_id, claim_id) WHERE (ended_at IS NULL);
CREATE POLICY begin ON telephone_intake FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_reports()) AND ((SELECT desk_supervises()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (begun_by = (SELECT desk_staff_id())) AND (begun_at <@ (SELECT desk_moment())) AND (EXISTS ( SELECT
   FROM request_key k
  WHERE ((k.request = telephone_intake.request) AND (k.staff_id = telephone_intake.begun_by) AND (k.client_id = telephone_intake.client_id) AND (k.claim_id = telephone_intake.claim_id))))));
CREATE POLICY finish ON telephone_intake FOR UPDATE TO desk_app
    USING ((((ended_at IS NULL) OR ((left_why IS NOT NULL) AND (ended_by <> begun_by) AND (begun_by = (SELECT desk_staff_id())))) AND (SELECT desk_reports()) AND ((SELECT desk_supervises()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))))
    WITH CHECK (((ended_by = (SELECT desk_staff_id())) AND (ended_at <@ (SELECT desk_moment())) AND ((left_why IS NOT NULL) OR (ended_by = begun_by))));
CREATE POLICY house ON telephone_intake TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON telephone_intake FOR SELECT TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[])))));
CREATE TRIGGER told AFTER INSERT OR UPDATE ON telephone_intake FOR EACH ROW
    EXECUTE FUNCTION desk_telephone_intake_told();
GRANT SELECT ON TABLE telephone_intake TO desk_app;
GRANT INSERT (begun_at, begun_by, claim_id, client_id, request)
    ON TABLE telephone_intake TO desk_app;
GRANT UPDATE (ended_at, ended_by, left_why)
    ON TABLE telephone_intake TO desk_app;

CREATE TABLE time_off (
    staff_id integer NOT NULL,
    off_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by integer NOT NULL,
    CONSTRAINT time_off_of_our_time CHECK (((starts_at > '1900-01-01 00:00:00+00'::timestamp with time zone) AND (ends_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT time_off_passing CHECK (((ends_at > starts_at) AND ((ends_at - starts_at) <= '366 days'::interval))),
    CONSTRAINT time_off_pkey PRIMARY KEY (staff_id, off_id),
    CONSTRAINT time_off_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff(staff_id),
    CONSTRAINT time_off_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE time_off ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY time_off FORCE ROW LEVEL SECURITY;
CREATE POLICY add ON time_off FOR INSERT TO desk_app
    WITH CHECK ((desk_sets_calendar(staff_id) AND (set_by = (SELECT desk_staff_id())) AND (set_at <@ (SELECT desk_moment()))));
CREATE POLICY house ON time_off TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY own ON time_off FOR SELECT TO desk_app USING (desk_sets_calendar(staff_id));
CREATE POLICY withdraw ON time_off FOR DELETE TO desk_app USING (desk_sets_calendar(staff_id));
CREATE TRIGGER told AFTER INSERT OR DELETE ON time_off FOR EACH ROW
    EXECUTE FUNCTION desk_calendar_told();
GRANT SELECT,DELETE ON TABLE time_off TO desk_app;
GRANT INSERT (ends_at, set_at, set_by, staff_id, starts_at)
    ON TABLE time_off TO desk_app;

CREATE TABLE triage_call (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    call_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    clinician_id integer NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    status text DEFAULT 'booked'::text NOT NULL,
    uid uuid DEFAULT gen_random_uuid() NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    booked_at timestamp with time zone NOT NULL,
    booked_by integer NOT NULL,
    changed_at timestamp with time zone,
    changed_by integer,
    override_why text,
    ended_why text,
    CONSTRAINT triage_call_cancelled_reasoned CHECK (((status = 'cancelled'::text) <= (ended_why IS NOT NULL))),
    CONSTRAINT triage_call_changed_paired CHECK (((changed_at IS NULL) = (changed_by IS NULL))),
    CONSTRAINT triage_call_ended_reasoned CHECK (((length(ended_why) <= 500) AND desk_shows(ended_why) AND ((ended_why IS NULL) OR (status <> 'booked'::text)))),
    CONSTRAINT triage_call_lasts CHECK (((((ends_at - starts_at) >= '00:10:00'::interval) AND ((ends_at - starts_at) <= '02:00:00'::interval)) AND (date_trunc('minute'::text, starts_at) = starts_at))),
    CONSTRAINT triage_call_override_reasoned CHECK (((length(override_why) <= 500) AND desk_shows(override_why))),
    CONSTRAINT triage_call_sequence_counts CHECK ((sequence >= 0)),
    CONSTRAINT triage_call_status_known CHECK ((status = ANY (ARRAY['booked'::text, 'done'::text, 'missed'::text, 'cancelled'::text]))),
    CONSTRAINT triage_call_one_at_a_time EXCLUDE USING gist (int8range((clinician_id)::bigint, (clinician_id)::bigint, '[]'::text) WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE ((status = 'booked'::text)),
    CONSTRAINT triage_call_pkey PRIMARY KEY (client_id, claim_id, call_id),
    CONSTRAINT triage_call_booked_by_fkey FOREIGN KEY (booked_by) REFERENCES staff(staff_id),
    CONSTRAINT triage_call_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff(staff_id),
    CONSTRAINT triage_call_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id) ON DELETE CASCADE,
    CONSTRAINT triage_call_clinician_id_fkey FOREIGN KEY (clinician_id) REFERENCES staff(staff_id)
);
ALTER TABLE triage_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY triage_call FORCE ROW LEVEL SECURITY;
CREATE INDEX triage_call_due ON triage_call USING btree (starts_at, client_id, claim_id) WHERE (status = 'booked'::text);
CREATE INDEX triage_call_of_clinician ON triage_call USING btree (clinician_id, starts_at);
CREATE UNIQUE INDEX triage_call_one_of_claim ON triage_call USING btree (client_id, claim_id) WHERE (status = 'booked'::text);
CREATE POLICY book ON triage_call FOR INSERT TO desk_app
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (booked_by = (SELECT desk_staff_id())) AND (booked_at <@ (SELECT desk_moment())) AND (starts_at > booked_at) AND ((override_why IS NULL) OR (SELECT desk_supervises())) AND desk_may_call(clinician_id, client_id) AND (EXISTS ( SELECT
   FROM claim c
  WHERE ((c.client_id = triage_call.client_id) AND (c.claim_id = triage_call.claim_id) AND (c.closed_at IS NULL) AND (c.date_of_death IS NULL))))));
CREATE POLICY change ON triage_call FOR UPDATE TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (status = 'booked'::text)))
    WITH CHECK (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))) AND (changed_by = (SELECT desk_staff_id())) AND (changed_at <@ (SELECT desk_moment()))));
CREATE POLICY house ON triage_call TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY scope ON triage_call FOR SELECT TO desk_app
    USING (((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_identity_clients())::integer[]))));
CREATE TRIGGER can_be BEFORE INSERT OR UPDATE ON triage_call FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (new.status = 'booked'::text)))
    EXECUTE FUNCTION desk_call_can_be();
CREATE TRIGGER changes BEFORE UPDATE ON triage_call FOR EACH ROW
    WHEN ((CURRENT_USER = 'desk_app'::name))
    EXECUTE FUNCTION desk_call_changes();
CREATE TRIGGER request_answered AFTER INSERT ON triage_call FOR EACH ROW
    WHEN ((new.status = 'booked'::text))
    EXECUTE FUNCTION desk_request_answered();
CREATE TRIGGER told AFTER INSERT OR UPDATE ON triage_call FOR EACH ROW
    EXECUTE FUNCTION desk_call_told();
GRANT SELECT ON TABLE triage_call TO desk_app;
GRANT INSERT (booked_at, booked_by, claim_id, client_id, clinician_id, ends_at, override_why, starts_at)
    ON TABLE triage_call TO desk_app;
GRANT UPDATE (changed_at, changed_by, clinician_id, ended_why, ends_at, override_why, sequence, starts_at, status)
    ON TABLE triage_call TO desk_app;

CREATE TABLE work_mark (
    client_id integer NOT NULL,
    claim_id bigint NOT NULL,
    kind smallint NOT NULL,
    staff_id integer NOT NULL,
    set_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    reason text,
    CONSTRAINT work_mark_kind_numbered CHECK (((kind >= 1) AND (kind <= 99))),
    CONSTRAINT work_mark_passing CHECK (((until > set_at) AND (until <= (set_at + '31 days'::interval)))),
    CONSTRAINT work_mark_reasoned CHECK (((length(reason) <= 200) AND desk_shows(reason))),
    CONSTRAINT work_mark_pkey PRIMARY KEY (client_id, claim_id, kind, staff_id),
    CONSTRAINT work_mark_claim_fkey FOREIGN KEY (client_id, claim_id) REFERENCES claim(client_id, claim_id) ON DELETE CASCADE,
    CONSTRAINT work_mark_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
ALTER TABLE work_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE ONLY work_mark FORCE ROW LEVEL SECURITY;
CREATE INDEX work_mark_of_person ON work_mark USING btree (staff_id, until);
CREATE POLICY house ON work_mark TO desk_owner
    USING (true)
    WITH CHECK (true);
CREATE POLICY put_aside ON work_mark FOR INSERT TO desk_app
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND (SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[])))));
CREATE POLICY put_off ON work_mark FOR UPDATE TO desk_app
    USING (((staff_id = (SELECT desk_staff_id())) AND (SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[])))))
    WITH CHECK (((staff_id = (SELECT desk_staff_id())) AND (SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[])))));
CREATE POLICY scope ON work_mark FOR SELECT TO desk_app
    USING (((SELECT desk_works()) AND ((SELECT desk_sees_all()) OR (client_id = ANY ((SELECT desk_clients())::integer[])))));
CREATE TRIGGER put_aside_now BEFORE INSERT OR UPDATE OF set_at ON work_mark FOR EACH ROW
    WHEN (((CURRENT_USER = 'desk_app'::name) AND (NOT (new.set_at <@ desk_present()))))
    EXECUTE FUNCTION desk_refused('work is put aside from now on');
GRANT SELECT ON TABLE work_mark TO desk_app;
GRANT INSERT (claim_id, client_id, kind, reason, set_at, staff_id, until)
    ON TABLE work_mark TO desk_app;
GRANT UPDATE (reason, set_at, until)
    ON TABLE work_mark TO desk_app;

CREATE VIEW reaches WITH (security_invoker='true') AS
 SELECT staff_client.staff_id,
    staff_client.client_id
   FROM staff_client
UNION ALL
 SELECT client_cover.staff_id,
    client_cover.client_id
   FROM client_cover
  WHERE ((client_cover.ended_at IS NULL) AND (client_cover.starts_at <= now()) AND (client_cover.until > now()));
GRANT SELECT ON TABLE reaches TO desk_app;

CREATE FUNCTION desk_access_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform pg_notify('desk_access', json_build_object('staff', coalesce(new.staff_id, old.staff_id))::text);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_access_changed() FROM PUBLIC;

CREATE FUNCTION desk_administrator_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if current_user = 'desk_app' then
    perform pg_advisory_xact_lock(7301117);
    if not desk_another_administrator(old.staff_id) then
      raise exception 'one administrator may always sign in' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_administrator_stays() FROM PUBLIC;

CREATE FUNCTION desk_aging_clients(p_by text, p_clients integer[]) RETURNS TABLE(client_id integer, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select c.client_id, c.name from client c
   where (p_clients is null or c.client_id = any (p_clients))
     and ((select desk_sees_all()) or c.client_id = any ((select desk_identity_clients())::int[])
          or p_by in ('client', 'jurisdiction') and c.client_id = any ((select desk_clients())::int[])) $$;
REVOKE ALL ON FUNCTION desk_aging_clients(p_by text, p_clients integer[]) FROM PUBLIC;

CREATE FUNCTION desk_aging_group(p_by text, p_client integer, p_jurisdiction text, p_reviewer integer, p_npi text, p_provider text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE p_by WHEN 'client'::text THEN (p_client)::text WHEN 'jurisdiction'::text THEN p_jurisdiction WHEN 'reviewer'::text THEN COALESCE((p_reviewer)::text, ''::text) WHEN 'provider'::text THEN COALESCE(p_npi, lower(p_provider)) ELSE NULL::text END;
REVOKE ALL ON FUNCTION desk_aging_group(p_by text, p_client integer, p_jurisdiction text, p_reviewer integer, p_npi text, p_provider text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_aging_group(p_by text, p_client integer, p_jurisdiction text, p_reviewer integer, p_npi text, p_provider text) TO desk_app;

CREATE FUNCTION desk_all_lines_determined() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_outcomes text[];
  v_lines int;
begin
  select array_agg(distinct d.outcome), count(*) into v_outcomes, v_lines from determination_line d
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
     and d.determination_id = new.determination_id;
  if v_lines = 0 or v_lines <> (select count(*) from service_line l where l.client_id = new.client_id
                                   and l.claim_id = new.claim_id and l.request_id = new.request_id)
     or new.outcome is distinct from (case
          when cardinality(v_outcomes) = 1 then v_outcomes[1]
          when v_outcomes && '{deferred,pended}' then null
          when v_outcomes && '{approved,modified,lapsed}' then 'modified'
          when v_outcomes && '{denied}' then 'denied'
          else 'dismissed' end) then
    raise exception 'each line is decided, and the request as its lines' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_all_lines_determined() FROM PUBLIC;

CREATE FUNCTION desk_another_administrator(p_staff integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return exists (select from staff where role = 'administrator' and active and staff_id <> p_staff);
end $$;
REVOKE ALL ON FUNCTION desk_another_administrator(p_staff integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_another_administrator(p_staff integer) TO desk_app;

CREATE FUNCTION desk_appointment_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from referral r left join provider_location l using (provider_id, location_id)
    where r.client_id = new.client_id and r.referral_id = new.referral_id and r.ended_at is null
      and r.visit_status is distinct from 'kept' and new.timezone = coalesce(l.timezone, new.timezone)
      for update of r;
  if not found then
    raise exception 'an appointment is booked on an open referral, on clocks where it is' using errcode = 'insufficient_privilege';
  end if;
  new.sequence := (select count(*) + count(*) filter (where a.status = 'cancelled') from referral_appointment a
                    where a.client_id = new.client_id and a.referral_id = new.referral_id);
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_appointment_can_be() FROM PUBLIC;

CREATE FUNCTION desk_appointment_changes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if (new.status in ('moved', 'cancelled') or new.status in ('kept', 'missed') and new.changed_at >= old.starts_at) is not true then
    raise exception 'an appointment was kept or missed once its time has come' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_appointment_changes() FROM PUBLIC;

CREATE FUNCTION desk_appointment_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_before timestamptz;
  v_kind text := 'appointment_' || new.status;
  v_starts jsonb := to_jsonb(new.starts_at);
begin
  if tg_op = 'UPDATE' and new.status = 'moved' then -- what follows it tells
    return null;
  end if;
  if tg_op = 'INSERT' then
    select a.starts_at into v_before from referral_appointment a
     where a.client_id = new.client_id and a.referral_id = new.referral_id and a.appointment_id <> new.appointment_id
       and a.status in ('moved', 'missed') and a.appointment_id = (
         select max(b.appointment_id) from referral_appointment b
          where b.client_id = new.client_id and b.referral_id = new.referral_id and b.appointment_id <> new.appointment_id);
    if v_before is not null then
      v_kind := 'appointment_moved';
      v_starts := jsonb_build_array(v_before, new.starts_at);
    end if;
  end if;
  update referral set visit_status = new.status, visit_at = new.starts_at, visit_changed_at = coalesce(new.changed_at, new.booked_at)
   where client_id = new.client_id and referral_id = new.referral_id;
  perform desk_referral_tell(new.client_id, new.referral_id, v_kind, coalesce(new.changed_at, new.booked_at),
                             coalesce(new.changed_by, new.booked_by), jsonb_build_object('starts_at', new.starts_at),
                             jsonb_build_object('starts_at', v_starts, 'timezone', new.timezone, 'why', new.changed_why));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_appointment_told() FROM PUBLIC;

CREATE FUNCTION desk_ask_as_required(p_clients integer[], p_claim bigint, p_element text, p_state text, p_by integer, p_at timestamp with time zone, OUT asked integer, OUT dropped integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_new intake_requirement;
begin
  with moves as materialized (
    select m.* from desk_requirement_moves(p_clients, p_claim, p_element, p_state, p_at, v_new) m
      join claim c on (c.client_id, c.claim_id) = (m.client_id, m.claim_id)
     where c.first_contact_at is null and c.closed_at is null and c.date_of_death is null
     order by c.client_id, c.claim_id for no key update of c),
  opened as (
    insert into intake_question (client_id, claim_id, element, reason, why, opened_at)
    select m.client_id, m.claim_id, m.element, 'missing', m.why, p_at from moves m where m.asks
    on conflict do nothing),
  gone as (
    delete from intake_question q using moves m
     where not m.asks and q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
       and q.reason = 'missing' and q.answered_at is null),
  not_again as (
    update intake_question q set ask_again_at = null from moves m
     where not m.asks and q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
       and q.reason = 'missing' and q.ask_again_at is not null and q.asked_again_at is null),
  by_claim as (
    select m.client_id, m.claim_id, bool_or(m.asks) as asks, bool_or(not m.asks) as drops,
           jsonb_strip_nulls(jsonb_build_object(
             'asked', jsonb_agg(m.element order by m.element) filter (where m.asks),
             'dropped', jsonb_agg(m.element order by m.element) filter (where not m.asks))) as detail
      from moves m group by 1, 2),
  told as (
    insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
    select b.client_id, b.claim_id, p_at, p_by, 'asked_by_rule', b.detail from by_claim b),
  recorded as (
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    select p_by, b.client_id, 'claim', b.claim_id, 'asked_by_rule', b.detail from by_claim b),
  by_client as (
    select b.client_id, case when count(*) <= 200 then jsonb_agg(b.claim_id order by b.claim_id) end as claims
      from by_claim b group by 1),
  announced as (
    select pg_notify('desk_claim', jsonb_build_object('client', b.client_id, 'claims', b.claims)::text) from by_client b)
  select count(*) filter (where b.asks), count(*) filter (where b.drops) into asked, dropped
    from by_claim b, (select count(*) from announced) n;
end $$;
REVOKE ALL ON FUNCTION desk_ask_as_required(p_clients integer[], p_claim bigint, p_element text, p_state text, p_by integer, p_at timestamp with time zone, OUT asked integer, OUT dropped integer) FROM PUBLIC;

CREATE FUNCTION desk_ask_of_claim(p_client integer, p_claim bigint, p_at timestamp with time zone) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select a.asked + a.dropped
    from desk_ask_as_required(
           case when desk_works() and (desk_supervises() or p_client = any (desk_identity_clients())) then array[p_client] else '{}' end,
           p_claim, null, null, desk_staff_id(), least(desk_now_about(p_at), upper(desk_moment()))) a $$;
REVOKE ALL ON FUNCTION desk_ask_of_claim(p_client integer, p_claim bigint, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_ask_of_claim(p_client integer, p_claim bigint, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_audit_lines(p_most integer, p_before timestamp with time zone DEFAULT 'infinity'::timestamp with time zone, p_before_id bigint DEFAULT 0, p_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone, p_until timestamp with time zone DEFAULT 'infinity'::timestamp with time zone, p_actor integer DEFAULT NULL::integer, p_client integer DEFAULT NULL::integer, p_claims bigint[] DEFAULT NULL::bigint[], p_workers bigint[] DEFAULT NULL::bigint[], p_verbs text[] DEFAULT NULL::text[], p_other_verbs text[] DEFAULT NULL::text[], p_numbers text[] DEFAULT NULL::text[]) RETURNS TABLE(at timestamp with time zone, event_id bigint, first_at timestamp with time zone, times bigint, actor text, client text, client_id integer, noun text, noun_id bigint, verb text, detail jsonb)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  v_showed constant text := $q$%s.noun in ('search', 'opened_last') and %s.detail -> 'claims' ?| $12$q$;
  v_same constant text :=
    $q$o.noun = e.noun and o.noun_id = e.noun_id and o.actor_id = e.actor_id and o.verb = 'read'
       and o.client_id is not distinct from e.client_id and (e.noun = 'search' or o.detail is not distinct from e.detail)$q$
    || case when p_numbers is not null then ' and (e.noun <> ''search'' or ' || replace(v_showed, '%s', 'o') || ')' else '' end;
  v_apart constant text := $q$case e.noun when 'search' then interval '15 seconds' else interval '30 minutes' end$q$;
  v_asked text := concat_ws(' and ',
    'e.at <= $2 and (e.at, e.event_id) < ($2, $3) and e.at >= $4 and e.at < $5',
    case when p_actor is not null then 'e.actor_id = $6' end,
    case when p_client is not null and p_numbers is not null then $q$(e.client_id = $7 or e.noun in ('search', 'opened_last'))$q$
         when p_client is not null then 'e.client_id = $7' end,
    case when p_claims is not null or p_workers is not null then
      $q$((e.noun = 'claim' and e.noun_id = any ($8)) or (e.noun = 'injured_worker' and e.noun_id = any ($9))$q$
      || case when p_numbers is not null then ' or (' || replace(v_showed, '%s', 'e') || ')' else '' end || ')' end,
    case when p_verbs is not null then 'e.verb = any ($10)' end,
    case when p_other_verbs is not null then 'e.verb <> all ($11)' end);
begin
  if desk_role() is distinct from 'compliance' then
    return;
  end if;
  return query execute format($q$
    select e.at, e.event_id, coalesce(v.first_at, e.at), coalesce(v.times, 1), coalesce(s.full_name, 'Not signed in'),
           c.name, e.client_id, e.noun, e.noun_id, e.verb, coalesce(v.showed, e.detail)
      from (select * from audit_event e
             where %1$s
               and (e.verb <> 'read' or (select 1 from audit_event o
                                          where %2$s and (o.at, o.event_id) > (e.at, e.event_id) and o.at < $5
                                            and o.at >= e.at and o.at <= e.at + %3$s limit 1) is null)
             order by e.at desc, e.event_id desc limit $1) e
      left join lateral (
        select b.at as first_at,
               (select count(*) from audit_event o
                 where %2$s and o.at >= b.at and o.at <= e.at and (o.at, o.event_id) <= (e.at, e.event_id)) as times,
               case when e.noun = 'search' and b.at < e.at then (
                select jsonb_build_object('hits', count(*), 'claims', coalesce(jsonb_agg(number), '[]'))
                  from (select distinct jsonb_array_elements_text(
                                 case jsonb_typeof(o.detail -> 'claims') when 'array' then o.detail -> 'claims' end) as number
                          from audit_event o
                         where %2$s and o.at >= b.at and o.at <= e.at
                           and (o.at, o.event_id) <= (e.at, e.event_id) order by 1) shown) end as showed
          from (with recursive look(at, event_id) as (
                  select e.at, e.event_id
                  union all
                  select earlier.at, earlier.event_id from look cross join lateral (
                    select o.at, o.event_id from audit_event o
                     where %2$s and (o.at, o.event_id) < (look.at, look.event_id) and o.at >= $4
                       and o.at <= look.at and o.at >= look.at - %3$s
                     order by o.at desc, o.event_id desc limit 1) earlier)
                select min(look.at) as at from look) b
        where e.verb = 'read') v on true
      left join staff s on s.staff_id = e.actor_id
      left join client c on c.client_id = e.client_id
     order by e.at desc, e.event_id desc$q$, v_asked, v_same, v_apart)
  using least(greatest(p_most, 0), 1000), p_before, p_before_id, p_from, p_until, p_actor, p_client,
        coalesce(p_claims[1:100], '{}'), coalesce(p_workers[1:100], '{}'), p_verbs[1:100], p_other_verbs[1:100],
        p_numbers[1:100];
end $_$;
REVOKE ALL ON FUNCTION desk_audit_lines(p_most integer, p_before timestamp with time zone, p_before_id bigint, p_from timestamp with time zone, p_until timestamp with time zone, p_actor integer, p_client integer, p_claims bigint[], p_workers bigint[], p_verbs text[], p_other_verbs text[], p_numbers text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_audit_lines(p_most integer, p_before timestamp with time zone, p_before_id bigint, p_from timestamp with time zone, p_until timestamp with time zone, p_actor integer, p_client integer, p_claims bigint[], p_workers bigint[], p_verbs text[], p_other_verbs text[], p_numbers text[]) TO desk_app;

CREATE FUNCTION desk_audit_months(p_ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_months timestamp[]; v_month timestamp; v_name text; v_made int := 0; v_from timestamptz; v_until timestamptz;
begin
  select array_agg(distinct month order by month) into v_months from (
    select date_trunc('month', clock_timestamp() at time zone 'UTC') + make_interval(months => ahead) as month
      from generate_series(0, least(greatest(p_ahead, 0), 12)) ahead
    union
    select date_trunc('month', at at time zone 'UTC') from audit_event_rest) wanted
   where to_regclass('public.audit_event_' || to_char(month, 'YYYYMM')) is null;
  if v_months is null then
    return 0;
  end if;
  lock table audit_event in access exclusive mode;
  alter table audit_event detach partition audit_event_rest;
  foreach v_month in array v_months loop
    v_name := 'audit_event_' || to_char(v_month, 'YYYYMM');
    if to_regclass('public.' || v_name) is null then -- nobody else made it while this one waited
      v_from := v_month at time zone 'UTC';
      v_until := (v_month + interval '1 month') at time zone 'UTC';
      execute format('create table public.%I partition of audit_event for values from (%L) to (%L)', v_name, v_from, v_until);
      with late as (delete from audit_event_rest where at >= v_from and at < v_until returning *)
      insert into audit_event (at, event_id, txid, actor_id, client_id, noun, noun_id, verb, detail) overriding system value
      select at, event_id, txid, actor_id, client_id, noun, noun_id, verb, detail from late;
      v_made := v_made + 1;
    end if;
  end loop;
  alter table audit_event attach partition audit_event_rest default;
  return v_made;
end $$;
REVOKE ALL ON FUNCTION desk_audit_months(p_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_audit_months(p_ahead integer) TO desk_app;

CREATE FUNCTION desk_audit_stands() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
REVOKE ALL ON FUNCTION desk_audit_stands() FROM PUBLIC;

CREATE FUNCTION desk_authorization_aging(p_by text, p_clients integer[], p_states text[], p_at timestamp with time zone, p_jurisdictions text[], p_today timestamp with time zone[], p_days timestamp with time zone[], p_ages timestamp with time zone[]) RETURNS TABLE(key text, name text, age integer, clock integer, open bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
  with counted as (
    select key, min(name) as name, age, clock, count(*) as open
      from (select desk_aging_group(p_by, r.client_id, r.jurisdiction, r.reviewer_id, r.provider_npi, r.provider_name) as key,
                   case p_by when 'provider' then r.provider_name end as name,
                   cardinality(p_ages) - width_bucket(r.received_at, p_ages) as age,
                   desk_clock_left(r.clock, r.ours, r.due_at, p_at, d.today, d.days) as clock
              from desk_aging_clients(p_by, p_clients) asked
              join authorization_request r on r.client_id = asked.client_id and r.ended_at is null
              left join unnest(p_jurisdictions, p_today, p_days) d (jurisdiction, today, days)
                on d.jurisdiction = r.jurisdiction
             where p_states is null or r.jurisdiction = any (p_states)) each
     group by key, age, clock),
  grouped as (
    select key, min(name) as name, age, clock, sum(open)::bigint as open from counted
     group by grouping sets ((key, clock), (key, age), (age, clock)))
  select g.key, coalesce(c.name, s.full_name, g.name), g.age, g.clock, g.open
    from grouped g
    left join client c on p_by = 'client' and c.client_id::text = g.key
    left join staff s on p_by = 'reviewer' and s.staff_id::text = g.key $$;
REVOKE ALL ON FUNCTION desk_authorization_aging(p_by text, p_clients integer[], p_states text[], p_at timestamp with time zone, p_jurisdictions text[], p_today timestamp with time zone[], p_days timestamp with time zone[], p_ages timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_authorization_aging(p_by text, p_clients integer[], p_states text[], p_at timestamp with time zone, p_jurisdictions text[], p_today timestamp with time zone[], p_days timestamp with time zone[], p_ages timestamp with time zone[]) TO desk_app;

CREATE FUNCTION desk_authorization_asks() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from service_line l
                  where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id) then
    raise exception 'a request asks for something' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_authorization_asks() FROM PUBLIC;

CREATE FUNCTION desk_authorization_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.merged_into is null
      for share;
  if not found then
    raise exception 'a request is logged on an open claim' using errcode = 'insufficient_privilege';
  end if;
  if new.about_id is not null and not exists (
    select from authorization_request r join claim c using (client_id, claim_id)
     where r.client_id = new.client_id and r.request_id = new.about_id and r.decided_at <= new.received_at
       and new.claim_id in (r.claim_id, c.merged_into)) then
    raise exception 'what is appealed was decided before' using errcode = 'insufficient_privilege';
  end if;
  if (new.clock in ('waiting', 'running') and (new.holder_id is null or desk_may_hold(new.holder_id, new.client_id))
      and (new.reviewer_id is null or desk_may_call(new.reviewer_id, new.client_id))) is not true then
    raise exception 'a request begins, and is held and reviewed by those who work for its client'
      using errcode = 'insufficient_privilege';
  end if;
  if (desk_counted_by_its_law(new) and desk_due_sensibly(new, new.logged_at) and desk_kind_known(new.jurisdiction, new.kind)
      and (new.ours or new.rule is not null) and new.received_at >= new.logged_at - interval '3650 days') is not true then
    raise exception 'a request is of a kind that its law knows, and is due by its law or by hand within our time'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_authorization_can_be() FROM PUBLIC;

CREATE FUNCTION desk_authorization_changes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_was jsonb := to_jsonb(old);
  v_is jsonb := to_jsonb(new);
  v_step text; -- the column whose time the step puts there
  v_changed text[];
  -- when it is followed up next, and when nobody has answered by then
  v_next constant text[] := '{follow_up_at,follow_up_by_hand,unanswered,to_clinical_at,to_supervisor_at}';
begin
  v_step := case new.change when 'completed' then 'complete_at' when 'extended' then 'information_asked_at'
    when 'informed' then 'information_at' when 'tolled' then 'tolled_at' when 'resumed' then 'resumed_at'
    when 'sent_back' then 'returned_at' when 'deferred' then 'deferred_at' when 'taken_up' then 'taken_up_at' end;
  select coalesce(array_agg(key), '{}') into v_changed from jsonb_each(v_is) each where value is distinct from v_was -> key;
  v_changed := array(select unnest(v_changed) except select unnest('{version,change,change_why,changed_at,changed_by}'::text[]));
  if new.version is distinct from old.version + 1 or old.decided_at is not null then
    raise exception 'a change counts, and is of what is not decided' using errcode = 'insufficient_privilege';
  end if;
  if (v_changed <@ (v_next || case new.change
        when 'followed_up' then '{}'::text[]
        when 'reminded' then '{}'
        when 'follow_up_moved' then '{}'
        when 'assigned' then '{holder_id,reviewer_id}'
        when 'returned' then '{missing}'
        when 'due_set' then '{due_why,clock,rule,due_at,ours}'
        when 'due_moved' then '{clock,rule,due_at,ours}'
        else array['clock', 'rule', 'due_at', 'ours', v_step] || case new.change when 'deferred' then array['deferred_why'] else '{}'::text[] end end)
      and case new.change
        when 'returned' then new.complete_at is null and new.missing is not null
        when 'followed_up' then exists (
          select from authorization_follow_up f
           where f.client_id = new.client_id and f.claim_id = new.claim_id and f.request_id = new.request_id
             and f.by_id = new.changed_by and f.xmin = pg_current_xact_id()::xid)
        when 'due_moved' then new.changed_by = 1 -- it is counted anew by the desk itself
          and (new.rule, new.due_at, new.clock) is distinct from (old.rule, old.due_at, old.clock)
        when 'reminded' then new.follow_up_at is not null
        when 'follow_up_moved' then new.change_why is not null and cardinality(v_changed) > 0
        when 'due_set' then new.due_why is not null and new.due_at is not null or new.due_why is null and old.due_why is not null
        when 'assigned' then true
        else v_was ->> v_step is null
             and (v_is ->> v_step)::timestamptz between new.received_at and upper(desk_moment())
             and case new.change
               when 'extended' then old.clock <> 'waiting' and new.change_why is not null
               when 'informed' then new.information_at >= old.information_asked_at
               when 'tolled' then new.change_why is not null
               when 'resumed' then new.resumed_at >= old.tolled_at
               when 'deferred' then new.deferred_why is not null
               when 'taken_up' then new.taken_up_at >= old.deferred_at
               else true end end) is not true then
    raise exception 'a step changes what it is about, once, and after the request came'
      using errcode = 'insufficient_privilege';
  end if;
  if (((new.ours = old.ours or new.rule is distinct from old.rule) and (new.ours or new.rule is not null))
      and ((new.rule, new.clock, new.returned_at) is not distinct from (old.rule, old.clock, old.returned_at)
           or desk_counted_by_its_law(new))
      and ((new.due_at, new.due_why) is not distinct from (old.due_at, old.due_why)
           or desk_due_sensibly(new, new.changed_at) and (new.change = 'due_set' or new.due_why is null))) is not true then
    raise exception 'a request is due by its own law, or by hand within our time' using errcode = 'insufficient_privilege';
  end if;
  if ((new.reviewer_id is not distinct from old.reviewer_id or new.reviewer_id is null
       or desk_may_call(new.reviewer_id, new.client_id))
      and (new.holder_id is not distinct from old.holder_id or new.holder_id is null
           or desk_may_hold(new.holder_id, new.client_id))) is not true then
    raise exception 'those who have and review a request work for its client' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_authorization_changes() FROM PUBLIC;

CREATE FUNCTION desk_authorization_noted(p_client integer, p_claim bigint, p_request bigint, p_kind text, p_at timestamp with time zone, p_by integer, p_detail jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (p_by, p_client, 'claim', p_claim, p_kind,
          jsonb_strip_nulls(jsonb_build_object('authorization', p_request, 'step', p_detail -> 'step',
                                               'outcome', p_detail -> 'outcome', 'party', p_detail -> 'party')));
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, p_claim, p_at, p_by, p_kind,
          jsonb_strip_nulls(p_detail || jsonb_build_object('authorization', p_request)));
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
end $$;
REVOKE ALL ON FUNCTION desk_authorization_noted(p_client integer, p_claim bigint, p_request bigint, p_kind text, p_at timestamp with time zone, p_by integer, p_detail jsonb) FROM PUBLIC;

CREATE FUNCTION desk_authorization_taken_back() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  delete from claim_event e where e.client_id = old.client_id and e.claim_id = old.claim_id
     and e.kind = 'authorization_logged' and (e.detail ->> 'authorization')::bigint = old.request_id;
  perform pg_notify('desk_claim', json_build_object('client', old.client_id, 'claims', json_build_array(old.claim_id))::text);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_authorization_taken_back() FROM PUBLIC;

CREATE FUNCTION desk_authorization_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_logged', new.logged_at,
      new.logged_by, jsonb_build_object('kind', new.kind, 'due_at', new.due_at, 'about', new.about_id,
        'jurisdiction', new.jurisdiction));
  elsif new.change is distinct from 'followed_up'
        -- what is counted anew and comes to the same is not told
        and (new.change is distinct from 'follow_up_moved' or new.follow_up_at is distinct from old.follow_up_at)
        and (new.change is distinct from 'due_moved' or new.due_at is distinct from old.due_at)
        and new.version > old.version and new.changed_by is not null then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_changed', new.changed_at,
      new.changed_by, jsonb_build_object('step', new.change, 'jurisdiction', new.jurisdiction,
        'follow_up_at', case new.change when 'reminded' then to_jsonb(new.follow_up_at)
          when 'follow_up_moved' then jsonb_build_array(old.follow_up_at, new.follow_up_at) end,
        'why', coalesce(new.change_why, case new.change when 'returned' then new.missing when 'due_set' then new.due_why end),
        'due_at', case when new.due_at is distinct from old.due_at then jsonb_build_array(old.due_at, new.due_at) end,
        'to', case when new.change = 'assigned' then
          case when new.holder_id is distinct from old.holder_id then new.holder_id else new.reviewer_id end end));
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_authorization_told() FROM PUBLIC;

CREATE FUNCTION desk_authorization_turnaround(p_by text, p_clients integer[], p_states text[], p_from timestamp with time zone, p_until timestamp with time zone, p_zone text) RETURNS TABLE(week date, key text, name text, told bigint, dated bigint, in_time bigint, median double precision, ninetieth double precision)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
  with told as (
    select date_trunc('week', r.communicated_at at time zone p_zone)::date as week,
           case p_by when 'client' then asked.client_id::text when 'jurisdiction' then r.jurisdiction end as key,
           case p_by when 'client' then asked.name end as name,
           extract(epoch from r.communicated_at - coalesce(r.complete_at, r.received_at))::float8 / 3600 as hours,
           r.ours and r.due_at is not null as dated,
           r.ours and r.communicated_at <= r.due_at as in_time
      from desk_aging_clients(p_by, p_clients) asked
      join authorization_request r on r.client_id = asked.client_id
       and r.communicated_at >= p_from and r.communicated_at < p_until
     where p_states is null or r.jurisdiction = any (p_states))
  select week, key, min(name) filter (where key is not null), count(*), count(*) filter (where dated),
         count(*) filter (where in_time), (percentile_cont(array[0.5, 0.9]) within group (order by hours))[1],
         (percentile_cont(array[0.5, 0.9]) within group (order by hours))[2]
    from told group by grouping sets ((week), (key), ()) having count(*) > 0 $$;
REVOKE ALL ON FUNCTION desk_authorization_turnaround(p_by text, p_clients integer[], p_states text[], p_from timestamp with time zone, p_until timestamp with time zone, p_zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_authorization_turnaround(p_by text, p_clients integer[], p_states text[], p_from timestamp with time zone, p_until timestamp with time zone, p_zone text) TO desk_app;

CREATE FUNCTION desk_begun(p_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select p_at <= now() $$;
REVOKE ALL ON FUNCTION desk_begun(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_begun(p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_by_assignee_hour(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(hour timestamp with time zone, reported bigint, on_time bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
  select date_bin('1 hour', reported_at, '2000-01-01Z'), count(*), count(*) filter (where first_contact_at <= due_at)
    from claim
   where assignee_id = any (p_assignees) and reported_at >= p_from and reported_at < p_until
     and (closed_at is null and date_of_death is null or first_contact_at is not null) and merged_into is null
     and ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]))
     and (p_clients is null or client_id = any (p_clients))
     and (p_jurisdictions is null or coalesce(jurisdiction, '--') = any (p_jurisdictions))
   group by 1 $$;
REVOKE ALL ON FUNCTION desk_by_assignee_hour(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_by_assignee_hour(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_by_hour(p_from timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(hour timestamp with time zone, reported bigint, contacted bigint, on_time bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select r.hour, r.reported, r.contacted, r.on_time from by_hour r
   where (select desk_sees_all()) and r.hour >= p_from and r.hour < p_until
  union all
  select d.hour, d.reported::bigint, d.contacted::bigint, d.on_time::bigint from fact_delta d
   where (select desk_sees_all()) and d.hour >= p_from and d.hour < p_until $$;
REVOKE ALL ON FUNCTION desk_by_hour(p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_by_hour(p_from timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_by_jurisdiction_hour(p_jurisdictions text[], p_from timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(hour timestamp with time zone, reported bigint, contacted bigint, on_time bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select r.hour, r.reported, r.contacted, r.on_time from by_jurisdiction_hour r
   where (select desk_sees_all()) and r.jurisdiction = any (p_jurisdictions) and r.hour >= p_from and r.hour < p_until
  union all
  select d.hour, d.reported::bigint, d.contacted::bigint, d.on_time::bigint from fact_delta d
   where (select desk_sees_all()) and d.jurisdiction = any (p_jurisdictions) and d.hour >= p_from and d.hour < p_until $$;
REVOKE ALL ON FUNCTION desk_by_jurisdiction_hour(p_jurisdictions text[], p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_by_jurisdiction_hour(p_jurisdictions text[], p_from timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_cadence_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_verb constant text := case when tg_op = 'INSERT' then 'rule_proposed'
                               when new.withdrawn_at is not null then 'rule_withdrawn' else 'rule_in_force' end;
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(case v_verb when 'rule_withdrawn' then new.withdrawn_by else new.proposed_by end, 0), 'cadence',
          new.cadence_id, v_verb,
          jsonb_build_object('party', new.party, 'effective_from', new.effective_from,
                             'why', coalesce(new.withdrawn_why, new.why)));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_cadence_told() FROM PUBLIC;

CREATE FUNCTION desk_cadences_begin(p_at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_at constant timestamptz := desk_now_about(p_at);
  v_done int;
begin
  update cadence
     set in_force_at = v_at
   where withdrawn_at is null and in_force_at is null and effective_from <= (v_at at time zone 'America/New_York')::date;
  get diagnostics v_done = row_count;
  return v_done;
end $$;
REVOKE ALL ON FUNCTION desk_cadences_begin(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_cadences_begin(p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_calendar_address_ends() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  delete from calendar_address where staff_id = new.staff_id;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_calendar_address_ends() FROM PUBLIC;

CREATE FUNCTION desk_calendar_address_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into audit_event (actor_id, noun, noun_id, verb)
  values (coalesce(desk_staff_id(), case when tg_op = 'DELETE' then old.staff_id else new.staff_id end), 'clinician',
          case when tg_op = 'DELETE' then old.staff_id else new.staff_id end,
          case when tg_op = 'DELETE' then 'calendar_address_withdrawn' else 'calendar_address_made' end);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_calendar_address_told() FROM PUBLIC;

CREATE FUNCTION desk_calendar_at(p_token_hash bytea, p_from timestamp with time zone) RETURNS TABLE(full_name text, timezone text, claim_number text, client text, starts_at timestamp with time zone, ends_at timestamp with time zone, status text, uid uuid, sequence integer, changed_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_staff int;
begin
  select a.staff_id into v_staff from calendar_address a where a.token_hash = p_token_hash and desk_is_clinical(a.staff_id);
  if v_staff is null then
    return;
  end if;
  insert into audit_event (actor_id, noun, noun_id, verb) values (v_staff, 'calendar', v_staff, 'read');
  return query
    select s.full_name, s.timezone, c.claim_number, k.name, t.starts_at, t.ends_at, t.status, t.uid, t.sequence,
           coalesce(t.changed_at, t.booked_at)
      from staff s
      left join (triage_call t join claim c using (client_id, claim_id) join client k using (client_id))
        on t.clinician_id = s.staff_id and t.starts_at >= p_from
       and exists (select from reaches r where r.staff_id = v_staff and r.client_id = t.client_id)
     where s.staff_id = v_staff
     order by t.starts_at, t.call_id;
end $$;
REVOKE ALL ON FUNCTION desk_calendar_at(p_token_hash bytea, p_from timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_calendar_at(p_token_hash bytea, p_from timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_calendar_known(p_client integer, p_name text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select p_name = any (array['NONE', 'US', 'US-AK', 'US-AL', 'US-AR', 'US-AS', 'US-AZ', 'US-CA', 'US-CO', 'US-CT', 'US-DC',
      'US-DE', 'US-FL', 'US-GA', 'US-GU', 'US-HI', 'US-IA', 'US-ID', 'US-IL', 'US-IN', 'US-KS', 'US-KY', 'US-LA', 'US-MA',
      'US-MD', 'US-ME', 'US-MI', 'US-MN', 'US-MO', 'US-MP', 'US-MS', 'US-MT', 'US-NC', 'US-ND', 'US-NE', 'US-NH', 'US-NJ',
      'US-NM', 'US-NV', 'US-NY', 'US-OH', 'US-OK', 'US-OR', 'US-PA', 'US-PR', 'US-RI', 'US-SC', 'US-SD', 'US-TN', 'US-TX',
      'US-UT', 'US-VA', 'US-VI', 'US-VT', 'US-WA', 'US-WI', 'US-WV', 'US-WY'])
      or exists (select from sla_policy where client_id = p_client and calendar = p_name) $$;
REVOKE ALL ON FUNCTION desk_calendar_known(p_client integer, p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_calendar_known(p_client integer, p_name text) TO desk_app;

CREATE FUNCTION desk_calendar_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_verb constant text := case when tg_table_name = 'clinician' then 'calendar_set'
                               when tg_op = 'INSERT' then 'time_off_added' else 'time_off_withdrawn' end;
  v_row constant jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(desk_staff_id(), (v_row ->> 'set_by')::int), 'clinician', (v_row ->> 'staff_id')::int, v_verb,
          case when tg_table_name = 'time_off'
               then jsonb_build_object('starts_at', v_row -> 'starts_at', 'until', v_row -> 'ends_at') end);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_calendar_told() FROM PUBLIC;

CREATE FUNCTION desk_call_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null
      and c.first_contact_at is null
      for no key update;
  if not found or new.starts_at > coalesce(new.changed_at, new.booked_at) + interval '32 days' then
    raise exception 'a call is booked within a month, on an open claim whose worker was not reached yet'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_call_can_be() FROM PUBLIC;

CREATE FUNCTION desk_call_changes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.status = 'booked' then
    if (new.sequence = old.sequence + 1 and new.starts_at > new.changed_at and desk_may_call(new.clinician_id, new.client_id)
        and (new.override_why is null or desk_supervises())) is not true then
      raise exception 'a call is moved to a time ahead, and it counts its moves' using errcode = 'insufficient_privilege';
    end if;
  elsif ((new.clinician_id, new.starts_at, new.ends_at, new.sequence, new.override_why)
         is distinct from (old.clinician_id, old.starts_at, old.ends_at, old.sequence, old.override_why)) then
    raise exception 'a call ends as it was booked' using errcode = 'insufficient_privilege';
  elsif new.status in ('done', 'missed')
        and (desk_role() in ('clinical', 'supervisor')
             and new.changed_at >= old.starts_at - case new.status when 'done' then interval '1 hour' else '0' end) is not true then
    raise exception 'whoever makes the calls says that one was made, or missed once its time has come'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_call_changes() FROM PUBLIC;

CREATE FUNCTION desk_call_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update triage_call
     set status = case when starts_at <= new.at + interval '1 hour' then 'done' else 'cancelled' end,
         ended_why = case when starts_at <= new.at + interval '1 hour' then null
                          else 'The worker was reached before' end,
         changed_at = coalesce(new.recorded_at, new.at), changed_by = new.by_id
   where client_id = new.client_id and claim_id = new.claim_id and status = 'booked';
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_call_made() FROM PUBLIC;

CREATE FUNCTION desk_call_over() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update triage_call
     set status = 'cancelled', changed_at = clock_timestamp(), changed_by = coalesce(desk_staff_id(), 1),
         ended_why = case when new.date_of_death is not null then 'The worker has died' else 'The claim was closed' end
   where client_id = new.client_id and claim_id = new.claim_id and status = 'booked';
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_call_over() FROM PUBLIC;

CREATE FUNCTION desk_call_reached() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update triage_call
     set status = case when starts_at <= new.first_contact_at + interval '1 hour' then 'done' else 'cancelled' end,
         ended_why = case when starts_at <= new.first_contact_at + interval '1 hour' then null
                          else 'The worker was reached before' end,
         changed_at = new.first_contact_at, changed_by = new.first_contact_by
   where client_id = new.client_id and claim_id = new.claim_id and status = 'booked';
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_call_reached() FROM PUBLIC;

CREATE FUNCTION desk_call_spoken_for() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_claims bigint[];
begin
  if tg_table_name = 'representative' then
    v_claims := array[new.claim_id];
  else
    v_claims := array(select claim_id from claim where client_id = new.client_id and worker_id = new.worker_id);
  end if;
  update triage_call t
     set status = 'cancelled', changed_at = clock_timestamp(), changed_by = coalesce(desk_staff_id(), 1),
         ended_why = 'The worker is represented'
   where t.client_id = new.client_id and t.claim_id = any (v_claims) and t.status = 'booked'
     and not exists (select from representative r
                      where (r.client_id, r.claim_id) = (t.client_id, t.claim_id) and r.permits);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_call_spoken_for() FROM PUBLIC;

CREATE FUNCTION desk_call_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_kind constant text := case when tg_op = 'INSERT' then 'call_booked' when new.status = 'booked' then 'call_moved'
                               else 'call_' || new.status end;
  v_by constant int := case when tg_op = 'INSERT' then new.booked_by else new.changed_by end;
  v_at constant timestamptz := case when tg_op = 'INSERT' then new.booked_at else new.changed_at end;
  v_detail jsonb := jsonb_build_object('to', new.clinician_id::text, 'starts_at', new.starts_at);
begin
  if v_kind = 'call_moved' then
    v_detail := v_detail || jsonb_build_object('from', old.clinician_id::text, 'starts_at',
                                               jsonb_build_array(old.starts_at, new.starts_at));
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (v_by, new.client_id, 'claim', new.claim_id, v_kind, jsonb_build_object('call', new.call_id));
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (new.client_id, new.claim_id, v_at, v_by, v_kind,
          jsonb_strip_nulls(v_detail || jsonb_build_object(
            'why', case when new.status = 'booked' then new.override_why else new.ended_why end)));
  perform pg_notify('desk_claim', json_build_object('client', new.client_id, 'claims', json_build_array(new.claim_id))::text);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_call_told() FROM PUBLIC;

CREATE FUNCTION desk_call_without() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update triage_call
     set status = 'cancelled', ended_why = 'The clinician makes no calls any more', changed_at = clock_timestamp(),
         changed_by = coalesce(desk_staff_id(), 1)
   where clinician_id = new.staff_id and status = 'booked';
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_call_without() FROM PUBLIC;

CREATE FUNCTION desk_called(p_client integer, p_claim bigint, p_party text, p_after timestamp with time zone, p_attempt bigint, p_promised timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select attempt_id from contact_attempt
   where client_id = p_client and claim_id = any (desk_one_injury(p_client, p_claim)) and party = p_party and struck_at is null
     and (at > p_after or at = p_after and attempt_id > p_attempt)
     and (outcome in ('reached', 'reached_deferred', 'refused') or at >= p_promised - interval '30 minutes')
   order by at, attempt_id limit 1 $$;
REVOKE ALL ON FUNCTION desk_called(p_client integer, p_claim bigint, p_party text, p_after timestamp with time zone, p_attempt bigint, p_promised timestamp with time zone) FROM PUBLIC;

CREATE FUNCTION desk_calling_clients() RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select coalesce(array_agg(distinct r.client_id), '{}')
    from clinician c join staff s on s.staff_id = c.staff_id join reaches r on r.staff_id = c.staff_id
   where s.active and s.role = 'clinical' and (desk_sees_all() or r.client_id = any (desk_identity_clients())) $$;
REVOKE ALL ON FUNCTION desk_calling_clients() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_calling_clients() TO desk_app;

CREATE FUNCTION desk_change_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.field <> all (desk_fields())
     or new.was is distinct from desk_standing(new.client_id, new.claim_id, new.field)
     or new.why is null and not exists (
          select from intake_question q
           where q.client_id = new.client_id and q.claim_id = new.claim_id and q.answered_at = new.at
             and q.answered_by = new.by_id and q.unobtainable_why is null)
  then
    raise insufficient_privilege using message = 'what is kept of a claim is what stood there, and why it changes';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_change_guard() FROM PUBLIC;

CREATE FUNCTION desk_change_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.became is distinct from desk_standing(new.client_id, new.claim_id, new.field)
     and not exists (select from field_change f where f.client_id = new.client_id and f.claim_id = new.claim_id
                        and f.field = new.field and f.change_id > new.change_id)
  then
    raise exception 'this did not become of the field' using errcode = 'check_violation';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_change_made() FROM PUBLIC;

CREATE FUNCTION desk_claim_agrees() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v claim;
  v_promise sla_policy;
  v_promised interval;
  v_earliest timestamptz;
  v_latest timestamptz;
  v_pause record;
begin
  select * into v from claim where client_id = new.client_id and claim_id = new.claim_id;
  select * into v_promise from sla_policy where client_id = v.client_id and effective_from = v.sla_effective_from;
  v_promised := v_promise.hours * interval '1 hour';
  v_earliest := v.reported_at + v_promised;
  if v_promise.clock = 'elapsed' then
    v_earliest := v_earliest + desk_paused(v.client_id, v.claim_id, v.reported_at, v_promise.hours);
    v_latest := v_earliest;
  else -- each pause costs itself, and what is closed before as much time has been open again
    v_latest := desk_latest(v_promise, v.reported_at, v_promised);
    for v_pause in select starts_at, ends_at from clock_pause
                    where client_id = v.client_id and claim_id = v.claim_id and ends_at > starts_at order by starts_at loop
      if v_pause.starts_at < v_latest then
        v_latest := desk_latest(v_promise, greatest(v_latest, v_pause.ends_at),
                                least(v_pause.ends_at - v_pause.starts_at, v_promised));
      end if;
    end loop;
    if tg_table_name = 'claim' then
      if new.reported_at = old.reported_at then -- it moves with the pause that ended last
        select starts_at, ends_at into v_pause from clock_pause
         where client_id = v.client_id and claim_id = v.claim_id and ends_at is not null order by ends_at desc limit 1;
        v_latest := least(v_latest, desk_latest(v_promise, greatest(old.due_at, v_pause.ends_at),
                                                least(v_pause.ends_at - v_pause.starts_at, v_promised)));
      end if;
    end if;
  end if;
  -- The end of a pause never makes a claim due earlier than it was; a deadline that is moved is looked at by itself.
  if v.due_at < v_earliest or (tg_table_name = 'claim' and v.due_at > v_latest) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_claim_agrees() FROM PUBLIC;

CREATE FUNCTION desk_claim_numbered() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.claim_number := 'C-' operator(pg_catalog.||) new.claim_id::pg_catalog.text;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_claim_numbered() FROM PUBLIC;

CREATE FUNCTION desk_claims_begin() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if exists (select from (select p.client_id, p.effective_from, p.clock, p.hours * interval '1 hour' as promised, carried.day,
                                 case p.clock when 'business'
                                   then desk_latest(p, carried.day + interval '24 hours', p.hours * interval '1 hour') end as latest
                            from (select distinct client_id, sla_effective_from, date_trunc('day', reported_at, 'UTC') as day
                                    from made) carried
                            join sla_policy p on (p.client_id, p.effective_from) = (carried.client_id, carried.sla_effective_from)
                          offset 0) p
                    join made on (made.client_id, made.sla_effective_from, date_trunc('day', made.reported_at, 'UTC'))
                                 = (p.client_id, p.effective_from, p.day)
              where made.due_at < made.reported_at + p.promised
                 or made.due_at > coalesce(p.latest, made.reported_at + p.promised))
     or exists (select from made join sla_policy other using (client_id)
                 where other.effective_from > made.sla_effective_from and other.effective_from <= made.reported_at
                    or other.effective_from < made.sla_effective_from and made.sla_effective_from > made.reported_at) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  if exists (select from made where reported_at > upper(desk_moment()) and not 'future_date' = any (flags)) then
    raise exception 'a report of the future is in doubt' using errcode = 'check_violation';
  end if;
  if exists (select from (select distinct client_id, import_id, channel from made) brought
              where (import_id is not null) <> (channel = 'feed')
                 or import_id is not null and not exists
                    (select from feed_import i where (i.client_id, i.import_id) = (brought.client_id, brought.import_id)
                        and i.by_id = desk_staff_id() and i.state = 'done' and i.kind = 'claims')) then
    raise exception 'claims of a feed come with an import of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_claims_begin() FROM PUBLIC;

CREATE FUNCTION desk_clear_lockout(p_staff integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_name text;
begin
  select sign_in_name into v_name from staff where staff_id = p_staff and desk_manages();
  if not found then
    return false;
  end if;
  delete from sign_in_attempt where name_key = encode(sha256(convert_to(v_name, 'UTF8')), 'hex') and not ok;
  insert into audit_event (actor_id, noun, noun_id, verb)
  values (coalesce(desk_staff_id(), 0), 'staff', p_staff, 'lockout_cleared');
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_clear_lockout(p_staff integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_clear_lockout(p_staff integer) TO desk_app;

CREATE FUNCTION desk_client_day(p_client integer, p_at timestamp with time zone) RETURNS date
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select (p_at at time zone coalesce(
           (select p.timezone from sla_policy p where p.client_id = c.client_id and p.effective_from <= p_at
             order by p.effective_from desc limit 1), c.timezone))::date
    from client c where c.client_id = p_client $$;
REVOKE ALL ON FUNCTION desk_client_day(p_client integer, p_at timestamp with time zone) FROM PUBLIC;

CREATE FUNCTION desk_clients() RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select coalesce(array_agg(r.client_id), '{}') from staff s join reaches r using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and s.role in ('va', 'clinical', 'account_executive') $$;
REVOKE ALL ON FUNCTION desk_clients() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_clients() TO desk_app;

CREATE FUNCTION desk_clinicians(p_client integer, p_from timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(staff_id integer, full_name text, timezone text, hours text[], languages text[], licences text[], compact boolean, daily_calls smallint, away_from timestamp with time zone[], away_until timestamp with time zone[], busy_from timestamp with time zone[], busy_until timestamp with time zone[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select s.staff_id, s.full_name, s.timezone, c.hours, c.languages, c.licences, c.compact, c.daily_calls,
         away.starts, away.ends, busy.starts, busy.ends
    from clinician c
    join staff s on s.staff_id = c.staff_id
   cross join lateral (
     select coalesce(array_agg(o.starts_at order by o.starts_at, o.off_id), '{}') as starts,
            coalesce(array_agg(o.ends_at order by o.starts_at, o.off_id), '{}') as ends
       from time_off o where o.staff_id = c.staff_id and o.starts_at < p_until and o.ends_at > p_from) away
   cross join lateral (
     select coalesce(array_agg(t.starts_at order by t.starts_at), '{}') as starts,
            coalesce(array_agg(t.ends_at order by t.starts_at), '{}') as ends
       from triage_call t
      where t.clinician_id = c.staff_id and t.status = 'booked'
        and t.starts_at > p_from - interval '2 hours' and t.starts_at < p_until) busy
   where s.active and s.role = 'clinical'
     and (select desk_works())
     and exists (select from reaches r where r.staff_id = c.staff_id and r.client_id = coalesce(p_client, r.client_id)
                    and ((select desk_supervises()) or r.client_id = any ((select desk_identity_clients())::int[])))
   order by s.staff_id $$;
REVOKE ALL ON FUNCTION desk_clinicians(p_client integer, p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_clinicians(p_client integer, p_from timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_clock_checked_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  select new.checked_by, 'statutory_clock', c.clock_id, 'clock_checked',
         jsonb_build_object('jurisdictions', jsonb_build_array(c.jurisdiction), 'kind', c.kind, 'source', new.against)
    from statutory_clock c where c.clock_id = new.clock_id;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_clock_checked_told() FROM PUBLIC;

CREATE FUNCTION desk_clock_left(p_clock text, p_ours boolean, p_due timestamp with time zone, p_at timestamp with time zone, p_today timestamp with time zone, p_days timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((NOT p_ours) OR (p_clock = ANY (ARRAY['tolled'::text, 'deferred'::text])) OR ((p_clock = 'waiting'::text) AND (p_due IS NULL))) THEN 6 WHEN (p_due IS NULL) THEN 5 WHEN (p_due < p_at) THEN 0 WHEN ((p_due - p_at) < '04:00:00'::interval) THEN 1 WHEN (p_due < p_today) THEN 2 WHEN (p_due < p_days) THEN 3 ELSE 4 END;
REVOKE ALL ON FUNCTION desk_clock_left(p_clock text, p_ours boolean, p_due timestamp with time zone, p_at timestamp with time zone, p_today timestamp with time zone, p_days timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_clock_left(p_clock text, p_ours boolean, p_due timestamp with time zone, p_at timestamp with time zone, p_today timestamp with time zone, p_days timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_clock_runs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null
     and (tg_op = 'UPDATE' or c.first_contact_at is null and c.date_of_death is null) for no key update;
  if not found then
    raise exception 'the clock of this claim no longer runs' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_clock_runs() FROM PUBLIC;

CREATE FUNCTION desk_close_claim(p_client integer, p_claim bigint, p_why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update claim set closed_at = clock_timestamp(), closed_why = p_why, closed_by = desk_staff_id(), version = version + 1
   where client_id = p_client and claim_id = p_claim and closed_at is null and desk_supervises();
  return desk_closing_told(found, p_client, p_claim, 'closed', p_why);
end $$;
REVOKE ALL ON FUNCTION desk_close_claim(p_client integer, p_claim bigint, p_why text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_close_claim(p_client integer, p_claim bigint, p_why text) TO desk_app;

CREATE FUNCTION desk_closed_day_listed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_promise sla_policy;
  v_today date;
begin
  select * into v_promise from sla_policy p where p.client_id = new.client_id
   order by p.effective_from <= new.effective_from desc,
            case when p.effective_from <= new.effective_from then p.effective_from end desc, p.effective_from limit 1;
  v_today := (new.set_at at time zone v_promise.timezone)::date;
  if (new.set_at <@ desk_moment() and new.effective_from >= new.set_at
      and new.day between greatest(v_today, (new.effective_from at time zone v_promise.timezone)::date) and v_today + 730
      and extract(isodow from new.day)::smallint = any (v_promise.working_days)) is not true then
    raise exception 'a day is closed or worked from now on, and within two years' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_closed_day_listed() FROM PUBLIC;

CREATE FUNCTION desk_closer_together(p_left integer[], p_every integer[], p_last integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select array_ndims(p_left) = 1 and array_ndims(p_every) = 1 and cardinality(p_left) = cardinality(p_every)
     and cardinality(p_left) <= 8
     and array_position(p_left, null) is null and array_position(p_every, null) is null
     and (select bool_and(s.left_hours between 1 and 2160 and s.every_hours between 1 and 2160
                          and (s.left_hours < s.longer) is not false and (s.every_hours <= s.seldomer) is not false)
            from (select left_hours, every_hours, lag(left_hours) over w as longer, lag(every_hours) over w as seldomer
                    from unnest(p_left, p_every) with ordinality step (left_hours, every_hours, number)
                  window w as (order by number)) s)
     and p_every[cardinality(p_every)] >= p_last $$;
REVOKE ALL ON FUNCTION desk_closer_together(p_left integer[], p_every integer[], p_last integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_closer_together(p_left integer[], p_every integer[], p_last integer) TO desk_app;

CREATE FUNCTION desk_closing_told(p_done boolean, p_client integer, p_claim bigint, p_kind text, p_why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not p_done then
    raise exception 'an open claim is closed, and a closed one reopened, by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  if (length(p_why) <= 200 and desk_shows(p_why)) is not true then
    raise exception 'a claim is closed and reopened for a reason' using errcode = 'check_violation';
  end if;
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, p_claim, clock_timestamp(), desk_staff_id(), p_kind, jsonb_build_object('why', p_why));
  insert into audit_event (actor_id, client_id, noun, noun_id, verb)
  values (desk_staff_id(), p_client, 'claim', p_claim, p_kind);
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_closing_told(p_done boolean, p_client integer, p_claim bigint, p_kind text, p_why text) FROM PUBLIC;

CREATE FUNCTION desk_complete_before_review() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if (select desk_intake_open(a.client_id, a.claim_id) from contact_attempt a
       where a.client_id = new.client_id and a.attempt_id = new.attempt_id)
     is distinct from (new.incomplete_why is not null) then
    raise exception 'a first contact is made once intake is complete, or says why it could not wait'
      using errcode = 'check_violation', constraint = 'first_contact_complete';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_complete_before_review() FROM PUBLIC;

CREATE FUNCTION desk_consent(p_client integer, p_worker bigint, p_channel text, p_at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select s.answer from injured_worker w
    join contact_consent s on (s.client_id, s.number_key) = (w.client_id, desk_number_key(w.phone))
   where (w.client_id, w.worker_id) = (p_client, p_worker) and s.channel = p_channel and s.at <= p_at
     and (s.worker_id = w.worker_id or s.answer <> 'given')
   order by s.consent_id desc limit 1 $$;
REVOKE ALL ON FUNCTION desk_consent(p_client integer, p_worker bigint, p_channel text, p_at timestamp with time zone) FROM PUBLIC;

CREATE FUNCTION desk_consent_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_kind constant text := 'consent_' || new.answer;
  v_detail constant jsonb := jsonb_build_object('consent', new.consent_id, 'channel', new.channel);
begin
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (new.by_id, new.client_id, 'claim', new.claim_id, v_kind, v_detail);
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (new.client_id, new.claim_id, new.at, new.by_id, v_kind, v_detail);
  perform pg_notify('desk_claim', json_build_object('client', new.client_id, 'claims', json_build_array(new.claim_id))::text);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_consent_told() FROM PUBLIC;

CREATE FUNCTION desk_contact_ends_pause() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update clock_pause p set ended_attempt_id = new.attempt_id
   where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ended_by = new.by_id
     and p.ends_at = greatest(new.at, p.starts_at) and p.xmin = pg_current_xact_id()::xid;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_contact_ends_pause() FROM PUBLIC;

CREATE FUNCTION desk_corrected_after_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if exists (
    select from determination_notice n
     where n.client_id = new.client_id and n.claim_id = new.claim_id and n.request_id = new.request_id
       and n.determination_id = new.corrects_id and date_trunc('minute', n.at) > new.decided_at) then
    raise exception 'a correction is decided after what it corrects was told' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_corrected_after_told() FROM PUBLIC;

CREATE FUNCTION desk_counted_by_its_law(p authorization_request) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select p.rule is null or exists (
    select from statutory_clock k
     where k.clock_id = p.rule and k.jurisdiction = p.jurisdiction and k.withdrawn_at is null
       and (k.kind = p.kind or k.kind = 'incomplete_request_return' and p.clock = 'waiting' and p.returned_at is null)) $$;
REVOKE ALL ON FUNCTION desk_counted_by_its_law(p authorization_request) FROM PUBLIC;

CREATE FUNCTION desk_cover_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from staff where staff_id = new.staff_id for share;
  if not exists (select from staff where staff_id = new.staff_id and active and role in ('va', 'clinical')) then
    raise exception 'cover is by somebody who may sign in and works claims' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_cover_guard() FROM PUBLIC;

CREATE FUNCTION desk_credential(p_name text) RETURNS TABLE(staff_id integer, password_hash text, active boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select s.staff_id, c.password_hash, s.active from staff s join staff_credential c using (staff_id)
   where s.sign_in_name = lower(p_name) $$;
REVOKE ALL ON FUNCTION desk_credential(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_credential(p_name text) TO desk_app;

CREATE FUNCTION desk_day_begun(p_client integer, p_day date) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (
    select from client c
     where (p_client is null or c.client_id = p_client)
       and desk_begun(p_day::timestamp at time zone coalesce(
             (select p.timezone from sla_policy p where p.client_id = c.client_id and p.effective_from <= now()
               order by p.effective_from desc limit 1), c.timezone))) $$;
REVOKE ALL ON FUNCTION desk_day_begun(p_client integer, p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_day_begun(p_client integer, p_day date) TO desk_app;

CREATE FUNCTION desk_death_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.date_of_death is null then
    new.death_seen_at := null;
    new.death_seen_by := null;
  end if;
  if current_user <> 'desk_app' then
    return new;
  end if;
  if old.date_of_death is not null and new.date_of_death is distinct from old.date_of_death
     and desk_role() is distinct from 'supervisor' then
    raise exception 'a date of death is corrected by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  if new.death_seen_at is not null
     and (new.death_seen_at, new.death_seen_by) is distinct from (old.death_seen_at, old.death_seen_by)
     and (desk_role() is distinct from 'supervisor' or new.death_seen_by is distinct from desk_staff_id()
          or old.death_seen_at is not null) then
    raise exception 'a death is acknowledged by a supervisor, in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  if new.death_seen_at is null and old.death_seen_at is not null and new.date_of_death is not null then
    raise exception 'an acknowledged death stays acknowledged' using errcode = 'insufficient_privilege';
  end if;
  if new.date_of_death is not null and new.first_contact_at is distinct from old.first_contact_at then
    raise exception 'the worker has died: nobody is called' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_death_guard() FROM PUBLIC;

CREATE FUNCTION desk_death_on_record() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_verb text := 'death_reported';
begin
  if tg_op = 'UPDATE' then
    v_verb := case when new.date_of_death is null then 'death_withdrawn'
                   when old.date_of_death is null then 'death_reported' else 'death_corrected' end;
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb)
  values (coalesce(desk_staff_id(), 0), new.client_id, 'claim', new.claim_id, v_verb);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_death_on_record() FROM PUBLIC;

CREATE FUNCTION desk_determination_stands(p_client integer, p_claim bigint, p_request bigint, p_determination bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (
    select from determination d
     where d.client_id = p_client and d.claim_id = p_claim and d.request_id = p_request
       and d.determination_id = p_determination and d.outcome not in ('deferred', 'pended', 'withdrawn')
       and not exists (select from determination c
                        where c.client_id = d.client_id and c.claim_id = d.claim_id and c.request_id = d.request_id
                          and c.corrects_id = d.determination_id)) $$;
REVOKE ALL ON FUNCTION desk_determination_stands(p_client integer, p_claim bigint, p_request bigint, p_determination bigint) FROM PUBLIC;

CREATE FUNCTION desk_determined() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v authorization_request;
begin
  select * into v from authorization_request r
   where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id for update;
  if (new.decided_at >= v.received_at
      and case when new.corrects_id is null then v.decided_at is null
               else v.decided_at is not null and new.outcome not in ('deferred', 'pended')
                    and new.corrects_id < new.determination_id
                    and exists (select from determination d
                                 where d.client_id = new.client_id and d.claim_id = new.claim_id
                                   and d.request_id = new.request_id and d.determination_id = new.corrects_id
                                   and d.outcome not in ('deferred', 'pended')) end) is not true then
    raise exception 'a request is decided once, after it came, and a correction corrects what was decided'
      using errcode = 'insufficient_privilege';
  end if;
  update authorization_request
     set outcome = new.outcome,
         decided_at = case when new.outcome not in ('deferred', 'pended') then new.decided_at end,
         ended_at = case when new.outcome = 'withdrawn' then coalesce(ended_at, new.recorded_at) else ended_at end,
         clock = case when new.outcome = 'withdrawn' then 'stopped' else clock end,
         to_tell_at = case when new.corrects_id is not null and ended_at is not null and new.outcome <> 'withdrawn'
                           then new.recorded_at end,
         follow_up_at = case when new.outcome not in ('deferred', 'pended') then null else follow_up_at end
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id;
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id,
    case when new.corrects_id is null then 'determined' else 'determination_corrected' end, new.recorded_at, new.decided_by,
    jsonb_build_object('outcome', new.outcome, 'decided_at', new.decided_at, 'jurisdiction', v.jurisdiction));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_determined() FROM PUBLIC;

CREATE FUNCTION desk_determined_by_lapse() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v authorization_request;
begin
  select * into v from authorization_request r
   where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id for update;
  if (case when new.corrects_id is null then desk_given_by_lapse(v, new.lapse_of, new.decided_at)
           else exists (select from determination d
                         where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
                           and d.determination_id = new.corrects_id and d.lapse_of = new.lapse_of) end) is not true then
    raise exception 'what follows from a lapse is what its own law gives' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_determined_by_lapse() FROM PUBLIC;

CREATE FUNCTION desk_done(p_client integer, p_noun text, p_id bigint, p_verb text, p_detail jsonb) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_me constant int := desk_staff_id();
  v_now constant xid := pg_current_xact_id()::xid;
begin
  return coalesce(case p_noun
    when 'claim' then case
      when p_verb = 'draft_kept' then exists (
        select from draft d where d.xmin = v_now and d.staff_id = v_me and d.form = p_detail ->> 'form'
           and d.client_id is not distinct from p_client and coalesce(d.claim_id, 0) = p_id)
      when p_verb in ('snoozed', 'skipped') then exists (
        select from work_mark m where m.xmin = v_now and m.staff_id = v_me and m.client_id = p_client and m.claim_id = p_id
           and (m.reason is null) = (p_verb = 'snoozed') and m.until = (p_detail ->> 'until')::timestamptz) end
    when 'file' then exists (
      select from file f where f.xmin = v_now and f.client_id = p_client and f.file_id = p_id
         and case p_verb when 'kept' then f.uploaded_by = v_me and f.set_aside_at is null
                         when 'set_aside' then f.set_aside_by = v_me end)
    when 'import' then exists (
      select from feed_import i where i.xmin = v_now and i.client_id = p_client and i.import_id = p_id
         and case p_verb when 'imported' then i.state = 'done' and i.by_id = v_me
                         when 'cancelled' then i.state = 'cancelled' and i.by_id = v_me
                         when 'undone' then i.state = 'undone' and i.undone_by = v_me end)
    when 'feed_mapping' then p_verb = 'saved' and exists (
      select from feed_mapping f where f.xmin = v_now and f.client_id = p_client and p_id = p_client and f.saved_by = v_me)
    when 'client' then p_id = p_client and case
      when p_verb in ('promise_changed', 'promise_replanned', 'timezone_changed') then exists (
        select from sla_policy p where p.xmin = v_now and p.client_id = p_client and p.set_by = v_me
           and (p_verb <> 'timezone_changed' or p.timezone = p_detail ->> 'to'))
      when p_verb in ('closed_day_added', 'closed_day_taken_out') then exists (
        select from client_holiday h where h.xmin = v_now and h.client_id = p_client and h.set_by = v_me
           and h.closed = (p_verb = 'closed_day_added') and h.day = (p_detail ->> 'day')::date)
      else exists (
        select from client c where c.xmin = v_now and c.client_id = p_client
           and case p_verb when 'added' then c.version = 1 and c.code = p_detail ->> 'code'
                           when 'renamed' then c.name = p_detail ->> 'to'
                           when 'promise_withdrawn' then not exists (
                             select from sla_policy p where p.client_id = p_client
                                and p.effective_from = (p_detail ->> 'effective_from')::timestamptz) end) end
    when 'staff' then case
      when p_verb in ('cover_set', 'cover_ended', 'cover_over') then exists (
        select from client_cover c where c.xmin = v_now and c.client_id = p_client and c.staff_id = p_id
           and c.cover_id = (p_detail ->> 'cover')::bigint
           and case p_verb when 'cover_set' then c.set_by = v_me and c.ended_at is null
                           when 'cover_ended' then c.ended_by = v_me
                           else c.ended_by = v_me and c.ended_at = c.until end)
      when p_verb = 'password_set' then exists (
        select from staff_credential c where c.xmin = v_now and c.staff_id = p_id)
      when p_verb = 'sessions_ended' then desk_manages() and (p_detail ->> 'sessions_ended')::bigint > 0
        and (p_detail ->> 'sessions_ended')::bigint = (
        select count(*) from staff_session e where e.xmin = v_now and e.staff_id = p_id and e.ended_at is not null)
      when p_verb = 'sample_founded' then p_id = v_me and desk_manages() and exists (
        select from client c where c.xmin = v_now)
      else exists (
        select from staff s where s.xmin = v_now and s.staff_id = p_id
           and case p_verb when 'added' then s.created_at >= now() and s.role = p_detail ->> 'role'
                           when 'enabled' then s.active
                           when 'disabled' then not s.active
                           when 'role_changed' then s.role = p_detail ->> 'to'
                           when 'clients_set' then
                             p_detail -> 'added' <@ (select coalesce(jsonb_agg(c.client_id), '[]') from staff_client c
                                                      where c.xmin = v_now and c.staff_id = p_id)
                             and not exists (select from staff_client c
                                              where c.staff_id = p_id and p_detail -> 'removed' @> to_jsonb(c.client_id)) end) end
  end, false);
end $$;
REVOKE ALL ON FUNCTION desk_done(p_client integer, p_noun text, p_id bigint, p_verb text, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_done(p_client integer, p_noun text, p_id bigint, p_verb text, p_detail jsonb) TO desk_app;

CREATE FUNCTION desk_doubt_settled() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_now constant xid := pg_current_xact_id()::xid;
  v_dates constant text[] := array['future_injury', 'negative_lag', 'future_date', 'report_time_missing', 'report_time_unread',
                                   'report_time_midnight'];
  v_deaths constant text[] := array['death_in_future', 'death_before_injury'];
  v_settled text[] := '{}';
begin
  select coalesce(array_agg(each), '{}') into v_settled
    from (select f.field from field_change f
           where f.client_id = new.client_id and f.claim_id = new.claim_id and f.xmin = v_now
          union
          select q.element from intake_question q
           where q.client_id = new.client_id and q.claim_id = new.claim_id and q.xmin = v_now
             and q.answered_at is not null and q.unobtainable_why is null
             and exists (select from claim_event e
                          where e.client_id = q.client_id and e.claim_id = q.claim_id and e.xmin = v_now
                            and e.kind = 'question_answered' and e.detail @> jsonb_build_object('element', q.element,
                                                                                                'reason', q.reason))
         ) known (field),
         unnest(case known.field
                  when 'birth_date' then array['age_doubtful']
                  when 'date_of_injury' then v_dates || v_deaths || array['age_doubtful', 'hired_after_injury']
                  when 'injured_time' then v_dates
                end) each;
  v_settled := v_settled || array(
    select unnest(case when e.kind = 'report_corrected' then v_dates else v_deaths end) from claim_event e
     where e.client_id = new.client_id and e.claim_id = new.claim_id and e.xmin = v_now
       and e.kind in ('report_corrected', 'death_reported', 'death_corrected', 'death_withdrawn'));
  if exists (select unnest(old.flags) except select unnest(new.flags) except select unnest(v_settled)) then
    raise exception 'a doubt is answered, or stays' using errcode = 'check_violation';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_doubt_settled() FROM PUBLIC;

CREATE FUNCTION desk_due_sensibly(p authorization_request, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select p.due_at is null or case
    when p.due_why is not null then p.due_at between p.received_at and p_at + interval '1096 days'
    else p.due_at >= least(p.received_at, p.postmarked_on::timestamptz) and p.due_at <= p_at + greatest(interval '1096 days', (
      select 2 * (k.amount + coalesce(k.extension_amount, 0) + coalesce(k.information_amount, 0)) * interval '1 day'
        from statutory_clock k where k.clock_id = p.rule)) end $$;
REVOKE ALL ON FUNCTION desk_due_sensibly(p authorization_request, p_at timestamp with time zone) FROM PUBLIC;

CREATE FUNCTION desk_duration_bin(p_reported timestamp with time zone, p_contact timestamp with time zone) RETURNS smallint
    LANGUAGE sql IMMUTABLE
    AS $$
  select least(floor(extract(epoch from p_contact - p_reported) / 900), 1344)::smallint $$;
REVOKE ALL ON FUNCTION desk_duration_bin(p_reported timestamp with time zone, p_contact timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_duration_bin(p_reported timestamp with time zone, p_contact timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_durations(p_from date, p_until date) RETURNS TABLE(bin smallint, contacted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select bin, sum(contacted)::bigint from (
    select r.bin, r.contacted from duration_by_day r where r.day >= p_from and r.day < p_until
    union all
    select d.bin, d.contacted::bigint from fact_delta d
     where d.bin is not null and d.hour >= p_from::timestamp at time zone 'UTC' and d.hour < p_until::timestamp at time zone 'UTC') both_
   where (select desk_sees_all()) group by bin $$;
REVOKE ALL ON FUNCTION desk_durations(p_from date, p_until date) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_durations(p_from date, p_until date) TO desk_app;

CREATE FUNCTION desk_durations_by_assignee(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(bin smallint, contacted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
  select desk_duration_bin(reported_at, first_contact_at), count(*)
    from claim
   where assignee_id = any (p_assignees) and reported_at >= p_from and reported_at < p_until
     and first_contact_at is not null and merged_into is null
     and ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]))
     and (p_clients is null or client_id = any (p_clients))
     and (p_jurisdictions is null or coalesce(jurisdiction, '--') = any (p_jurisdictions))
   group by 1 $$;
REVOKE ALL ON FUNCTION desk_durations_by_assignee(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_durations_by_assignee(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_durations_by_jurisdiction(p_jurisdictions text[], p_from date, p_until date) RETURNS TABLE(bin smallint, contacted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select bin, sum(contacted)::bigint from (
    select r.bin, r.contacted from duration_by_jurisdiction_day r
     where r.jurisdiction = any (p_jurisdictions) and r.day >= p_from and r.day < p_until
    union all
    select d.bin, d.contacted::bigint from fact_delta d
     where d.jurisdiction = any (p_jurisdictions) and d.bin is not null
       and d.hour >= p_from::timestamp at time zone 'UTC' and d.hour < p_until::timestamp at time zone 'UTC') both_
   where (select desk_sees_all()) group by bin $$;
REVOKE ALL ON FUNCTION desk_durations_by_jurisdiction(p_jurisdictions text[], p_from date, p_until date) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_durations_by_jurisdiction(p_jurisdictions text[], p_from date, p_until date) TO desk_app;

CREATE FUNCTION desk_end_session(p_session_id bigint, p_token_hash bytea, p_at timestamp with time zone, p_why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_staff int; v_why text := left(p_why, 100);
begin
  update staff_session e set ended_at = desk_now_about(p_at), ended_why = v_why
   where e.session_id = p_session_id and e.ended_at is null
     and (e.token_hash = p_token_hash or desk_manages() or e.staff_id = desk_staff_id())
  returning e.staff_id into v_staff;
  if v_staff is null then
    return false;
  end if;
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(desk_staff_id(), v_staff), 'session', p_session_id, 'session_ended', jsonb_build_object('why', v_why));
  perform pg_notify('desk_access', json_build_object('session', p_session_id)::text);
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_end_session(p_session_id bigint, p_token_hash bytea, p_at timestamp with time zone, p_why text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_end_session(p_session_id bigint, p_token_hash bytea, p_at timestamp with time zone, p_why text) TO desk_app;

CREATE FUNCTION desk_end_tickets(p_staff_id integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if desk_manages() or p_staff_id = desk_staff_id() then
    perform from staff s where s.staff_id = p_staff_id for update;
    delete from sign_in_ticket t where t.staff_id = p_staff_id;
  end if;
end $$;
REVOKE ALL ON FUNCTION desk_end_tickets(p_staff_id integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_end_tickets(p_staff_id integer) TO desk_app;

CREATE FUNCTION desk_event_is_so() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
declare
  v claim;
  v_so boolean;
begin
  if new.kind = 'pause_ended' then -- it ended when the contact was made, which may be told later
    v_so := exists (select from clock_pause p join claim c using (client_id, claim_id)
                     where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ended_by = new.by_id
                       and c.first_contact_at is not null and p.ends_at = greatest(c.first_contact_at, p.starts_at));
  elsif new.kind in ('clock_paused', 'clock_resumed') then
    v_so := exists (select from clock_pause p where p.client_id = new.client_id and p.claim_id = new.claim_id
                       and case when new.kind = 'clock_paused' then p.starts_at = new.at and p.set_by = new.by_id
                                else p.ends_at = greatest(new.at, p.starts_at) and p.ended_by = new.by_id end);
  elsif new.kind = 'fields_corrected' then
    v_so := jsonb_typeof(new.detail -> 'fields') = 'array' and new.detail - 'fields' = '{}' and new.detail -> 'fields' <> '[]'
      and new.detail -> 'fields' <@ (
        select jsonb_agg(f.field) from field_change f
         where f.client_id = new.client_id and f.claim_id = new.claim_id
           and f.at = new.at and f.by_id = new.by_id and f.why is not null);
  else
    select * into v from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id;
    v_so := case new.kind
      when 'death_reported' then v.date_of_death is not null and v.death_seen_at is null
      when 'death_corrected' then v.date_of_death is not null
      when 'death_withdrawn' then v.date_of_death is null
      when 'death_acknowledged' then v.death_seen_at = new.at and v.death_seen_by = new.by_id
      when 'report_corrected' then desk_shows(new.detail ->> 'why')
        and concat_ws(' ', new.detail #>> '{reported_at,0}', new.detail #>> '{reported_at,1}', new.detail #>> '{due_at,0}',
                      new.detail #>> '{due_at,1}')
            ~ '^(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{6})?[+-]\d\d:\d\d( |$)){4}$'
        and (new.detail #>> '{reported_at,1}')::timestamptz = v.reported_at
        and (new.detail #>> '{due_at,1}')::timestamptz = v.due_at
      else v.assignee_id::text is not distinct from new.detail ->> 'to' end;
  end if;
  if v_so is not true then
    raise exception 'this did not happen to the claim' using errcode = 'check_violation';
  end if;
  return new;
end $_$;
REVOKE ALL ON FUNCTION desk_event_is_so() FROM PUBLIC;

CREATE FUNCTION desk_fact_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if old.merged_into is null and (old.closed_at is null and old.date_of_death is null or old.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (old.client_id, coalesce(old.jurisdiction, '--'), date_trunc('hour', old.reported_at, 'UTC'), -1,
            -(old.first_contact_at is not null)::int, -coalesce((old.first_contact_at <= old.due_at)::int, 0),
            desk_duration_bin(old.reported_at, old.first_contact_at));
  end if;
  if tg_op = 'UPDATE' and new.merged_into is null
     and (new.closed_at is null and new.date_of_death is null or new.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (new.client_id, coalesce(new.jurisdiction, '--'), date_trunc('hour', new.reported_at, 'UTC'), 1,
            (new.first_contact_at is not null)::int, coalesce((new.first_contact_at <= new.due_at)::int, 0),
            desk_duration_bin(new.reported_at, new.first_contact_at));
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_fact_changed() FROM PUBLIC;

CREATE FUNCTION desk_facts_begin() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
  select client_id, coalesce(jurisdiction, '--'), date_trunc('hour', reported_at, 'UTC'), count(*),
         count(first_contact_at), count(*) filter (where first_contact_at <= due_at),
         desk_duration_bin(reported_at, first_contact_at)
    from made
   where closed_at is null and date_of_death is null or first_contact_at is not null
   group by 1, 2, 3, 7;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_facts_begin() FROM PUBLIC;

CREATE FUNCTION desk_failures(p_name text, p_name_key text, p_address text, p_browser_hash bytea, p_since timestamp with time zone) RETURNS TABLE(by_name integer, by_address integer, by_browser integer, known boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  with mine as (select k.browser_hash from known_browser k join staff s using (staff_id) where s.sign_in_name = lower(p_name)),
       failed as (select a.browser_hash from sign_in_attempt a where a.name_key = p_name_key and not a.ok
                     and a.at > greatest(p_since, (select max(at) from sign_in_attempt where name_key = p_name_key and ok)))
  select (select count(*) from failed f where f.browser_hash is null or f.browser_hash not in (select browser_hash from mine))::int,
         (select count(*) from sign_in_attempt where address = p_address and at > p_since and not ok)::int,
         (select count(*) from failed f where f.browser_hash = p_browser_hash)::int,
         exists (select from mine where browser_hash = p_browser_hash) $$;
REVOKE ALL ON FUNCTION desk_failures(p_name text, p_name_key text, p_address text, p_browser_hash bytea, p_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_failures(p_name text, p_name_key text, p_address text, p_browser_hash bytea, p_since timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_field_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_old jsonb := to_jsonb(old);
  v_claims bigint[] := case when v_old ? 'claim_id' then array[(v_old ->> 'claim_id')::bigint]
    else array(select c.claim_id from claim c
                where c.client_id = old.client_id and c.worker_id = (v_old ->> 'worker_id')::bigint) end;
begin
  if exists (
    select from jsonb_each_text(v_old) o
      join jsonb_each_text(to_jsonb(new)) n using (key)
     cross join lateral (select case tg_table_name when 'representative' then 'representative_' else '' end || key as field) k
     cross join lateral (select desk_written(field, o.value) as was, desk_written(field, n.value) as became) v
     where o.value is distinct from n.value and field = any (desk_fields()) and was is not null
       and became is distinct from was
       and not (field = 'narrative' and coalesce(starts_with(became, was), false))
       and not exists (select from (select f.was, f.became from field_change f
                                     where f.client_id = old.client_id and f.claim_id = any (v_claims) and f.field = k.field
                                     order by f.change_id desc limit 1) f
                        where f.was = v.was and f.became is not distinct from v.became))
  then
    raise insufficient_privilege using message = 'what is known of a claim is kept where it is corrected';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_field_guard() FROM PUBLIC;

CREATE FUNCTION desk_fields() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY['given_name'::text, 'family_name'::text, 'birth_date'::text, 'phone'::text, 'email'::text, 'address'::text, 'postal_code'::text, 'preferred_contact'::text, 'language'::text, 'best_hours'::text, 'timezone'::text, 'interpreter'::text, 'do_not_contact'::text, 'date_of_injury'::text, 'injured_time'::text, 'jurisdiction'::text, 'client_claim_number'::text, 'emergency'::text, 'injury_place'::text, 'body_part'::text, 'nature'::text, 'cause'::text, 'narrative'::text, 'reporter'::text, 'reporter_phone'::text, 'representative_kind'::text, 'representative_name'::text, 'representative_firm'::text, 'representative_phone'::text, 'representative_email'::text, 'representative_permits'::text, 'part_code'::text, 'nature_code'::text, 'cause_code'::text, 'initial_treatment'::text, 'treated_at'::text, 'occupation'::text, 'lost_time'::text, 'last_day_worked'::text, 'return_to_work'::text, 'modified_duty'::text, 'work_supervisor'::text, 'work_supervisor_phone'::text];
REVOKE ALL ON FUNCTION desk_fields() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_fields() TO desk_app;

CREATE FUNCTION desk_first_administrator(p_sign_in_name text, p_full_name text, p_timezone text, p_hash text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_staff int;
begin
  perform pg_advisory_xact_lock(7301116);
  if exists (select from staff where sign_in_name <> 'command-line') then
    raise exception 'this desk already has its people' using errcode = 'insufficient_privilege';
  end if;
  insert into staff (sign_in_name, full_name, role, timezone)
  values (left(lower(p_sign_in_name), 200), left(p_full_name, 200), 'administrator', left(p_timezone, 64))
  returning staff_id into v_staff;
  insert into staff_credential (staff_id, password_hash) values (v_staff, p_hash);
  insert into audit_event (actor_id, noun, noun_id, verb) values (v_staff, 'staff', v_staff, 'founded');
  return v_staff;
end $$;
REVOKE ALL ON FUNCTION desk_first_administrator(p_sign_in_name text, p_full_name text, p_timezone text, p_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_first_administrator(p_sign_in_name text, p_full_name text, p_timezone text, p_hash text) TO desk_app;

CREATE FUNCTION desk_first_contact(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_since timestamp with time zone[], p_shifts integer[], p_from timestamp with time zone, p_until timestamp with time zone, p_at timestamp with time zone) RETURNS TABLE(weekday integer, hour integer, week date, reported bigint, decided bigint, on_time bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
#variable_conflict use_column
begin
  return query
  select number % 168 / 24 + 1, number % 168 % 24, date '0001-01-01' + number / 168 * 7,
         sum(reported), sum(reported) - sum(running), sum(on_time)
    from (select (date_part('epoch', hour) / 3600)::int + 17259888 + p_shifts[width_bucket(hour, p_since)] as number,
                 reported, on_time, running
         from (select hour, reported::int, on_time::int, 0 as running from desk_by_hour(p_from, p_until)
                where p_clients is null and p_jurisdictions is null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0
                 from desk_by_jurisdiction_hour(p_jurisdictions, p_from, p_until)
                where p_clients is null and p_jurisdictions is not null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0 from by_client_hour
                where client_id = any (p_clients) and hour >= p_from and hour < p_until
                  and p_jurisdictions is null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0 from by_all_hour
                where client_id = any (p_clients) and jurisdiction = any (p_jurisdictions)
                  and hour >= p_from and hour < p_until and p_assignees is null
               union all
               select hour, reported, on_time, 0 from fact_delta
                where client_id = any (p_clients) and hour >= p_from and hour < p_until
                  and (p_jurisdictions is null or jurisdiction = any (p_jurisdictions)) and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0
                 from desk_by_assignee_hour(p_clients, p_jurisdictions, p_assignees, p_from, p_until)
                where p_assignees is not null
               union all
               select hour, 0, 0, running::int
                 from desk_running(p_clients, p_jurisdictions, p_assignees, p_from, p_until, p_at)) parts
          offset 0) numbered -- keeps the planner from numbering once for each use
   group by grouping sets ((number % 168), (number / 168))
  having sum(reported) > 0
   order by number / 168 nulls first, number % 168;
end $$;
REVOKE ALL ON FUNCTION desk_first_contact(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_since timestamp with time zone[], p_shifts integer[], p_from timestamp with time zone, p_until timestamp with time zone, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_first_contact(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_since timestamp with time zone[], p_shifts integer[], p_from timestamp with time zone, p_until timestamp with time zone, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_first_contact_kept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and c.first_contact_at = new.at and c.first_contact_by = new.by_id) then
    raise exception 'an attempt that reached the worker is the first contact of its claim' using errcode = 'check_violation';
  end if;
  if not exists (select from first_contact f where f.client_id = new.client_id and f.attempt_id = new.attempt_id) then
    raise exception 'a first contact holds what was confirmed and explained' using errcode = 'check_violation';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_first_contact_kept() FROM PUBLIC;

CREATE FUNCTION desk_first_contact_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from contact_attempt a where a.client_id = new.client_id and a.claim_id = new.claim_id
                    and a.substantive and a.struck_at is null
                    and a.at = new.first_contact_at and a.by_id = new.first_contact_by) then
    raise exception 'a first contact is an attempt that reached the worker' using errcode = 'check_violation';
  end if;
  if exists (select from clock_pause p where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ends_at is null) then
    raise exception 'a pause ends with the first contact' using errcode = 'check_violation';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_first_contact_made() FROM PUBLIC;

CREATE FUNCTION desk_follow_up_is_a_step() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (
    select from authorization_request r
     where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id
       and r.change = 'followed_up' and r.changed_by = new.by_id and r.xmin = pg_current_xact_id()::xid) then
    raise exception 'a follow-up is a step of its request' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_follow_up_is_a_step() FROM PUBLIC;

CREATE FUNCTION desk_follow_up_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_provider text;
begin
  select r.provider_name into v_provider from authorization_request r
   where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id
     and r.decided_at is null and r.received_at <= new.at;
  if not found then
    raise exception 'what waits for a determination is followed up' using errcode = 'insufficient_privilege';
  end if;
  if new.party = 'provider' and new.outcome in ('answered', 'promised', 'message') then
    insert into disclosure (client_id, claim_id, recipient, purpose, at, by_id)
    values (new.client_id, new.claim_id, v_provider, 'Follow-up on a request for authorization', new.at, new.by_id);
  end if;
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_followed_up',
    new.recorded_at, new.by_id,
    jsonb_build_object('party', new.party, 'method', new.how, 'outcome', new.outcome, 'note', new.note));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_follow_up_told() FROM PUBLIC;

CREATE FUNCTION desk_forget_drafts(p_before timestamp with time zone) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  with gone as (
    delete from draft d
     where d.saved_at < least(p_before, upper(desk_present()) - interval '24 hours')
       and (d.saved_at < least(p_before, upper(desk_present()) - interval '24 hours') - interval '29 days'
            or not exists (select from telephone_intake t
                            where t.client_id = d.client_id and t.claim_id = d.claim_id and t.begun_by = d.staff_id
                              and d.form = 'report' and (t.ended_at is null or t.left_why is not null)))
    returning 1)
  select count(*)::int from gone $$;
REVOKE ALL ON FUNCTION desk_forget_drafts(p_before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_forget_drafts(p_before timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_given_by_lapse(p authorization_request, p_rule bigint, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select coalesce((
    select p.rule = p_rule and p.ours and p.due_why is null and p.complete_at is not null and p.due_at < p_at
           and p.clock in ('running', 'extended') and p.communicated_at is null
           and case k.lapse
                 when 'deemed' then k.jurisdiction <> 'FL' or p.channel not in ('phone', 'person')
                 when 'conditional' then p.document_id is not null and c.closed_at is null and exists (
                   select from claim_condition d
                    where d.client_id = p.client_id and d.claim_id = p.claim_id and d.status = 'allowed')
                 else false end
      from statutory_clock k join claim c on c.client_id = p.client_id and c.claim_id = p.claim_id
     where k.clock_id = p_rule and k.jurisdiction = p.jurisdiction and k.kind = p.kind), false) $$;
REVOKE ALL ON FUNCTION desk_given_by_lapse(p authorization_request, p_rule bigint, p_at timestamp with time zone) FROM PUBLIC;

CREATE FUNCTION desk_handed_over(p_client integer, p_claim bigint, p_at timestamp with time zone, p_to integer) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from hand_over h where (h.client_id, h.claim_id, h.given_at) = (p_client, p_claim, p_at)
                    and h.to_id = p_to and h.given_by = desk_staff_id()) $$;
REVOKE ALL ON FUNCTION desk_handed_over(p_client integer, p_claim bigint, p_at timestamp with time zone, p_to integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_handed_over(p_client integer, p_claim bigint, p_at timestamp with time zone, p_to integer) TO desk_app;

CREATE FUNCTION desk_held(p_staff integer, p_at timestamp with time zone) RETURNS TABLE(client_id integer, code text, name text, covered boolean, claims integer, overdue integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select c.client_id, k.code, k.name,
         not exists (select from staff_client s where (s.staff_id, s.client_id) = (p_staff, c.client_id))
         and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, c.client_id)),
         count(*)::int, count(*) filter (where c.due_at < p_at and desk_stands_still(p.starts_at, p.ends_at, c.due_at) is not true)::int
    from claim c join client k using (client_id)
    left join clock_pause p on p.client_id = c.client_id and p.claim_id = c.claim_id and p.ends_at is null
   where c.assignee_id = p_staff and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null
     and ((select desk_manages()) or (select desk_supervises()))
   group by c.client_id, k.code, k.name order by k.code $$;
REVOKE ALL ON FUNCTION desk_held(p_staff integer, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_held(p_staff integer, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_holder_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if current_user = 'desk_app' then
    perform desk_taker(new.assignee_id);
    if not desk_may_hold(new.assignee_id, new.client_id) then
      raise exception 'a claim is held by somebody who may sign in and serves or covers its client'
        using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_holder_guard() FROM PUBLIC;

CREATE FUNCTION desk_holiday_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (new.set_by, 'statutory_holiday', new.holiday_id, case when new.closed then 'holiday_added' else 'holiday_taken_out' end,
          jsonb_build_object('jurisdictions', jsonb_build_array(new.jurisdiction), 'day', new.day, 'name', new.name,
                             'reason', new.reason, 'effective_from', to_char(new.effective_from at time zone 'UTC',
                                                                            'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_holiday_told() FROM PUBLIC;

CREATE FUNCTION desk_hours_apart(p_hours text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT bool_and(((in_order.opens <> in_order.closes) AND (in_order.ends <= COALESCE(in_order.following, (in_order.first + 2400))))) AS bool_and
    FROM ( SELECT stretches.opens,
             stretches.closes,
             (stretches.closes +
                 CASE
                     WHEN (stretches.closes <= stretches.opens) THEN 2400
                     ELSE 0
                 END) AS ends,
             lead(stretches.opens) OVER (ORDER BY stretches.opens) AS following,
             min(stretches.opens) OVER () AS first
            FROM ( SELECT (replace(split_part(stretch.stretch, '-'::text, 1), ':'::text, ''::text))::integer AS opens,
                     (replace(split_part(stretch.stretch, '-'::text, 2), ':'::text, ''::text))::integer AS closes
                    FROM unnest(string_to_array(desk_hours_apart.p_hours, ','::text)) stretch(stretch)) stretches) in_order;
END;
REVOKE ALL ON FUNCTION desk_hours_apart(p_hours text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_hours_apart(p_hours text) TO desk_app;

CREATE FUNCTION desk_identity_clients() RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select coalesce((select array(select r.client_id from reaches r where r.staff_id = s.staff_id) from staff s
    where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active and s.role in ('va', 'clinical')),
    '{}') $$;
REVOKE ALL ON FUNCTION desk_identity_clients() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_identity_clients() TO desk_app;

CREATE FUNCTION desk_intake_open(p_client integer, p_claim bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from intake_question q
                  where q.client_id = p_client and q.claim_id = p_claim and q.answered_at is null)
     and (select desk_works()) and ((select desk_supervises()) or p_client = any ((select desk_identity_clients())::int[])) $$;
REVOKE ALL ON FUNCTION desk_intake_open(p_client integer, p_claim bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_intake_open(p_client integer, p_claim bigint) TO desk_app;

CREATE FUNCTION desk_is_clinical(p_staff integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from staff where staff_id = p_staff and active and role = 'clinical') $$;
REVOKE ALL ON FUNCTION desk_is_clinical(p_staff integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_is_clinical(p_staff integer) TO desk_app;

CREATE FUNCTION desk_kept_first() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.merged_into = new.claim_id
                and (c.reported_at, c.claim_id) < (new.reported_at, new.claim_id)) then
    raise exception 'a claim was reported before those merged into it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_kept_first() FROM PUBLIC;

CREATE FUNCTION desk_kind_known(p_jurisdiction text, p_kind text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select p_kind in ('prospective', 'expedited', 'concurrent', 'retrospective', 'reconsideration_decision')
      or exists (select from statutory_clock k where k.jurisdiction = p_jurisdiction and k.kind = p_kind) $$;
REVOKE ALL ON FUNCTION desk_kind_known(p_jurisdiction text, p_kind text) FROM PUBLIC;

CREATE FUNCTION desk_latest(p sla_policy, p_from timestamp with time zone, p_open interval) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_week int := cardinality(p.working_days);
  v_worked int;
  v_shut int := 0;
  v_days int := 0;
  v_before int;
begin
  select ceil(extract(epoch from p_open) / extract(epoch from desk_open_a_week(p) / v_week)) + 1 into v_worked;
  loop
    v_before := v_days;
    v_days := v_worked + v_shut + v_before / 180 + case p.calendar when 'NONE' then 0 else 4 + v_before / 14 end;
    v_days := v_days + ceil(v_days::numeric / v_week) * (7 - v_week) + 1;
    exit when v_days = v_before or v_days > 10000;
    select count(distinct day) into v_shut from client_holiday
     where client_id = p.client_id and closed
       and day between (p_from at time zone p.timezone)::date - 1 and (p_from at time zone p.timezone)::date + v_days;
  end loop;
  return p_from + v_days * interval '24 hours';
end $$;
REVOKE ALL ON FUNCTION desk_latest(p sla_policy, p_from timestamp with time zone, p_open interval) FROM PUBLIC;

CREATE FUNCTION desk_let_go(p_staff integer, p_to integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not (desk_manages() or desk_supervises()) then
    raise exception 'claims are taken back by an administrator or a supervisor' using errcode = 'insufficient_privilege';
  end if;
  return desk_take_back(p_staff, p_to);
end $$;
REVOKE ALL ON FUNCTION desk_let_go(p_staff integer, p_to integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_let_go(p_staff integer, p_to integer) TO desk_app;

CREATE FUNCTION desk_letter_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not desk_letter_holds(new) then
    raise exception 'a letter tells of a determination that stands, or of what is missing'
      using errcode = 'insufficient_privilege';
  end if;
  if new.party = 'attorney' and not exists (
    select from representative p
     where p.client_id = new.client_id and p.kind = 'attorney'
       and p.claim_id = (select coalesce(c.merged_into, c.claim_id) from claim c
                          where c.client_id = new.client_id and c.claim_id = new.claim_id)
       and (desk_shows(p.name) or desk_shows(p.firm))) then
    raise exception 'an attorney is written to where there is one' using errcode = 'insufficient_privilege';
  end if;
  if new.document_id is not null and not exists (
    select from claim_document d
     where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id
       and d.kind = 'letter' and d.added_by = desk_staff_id() and d.xmin = pg_current_xact_id()::xid) then
    raise exception 'a letter is kept as a document when it is made' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_letter_can_be() FROM PUBLIC;

CREATE FUNCTION desk_letter_goes_out() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if (new.determination_id is null and new.document_id is not null and new.handed_out_at is not null
      and desk_letter_holds(old)) is not true then
    raise exception 'a letter of a determination goes out with its notice, and only while that stands'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_letter_goes_out() FROM PUBLIC;

CREATE FUNCTION desk_letter_holds(p letter) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v authorization_request;
begin
  select * into v from authorization_request r
   where r.client_id = p.client_id and r.claim_id = p.claim_id and r.request_id = p.request_id for no key update;
  return found
    and case p.template
          when 'return_letter' then v.complete_at is null and v.decided_at is null and v.ended_at is null
          when 'deferral_letter' then v.clock = 'deferred' and v.deferred_why is not null and v.taken_up_at is null
                                      and v.decided_at is null
          else desk_determination_stands(p.client_id, p.claim_id, p.request_id, p.determination_id) end
    and not exists (select from letter n
                     where n.client_id = p.client_id and n.claim_id = p.claim_id and n.request_id = p.request_id
                       and n.template = p.template and n.determination_id is not distinct from p.determination_id
                       and n.party = p.party and n.language = p.language and n.letter_id > p.letter_id
                       and n.document_id is not null);
end $$;
REVOKE ALL ON FUNCTION desk_letter_holds(p letter) FROM PUBLIC;

CREATE FUNCTION desk_letter_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update letter
     set handed_out_at = new.at, how = new.how, recipient = new.recipient, handed_out_by = new.by_id
   where client_id = new.client_id and claim_id = new.claim_id and document_id = new.document_id and handed_out_at is null;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_letter_told() FROM PUBLIC;

CREATE FUNCTION desk_letter_went_out() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into disclosure (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id)
  select new.client_id, new.claim_id, new.document_id, f.digest, new.recipient,
         case new.template when 'return_letter' then 'Request returned as not complete'
                           else 'Notice that review is deferred' end,
         new.handed_out_at, new.handed_out_by
    from claim_document d join file f using (client_id, file_id)
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id;
  if new.template = 'deferral_letter' then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_changed',
      new.handed_out_at, new.handed_out_by,
      jsonb_build_object('step', 'deferral_told', 'party', new.party, 'method', new.how));
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_letter_went_out() FROM PUBLIC;

CREATE FUNCTION desk_line_determined() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v determination;
  v_line service_line;
begin
  select * into v from determination d
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
     and d.determination_id = new.determination_id and d.xmin = pg_current_xact_id()::xid;
  if not found then
    raise exception 'a line is decided with its determination' using errcode = 'insufficient_privilege';
  end if;
  if new.outcome = 'lapsed' and v.lapse_of is null then
    raise exception 'what follows from a lapse is of the clock that lapsed' using errcode = 'insufficient_privilege';
  end if;
  select * into v_line from service_line l
   where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id and l.line = new.line;
  if new.units > v_line.units then
    raise exception 'no more is approved than was asked for' using errcode = 'insufficient_privilege';
  end if;
  if v_line.used_units > coalesce(new.units, 0) then
    raise exception 'no fewer are approved than were used' using errcode = 'insufficient_privilege';
  end if;
  update service_line
     set outcome = new.outcome, approved_units = new.units, approved_words = new.words, from_on = new.from_on,
         until_on = new.until_on, authorization_number = new.authorization_number
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id and line = new.line;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_line_determined() FROM PUBLIC;

CREATE FUNCTION desk_line_with_request() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from authorization_request r
                  where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id
                    and r.xmin = pg_current_xact_id()::xid and r.logged_by = desk_staff_id()) then
    raise exception 'what is asked for comes with its request' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_line_with_request() FROM PUBLIC;

CREATE FUNCTION desk_log_attempt(p_client integer, p_claim bigint, p_at timestamp with time zone, p_party text, p_method text, p_outcome text, p_substantive boolean, p_note text, p_request uuid, p_call_again timestamp with time zone DEFAULT NULL::timestamp with time zone, p_recorded timestamp with time zone DEFAULT NULL::timestamp with time zone, p_late_why text DEFAULT NULL::text, p_permitted boolean DEFAULT false, p_against_why text DEFAULT NULL::text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
declare
  v_by int;
  v_role text;
  v_dead boolean;
  v_closed boolean;
  v_merged boolean;
  v_due timestamptz;
  v_recorded timestamptz := greatest(p_at, coalesce(p_recorded, lower(desk_moment())));
  v_late boolean;
  v_spoken_for boolean;
  v_channel constant text := case when p_party <> 'worker' then null when p_method = 'text' then 'text'
                                  when p_outcome = 'voicemail' then 'voicemail' end;
  v_unwanted boolean;
  v_answer text;
  v_against boolean;
  v_attempt bigint;
begin
  select s.staff_id, s.role, c.date_of_death is not null, c.closed_at is not null, c.merged_into is not null, c.due_at,
         (p_party = 'worker' and c.date_of_death is null and r.permits is not true
          and (coalesce(r.name, r.firm, r.phone, r.email) is not null or w.preferred_contact = 'attorney')) is true,
         p_party = 'worker' and w.do_not_contact is not null,
         case when v_channel is not null then desk_consent(p_client, w.worker_id, v_channel, p_at) end
    into v_by, v_role, v_dead, v_closed, v_merged, v_due, v_spoken_for, v_unwanted, v_answer
    from staff s join claim c on c.client_id = p_client and c.claim_id = p_claim
      join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
      left join representative r on (r.client_id, r.claim_id) = (c.client_id, c.claim_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and (s.role = 'supervisor' or s.role in ('va', 'clinical') and exists
           (select from reaches r where r.staff_id = s.staff_id and r.client_id = p_client))
     and p_at <= upper(desk_moment()) and (p_at >= c.reported_at or p_at >= lower(desk_moment()))
     and (p_recorded <@ desk_moment()) is not false;
  if not found or p_substantive and (v_role <> 'clinical' or v_closed) then
    raise exception 'this contact_attempt is not theirs to log' using errcode = 'insufficient_privilege';
  end if;
  if v_merged then
    raise exception 'a merged claim is worked where it leads'
      using errcode = 'check_violation', constraint = 'contact_attempt_claim_merged';
  end if;
  if v_dead and p_party = 'worker' then
    raise exception 'the worker has died: nobody is called'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_alive';
  end if;
  if v_spoken_for and p_permitted is not true then
    raise exception 'somebody speaks for the worker, and has not permitted this'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_spoken_for';
  end if;
  if v_channel = 'text' and v_answer = 'revoked' then
    raise exception 'the worker has revoked the consent to be texted'
      using errcode = 'check_violation', constraint = 'contact_attempt_text_revoked';
  end if;
  v_against := v_unwanted or coalesce(case v_channel when 'text' then v_answer is distinct from 'given'
                                                     when 'voicemail' then v_answer in ('refused', 'revoked') end, false);
  if v_against and desk_shows(p_against_why) is not true then
    raise exception 'an attempt that the worker did not wish for says why'
      using errcode = 'check_violation',
            constraint = 'contact_attempt_' || case when v_unwanted then 'unwanted' else 'unconsented' end;
  end if;
  if (p_call_again > lower(desk_moment()) and p_call_again <= upper(desk_moment()) + interval '30 days') is false then
    raise exception 'a call is promised for a time of the next 30 days' using errcode = 'check_violation';
  end if;
  v_late := p_at < v_recorded - interval '12 hours';
  if p_substantive and p_at <= v_due and v_due < v_recorded then
    v_late := v_late or not exists (
      select from clock_pause p
       where p.client_id = p_client and p.claim_id = p_claim and p.starts_at < v_due
         and (p.ends_at is null or p.ended_by = v_by and p.ends_at = greatest(p_at, p.starts_at)));
  end if;
  if v_late and length(btrim(coalesce(p_late_why, ''))) = 0 then
    raise exception 'a contact that is recorded late says why'
      using errcode = 'check_violation', constraint = 'contact_attempt_late_reasoned';
  end if;
  insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request,
                               call_again_at, recorded_at, late_why, permitted, against_why, called_attempt_id)
  values (p_client, p_claim, p_at, v_by, p_party, p_method, p_outcome, p_substantive, p_note, p_request, p_call_again,
          v_recorded, case when v_late then p_late_why end, v_spoken_for,
          case when v_against then p_against_why end,
          case when p_call_again is not null then desk_called(p_client, p_claim, p_party, p_at, null, p_call_again) end)
  on conflict (client_id, request) where request is not null do nothing
  returning attempt_id into v_attempt;
  if v_attempt is not null then
    update contact_attempt set called_attempt_id = v_attempt
     where client_id = p_client and claim_id = any (desk_one_injury(p_client, p_claim)) and party = p_party and at <= p_at
       and attempt_id < v_attempt
       and call_again_at is not null and called_attempt_id is null
       and (p_outcome in ('reached', 'reached_deferred', 'refused') or p_at >= call_again_at - interval '30 minutes');
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    values (v_by, p_client, 'claim', p_claim,
            case when p_substantive then 'first_contact_recorded' else 'attempt_logged' end,
            jsonb_build_object('attempt', v_attempt, 'party', p_party, 'method', p_method, 'outcome', p_outcome)
            || case when p_at < lower(desk_moment()) then jsonb_build_object('made_at', p_at) else '{}' end
            || case when v_spoken_for then jsonb_build_object('permitted', true) else '{}' end
            || case when v_against then jsonb_build_object('against', true) else '{}' end);
  end if;
  return v_attempt;
end $$;
REVOKE ALL ON FUNCTION desk_log_attempt(p_client integer, p_claim bigint, p_at timestamp with time zone, p_party text, p_method text, p_outcome text, p_substantive boolean, p_note text, p_request uuid, p_call_again timestamp with time zone, p_recorded timestamp with time zone, p_late_why text, p_permitted boolean, p_against_why text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_log_attempt(p_client integer, p_claim bigint, p_at timestamp with time zone, p_party text, p_method text, p_outcome text, p_substantive boolean, p_note text, p_request uuid, p_call_again timestamp with time zone, p_recorded timestamp with time zone, p_late_why text, p_permitted boolean, p_against_why text) TO desk_app;

CREATE FUNCTION desk_manages() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select pg_has_role(session_user, current_user, 'usage')
      or exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role = 'administrator') $$;
REVOKE ALL ON FUNCTION desk_manages() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_manages() TO desk_app;

CREATE FUNCTION desk_may_call(p_staff integer, p_client integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select desk_is_clinical(p_staff) and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, p_client)) $$;
REVOKE ALL ON FUNCTION desk_may_call(p_staff integer, p_client integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_may_call(p_staff integer, p_client integer) TO desk_app;

CREATE FUNCTION desk_may_hold(p_staff integer, p_client integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from staff s where s.staff_id = p_staff and s.active
                  and (s.role = 'supervisor' or s.role in ('va', 'clinical')
                       and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, p_client)))) $$;
REVOKE ALL ON FUNCTION desk_may_hold(p_staff integer, p_client integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_may_hold(p_staff integer, p_client integer) TO desk_app;

CREATE FUNCTION desk_merge_claims(p_client integer, p_kept bigint, p_other bigint, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_kept claim;
  v_other claim;
begin
  if desk_supervises() then
    perform from claim where client_id = p_client and claim_id in (p_kept, p_other) order by claim_id for no key update;
    select * into v_kept from claim where client_id = p_client and claim_id = p_kept;
    select * into v_other from claim where client_id = p_client and claim_id = p_other;
  end if;
  if (p_at <@ desk_moment() and v_kept.closed_at is null and v_other.closed_at is null
      and (v_kept.reported_at, v_kept.claim_id) < (v_other.reported_at, v_other.claim_id)) is not true
     or exists (select from claim where client_id = p_client and merged_into = p_other) then
    raise exception 'two open claims of one client are merged by a supervisor, into the one reported first'
      using errcode = 'insufficient_privilege';
  end if;
  if exists (select from triage_call where client_id = p_client and claim_id = p_other and status = 'booked')
     or v_kept.first_contact_at is not null and v_other.first_contact_at is not null
     or v_other.date_of_death is not null and v_other.date_of_death is distinct from v_kept.date_of_death
     or v_other.first_contact_at is not null
        and exists (select from clock_pause where client_id = p_client and claim_id = p_kept and ends_at is null) then
    raise exception 'claims that say different things of one worker are not merged' using errcode = 'check_violation';
  end if;
  update claim set merged_into = p_kept, closed_at = p_at, closed_why = 'Merged into ' || v_kept.claim_number,
                   closed_by = desk_staff_id(), version = version + 1
   where client_id = p_client and claim_id = p_other;
  -- A first contact with the worker is one of the injury, on whichever claim it was recorded.
  update claim set first_contact_at = coalesce(first_contact_at, v_other.first_contact_at),
                   first_contact_by = coalesce(first_contact_by, v_other.first_contact_by), version = version + 1
   where client_id = p_client and claim_id = p_kept;
  -- That they are of one injury is no question any more, nor that they share a number.
  with settled as (
      update intake_question q set answered_at = p_at, answered_by = desk_staff_id()
       where q.client_id = p_client and q.claim_id in (p_kept, p_other) and q.answered_at is null
         and (q.element = 'same_claim' or q.reason = 'same_number')
         and exists (select from claim n where n.client_id = p_client and n.claim_id <> q.claim_id
                        and (n.claim_id in (p_kept, p_other) or n.merged_into = p_kept)
                        and q.why ~ ('\m' || n.claim_number || '\M'))
      returning q.claim_id, jsonb_build_object('element', q.element, 'reason', q.reason) as which,
                case q.element when 'same_claim' then jsonb_build_object('answer', 'yes') else '{}' end as answer),
    told as (
      insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
      select p_client, claim_id, p_at, desk_staff_id(), 'question_answered', which || answer from settled)
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  select desk_staff_id(), p_client, 'claim', claim_id, 'question_answered', which from settled;
  perform desk_merging_told(v_kept, v_other, 'merged', p_at);
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_merge_claims(p_client integer, p_kept bigint, p_other bigint, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_merge_claims(p_client integer, p_kept bigint, p_other bigint, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_merged_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if exists (select from claim c
              where c.client_id = new.client_id and c.claim_id = new.claim_id and c.merged_into is not null) then
    raise exception 'a merged claim is worked where it leads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_merged_guard() FROM PUBLIC;

CREATE FUNCTION desk_merging_told(p_kept claim, p_other claim, p_kind text, p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_kept.client_id, p_kept.claim_id, p_at, desk_staff_id(), p_kind, jsonb_build_object('other', p_other.claim_number)),
         (p_other.client_id, p_other.claim_id, p_at, desk_staff_id(), p_kind, jsonb_build_object('into', p_kept.claim_number));
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (desk_staff_id(), p_kept.client_id, 'claim', p_kept.claim_id, p_kind, jsonb_build_object('other', p_other.claim_number)),
         (desk_staff_id(), p_other.client_id, 'claim', p_other.claim_id, p_kind, jsonb_build_object('into', p_kept.claim_number));
  perform pg_notify('desk_claim', json_build_object('client', p_kept.client_id,
                                                    'claims', json_build_array(p_kept.claim_id, p_other.claim_id))::text);
end $$;
REVOKE ALL ON FUNCTION desk_merging_told(p_kept claim, p_other claim, p_kind text, p_at timestamp with time zone) FROM PUBLIC;

CREATE FUNCTION desk_moment() RETURNS tstzrange
    LANGUAGE sql STABLE
    RETURN tstzrange((now() - '00:02:00'::interval), (now() + '00:01:00'::interval), '[]'::text);
REVOKE ALL ON FUNCTION desk_moment() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_moment() TO desk_app;

CREATE FUNCTION desk_name_keyed(p_name text, p_key text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (octet_length(p_name) = length(p_name)) THEN (p_key = "left"(btrim(regexp_replace(lower((p_name COLLATE "C")), '[^a-z0-9]+'::text, ' '::text, 'g'::text)), 200)) WHEN ((p_name COLLATE "C") !~ '^[\u0001-\u024f\u0300-\u036f]*$'::text) THEN true ELSE ((octet_length(regexp_replace(NORMALIZE(p_name, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text)) > length(regexp_replace(NORMALIZE(p_name, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text))) OR (p_key = "left"(btrim(regexp_replace(lower((regexp_replace(NORMALIZE(p_name, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text) COLLATE "C")), '[^a-z0-9]+'::text, ' '::text, 'g'::text)), 200))) END;
REVOKE ALL ON FUNCTION desk_name_keyed(p_name text, p_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_name_keyed(p_name text, p_key text) TO desk_app;

CREATE FUNCTION desk_not_few(p_number bigint, p_only_if text) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN ((p_only_if IS NULL) OR (p_number = 0) OR (p_number >= 5)) THEN p_number ELSE NULL::bigint END;
REVOKE ALL ON FUNCTION desk_not_few(p_number bigint, p_only_if text) FROM PUBLIC;

CREATE FUNCTION desk_note_attempt(p_name_key text, p_address text, p_browser_hash bytea, p_ok boolean, p_at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  insert into sign_in_attempt (at, name_key, address, browser_hash, ok)
  values (desk_now_about(p_at), left(p_name_key, 64), left(p_address, 100), substr(p_browser_hash, 1, 32), p_ok);
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  select 0, 'sign_in', 0, 'sign_in_failed', jsonb_build_object('address', left(p_address, 100)) where not p_ok $$;
REVOKE ALL ON FUNCTION desk_note_attempt(p_name_key text, p_address text, p_browser_hash bytea, p_ok boolean, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_note_attempt(p_name_key text, p_address text, p_browser_hash bytea, p_ok boolean, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_note_refusal(p_name_key text, p_address text, p_at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  insert into sign_in_refusal as r (name_key, address, first_at, last_at)
  values (left(p_name_key, 64), left(p_address, 100), desk_now_about(p_at), desk_now_about(p_at))
  on conflict (name_key, address) do update set tries = r.tries + 1, last_at = greatest(r.last_at, excluded.last_at) $$;
REVOKE ALL ON FUNCTION desk_note_refusal(p_name_key text, p_address text, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_note_refusal(p_name_key text, p_address text, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_notice_by_letter() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v letter;
begin
  select * into v from letter l
   where l.client_id = new.client_id and l.claim_id = new.claim_id and l.document_id = new.document_id;
  if found and (v.determination_id = new.determination_id and v.party = new.party and desk_letter_holds(v)) is not true then
    raise exception 'a letter goes out to whom it is written, and while its determination stands'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_notice_by_letter() FROM PUBLIC;

CREATE FUNCTION desk_notice_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v determination;
begin
  select * into v from determination d
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
     and d.determination_id = new.determination_id;
  if (new.at >= v.decided_at
      and not exists (select from determination d
                       where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
                         and d.corrects_id = new.determination_id)) is not true then
    raise exception 'nobody is told of what is not decided, or was corrected' using errcode = 'insufficient_privilege';
  end if;
  insert into disclosure (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id)
  values (new.client_id, new.claim_id, new.document_id,
          (select f.digest from claim_document d join file f using (client_id, file_id)
            where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id),
          new.recipient, 'Notice of a determination', new.at, new.by_id);
  update authorization_request
     set communicated_at = new.at, ended_at = new.recorded_at, clock = 'stopped'
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id
     and new.party = 'provider' and communicated_at is null and v.outcome not in ('deferred', 'pended');
  update authorization_request set to_tell_at = null
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id
     and new.party = 'provider' and to_tell_at is not null;
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'determination_told', new.recorded_at,
    new.by_id, jsonb_build_object('party', new.party, 'method', new.how, 'told_at', new.at));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_notice_told() FROM PUBLIC;

CREATE FUNCTION desk_now_about(p_at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select least(greatest(p_at, lower(desk_present())), upper(desk_present())) $$;
REVOKE ALL ON FUNCTION desk_now_about(p_at timestamp with time zone) FROM PUBLIC;

CREATE FUNCTION desk_npi_checks(p_npi text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (p_npi ~ '^[12][0-9]{9}$'::text) THEN ((((((((((((24 + (substr(p_npi, 10, 1))::integer) + (substr(p_npi, 2, 1))::integer) + (substr(p_npi, 4, 1))::integer) + (substr(p_npi, 6, 1))::integer) + (substr(p_npi, 8, 1))::integer) + (substr('0246813579'::text, ((substr(p_npi, 1, 1))::integer + 1), 1))::integer) + (substr('0246813579'::text, ((substr(p_npi, 3, 1))::integer + 1), 1))::integer) + (substr('0246813579'::text, ((substr(p_npi, 5, 1))::integer + 1), 1))::integer) + (substr('0246813579'::text, ((substr(p_npi, 7, 1))::integer + 1), 1))::integer) + (substr('0246813579'::text, ((substr(p_npi, 9, 1))::integer + 1), 1))::integer) % 10) = 0) ELSE (p_npi IS NULL) END;
REVOKE ALL ON FUNCTION desk_npi_checks(p_npi text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_npi_checks(p_npi text) TO desk_app;

CREATE FUNCTION desk_number_key(p_phone text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN NULLIF(regexp_replace(p_phone, '[^0-9x]'::text, ''::text, 'g'::text), ''::text);
REVOKE ALL ON FUNCTION desk_number_key(p_phone text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_number_key(p_phone text) TO desk_app;

CREATE FUNCTION desk_one_injury(p_client integer, p_claim bigint) RETURNS bigint[]
    LANGUAGE sql STABLE
    RETURN ARRAY(SELECT desk_one_injury.p_claim AS p_claim UNION ALL SELECT claim.claim_id FROM claim WHERE ((claim.client_id = desk_one_injury.p_client) AND (claim.merged_into = desk_one_injury.p_claim)));
REVOKE ALL ON FUNCTION desk_one_injury(p_client integer, p_claim bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_one_injury(p_client integer, p_claim bigint) TO desk_app;

CREATE FUNCTION desk_open_a_week(p sla_policy) RETURNS interval
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select cardinality(p.working_days)
         * sum(case when closes > opens then closes - opens else closes - opens + interval '24 hours' end)
    from (select split_part(stretch, '-', 1)::interval as opens, split_part(stretch, '-', 2)::interval as closes
            from regexp_split_to_table(p.open_hours, ',') stretch) stretches $$;
REVOKE ALL ON FUNCTION desk_open_a_week(p sla_policy) FROM PUBLIC;

CREATE FUNCTION desk_open_clocks(p_jurisdiction text, p_kind text) RETURNS TABLE(client_id integer, in_network boolean, received_at timestamp with time zone, channel text, postmarked_on date, complete_at timestamp with time zone, information_asked_at timestamp with time zone, information_at timestamp with time zone, tolled_at timestamp with time zone, resumed_at timestamp with time zone, deferred_at timestamp with time zone, taken_up_at timestamp with time zone, due_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select r.client_id, c.certified_network, r.received_at, r.channel, r.postmarked_on, r.complete_at, r.information_asked_at,
         r.information_at, r.tolled_at, r.resumed_at, r.deferred_at, r.taken_up_at, r.due_at
    from authorization_request r join claim c on c.client_id = r.client_id and c.claim_id = r.claim_id
   where r.ended_at is null and r.decided_at is null and r.due_why is null
     and r.jurisdiction = p_jurisdiction and (select desk_manages())
     and case when p_kind = 'incomplete_request_return' then r.clock = 'waiting'
              else r.kind = p_kind and r.clock <> 'waiting' end $$;
REVOKE ALL ON FUNCTION desk_open_clocks(p_jurisdiction text, p_kind text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_open_clocks(p_jurisdiction text, p_kind text) TO desk_app;

CREATE FUNCTION desk_open_follow_ups() RETURNS TABLE(client_id integer, jurisdiction text, clock text, ours boolean, received_at timestamp with time zone, complete_at timestamp with time zone, information_asked_at timestamp with time zone, information_at timestamp with time zone, tolled_at timestamp with time zone, resumed_at timestamp with time zone, deferred_at timestamp with time zone, taken_up_at timestamp with time zone, due_at timestamp with time zone, logged_at timestamp with time zone, follow_up_at timestamp with time zone, to_clinical_at timestamp with time zone, parties text[], replies text[], tried timestamp with time zone[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select r.client_id, r.jurisdiction, r.clock, r.ours, r.received_at, r.complete_at, r.information_asked_at, r.information_at,
         r.tolled_at, r.resumed_at, r.deferred_at, r.taken_up_at, r.due_at, r.logged_at, r.follow_up_at, r.to_clinical_at,
         f.parties, f.replies, f.tried
    from authorization_request r
   cross join lateral (
     select coalesce(array_agg(f.party order by f.at, f.follow_up_id), '{}') as parties,
            coalesce(array_agg(f.outcome order by f.at, f.follow_up_id), '{}') as replies,
            coalesce(array_agg(f.at order by f.at, f.follow_up_id), '{}') as tried
       from authorization_follow_up f
      where f.client_id = r.client_id and f.claim_id = r.claim_id and f.request_id = r.request_id) f
   where r.ended_at is null and r.decided_at is null and not r.follow_up_by_hand and (select desk_manages()) $$;
REVOKE ALL ON FUNCTION desk_open_follow_ups() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_open_follow_ups() TO desk_app;

CREATE FUNCTION desk_opened_last(p_most integer) RETURNS TABLE(client_id integer, claim_id bigint, opened_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
  select e.client_id, e.claim_id, max(e.at)
    from (select a.client_id, a.noun, a.verb, a.at,
                 case when a.detail ->> 'claim' ~ '^[0-9]{1,18}$' then (a.detail ->> 'claim')::bigint end as claim_id
            from audit_event a
           where a.actor_id = desk_staff_id() and a.at > now() - interval '30 days' order by a.at desc limit 1000) e
   where e.noun = 'injured_worker' and e.verb = 'read' and e.claim_id is not null
   group by 1, 2 order by 3 desc limit least(greatest(p_most, 0), 20) $_$;
REVOKE ALL ON FUNCTION desk_opened_last(p_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_opened_last(p_most integer) TO desk_app;

CREATE FUNCTION desk_pause_ended_by_contact() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and (c.first_contact_at = new.ends_at
                         or c.first_contact_at < new.ends_at and new.ends_at = new.starts_at)) then
    raise exception 'clinical staff end a pause by a first contact' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_pause_ended_by_contact() FROM PUBLIC;

CREATE FUNCTION desk_pause_ends(p_client integer, p_claim bigint, p_due timestamp with time zone, p_contact timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from clock_pause where client_id = p_client and claim_id = p_claim and starts_at < p_due
                    and ended_by = desk_staff_id() and (ends_at <@ desk_moment() or ends_at = p_contact)) $$;
REVOKE ALL ON FUNCTION desk_pause_ends(p_client integer, p_claim bigint, p_due timestamp with time zone, p_contact timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_pause_ends(p_client integer, p_claim bigint, p_due timestamp with time zone, p_contact timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_paused(p_client integer, p_claim bigint, p_reported timestamp with time zone, p_hours integer) RETURNS interval
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_pause record;
  v_begins timestamptz;
  v_covered timestamptz := p_reported;
  v_seconds numeric := 0;
begin
  for v_pause in select starts_at, ends_at from clock_pause
                  where client_id = p_client and claim_id = p_claim and ends_at is not null order by starts_at loop
    v_begins := greatest(v_pause.starts_at, v_covered);
    if v_begins < v_pause.ends_at and v_begins < p_reported + make_interval(hours => p_hours, secs => v_seconds) then
      v_seconds := v_seconds + extract(epoch from v_pause.ends_at - v_begins);
      v_covered := v_pause.ends_at;
    end if;
  end loop;
  return make_interval(secs => v_seconds); -- of no days: in a night in which clocks are set a day has no 24 hours
end $$;
REVOKE ALL ON FUNCTION desk_paused(p_client integer, p_claim bigint, p_reported timestamp with time zone, p_hours integer) FROM PUBLIC;

CREATE FUNCTION desk_person_kept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from staff where staff_id = old.staff_id for update;
  return coalesce(new, old);
end $$;
REVOKE ALL ON FUNCTION desk_person_kept() FROM PUBLIC;

CREATE FUNCTION desk_phone_key(p_phone text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (length(regexp_replace(split_part(p_phone, ' ext'::text, 1), '[^0-9]'::text, ''::text, 'g'::text)) >= 7) THEN "right"(regexp_replace(split_part(p_phone, ' ext'::text, 1), '[^0-9]'::text, ''::text, 'g'::text), 7) ELSE NULL::text END;
REVOKE ALL ON FUNCTION desk_phone_key(p_phone text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_phone_key(p_phone text) TO desk_app;

CREATE FUNCTION desk_place_key(p_place text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN NULLIF("left"(btrim(regexp_replace(regexp_replace(lower(NORMALIZE(p_place, NFKD)), '[\u0300-\u036f]'::text, ''::text, 'g'::text), '[\W_]+'::text, ' '::text, 'g'::text)), 100), ''::text);
REVOKE ALL ON FUNCTION desk_place_key(p_place text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_place_key(p_place text) TO desk_app;

CREATE FUNCTION desk_present() RETURNS tstzrange
    LANGUAGE sql STABLE
    AS $$
  select tstzrange(now() - interval '1 hour', now() + interval '1 hour') $$;
REVOKE ALL ON FUNCTION desk_present() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_present() TO desk_app;

CREATE FUNCTION desk_promise_counts(p_client integer, p_carried timestamp with time zone, p_reported timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select not exists (select from sla_policy other where other.client_id = p_client
                        and (other.effective_from > p_carried and other.effective_from <= p_reported
                             or other.effective_from < p_carried and p_carried > p_reported)) $$;
REVOKE ALL ON FUNCTION desk_promise_counts(p_client integer, p_carried timestamp with time zone, p_reported timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_promise_counts(p_client integer, p_carried timestamp with time zone, p_reported timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_promise_differs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if exists (select from sla_policy p where p.client_id = new.client_id and p.effective_from = new.effective_from
                and desk_promise_repeats(p)) then
    raise exception 'a promise differs from the one before it, and from the next' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_promise_differs() FROM PUBLIC;

CREATE FUNCTION desk_promise_planned(p_client integer, p_from timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select not desk_begun(p_from)
     and exists (select from sla_policy other where other.client_id = p_client and other.effective_from < p_from) $$;
REVOKE ALL ON FUNCTION desk_promise_planned(p_client integer, p_from timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_promise_planned(p_client integer, p_from timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_promise_repeats(p sla_policy) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select coalesce(
    (select desk_same_promise(other, p) from sla_policy other
      where other.client_id = p.client_id and other.effective_from < p.effective_from
      order by other.effective_from desc limit 1), false)
      or coalesce(
    (select desk_same_promise(other, p) from sla_policy other
      where other.client_id = p.client_id and other.effective_from > p.effective_from
      order by other.effective_from limit 1), false) $$;
REVOKE ALL ON FUNCTION desk_promise_repeats(p sla_policy) FROM PUBLIC;

CREATE FUNCTION desk_promised(p_client integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from sla_policy where client_id = p_client) $$;
REVOKE ALL ON FUNCTION desk_promised(p_client integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_promised(p_client integer) TO desk_app;

CREATE FUNCTION desk_reads_providers() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('va', 'clinical', 'supervisor', 'compliance')) $$;
REVOKE ALL ON FUNCTION desk_reads_providers() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_reads_providers() TO desk_app;

CREATE FUNCTION desk_receivers(p_client integer) RETURNS TABLE(staff_id integer, full_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select s.staff_id, s.full_name from staff s
   where s.sign_in_name <> 'command-line' and desk_may_hold(s.staff_id, p_client)
     and (desk_supervises() or p_client = any (desk_identity_clients())) $$;
REVOKE ALL ON FUNCTION desk_receivers(p_client integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_receivers(p_client integer) TO desk_app;

CREATE FUNCTION desk_referral_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null for share;
  if not found or new.provider_id is not null and not exists (
       select from network_panel n
        where n.provider_id = new.provider_id and (n.client_id is null or n.client_id = new.client_id)
          and n.effective_from <= new.made_at::date + 1 and (n.effective_until is null or n.effective_until >= new.made_at::date)) then
    raise exception 'the worker of an open claim is referred, to a provider in the network' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_referral_can_be() FROM PUBLIC;

CREATE FUNCTION desk_referral_confirmed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update referral
     set provider_confirmed_at = case when new.party = 'provider' then new.at else provider_confirmed_at end,
         worker_confirmed_at = case when new.party = 'worker' then new.at else worker_confirmed_at end
   where client_id = new.client_id and referral_id = new.referral_id and ended_at is null
     and date_trunc('minute', made_at) <= new.at;
  if not found then
    raise exception 'an open referral is confirmed, after it was made' using errcode = 'insufficient_privilege';
  end if;
  perform desk_referral_tell(new.client_id, new.referral_id, 'referral_confirmed', new.recorded_at, new.by_id,
                             jsonb_build_object('party', new.party),
                             jsonb_build_object('party', new.party, 'how', new.how, 'with', new.with_whom, 'confirmed_at', new.at));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_referral_confirmed() FROM PUBLIC;

CREATE FUNCTION desk_referral_disclosed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into disclosure (client_id, claim_id, recipient, purpose, at, by_id)
  select r.client_id, r.claim_id, r.referred_by, 'Confirmation of a referral', new.at, new.by_id
    from referral r
   where r.client_id = new.client_id and r.referral_id = new.referral_id;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_referral_disclosed() FROM PUBLIC;

CREATE FUNCTION desk_referral_ends() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.outcome = 'reported' and (new.visit_status = 'kept' and (new.report_document_id is null or exists (
       select from claim r, claim o
        where (r.client_id, r.claim_id) = (new.client_id, new.report_claim_id)
          and (o.client_id, o.claim_id) = (new.client_id, new.claim_id)
          and coalesce(r.merged_into, r.claim_id) = coalesce(o.merged_into, o.claim_id)))) is not true then
    raise exception 'a report comes after the appointment was kept, and is on the claim' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_referral_ends() FROM PUBLIC;

CREATE FUNCTION desk_referral_over() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_by constant int := coalesce(desk_staff_id(), 1);
  v_why constant text := case when new.date_of_death is not null then 'The worker has died' else 'The claim was closed' end;
  v_claims constant bigint[] := desk_one_injury(new.client_id, new.claim_id);
begin
  update referral_appointment a set status = 'cancelled', changed_at = clock_timestamp(), changed_by = v_by, changed_why = v_why
    from referral r
   where r.client_id = new.client_id and r.claim_id = any (v_claims) and r.ended_at is null
     and a.client_id = r.client_id and a.referral_id = r.referral_id and a.status = 'booked';
  update referral set ended_at = clock_timestamp(), ended_by = v_by, outcome = 'over', ended_why = v_why
   where client_id = new.client_id and claim_id = any (v_claims) and ended_at is null;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_referral_over() FROM PUBLIC;

CREATE FUNCTION desk_referral_tell(p_client integer, p_referral bigint, p_kind text, p_at timestamp with time zone, p_by integer, p_record jsonb, p_detail jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_claim bigint;
  v_said jsonb;
begin
  select coalesce(c.merged_into, c.claim_id),
         jsonb_build_object('referral', r.referral_id, 'specialty', r.specialty, 'provider', coalesce(r.outside_name, p.name))
    into v_claim, v_said
    from referral r join claim c using (client_id, claim_id) left join provider p on p.provider_id = r.provider_id
   where r.client_id = p_client and r.referral_id = p_referral;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (p_by, p_client, 'claim', v_claim, p_kind, jsonb_build_object('referral', p_referral) || p_record);
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, v_claim, p_at, p_by, p_kind, jsonb_strip_nulls(v_said || p_detail));
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(v_claim))::text);
end $$;
REVOKE ALL ON FUNCTION desk_referral_tell(p_client integer, p_referral bigint, p_kind text, p_at timestamp with time zone, p_by integer, p_record jsonb, p_detail jsonb) FROM PUBLIC;

CREATE FUNCTION desk_referral_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' then
    perform desk_referral_tell(new.client_id, new.referral_id, 'referral_made', new.made_at, new.made_by, '{}',
                               jsonb_build_object('outside', new.outside_why));
  elsif old.ended_at is null and new.outcome in ('reported', 'withdrawn') then
    if new.outcome = 'withdrawn' then
      update referral_appointment set status = 'cancelled', changed_at = new.ended_at, changed_by = new.ended_by, changed_why = new.ended_why
       where client_id = new.client_id and referral_id = new.referral_id and status = 'booked';
    end if;
    perform desk_referral_tell(new.client_id, new.referral_id, 'referral_' || new.outcome, new.ended_at, new.ended_by, '{}',
                               jsonb_build_object('why', new.ended_why));
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_referral_told() FROM PUBLIC;

CREATE FUNCTION desk_refused() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  raise exception '%', tg_argv[0] using errcode = 'insufficient_privilege';
end $$;
REVOKE ALL ON FUNCTION desk_refused() FROM PUBLIC;

CREATE FUNCTION desk_rehearsed_follow_ups(p_party text, p_since timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(client_id integer, jurisdiction text, due_at timestamp with time zone, waits_from timestamp with time zone, reply text, waits_until timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select s.client_id, s.jurisdiction, s.due_at, s.at, s.reply, coalesce(s.next_at, s.decided_at)
    from (select r.client_id, r.jurisdiction, r.due_at, r.decided_at, t.at, t.reply, lead(t.at) over w as next_at,
                 coalesce(lead(t.party) over w,
                          case when r.decided_at is null and r.clock in ('waiting', 'extended', 'tolled') then 'provider'
                               else 'reviewer' end) as party
            from authorization_request r
           cross join lateral (
             select r.logged_at as at, null as party, null as reply, 0::bigint as number
             union all
             select f.at, f.party, f.outcome, f.follow_up_id from authorization_follow_up f
              where f.client_id = r.client_id and f.claim_id = r.claim_id and f.request_id = r.request_id) t
           where (r.decided_at is null or r.decided_at >= p_since) and (select desk_manages())
          window w as (partition by r.client_id, r.request_id order by t.at, t.number)) s
   where s.party = p_party and s.at >= p_since and s.at < p_until $$;
REVOKE ALL ON FUNCTION desk_rehearsed_follow_ups(p_party text, p_since timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_rehearsed_follow_ups(p_party text, p_since timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_rehearsed_reports(p_client integer, p_since timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(client_id integer, reported_at timestamp with time zone, first_contact_at timestamp with time zone, due_at timestamp with time zone, promised_from timestamp with time zone, paused timestamp with time zone[], resumed timestamp with time zone[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select c.client_id, c.reported_at, c.first_contact_at, c.due_at, c.sla_effective_from, z.paused, z.resumed
    from claim c
    left join (select p.claim_id, array_agg(p.starts_at order by p.starts_at, p.pause_id) as paused,
                      array_agg(p.ends_at order by p.starts_at, p.pause_id) as resumed
                 from clock_pause p where p.client_id = p_client group by p.claim_id) z on z.claim_id = c.claim_id
   where c.client_id = p_client and c.reported_at >= p_since and c.reported_at < p_until and c.merged_into is null
     and (c.closed_at is null and c.date_of_death is null or c.first_contact_at is not null) and (select desk_manages()) $$;
REVOKE ALL ON FUNCTION desk_rehearsed_reports(p_client integer, p_since timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_rehearsed_reports(p_client integer, p_since timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_rehearsed_requests(p_jurisdiction text, p_since timestamp with time zone, p_until timestamp with time zone) RETURNS TABLE(client_id integer, kind text, rule bigint, in_network boolean, received_at timestamp with time zone, channel text, postmarked_on date, complete_at timestamp with time zone, information_asked_at timestamp with time zone, information_at timestamp with time zone, tolled_at timestamp with time zone, resumed_at timestamp with time zone, deferred_at timestamp with time zone, taken_up_at timestamp with time zone, due_at timestamp with time zone, by_hand boolean, communicated_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select r.client_id, r.kind, r.rule, c.certified_network, r.received_at, r.channel, r.postmarked_on, r.complete_at,
         r.information_asked_at, r.information_at, r.tolled_at, r.resumed_at, r.deferred_at, r.taken_up_at, r.due_at,
         r.due_why is not null, r.communicated_at
    from authorization_request r join claim c on c.client_id = r.client_id and c.claim_id = r.claim_id
   where r.jurisdiction = p_jurisdiction and r.received_at >= p_since and r.received_at < p_until
     and r.outcome is distinct from 'withdrawn' and (select desk_manages()) $$;
REVOKE ALL ON FUNCTION desk_rehearsed_requests(p_jurisdiction text, p_since timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_rehearsed_requests(p_jurisdiction text, p_since timestamp with time zone, p_until timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_reopen_claim(p_client integer, p_claim bigint, p_why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_holder int;
begin
  update claim set closed_at = null, closed_why = null, closed_by = null, version = version + 1
   where client_id = p_client and claim_id = p_claim and closed_at is not null and merged_into is null
     and desk_supervises()
  returning assignee_id into v_holder;
  perform desk_closing_told(found, p_client, p_claim, 'reopened', p_why);
  perform desk_take_back(v_holder, null);
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_reopen_claim(p_client integer, p_claim bigint, p_why text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_reopen_claim(p_client integer, p_claim bigint, p_why text) TO desk_app;

CREATE FUNCTION desk_reports() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('va', 'supervisor')) $$;
REVOKE ALL ON FUNCTION desk_reports() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_reports() TO desk_app;

CREATE FUNCTION desk_request_answered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update call_request set settled_at = new.booked_at, settled_by = new.booked_by, outcome = 'booked'
   where client_id = new.client_id and claim_id = new.claim_id and settled_at is null;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_request_answered() FROM PUBLIC;

CREATE FUNCTION desk_request_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null
      and c.first_contact_at is null
      for no key update;
  if not found or exists (select from triage_call t where t.client_id = new.client_id and t.claim_id = new.claim_id
                             and t.status = 'booked') then
    raise exception 'a time is asked for on an open claim whose worker was not reached and whose call is not booked'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_request_can_be() FROM PUBLIC;

CREATE FUNCTION desk_request_over() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update call_request
     set settled_at = clock_timestamp(), settled_by = coalesce(desk_staff_id(), 1),
         outcome = case when new.closed_at is null and new.date_of_death is null then 'reached' else 'over' end
   where client_id = new.client_id and claim_id = new.claim_id and settled_at is null;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_request_over() FROM PUBLIC;

CREATE FUNCTION desk_request_returned() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if (old.returned_at is null and exists (
       select from letter l
        where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id
          and l.template = 'return_letter' and l.handed_out_at = new.returned_at)) is not true then
    raise exception 'a request is returned by its letter, once' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
REVOKE ALL ON FUNCTION desk_request_returned() FROM PUBLIC;

CREATE FUNCTION desk_request_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_kind constant text := 'call_request_' || coalesce(new.outcome, 'made');
  v_by constant int := coalesce(new.settled_by, new.asked_by);
begin
  if coalesce(new.outcome, 'declined') in ('declined', 'withdrawn') then
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    values (v_by, new.client_id, 'claim', new.claim_id, v_kind,
            case when new.clinician_id is not null then jsonb_build_object('to', new.clinician_id) end);
    insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
    values (new.client_id, new.claim_id, coalesce(new.settled_at, new.asked_at), v_by, v_kind,
            jsonb_strip_nulls(jsonb_build_object('kind', new.kind, 'to', new.clinician_id::text,
                                                 'why', case when new.outcome is null then new.note else new.settled_why end)));
  end if;
  perform pg_notify('desk_claim', json_build_object('client', new.client_id, 'claims', json_build_array(new.claim_id))::text);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_request_told() FROM PUBLIC;

CREATE FUNCTION desk_request_without() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update call_request
     set settled_at = clock_timestamp(), settled_by = coalesce(desk_staff_id(), 1), outcome = 'declined',
         settled_why = 'The clinician makes no calls any more'
   where clinician_id = new.staff_id and settled_at is null;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_request_without() FROM PUBLIC;

CREATE FUNCTION desk_requirement(p_element text, p_client integer, p_state text, p_day date, p_new intake_requirement) RETURNS intake_requirement
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select (r.said).* from (
    select distinct on (here.client_id, here.jurisdiction) here as said
      from (select * from intake_requirement where element = p_element and withdrawn_at is null and effective_from <= p_day
            union all
            select (p_new).* where (p_new).element = p_element and (p_new).effective_from <= p_day) here
     where (here.client_id is null or here.client_id = p_client)
       and (here.jurisdiction is null or here.jurisdiction = p_state)
     order by here.client_id, here.jurisdiction, here.effective_from desc, here.requirement_id desc nulls first) r
   where (r.said).asked <> 'as_elsewhere'
   order by ((r.said).client_id is not null) desc, ((r.said).jurisdiction is not null) desc limit 1 $$;
REVOKE ALL ON FUNCTION desk_requirement(p_element text, p_client integer, p_state text, p_day date, p_new intake_requirement) FROM PUBLIC;

CREATE FUNCTION desk_requirement_moves(p_clients integer[], p_claim bigint, p_element text, p_state text, p_at timestamp with time zone, p_new intake_requirement) RETURNS TABLE(client_id integer, claim_id bigint, element text, asks boolean, why text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  with waiting as (
    select c.client_id, c.claim_id, c.jurisdiction, c.injured_time, w, n
      from claim c
      join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
      left join claim_narrative n on (n.client_id, n.claim_id) = (c.client_id, c.claim_id)
     where c.client_id = any (p_clients) and (p_claim is null or c.claim_id = p_claim)
       and (p_state is null or c.jurisdiction = p_state)
       and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null),
  decided as (
    select p.client_id, p.jurisdiction, e.element, (d.version).asked, (d.version).only_if, d.version
      from (select distinct v.client_id, v.jurisdiction from waiting v) p
      cross join (select distinct r.element from intake_requirement r
                   where r.element = p_element or p_element is null and r.proposed_by is not null
                  union select (p_new).element where (p_new).element is not null) e
      cross join lateral (
        select desk_requirement(e.element, p.client_id, p.jurisdiction,
                                greatest(desk_client_day(p.client_id, p_at), (p_new).effective_from), p_new) as version) d),
  wanted as (
    select v.client_id, v.claim_id, d.element, d.version,
           case d.element
             when 'treated_at' then (v.n).initial_treatment is distinct from 'none'
             when 'last_day_worked' then (v.n).lost_time is distinct from 'no'
             when 'return_to_work' then (v.n).lost_time is distinct from 'no'
             else true end
           and coalesce(d.asked = 'required' or d.asked = 'only_if' and case d.only_if
             when 'lost_time' then (v.n).lost_time in ('expected', 'yes')
             when 'treated' then (v.n).initial_treatment <> 'none'
             when 'not_english' then lower(btrim((v.w).language)) not in ('', 'english', 'en', 'eng') end, false) as is_wanted,
           case d.element
             when 'birth_date' then (v.w).birth_date is null
             when 'preferred_contact' then (v.w).preferred_contact is null
             when 'best_hours' then (v.w).best_hours is null
             when 'language' then (v.w).language is null
             when 'interpreter' then (v.w).interpreter is null
             when 'address' then (v.w).address is null
             when 'injury_place' then (v.n).injury_place is null
             when 'injured_time' then v.injured_time is null
             when 'body_part' then coalesce((v.n).body_part, (v.n).part_code) is null
             when 'nature' then coalesce((v.n).nature, (v.n).nature_code) is null
             when 'cause' then coalesce((v.n).cause, (v.n).cause_code) is null
             when 'initial_treatment' then (v.n).initial_treatment is null
             when 'treated_at' then (v.n).treated_at is null
             when 'occupation' then (v.n).occupation is null
             when 'lost_time' then (v.n).lost_time is null
             when 'last_day_worked' then (v.n).last_day_worked is null
             when 'return_to_work' then (v.n).return_to_work is null
             when 'modified_duty' then (v.n).modified_duty is null
             when 'work_supervisor' then (v.n).work_supervisor is null end as lacks
      from waiting v join decided d on d.client_id = v.client_id and d.jurisdiction is not distinct from v.jurisdiction)
  select m.client_id, m.claim_id, m.element, m.is_wanted,
         concat_ws(' ', 'Not in the report. Asked',
                   case when (m.version).client_id is not null then 'of this client'
                        when (m.version).jurisdiction is null then 'of every claim' end,
                   'in ' || (m.version).jurisdiction, 'from', to_char((m.version).effective_from, 'MM/DD/YYYY'), 'on.')
    from wanted m
   where case when m.is_wanted then m.lacks and not exists (
                select from intake_question q
                 where q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
                   and (q.answered_at is null or q.reason = 'missing' and q.unobtainable_why is not null))
              else exists (
                select from intake_question q
                 where q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
                   and q.reason = 'missing'
                   and (q.answered_at is null or q.ask_again_at is not null and q.asked_again_at is null)) end $$;
REVOKE ALL ON FUNCTION desk_requirement_moves(p_clients integer[], p_claim bigint, p_element text, p_state text, p_at timestamp with time zone, p_new intake_requirement) FROM PUBLIC;

CREATE FUNCTION desk_requirement_preview(p_element text, p_client integer, p_state text, p_asked text, p_only_if text, p_from date, p_at timestamp with time zone) RETURNS TABLE(client_id integer, asks bigint, drops bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v intake_requirement;
begin
  if not desk_manages() then
    return;
  end if;
  v.element := p_element;
  v.client_id := p_client;
  v.jurisdiction := p_state;
  v.asked := p_asked;
  v.only_if := p_only_if;
  v.effective_from := p_from;
  return query
    select m.client_id, desk_not_few(count(*) filter (where m.asks), p_only_if), desk_not_few(count(*) filter (where not m.asks), p_only_if)
      from desk_requirement_moves(
             array(select c.client_id from client c where p_client is null or c.client_id = p_client), null, p_element, p_state,
             p_at, v) m
     group by 1 order by 1;
end $$;
REVOKE ALL ON FUNCTION desk_requirement_preview(p_element text, p_client integer, p_state text, p_asked text, p_only_if text, p_from date, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_requirement_preview(p_element text, p_client integer, p_state text, p_asked text, p_only_if text, p_from date, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_requirement_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_verb constant text := case when tg_op = 'INSERT' then 'rule_proposed'
                               when new.withdrawn_at is not null then 'rule_withdrawn' else 'rule_in_force' end;
begin
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (coalesce(case v_verb when 'rule_withdrawn' then new.withdrawn_by else new.proposed_by end, 0), new.client_id,
          'requirement', new.requirement_id, v_verb,
          jsonb_build_object('element', new.element, 'rule', new.asked, 'effective_from', new.effective_from,
                             'why', coalesce(new.withdrawn_why, new.why))
          || case when new.only_if is not null then jsonb_build_object('only_if', new.only_if) else '{}' end
          || case when new.jurisdiction is not null
                  then jsonb_build_object('jurisdictions', jsonb_build_array(new.jurisdiction)) else '{}' end
          || case when v_verb = 'rule_in_force'
                  then jsonb_build_object('claims', new.claims_asked + new.claims_dropped) else '{}' end);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_requirement_told() FROM PUBLIC;

CREATE FUNCTION desk_requirements_begin(p_at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_at constant timestamptz := least(desk_now_about(p_at), upper(desk_moment()));
  v intake_requirement;
  v_here int[];
  v_asked int;
  v_dropped int;
  v_done int := 0;
begin
  for v in
    select * from intake_requirement r
     where r.withdrawn_at is null and r.in_force_at is null
       and r.effective_from <= (v_at at time zone 'Etc/GMT-14')::date
     order by r.effective_from, r.requirement_id for update
  loop
    v_here := array(select c.client_id from client c
                     where (v.client_id is null or c.client_id = v.client_id) and c.client_id <> all (v.begun)
                       and v.effective_from <= desk_client_day(c.client_id, v_at) order by 1);
    continue when v_here = '{}';
    select a.asked, a.dropped into v_asked, v_dropped
      from desk_ask_as_required(v_here, null, v.element, v.jurisdiction, v.proposed_by, v_at) a;
    update intake_requirement r
       set begun = r.begun || v_here, claims_asked = r.claims_asked + v_asked, claims_dropped = r.claims_dropped + v_dropped,
           in_force_at = case when not exists (
             select from client c where (v.client_id is null or c.client_id = v.client_id)
                and c.client_id <> all (r.begun || v_here)) then v_at end
     where r.requirement_id = v.requirement_id;
    v_done := v_done + 1;
  end loop;
  return v_done;
end $$;
REVOKE ALL ON FUNCTION desk_requirements_begin(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_requirements_begin(p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_reviewers(p_client integer) RETURNS TABLE(staff_id integer, full_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select s.staff_id, s.full_name from staff s join reaches r on r.staff_id = s.staff_id
   where s.active and s.role = 'clinical' and r.client_id = p_client and (select desk_works())
     and ((select desk_supervises()) or p_client = any ((select desk_identity_clients())::int[])) $$;
REVOKE ALL ON FUNCTION desk_reviewers(p_client integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_reviewers(p_client integer) TO desk_app;

CREATE FUNCTION desk_rights_ended() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if tg_table_name = 'staff' then
    update client_cover set ended_at = clock_timestamp(), ended_by = coalesce(desk_staff_id(), set_by)
     where staff_id = old.staff_id and ended_at is null
       and not exists (select from staff s where s.staff_id = old.staff_id and s.active and s.role in ('va', 'clinical'));
  end if;
  update call_request q
     set settled_at = clock_timestamp(), settled_by = coalesce(desk_staff_id(), 1), outcome = 'declined',
         settled_why = 'The clinician makes no calls any more'
   where q.clinician_id = old.staff_id and q.settled_at is null and not desk_may_call(q.clinician_id, q.client_id);
  perform desk_take_back(old.staff_id, null);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_rights_ended() FROM PUBLIC;

CREATE FUNCTION desk_role() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select role from staff
   where staff_id = nullif(current_setting('desk.staff', true), '')::int and active $$;
REVOKE ALL ON FUNCTION desk_role() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_role() TO desk_app;

CREATE FUNCTION desk_running(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone, p_at timestamp with time zone) RETURNS TABLE(hour timestamp with time zone, running bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
  select date_bin('1 hour', c.reported_at, '2000-01-01Z'), count(*) from (
    select client_id, jurisdiction, assignee_id, reported_at from claim
     where p_clients is null and first_contact_at is null and closed_at is null and date_of_death is null and due_at >= p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at
      from (select distinct unnest(p_clients) as client_id) asked join claim using (client_id)
     where first_contact_at is null and closed_at is null and date_of_death is null and due_at >= p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at from clock_pause p join claim using (client_id, claim_id)
     where desk_stands_still(p.starts_at, p.ends_at, due_at)
       and first_contact_at is null and closed_at is null and date_of_death is null and due_at < p_at
       and (p_clients is null or client_id = any (p_clients))) c
   where c.reported_at >= p_from and c.reported_at < p_until
     and ((select desk_sees_all()) or c.client_id = any ((select desk_clients())::int[]))
     and (p_jurisdictions is null or coalesce(c.jurisdiction, '--') = any (p_jurisdictions))
     and (p_assignees is null or c.assignee_id = any (p_assignees))
   group by 1 $$;
REVOKE ALL ON FUNCTION desk_running(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_running(p_clients integer[], p_jurisdictions text[], p_assignees integer[], p_from timestamp with time zone, p_until timestamp with time zone, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_same_promise(p sla_policy, q sla_policy) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select (p.hours, p.clock, p.timezone) = (q.hours, q.clock, q.timezone)
     and (p.clock = 'elapsed' or (p.open_hours, p.working_days, p.calendar) = (q.open_hours, q.working_days, q.calendar)) $$;
REVOKE ALL ON FUNCTION desk_same_promise(p sla_policy, q sla_policy) FROM PUBLIC;

CREATE FUNCTION desk_sees_all() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('supervisor', 'compliance')) $$;
REVOKE ALL ON FUNCTION desk_sees_all() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_sees_all() TO desk_app;

CREATE FUNCTION desk_session_ends(p_token_hash bytea, p_idle interval) RETURNS TABLE(ends_at timestamp with time zone, why text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select coalesce(e.ended_at, least(e.last_seen_at + p_idle, e.issued_at + interval '12 hours')),
         case when not s.active then 'disabled'
              when e.ended_why = 'disabled' then 'ended by an administrator'
              when e.ended_at is not null then e.ended_why
              when e.last_seen_at + p_idle <= e.issued_at + interval '12 hours' then 'idle'
              else 'twelve hours' end
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash $$;
REVOKE ALL ON FUNCTION desk_session_ends(p_token_hash bytea, p_idle interval) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_session_ends(p_token_hash bytea, p_idle interval) TO desk_app;

CREATE FUNCTION desk_set_password(p_staff_id integer, p_hash text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_by_another boolean := p_staff_id is distinct from desk_staff_id();
begin
  if (desk_manages() or p_staff_id = desk_staff_id()) is not true then
    raise exception 'a password is set by its owner or an administrator' using errcode = 'insufficient_privilege';
  end if;
  insert into staff_credential (staff_id, password_hash, must_change) values (p_staff_id, p_hash, v_by_another)
  on conflict (staff_id) do update
     set password_hash = excluded.password_hash, must_change = excluded.must_change, changed_at = clock_timestamp();
  if v_by_another then
    delete from known_browser where staff_id = p_staff_id;
  end if;
end $$;
REVOKE ALL ON FUNCTION desk_set_password(p_staff_id integer, p_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_set_password(p_staff_id integer, p_hash text) TO desk_app;

CREATE FUNCTION desk_sets_calendar(p_staff integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select desk_is_clinical(p_staff) and (desk_supervises() or p_staff = desk_staff_id()) $$;
REVOKE ALL ON FUNCTION desk_sets_calendar(p_staff integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_sets_calendar(p_staff integer) TO desk_app;

CREATE FUNCTION desk_shows(p_text text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((p_text COLLATE "C") ~ '[^\u0001-\u0020\u007f-\u00a0\u00ad\u0300-\u036f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]'::text);


SET default_tablespace = '';

SET default_table_access_method = heap;
REVOKE ALL ON FUNCTION desk_shows(p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_shows(p_text text) TO desk_app;

CREATE FUNCTION desk_staff_id() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select staff_id from staff
   where staff_id = nullif(current_setting('desk.staff', true), '')::int and active $$;
REVOKE ALL ON FUNCTION desk_staff_id() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_staff_id() TO desk_app;

CREATE FUNCTION desk_standing(p_client integer, p_claim bigint, p_field text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select desk_written(p_field,
           case when p_field like 'representative\_%' then
                  coalesce(to_jsonb(r) ->> substr(p_field, 16), case p_field when 'representative_permits' then 'false' end)
                else (coalesce(to_jsonb(n), '{}') || to_jsonb(c) || to_jsonb(w)) ->> p_field end)
    from claim c
    join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
    left join claim_narrative n on (n.client_id, n.claim_id) = (c.client_id, c.claim_id)
    left join representative r on (r.client_id, r.claim_id) = (c.client_id, c.claim_id)
   where (c.client_id, c.claim_id) = (p_client, p_claim) $$;
REVOKE ALL ON FUNCTION desk_standing(p_client integer, p_claim bigint, p_field text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_standing(p_client integer, p_claim bigint, p_field text) TO desk_app;

CREATE FUNCTION desk_stands_still(p_starts timestamp with time zone, p_ends timestamp with time zone, p_due timestamp with time zone) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((p_ends IS NULL) AND (p_starts < p_due));
REVOKE ALL ON FUNCTION desk_stands_still(p_starts timestamp with time zone, p_ends timestamp with time zone, p_due timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_stands_still(p_starts timestamp with time zone, p_ends timestamp with time zone, p_due timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_statutory_clock_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
REVOKE ALL ON FUNCTION desk_statutory_clock_told() FROM PUBLIC;

CREATE FUNCTION desk_statutory_clocks_begin(p_at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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
REVOKE ALL ON FUNCTION desk_statutory_clocks_begin(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_statutory_clocks_begin(p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_strike_first_contact(p_client integer, p_claim bigint, p_why text, p_due timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_at timestamptz := clock_timestamp();
  v_by int := desk_staff_id();
  v claim;
  v_attempt contact_attempt;
  v_pause bigint;
  v_promise sla_policy;
  v_earliest timestamptz;
begin
  select * into v from claim
   where client_id = p_client and claim_id = p_claim and first_contact_at is not null and closed_at is null
     and desk_supervises()
     for no key update;
  if found then
    update contact_attempt set struck_at = v_at, struck_by = v_by, struck_why = p_why
     where client_id = p_client and claim_id = p_claim and substantive and struck_at is null
    returning * into v_attempt;
  end if;
  if v_attempt.attempt_id is null then
    raise exception 'the first contact of an open claim is struck by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  update contact_attempt
     set called_attempt_id = desk_called(client_id, claim_id, party, at, attempt_id, call_again_at)
   where client_id = p_client and claim_id = p_claim and called_attempt_id = v_attempt.attempt_id;
  -- The pause that it ended lasts as if it had not.
  update clock_pause p set ends_at = null, ended_by = null, ended_attempt_id = null
   where p.client_id = p_client and p.claim_id = p_claim and p.ended_attempt_id = v_attempt.attempt_id
  returning pause_id into v_pause;
  if v_pause is not null then
    select * into v_promise from sla_policy where client_id = p_client and effective_from = v.sla_effective_from;
    v_earliest := v.reported_at + make_interval(hours => v_promise.hours);
    if v_promise.clock = 'elapsed' then
      v_earliest := v_earliest + desk_paused(p_client, p_claim, v.reported_at, v_promise.hours);
    end if;
  end if;
  if (v_pause is null) <> (p_due is null) or p_due > v.due_at or p_due < v_earliest
     or v_promise.clock = 'elapsed' and p_due <> v_earliest then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  update claim set first_contact_at = null, first_contact_by = null, version = version + 1,
                   due_at = coalesce(p_due, due_at)
   where client_id = p_client and claim_id = p_claim;
  insert into claim_event (client_id, claim_id, at, by_id, kind)
  values (p_client, p_claim, v_at, v_by, 'first_contact_struck');
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (v_by, p_client, 'claim', p_claim, 'first_contact_struck', jsonb_build_object('attempt', v_attempt.attempt_id));
  perform desk_take_back(v.assignee_id, null); -- whoever lost the right to it while nothing was due does not have it again
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_strike_first_contact(p_client integer, p_claim bigint, p_why text, p_due timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_strike_first_contact(p_client integer, p_claim bigint, p_why text, p_due timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_supervises() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role = 'supervisor') $$;
REVOKE ALL ON FUNCTION desk_supervises() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_supervises() TO desk_app;

CREATE FUNCTION desk_take_back(p_staff integer, p_to integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_at timestamptz := clock_timestamp();
  v_by int := coalesce(desk_staff_id(), (select staff_id from staff where sign_in_name = 'command-line'));
  v_clients int[];
  v_why text;
  v_moved int;
begin
  select array_agg(held.client_id) into v_clients
    from (select distinct c.client_id from claim c
           where c.assignee_id = p_staff and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null) held
   where not desk_may_hold(p_staff, held.client_id);
  if v_clients is null then
    return 0;
  end if;
  if p_to is not null then
    perform from staff where staff_id = p_to for share;
    if not (select bool_and(desk_may_hold(p_to, client_id)) from unnest(v_clients) client_id) then
      raise exception 'a claim is held by somebody who may sign in and serves or covers its client'
        using errcode = 'insufficient_privilege';
    end if;
  end if;
  select case when not s.active then 'disabled' when s.role not in ('va', 'clinical') then 'role_changed' else 'not_served' end
    into v_why from staff s where s.staff_id = p_staff;
  with lost as (
      select client_id, claim_id from claim
       where assignee_id = p_staff and first_contact_at is null and closed_at is null and date_of_death is null and client_id = any (v_clients)
       order by client_id, claim_id for no key update),
    moved as (
      update claim c set assignee_id = p_to, assigned_at = case when p_to is not null then v_at end, version = version + 1
        from lost where (c.client_id, c.claim_id) = (lost.client_id, lost.claim_id) returning c.client_id, c.claim_id),
    told as (
      insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
      select client_id, claim_id, v_at, v_by, 'taken_back', jsonb_build_object('from', p_staff, 'to', p_to, 'why', v_why)
        from moved),
    recorded as (
      insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
      select v_by, client_id, 'claim', claim_id, 'taken_back', jsonb_build_object('from', p_staff, 'to', p_to, 'why', v_why)
        from moved)
  select count(*) into v_moved from moved;
  perform pg_notify('desk_claim', json_build_object('client', client_id, 'claims', null)::text)
    from unnest(v_clients) client_id;
  return v_moved;
end $$;
REVOKE ALL ON FUNCTION desk_take_back(p_staff integer, p_to integer) FROM PUBLIC;

CREATE FUNCTION desk_take_up(p_client integer, p_claim bigint, p_kind integer, p_work text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  delete from work_mark m
   where m.client_id = p_client and m.claim_id = p_claim and m.kind = p_kind and m.staff_id = desk_staff_id();
  if not found then
    return false;
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (desk_staff_id(), p_client, 'claim', p_claim, 'taken_up', jsonb_build_object('work', left(p_work, 40)));
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_take_up(p_client integer, p_claim bigint, p_kind integer, p_work text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_take_up(p_client integer, p_claim bigint, p_kind integer, p_work text) TO desk_app;

CREATE FUNCTION desk_taken_up() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from intake_question q
                  where q.client_id = new.client_id and q.claim_id = new.claim_id and q.element = new.element
                    and q.reason = new.reason and q.question_id > new.question_id) then
    raise exception 'what is asked again is a question again' using errcode = 'check_violation';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_taken_up() FROM PUBLIC;

CREATE FUNCTION desk_taker(p_staff integer) RETURNS TABLE(active boolean, role text, clients integer[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if desk_works() or desk_manages() then
    perform from staff s where s.staff_id = p_staff for share;
    return query
    select s.active, s.role, coalesce((select array_agg(r.client_id) from reaches r where r.staff_id = s.staff_id), '{}')
      from staff s where s.staff_id = p_staff;
  end if;
end $$;
REVOKE ALL ON FUNCTION desk_taker(p_staff integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_taker(p_staff integer) TO desk_app;

CREATE FUNCTION desk_telephone_intake_told() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_kind constant text := case when new.left_why is null then 'intake_finished' else 'intake_left' end;
begin
  if new.ended_at is not null then
    insert into audit_event (actor_id, client_id, noun, noun_id, verb)
    values (new.ended_by, new.client_id, 'claim', new.claim_id, v_kind);
    insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
    values (new.client_id, new.claim_id, new.ended_at, new.ended_by, v_kind,
            case when new.left_why is not null then jsonb_build_object('why', new.left_why) end);
  end if;
  perform pg_notify('desk_claim', json_build_object('client', new.client_id, 'claims', json_build_array(new.claim_id))::text);
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_telephone_intake_told() FROM PUBLIC;

CREATE FUNCTION desk_tell_refusals(p_quiet_since timestamp with time zone, p_long_since timestamp with time zone) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  with told as (delete from sign_in_refusal where last_at < least(p_quiet_since, clock_timestamp()) or first_at < least(p_long_since, clock_timestamp())
                returning *),
       kept as (insert into audit_event (actor_id, noun, noun_id, verb, detail)
                select 0, 'sign_in', 0, 'refused',
                       jsonb_build_object('why', 'locked', 'address', address, 'tries', tries, 'since', first_at, 'until', last_at) from told
                returning 1)
  select count(*)::int from kept $$;
REVOKE ALL ON FUNCTION desk_tell_refusals(p_quiet_since timestamp with time zone, p_long_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_tell_refusals(p_quiet_since timestamp with time zone, p_long_since timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_tells() RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select case when desk_role() in ('va', 'supervisor') then array['reported'] else '{}' end
      || case when desk_role() in ('va', 'clinical', 'supervisor')
           then array['assigned', 'assignment_undone', 'question_answered', 'question_unobtainable', 'fields_corrected',
                      'death_reported',
                      'document_added', 'disclosed', 'condition_added', 'condition_changed', 'network_set'] else '{}' end
      || case when desk_role() = 'clinical' then array['pause_ended'] else '{}' end
      || case when desk_role() = 'supervisor'
           then array['report_corrected', 'clock_paused', 'clock_resumed', 'death_corrected', 'death_withdrawn',
                      'death_acknowledged'] else '{}' end $$;
REVOKE ALL ON FUNCTION desk_tells() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_tells() TO desk_app;

CREATE FUNCTION desk_ticket_new(p_staff_id integer, p_ticket_hash bytea, p_browser_hash bytea, p_expires_at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  delete from sign_in_ticket where expires_at < clock_timestamp() - interval '1 hour';
  insert into sign_in_ticket (ticket_hash, staff_id, browser_hash, expires_at)
  values (substr(p_ticket_hash, 1, 32), p_staff_id, substr(p_browser_hash, 1, 32), desk_now_about(p_expires_at)) $$;
REVOKE ALL ON FUNCTION desk_ticket_new(p_staff_id integer, p_ticket_hash bytea, p_browser_hash bytea, p_expires_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_ticket_new(p_staff_id integer, p_ticket_hash bytea, p_browser_hash bytea, p_expires_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_ticket_redeem(p_ticket_hash bytea, p_browser_hash bytea, p_token_hash bytea, p_address text, p_at timestamp with time zone) RETURNS TABLE(session_id bigint, staff_id integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare v_staff int; v_session bigint; v_at timestamptz := desk_now_about(p_at); v_address text := left(p_address, 100);
begin
  perform from staff s join sign_in_ticket t using (staff_id) where t.ticket_hash = p_ticket_hash for key share of s;
  delete from sign_in_ticket t where t.ticket_hash = p_ticket_hash and t.browser_hash = p_browser_hash and t.expires_at > v_at
  returning t.staff_id into v_staff;
  if v_staff is null or not exists (select from staff s where s.staff_id = v_staff and s.active) then
    return;
  end if;
  insert into staff_session (token_hash, staff_id, address, issued_at, last_seen_at)
  values (p_token_hash, v_staff, v_address, v_at, v_at) returning staff_session.session_id into v_session;
  insert into known_browser as k (staff_id, browser_hash, last_at) values (v_staff, p_browser_hash, v_at)
  on conflict on constraint known_browser_pkey do update set last_at = excluded.last_at;
  delete from known_browser k where k.staff_id = v_staff and k.last_at < v_at - interval '400 days';
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (v_staff, 'session', v_session, 'signed_in', jsonb_build_object('address', v_address));
  return query select v_session, v_staff;
end $$;
REVOKE ALL ON FUNCTION desk_ticket_redeem(p_ticket_hash bytea, p_browser_hash bytea, p_token_hash bytea, p_address text, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_ticket_redeem(p_ticket_hash bytea, p_browser_hash bytea, p_token_hash bytea, p_address text, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_told(p_client integer, p_claim bigint, p_kind text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from claim_event e
                  where e.client_id = p_client and e.claim_id = p_claim and e.kind = p_kind and e.by_id = desk_staff_id()
                    and e.xmin = pg_current_xact_id()::xid) $$;
REVOKE ALL ON FUNCTION desk_told(p_client integer, p_claim bigint, p_kind text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_told(p_client integer, p_claim bigint, p_kind text) TO desk_app;

CREATE FUNCTION desk_touch(p_token_hash bytea, p_at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  update staff_session set last_seen_at = p_at
   where token_hash = p_token_hash and ended_at is null and last_seen_at < p_at
     and p_at <@ desk_present() and issued_at > p_at - interval '12 hours' $$;
REVOKE ALL ON FUNCTION desk_touch(p_token_hash bytea, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_touch(p_token_hash bytea, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_undone_as_a_whole() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.import_id = new.import_id)
     or exists (select from authorization_request r where r.client_id = new.client_id and r.import_id = new.import_id) then
    raise exception 'an import is undone as a whole' using errcode = 'check_violation';
  end if;
  if exists (select from import_duplicate d where d.client_id = new.client_id and d.of_import = new.import_id) then
    raise exception 'an import that others rest on is undone after them' using errcode = 'check_violation';
  end if;
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_undone_as_a_whole() FROM PUBLIC;

CREATE FUNCTION desk_units_used() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_changed', new.used_at,
    desk_staff_id(), jsonb_build_object('step', 'used', 'line', new.line, 'used', jsonb_build_array(old.used_units, new.used_units)));
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_units_used() FROM PUBLIC;

CREATE FUNCTION desk_unmerge_claims(p_client integer, p_other bigint, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_kept claim;
  v_other claim;
begin
  if desk_supervises() then
    perform from claim c
     where c.client_id = p_client
       and (c.claim_id = p_other
            or c.claim_id = (select o.merged_into from claim o where o.client_id = p_client and o.claim_id = p_other))
     order by c.claim_id for no key update;
    select * into v_other from claim where client_id = p_client and claim_id = p_other;
    select * into v_kept from claim where client_id = p_client and claim_id = v_other.merged_into;
  end if;
  if (p_at <@ desk_moment() and v_kept.closed_at is null and v_other.merged_into is not null) is not true then
    raise exception 'a merge is undone by a supervisor, while the claim that was kept is open' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from contact_attempt a where a.client_id = p_client and a.claim_id = v_kept.claim_id and a.substantive
                and a.struck_at is null and coalesce(a.recorded_at, a.at) > v_other.closed_at)
     or exists (select from claim_event e where e.client_id = p_client and e.claim_id = v_kept.claim_id
                   and e.kind = 'death_reported' and e.at > v_other.closed_at and v_kept.date_of_death is not null) then
    raise exception 'what happened since the merge would be missing on the other claim' using errcode = 'check_violation';
  end if;
  update claim set merged_into = null, closed_at = null, closed_why = null, closed_by = null, version = version + 1
   where client_id = p_client and claim_id = p_other;
  update claim k set version = version + 1,
                     first_contact_at = case when own.made then k.first_contact_at end,
                     first_contact_by = case when own.made then k.first_contact_by end
    from (select v_other.first_contact_at is null or v_kept.first_contact_at is distinct from v_other.first_contact_at
                 or exists (select from contact_attempt a
                             where a.client_id = p_client and a.claim_id = v_kept.claim_id and a.substantive
                               and a.struck_at is null) as made) own
   where k.client_id = p_client and k.claim_id = v_kept.claim_id;
  update intake_question q set answered_at = null, answered_by = null
   where q.client_id = p_client and q.claim_id in (v_kept.claim_id, p_other) and q.answered_at = v_other.closed_at
     and q.answered_by = v_other.closed_by and q.unobtainable_why is null
     and not exists (select from intake_question o
                      where o.client_id = q.client_id and o.claim_id = q.claim_id and o.element = q.element
                        and o.reason = q.reason and o.answered_at is null);
  perform desk_merging_told(v_kept, v_other, 'merge_undone', p_at);
  -- Whoever lost the right to one of them while nothing was due on it does not have it again.
  perform desk_take_back(v_other.assignee_id, null);
  perform desk_take_back(v_kept.assignee_id, null);
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_unmerge_claims(p_client integer, p_other bigint, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_unmerge_claims(p_client integer, p_other bigint, p_at timestamp with time zone) TO desk_app;

CREATE FUNCTION desk_waits_again() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform desk_ask_as_required(array[new.client_id], new.claim_id, null, null, coalesce(desk_staff_id(), 1), now());
  return null;
end $$;
REVOKE ALL ON FUNCTION desk_waits_again() FROM PUBLIC;

CREATE FUNCTION desk_who(p_token_hash bytea, p_at timestamp with time zone, p_idle interval) RETURNS TABLE(session_id bigint, staff_id integer, full_name text, sign_in_name text, role text, timezone text, clients integer[], last_seen_at timestamp with time zone, clients_until timestamp with time zone, must_change boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select e.session_id, s.staff_id, s.full_name, s.sign_in_name, s.role, s.timezone,
         coalesce((select array_agg(r.client_id order by r.client_id) from reaches r where r.staff_id = s.staff_id), '{}'),
         e.last_seen_at,
         (select min(case when c.starts_at > now() then c.starts_at else c.until end) from client_cover c
           where c.staff_id = s.staff_id and c.ended_at is null and c.until > now()),
         coalesce((select c.must_change from staff_credential c where c.staff_id = s.staff_id), false)
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash and e.ended_at is null and s.active and e.last_seen_at > p_at - p_idle
     and e.issued_at > p_at - interval '12 hours' $$;
REVOKE ALL ON FUNCTION desk_who(p_token_hash bytea, p_at timestamp with time zone, p_idle interval) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_who(p_token_hash bytea, p_at timestamp with time zone, p_idle interval) TO desk_app;

CREATE FUNCTION desk_withdraw_closed_day(p_client integer, p_day date, p_from timestamp with time zone, p_why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare v_name text;
begin
  if (length(p_why) <= 300 and desk_shows(p_why)) is not true then
    raise exception 'a closed day is withdrawn for a reason' using errcode = 'check_violation';
  end if;
  delete from client_holiday h
   where h.client_id = p_client and h.day = p_day and h.effective_from = p_from and not desk_begun(p_from) and desk_manages()
  returning name into v_name;
  if not found then
    return false;
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (desk_staff_id(), p_client, 'client', p_client, 'closed_day_withdrawn',
          jsonb_build_object('day', p_day, 'name', v_name, 'reason', p_why, 'effective_from', p_from));
  return true;
end $$;
REVOKE ALL ON FUNCTION desk_withdraw_closed_day(p_client integer, p_day date, p_from timestamp with time zone, p_why text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_withdraw_closed_day(p_client integer, p_day date, p_from timestamp with time zone, p_why text) TO desk_app;

CREATE FUNCTION desk_words_begun(p_client integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select distinct d.claim_id from draft d
   where d.client_id = p_client and d.fields <> '{}'
     and desk_reports() and (desk_sees_all() or p_client = any (desk_identity_clients())) $$;
REVOKE ALL ON FUNCTION desk_words_begun(p_client integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_words_begun(p_client integer) TO desk_app;

CREATE FUNCTION desk_works() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('va', 'clinical', 'supervisor')) $$;
REVOKE ALL ON FUNCTION desk_works() FROM PUBLIC;
GRANT ALL ON FUNCTION desk_works() TO desk_app;

CREATE FUNCTION desk_written(p_field text, p_kept text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select case when p_field in ('birth_date', 'date_of_injury', 'last_day_worked', 'return_to_work') then to_char(p_kept::date, 'MM/DD/YYYY')
              when p_field = 'injured_time' then left(p_kept, 5)
              when p_field in ('emergency', 'representative_permits', 'interpreter', 'modified_duty') then
                case p_kept when 'true' then 'yes' when 'false' then 'no' end
              else nullif(p_kept, '') end $$;
REVOKE ALL ON FUNCTION desk_written(p_field text, p_kept text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_written(p_field text, p_kept text) TO desk_app;

CREATE FUNCTION desk_zone_known(p_name text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select exists (select from pg_timezone_names where name = p_name) $$;
REVOKE ALL ON FUNCTION desk_zone_known(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk_zone_known(p_name text) TO desk_app;

CREATE FUNCTION fold_facts(batch integer DEFAULT 50000) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
with d as (delete from fact_delta where ctid = any (array(select ctid from fact_delta limit least(greatest(batch, 0), 200000)
                                                         for update skip locked)) returning *),
 h as (insert into by_hour as r select hour, sum(reported), sum(contacted), sum(on_time) from d group by 1 order by 1
   on conflict (hour) do update set reported = r.reported + excluded.reported, contacted = r.contacted + excluded.contacted,
     on_time = r.on_time + excluded.on_time),
 j as (insert into by_jurisdiction_hour as r select jurisdiction, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2 order by 1, 2
   on conflict (jurisdiction, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 c as (insert into by_client_hour as r select client_id, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2 order by 1, 2
   on conflict (client_id, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 a as (insert into by_all_hour as r select client_id, jurisdiction, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2, 3 order by 1, 2, 3
   on conflict (client_id, jurisdiction, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 y as (insert into duration_by_day as r select (hour at time zone 'UTC')::date, bin, sum(contacted) from d
   where bin is not null group by 1, 2 order by 1, 2
   on conflict (day, bin) do update set contacted = r.contacted + excluded.contacted),
 u as (insert into duration_by_jurisdiction_day as r select jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3 order by 1, 2, 3
   on conflict (jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted),
 v as (insert into duration_by_client_day as r select client_id, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3 order by 1, 2, 3
   on conflict (client_id, day, bin) do update set contacted = r.contacted + excluded.contacted),
 z as (insert into duration_by_all_day as r select client_id, jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
   on conflict (client_id, jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted)
select count(*) from d $$;
REVOKE ALL ON FUNCTION fold_facts(batch integer) FROM PUBLIC;
GRANT ALL ON FUNCTION fold_facts(batch integer) TO desk_app;

-- The job queue, as the package procrastinate makes it

CREATE TYPE procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE SEQUENCE procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
GRANT SELECT,USAGE ON SEQUENCE procrastinate_events_id_seq TO desk_app;

CREATE SEQUENCE procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
GRANT SELECT,USAGE ON SEQUENCE procrastinate_jobs_id_seq TO desk_app;

CREATE SEQUENCE procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
GRANT SELECT,USAGE ON SEQUENCE procrastinate_periodic_defers_id_seq TO desk_app;

CREATE TABLE procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now(),
    CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id),
    CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES procrastinate_jobs(id) ON DELETE CASCADE
);
ALTER SEQUENCE procrastinate_events_id_seq OWNED BY procrastinate_events.id;
ALTER TABLE ONLY procrastinate_events ALTER COLUMN id SET DEFAULT nextval('procrastinate_events_id_seq'::regclass);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON procrastinate_events USING btree (job_id);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate_events TO desk_app;

CREATE TABLE procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status procrastinate_job_status DEFAULT 'todo'::procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::procrastinate_job_status) AND (abort_requested = true)))),
    CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id),
    CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES procrastinate_workers(id) ON DELETE SET NULL
);
ALTER SEQUENCE procrastinate_jobs_id_seq OWNED BY procrastinate_jobs.id;
ALTER TABLE ONLY procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('procrastinate_jobs_id_seq'::regclass);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::procrastinate_job_status));
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::procrastinate_job_status, 'doing'::procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::procrastinate_job_status);
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON procrastinate_jobs FOR EACH ROW
    WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::procrastinate_job_status)))
    EXECUTE FUNCTION procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON procrastinate_jobs FOR EACH ROW
    WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE FUNCTION procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON procrastinate_jobs FOR EACH ROW
    WHEN ((new.abort_requested = true))
    EXECUTE FUNCTION procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON procrastinate_jobs FOR EACH ROW
    EXECUTE FUNCTION procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON procrastinate_jobs FOR EACH ROW
    WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::procrastinate_job_status)))
    EXECUTE FUNCTION procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON procrastinate_jobs FOR EACH ROW
    WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE FUNCTION procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON procrastinate_jobs FOR EACH ROW
    EXECUTE FUNCTION procrastinate_trigger_function_status_events_update_v1();
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate_jobs TO desk_app;

CREATE TABLE procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id),
    CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp),
    CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES procrastinate_jobs(id)
);
ALTER SEQUENCE procrastinate_periodic_defers_id_seq OWNED BY procrastinate_periodic_defers.id;
ALTER TABLE ONLY procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('procrastinate_periodic_defers_id_seq'::regclass);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON procrastinate_periodic_defers USING btree (job_id);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate_periodic_defers TO desk_app;

CREATE TABLE procrastinate_workers (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON procrastinate_workers USING btree (last_heartbeat);
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate_workers TO desk_app;

CREATE FUNCTION procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION procrastinate_defer_jobs_v1(jobs procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE FUNCTION procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION procrastinate_finish_job_v1(job_id bigint, end_status procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

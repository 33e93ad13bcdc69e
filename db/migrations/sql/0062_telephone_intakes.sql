-- Intakes by telephone: the claim is there as soon as it can be, the rest of what is told is put in when the call is over.
create table telephone_intake (
  client_id int not null,
  claim_id bigint not null,
  request uuid not null,
  begun_at timestamptz not null,
  begun_by int not null,
  ended_at timestamptz,
  ended_by int,
  left_why text,
  constraint telephone_intake_pkey primary key (client_id, claim_id),
  constraint telephone_intake_claim_fkey foreign key (client_id, claim_id) references claim on delete cascade,
  constraint telephone_intake_begun_by_fkey foreign key (begun_by) references staff,
  constraint telephone_intake_ended_by_fkey foreign key (ended_by) references staff,
  constraint telephone_intake_ended_paired check ((ended_at is null) = (ended_by is null)),
  constraint telephone_intake_ends_after check (ended_at >= begun_at),
  constraint telephone_intake_left_reasoned
    check (length(left_why) <= 500 and desk_shows(left_why) and (left_why is null or ended_at is not null)));
create index telephone_intake_open on telephone_intake (begun_at, client_id, claim_id) where ended_at is null;

alter table telephone_intake enable row level security;
alter table telephone_intake force row level security;
create policy house on telephone_intake to current_user using (true) with check (true);
create policy scope on telephone_intake for select to desk_app
  using ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));
create policy begin on telephone_intake for insert to desk_app
  with check ((select desk_reports())
              and ((select desk_supervises()) or client_id = any ((select desk_identity_clients())::int[])) and begun_by = (select desk_staff_id()) and begun_at <@ (select desk_moment())
              and exists (select from request_key k where k.request = telephone_intake.request and k.staff_id = begun_by
                             and k.client_id = telephone_intake.client_id and k.claim_id = telephone_intake.claim_id));
create policy finish on telephone_intake for update to desk_app
  using (ended_at is null and (select desk_reports())
         and ((select desk_supervises()) or client_id = any ((select desk_identity_clients())::int[])))
  with check (ended_by = (select desk_staff_id()) and ended_at <@ (select desk_moment())
              and (left_why is not null or ended_by = begun_by));
revoke all on telephone_intake from public;
grant select on telephone_intake to desk_app;
grant insert (client_id, claim_id, request, begun_at, begun_by) on telephone_intake to desk_app;
grant update (ended_at, ended_by, left_why) on telephone_intake to desk_app;

-- On the timeline, in the access log and to open lists, whoever ends it and however.
create function desk_telephone_intake_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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
revoke execute on function desk_telephone_intake_told from public;
create trigger told after insert or update on telephone_intake for each row execute function desk_telephone_intake_told();

alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,merged,merge_undone,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn,consent_given,consent_refused,consent_revoked,intake_finished,intake_left}'));

-- A report's words go with the claim that it has begun, and wait there until the intake is ended: thirty days at most.
grant update (client_id, claim_id) on draft to desk_app;
create or replace function desk_forget_drafts(p_before timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from draft d
     where d.saved_at < least(p_before, upper(desk_present()) - interval '24 hours')
       and (d.saved_at < least(p_before, upper(desk_present()) - interval '24 hours') - interval '29 days'
            or not exists (select from telephone_intake t
                            where t.client_id = d.client_id and t.claim_id = d.claim_id and t.begun_by = d.staff_id
                              and d.form = 'report' and t.ended_at is null))
    returning 1)
  select count(*)::int from gone $$;

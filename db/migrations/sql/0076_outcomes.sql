-- What is disputed while review is deferred: it stands in the letters that tell of that.
alter table authorization_request add deferred_why text;
alter table authorization_request add constraint authorization_request_deferred_reasoned
  check (length(deferred_why) <= 4000 and desk_shows(deferred_why) and (deferred_why is null or deferred_at is not null));
grant update (deferred_why) on authorization_request to desk_app;
do $$ begin
  execute replace(pg_get_functiondef('desk_authorization_changes'::regproc), '''ours'', v_step]',
    '''ours'', v_step] || case new.change when ''deferred'' then array[''deferred_why''] else ''{}''::text[] end');
end $$;

-- A letter that is of no determination returns its request, or tells that review of it is deferred.
alter table letter drop constraint letter_template_known;
alter table letter add constraint letter_template_known
  check (template in ('determination_letter', 'return_letter', 'deferral_letter'));
alter table letter drop constraint letter_template_of_its_kind;
alter table letter add constraint letter_template_of_its_kind
  check ((template = 'determination_letter') = (determination_id is not null));

create or replace function desk_letter_holds(p letter) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
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

create or replace function desk_letter_went_out() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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

create or replace function desk_request_returned() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (old.returned_at is null and exists (
       select from letter l
        where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id
          and l.template = 'return_letter' and l.handed_out_at = new.returned_at)) is not true then
    raise exception 'a request is returned by its letter, once' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- What the law gives where nobody decided in time is determined as such: by lapse, of the clock that lapsed.
alter table determination add lapse_of bigint;
alter table determination add constraint determination_lapse_of_fkey foreign key (lapse_of) references statutory_clock;
grant insert (lapse_of) on determination to desk_app;
do $$
declare
  v_table text;
begin
  foreach v_table in array array['authorization_request', 'determination', 'determination_line', 'service_line'] loop
    execute format('alter table %I drop constraint %I', v_table, v_table || '_outcome_known');
    execute format('alter table %I add constraint %I check (outcome in (''approved'', ''modified'', ''denied'', ''deferred'','
      || ' ''pended'', ''dismissed'', ''withdrawn'', ''lapsed''))', v_table, v_table || '_outcome_known');
  end loop;
  execute replace(pg_get_functiondef('desk_all_lines_determined'::regproc), '{approved,modified}', '{approved,modified,lapsed}');
end $$;
alter table determination drop constraint determination_refusal_reasoned;
alter table determination add constraint determination_refusal_reasoned
  check (outcome in ('approved', 'lapsed') or reason is not null);
alter table determination add constraint determination_lapse_of_a_clock check (outcome <> 'lapsed' or lapse_of is not null);
alter table determination_line drop constraint determination_line_approves;
alter table determination_line add constraint determination_line_approves
  check ((outcome in ('approved', 'modified', 'lapsed')) = (units is not null) and units between 1 and 9999);

-- Whether a law gives something because nobody decided a request before a moment: only where it says so, and where each
-- of its conditions holds. Ohio has four (OAC 4123-6-16.2); Florida's is of written requests (s. 440.13(3)(d)).
create function desk_given_by_lapse(p authorization_request, p_rule bigint, p_at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
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
     where k.clock_id = p_rule), false) $$;
revoke execute on function desk_given_by_lapse from public;

create function desk_determined_by_lapse() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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
revoke execute on function desk_determined_by_lapse from public;
create trigger by_lapse before insert on determination for each row when (new.lapse_of is not null)
  execute function desk_determined_by_lapse();

-- Of a line nothing is taken that was used: who corrects it says first that it was not.
create or replace function desk_line_determined() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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

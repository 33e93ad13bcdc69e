create or replace function desk_done(p_client int, p_noun text, p_id bigint, p_verb text, p_detail jsonb) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
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
      select from claim_import i where i.xmin = v_now and i.client_id = p_client and i.import_id = p_id
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
      when p_verb = 'sessions_ended' then desk_manages() and (p_detail ->> 'sessions_ended')::bigint = (
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

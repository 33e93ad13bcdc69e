-- Words that are typed and not sent are their person's alone. That there are some is told to whoever may undo an import,
-- which would take them away: of which claims, and neither whose nor what.
create function desk_words_begun(p_client int) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct d.claim_id from draft d
   where d.client_id = p_client and d.fields <> '{}'
     and desk_reports() and (desk_sees_all() or p_client = any (desk_identity_clients())) $$;
revoke execute on function desk_words_begun from public;
grant execute on function desk_words_begun to desk_app;

do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), ',rule_proposed,rule_withdrawn,rule_in_force,asked_by_rule', '') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;

alter policy what_was_done_stays on claim_event using (kind = 'reported');

drop trigger waits_again on claim;
drop function desk_waits_again, desk_requirements_begin, desk_ask_of_claim, desk_ask_as_required, desk_requirement_preview,
  desk_requirement_moves, desk_requirement;
drop table intake_requirement;
drop function desk_requirement_told, desk_day_begun, desk_client_day;

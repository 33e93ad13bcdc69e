do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), ',authorization_logged,authorization_changed,'
                             || 'authorization_followed_up,determined,determination_corrected,determination_told', '') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;
drop table authorization_follow_up, determination_notice, determination_line, determination, service_line, authorization_request;
drop function desk_follow_up_told, desk_notice_told, desk_all_lines_determined, desk_line_determined, desk_determined,
  desk_units_used, desk_authorization_told, desk_authorization_noted, desk_line_with_request, desk_authorization_asks,
  desk_authorization_changes,
  desk_authorization_can_be, desk_reviewers, desk_open_clocks;
delete from disclosure where digest is null;
alter table disclosure alter column digest set not null;

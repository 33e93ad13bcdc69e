do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), ',clock_checked,holiday_added,holiday_taken_out', '') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;
drop function desk_statutory_clocks_begin;
drop table statutory_holiday, statutory_clock_check, statutory_clock;
drop function desk_holiday_told, desk_clock_checked_told, desk_statutory_clock_told;

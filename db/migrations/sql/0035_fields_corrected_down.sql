create or replace function desk_tells() returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select case when desk_role() in ('va', 'supervisor') then array['reported'] else '{}' end
      || case when desk_role() in ('va', 'clinical', 'supervisor')
           then array['assigned', 'assignment_undone', 'question_answered', 'question_unobtainable', 'death_reported',
                      'document_added', 'disclosed', 'condition_added', 'condition_changed', 'network_set'] else '{}' end
      || case when desk_role() = 'clinical' then array['pause_ended'] else '{}' end
      || case when desk_role() = 'supervisor'
           then array['report_corrected', 'clock_paused', 'clock_resumed', 'death_corrected', 'death_withdrawn',
                      'death_acknowledged'] else '{}' end $$;
drop trigger story_stands on claim_narrative;
drop function desk_story_guard();
create trigger story_stands before update on claim_narrative for each row
  when (current_user = 'desk_app'
        and (old.narrative is not null and starts_with(new.narrative, old.narrative) is not true
             or old.body_part is not null and new.body_part is null))
  execute function desk_refused('what was told of an injury is added to');
revoke update (nature, cause, reporter, injury_place) on claim_narrative from desk_app;
revoke update (emergency) on claim from desk_app;
revoke update (address, postal_code) on injured_worker from desk_app;
drop table representative;
drop table field_change;

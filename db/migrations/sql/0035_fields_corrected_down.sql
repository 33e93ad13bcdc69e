drop trigger story_stands on claim_narrative;
drop function desk_story_guard();
create trigger story_stands before update on claim_narrative for each row
  when (current_user = 'desk_app'
        and (old.narrative is not null and starts_with(new.narrative, old.narrative) is not true
             or old.body_part is not null and new.body_part is null))
  execute function desk_refused('what was told of an injury is added to');
revoke update (nature, cause, reporter, reporter_phone, injury_place) on claim_narrative from desk_app;
revoke update (emergency) on claim from desk_app;
revoke update (address, postal_code) on injured_worker from desk_app;
drop table representative;
drop table field_change;

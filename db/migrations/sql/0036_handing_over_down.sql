drop function desk_receivers(int);
drop trigger holder_stands on claim;
create trigger holder_stands before update of assignee_id, assigned_at on claim for each row
  when (current_user = 'desk_app' and new.assignee_id is distinct from old.assignee_id and not desk_supervises()
        and not (old.assignee_id is null and new.assignee_id = desk_staff_id())
        and not (old.assignee_id = desk_staff_id() and new.assignee_id is null))
  execute function desk_refused('a claim that somebody has is handed over by a supervisor');
drop function desk_handed_over(int, bigint, timestamptz, int);

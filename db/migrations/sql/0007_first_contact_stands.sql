-- A first contact is recorded once, by whoever made it: nobody takes it away again, or lends it another's name.
create function desk_first_contact_stands() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'desk_app'
     and (old.first_contact_at is not null or new.first_contact_by is distinct from desk_staff_id()) then
    raise exception 'a first contact is recorded once, in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_first_contact_stands() from public;

create trigger first_contact_stands before update of first_contact_at, first_contact_by on claim for each row
  when ((new.first_contact_at, new.first_contact_by) is distinct from (old.first_contact_at, old.first_contact_by))
  execute function desk_first_contact_stands();

drop policy own_hand on feed_mapping;
create policy own_hand on feed_mapping as restrictive for insert to desk_app
  with check (saved_by = (select desk_staff_id()));
create policy own_hand_again on feed_mapping as restrictive for update to desk_app
  using (true) with check (saved_by = (select desk_staff_id()));

drop trigger version_counts on client;
revoke update (version) on client from desk_app;

revoke delete on sla_policy from desk_app;
drop policy withdraw on sla_policy;
create policy change on sla_policy for update to desk_app
  using ((select desk_manages())) with check ((select desk_manages()));

drop trigger promise_differs on sla_policy;
drop function desk_promise_repeats(sla_policy);
drop function desk_promise_planned(int, timestamptz);
drop function desk_begun(timestamptz);

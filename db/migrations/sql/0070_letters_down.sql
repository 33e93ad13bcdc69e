drop trigger went_out on determination_notice;
drop trigger by_letter on determination_notice;
drop trigger returned on authorization_request;
drop trigger merged_stands on claim_document;
create trigger merged_stands before insert on claim_document for each row
  when (current_user = 'desk_app') execute function desk_merged_guard();
drop table letter cascade;
drop function desk_letter_told, desk_notice_by_letter, desk_request_returned, desk_letter_went_out, desk_letter_goes_out,
  desk_letter_can_be, desk_determination_stands;
update authorization_request set change = 'returned' where change = 'sent_back';
alter table authorization_request drop constraint authorization_request_change_known;
alter table authorization_request add constraint authorization_request_change_known
  check (change in ('completed', 'returned', 'extended', 'informed', 'tolled', 'resumed', 'deferred', 'taken_up',
                    'due_set', 'due_moved', 'assigned', 'followed_up'));
alter table authorization_request drop column returned_at;
do $$ begin
  execute replace(pg_get_functiondef('desk_authorization_changes'::regproc),
    'when ''sent_back'' then ''returned_at'' when ''deferred'' then ''deferred_at''',
    'when ''deferred'' then ''deferred_at''');
end $$;

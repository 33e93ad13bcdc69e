drop trigger complete_before_review on first_contact;
drop function desk_complete_before_review;
drop function desk_intake_open;
drop index first_contact_incomplete;

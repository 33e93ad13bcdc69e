drop table disclosure;
drop table claim_document;
drop table file_content;
drop table file;
drop table claim_condition;
alter table claim drop column certified_network;

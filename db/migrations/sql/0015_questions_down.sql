-- Of several questions about one element only one can stay: the first that is open, or else the last that was answered.
-- It says what all of them said.
with ranked as (
  select client_id, claim_id, question_id, element,
         row_number() over (partition by client_id, claim_id, element
                            order by answered_at desc nulls first, question_id) as place,
         string_agg(why, ' ') over (partition by client_id, claim_id, element order by question_id
                                    rows between unbounded preceding and unbounded following) as said
    from intake_question),
joined as (
  update intake_question q set why = r.said from ranked r
   where (q.client_id, q.claim_id, q.question_id) = (r.client_id, r.claim_id, r.question_id) and r.place = 1
     and q.why <> r.said)
delete from intake_question q using ranked r
 where (q.client_id, q.claim_id, q.question_id) = (r.client_id, r.claim_id, r.question_id) and r.place > 1;

drop index intake_question_open;
alter table intake_question
  drop constraint intake_question_reason_form,
  drop constraint intake_question_pkey,
  add constraint intake_question_pkey primary key (client_id, claim_id, element),
  drop column reason,
  drop column question_id;
create index intake_question_open on intake_question (client_id, claim_id) where answered_at is null;

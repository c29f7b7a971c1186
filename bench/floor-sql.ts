/** The floor's statements, written out. Ours are in src/core: cases/use-cases/work-list.ts, cases/use-cases/look.ts, cases/store.ts, cases/receive.ts, people/facts.ts. */
export const floor = {
  worklist: `select c.id, c.number, c.matter_code, c.surname, a.name, c.status, c.step, c.channel, c.due_at, c.due_provisional, c.correction->>'answerBy' as answer_by, length(c.handling_area) = $3 and c.awaits && $4::text[] as handling
    from cases.case c join areas.area a on a.code = c.origin_area where c.open and c.handling_area >= $1 and c.handling_area < $2 order by c.due_at nulls last, c.id limit 26`,
  counts: `select count(*)::int as all, (count(*) filter (where todo and due_at < $3))::int as overdue, (count(*) filter (where todo and due_at >= $3 and due_at < $4))::int as today,
    (count(*) filter (where todo and due_at >= $4 and due_at < $5))::int as soon, (count(*) filter (where doing and status = 'correcting'))::int as correcting,
    (count(*) filter (where doing and status = 'paused'))::int as paused, (count(*) filter (where todo))::int as todo, (count(*) filter (where not doing))::int as watching
    from (select c.due_at, c.status, d.doing, d.doing and c.status not in ('correcting', 'paused') as todo
      from cases.case c, lateral (select length(c.handling_area) = $6 and c.awaits && $7::text[] as doing) d where c.open and c.handling_area >= $1 and c.handling_area < $2) one`,
  case_by_id: 'select * from cases.case where id = $1',
  lock_case: 'select * from cases.case where id = $1 for update',
  read_entry: `insert into access.read_entry (id, at, person_id, operation, purpose, case_id, account_id, post_id, request_id) values ($1, $2, $3, 'cases.read-case', 'case', $4, 'floor', $1, 'floor')`,
  standing: `select (select count(*) from cases.objection o where o.case_id = $1 and o.answered_at is null)::int as objections,
    (select count(*) from cases.unit_member m where m.case_id = $1 and m.adult and m.authorised_at is null)::int as adults`,
  objections: 'select id, sealed, made_at, answer from cases.objection where case_id = $1 order by made_at',
  area: 'select name from areas.area where code = $1',
  facts: `select p.name, p.sex, p.born_on, p.source, h.area, o.area as living_area, d.address, r.during, i.monthly_fen, b.last_four,
      (select array_agg(q.matter_code) from people.benefit_receipt q where q.person_id = p.id and q.during @> $2::date) as receives
    from people.person p left join people.hukou_spell h on h.person_id = p.id and h.during @> $2::date
    left join people.dwelling_occupancy o on o.person_id = p.id and o.during @> $2::date left join people.dwelling d on d.id = o.dwelling_id
    left join people.residence_spell r on r.person_id = p.id and r.during @> $2::date left join people.income_declaration i on i.person_id = p.id and i.during @> $2::date
    left join people.bank_account b on b.person_id = p.id and b.during @> $2::date where p.id = $1`,
  identity: 'select name, id_number_sealed, phone_sealed from people.person where id = $1',
  answers: 'select distinct on (question) question, sealed from cases.answer where case_id = $1 order by question, version desc',
  data_check: `select payload->'result' as result from cases.timeline where case_id = $1 and fact = 'step_done' and payload->>'kind' = 'data_check' order by seq desc limit 1`,
  material: 'select id from documents.material where case_id = $1 and withdrawn_at is null limit 1',
  members: 'select * from cases.unit_member where case_id = $1 order by id',
  materials:
    'select m.id, m.material, m.file_id, f.name_sealed, f.media_type, f.size, m.added_at from documents.material m join documents.file f on f.id = m.file_id where m.case_id = $1 order by m.added_at',
  documents:
    'select id, kind, number, seq, issued_at, void_at from documents.document where case_id = $1 order by issued_at, seq',
  timeline: `select t.*, o.officer_name, o.organisation_name from cases.timeline t left join access.officer_of_post o on o.post_id = t.post_id where t.case_id = $1 order by t.seq`,
  claim_key: `insert into platform.idempotency (actor, operation, key, body_hash, result, at) values ('floor', 'create', $1, $2, '{}', $3) on conflict do nothing`,
  running: `select number from cases.case where applicant_id = $1 and matter_code = 'longevity-allowance' and open and status <> 'decided' limit 1`,
  next_number: `insert into cases.counter as c (street, day, n) values ($1, $2::date, 1) on conflict (street, day) do update set n = c.n + 1
    returning to_char($2::date, 'YYYYMMDD') || '-f' || lpad(n::text, 4, '0') as number`,
  insert_case: `insert into cases.case (id, number, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_at, status, step, due_at, told_due_at, seq)
    values ($1, $2, $3, 'longevity-allowance', 1, $4, 'civil-affairs', $5, $6, $7, '陈', 'window', $8, 'received', 'accept', $8, $8, 1)`,
  insert_fact: `insert into cases.timeline (case_id, seq, fact, payload, actor_kind, account_id, recorded_at, effective_at) values ($1, $2, $3, '{"dueAt":null,"dueProvisional":false}', 'staff', 'floor', $4, $4)`,
  insert_answer: 'insert into cases.answer (case_id, question, version, sealed, recorded_at) values ($1, $2, 1, $3, $4)',
  next_document: `insert into documents.counter as c (organ, kind, year, n) values ($1, 'floor', $2, 1) on conflict (organ, kind, year) do update set n = c.n + 1 returning n`,
  insert_document: `insert into documents.document (id, kind, number, case_id, street, issuer, matter_code, model_sealed, seq, issued_at) values ($1, 'receipt', $2, $3, $4, $4, 'longevity-allowance', $5, $6, $7)`,
  insert_message: `insert into messages.message (id, person_id, kind, params, case_id, made_at) values ($1, $2, 'received', '{}', $3, $4)`,
  insert_audit: `insert into platform.audit (id, at, operation, outcome, actor_kind, account_id, object_id, request_id) values ($1, $2, 'floor', 'done', 'staff', 'floor', $3, 'floor')`,
  update_case: `update cases.case set status = 'accepted', step = 'confirm', accepted_on = $2::date, due_at = $2, told_due_at = $2, handling_area = $3, seq = seq + 2 where id = $1`,
} as const

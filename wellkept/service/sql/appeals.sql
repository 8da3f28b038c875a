-- Threads about claims: an inquiry, a request before care, an appeal, an external review. Written and read through functions alone,
-- by whose they are, by whoever may act for them, and by whoever works on them.
select wellkept.lock_protect('wellkept.service_thread', p_gate => 'select, insert, update', p_also => '(select wellkept.held_own())');

-- Whether what is open was opened by whose it is, by staff at work, or by somebody who may act for the person: then a thread may be
-- read and written. The entry says by what tie.
create function wellkept.service_party() returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare v boolean;
begin
  select h.own or e.role <> 'member' or coalesce(e.reason in ('helper', 'personal_representative', 'parent', 'parent_young'), false) into v
    from wellkept.gate_held h
    join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.at < now() + interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if v is null then raise insufficient_privilege using message = 'nothing is open in this transaction'; end if;
  return v;
end $$;

-- By what tie the reader acts for the person who is open; null for the person, and for staff.
create function wellkept.service_tie() returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (
    select e.reason from wellkept.gate_held h
      join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.at < now() + interval '1 min'
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned() and e.role = 'member' and not h.own);
end $$;

-- Whether the person or who acts for them has the record open, and not staff.
create function wellkept.service_side_of_person() returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return wellkept.service_party() and (wellkept.held_own() or wellkept.service_tie() is not null);
end $$;

-- Whether who has the record open may send for the person: they, who acts for them, or who answers their call once it was verified: an
-- urgent appeal may be made by telephone (29 CFR 2560.503-1(h)(3)(vi)).
create function wellkept.service_sends() returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return wellkept.service_side_of_person() or exists (
    select 1 from wellkept.gate_held h
      join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.at < now() + interval '1 min'
      join wellkept.service_call c on c.id = e.occasion and c.account_id = e.account and c.person_id = any (h.subjects)
       and c.verified is not null and c.ended is null
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned() and e.role = 'representative');
end $$;

-- Who wrote a message that the person did not write: the tie of who acts for them, or the name of who took it down on a call.
create function wellkept.service_writer() returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (
    select case when e.role = 'member' and not h.own then e.reason when e.role = 'representative' then e.actor end
      from wellkept.gate_held h
      join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.at < now() + interval '1 min'
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned());
end $$;

-- Whether a row of a person's in a category may be read in this transaction by a party to it.
create function wellkept.service_reads(p_person uuid, p_category text, p_restricted boolean) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return p_person = any (wellkept.held_subjects()) and p_category = any (wellkept.held_categories()) and wellkept.service_party()
    and (not p_restricted or wellkept.held_own());
end $$;

-- By when the law wants it decided, from when it came in. A request: urgent 72 hours, before care 15 days (29 CFR 2560.503-1(f)(2)).
-- An appeal: urgent 72 hours, before care 30 days, after care 60 days ((i)(2)). Null where another clock runs.
create function wellkept.service_due(p_kind text, p_setting text, p_at timestamptz) returns timestamptz
language plpgsql immutable set search_path = wellkept, pg_temp as $$
begin
  return p_at + case
    when p_kind in ('request', 'appeal') and p_setting = 'urgent' then interval '72 hours'
    when p_kind = 'request' and p_setting = 'before' then interval '15 days'
    when p_kind = 'appeal' and p_setting = 'before' then interval '30 days'
    when p_kind = 'appeal' and p_setting = 'after' then interval '60 days' end;
end $$;

-- The last day to ask for the next look: of an appeal 180 days after the decision (29 CFR 2560.503-1(h)(3)(i)), of an external review
-- four months after it (45 CFR 147.136(d)(2)(i)).
create function wellkept.service_until(p_kind text, p_decided date) returns date
language plpgsql immutable set search_path = wellkept, pg_temp as $$
begin
  return case p_kind when 'appeal' then p_decided + 180 when 'review' then (p_decided + interval '4 months')::date end;
end $$;

-- Whether an account decided what a thread asks to have looked at again. Whoever did may not look again (29 CFR 2560.503-1(h)(3)(ii)).
create function wellkept.service_decided(p_about uuid, p_account uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.service_thread t
      join wellkept.service_thread o on o.person_id = t.person_id and o.id <> t.id and (o.id = t.before_id or o.claim_id = t.claim_id)
       and o.kind in ('request', 'appeal')
      join wellkept.service_case c on c.person_id = o.person_id and c.about = o.id
     where t.id = p_about and t.kind in ('appeal', 'review') and c.account_id = p_account and c.closed_at is not null)
    or exists (
    select 1 from wellkept.service_thread t join wellkept.service_case c on c.person_id = t.person_id and c.about = t.before_id
     where t.id = p_about and t.kind in ('appeal', 'review') and c.account_id = p_account and c.closed_at is not null);
end $$;

-- Sends a thread: 'sent', 'waits' where one about the same thing is open, 'decided' where one was decided already, 'late' where the
-- time for it ended, 'no' where the record is not open to a party, or what it speaks of is not there. p_due is for what no law times.
create function wellkept.service_send_thread(
  p_id uuid, p_person uuid, p_category text, p_under text, p_number text, p_kind text, p_setting text, p_claim uuid, p_before uuid,
  p_decided date, p_due date, p_step uuid, p_words bytea
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  b wellkept.service_case;
  t wellkept.service_thread;
  c wellkept.service_case;
  v_decided date := p_decided;
  v_due timestamptz := wellkept.service_due(p_kind, p_setting, now());
begin
  if not wellkept.service_reads(p_person, p_category, false) or not wellkept.service_sends() then return 'no'; end if;
  if p_words is null or p_step is null or p_kind not in ('inquiry', 'request', 'appeal', 'review') or p_due is null then return 'no'; end if;
  if p_kind in ('request', 'appeal') and v_due is null then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('threads of ' || p_person, 0));
  if p_before is not null then
    select * into b from wellkept.service_case x
     where x.person_id = p_person and x.about = p_before and x.category = p_category
       and (x.state = 'refused' and x.closed_at is not null
         -- An appeal that was not decided in time may be taken further as if it had been refused (29 CFR 2560.503-1(l)).
         or p_kind = 'review' and x.closed_at is null and exists (
           select 1 from wellkept.service_thread o where o.person_id = p_person and o.id = p_before and o.due_at < now()));
    if not found then return 'no'; end if;
    v_decided := wellkept.access_day(coalesce(b.closed_at, now()));
  end if;
  if p_kind in ('appeal', 'review') and v_decided is null or p_kind = 'review' and b.kind is distinct from 'appeal' then return 'no'; end if;
  if wellkept.access_day(now()) > wellkept.service_until(p_kind, v_decided) then return 'late'; end if;
  for t in
    select x.* from wellkept.service_thread x
     where x.person_id = p_person and x.kind = p_kind and p_kind in ('appeal', 'review')
       and (x.claim_id = p_claim or x.before_id = p_before)
  loop
    select * into c from wellkept.service_case x where x.person_id = p_person and x.about = t.id;
    if c.closed_at is null then return 'waits'; end if;
    if wellkept.access_day(c.closed_at) >= v_decided then return 'decided'; end if;
  end loop;
  insert into wellkept.service_thread (id, person_id, category, collected_under, restricted, kind, setting, claim_id, before_id, decided_on,
    sent_at, due_at, tie)
  values (p_id, p_person, p_category, p_under, false, p_kind, p_setting, p_claim, p_before, v_decided, now(), v_due, wellkept.service_writer());
  if not wellkept.service_open_case(p_id, p_person, p_category, p_under, p_number, p_kind, p_id, coalesce(wellkept.access_day(v_due), p_due)) then
    raise insufficient_privilege using message = 'a case is opened by whose record is open';
  end if;
  update wellkept.service_case x set due_at = v_due where x.person_id = p_person and x.id = p_id returning * into c;
  perform wellkept.service_step(c, p_step, 'wrote', wellkept.service_writer(), p_words);
  return 'sent';
end $$;

-- The threads of one person who is open, newest first, at most 200.
create function wellkept.service_threads(p_person uuid)
returns table (id uuid, kind text, setting text, claim_id uuid, before_id uuid, decided_on date, sent_at timestamptz, due_at timestamptz,
  tie text, category text, case_id uuid, number text, state text, due_on date, actor text, closed_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select t.id, t.kind, t.setting, t.claim_id, t.before_id, t.decided_on, t.sent_at, t.due_at, t.tie, t.category, c.id, c.number, c.state,
         c.due_on, c.actor, c.closed_at
    from wellkept.service_thread t join wellkept.service_case c on c.person_id = t.person_id and c.about = t.id
   where t.person_id = p_person and wellkept.service_reads(p_person, t.category, t.restricted)
   order by t.sent_at desc, t.id limit 200;
end $$;

-- The steps of one thread, oldest first.
create function wellkept.service_thread_steps(p_person uuid, p_thread uuid)
returns table (id uuid, at timestamptz, what text, actor text, words bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select s.id, s.at, s.what, s.actor, s.words from wellkept.service_thread t
    join wellkept.service_case c on c.person_id = t.person_id and c.about = t.id
    join wellkept.service_casestep s on s.person_id = t.person_id and s.case_id = c.id
   where t.person_id = p_person and t.id = p_thread and wellkept.service_reads(p_person, t.category, t.restricted)
   order by s.at, s.id limit 500;
end $$;

-- The thread of the person who is open, for whoever writes in it now; null for anybody else. Staff only where they work on it.
create function wellkept.service_writes(p_person uuid, p_thread uuid) returns wellkept.service_thread
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  t wellkept.service_thread;
  v_account uuid;
begin
  select * into t from wellkept.service_thread x
   where x.person_id = p_person and x.id = p_thread and wellkept.service_reads(p_person, x.category, x.restricted);
  if not found then return null; end if;
  if wellkept.service_side_of_person() then return t; end if;
  select e.account into v_account from wellkept.gate_held h
    join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.at < now() + interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if not exists (select 1 from wellkept.service_case c
                  where c.person_id = p_person and c.about = p_thread and c.account_id = v_account) then return null; end if;
  return t;
end $$;

-- Keeps a paper with a step of a thread, as it was sent: ten parts at most of the size that pages make, five papers a step.
create function wellkept.service_keep_paper(
  p_person uuid, p_thread uuid, p_step uuid, p_paper uuid, p_name bytea, p_kind text, p_size int, p_places uuid[], p_parts bytea[]
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  t wellkept.service_thread := wellkept.service_writes(p_person, p_thread);
begin
  if t.id is null or cardinality(p_places) is distinct from cardinality(p_parts) or cardinality(p_parts) not between 1 and 64 then return false; end if;
  if not exists (select 1 from wellkept.service_case c join wellkept.service_casestep s on s.person_id = c.person_id and s.case_id = c.id
                  where c.person_id = p_person and c.about = p_thread and s.id = p_step and s.at > now() - interval '1 min')
    or (select count(*) from wellkept.files_attachment a where a.person_id = p_person and a.about = p_step) >= 5 then return false; end if;
  insert into wellkept.files_attachment (id, person_id, category, collected_under, restricted, about, name, kind, size, parts, attached_at, kept)
  values (p_paper, p_person, t.category, t.collected_under, false, p_step, p_name, p_kind, p_size, cardinality(p_parts), clock_timestamp(), true);
  insert into wellkept.files_part (id, person_id, category, collected_under, restricted, attachment_id, number, content)
  select u.place, p_person, t.category, t.collected_under, false, p_paper, u.n - 1, u.part
    from unnest(p_places, p_parts) with ordinality u (place, part, n);
  return true;
end $$;

-- The papers of a thread, in the order they came, each with its step.
create function wellkept.service_papers(p_person uuid, p_thread uuid)
returns table (id uuid, step uuid, name bytea, kind text, size int, parts int, attached_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select a.id, a.about, a.name, a.kind, a.size, a.parts, a.attached_at from wellkept.service_thread_steps(p_person, p_thread) s
    join wellkept.files_attachment a on a.person_id = p_person and a.about = s.id
   order by a.attached_at, a.id;
end $$;

-- One sealed part of a paper of a thread; null where it is no such paper.
create function wellkept.service_paper_part(p_person uuid, p_thread uuid, p_paper uuid, p_place uuid) returns bytea
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not exists (select 1 from wellkept.service_papers(p_person, p_thread) p where p.id = p_paper) then return null; end if;
  return (select f.content from wellkept.files_part f where f.person_id = p_person and f.attachment_id = p_paper and f.id = p_place);
end $$;

-- The person, or who acts for them, writes once more while it is open. What we asked for is answered by it; of a request the clock then
-- goes on (29 CFR 2560.503-1(f)(4)): urgent, 48 hours at most from the answer ((f)(2)(i)); before care, with the days it had left.
create function wellkept.service_write_thread(p_person uuid, p_thread uuid, p_step uuid, p_words bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  t wellkept.service_thread := wellkept.service_writes(p_person, p_thread);
  c wellkept.service_case;
  v_due timestamptz := t.due_at;
begin
  if t.id is null or p_words is null or not wellkept.service_side_of_person() then return false; end if;
  select * into c from wellkept.service_case x where x.person_id = p_person and x.about = p_thread and x.closed_at is null for update;
  if not found then return false; end if;
  if c.state = 'asked' and t.kind = 'request' then
    v_due := case when t.setting = 'urgent' then least(t.due_at, now() + interval '48 hours') else t.due_at + (now() - t.asked_at) end;
    update wellkept.service_thread x set due_at = v_due, asked_at = null where x.person_id = p_person and x.id = p_thread;
  end if;
  update wellkept.service_case x
     set state = case when x.state <> 'asked' then x.state when x.account_id is null then 'waiting' else 'working' end, asked_on = null,
         due_at = v_due, due_on = coalesce(wellkept.access_day(v_due), x.due_on + greatest(wellkept.access_day(now()) - x.asked_on, 0), x.due_on)
   where x.person_id = p_person and x.id = c.id returning * into c;
  perform wellkept.service_step(c, p_step, 'wrote', wellkept.service_tie(), p_words);
  return true;
end $$;

-- Takes back what is open. Nobody has to say why.
create function wellkept.service_withdraw_thread(p_person uuid, p_thread uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  t wellkept.service_thread := wellkept.service_writes(p_person, p_thread);
  c wellkept.service_case;
begin
  if t.id is null or not wellkept.service_side_of_person() then return false; end if;
  update wellkept.service_case x set state = 'withdrawn', closed_at = now()
   where x.person_id = p_person and x.about = p_thread and x.closed_at is null returning * into c;
  if not found then return false; end if;
  perform wellkept.service_step(c, gen_random_uuid(), 'withdrawn', wellkept.service_tie(), null);
  return true;
end $$;

-- What whoever works on a thread says: asked, accepted, refused, and of an external review 'passed on' to who looks from outside.
-- 'self' where they decided before what is to be looked at again: then a colleague must. An appeal's clock never stands still: no
-- question of ours makes its days more ((i)(4) speaks of extensions, and a group health plan has none).
create function wellkept.service_answer_thread(p_secret bytea, p_case uuid, p_step uuid, p_what text, p_words bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
  t wellkept.service_thread;
  v_due timestamptz;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_words is null or p_what is null then return 'no'; end if;
  select * into c from wellkept.service_case x
   where x.id = p_case and x.account_id = s.account_id and x.closed_at is null
     and x.person_id = any (wellkept.held_subjects()) and x.category = any (wellkept.held_categories()) for update;
  if not found or c.state = 'asked' then return 'no'; end if;
  select * into t from wellkept.service_thread x where x.person_id = c.person_id and x.id = c.about;
  if not found or not (p_what in ('asked', 'accepted', 'refused') or p_what = 'passed on' and t.kind = 'review' and t.passed_at is null) then
    return 'no';
  end if;
  if wellkept.service_decided(t.id, s.account_id) then return 'self'; end if;
  v_due := t.due_at;
  if p_what = 'asked' and t.kind = 'request' and t.setting = 'urgent' and now() <= t.sent_at + interval '24 hours' then
    v_due := now() + interval '96 hours';
  elsif p_what = 'passed on' then
    -- The reviewer from outside has 45 days, or 72 hours where it is urgent (45 CFR 147.136(d)(2)).
    v_due := now() + case when t.setting = 'urgent' then interval '72 hours' else interval '45 days' end;
  end if;
  update wellkept.service_thread x
     set due_at = v_due, asked_at = case when p_what = 'asked' then now() end, passed_at = case when p_what = 'passed on' then now() else x.passed_at end
   where x.person_id = t.person_id and x.id = t.id;
  update wellkept.service_case x
     set state = case when p_what = 'passed on' then 'working' else p_what end,
         asked_on = case when p_what = 'asked' then wellkept.access_day(now()) end,
         due_at = v_due, due_on = coalesce(wellkept.access_day(v_due), x.due_on),
         closed_at = case when p_what in ('accepted', 'refused') then now() end
   where x.person_id = c.person_id and x.id = c.id returning * into c;
  perform wellkept.service_step(c, p_step, p_what, s.actor, p_words);
  return 'done';
end $$;

revoke execute on function wellkept.service_sends, wellkept.service_writer, wellkept.service_party, wellkept.service_tie, wellkept.service_side_of_person, wellkept.service_reads,
  wellkept.service_due, wellkept.service_until, wellkept.service_decided, wellkept.service_send_thread, wellkept.service_threads,
  wellkept.service_thread_steps, wellkept.service_writes, wellkept.service_keep_paper, wellkept.service_papers, wellkept.service_paper_part,
  wellkept.service_write_thread, wellkept.service_withdraw_thread, wellkept.service_answer_thread from public;
grant execute on function wellkept.service_side_of_person, wellkept.service_send_thread, wellkept.service_threads, wellkept.service_thread_steps, wellkept.service_keep_paper,
  wellkept.service_papers, wellkept.service_paper_part, wellkept.service_write_thread, wellkept.service_withdraw_thread,
  wellkept.service_answer_thread to {web};
grant execute on function wellkept.service_due, wellkept.service_until to {gate}, {proof};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.service_sends owner to {gate};
alter function wellkept.service_writer owner to {gate};
alter function wellkept.service_party owner to {gate};
alter function wellkept.service_tie owner to {gate};
alter function wellkept.service_side_of_person owner to {gate};
alter function wellkept.service_reads owner to {gate};
alter function wellkept.service_decided owner to {gate};
alter function wellkept.service_send_thread owner to {gate};
alter function wellkept.service_threads owner to {gate};
alter function wellkept.service_thread_steps owner to {gate};
alter function wellkept.service_writes owner to {gate};
alter function wellkept.service_keep_paper owner to {gate};
alter function wellkept.service_papers owner to {gate};
alter function wellkept.service_paper_part owner to {gate};
alter function wellkept.service_write_thread owner to {gate};
alter function wellkept.service_withdraw_thread owner to {gate};
alter function wellkept.service_answer_thread owner to {gate};

-- Threads about claims: an inquiry, a request before care, an appeal, an external review. Written and read through functions alone,
-- by whose they are, by whoever may act for them, and by whoever works on them.
select wellkept.lock_protect('wellkept.service_thread', p_gate => 'select, insert, update', p_also => '(select wellkept.held_own())');
-- As lock_protect does for the columns that were there before: EXPLAIN tells nothing of it.
alter table wellkept.service_case alter column extended_on set statistics 0;
alter table wellkept.service_casestep alter column acting set statistics 0;

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

-- By which appointment the reader acts for the person who is open, so that they read which of two helpers it was; null by any other tie.
create function wellkept.service_acting(p_person uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (
    select a.id from wellkept.gate_held h
      join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.at < now() + interval '1 min'
      join wellkept.accounts_account x on x.id = e.account
      join wellkept.consent_appointment a on a.person_id = p_person and a.holder = x.holder and wellkept.consent_holds(a)
       and (a.kind = 'helper') = (e.reason = 'helper')
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned() and e.role = 'member' and not h.own
       and e.reason in ('helper', 'personal_representative')
     order by a.asked_at desc, a.id limit 1);
end $$;

-- Whether a row of a person's in a category may be read in this transaction by a party to it.
create function wellkept.service_reads(p_person uuid, p_category text, p_restricted boolean) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return p_person = any (wellkept.held_subjects()) and p_category = any (wellkept.held_categories()) and wellkept.service_party()
    and (not p_restricted or wellkept.held_own());
end $$;

-- A moment so many calendar days later, at the same hour of the operator's clock: where the clock changes, a day has 23 or 25 hours.
create function wellkept.service_days_after(p_at timestamptz, p_days int) returns timestamptz
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select (p_at at time zone a.zone + make_interval(days => p_days)) at time zone a.zone from wellkept.access_place a);
end $$;

-- Whether a thread is about a claim that its person had shut: then it opens to none of those who act for them (45 CFR 164.522(a)).
create function wellkept.service_shut(p_person uuid, p_claim uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return p_claim is not null and wellkept.service_tie() is not null and wellkept.consent_is_shut(p_person, p_claim);
end $$;

-- By when the law wants it decided, from when it came in. A request: urgent 72 hours, before care 15 days (29 CFR 2560.503-1(f)(2)).
-- More of urgent care that goes on, asked at least a day before it ends: 24 hours ((f)(2)(ii)(B)).
-- An appeal: urgent 72 hours, before care 30 days, after care 60 days ((i)(2)). Whether an urgent review is possible is checked at once (45
-- CFR 147.136(d)(3)(ii)): we take 24 hours at most. Null where another clock runs. Days are calendar days.
create function wellkept.service_due(p_kind text, p_setting text, p_at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return case
    when p_kind in ('request', 'appeal') and p_setting = 'urgent' then p_at + interval '72 hours'
    when p_kind = 'review' and p_setting = 'urgent' or p_kind = 'request' and p_setting = 'ongoing' then p_at + interval '24 hours'
    when p_kind = 'request' and p_setting = 'before' then wellkept.service_days_after(p_at, 15)
    when p_kind = 'appeal' and p_setting = 'before' then wellkept.service_days_after(p_at, 30)
    when p_kind = 'appeal' and p_setting = 'after' then wellkept.service_days_after(p_at, 60) end;
end $$;

-- Whether a day is a Saturday, a Sunday or a federal holiday as observed (5 U.S.C. 6103).
create function wellkept.service_rests(p_day date) returns boolean
language plpgsql immutable set search_path = wellkept, pg_temp as $$
declare
  v_week int := extract(isodow from p_day);
  v_nth int := (extract(day from p_day)::int + 6) / 7;
begin
  return v_week > 5
    or to_char(p_day, 'MM-DD') in ('01-01', '06-19', '07-04', '11-11', '12-25')
    or v_week = 1 and to_char(p_day - 1, 'MM-DD') in ('01-01', '06-19', '07-04', '11-11', '12-25')
    or v_week = 5 and to_char(p_day + 1, 'MM-DD') in ('01-01', '06-19', '07-04', '11-11', '12-25')
    or v_week = 1 and (to_char(p_day, 'MM'), v_nth) in (('01', 3), ('02', 3), ('09', 1), ('10', 2))
    or v_week = 1 and to_char(p_day, 'MM') = '05' and to_char(p_day + 7, 'MM') = '06'
    or v_week = 4 and to_char(p_day, 'MM') = '11' and v_nth = 4;
end $$;

-- The last day to ask for the next look, from the day the person was told: of an appeal 180 days (29 CFR 2560.503-1(h)(3)(i)); of an
-- external review four months, on the first of the next month where the fourth has no such day, and never on a day of rest (45 CFR
-- 147.136(d)(2)(i)).
create function wellkept.service_until(p_kind text, p_told date) returns date
language plpgsql immutable set search_path = wellkept, pg_temp as $$
declare
  v date := case p_kind when 'appeal' then p_told + 180 when 'review' then (p_told + interval '4 months')::date end;
begin
  if p_kind = 'review' then
    if extract(day from v) <> extract(day from p_told) then v := v + 1; end if;
    while wellkept.service_rests(v) loop v := v + 1; end loop;
  end if;
  return v;
end $$;

-- Whether an account decided what a thread asks to have looked at again. Whoever did may not look again (29 CFR 2560.503-1(h)(3)(ii)).
-- Where an appeal came by telephone or from a letter, nothing says which refusal it is about: then whoever refused the person anything in
-- the time for an appeal, with the days of the post, may not. What was taken back was decided by nobody.
create function wellkept.service_decided(p_about uuid, p_account uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.service_thread t
      join wellkept.service_thread o on o.person_id = t.person_id and o.id <> t.id and (o.id = t.before_id or o.claim_id = t.claim_id)
       and o.kind in ('request', 'appeal')
      join wellkept.service_case c on c.person_id = o.person_id and c.about = o.id
     where t.id = p_about and t.kind in ('appeal', 'review') and c.account_id = p_account and c.closed_at is not null and c.state <> 'withdrawn')
    or exists (
    select 1 from wellkept.service_thread t join wellkept.service_case c on c.person_id = t.person_id and c.about = t.before_id
     where t.id = p_about and t.kind in ('appeal', 'review') and c.account_id = p_account and c.closed_at is not null and c.state <> 'withdrawn')
    or exists (
    select 1 from wellkept.service_thread t
      join wellkept.service_case c on c.person_id = t.person_id and c.kind in ('claim', 'inquiry', 'request', 'appeal') and c.state = 'refused'
       and c.closed_at between t.sent_at - interval '190 days' and t.sent_at
     where t.id = p_about and t.kind = 'appeal' and t.claim_id is null and t.before_id is null and c.account_id = p_account);
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
  if not wellkept.service_reads(p_person, p_category, false) or not wellkept.service_sends() or wellkept.service_shut(p_person, p_claim) then
    return 'no';
  end if;
  if p_words is null or p_step is null or p_kind not in ('inquiry', 'request', 'appeal', 'review') or p_due is null then return 'no'; end if;
  if p_kind in ('request', 'appeal') and v_due is null then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('threads of ' || p_person, 0));
  if p_before is not null then
    select * into b from wellkept.service_case x
     where x.person_id = p_person and x.about = p_before and x.category = p_category
       and (x.state = 'refused' and x.closed_at is not null
         or p_kind in ('appeal', 'review') and x.closed_at is null and exists (
           select 1 from wellkept.service_thread o where o.person_id = p_person and o.id = p_before and (
             -- What was not decided in time may be taken further as if it had been refused (29 CFR 2560.503-1(l)).
             not wellkept.service_still(x) and wellkept.service_days_after(o.due_at, wellkept.service_stood(x)) < now()
             -- An urgent appeal and an urgent review may go on at once (45 CFR 147.136(d)(3)(i)(A)).
             or p_kind = 'review' and p_setting = 'urgent' and o.setting = 'urgent')));
    if not found then return 'no'; end if;
    v_decided := wellkept.access_day(coalesce(b.closed_at, now()));
  end if;
  if p_kind in ('appeal', 'review') and v_decided is null or p_kind = 'review' and b.kind is distinct from 'appeal'
    or p_kind = 'appeal' and b.closed_at is null and b.kind <> 'request' then return 'no'; end if;
  -- The time runs from when the person has the notice, for which the post has five days.
  if wellkept.access_day(now()) > wellkept.service_until(p_kind, v_decided + 5) then return 'late'; end if;
  -- Of what is open nothing was decided: one look is asked for once since it was sent, and once more since the day it was due.
  if b.id is not null and b.closed_at is null then
    v_decided := case when wellkept.access_day(b.due_at) + wellkept.service_stood(b) >= v_decided then wellkept.access_day(b.opened_at)
      else wellkept.access_day(b.due_at) + wellkept.service_stood(b) end;
  end if;
  for t in
    select x.* from wellkept.service_thread x
     where x.person_id = p_person and x.kind = p_kind and p_kind in ('appeal', 'review')
       and (x.claim_id = p_claim or x.before_id = p_before)
  loop
    select * into c from wellkept.service_case x where x.person_id = p_person and x.about = t.id;
    if c.closed_at is null then return 'waits'; end if;
    -- What was taken back was not decided: it may be sent anew while its time runs (29 CFR 2560.503-1(h)(3)(i)).
    if c.state <> 'withdrawn' and wellkept.access_day(c.closed_at) >= v_decided then return 'decided'; end if;
  end loop;
  insert into wellkept.service_thread (id, person_id, category, collected_under, restricted, kind, setting, claim_id, before_id, decided_on,
    sent_at, due_at, tie)
  values (p_id, p_person, p_category, p_under, false, p_kind, case p_setting when 'ongoing' then 'urgent' else p_setting end, p_claim, p_before,
    case when b.id is null or b.closed_at is not null then v_decided end, now(), v_due, wellkept.service_writer());
  if not wellkept.service_open_case(p_id, p_person, p_category, p_under, p_number, p_kind, p_id, coalesce(wellkept.access_day(v_due), p_due)) then
    raise insufficient_privilege using message = 'a case is opened by whose record is open';
  end if;
  update wellkept.service_case x set due_at = v_due where x.person_id = p_person and x.id = p_id returning * into c;
  perform wellkept.service_step(c, p_step, 'wrote', wellkept.service_writer(), p_words, wellkept.service_acting(p_person));
  return 'sent';
end $$;

-- How many days of a thread stood still since we asked, up to now: what is due is due so much later, whether it is answered or not. Of a
-- request before care no more than 45; of what is urgent none, whose hours were counted when we asked; of what no law times, all.
create function wellkept.service_stood(p_case wellkept.service_case) returns int
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_asked date := p_case.asked_on;
begin
  if p_case.state <> 'asked' then return 0; end if;
  if p_case.kind = 'request' then
    v_asked := (select wellkept.access_day(t.asked_at) from wellkept.service_thread t
                 where t.person_id = p_case.person_id and t.id = p_case.about and t.setting = 'before');
  end if;
  return least(greatest(wellkept.access_day(now()) - v_asked, 0), case when p_case.kind = 'request' then 45 end);
end $$;

-- The threads of one person who is open, newest first, at most 200.
create function wellkept.service_threads(p_person uuid)
returns table (id uuid, kind text, setting text, claim_id uuid, before_id uuid, decided_on date, sent_at timestamptz, due_at timestamptz,
  tie text, category text, case_id uuid, number text, state text, due_on date, actor text, closed_at timestamptz, asked_at timestamptz,
  extended_on date, still boolean, passed_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select t.id, t.kind, t.setting, t.claim_id, t.before_id, t.decided_on, t.sent_at,
         wellkept.service_days_after(t.due_at, wellkept.service_stood(c)), t.tie, t.category, c.id, c.number, c.state,
         c.due_on + wellkept.service_stood(c), c.actor, c.closed_at, t.asked_at, c.extended_on, wellkept.service_still(c), t.passed_at
    from wellkept.service_thread t join wellkept.service_case c on c.person_id = t.person_id and c.about = t.id
   where t.person_id = p_person and wellkept.service_reads(p_person, t.category, t.restricted)
     and not wellkept.service_shut(p_person, t.claim_id)
   order by t.sent_at desc, t.id limit 200;
end $$;

-- The steps of one thread, oldest first; of whoever acted by an appointment also that, and the sealed name they were named by, which
-- the person, whoever works on it and they themselves read, and no other helper.
create function wellkept.service_thread_steps(p_person uuid, p_thread uuid)
returns table (id uuid, at timestamptz, what text, actor text, words bytea, acting uuid, name bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select s.id, s.at, s.what, s.actor, s.words, a.id,
         case when wellkept.service_tie() is null or a.id = wellkept.service_acting(p_person) then a.name end
    from wellkept.service_thread t
    join wellkept.service_case c on c.person_id = t.person_id and c.about = t.id
    join wellkept.service_casestep s on s.person_id = t.person_id and s.case_id = c.id
    left join wellkept.consent_appointment a on a.person_id = s.person_id and a.id = s.acting
   where t.person_id = p_person and t.id = p_thread and wellkept.service_reads(p_person, t.category, t.restricted)
     and not wellkept.service_shut(p_person, t.claim_id)
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
   where x.person_id = p_person and x.id = p_thread and wellkept.service_reads(p_person, x.category, x.restricted)
     and not wellkept.service_shut(p_person, x.claim_id);
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

-- The person, or who acts for them, writes once more while it is open, a hundred times in all. What we asked for is answered by it; of a request the clock then
-- goes on (29 CFR 2560.503-1(f)(4)): urgent, 48 hours at most from the answer ((f)(2)(i)); before care, with the days it had left, of
-- which no more than 45 stood still.
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
  -- Whoever reads it has to be able to read all of it; the page says what else there is to do.
  if (select count(*) from wellkept.service_casestep s where s.person_id = p_person and s.case_id = c.id and s.what = 'wrote') >= 100 then
    return false;
  end if;
  if c.state = 'asked' and t.kind = 'request' and t.asked_at is not null then
    v_due := case when t.setting = 'urgent' then least(t.due_at, now() + interval '48 hours')
      else wellkept.service_days_after(t.due_at, wellkept.service_stood(c)) end;
    update wellkept.service_thread x set due_at = v_due, asked_at = null where x.person_id = p_person and x.id = p_thread;
  end if;
  update wellkept.service_case x
     set state = case when x.state <> 'asked' then x.state when x.account_id is null then 'waiting' else 'working' end, asked_on = null,
         due_at = v_due, due_on = coalesce(wellkept.access_day(v_due), x.due_on + wellkept.service_stood(x))
   where x.person_id = p_person and x.id = c.id returning * into c;
  perform wellkept.service_step(c, p_step, 'wrote', wellkept.service_tie(), p_words, wellkept.service_acting(p_person));
  return true;
end $$;

-- Takes back what is open. Nobody has to say why. Where somebody who acts for the person did, it is news for the person.
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
  perform wellkept.service_step(c, gen_random_uuid(), 'withdrawn', wellkept.service_tie(), null, wellkept.service_acting(p_person));
  if wellkept.service_tie() is not null then
    insert into wellkept.notices_news (id, person_id, category, plan_id, collected_under, restricted, kind, about, cause, made_at)
    values (gen_random_uuid(), p_person, c.category, c.plan_id, c.collected_under, c.restricted, 'answers', t.id, gen_random_uuid(), now());
  end if;
  return true;
end $$;

-- What whoever works on a thread says: asked, accepted, refused, and of an external review 'passed on' to who looks from outside.
-- 'self' where they decided before what is to be looked at again: then a colleague must. An appeal's clock never stands still: no
-- question of ours makes its days more ((i)(4) speaks of extensions, and a group health plan has none). A request's stands still for one
-- question, asked in time: it is the one extension the law allows ((f)(2) and (f)(4)). While it stands still the person has 48 hours or
-- 45 days, and nothing is decided; whatever else waits for them may be decided without them.
create function wellkept.service_answer_thread(p_secret bytea, p_case uuid, p_step uuid, p_what text, p_words bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
  t wellkept.service_thread;
  v_due timestamptz;
  v_still boolean;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_words is null or p_what is null then return 'no'; end if;
  select * into c from wellkept.service_case x
   where x.id = p_case and x.account_id = s.account_id and x.closed_at is null
     and x.person_id = any (wellkept.held_subjects()) and x.category = any (wellkept.held_categories()) for update;
  if not found or c.state = 'asked' and p_what = 'asked' then return 'no'; end if;
  select * into t from wellkept.service_thread x where x.person_id = c.person_id and x.id = c.about;
  if not found or not (p_what in ('asked', 'accepted', 'refused') or p_what = 'passed on' and t.kind = 'review' and t.passed_at is null) then
    return 'no';
  end if;
  if t.kind = 'request' and wellkept.service_still(c) then return 'no'; end if;
  if wellkept.service_decided(t.id, s.account_id) then return 'self'; end if;
  -- It is passed on only by what leaves in this very transaction, under an agreement, with its conditions (U-19).
  if p_what = 'passed on' and not exists (
      select 1 from wellkept.disclosures_release d
       where d.person_id = c.person_id and d.at = now() and d.basis = 'agreement' and d.purpose = 'HPAYMT' and d.opens ? c.category) then
    return 'unsent';
  end if;
  v_due := wellkept.service_days_after(t.due_at, wellkept.service_stood(c));
  -- More of care that goes on has its 24 hours, and no extension.
  v_still := p_what = 'asked' and t.kind = 'request' and c.extended_on is null and t.due_at > t.sent_at + interval '24 hours'
    and now() <= case when t.setting = 'urgent' then t.sent_at + interval '24 hours' else t.due_at end;
  if v_still and t.setting = 'urgent' then
    v_due := now() + interval '96 hours';
  elsif p_what = 'passed on' then
    -- The reviewer from outside has 45 days, or 72 hours where it is urgent (45 CFR 147.136(d)(2)).
    v_due := case when t.setting = 'urgent' then now() + interval '72 hours' else wellkept.service_days_after(now(), 45) end;
  end if;
  update wellkept.service_thread x
     set due_at = v_due, asked_at = case when v_still then now() end, passed_at = case when p_what = 'passed on' then now() else x.passed_at end
   where x.person_id = t.person_id and x.id = t.id;
  update wellkept.service_case x
     set state = case when p_what = 'passed on' then 'working' else p_what end,
         -- Where the law sets no time, ours stands still for each question.
         asked_on = case when v_still or p_what = 'asked' and t.kind in ('inquiry', 'review') then wellkept.access_day(now()) end,
         extended_on = case when v_still then wellkept.access_day(now()) else x.extended_on end,
         due_at = v_due, due_on = coalesce(wellkept.access_day(v_due), x.due_on + wellkept.service_stood(x)),
         closed_at = case when p_what in ('accepted', 'refused') then now() end
   where x.person_id = c.person_id and x.id = c.id returning * into c;
  perform wellkept.service_step(c, p_step, p_what, s.actor, p_words);
  return 'done';
end $$;

-- Makes the time of a request before care, or of a receipt, 15 days longer: once, while the first time runs, for what is beyond the
-- plan's control, and never where it is urgent (29 CFR 2560.503-1(f)(2)(iii)). An appeal has none. Returns 'done'; 'used': the one
-- extension was made, or used by a question; 'late': the first time is over; else 'no'.
create function wellkept.service_extend_case(p_secret bytea, p_case uuid, p_step uuid, p_words bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
  t wellkept.service_thread;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_words is null then return 'no'; end if;
  select * into c from wellkept.service_case x
   where x.id = p_case and x.account_id = s.account_id and x.state = 'working' and x.kind in ('claim', 'request')
     and x.person_id = any (wellkept.held_subjects()) and x.category = any (wellkept.held_categories()) for update;
  if not found then return 'no'; end if;
  if c.kind = 'request' then
    select * into t from wellkept.service_thread x where x.person_id = c.person_id and x.id = c.about;
    if t.setting is distinct from 'before' then return 'no'; end if;
  end if;
  if c.extended_on is not null then return 'used'; end if;
  if wellkept.access_day(now()) > c.due_on or now() > t.due_at then return 'late'; end if;
  update wellkept.service_thread x set due_at = wellkept.service_days_after(x.due_at, 15) where x.person_id = c.person_id and x.id = t.id;
  update wellkept.service_case x
     set due_on = x.due_on + 15, due_at = wellkept.service_days_after(x.due_at, 15), extended_on = wellkept.access_day(now())
   where x.person_id = c.person_id and x.id = c.id returning * into c;
  perform wellkept.service_step(c, p_step, 'extended', s.actor, p_words);
  return 'done';
end $$;

-- Treats as urgent what was sent as not: the person, or their doctor, calls it so (29 CFR 2560.503-1(m)(1)). It is decided within 72
-- hours of when they last wrote or called, and never later than before.
create function wellkept.service_hurry_case(p_secret bytea, p_case uuid, p_step uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
  t wellkept.service_thread;
  v_said timestamptz;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_step is null then return false; end if;
  select * into c from wellkept.service_case x
   where x.id = p_case and x.account_id = s.account_id and x.closed_at is null and x.kind in ('request', 'appeal')
     and x.person_id = any (wellkept.held_subjects()) and x.category = any (wellkept.held_categories()) for update;
  if not found then return false; end if;
  select greatest(
      (select max(w.at) from wellkept.service_casestep w where w.person_id = c.person_id and w.case_id = c.id and w.what = 'wrote'),
      (select max(k.began) from wellkept.service_call k where k.person_id = c.person_id and k.verified is not null))
    into v_said;
  update wellkept.service_thread x
     set setting = 'urgent', due_at = least(x.due_at, greatest(v_said, x.sent_at) + interval '72 hours')
   where x.person_id = c.person_id and x.id = c.about and x.setting = 'before' returning * into t;
  if not found then return false; end if;
  update wellkept.service_case x set due_at = t.due_at, due_on = wellkept.access_day(t.due_at)
   where x.person_id = c.person_id and x.id = c.id returning * into c;
  perform wellkept.service_step(c, p_step, 'urgent', s.actor, null);
  perform wellkept.ledger_write('case urgent', c.occasion, s.account_id, s.role, s.actor, array[c.person_id], null, array[c.category], false,
    null, 'U-12');
  return true;
end $$;

revoke execute on function wellkept.service_stood, wellkept.service_hurry_case, wellkept.service_days_after, wellkept.service_rests, wellkept.service_extend_case, wellkept.service_sends, wellkept.service_writer, wellkept.service_acting, wellkept.service_party, wellkept.service_tie, wellkept.service_side_of_person, wellkept.service_reads, wellkept.service_shut,
  wellkept.service_due, wellkept.service_until, wellkept.service_decided, wellkept.service_send_thread, wellkept.service_threads,
  wellkept.service_thread_steps, wellkept.service_writes, wellkept.service_keep_paper, wellkept.service_papers, wellkept.service_paper_part,
  wellkept.service_write_thread, wellkept.service_withdraw_thread, wellkept.service_answer_thread from public;
grant execute on function wellkept.service_side_of_person, wellkept.service_send_thread, wellkept.service_threads, wellkept.service_thread_steps, wellkept.service_keep_paper,
  wellkept.service_papers, wellkept.service_paper_part, wellkept.service_write_thread, wellkept.service_withdraw_thread,
  wellkept.service_answer_thread, wellkept.service_extend_case, wellkept.service_hurry_case to {web};
grant execute on function wellkept.service_due, wellkept.service_until, wellkept.service_rests to {gate}, {proof};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.service_days_after owner to {gate};
alter function wellkept.service_due owner to {gate};
alter function wellkept.service_extend_case owner to {gate};
alter function wellkept.service_hurry_case owner to {gate};
alter function wellkept.service_stood owner to {gate};
alter function wellkept.service_sends owner to {gate};
alter function wellkept.service_writer owner to {gate};
alter function wellkept.service_acting owner to {gate};
alter function wellkept.service_party owner to {gate};
alter function wellkept.service_tie owner to {gate};
alter function wellkept.service_side_of_person owner to {gate};
alter function wellkept.service_reads owner to {gate};
alter function wellkept.service_shut owner to {gate};
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

-- Cases are opened, taken and decided by functions, each of whoever may; read by whose they are and whoever works on them.
select wellkept.lock_protect('wellkept.service_case', p_gate => 'select, insert, update, delete', p_also => '(select wellkept.held_theirs())');
select wellkept.lock_protect('wellkept.service_casestep', p_gate => 'select, insert, delete', p_also => '(select wellkept.held_theirs())');
-- What waits is few, however many were decided.
create index service_case_waiting on wellkept.service_case (person_id, due_on) where closed_at is null;

-- What the person is to the account for the length of its work: a case, until it is decided or given back.
create function wellkept.service_on_case(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  -- Sensitive care opens to no case but to an inquiry or an appeal about it.
  return coalesce((
    select case when c.category = 'sensitive_claims' and c.kind in ('inquiry', 'request', 'appeal', 'review') then '{case,appeal}'::text[]
                else '{case}'::text[] end
      from wellkept.service_case c
     where c.person_id = p_subject and c.occasion = p_occasion and c.account_id = p_account and c.closed_at is null limit 1), '{}');
end $$;

-- The session of a representative who has signed everything; nothing for anybody else.
create function wellkept.service_desk(p_secret bytea) returns setof wellkept.accounts_session
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select * from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'representative'
     and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement');
end $$;

-- Whether the days stand still while a case waits for the person: of what is urgent for 48 hours, of whatever else is decided for 45 days
-- (29 CFR 2560.503-1(f)(2) and (f)(4), which we keep for what no law times too); of a question and of a review, as long as it waits.
-- Where ours run on, they do not.
create function wellkept.service_still(p_case wellkept.service_case) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if p_case.state <> 'asked' or p_case.asked_on is null then return false; end if;
  if p_case.kind in ('inquiry', 'review') then return true; end if;
  if p_case.kind <> 'request' then return wellkept.access_day(now()) <= p_case.asked_on + 45; end if;
  return coalesce((
    select now() < case t.setting when 'urgent' then t.asked_at + interval '48 hours' else wellkept.service_days_after(t.asked_at, 45) end
      from wellkept.service_thread t where t.person_id = p_case.person_id and t.id = p_case.about), false);
end $$;

-- By when a case is decided. One that was not answered in 45 days has the days it had left when we asked.
create function wellkept.service_due_on(p_case wellkept.service_case) returns date
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if p_case.kind in ('inquiry', 'request', 'appeal', 'review') then return p_case.due_on + wellkept.service_stood(p_case); end if;
  if p_case.state <> 'asked' or p_case.asked_on is null then return p_case.due_on; end if;
  return p_case.due_on + least(greatest(wellkept.access_day(now()) - p_case.asked_on, 0), 45);
end $$;

-- What the session's own account works on, what waits, and what colleagues work on; or p_case alone, where it is one's own. No name and
-- no words; whose it is, of one's own alone. In each of the three stands first what is urgent (29 CFR 2560.503-1(m)(1)), then what is due
-- first, last where the days stand still. Of 200, all of one's own, 150 that wait, and 50 of colleagues have their place; what is left
-- goes to the others. 'still': the days stand still; 'extends': the law lets its time be made longer, once.
create function wellkept.service_cases(p_secret bytea, p_case uuid default null)
returns table (id uuid, person_id uuid, category text, kind text, state text, opened_at timestamptz, due_on date, actor text, mine boolean,
  occasion uuid, number text, next_step text, due_at timestamptz, still boolean, extends boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  v_zone text := (select a.zone from wellkept.access_place a);
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found then return; end if;
  return query
  with waits as (
    select c as k, case when c.account_id = s.account_id then 0 when c.account_id is null then 1 else 2 end as whose,
           c.state = 'asked' and wellkept.service_still(c) as still,
           c.due_at is not null and c.kind in ('request', 'appeal', 'review') and exists (
             select 1 from wellkept.service_thread t where t.person_id = c.person_id and t.id = c.about and t.setting = 'urgent') as urgent,
           case when c.state <> 'asked' then coalesce(c.due_at, (c.due_on + 1)::timestamp at time zone v_zone)
             else coalesce(wellkept.service_days_after(c.due_at, wellkept.service_due_on(c) - c.due_on),
               (wellkept.service_due_on(c) + 1)::timestamp at time zone v_zone) end as due
      from wellkept.service_case c
     where c.closed_at is null and (p_case is null or c.id = p_case and c.account_id = s.account_id)
  ), placed as (
    select w.*, row_number() over (partition by w.whose order by w.still, w.urgent desc, w.due, (w.k).opened_at, (w.k).id) as n from waits w
  ), shown as (
    select p.* from placed p
     order by case when p.whose = 0 or p.n <= case p.whose when 1 then 150 else 50 end then 0 else 1 end, p.whose, p.n limit 200
  )
  select (p.k).id, case when p.whose = 0 then (p.k).person_id end, (p.k).category, (p.k).kind, (p.k).state, (p.k).opened_at,
         wellkept.service_due_on(p.k), (p.k).actor, p.whose = 0, case when p.whose = 0 then (p.k).occasion end, (p.k).number,
         (p.k).next_step, wellkept.service_days_after((p.k).due_at, wellkept.service_due_on(p.k) - (p.k).due_on), p.still,
         (p.k).state = 'working' and (p.k).extended_on is null and wellkept.access_day(now()) <= (p.k).due_on
           and ((p.k).kind = 'claim' or (p.k).kind = 'request' and exists (
             select 1 from wellkept.service_thread t
              where t.person_id = (p.k).person_id and t.id = (p.k).about and t.setting = 'before' and now() <= t.due_at))
    from shown p order by p.whose, p.n;
end $$;

-- Takes a case nobody works on. The work is an occasion of its own, which the person reads of.
create function wellkept.service_take_case(p_secret bytea, p_id uuid, p_occasion uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_occasion is null then return false; end if;
  update wellkept.service_case x set account_id = s.account_id, actor = s.actor, occasion = p_occasion,
         state = case when x.state = 'asked' then x.state else 'working' end
   where x.id = p_id and x.account_id is null and x.closed_at is null and not wellkept.service_decided(x.about, s.account_id)
  returning * into c;
  if not found then return false; end if;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor, label)
  values (p_occasion, 'case', s.account_id, s.role, s.actor, c.kind);
  perform wellkept.service_step(c, gen_random_uuid(), 'taken', s.actor, null);
  perform wellkept.ledger_write('case taken', p_occasion, s.account_id, s.role, s.actor, array[c.person_id], null, array[c.category], false,
    null, 'U-12');
  return true;
end $$;

-- Gives a case of one's own back, for somebody else to take. Nothing of it opens any longer.
create function wellkept.service_give_back_case(p_secret bytea, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found then return false; end if;
  update wellkept.service_case x set account_id = null, actor = null, occasion = null,
         state = case when x.state = 'working' then 'waiting' else x.state end
   where x.id = p_id and x.account_id = s.account_id and x.closed_at is null
  returning * into c;
  if not found then return false; end if;
  perform wellkept.service_step(c, gen_random_uuid(), 'given back', s.actor, null);
  return true;
end $$;

-- Writes a step of a case for the functions around it.
create function wellkept.service_step(
  p_case wellkept.service_case, p_id uuid, p_what text, p_actor text, p_words bytea, p_acting uuid default null
) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  -- Whoever calls about it quotes its number, and is found by that.
  if p_what = 'opened' then
    insert into wellkept.service_number (number, person_id) values (p_case.number, p_case.person_id) on conflict do nothing;
  end if;
  insert into wellkept.service_casestep (id, person_id, category, plan_id, collected_under, restricted, case_id, at, what, actor, words, acting)
  values (p_id, p_case.person_id, p_case.category, p_case.plan_id, p_case.collected_under, p_case.restricted, p_case.id, clock_timestamp(),
    p_what, p_actor, p_words, p_acting);
end $$;

-- Opens a case about something the person just sent. Their own record must be open in this transaction, with its kind of data.
-- p_due_at is the hour by which it is decided where the law counts in hours; p_next the step that comes first, where it is not the kind's own.
create function wellkept.service_open_case(
  p_id uuid, p_person uuid, p_category text, p_collected_under text, p_number text, p_kind text, p_about uuid, p_due date,
  p_due_at timestamptz default null, p_next text default null
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.service_case;
begin
  -- A thread about a claim is sent by whoever may act for the person, too.
  if not (wellkept.held_own() or p_kind in ('inquiry', 'request', 'appeal', 'review') and wellkept.service_sends())
    or not p_person = any (wellkept.held_subjects()) or not p_category = any (wellkept.held_categories()) then
    return false;
  end if;
  insert into wellkept.service_case (id, person_id, category, collected_under, restricted, number, kind, about, state, opened_at, due_on, due_at, next_step)
  values (p_id, p_person, p_category, p_collected_under, false, p_number, p_kind, p_about, 'waiting', now(), p_due, p_due_at, p_next)
  returning * into c;
  perform wellkept.service_step(c, gen_random_uuid(), 'opened', null, null);
  return true;
end $$;

-- What whoever works on a case says of it: asked (the clock stands still), accepted or refused (it is closed, and opens nothing more).
-- The clock of a receipt stands still for one question, asked in time, and for 45 days at most: it is the one extension the law allows
-- (29 CFR 2560.503-1(f)(2)(iii)(B) and (f)(4)). Of what no law times it stands still for each question, for 45 days as well. Then, and
-- after any other question, it may be decided without the answer.
-- The person must be open to them in this transaction.
create function wellkept.service_answer_case(p_secret bytea, p_id uuid, p_step uuid, p_what text, p_words bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
  v_today date := wellkept.access_day(now());
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_words is null or p_what is null or p_what not in ('asked', 'accepted', 'refused') then return false; end if;
  update wellkept.service_case x
     set state = p_what, closed_at = case when p_what <> 'asked' then now() end,
         asked_on = case when p_what = 'asked' and (x.kind <> 'claim' or x.extended_on is null and v_today <= x.due_on) then v_today end,
         extended_on = case when p_what = 'asked' and x.kind = 'claim' and v_today <= x.due_on then coalesce(x.extended_on, v_today)
           else x.extended_on end
   where x.id = p_id and x.account_id = s.account_id
     and (x.state = 'working' or x.state = 'asked' and p_what <> 'asked' and not wellkept.service_still(x))
     and x.kind not in ('inquiry', 'request', 'appeal', 'review')
     and x.person_id = any (wellkept.held_subjects()) and x.category = any (wellkept.held_categories())
  returning * into c;
  if not found then return false; end if;
  perform wellkept.service_step(c, p_step, p_what, s.actor, p_words);
  return true;
end $$;

-- The person answers what was asked, and the clock goes on with the days it had left.
create function wellkept.service_tell_case(p_id uuid, p_step uuid, p_words bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.service_case;
begin
  if not wellkept.held_own() or p_words is null then return false; end if;
  update wellkept.service_case x
     set state = case when x.account_id is null then 'waiting' else 'working' end,
         due_on = wellkept.service_due_on(x),
         due_at = wellkept.service_days_after(x.due_at, wellkept.service_due_on(x) - x.due_on),
         asked_on = null
   where x.id = p_id and x.state = 'asked' and x.person_id = any (wellkept.held_subjects()) and x.category = any (wellkept.held_categories())
  returning * into c;
  if not found then return false; end if;
  perform wellkept.service_step(c, p_step, 'told', null, p_words);
  return true;
end $$;

-- Has somebody reach a person whose letters cannot go out: one case at a time, until it is answered or a letter goes out again.
create function wellkept.service_reach(p_person uuid, p_plan uuid, p_under text, p_about uuid, p_due date, p_number text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.service_case;
begin
  -- Nobody telephones the dead: what is withheld waits for the estate's address.
  if wellkept.people_life(p_person) = 'dead'
    or exists (select 1 from wellkept.service_case x where x.person_id = p_person and x.kind = 'address' and x.closed_at is null) then return; end if;
  insert into wellkept.service_case (id, person_id, category, plan_id, collected_under, restricted, number, kind, about, state, opened_at, due_on)
  values (gen_random_uuid(), p_person, 'contact', p_plan, p_under, false, p_number, 'address', p_about, 'waiting', now(), p_due)
  returning * into c;
  perform wellkept.service_step(c, gen_random_uuid(), 'opened', null, null);
end $$;

-- They need not be reached any more.
create function wellkept.service_reached(p_person uuid) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.service_case;
begin
  update wellkept.service_case x set state = 'accepted', closed_at = now()
   where x.person_id = p_person and x.kind = 'address' and x.closed_at is null
  returning * into c;
  if found then perform wellkept.service_step(c, gen_random_uuid(), 'accepted', null, null); end if;
end $$;

revoke execute on function wellkept.service_still, wellkept.service_due_on, wellkept.service_reach, wellkept.service_reached, wellkept.service_on_case, wellkept.service_desk,
  wellkept.service_cases, wellkept.service_take_case,
  wellkept.service_give_back_case, wellkept.service_step, wellkept.service_open_case, wellkept.service_answer_case,
  wellkept.service_tell_case from public;
grant execute on function wellkept.service_cases, wellkept.service_take_case, wellkept.service_give_back_case, wellkept.service_open_case,
  wellkept.service_answer_case, wellkept.service_tell_case to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.service_still owner to {gate};
alter function wellkept.service_due_on owner to {gate};
alter function wellkept.service_on_case owner to {gate};
alter function wellkept.service_desk owner to {gate};
alter function wellkept.service_cases owner to {gate};
alter function wellkept.service_take_case owner to {gate};
alter function wellkept.service_give_back_case owner to {gate};
alter function wellkept.service_step owner to {gate};
alter function wellkept.service_open_case owner to {gate};
alter function wellkept.service_answer_case owner to {gate};
alter function wellkept.service_tell_case owner to {gate};
alter function wellkept.service_reach owner to {gate};
alter function wellkept.service_reached owner to {gate};

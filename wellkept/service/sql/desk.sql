-- The desk's work: calling back, notes of calls, what is left to do, handing over, and codes that replace others.

-- A note is written by a function, and read by whose it is and by whoever answers a later call of theirs.
select wellkept.lock_protect('wellkept.service_note', p_gate => 'select, insert, delete', p_also => '(select wellkept.held_theirs())');

-- Whose case has a number. An index of the locked table by the number would answer before what is held is asked.
create table wellkept.service_number (number text primary key, person_id uuid not null);
comment on table wellkept.service_number is 'personal: whose case has which number; read by functions of the gate alone.';
comment on column wellkept.service_number.number is 'housekeeping: what the person quotes on the phone; made by chance.';
comment on column wellkept.service_number.person_id is 'personal: whose case it is.';
grant select, insert, delete on wellkept.service_number to {gate};
-- As lock_protect does for the columns that were there before: EXPLAIN tells nothing of them.
alter table wellkept.service_case alter column next_step set statistics 0, alter column due_at set statistics 0;
-- Who asked to be reached in confidence is not called at a number that a household answers.
grant select (channel) on wellkept.people_confidential to {gate};

-- Whom the number of a case finds, which the caller quotes. Only the gate asks, and enters what was found.
create function wellkept.service_found(p_index bytea) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(select n.person_id from wellkept.service_number n where n.number = convert_from(p_index, 'UTF8'));
end $$;

-- An open call of a representative's own account; nothing for anybody else, one that ended, and one that never was.
create function wellkept.service_open_call(p_secret bytea, p_id uuid) returns setof wellkept.service_call
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select c.* from wellkept.service_desk(p_secret) s join wellkept.service_call c on c.account_id = s.account_id
    where c.id = p_id and c.ended is null and c.began > now() - interval '4 hours';
end $$;

-- The caller is called back at the number on file, which opens for it. Never where they asked to be reached in confidence (R-05).
create function wellkept.service_call_back(p_secret bytea, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.service_call;
begin
  select * into c from wellkept.service_open_call(p_secret, p_id);
  if not found or c.verified is not null
    or exists (select 1 from wellkept.people_confidential f where f.person_id = c.person_id and f.channel <> '') then return false; end if;
  update wellkept.service_call x set call_back = now() where x.id = c.id and x.call_back is null;
  return true;
end $$;

-- Writes down what was said on an open call of one's own. The person must be open in this transaction; they read it.
create function wellkept.service_write_note(p_secret bytea, p_call uuid, p_id uuid, p_words bytea, p_collected_under text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_call;
begin
  select * into s from wellkept.service_desk(p_secret);
  select * into c from wellkept.service_open_call(p_secret, p_call);
  if not found or p_words is null or not c.person_id = any (wellkept.held_subjects()) then return false; end if;
  insert into wellkept.service_note (id, person_id, category, collected_under, restricted, call_id, at, about, actor, words)
  values (p_id, c.person_id, 'calls', p_collected_under, false, c.id, clock_timestamp(), c.about, coalesce(s.actor, ''), p_words);
  perform wellkept.ledger_write('call noted', c.id, s.account_id, s.role, s.actor, array[c.person_id], c.purpose, '{calls}', false, null, 'P-19');
  return true;
end $$;

-- Leaves something to do after a verified call: a case with its next step, which anybody at the desk can take.
create function wellkept.service_follow_up(
  p_secret bytea, p_call uuid, p_id uuid, p_number text, p_next text, p_due date, p_step uuid, p_words bytea, p_collected_under text
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_call;
  k wellkept.service_case;
begin
  select * into s from wellkept.service_desk(p_secret);
  select * into c from wellkept.service_open_call(p_secret, p_call);
  if not found or c.verified is null or p_words is null or p_next is null or p_next = '' or length(p_next) > 40
    or not c.person_id = any (wellkept.held_subjects()) then return false; end if;
  insert into wellkept.service_case
    (id, person_id, category, collected_under, restricted, number, kind, about, state, opened_at, due_on, next_step)
  values (p_id, c.person_id, 'calls', p_collected_under, false, p_number, 'call', c.id, 'waiting', now(), p_due, p_next)
  returning * into k;
  perform wellkept.service_step(k, p_step, 'opened', s.actor, p_words);
  perform wellkept.ledger_write('case opened', c.id, s.account_id, s.role, s.actor, array[c.person_id], c.purpose, '{calls}', false, null, 'P-19');
  return true;
end $$;

-- Whether somebody's letters go to where a call, or a session of theirs, said less than 14 days ago: no code is posted there meanwhile. Whoever answers what we ask
-- of a caller would come in by it, in somebody else's name; in that time the person reads of the call. Where they asked for letters
-- in confidence, it is that address that counts, and the days since they did.
create function wellkept.service_moved(p_person uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
      select 1 from wellkept.people_contact k
       where k.person_id = p_person
         and case when k.told ~ '^\d{4}-\d\d-\d\d:~' then left(k.told, 10)::date > wellkept.access_day(now()) - 14 else false end)
    and not exists (select 1 from wellkept.people_confidential f where f.person_id = p_person and f.channel <> '')
    or exists (
      select 1 from wellkept.people_confidential f
       where f.person_id = p_person and f.channel <> '' and f.since > now() - interval '14 days');
end $$;

-- Has a new access code posted to a verified caller, at the address on file. The program that answers requests writes the letter, and
-- issues one code a day at most; p_birth_date is what the code is bound to.
create function wellkept.service_replace_code(p_secret bytea, p_call uuid, p_id uuid, p_birth_date bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_call;
begin
  select * into s from wellkept.service_desk(p_secret);
  select * into c from wellkept.service_open_call(p_secret, p_call);
  if not found or c.verified is null or p_birth_date is null or not c.person_id = any (wellkept.held_subjects()) then return false; end if;
  insert into wellkept.accounts_registration (id, audience, roster, birth_date, told, state, meant, asked_at)
  values (p_id, 'member', '', p_birth_date, '', 'chosen', c.person_id, now());
  perform wellkept.ledger_write('code asked', c.id, s.account_id, s.role, s.actor, array[c.person_id], c.purpose, '{identity}', false, null, 'P-19');
  return true;
end $$;

-- Who else works at the desk and has signed: whom a case can be handed to. Made-up staff by made-up staff alone.
create function wellkept.service_colleagues(p_secret bytea) returns table (id uuid, actor text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found then return; end if;
  return query select a.id, coalesce(a.actor, '') from wellkept.accounts_account a
    where a.role = 'representative' and a.closed_at is null and a.id <> s.account_id and wellkept.watch_alike(a.actor, s.actor)
      and wellkept.consent_acknowledged(a.id, a.role, 'agreement')
    order by a.actor, a.id limit 200;
end $$;

-- Hands a case of one's own to a colleague, with words or none. From now on it opens to them, and to nobody else.
create function wellkept.service_hand_over_case(p_secret bytea, p_id uuid, p_to uuid, p_occasion uuid, p_step uuid, p_words bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_case;
  v_actor text;
  v_former uuid;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_occasion is null then return false; end if;
  select o.actor into v_actor from wellkept.service_colleagues(p_secret) o where o.id = p_to;
  if not found then return false; end if;
  select x.occasion into v_former from wellkept.service_case x
   where x.id = p_id and x.account_id = s.account_id and x.closed_at is null and x.person_id = any (wellkept.held_subjects())
     and not wellkept.service_decided(x.about, p_to) for update;
  if not found then return false; end if;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor, label)
  select p_occasion, 'case', p_to, s.role, v_actor, x.kind from wellkept.service_case x where x.id = p_id;
  update wellkept.service_case x set account_id = p_to, actor = v_actor, occasion = p_occasion
   where x.id = p_id and x.account_id = s.account_id and x.closed_at is null
  returning * into c;
  if not found then return false; end if;
  perform wellkept.service_step(c, p_step, 'handed over', s.actor, p_words);
  perform wellkept.ledger_write('case handed over', v_former, s.account_id, s.role, s.actor, array[c.person_id], null, array[c.category], false,
    null, 'U-12');
  return true;
end $$;

-- Says what comes next in a case of one's own.
create function wellkept.service_next_step(p_secret bytea, p_id uuid, p_next text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_next is null or p_next = '' or length(p_next) > 40 then return false; end if;
  update wellkept.service_case x set next_step = p_next where x.id = p_id and x.account_id = s.account_id and x.closed_at is null;
  return found;
end $$;

revoke execute on function wellkept.service_moved, wellkept.service_found, wellkept.service_open_call, wellkept.service_call_back, wellkept.service_write_note,
  wellkept.service_follow_up, wellkept.service_replace_code, wellkept.service_colleagues, wellkept.service_hand_over_case,
  wellkept.service_next_step from public;
grant execute on function wellkept.service_call_back, wellkept.service_write_note, wellkept.service_follow_up, wellkept.service_replace_code,
  wellkept.service_colleagues, wellkept.service_hand_over_case, wellkept.service_next_step to {web};
grant execute on function wellkept.service_moved to {jobs};

-- Removes what was said on calls so many years ago: notes, what was left to do after them once it was closed, and the numbers of cases
-- that are gone. Each person reads of it. Returns of how many people something went.
create function wellkept.service_sweep_calls(p_years int) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_before timestamptz := now() - make_interval(years => p_years);
  v_person uuid;
  v_people int := 0;
begin
  if p_years is null or p_years < 0 then raise check_violation using message = 'a time to keep notes is a number of years'; end if;
  for v_person in
    select n.person_id from wellkept.service_note n where n.at < v_before
    union
    select c.person_id from wellkept.service_case c where c.kind = 'call' and c.closed_at < v_before
    order by 1 limit 5000
  loop
    delete from wellkept.service_note x where x.person_id = v_person and x.at < v_before;
    delete from wellkept.service_casestep x using wellkept.service_case c
     where c.person_id = v_person and c.kind = 'call' and c.closed_at < v_before and x.person_id = c.person_id and x.case_id = c.id;
    delete from wellkept.service_number x using wellkept.service_case c
     where c.person_id = v_person and c.kind = 'call' and c.closed_at < v_before and x.person_id = c.person_id and x.number = c.number;
    delete from wellkept.service_case x where x.person_id = v_person and x.kind = 'call' and x.closed_at < v_before;
    perform wellkept.ledger_write('calls ended', null, null, 'jobs', null, array[v_person], null, '{calls}', false, null, 'U-20');
    v_people := v_people + 1;
  end loop;
  return v_people;
end $$;
revoke execute on function wellkept.service_sweep_calls from public;
grant execute on function wellkept.service_sweep_calls to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.service_sweep_calls owner to {gate};
alter function wellkept.service_moved owner to {gate};
alter function wellkept.service_found owner to {gate};
alter function wellkept.service_open_call owner to {gate};
alter function wellkept.service_call_back owner to {gate};
alter function wellkept.service_write_note owner to {gate};
alter function wellkept.service_follow_up owner to {gate};
alter function wellkept.service_replace_code owner to {gate};
alter function wellkept.service_colleagues owner to {gate};
alter function wellkept.service_hand_over_case owner to {gate};
alter function wellkept.service_next_step owner to {gate};

-- Lives that end, and names that change. A death is told by one and confirmed by another; so are where the estate is written to and
-- that it was a mistake. The check below holds whoever writes.

select wellkept.lock_protect('wellkept.people_death', p_jobs => 'select', p_mailroom => 'select', p_gate => 'select, insert, update',
  p_also => '(select wellkept.held_theirs())');
create unique index people_death_one on wellkept.people_death (person_id) where state <> 'ended';
alter table wellkept.people_death
  add constraint people_death_two check (decided_by is distinct from asked_by and (decided_by is null) = (decided_at is null)
    and (step <> '') = (decided_at is null)),
  add constraint people_death_words check (state in ('told', 'dead', 'ended') and step in ('', 'death', 'estate', 'undo')
    and (state = 'told') = (step = 'death') and (state <> 'ended' or step = '')),
  add constraint people_death_paper check (state <> 'dead' or paper <> '' and seen_on is not null);

-- The session of somebody who may have a part in it: a representative or a privacy officer who signed everything, and an open door.
create function wellkept.people_life_desk(p_secret bytea) returns setof wellkept.accounts_session
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select * from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role in ('representative', 'privacy_officer')
     and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement')
     and not exists (select 1 from wellkept.access_door d where d.closed_at is not null);
end $$;

-- What is known of a person's life: 'told' (one said that they died), 'dead' (another confirmed it), or '' for everybody else.
create function wellkept.people_life(p_person uuid) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return coalesce((select min(d.state) from wellkept.people_death d
                    where d.person_id = any (p_person || wellkept.people_joined_with(p_person)) and d.state <> 'ended'), '');
end $$;

-- Whether a step of theirs waits for the second person: for its length the identity opens to whoever may decide.
create function wellkept.people_death_waits(p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.people_death d where d.person_id = p_subject and d.step <> '');
end $$;

-- The session's own call that goes on, about a person who is open in this transaction. Nothing without it.
create function wellkept.people_death_call(p_secret bytea, p_call uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select c.person_id from wellkept.service_call c join wellkept.people_life_desk(p_secret) s on s.account_id = c.account_id
           where c.id = p_call and c.ended is null and c.began > now() - interval '4 hours' and c.person_id = any (wellkept.held_subjects()));
end $$;

-- What stands about the caller's person: the row, its state, the step that waits, and whether an estate is written to.
create function wellkept.people_death_known(p_secret bytea, p_call uuid, out id uuid, out state text, out step text, out estate boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select d.id, d.state, d.step, d.estate <> '' into id, state, step, estate from wellkept.people_death d
   where d.person_id = wellkept.people_death_call(p_secret, p_call) and d.state <> 'ended';
end $$;

-- Step one, on a call about the person: 'death', 'estate' (where to write from now on) or 'undo' (it was a mistake). Nothing changes by
-- it but that no new access code goes out. 'waits': something waits already. 'no': no such call, or nothing it could be about.
create function wellkept.people_death_tell(
  p_secret bytea, p_call uuid, p_id uuid, p_step text, p_told bytea, p_estate bytea, p_collected_under text
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  d wellkept.people_death;
  v_person uuid := wellkept.people_death_call(p_secret, p_call);
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if s.account_id is null or v_person is null or p_id is null or p_step is null then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('life ' || v_person, 0));
  select * into d from wellkept.people_death x where x.person_id = v_person and x.state <> 'ended' for update;
  if d.step <> '' then return 'waits'; end if;
  if p_step = 'death' and d.id is null and p_told <> '' then
    insert into wellkept.people_death
      (id, person_id, category, plan_id, collected_under, restricted, state, step, told, estate, estate_asked, paper, asked_by, asked_actor, asked_at)
    values (p_id, v_person, 'contact', (select p.plan_id from wellkept.people_person p where p.person_id = v_person), p_collected_under, false,
      'told', 'death', p_told, '', coalesce(p_estate, ''), '', s.account_id, coalesce(s.actor, ''), now());
    perform wellkept.ledger_write('death told', p_call, s.account_id, s.role, s.actor, array[v_person], 'MEMADMIN', '{}', false, null, 'U-31');
  elsif p_step in ('estate', 'undo') and d.state = 'dead' and d.id = p_id and p_estate <> '' then
    update wellkept.people_death x set step = p_step, estate_asked = p_estate, asked_by = s.account_id, asked_actor = coalesce(s.actor, ''), asked_at = now(), decided_by = null, decided_actor = null, decided_at = null
     where x.person_id = v_person and x.id = p_id;
    perform wellkept.ledger_write(case when p_step = 'estate' then 'estate told' else 'death doubted' end, p_call, s.account_id, s.role, s.actor,
      array[v_person], 'MEMADMIN', '{}', false, null, 'U-31');
  else
    return 'no';
  end if;
  return 'yes';
end $$;

-- What waits for a second person, oldest first. It names nobody.
create function wellkept.people_deaths(p_secret bytea) returns table (id uuid, step text, asked_at timestamptz, asked_actor text, mine boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if not found then return; end if;
  return query select d.id, d.step, d.asked_at, d.asked_actor, d.asked_by = s.account_id from wellkept.people_death d
    where d.step <> '' order by d.asked_at limit 200;
end $$;

-- Whom one of them is about, to open them.
create function wellkept.people_death_person(p_secret bytea, p_id uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select d.person_id from wellkept.people_life_desk(p_secret) s, wellkept.people_death d where d.id = p_id and d.step <> '');
end $$;

-- One that waits, of a person who is open in this transaction: sealed, as it was told.
create function wellkept.people_death_read(p_secret bytea, p_id uuid)
returns table (step text, told bytea, estate bytea, asked_at timestamptz, asked_actor text, mine boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if not found then return; end if;
  return query select d.step, d.told, d.estate_asked, d.asked_at, d.asked_actor, d.asked_by = s.account_id from wellkept.people_death d
    where d.person_id = any (wellkept.held_subjects()) and d.id = p_id and d.step <> '';
end $$;

-- Step two, by another than the one who told it, who opened it and says which paper they saw, and on which day. 'first': it is the same
-- one. 'gone': it waits no more; of two at once the second hears that. What follows from it follows in this transaction.
create function wellkept.people_death_decide(p_secret bytea, p_id uuid, p_yes boolean, p_paper text, p_seen_on date) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  d wellkept.people_death;
  v_kind text;
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if not found or p_yes is null then return 'no'; end if;
  select * into d from wellkept.people_death x where x.person_id = any (wellkept.held_subjects()) and x.id = p_id for update;
  if not found or d.step = '' then return 'gone'; end if;
  if d.asked_by = s.account_id then return 'first'; end if;
  if p_yes and (p_paper is null or p_paper not in ('certificate', 'funeral', 'court', 'person', 'other') or p_seen_on is null
                or p_seen_on > wellkept.access_day(now())) then
    return 'no';
  end if;
  v_kind := case when not p_yes then 'death declined' when d.step = 'death' then 'death confirmed'
    when d.step = 'estate' then 'estate confirmed' else 'death undone' end;
  update wellkept.people_death x
     set step = '', decided_by = s.account_id, decided_actor = coalesce(s.actor, ''), decided_at = now(),
         state = case when v_kind in ('death undone') or (not p_yes and d.step = 'death') then 'ended' else 'dead' end,
         paper = case when p_yes then p_paper else x.paper end, seen_on = case when p_yes then p_seen_on else x.seen_on end,
         estate = case when p_yes and d.step in ('death', 'estate') then x.estate_asked else x.estate end, estate_asked = ''
   where x.person_id = d.person_id and x.id = d.id;
  perform wellkept.ledger_write(v_kind, s.occasion, s.account_id, s.role, s.actor, array[d.person_id], 'MEMADMIN', '{}', false,
    case when p_yes then p_paper end, 'U-31');
  if v_kind = 'death confirmed' then perform wellkept.people_ended(d.person_id, s); end if;
  return 'yes';
end $$;

-- All that ends with a life: the account, codes on their way, news and publications. Triggers empty what could be presented.
create function wellkept.people_ended(p_person uuid, p_session wellkept.accounts_session) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_all uuid[] := p_person || wellkept.people_joined_with(p_person);
  a record;
begin
  for a in select x.id, x.holder from wellkept.accounts_account x where x.person_id = any (v_all) and x.closed_at is null order by x.id for update loop
    perform wellkept.accounts_note(a.id, 'account closed', '', '');
    perform wellkept.ledger_write('account closed', p_session.occasion, p_session.account_id, p_session.role, p_session.actor, array[a.holder], null, '{}', false, null, 'U-30');
    update wellkept.accounts_account x set closed_at = now() where x.id = a.id;
  end loop;
  update wellkept.accounts_accesscode c set used_at = now(), actor = null, email = null
   where c.used_at is null and (c.person_id = any (v_all) or c.place = any (v_all));
  update wellkept.notices_address x set confirmed_at = null where x.person_id = any (v_all);
  update wellkept.notices_subscription x set left_at = now() where x.person_id = any (v_all) and x.left_at is null;
end $$;

-- A file that is the last word on these people names them so. What another name said still finds them for 24 months, for whoever has just
-- married still writes it. Their account stays theirs, and is told. Every hash of a person is given at once, beside whose it is.
create function wellkept.people_named(p_people uuid[], p_kinds text[], p_indexes bytea[]) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_renamed uuid[];
begin
  if not p_people <@ wellkept.held_subjects() then
    raise insufficient_privilege using message = 'that person is not open';
  end if;
  update wellkept.people_finder f set until = null from unnest(p_people, p_kinds, p_indexes) u (person, kind, index)
   where f.person_id = u.person and f.kind = u.kind and f.index = u.index and f.until is not null;
  v_renamed := array(
    select distinct f.person_id from wellkept.people_finder f
     where f.person_id = any (p_people) and f.kind = 'name_birth' and f.until is null
       and exists (select 1 from unnest(p_people, p_kinds) u (person, kind) where u.person = f.person_id and u.kind = 'name_birth')
       and not exists (select 1 from unnest(p_people, p_kinds, p_indexes) u (person, kind, index)
                        where u.person = f.person_id and u.kind = f.kind and u.index = f.index));
  if v_renamed = '{}' then return; end if;
  update wellkept.people_finder f set until = (wellkept.access_day(now()) + interval '24 months')::date
   where f.person_id = any (v_renamed) and f.kind in ('name_birth', 'roster') and f.until is null
     and not exists (select 1 from unnest(p_people, p_kinds, p_indexes) u (person, kind, index)
                      where u.person = f.person_id and u.kind = f.kind and u.index = f.index);
  perform wellkept.accounts_note(a.id, 'name changed', '', '') from wellkept.accounts_account a
   where a.person_id = any (v_renamed) and a.closed_at is null;
end $$;

-- Each day: former names whose time is over find nobody any more.
create function wellkept.people_sweep_finders() returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_gone int;
begin
  delete from wellkept.people_finder f where f.until < wellkept.access_day(now());
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;

grant update (until) on wellkept.people_finder to {gate};
revoke execute on function wellkept.people_life_desk, wellkept.people_life, wellkept.people_death_waits, wellkept.people_death_call,
  wellkept.people_death_known, wellkept.people_death_tell, wellkept.people_deaths, wellkept.people_death_person, wellkept.people_death_read,
  wellkept.people_death_decide, wellkept.people_ended, wellkept.people_named, wellkept.people_sweep_finders from public;
grant execute on function wellkept.people_life, wellkept.people_sweep_finders to {jobs};
grant execute on function wellkept.people_death_known, wellkept.people_death_tell, wellkept.people_deaths, wellkept.people_death_person,
  wellkept.people_death_read, wellkept.people_death_decide to {web};
grant execute on function wellkept.people_named to {intake};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.people_life_desk owner to {gate};
alter function wellkept.people_life owner to {gate};
alter function wellkept.people_death_waits owner to {gate};
alter function wellkept.people_death_call owner to {gate};
alter function wellkept.people_death_known owner to {gate};
alter function wellkept.people_death_tell owner to {gate};
alter function wellkept.people_deaths owner to {gate};
alter function wellkept.people_death_person owner to {gate};
alter function wellkept.people_death_read owner to {gate};
alter function wellkept.people_death_decide owner to {gate};
alter function wellkept.people_ended owner to {gate};
alter function wellkept.people_named owner to {gate};
alter function wellkept.people_sweep_finders owner to {gate};

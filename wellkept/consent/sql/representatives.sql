-- Whoever stands for a person by a paper: one of us writes it down on a call, another looks at the paper and decides (45 CFR 164.502(g)).
-- The first knows the birth date the code is bound to, the second sees the code: neither alone could come in with it.

-- What only the second step needs, and what goes with it.
create table wellkept.consent_authority (id uuid primary key, birth_date bytea not null, actor text not null);
comment on table wellkept.consent_authority is 'personal: papers that wait for a second one of us; each goes when it is decided.';
comment on column wellkept.consent_authority.id is 'housekeeping: the appointment.';
comment on column wellkept.consent_authority.birth_date is 'personal: keyed hash of the birth date of whoever would act.';
comment on column wellkept.consent_authority.actor is 'personal: the name their account would bear.';

-- Whether a paper about this person waits for the second one of us: for its length the identity opens to whoever may decide.
create function wellkept.consent_authority_waits(p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.consent_appointment a where a.person_id = p_subject and a.state = 'waits');
end $$;

-- What stands about the person of the session's own call: no names, and not what it opens.
create function wellkept.consent_authority_known(p_secret bytea, p_call uuid)
returns table (id uuid, kind text, state text, since timestamptz, expires timestamptz, holds boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select a.id, a.kind, a.state, a.since, wellkept.consent_shown_until(a), wellkept.consent_holds(a) from wellkept.consent_appointment a
    where a.person_id = wellkept.people_death_call(p_secret, p_call) and a.kind <> 'helper'
      and a.state in ('waits', 'stands') and a.expires > now() order by a.asked_at;
end $$;

-- Step one, on a call: what the paper says. Nothing opens by it. 'waits': one waits already. 'no': no such call, or no such paper.
-- An executor stands for the dead alone, and everybody else for the living. 'own': nothing would open, for the record is a minor's own already.
-- p_adult: that the person is of age. p_letter goes to whoever has no account.
create function wellkept.consent_authority_tell(
  p_secret bytea, p_call uuid, p_id uuid, p_kind text, p_name bytea, p_opens text[], p_until timestamptz, p_birth_date bytea, p_actor text,
  p_collected_under text, p_letter uuid, p_body bytea, p_adult boolean
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  a wellkept.consent_appointment;
  v_person uuid := wellkept.people_death_call(p_secret, p_call);
  v_holder uuid := gen_random_uuid();
  v_opens text[] := array(select distinct c from unnest(p_opens) c where c in ('coverage', 'claims', 'sensitive_claims') order by c);
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if s.account_id is null or v_person is null or p_id is null or p_name is null or p_name = '' or p_birth_date is null
     or coalesce(p_kind not in ('guardian', 'power_of_attorney', 'court_order', 'executor'), true)
     or cardinality(v_opens) = 0 or cardinality(v_opens) <> coalesce(cardinality(p_opens), 0)
     or p_until is null or p_until <= now() or p_until > now() + interval '5 years'
     or (p_kind = 'executor') <> (wellkept.people_life(v_person) = 'dead') then
    return 'no';
  end if;
  a.person_id := v_person; a.kind := p_kind; a.adult := coalesce(p_adult, false); a.opens := to_jsonb(v_opens); a.expires := p_until;
  if wellkept.consent_until(a, null) <= now() or cardinality(wellkept.consent_reach(a)) = 0 then return 'own'; end if;
  perform pg_advisory_xact_lock(hashtextextended('helpers ' || v_person, 0));
  if wellkept.consent_authority_waits(v_person) then return 'waits'; end if;
  insert into wellkept.consent_appointment
    (id, person_id, category, plan_id, collected_under, restricted, kind, holder, name, opens, state, since, expires, asked_by, asked_actor, asked_at,
     adult)
  values (p_id, v_person, 'requests', (select p.plan_id from wellkept.people_person p where p.person_id = v_person), p_collected_under, false,
    p_kind, v_holder, p_name, to_jsonb(v_opens), 'waits', now(), p_until, s.account_id, coalesce(s.actor, ''), now(),
    a.adult);
  insert into wellkept.consent_authority (id, birth_date, actor) values (p_id, p_birth_date, left(p_actor, 80));
  perform wellkept.ledger_write('authority told', p_call, s.account_id, s.role, s.actor, array[v_person], 'MEMADMIN', '{}', false, null, 'U-31');
  perform wellkept.consent_tell(v_person, 'told', p_letter, p_body, p_collected_under);
  return 'yes';
end $$;

-- What waits for a second person, oldest first. It names nobody.
create function wellkept.consent_authorities(p_secret bytea) returns table (id uuid, kind text, asked_at timestamptz, asked_actor text, mine boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if not found then return; end if;
  return query select a.id, a.kind, a.asked_at, a.asked_actor, a.asked_by = s.account_id
    from wellkept.consent_authority t join wellkept.consent_appointment a on a.id = t.id and a.state = 'waits' order by a.asked_at limit 200;
end $$;

-- Whom one of them is about, to open them.
create function wellkept.consent_authority_person(p_secret bytea, p_id uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select a.person_id from wellkept.people_life_desk(p_secret) s, wellkept.consent_appointment a where a.id = p_id and a.state = 'waits');
end $$;

-- One that waits, of a person who is open in this transaction.
create function wellkept.consent_authority_read(p_secret bytea, p_id uuid)
returns table (kind text, name bytea, opens text[], expires timestamptz, asked_at timestamptz, asked_actor text, mine boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if not found then return; end if;
  return query select a.kind, a.name, case when cardinality(wellkept.consent_reach(a)) > 0 then wellkept.consent_reach(a)
      else array(select jsonb_array_elements_text(a.opens)) end, wellkept.consent_shown_until(a), a.asked_at, a.asked_actor, a.asked_by = s.account_id
    from wellkept.consent_appointment a
    where a.person_id = any (wellkept.held_subjects()) and a.id = p_id and a.state = 'waits';
end $$;

-- Step two, by another than the one who wrote it down, who opened it and says which paper they saw, and when. With yes a code goes
-- out, bound to the birth date that the first one wrote. 'first': it is the same one. 'prove': who they are was shown too long ago. 'gone': it waits no more.
-- 'own': the record has become a minor's own. 'moved': the only word of it would go where a call said less than 14 days ago. The person is told.
create function wellkept.consent_authority_decide(
  p_secret bytea, p_id uuid, p_yes boolean, p_paper text, p_seen_on date, p_code bytea, p_days int,
  p_letter uuid, p_body bytea
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  a wellkept.consent_appointment;
  t wellkept.consent_authority;
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if not found or p_yes is null then return 'no'; end if;
  select * into a from wellkept.consent_appointment x where x.person_id = any (wellkept.held_subjects()) and x.id = p_id for update;
  if not found or a.state <> 'waits' then return 'gone'; end if;
  if a.asked_by = s.account_id then return 'first'; end if;
  -- The page that follows holds a code: whoever sits down at a session somebody left open gets none.
  if p_yes and s.proved_at <= now() - interval '15 min' then return 'prove'; end if;
  if p_yes and (coalesce(p_paper not in ('court', 'power_of_attorney', 'letters', 'other'), true) or p_seen_on is null
                or p_seen_on > wellkept.access_day(now()) or p_code is null or a.expires <= now()) then
    return 'no';
  end if;
  if p_yes and (wellkept.consent_until(a, null) <= now() or cardinality(wellkept.consent_reach(a)) = 0) then return 'own'; end if;
  -- Whoever has no account hears of it by letter alone: not at an address that the same caller may have told us.
  if p_yes and wellkept.service_moved(a.person_id) and not exists (
      select 1 from wellkept.accounts_account x
       where x.person_id = any (a.person_id || wellkept.people_joined_with(a.person_id)) and x.closed_at is null) then
    return 'moved';
  end if;
  select * into t from wellkept.consent_authority x where x.id = p_id;
  update wellkept.consent_appointment x
     set state = case when p_yes then 'stands' else 'declined' end, decided_by = s.account_id, decided_actor = coalesce(s.actor, ''),
         decided_at = now(), since = now(), paper = case when p_yes then p_paper else '' end, seen_on = case when p_yes then p_seen_on end
   where x.person_id = a.person_id and x.id = p_id;
  delete from wellkept.consent_authority x where x.id = p_id;
  if p_yes then
    insert into wellkept.consent_actsfor (holder, person_id, id) values (a.holder, a.person_id, p_id);
    perform wellkept.accounts_issue_code(p_code, 'member', null, a.holder, null, false, t.actor, p_id, t.birth_date, null, null,
      make_interval(days => least(greatest(p_days, 1), 31)), interval '0');
  end if;
  perform wellkept.ledger_write(case when p_yes then 'authority confirmed' else 'authority declined' end, s.occasion, s.account_id, s.role, s.actor,
    array[a.person_id], 'MEMADMIN', '{}', false, case when p_yes then p_paper end, 'U-31');
  perform wellkept.consent_tell(a.person_id, case when p_yes then 'confirmed' else 'declined' end, p_letter, p_body, a.collected_under);
  return 'yes';
end $$;

-- The person hears of it: in every account of theirs, also of a record that is joined. Whoever has none gets the letter, which the mail room
-- posts to where they want our letters (45 CFR 164.522(b)). Raises without one: nothing is done of which the person does not hear.
create function wellkept.consent_tell(p_person uuid, p_step text, p_letter uuid, p_body bytea, p_under text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.accounts_note(x.id, case when p_step = 'told' then 'helper asked' when p_step = 'confirmed' then 'helper named'
      when p_step = 'declined' then 'helper declined' when p_step = 'taken back' then 'taken back' else 'helper ended' end, '', '') from wellkept.accounts_account x
   where x.person_id = any (p_person || wellkept.people_joined_with(p_person)) and x.closed_at is null;
  if found then return; end if;
  if p_letter is null or coalesce(length(p_body), 0) = 0 then
    raise check_violation using message = 'a person without an account hears of it by letter';
  end if;
  insert into wellkept.notices_letter (id, person_id, category, plan_id, collected_under, restricted, kind, body, made_at)
  values (p_letter, p_person, 'contact', (select p.plan_id from wellkept.people_person p where p.person_id = p_person), p_under, false,
    'representative', p_body, now());
end $$;

-- On a call one of us ends it at once: the court did, the paper was false, or the person is in danger (45 CFR 164.502(g)(5)).
create function wellkept.consent_authority_end(p_secret bytea, p_call uuid, p_id uuid, p_reason text, p_letter uuid, p_body bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  v_person uuid := wellkept.people_death_call(p_secret, p_call);
  v_under text;
begin
  select * into s from wellkept.people_life_desk(p_secret);
  if s.account_id is null or v_person is null or coalesce(p_reason not in ('revoked', 'court', 'false', 'danger'), true) then return false; end if;
  select a.collected_under into v_under from wellkept.consent_appointment a where a.person_id = v_person and a.id = p_id and a.kind <> 'helper';
  if not found
     or wellkept.consent_finish(v_person, p_id, p_reason) is null then
    return false;
  end if;
  perform wellkept.ledger_write('authority ended', p_call, s.account_id, s.role, s.actor, array[v_person], 'MEMADMIN', '{}', false, p_reason, 'U-31');
  perform wellkept.consent_tell(v_person, 'ended', p_letter, p_body, v_under);
  return true;
end $$;

grant select, insert, delete on wellkept.consent_authority to {gate};
revoke execute on function wellkept.consent_authority_waits, wellkept.consent_authority_known, wellkept.consent_authority_tell,
  wellkept.consent_authorities, wellkept.consent_authority_person, wellkept.consent_authority_read, wellkept.consent_authority_decide,
  wellkept.consent_tell, wellkept.consent_authority_end from public;
grant execute on function wellkept.consent_authority_known, wellkept.consent_authority_tell, wellkept.consent_authorities,
  wellkept.consent_authority_person, wellkept.consent_authority_read, wellkept.consent_authority_decide, wellkept.consent_authority_end to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.consent_authority_waits owner to {gate};
alter function wellkept.consent_authority_known owner to {gate};
alter function wellkept.consent_authority_tell owner to {gate};
alter function wellkept.consent_authorities owner to {gate};
alter function wellkept.consent_authority_person owner to {gate};
alter function wellkept.consent_authority_read owner to {gate};
alter function wellkept.consent_authority_decide owner to {gate};
alter function wellkept.consent_tell owner to {gate};
alter function wellkept.consent_authority_end owner to {gate};

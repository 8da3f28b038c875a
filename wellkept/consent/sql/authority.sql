-- Who may act for a person: a helper the person named, or a representative whose paper two of us saw (45 CFR 164.502(g), 164.510(b)).

select wellkept.lock_protect('wellkept.consent_appointment', p_gate => 'select, insert, update');
alter table wellkept.consent_appointment
  add constraint consent_appointment_words check (kind in ('helper', 'guardian', 'power_of_attorney', 'court_order', 'executor')
    and state in ('waits', 'stands', 'declined', 'ended') and (state = 'ended') = (ended_at is not null)),
  -- Only a paper makes a representative, and only two of us find that it does.
  add constraint consent_appointment_two check (kind = 'helper' and asked_by is null and decided_by is null and state in ('stands', 'ended')
    or kind <> 'helper' and asked_by is not null and decided_by is distinct from asked_by
      and (state in ('waits') = (decided_by is null)) and (state in ('waits', 'declined') or paper <> '' and seen_on is not null));

-- For whom somebody acts. An index of the locked table by anything but the person would answer before what is held is asked.
create table wellkept.consent_actsfor (holder uuid not null, person_id uuid not null, id uuid not null, primary key (holder, person_id, id));
comment on table wellkept.consent_actsfor is 'personal: for whom somebody may act; read by functions of the gate alone.';
comment on column wellkept.consent_actsfor.holder is 'personal: who acts.';
comment on column wellkept.consent_actsfor.person_id is 'personal: for whom.';
comment on column wellkept.consent_actsfor.id is 'housekeeping: by which appointment.';

-- Whether somebody stands by a paper for a person of age: it said so when it was written down, and no file has said otherwise since.
create function wellkept.consent_of_age(p_appointment wellkept.consent_appointment) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return p_appointment.adult and not exists (
    select 1 from wellkept.people_person p
     where p.person_id = p_appointment.person_id and (p.own_care_on is not null or p.own_sensitive_on is not null));
end $$;

-- Until when an appointment opens a kind of data at the most; null asks of any. Whoever stands for a minor by a paper does so as a parent does:
-- until the day from which the law of their state makes the record their own, sensitive claims until theirs (45 CFR 164.502(g)(3)). The
-- days are asked each time: files move people, and laws change. Where none lies ahead, or none is known, it opens nothing.
create function wellkept.consent_until(p_appointment wellkept.consent_appointment, p_category text) returns timestamptz
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_day date;
begin
  if p_appointment.kind in ('helper', 'executor') or wellkept.consent_of_age(p_appointment) then return p_appointment.expires; end if;
  select case when p_category is distinct from 'sensitive_claims' then p.own_care_on
              when p.own_care_on is not null and p.own_sensitive_on is not null then least(p.own_care_on, p.own_sensitive_on) end into v_day
    from wellkept.people_person p where p.person_id = p_appointment.person_id;
  return least(p_appointment.expires,
    coalesce((select v_day::timestamp at time zone x.zone from wellkept.access_place x), timestamptz '-infinity'));
end $$;

-- What an appointment opens now.
create function wellkept.consent_reach(p_appointment wellkept.consent_appointment) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(select c from jsonb_array_elements_text(p_appointment.opens) c where wellkept.consent_until(p_appointment, c) > now() order by c);
end $$;

-- The last moment to show: the one the paper bears, where no day of the person's own lies ahead.
create function wellkept.consent_shown_until(p_appointment wellkept.consent_appointment) returns timestamptz
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return coalesce(nullif(wellkept.consent_until(p_appointment, null), '-infinity'), p_appointment.expires);
end $$;

-- Whether an appointment holds at this minute. A helper, a guardian and a power of attorney end with a life; an executor begins with its end.
create function wellkept.consent_holds(p_appointment wellkept.consent_appointment) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return coalesce(p_appointment.state = 'stands' and p_appointment.since <= now() and p_appointment.expires > now()
    and wellkept.consent_until(p_appointment, null) > now()
    and (wellkept.people_life(p_appointment.person_id) = 'dead') = (p_appointment.kind = 'executor'), false);
end $$;

-- Whether the person, or a court, has put this account's holder beside them: as helper, or as representative.
create function wellkept.consent_stands_for(p_subject uuid, p_account uuid, p_helper boolean) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.accounts_account x
      join wellkept.consent_actsfor f on f.holder = x.holder and f.person_id = p_subject
      join wellkept.consent_appointment a on a.person_id = f.person_id and a.id = f.id and a.holder = x.holder
     where x.id = p_account and x.role = 'member' and x.closed_at is null and (a.kind = 'helper') = p_helper and wellkept.consent_holds(a));
end $$;

create function wellkept.consent_helps(p_subject uuid, p_account uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return wellkept.consent_stands_for(p_subject, p_account, true);
end $$;

create function wellkept.consent_represents(p_subject uuid, p_account uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return wellkept.consent_stands_for(p_subject, p_account, false);
end $$;

-- What ties an account to a person for whom it acts.
create function wellkept.consent_acting(p_subject uuid, p_account uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return case when wellkept.consent_helps(p_subject, p_account) then '{helper}'::text[] else '{}' end
    || case when wellkept.consent_represents(p_subject, p_account) then '{personal_representative}'::text[] else '{}' end;
end $$;

-- Whether what they were put there for holds this kind of data. They act at the person's request, and for no other purpose.
create function wellkept.consent_appointed(p_account uuid, p_subject uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return p_purpose = 'PATRQT' and exists (
    select 1 from wellkept.accounts_account x
      join wellkept.consent_actsfor f on f.holder = x.holder and f.person_id = p_subject
      join wellkept.consent_appointment a on a.person_id = f.person_id and a.id = f.id and a.holder = x.holder
     where x.id = p_account and x.role = 'member' and x.closed_at is null and (p_category = 'identity' or a.opens ? p_category)
       and wellkept.consent_until(a, p_category) > now() and wellkept.consent_holds(a));
end $$;

-- Whether a court put this account in the person's place for this: as guardian or otherwise of somebody of age, as executor of the dead. The
-- law treats them as the person (45 CFR 164.502(g)(1), (2) and (4)), so a restriction the person asked for does not bind them. It goes on
-- binding whomever the person chose, also by a power of attorney, and whoever stands for a minor.
create function wellkept.consent_in_their_place(p_account uuid, p_subject uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return p_purpose = 'PATRQT' and exists (
    select 1 from wellkept.accounts_account x
      join wellkept.consent_actsfor f on f.holder = x.holder and f.person_id = p_subject
      join wellkept.consent_appointment a on a.person_id = f.person_id and a.id = f.id and a.holder = x.holder
     where x.id = p_account and x.role = 'member' and x.closed_at is null and (p_category = 'identity' or a.opens ? p_category)
       and (a.kind = 'executor' or a.kind in ('guardian', 'court_order') and wellkept.consent_of_age(a)) and wellkept.consent_holds(a));
end $$;

-- Whether an account acts for anybody now: then it owes what helpers sign (P-25).
create function wellkept.consent_acts(p_account uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.accounts_account x
      join wellkept.consent_actsfor f on f.holder = x.holder
      join wellkept.consent_appointment a on a.person_id = f.person_id and a.id = f.id and a.holder = x.holder
     where x.id = p_account and x.role = 'member' and x.closed_at is null and wellkept.consent_holds(a));
end $$;

-- The person whose own record is open names a helper: part of the account, for a year at most. The code is for one whose birth date
-- they know; whoever uses it is the helper. Kept is what was shown. 'full': ten stand. 'prove': who it is
-- was shown too long ago. 'no': nothing that could be given.
create function wellkept.consent_appoint(
  p_person uuid, p_id uuid, p_name bytea, p_actor text, p_opens text[], p_from timestamptz, p_until timestamptz, p_code bytea, p_birth_date bytea,
  p_days int, p_collected_under text, p_statement bytea, p_form text, p_language text
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  v_holder uuid := gen_random_uuid();
  v_opens text[] := array(select distinct c from unnest(p_opens) c where c in ('coverage', 'claims', 'sensitive_claims') order by c);
begin
  perform wellkept.access_own_account(p_person);
  if not 'requests' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'that kind of data is not open in this transaction';
  end if;
  if cardinality(v_opens) = 0 or cardinality(v_opens) <> coalesce(cardinality(p_opens), 0) or p_from is null or p_until is null or p_until <= now()
     or p_until <= p_from or p_until > now() + interval '367 days' or p_code is null or p_birth_date is null or p_name is null
     or p_name = '' or coalesce(length(p_statement), 0) = 0 or not exists (select 1 from wellkept.people_person p where p.person_id = p_person) then
    return 'no';
  end if;
  -- A session somebody left open gives nobody a way in: whose it is was shown within minutes.
  e := wellkept.consent_entry();
  if not exists (select 1 from wellkept.accounts_session x where x.account_id = e.account and x.occasion = e.occasion and x.proved_at > now() - interval '15 min') then
    return 'prove';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('helpers ' || p_person, 0));
  if (select count(*) from wellkept.consent_appointment a where a.person_id = p_person and a.kind = 'helper' and a.state = 'stands' and a.expires > now()) >= 10 then
    return 'full';
  end if;
  insert into wellkept.consent_appointment (id, person_id, category, collected_under, restricted, kind, holder, name, opens, state, since, expires, asked_at,
    statement, form, language)
  values (p_id, p_person, 'requests', p_collected_under, false, 'helper', v_holder, p_name, to_jsonb(v_opens), 'stands', p_from, p_until, now(),
    p_statement, p_form, p_language);
  insert into wellkept.consent_actsfor (holder, person_id, id) values (v_holder, p_person, p_id);
  perform wellkept.accounts_issue_code(p_code, 'member', null, v_holder, null, false, left(p_actor, 80), p_id, p_birth_date, null, null,
    least(make_interval(days => least(greatest(p_days, 1), 31)), p_until - now()), interval '0');
  perform wellkept.ledger_write('helper named', e.occasion, e.account, e.role, e.actor, array[p_person], e.purpose, v_opens, true, null, e.clause);
  perform wellkept.accounts_note(e.account, 'helper named', '', '');
  return 'yes';
end $$;

-- The entry that is open in this transaction.
create function wellkept.consent_entry() returns wellkept.ledger_entry
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
begin
  select x.* into e from wellkept.gate_held h join wellkept.ledger_entry x on x.id = h.entry and x.at > now() - interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  return e;
end $$;

-- It ends now, for whoever it was: the next opening asks. A code that nobody used does nothing from now on.
create function wellkept.consent_finish(p_person uuid, p_id uuid, p_by text) returns text[]
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_opens jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended('access code ' || p_id, 0));
  update wellkept.consent_appointment a set state = 'ended', ended_at = now(), ended_by = p_by
   where a.person_id = p_person and a.id = p_id and a.state = 'stands' returning a.opens into v_opens;
  if not found then return null; end if;
  delete from wellkept.accounts_accesscode c where c.place = p_id and c.used_at is null;
  return array(select c from jsonb_array_elements_text(v_opens) c order by c);
end $$;

-- The person ends it. A power of attorney is theirs to take back as well, and to say no to before anything opens by it; what a court said
-- is not.
create function wellkept.consent_dismiss(p_person uuid, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  v_opens text[];
begin
  perform wellkept.access_own_account(p_person);
  if not 'requests' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'that kind of data is not open in this transaction';
  end if;
  if not exists (select 1 from wellkept.consent_appointment a where a.person_id = p_person and a.id = p_id and a.kind in ('helper', 'power_of_attorney')) then
    return false;
  end if;
  e := wellkept.consent_entry();
  update wellkept.consent_appointment a set state = 'declined', ended_by = 'person', decided_by = e.account, decided_actor = '', decided_at = now()
   where a.person_id = p_person and a.id = p_id and a.state = 'waits';
  if found then
    delete from wellkept.consent_authority x where x.id = p_id;
    perform wellkept.ledger_write('authority turned down', e.occasion, e.account, e.role, e.actor, array[p_person], e.purpose, '{}', true, null, e.clause);
    perform wellkept.accounts_note(e.account, 'helper turned down', '', '');
    return true;
  end if;
  v_opens := wellkept.consent_finish(p_person, p_id, 'person');
  if v_opens is null then return false; end if;
  perform wellkept.ledger_write('helper ended', e.occasion, e.account, e.role, e.actor, array[p_person], e.purpose, v_opens, true, null, e.clause);
  perform wellkept.accounts_note(e.account, 'helper ended', '', '');
  return true;
end $$;

-- Whoever made an account with the code has taken it on. Called where the code is used.
create function wellkept.consent_took_up(p_holder uuid) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.consent_appointment a set accepted_at = now() from wellkept.consent_actsfor f
   where f.holder = p_holder and a.person_id = f.person_id and a.id = f.id and a.accepted_at is null;
end $$;

-- Somebody who has an account already takes it on with the code and their birth date: five wrong dates close it. False for everything else.
create function wellkept.consent_claim(p_secret bytea, p_code bytea, p_birth_date bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.accounts_accesscode;
  a wellkept.consent_appointment;
  v_place uuid;
begin
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle and x.role = 'member';
  if not found then return false; end if;
  select x.place into v_place from wellkept.accounts_accesscode x where x.code_hash = p_code;
  if v_place is null then return false; end if;
  perform pg_advisory_xact_lock(hashtextextended('access code ' || v_place, 0));
  select * into c from wellkept.accounts_accesscode x where x.code_hash = p_code for update;
  if not found or c.used_at is not null or c.expires_at <= now() or c.tries >= 5 then return false; end if;
  select x.* into a from wellkept.consent_actsfor f join wellkept.consent_appointment x on x.person_id = f.person_id and x.id = f.id
   where f.holder = c.holder and f.id = v_place;
  -- Nobody helps themself, and a code of another kind makes nobody a helper.
  if not found or a.state <> 'stands' or a.person_id = s.holder then return false; end if;
  if c.birth_date is distinct from p_birth_date then
    update wellkept.accounts_accesscode x set tries = x.tries + 1 where x.code_hash = p_code;
    return false;
  end if;
  update wellkept.accounts_accesscode x set used_at = now(), actor = null, email = null where x.code_hash = p_code;
  update wellkept.consent_appointment x set holder = s.holder, accepted_at = now() where x.person_id = a.person_id and x.id = a.id;
  update wellkept.consent_actsfor f set holder = s.holder where f.holder = c.holder and f.id = a.id;
  perform wellkept.ledger_write('helper accepted', s.occasion, s.account_id, s.role, s.actor, array[a.person_id], null, '{}', false,
    case when a.kind = 'helper' then 'helper' else 'personal_representative' end, null);
  return true;
end $$;

-- Whether the code of a helper may still be posted: they were named, nobody took it on, and it has not ended. Asked by the mail room of the
-- person it has open.
create function wellkept.consent_posts(p_id uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.consent_appointment a
      join wellkept.accounts_accesscode c on c.place = a.id and c.used_at is null and c.expires_at > now()
     where a.person_id = (wellkept.held_subjects())[1] and a.id = p_id and a.state = 'stands' and a.accepted_at is null and a.expires > now());
end $$;

-- For whom the session's account may act: no names, those are opened. What it may open holds while it holds.
create function wellkept.consent_acting_for(p_secret bytea)
returns table (id uuid, person uuid, kind text, opens text[], since timestamptz, expires timestamptz, holds boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select a.id, a.person_id, a.kind, wellkept.consent_reach(a), a.since, wellkept.consent_shown_until(a), wellkept.consent_holds(a)
    from wellkept.accounts_session s
    join wellkept.consent_actsfor f on f.holder = s.holder
    join wellkept.consent_appointment a on a.person_id = f.person_id and a.id = f.id and a.holder = s.holder
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'member'
     and a.state = 'stands' and wellkept.consent_until(a, null) > now()
   order by a.since desc, a.id limit 50;
end $$;

-- What stands or waits for the person who is open, as far as it opens anything: what of it, until when, and whether nothing of it does any more
-- because the record has become a minor's own.
create function wellkept.consent_reaches(p_person uuid) returns table (id uuid, opens text[], expires timestamptz, own boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_person = any (wellkept.held_subjects()) or not 'requests' = any (wellkept.held_categories()) then return; end if;
  return query
  select a.id, wellkept.consent_reach(a), wellkept.consent_shown_until(a), wellkept.consent_until(a, null) <= now() from wellkept.consent_appointment a
   where a.person_id = p_person and a.kind <> 'helper' and a.state in ('waits', 'stands') and a.expires > now();
end $$;

-- They lay it down themselves.
create function wellkept.consent_resign(p_secret bytea, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  v_person uuid;
  v_kind text;
  v_opens text[];
begin
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle and x.role = 'member';
  if not found then return false; end if;
  select f.person_id, a.kind into v_person, v_kind from wellkept.consent_actsfor f
    join wellkept.consent_appointment a on a.person_id = f.person_id and a.id = f.id where f.holder = s.holder and f.id = p_id;
  if v_person is null then return false; end if;
  v_opens := wellkept.consent_finish(v_person, p_id, 'helper');
  if v_opens is null then return false; end if;
  perform wellkept.ledger_write('helper resigned', s.occasion, s.account_id, s.role, s.actor, array[v_person], null, v_opens, false,
    case when v_kind = 'helper' then 'helper' else 'personal_representative' end, null);
  return true;
end $$;

-- Which appointment stood behind openings of the person's record, for the person alone. No names: the person knows them.
create function wellkept.consent_acted(p_person uuid, p_id uuid, p_limit int)
returns table (id uuid, occasion uuid, kind text, categories text[], at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.access_own_account(p_person);
  if not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that person are not open';
  end if;
  return query
  with named as (
    select x.* from wellkept.ledger_entry x where x.subjects[1] = p_person
    union all
    select x.* from wellkept.ledger_also l join wellkept.ledger_entry x on x.id = l.entry and x.at = l.at where l.subject = p_person
  )
  select a.id, n.occasion, n.kind, n.categories, n.at from named n
    join wellkept.accounts_account x on x.id = n.account and x.role = 'member'
    join wellkept.consent_appointment a on a.person_id = p_person and a.holder = x.holder and a.state <> 'waits'
     and (a.kind = 'helper') = (n.reason = 'helper') and n.at >= a.asked_at and n.at <= least(a.expires, coalesce(a.ended_at, a.expires))
   where n.kind in ('opened', 'changed') and n.reason in ('helper', 'personal_representative') and not n.own and (p_id is null or a.id = p_id)
   order by n.at desc limit least(greatest(p_limit, 1), 500);
end $$;

alter table wellkept.consent_appointment alter column holder set statistics 0;
grant select, insert, update on wellkept.consent_actsfor to {gate};
revoke execute on function wellkept.consent_of_age, wellkept.consent_until, wellkept.consent_reach, wellkept.consent_shown_until, wellkept.consent_reaches,
  wellkept.consent_in_their_place, wellkept.consent_holds, wellkept.consent_stands_for, wellkept.consent_helps, wellkept.consent_represents, wellkept.consent_acting,
  wellkept.consent_appointed, wellkept.consent_acts, wellkept.consent_appoint, wellkept.consent_entry, wellkept.consent_finish,
  wellkept.consent_dismiss, wellkept.consent_took_up, wellkept.consent_claim, wellkept.consent_acting_for, wellkept.consent_resign,
  wellkept.consent_acted, wellkept.consent_posts from public;
grant execute on function wellkept.consent_posts to {mailroom};
grant execute on function wellkept.consent_appoint, wellkept.consent_dismiss, wellkept.consent_claim, wellkept.consent_acting_for,
  wellkept.consent_resign, wellkept.consent_acted, wellkept.consent_reaches to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.consent_of_age owner to {gate};
alter function wellkept.consent_until owner to {gate};
alter function wellkept.consent_reach owner to {gate};
alter function wellkept.consent_shown_until owner to {gate};
alter function wellkept.consent_reaches owner to {gate};
alter function wellkept.consent_in_their_place owner to {gate};
alter function wellkept.consent_holds owner to {gate};
alter function wellkept.consent_stands_for owner to {gate};
alter function wellkept.consent_helps owner to {gate};
alter function wellkept.consent_represents owner to {gate};
alter function wellkept.consent_acting owner to {gate};
alter function wellkept.consent_appointed owner to {gate};
alter function wellkept.consent_acts owner to {gate};
alter function wellkept.consent_appoint owner to {gate};
alter function wellkept.consent_entry owner to {gate};
alter function wellkept.consent_finish owner to {gate};
alter function wellkept.consent_dismiss owner to {gate};
alter function wellkept.consent_took_up owner to {gate};
alter function wellkept.consent_claim owner to {gate};
alter function wellkept.consent_acting_for owner to {gate};
alter function wellkept.consent_resign owner to {gate};
alter function wellkept.consent_acted owner to {gate};
alter function wellkept.consent_posts owner to {gate};

-- What the privacy office reads and does about openings that stand out (watch.sql). Nobody sees or closes what is about themselves.

-- The session of a privacy officer who has signed everything; nothing for anybody else.
create function wellkept.watch_officer(p_secret bytea) returns setof wellkept.accounts_session
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select * from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'privacy_officer'
     and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement');
end $$;

-- What stands out and waits, the oldest first; then what was closed in the last 90 days. No record is named. Nobody sees one about themselves.
create function wellkept.watch_list(p_secret bytea)
returns table (id uuid, reasons text[], role text, actor text, at timestamptz, people int, usual int, closed_at timestamptz, closed_actor text, finding text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found then return; end if;
  return query
  select a.id, a.reasons, a.role, a.actor, a.at, a.people, a.usual, a.closed_at, a.closed_actor, a.finding from wellkept.access_alarm a
   where a.account <> s.account_id and wellkept.watch_alike(a.actor, s.actor) and (a.closed_at is null or a.closed_at > now() - interval '90 days')
   order by a.closed_at is not null, a.closed_at desc, a.at limit 200;
end $$;

-- One of them, with whose record it is, to be opened.
create function wellkept.watch_alarm(p_secret bytea, p_id uuid)
returns table (id uuid, reasons text[], role text, actor text, at timestamptz, people int, usual int, closed_at timestamptz, closed_actor text, finding text,
  subject uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found then return; end if;
  return query
  select a.id, a.reasons, a.role, a.actor, a.at, a.people, a.usual, a.closed_at, a.closed_actor, a.finding, a.subject from wellkept.access_alarm a
   where a.id = p_id and a.account <> s.account_id and wellkept.watch_alike(a.actor, s.actor);
end $$;

-- What else the same account entered about the person in 90 days, for an officer whom it is not about. The person and their openings
-- must be open. What is kept back is shown only where the alarm is about that very inquiry.
create function wellkept.watch_about(p_secret bytea, p_id uuid)
returns table (at timestamptz, kind text, role text, actor text, purpose text, categories text[], reason text, occasion_kind text, label text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found then return; end if;
  if not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that person are not open';
  end if;
  return query
  with named as (
    select a.subject, a.account, a.occasion as looked from wellkept.access_alarm a
     where a.id = p_id and a.subject = any (wellkept.held_subjects()) and a.account <> s.account_id and wellkept.watch_alike(a.actor, s.actor)
  ), mine as (
    select x.*, n.looked from named n join wellkept.ledger_entry x on x.subjects[1] = n.subject and x.account = n.account
     where x.at > now() - interval '90 days'
    union all
    select x.*, n.looked from named n join wellkept.ledger_also l on l.subject = n.subject
      join wellkept.ledger_entry x on x.id = l.entry and x.at = l.at and x.account = n.account where l.at > now() - interval '90 days'
  )
  select m.at, m.kind, m.role, m.actor, m.purpose, m.categories, m.reason, o.kind, o.label
    from mine m left join wellkept.ledger_occasion o on o.id = m.occasion
   where m.occasion is not distinct from m.looked or not wellkept.ledger_kept_back(m.occasion)
   order by m.at desc limit 100;
end $$;

-- Closes an alarm with what was found. 'own': it is about whoever asks; 'closed': somebody was quicker; 'no': there is none.
create function wellkept.watch_close(p_secret bytea, p_id uuid, p_finding text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  a wellkept.access_alarm;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found or p_finding is null or not p_finding = any ('{unrelated,assigned,spoken,ended,incident}'::text[]) then return 'no'; end if;
  select * into a from wellkept.access_alarm x where x.id = p_id for update;
  if not found or not wellkept.watch_alike(a.actor, s.actor) then return 'no'; end if;
  if a.account = s.account_id then return 'own'; end if;
  if a.closed_at is not null then return 'closed'; end if;
  update wellkept.access_alarm x set closed_at = now(), closed_by = s.account_id, closed_actor = s.actor, finding = p_finding where x.id = a.id;
  -- What is said of an opening that is kept back is kept back with it.
  perform wellkept.ledger_write('looked into', case when wellkept.ledger_kept_back(a.occasion) then a.occasion else s.occasion end,
    s.account_id, s.role, s.actor, case when a.subject is null then '{}' else array[a.subject] end, 'HOPERAT', '{}', false, p_finding, 'B-10');
  return 'yes';
end $$;

-- Everybody who works here, and whether it is known who is near to them. One's own is entered by another officer.
create function wellkept.watch_staff(p_secret bytea)
returns table (account uuid, actor text, role text, told_by text, told_at timestamptz, mine boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found then return; end if;
  return query
  select a.id, a.actor, a.role, n.told_by, n.told_at, a.id = s.account_id
    from wellkept.accounts_account a left join wellkept.access_staffnear n on n.account = a.id
   where wellkept.accounts_is_staff(a.role) and a.closed_at is null and wellkept.watch_alike(a.actor, s.actor)
   order by n.told_at is not null, a.actor, a.id limit 1000;
end $$;

-- Keeps the hashes of who is near to somebody who works here, over what stood.
create function wellkept.watch_know(p_secret bytea, p_account uuid, p_surnames bytea[], p_addresses bytea[], p_streets bytea[], p_persons bytea[])
returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found or cardinality(p_surnames || p_addresses || p_streets || p_persons) not between 1 and 40 then return 'no'; end if;
  if p_account = s.account_id then return 'own'; end if;
  if not exists (select 1 from wellkept.accounts_account a where a.id = p_account and wellkept.accounts_is_staff(a.role) and a.closed_at is null
    and wellkept.watch_alike(a.actor, s.actor)) then
    return 'no';
  end if;
  insert into wellkept.access_staffnear (account, surnames, addresses, streets, persons, told_by)
  values (p_account, p_surnames, p_addresses, p_streets, p_persons, coalesce(s.actor, ''))
  on conflict (account) do update set surnames = excluded.surnames, addresses = excluded.addresses, streets = excluded.streets,
    persons = excluded.persons, told_by = excluded.told_by, told_at = now();
  perform wellkept.accounts_enter_staff(s, 'noted whom to watch for near ' || coalesce((select a.actor from wellkept.accounts_account a where a.id = p_account), ''));
  return 'yes';
end $$;

revoke execute on function wellkept.watch_officer, wellkept.watch_list, wellkept.watch_alarm, wellkept.watch_about, wellkept.watch_close,
  wellkept.watch_staff, wellkept.watch_know from public;
grant execute on function wellkept.watch_list, wellkept.watch_alarm, wellkept.watch_about, wellkept.watch_close, wellkept.watch_staff,
  wellkept.watch_know to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.watch_officer owner to {gate};
alter function wellkept.watch_list owner to {gate};
alter function wellkept.watch_alarm owner to {gate};
alter function wellkept.watch_about owner to {gate};
alter function wellkept.watch_close owner to {gate};
alter function wellkept.watch_staff owner to {gate};
alter function wellkept.watch_know owner to {gate};

-- What the holder of an account does about it: ends sessions, says that something was not them, changes the password. Whose
-- account it is, the session says; no argument names one.

grant select, insert, update, delete on wellkept.accounts_alarm to {gate};

-- The session with this hash while it is open; nothing otherwise.
create function wellkept.accounts_open(p_secret bytea) returns setof wellkept.accounts_session
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select * from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle;
end $$;

-- Ends one of the session's own account's sessions, named by its visit.
create function wellkept.accounts_end_my_session(p_secret bytea, p_occasion uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  o wellkept.accounts_session;
begin
  delete from wellkept.accounts_session x using wellkept.accounts_open(p_secret) s
   where x.account_id = s.account_id and x.occasion = p_occasion returning x.* into o;
  if not found then return false; end if;
  perform wellkept.accounts_note(o.account_id, 'session ended', o.method, o.browser);
  return true;
end $$;

-- Ends every other session of the same account at once; returns how many there were.
create function wellkept.accounts_end_other_sessions(p_secret bytea) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  o wellkept.accounts_session;
  v_ended int := 0;
begin
  select * into s from wellkept.accounts_open(p_secret);
  if not found then return 0; end if;
  for o in delete from wellkept.accounts_session x where x.account_id = s.account_id and x.secret_hash <> p_secret returning x.* loop
    v_ended := v_ended + 1;
    if o.expires > now() and o.seen > now() - o.idle then
      perform wellkept.accounts_note(o.account_id, 'session ended', o.method, o.browser);
    end if;
  end loop;
  return v_ended;
end $$;

-- The holder says that a sign-in or an event was not them. Every session ends, this one too; no password opens the account
-- until it is recovered; with p_ways no other way does; an address changed in the last 72 hours comes back, and what was given
-- in them ends: helpers, words to the family, authorizations and what waits to be posted under them; whoever answers the phone finds it
-- on a list under the number. Null where the session has ended.
create function wellkept.accounts_not_me(p_secret bytea, p_number text, p_about text, p_ways boolean, p_browser text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_open(p_secret);
  if not found then return null; end if;
  perform wellkept.accounts_undo_latest(s.account_id);
  perform wellkept.consent_undo_latest(s);
  perform 1 from wellkept.accounts_account a where a.id = s.account_id for update;
  -- Two at once: the second finds the session gone that it came with.
  if not exists (select 1 from wellkept.accounts_session x where x.secret_hash = p_secret) then return null; end if;
  -- No password has this hash, as Django's hashers know it: whoever tries one waits as long as anybody.
  update wellkept.accounts_account a set password = '!', short_password = false where a.id = s.account_id;
  delete from wellkept.accounts_session x where x.account_id = s.account_id;
  delete from wellkept.accounts_half h where h.account_id = s.account_id;
  -- A link may lie where the address was changed to, and whoever changed it may have made the response: neither leads in again.
  delete from wellkept.accounts_recoverylink l where l.account_id = s.account_id;
  delete from wellkept.accounts_recovery r where r.account_id = s.account_id;
  if p_ways then perform wellkept.accounts_forget_ways(s.account_id); end if;
  perform wellkept.accounts_note(s.account_id, 'browser not mine', s.method, p_browser);
  perform wellkept.accounts_note(s.account_id, 'password way closed', '', p_browser);
  insert into wellkept.accounts_alarm (id, account_id, role, number, about, raised_at)
  values (gen_random_uuid(), s.account_id, s.role, p_number, p_about, now());
  perform wellkept.ledger_write('not me', s.occasion, s.account_id, s.role, s.actor,
    case when s.person_id is null then '{}'::uuid[] else array[s.person_id] end, null, '{}', true, null, 'U-30');
  return p_number;
end $$;

-- What customer service sees of it: the number that is quoted on the phone, when, in what capacity, about what. No account, nobody's name.
create function wellkept.accounts_alarms(p_secret bytea)
returns table (id uuid, number text, role text, about text, raised_at timestamptz, done_at timestamptz, done_by text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select x.id, x.number, x.role, x.about, x.raised_at, x.done_at, x.done_by
    from wellkept.accounts_open(p_secret) s, wellkept.accounts_alarm x
   where s.role = 'representative' and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement')
     and (x.done_at is null or x.done_at > now() - interval '7 days')
   order by x.done_at is not null, x.raised_at limit 200;
end $$;

create function wellkept.accounts_alarm_done(p_secret bytea, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_alarm x set done_at = now(), done_by = s.actor from wellkept.accounts_open(p_secret) s
   where x.id = p_id and x.done_at is null and s.role = 'representative'
     and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement');
  return found;
end $$;

-- One try with the password of the session's own account, counted before its hash is given out, as at the entrance.
create function wellkept.accounts_my_try(p_secret bytea, out account uuid, out password text)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_account a set failures = a.failures + 1 from wellkept.accounts_open(p_secret) s
   where a.id = s.account_id and a.closed_at is null and a.failures < 100
  returning a.id, a.password into account, password;
end $$;

-- A new password. p_was is the hash that the old one was compared with: where somebody else changed it meanwhile, nothing changes.
-- Null where the holder came in without one and showed within 15 minutes that it is them. p_short: it stands beside a second way.
-- Every other session ends, every sign-in that is half way, and a link to a new password.
create function wellkept.accounts_change_password(p_secret bytea, p_was text, p_password text, p_short boolean) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_open(p_secret);
  if not found or p_password is null then return false; end if;
  if p_was is null and (s.method like 'password%' or s.proved_at <= now() - interval '15 minutes') then return false; end if;
  update wellkept.accounts_account a set password = p_password, short_password = p_short, failures = 0
   where a.id = s.account_id and a.closed_at is null and (p_was is null or a.password = p_was);
  if not found then return false; end if;
  delete from wellkept.accounts_session x where x.account_id = s.account_id and x.secret_hash <> p_secret;
  delete from wellkept.accounts_half h where h.account_id = s.account_id;
  update wellkept.accounts_recoverylink l set used_at = now() where l.account_id = s.account_id and l.used_at is null;
  perform wellkept.accounts_note(s.account_id, 'password changed', s.method, s.browser);
  perform wellkept.ledger_write('password changed', s.occasion, s.account_id, s.role, s.actor,
    case when s.person_id is null then '{}'::uuid[] else array[s.person_id] end, null, '{}', true, null, 'P-18');
  return true;
end $$;

-- How many seconds the session has left: unused, and in any case. With p_use it counts as used now. No row where it has ended.
create function wellkept.accounts_my_time(p_secret bytea, p_use boolean) returns table (unused int, whole int)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if p_use then
    update wellkept.accounts_session x set seen = now() from wellkept.accounts_open(p_secret) s where x.secret_hash = s.secret_hash;
  end if;
  return query
  select floor(extract(epoch from s.seen + s.idle - now()))::int, floor(extract(epoch from s.expires - now()))::int
    from wellkept.accounts_open(p_secret) s;
end $$;

-- The texts the session's own account agreed to, and when.
create function wellkept.accounts_my_terms(p_secret bytea) returns table (document text, version text, at timestamptz, language text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select a.document, a.version, a.at, a.language
    from wellkept.accounts_open(p_secret) s join wellkept.consent_acknowledgement a on a.account_id = s.account_id
   order by a.at desc limit 50;
end $$;

revoke execute on function wellkept.accounts_open, wellkept.accounts_end_my_session, wellkept.accounts_end_other_sessions, wellkept.accounts_not_me,
  wellkept.accounts_alarms, wellkept.accounts_alarm_done, wellkept.accounts_my_try, wellkept.accounts_change_password, wellkept.accounts_my_time,
  wellkept.accounts_my_terms from public;
grant execute on function wellkept.accounts_open to {gate};
grant execute on function wellkept.accounts_end_my_session, wellkept.accounts_end_other_sessions, wellkept.accounts_alarms,
  wellkept.accounts_alarm_done, wellkept.accounts_my_time, wellkept.accounts_my_terms to {web};
grant execute on function wellkept.accounts_not_me, wellkept.accounts_my_try, wellkept.accounts_change_password to {entrance};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_open owner to {gate};
alter function wellkept.accounts_end_my_session owner to {gate};
alter function wellkept.accounts_end_other_sessions owner to {gate};
alter function wellkept.accounts_not_me owner to {gate};
alter function wellkept.accounts_alarms owner to {gate};
alter function wellkept.accounts_alarm_done owner to {gate};
alter function wellkept.accounts_my_try owner to {gate};
alter function wellkept.accounts_change_password owner to {gate};
alter function wellkept.accounts_my_time owner to {gate};
alter function wellkept.accounts_my_terms owner to {gate};

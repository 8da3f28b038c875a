-- Sign-ins that are not complete: one way was shown, another is owed. The row opens nothing: no function of the gate reads it.

grant select, insert, update, delete on wellkept.accounts_half, wellkept.accounts_passkey, wellkept.accounts_authenticator,
  wellkept.accounts_recoverycode, wellkept.accounts_challenge, wellkept.accounts_mailedcode to {gate};

-- Whether an account has a second way: a passkey, or an authenticator app whose first code was typed. Recovery codes are none.
create function wellkept.accounts_second(p_account uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.accounts_passkey k where k.account_id = p_account)
    or exists (select 1 from wellkept.accounts_authenticator t where t.account_id = p_account and t.added_on is not null);
end $$;

-- The session that a cookie stands for: its own, or the one that its browser had before it came half way in.
create function wellkept.accounts_earlier(p_before bytea) returns bytea
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return coalesce((select h.before from wellkept.accounts_half h where h.secret_hash = p_before), p_before);
end $$;

-- Half way in, where a second way is owed; else false, and nothing was kept. The session this browser had runs out now, and
-- is still known as one of its account's.
create function wellkept.accounts_begin_half(p_account uuid, p_secret bytea, p_before bytea, p_method text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_earlier bytea := wellkept.accounts_earlier(p_before);
begin
  if not wellkept.accounts_second(p_account) then return false; end if;
  delete from wellkept.accounts_half h where h.secret_hash = p_before;
  update wellkept.accounts_session s set expires = least(s.expires, now()) where s.secret_hash = v_earlier;
  insert into wellkept.accounts_half (secret_hash, account_id, method, before, tries, expires)
  values (p_secret, p_account, p_method, v_earlier, 0, now() + interval '10 minutes');
  return true;
end $$;

-- What is owed there, to show the page. Nothing for what is no half-made sign-in of a known account.
create function wellkept.accounts_half_owes(p_half bytea, out authenticator boolean, out passkeys boolean, out codes boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  select h.account_id into v_account from wellkept.accounts_half h
   where h.secret_hash = p_half and h.account_id is not null and h.expires > now() and h.tries < 5;
  if not found then return; end if;
  authenticator := exists (select 1 from wellkept.accounts_authenticator t where t.account_id = v_account and t.added_on is not null);
  passkeys := exists (select 1 from wellkept.accounts_passkey k where k.account_id = v_account);
  codes := exists (select 1 from wellkept.accounts_recoverycode r where r.account_id = v_account and r.used_on is null);
end $$;

-- Whose it is, while it has tries left: what a recovery code is hashed with.
create function wellkept.accounts_half_account(p_half bytea, out account uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select h.account_id into account from wellkept.accounts_half h where h.secret_hash = p_half and h.expires > now() and h.tries < 5;
end $$;

-- One try, counted before anything is given out: five for each half-made sign-in, so that racers stop at exactly five.
create function wellkept.accounts_half_count(p_half bytea) returns uuid
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  update wellkept.accounts_half h set tries = h.tries + 1
   where h.secret_hash = p_half and h.account_id is not null and h.expires > now() and h.tries < 5
  returning h.account_id into v_account;
  return v_account;
end $$;

-- One try with a code of the authenticator app: gives what its codes are made of. After 100 since the last that worked it is
-- closed but for browsers that signed in before; whoever tries here knows the password already.
create function wellkept.accounts_half_try(p_half bytea, out account uuid, out authenticator uuid, out secret bytea)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  account := wellkept.accounts_half_count(p_half);
  update wellkept.accounts_authenticator t set failures = t.failures + 1
   where t.account_id = account and t.added_on is not null and (t.failures < 100 or exists (
     select 1 from wellkept.accounts_half h join wellkept.accounts_session s on s.secret_hash = h.before
      where h.secret_hash = p_half and s.account_id = t.account_id))
  returning t.id, t.secret into authenticator, secret;
end $$;

-- The end of a half-made sign-in, once: whoever takes the row goes on to a session.
create function wellkept.accounts_half_done(p_half bytea, p_account uuid, out account uuid, out before bytea, out method text)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_half h where h.secret_hash = p_half and h.account_id = p_account and h.expires > now()
  returning h.account_id, h.before, h.method into account, before, method;
end $$;

-- The code of this half minute was right. It works once: what was used before it, or with it, works no more.
create function wellkept.accounts_half_step(p_half bytea, p_authenticator uuid, p_step bigint, out account uuid, out before bytea, out method text)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  update wellkept.accounts_authenticator t set last_step = p_step, failures = 0, used_on = current_date
   where t.id = p_authenticator and t.added_on is not null and t.last_step < p_step returning t.account_id into v_account;
  if not found then return; end if;
  select d.account, d.before, d.method into account, before, method from wellkept.accounts_half_done(p_half, v_account) d;
end $$;

-- A recovery code, once.
create function wellkept.accounts_half_recovery(p_half bytea, p_code bytea, out account uuid, out before bytea, out method text)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.accounts_half_count(p_half);
begin
  update wellkept.accounts_recoverycode r set used_on = current_date
   where r.code_hash = p_code and r.account_id = v_account and r.used_on is null;
  if not found then return; end if;
  perform wellkept.accounts_note(v_account, 'recovery code used', 'recovery code', '');
  select d.account, d.before, d.method into account, before, method from wellkept.accounts_half_done(p_half, v_account) d;
end $$;

-- What a cookie stands for: 'open', 'ran out' (a session that nobody ended), 'half', or '' for nothing we know.
create function wellkept.accounts_standing(p_secret bytea) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_open boolean;
begin
  select s.expires > now() and s.seen > now() - s.idle into v_open from wellkept.accounts_session s where s.secret_hash = p_secret;
  if found then return case when v_open then 'open' else 'ran out' end; end if;
  return case when exists (select 1 from wellkept.accounts_half h where h.secret_hash = p_secret and h.expires > now()) then 'half' else '' end;
end $$;

revoke execute on function wellkept.accounts_second, wellkept.accounts_earlier, wellkept.accounts_begin_half, wellkept.accounts_half_owes,
  wellkept.accounts_half_account, wellkept.accounts_half_count, wellkept.accounts_half_try, wellkept.accounts_half_done, wellkept.accounts_half_step,
  wellkept.accounts_half_recovery, wellkept.accounts_standing from public;
grant execute on function wellkept.accounts_begin_half, wellkept.accounts_half_owes, wellkept.accounts_half_account, wellkept.accounts_half_try, wellkept.accounts_half_done,
  wellkept.accounts_half_step, wellkept.accounts_half_recovery to {entrance};
grant execute on function wellkept.accounts_standing to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_second owner to {gate};
alter function wellkept.accounts_earlier owner to {gate};
alter function wellkept.accounts_begin_half owner to {gate};
alter function wellkept.accounts_half_owes owner to {gate};
alter function wellkept.accounts_half_account owner to {gate};
alter function wellkept.accounts_half_count owner to {gate};
alter function wellkept.accounts_half_try owner to {gate};
alter function wellkept.accounts_half_done owner to {gate};
alter function wellkept.accounts_half_step owner to {gate};
alter function wellkept.accounts_half_recovery owner to {gate};
alter function wellkept.accounts_standing owner to {gate};

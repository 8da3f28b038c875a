-- The ways to sign in beside the password, kept by their owner. Each change needs a session that showed again who it is.

-- Recovery codes stand in for a second way: without one they go.
create function wellkept.accounts_drop_codes(p_account uuid) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if not wellkept.accounts_second(p_account) then
    delete from wellkept.accounts_recoverycode r where r.account_id = p_account;
  end if;
end $$;

-- The account that may change its ways now; whether its password is short; null where nobody showed again who it is.
create function wellkept.accounts_at_ways(p_secret bytea, out account uuid, out short boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select a.id, a.short_password into account, short from wellkept.accounts_account a where a.id = wellkept.accounts_proven(p_secret);
end $$;

-- What the holder of a session has: passkeys, the authenticator app, and how many recovery codes are left.
create function wellkept.accounts_my_ways(p_secret bytea)
returns table (kind text, id uuid, label bytea, discoverable boolean, added_on date, used_on date, codes bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.accounts_of(p_secret);
begin
  return query
  select 'passkey', k.id, k.label, k.discoverable, k.added_on, k.used_on, null::bigint
    from wellkept.accounts_passkey k where k.account_id = v_account
  union all
  select 'authenticator', t.id, null, false, t.added_on, t.used_on, null
    from wellkept.accounts_authenticator t where t.account_id = v_account and t.added_on is not null
  union all
  select 'recovery codes', null, null, false, max(r.made_on), max(r.used_on), count(*) filter (where r.used_on is null)
    from wellkept.accounts_recoverycode r where r.account_id = v_account having count(*) > 0
  order by 1, 5, 2;
end $$;

-- An authenticator app begins to wait for its first code, in place of one that waited.
create function wellkept.accounts_start_authenticator(p_secret bytea, p_id uuid, p_sealed bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.accounts_proven(p_secret);
begin
  if v_account is null then return false; end if;
  insert into wellkept.accounts_authenticator as t (id, account_id, secret, made_at, last_step, failures)
  values (p_id, v_account, p_sealed, now(), 0, 0)
  on conflict (account_id) where added_on is null do update set id = excluded.id, secret = excluded.secret, made_at = now(), failures = 0;
  return true;
end $$;

-- What waits, for an hour and ten tries, each counted first.
create function wellkept.accounts_waiting_authenticator(p_secret bytea, out account uuid, out authenticator uuid, out secret bytea)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_authenticator t set failures = t.failures + 1
   where t.account_id = wellkept.accounts_proven(p_secret) and t.added_on is null and t.made_at > now() - interval '1 hour' and t.failures < 10
  returning t.account_id, t.id, t.secret into account, authenticator, secret;
end $$;

-- The same without a try, to show it again after a wrong code.
create function wellkept.accounts_shown_authenticator(p_secret bytea, out account uuid, out authenticator uuid, out secret bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select t.account_id, t.id, t.secret into account, authenticator, secret from wellkept.accounts_authenticator t
   where t.account_id = wellkept.accounts_proven(p_secret) and t.added_on is null and t.made_at > now() - interval '1 hour' and t.failures < 10;
end $$;

-- Its first code was right: from here on it counts, and replaces the one before it.
create function wellkept.accounts_confirm_authenticator(p_secret bytea, p_id uuid, p_step bigint) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  s wellkept.accounts_session;
begin
  select * into a from wellkept.accounts_account x where x.id = wellkept.accounts_proven(p_secret) for update;
  if not found or not exists (
    select 1 from wellkept.accounts_authenticator t where t.id = p_id and t.account_id = a.id and t.added_on is null) then return false; end if;
  delete from wellkept.accounts_authenticator t where t.account_id = a.id and t.added_on is not null;
  update wellkept.accounts_authenticator t set added_on = current_date, used_on = current_date, last_step = p_step, failures = 0 where t.id = p_id;
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.accounts_note(a.id, 'authenticator added', s.method, s.browser);
  return true;
end $$;

-- 'yes', 'no', or 'password' where a password too short to stand alone would be left alone.
create function wellkept.accounts_remove_authenticator(p_secret bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  s wellkept.accounts_session;
begin
  select * into a from wellkept.accounts_account x where x.id = wellkept.accounts_proven(p_secret) for update;
  if not found then return 'no'; end if;
  if a.short_password and not exists (select 1 from wellkept.accounts_passkey k where k.account_id = a.id) then return 'password'; end if;
  delete from wellkept.accounts_authenticator t where t.account_id = a.id and t.added_on is not null;
  if not found then return 'no'; end if;
  perform wellkept.accounts_drop_codes(a.id);
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.accounts_note(a.id, 'authenticator removed', s.method, s.browser);
  return 'yes';
end $$;

-- New recovery codes; the old ones stop working. They stand beside a second way, and beside nothing else.
create function wellkept.accounts_set_codes(p_secret bytea, p_codes bytea[]) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  s wellkept.accounts_session;
begin
  select * into a from wellkept.accounts_account x where x.id = wellkept.accounts_proven(p_secret) for update;
  if not found or not wellkept.accounts_second(a.id) then return false; end if;
  delete from wellkept.accounts_recoverycode r where r.account_id = a.id;
  insert into wellkept.accounts_recoverycode (code_hash, account_id, made_on) select one, a.id, current_date from unnest(p_codes) one;
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.accounts_note(a.id, 'recovery codes made', s.method, s.browser);
  return true;
end $$;

-- A short password stands only beside a second way, whoever writes it. The rows of the ways wait for the account's row too.
create function wellkept.accounts_short_beside() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if new.short_password and not wellkept.accounts_second(new.id) then
    raise check_violation using message = 'a short password stands only beside a second way';
  end if;
  return new;
end $$;
create trigger accounts_account_short before insert or update of short_password, password on wellkept.accounts_account
  for each row when (new.short_password) execute function wellkept.accounts_short_beside();

-- A new start, where customer service found again whose account it is: what they had is lost, so it goes, and so does a secret
-- response, which somebody else may have made. The caller set a password that may stand alone.
create function wellkept.accounts_forget_ways(p_account uuid) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_account a set short_password = false where a.id = p_account and a.short_password;
  delete from wellkept.accounts_passkey k where k.account_id = p_account;
  delete from wellkept.accounts_authenticator t where t.account_id = p_account;
  delete from wellkept.accounts_recoverycode r where r.account_id = p_account;
  delete from wellkept.accounts_half h where h.account_id = p_account;
  delete from wellkept.accounts_mailedcode m where m.account_id = p_account;
  delete from wellkept.accounts_recoverylink l where l.account_id = p_account;
  delete from wellkept.accounts_recovery r where r.account_id = p_account;
end $$;

-- Removes what has run out: numbers, half-made sign-ins, codes by mail, authenticators that wait, and after a quarter of a
-- year sessions that ran out, by which a browser was known.
create function wellkept.accounts_sweep_ways() returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_challenge c where c.made_at < now() - interval '1 hour';
  delete from wellkept.accounts_half h where h.expires < now() - interval '1 day';
  delete from wellkept.accounts_mailedcode m where m.asked_at < now() - interval '2 days';
  delete from wellkept.accounts_authenticator t where t.added_on is null and t.made_at < now() - interval '1 day';
  delete from wellkept.accounts_session s where s.expires < now() - interval '90 days';
end $$;

revoke execute on function wellkept.accounts_drop_codes, wellkept.accounts_at_ways, wellkept.accounts_my_ways, wellkept.accounts_start_authenticator,
  wellkept.accounts_waiting_authenticator, wellkept.accounts_shown_authenticator, wellkept.accounts_confirm_authenticator,
  wellkept.accounts_remove_authenticator, wellkept.accounts_set_codes,
  wellkept.accounts_short_beside, wellkept.accounts_forget_ways, wellkept.accounts_sweep_ways from public;
grant execute on function wellkept.accounts_at_ways, wellkept.accounts_my_ways, wellkept.accounts_start_authenticator,
  wellkept.accounts_waiting_authenticator, wellkept.accounts_shown_authenticator, wellkept.accounts_confirm_authenticator,
  wellkept.accounts_remove_authenticator, wellkept.accounts_set_codes to {entrance};
grant execute on function wellkept.accounts_sweep_ways to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_drop_codes owner to {gate};
alter function wellkept.accounts_at_ways owner to {gate};
alter function wellkept.accounts_my_ways owner to {gate};
alter function wellkept.accounts_start_authenticator owner to {gate};
alter function wellkept.accounts_waiting_authenticator owner to {gate};
alter function wellkept.accounts_shown_authenticator owner to {gate};
alter function wellkept.accounts_confirm_authenticator owner to {gate};
alter function wellkept.accounts_remove_authenticator owner to {gate};
alter function wellkept.accounts_set_codes owner to {gate};
alter function wellkept.accounts_short_beside owner to {gate};
alter function wellkept.accounts_forget_ways owner to {gate};
alter function wellkept.accounts_sweep_ways owner to {gate};

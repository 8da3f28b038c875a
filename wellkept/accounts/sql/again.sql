-- Showing once more that it is you, before an act that asks again.

-- The account of a session that is open; null for any other secret.
create function wellkept.accounts_of(p_secret bytea) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select s.account_id from wellkept.accounts_session s
           where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle);
end $$;

create function wellkept.accounts_proved(p_secret bytea, p_minutes int) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.accounts_session s
     where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle
       and s.proved_at > now() - make_interval(mins => p_minutes));
end $$;

-- The account of a session whose holder showed within 15 minutes that it is them: who may change the ways to sign in.
create function wellkept.accounts_proven(p_secret bytea) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return case when wellkept.accounts_proved(p_secret, 15) then wellkept.accounts_of(p_secret) end;
end $$;

-- One try of an open session to show again who it is, counted first; after 20 that session has none left.
create function wellkept.accounts_again_try(p_secret bytea, out account uuid, out password text, out authenticator uuid, out secret bytea)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_session s set tries = s.tries + 1
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.tries < 20
  returning s.account_id into account;
  if not found then return; end if;
  select a.password into password from wellkept.accounts_account a where a.id = account and a.closed_at is null;
  select t.id, t.secret into authenticator, secret from wellkept.accounts_authenticator t
   where t.account_id = account and t.added_on is not null;
end $$;

-- The code of this half minute, once, by the session of the same account.
create function wellkept.accounts_again_step(p_secret bytea, p_authenticator uuid, p_step bigint) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_authenticator t set last_step = p_step, failures = 0, used_on = current_date
   where t.id = p_authenticator and t.added_on is not null and t.last_step < p_step and t.account_id = wellkept.accounts_of(p_secret);
  return found;
end $$;

-- It was shown: from here on the session has a new secret, and the old one opens nothing.
create function wellkept.accounts_prove(p_secret bytea, p_new bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_session s set secret_hash = p_new, proved_at = now(), tries = 0
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle;
  return found;
end $$;

revoke execute on function wellkept.accounts_of, wellkept.accounts_proved, wellkept.accounts_proven, wellkept.accounts_again_try,
  wellkept.accounts_again_step, wellkept.accounts_prove from public;
grant execute on function wellkept.accounts_proved to {web};
grant execute on function wellkept.accounts_again_try, wellkept.accounts_again_step, wellkept.accounts_prove to {entrance};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_of owner to {gate};
alter function wellkept.accounts_proved owner to {gate};
alter function wellkept.accounts_proven owner to {gate};
alter function wellkept.accounts_again_try owner to {gate};
alter function wellkept.accounts_again_step owner to {gate};
alter function wellkept.accounts_prove owner to {gate};

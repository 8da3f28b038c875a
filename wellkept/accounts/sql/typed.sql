-- What somebody typed when their sign-in had run out: sealed under a key of that browser's cookie, for the same account alone,
-- once, for half an hour from when it was typed. The database has neither the key nor anything that was typed.

grant select, insert, update, delete on wellkept.accounts_typed to {gate};

-- Whose session with this hash ran out less than a day ago; null for one that is open, was ended, or never was.
create function wellkept.accounts_ran_out(p_secret bytea) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select s.account_id from wellkept.accounts_session s join wellkept.accounts_account a on a.id = s.account_id and a.closed_at is null
           where s.secret_hash = p_secret and (s.expires <= now() or s.seen <= now() - s.idle)
             and least(s.expires, s.seen + s.idle) > now() - interval '1 day');
end $$;

-- Keeps one form for a session that ran out, in place of any before it.
create function wellkept.accounts_keep_typed(p_secret bytea, p_row uuid, p_sealed bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.accounts_ran_out(p_secret);
begin
  if v_account is null or p_row is null or p_sealed is null or length(p_sealed) > 300000 then return false; end if;
  delete from wellkept.accounts_typed t where t.secret_hash = p_secret;
  insert into wellkept.accounts_typed (row_id, secret_hash, account_id, sealed, until)
  values (p_row, p_secret, v_account, p_sealed, now() + interval '30 minutes');
  return true;
end $$;

-- What is kept under the cookie that this browser brings, for it to be sealed anew under the cookie it gets. Where somebody else
-- signs in there, it is destroyed; half way in, by a way that does not say whose account it is, it waits.
create function wellkept.accounts_typed_before(p_old bytea, p_new bytea, out account uuid, out row_id uuid, out sealed bytea)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  select coalesce((select s.account_id from wellkept.accounts_session s where s.secret_hash = p_new),
                  (select h.account_id from wellkept.accounts_half h where h.secret_hash = p_new)) into v_account;
  delete from wellkept.accounts_typed t where t.secret_hash = p_old and (t.until <= now() or t.account_id <> v_account);
  select t.account_id, t.row_id, t.sealed into account, row_id, sealed from wellkept.accounts_typed t where t.secret_hash = p_old;
end $$;

create function wellkept.accounts_carry_typed(p_old bytea, p_new bytea, p_sealed bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_typed t set secret_hash = p_new, sealed = p_sealed where t.secret_hash = p_old;
end $$;

-- What an open session's own account typed before, as it was sealed for this browser.
create function wellkept.accounts_my_typed(p_secret bytea, out account uuid, out row_id uuid, out sealed bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select t.account_id, t.row_id, t.sealed into account, row_id, sealed
    from wellkept.accounts_open(p_secret) s join wellkept.accounts_typed t on t.secret_hash = s.secret_hash and t.account_id = s.account_id
   where t.until > now();
end $$;

-- Whether something waits for whoever signs in again with this cookie.
create function wellkept.accounts_typed_waits(p_secret bytea) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.accounts_typed t where t.secret_hash = p_secret and t.until > now());
end $$;

create function wellkept.accounts_drop_typed(p_secret bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_typed t where t.secret_hash = p_secret;
end $$;

create function wellkept.accounts_sweep_typed() returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_typed t where t.until <= now();
end $$;

revoke execute on function wellkept.accounts_ran_out, wellkept.accounts_keep_typed, wellkept.accounts_typed_before, wellkept.accounts_carry_typed,
  wellkept.accounts_my_typed, wellkept.accounts_typed_waits, wellkept.accounts_drop_typed, wellkept.accounts_sweep_typed from public;
grant execute on function wellkept.accounts_ran_out, wellkept.accounts_keep_typed, wellkept.accounts_my_typed, wellkept.accounts_typed_waits,
  wellkept.accounts_drop_typed to {web};
grant execute on function wellkept.accounts_typed_before, wellkept.accounts_carry_typed to {entrance};
grant execute on function wellkept.accounts_sweep_typed to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_ran_out owner to {gate};
alter function wellkept.accounts_keep_typed owner to {gate};
alter function wellkept.accounts_typed_before owner to {gate};
alter function wellkept.accounts_carry_typed owner to {gate};
alter function wellkept.accounts_my_typed owner to {gate};
alter function wellkept.accounts_typed_waits owner to {gate};
alter function wellkept.accounts_drop_typed owner to {gate};
alter function wellkept.accounts_sweep_typed owner to {gate};

-- What the entrance may do: its role alone compares passwords and makes sessions, and it reads no table.

grant select, insert, update, delete on wellkept.accounts_account, wellkept.accounts_session, wellkept.accounts_accesscode, wellkept.accounts_registration to {gate};
grant select, insert on wellkept.accounts_accesscode to {jobs};

-- One try with a password. It is counted before its hash is given out, so that racing tries stop at exactly 100; a sign-in
-- sets the count back. Nothing comes back for a name nobody has, a closed account and a spent count: all three look alike.
-- The count need not wait for the disk: whoever waited would learn that the name is somebody's.
-- A browser that brings a session of this account along, also one that ran out but none that its owner ended, has 20 tries of
-- its own where the way is closed: whoever hammers a name does not lock its owner out.
create function wellkept.accounts_try(p_login bytea, p_before bytea, out account uuid, out password text)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_earlier bytea := wellkept.accounts_earlier(p_before);
begin
  perform set_config('synchronous_commit', 'off', true);
  update wellkept.accounts_account a set failures = a.failures + 1
   where a.login = p_login and a.closed_at is null and a.failures < 100
  returning a.id, a.password into account, password;
  if found then return; end if;
  update wellkept.accounts_session s set tries = s.tries + 1 from wellkept.accounts_account a
   where s.secret_hash = v_earlier and s.tries < 20 and a.id = s.account_id and a.login = p_login and a.closed_at is null
  returning a.id, a.password into account, password;
end $$;

-- A password was wrong. Its owner is told how many tries there were since the last that worked, at most once an hour. Null: nobody's.
create function wellkept.accounts_failed(p_account uuid) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
begin
  perform set_config('synchronous_commit', 'off', true);
  update wellkept.accounts_account x set failure_noted = now()
   where x.id = p_account and (x.failure_noted is null or x.failure_noted <= now() - interval '1 hour')
  returning x.* into a;
  if found then
    perform wellkept.ledger_write('sign-in failed', null, null, 'nobody', null,
      case when a.person_id is null then '{}'::uuid[] else array[a.person_id] end, null, '{}', true,
      a.failures || ' since the last that worked', 'U-30');
    perform wellkept.accounts_note(a.id, 'sign-in failed', '', '');
  end if;
  if exists (select 1 from wellkept.accounts_account x where x.id = p_account and x.failures >= 100) and not exists (
    select 1 from wellkept.accounts_event e
     where e.account_id = p_account and e.kind = 'password way closed' and e.at > now() - interval '1 hour') then
    perform wellkept.accounts_note(p_account, 'password way closed', '', '');
  end if;
end $$;

-- An account that is closed has no session.
create function wellkept.accounts_end_sessions() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_session s where s.account_id = new.id;
  return null;
end $$;
create trigger accounts_account_closed after update of closed_at on wellkept.accounts_account
  for each row when (new.closed_at is not null) execute function wellkept.accounts_end_sessions();

create function wellkept.accounts_end_session(p_secret bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  o wellkept.accounts_session;
begin
  delete from wellkept.accounts_half h where h.secret_hash = p_secret;
  delete from wellkept.accounts_session s where s.secret_hash = p_secret returning s.* into o;
  if o.expires > now() and o.seen > now() - o.idle then
    perform wellkept.accounts_note(o.account_id, 'signed out', o.method, o.browser);
  end if;
end $$;

revoke execute on function wellkept.accounts_try, wellkept.accounts_failed,
  wellkept.accounts_end_sessions,
  wellkept.accounts_end_session from public;
grant execute on function wellkept.accounts_try, wellkept.accounts_failed,
  wellkept.accounts_end_session to {entrance};
grant execute on function wellkept.accounts_end_session to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_try owner to {gate};
alter function wellkept.accounts_end_sessions owner to {gate};
alter function wellkept.accounts_failed owner to {gate};
alter function wellkept.accounts_end_session owner to {gate};

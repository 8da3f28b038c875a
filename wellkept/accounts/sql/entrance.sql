-- What the entrance may do: its role alone compares passwords and makes sessions, and it reads no table.

grant select, insert, update, delete on wellkept.accounts_account, wellkept.accounts_session, wellkept.accounts_accesscode, wellkept.accounts_registration to {gate};
grant select, delete on wellkept.accounts_registration to {jobs};
grant select, insert on wellkept.accounts_accesscode to {jobs};

-- Somebody asks for an access code. The answer is the same for everybody: a job looks up.
create function wellkept.accounts_ask(p_roster bytea, p_birth_date bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  insert into wellkept.accounts_registration (id, roster, birth_date, asked_at) values (gen_random_uuid(), p_roster, p_birth_date, now());
  notify wellkept_registration;
end $$;

-- A code is used once, by whoever knows the birth date it is bound to. Racers for one person wait for each other, also with
-- two codes: the second finds what the first left. The lock comes before the rows, so that two cannot wait for one another.
-- A person who had an account gets this sign-in name and password for it, and every session of it ends (U-30, recovery by a new code).
create function wellkept.accounts_redeem(p_code bytea, p_birth_date bytea, p_login bytea, p_password text, p_collected_under text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.accounts_accesscode;
  v_person uuid;
  v_account uuid;
  v_new boolean;
begin
  select x.person_id into v_person from wellkept.accounts_accesscode x where x.code_hash = p_code;
  if not found then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('access code ' || v_person, 0));
  select * into c from wellkept.accounts_accesscode x where x.code_hash = p_code for update;
  if not found or c.used_at is not null or c.expires_at <= now() or c.tries >= 5 then return 'no'; end if;
  if c.birth_date <> p_birth_date then
    update wellkept.accounts_accesscode x set tries = x.tries + 1 where x.code_hash = p_code;
    return 'no';
  end if;
  select a.id into v_account from wellkept.accounts_account a where a.person_id = v_person and a.role = 'member' and a.closed_at is null for update;
  if exists (select 1 from wellkept.accounts_account a where a.login = p_login and a.id is distinct from v_account) then return 'name taken'; end if;
  v_new := v_account is null;
  if v_new then
    v_account := gen_random_uuid();
    insert into wellkept.accounts_account (id, role, person_id, login, password, created_at, failures, collected_under)
    values (v_account, 'member', v_person, p_login, p_password, now(), 0, p_collected_under);
  else
    update wellkept.accounts_account a set login = p_login, password = p_password, failures = 0 where a.id = v_account;
    delete from wellkept.accounts_session s where s.account_id = v_account;
  end if;
  perform wellkept.ledger_write(case when v_new then 'registered' else 'recovered' end,
    null, v_account, 'member', null, array[v_person], 'PATRQT', '{identity}', true, null, 'U-30');
  update wellkept.accounts_accesscode x set used_at = now() where x.person_id = v_person and x.used_at is null;
  return 'yes';
exception when unique_violation then
  return 'name taken';
end $$;

-- One try with a password. It is counted before its hash is given out, so that racing tries stop at exactly 100; a sign-in
-- sets the count back. Nothing comes back for a name nobody has, a closed account and a spent count: all three look alike.
-- The count need not wait for the disk: whoever waited would learn that the name is somebody's.
create function wellkept.accounts_try(p_login bytea, out account uuid, out password text)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  update wellkept.accounts_account a set failures = a.failures + 1
   where a.login = p_login and a.closed_at is null and a.failures < 100
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
  end if;
end $$;

-- A member of staff gets an account, or a new password for the one they have. An entry says so: they register nowhere.
create function wellkept.accounts_add_staff(p_role text, p_login bytea, p_password text, p_actor text, p_collected_under text) returns uuid
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := gen_random_uuid();
begin
  if p_role is null or p_role = 'member' then
    raise check_violation using message = 'members register themselves';
  end if;
  insert into wellkept.accounts_account (id, role, login, password, actor, created_at, failures, collected_under)
  values (v_account, p_role, p_login, p_password, p_actor, now(), 0, p_collected_under);
  perform wellkept.ledger_write('maintenance', null, null, 'entrance', null, '{}', null, '{}', false,
    'an account for ' || p_actor || ', ' || p_role, null);
  return v_account;
end $$;

create function wellkept.accounts_renew_staff(p_login bytea, p_password text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
begin
  update wellkept.accounts_account x set password = p_password, failures = 0
   where x.login = p_login and x.role <> 'member' and x.closed_at is null returning x.* into a;
  if not found then return false; end if;
  delete from wellkept.accounts_session s where s.account_id = a.id;
  perform wellkept.ledger_write('maintenance', null, null, 'entrance', null, '{}', null, '{}', false,
    'a new password for ' || a.actor || ', ' || a.role, null);
  return true;
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
begin
  delete from wellkept.accounts_session s where s.secret_hash = p_secret;
end $$;

-- Ends one of the session's own account's sessions, named by its visit.
create function wellkept.accounts_end_my_session(p_secret bytea, p_occasion uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_session o using wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and o.account_id = s.account_id and o.occasion = p_occasion;
  return found;
end $$;

revoke execute on function wellkept.accounts_ask, wellkept.accounts_redeem, wellkept.accounts_try, wellkept.accounts_failed,
  wellkept.accounts_add_staff, wellkept.accounts_renew_staff, wellkept.accounts_end_sessions,
  wellkept.accounts_end_session, wellkept.accounts_end_my_session from public;
grant execute on function wellkept.accounts_ask, wellkept.accounts_redeem, wellkept.accounts_try, wellkept.accounts_failed,
  wellkept.accounts_add_staff, wellkept.accounts_renew_staff, wellkept.accounts_end_session to {entrance};
grant execute on function wellkept.accounts_end_session, wellkept.accounts_end_my_session to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_ask owner to {gate};
alter function wellkept.accounts_redeem owner to {gate};
alter function wellkept.accounts_try owner to {gate};
alter function wellkept.accounts_add_staff owner to {gate};
alter function wellkept.accounts_renew_staff owner to {gate};
alter function wellkept.accounts_end_sessions owner to {gate};
alter function wellkept.accounts_failed owner to {gate};
alter function wellkept.accounts_end_session owner to {gate};
alter function wellkept.accounts_end_my_session owner to {gate};

-- What the entrance may do. Its role alone reads password hashes and makes sessions.

grant select, insert, update on wellkept.accounts_account to {entrance};
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

-- A code is used once, by whoever knows the birth date it is bound to. The row is locked: of two racers one comes in.
-- A person who had an account gets this sign-in name and password for it, and every session of it ends (U-30, recovery by a new code).
create function wellkept.accounts_redeem(p_code bytea, p_birth_date bytea, p_login bytea, p_password text, p_collected_under text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.accounts_accesscode;
  v_account uuid;
begin
  select * into c from wellkept.accounts_accesscode x where x.code_hash = p_code for update;
  if not found or c.used_at is not null or c.expires_at <= now() or c.tries >= 5 then return 'no'; end if;
  if c.birth_date <> p_birth_date then
    update wellkept.accounts_accesscode x set tries = x.tries + 1 where x.code_hash = p_code;
    return 'no';
  end if;
  select a.id into v_account from wellkept.accounts_account a where a.person_id = c.person_id and a.role = 'member' and a.closed_at is null for update;
  if exists (select 1 from wellkept.accounts_account a where a.login = p_login and a.id is distinct from v_account) then return 'name taken'; end if;
  if v_account is null then
    v_account := gen_random_uuid();
    insert into wellkept.accounts_account (id, role, person_id, login, password, created_at, failures, collected_under)
    values (v_account, 'member', c.person_id, p_login, p_password, now(), 0, p_collected_under);
    perform wellkept.ledger_write('registered', null, v_account, 'member', null, array[c.person_id], 'PATRQT', '{identity}', true, null, 'U-30');
  else
    update wellkept.accounts_account a set login = p_login, password = p_password, failures = 0 where a.id = v_account;
    delete from wellkept.accounts_session s where s.account_id = v_account;
    perform wellkept.ledger_write('recovered', null, v_account, 'member', null, array[c.person_id], 'PATRQT', '{identity}', true, null, 'U-30');
  end if;
  update wellkept.accounts_accesscode x set used_at = now() where x.person_id = c.person_id and x.used_at is null;
  return 'yes';
exception when unique_violation then
  return 'name taken';
end $$;

-- A session begins after the password was checked. The visit is its occasion.
create function wellkept.accounts_begin_session(p_account uuid, p_secret bytea, p_idle interval, p_lasts interval) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  v_occasion uuid := gen_random_uuid();
begin
  select * into strict a from wellkept.accounts_account x where x.id = p_account and x.closed_at is null;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor) values (v_occasion, 'visit', a.id, a.role, a.actor);
  insert into wellkept.accounts_session (secret_hash, account_id, person_id, role, actor, occasion, began, seen, idle, expires)
  values (p_secret, a.id, a.person_id, a.role, a.actor, v_occasion, now(), now(), p_idle, now() + p_lasts);
  update wellkept.accounts_account x set failures = 0 where x.id = p_account and x.failures > 0;
  perform wellkept.ledger_write('signed in', v_occasion, a.id, a.role, a.actor,
    case when a.person_id is null then '{}'::uuid[] else array[a.person_id] end, null, '{}', true, null, 'U-30');
end $$;

-- A password was wrong. Counted in a row of the account itself.
create function wellkept.accounts_failed(p_account uuid) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_account a set failures = a.failures + 1 where a.id = p_account;
end $$;

create function wellkept.accounts_end_session(p_secret bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_session s where s.secret_hash = p_secret;
end $$;

-- The sign-ins of the session's own account, for their owner.
create function wellkept.accounts_my_sessions(p_secret bytea)
returns table (occasion uuid, began timestamptz, seen timestamptz, this boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select o.occasion, o.began, o.seen, o.secret_hash = p_secret
    from wellkept.accounts_session s join wellkept.accounts_session o on o.account_id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and o.expires > now() and o.seen > now() - o.idle
   order by o.began desc limit 50;
end $$;

-- Ends one of the session's own account's sessions, named by its visit.
create function wellkept.accounts_end_my_session(p_secret bytea, p_occasion uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_session o using wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and o.account_id = s.account_id and o.occasion = p_occasion;
  return found;
end $$;

revoke execute on function wellkept.accounts_ask, wellkept.accounts_redeem, wellkept.accounts_begin_session, wellkept.accounts_failed,
  wellkept.accounts_end_session, wellkept.accounts_my_sessions, wellkept.accounts_end_my_session from public;
grant execute on function wellkept.accounts_ask, wellkept.accounts_redeem, wellkept.accounts_begin_session, wellkept.accounts_failed,
  wellkept.accounts_end_session to {entrance};
grant execute on function wellkept.accounts_end_session, wellkept.accounts_my_sessions, wellkept.accounts_end_my_session to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_ask owner to {gate};
alter function wellkept.accounts_redeem owner to {gate};
alter function wellkept.accounts_begin_session owner to {gate};
alter function wellkept.accounts_failed owner to {gate};
alter function wellkept.accounts_end_session owner to {gate};
alter function wellkept.accounts_my_sessions owner to {gate};
alter function wellkept.accounts_end_my_session owner to {gate};

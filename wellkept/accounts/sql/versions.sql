-- The policy that stood at each sign-in, and the versions an account has met and read (U-37).

grant select, insert, update on wellkept.accounts_met to {gate};

-- A session begins after the password was checked, and ends the one this browser brought along. The visit is its occasion.
-- It keeps the version of the policy that stood then, and so does its entry in the ledger, which outlives the session.
create function wellkept.accounts_begin_session(
  p_account uuid, p_secret bytea, p_idle interval, p_lasts interval, p_before bytea, p_policy text, p_method text, p_browser text
) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  v_occasion uuid := gen_random_uuid();
begin
  select * into strict a from wellkept.accounts_account x where x.id = p_account and x.closed_at is null for update;
  a.role := wellkept.accounts_begins_as(a.role, p_method);
  delete from wellkept.accounts_session s where s.secret_hash in (p_before, wellkept.accounts_earlier(p_before));
  delete from wellkept.accounts_half h where h.secret_hash = p_before;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor) values (v_occasion, 'visit', a.id, a.role, a.actor);
  insert into wellkept.accounts_session
    (secret_hash, account_id, person_id, holder, organisation_id, role, actor, occasion, began, seen, idle, expires,
     failed_before, policy_version, method, browser, proved_at)
  values (p_secret, a.id, a.person_id, a.holder, a.organisation_id, a.role, a.actor, v_occasion, now(), now(), p_idle, now() + p_lasts,
    greatest(a.failures - case when p_method like '%password%' then 1 else 0 end, 0), p_policy, p_method, p_browser, now());
  update wellkept.accounts_account x set failures = 0 where x.id = p_account;
  insert into wellkept.accounts_met as m (account_id, version, first_at, last_at) values (a.id, p_policy, now(), now())
  on conflict (account_id, version) do update set last_at = excluded.last_at;
  perform wellkept.ledger_write('signed in', v_occasion, a.id, a.role, a.actor,
    case when a.person_id is null then '{}'::uuid[] else array[a.person_id] end, null, '{}', true, 'policy ' || p_policy, 'U-30');
  perform wellkept.accounts_note(a.id, 'signed in', p_method, p_browser);
end $$;

-- The sign-ins of the session's own account, for their owner, each with how many tries failed before it, and the policy it met.
create function wellkept.accounts_my_sessions(p_secret bytea)
returns table (occasion uuid, began timestamptz, seen timestamptz, this boolean, failed_before int, policy_version text, method text,
  browser text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select o.occasion, o.began, o.seen, o.secret_hash = p_secret, o.failed_before, o.policy_version, o.method, o.browser
    from wellkept.accounts_session s join wellkept.accounts_session o on o.account_id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and o.expires > now() and o.seen > now() - o.idle
   order by o.began desc limit 50;
end $$;

-- The versions of the policy that the session's own account met at a sign-in, and when its owner said that they read each.
create function wellkept.accounts_my_versions(p_secret bytea)
returns table (version text, first_at timestamptz, last_at timestamptz, read_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select m.version, m.first_at, m.last_at, m.read_at
    from wellkept.accounts_session s join wellkept.accounts_met m on m.account_id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle
   order by m.first_at desc limit 50;
end $$;

-- The holder of the session says that they read a version. Said again it changes nothing; the session need not have met it.
create function wellkept.accounts_say_read(p_secret bytea, p_version text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found or p_version is null or p_version !~ '^\d{4}-\d{2}-\d{2}$' then return false; end if;
  insert into wellkept.accounts_met as m (account_id, version, first_at, last_at, read_at)
  values (s.account_id, p_version, now(), now(), now())
  on conflict (account_id, version) do update set read_at = excluded.read_at where m.read_at is null;
  if found then perform wellkept.accounts_note(s.account_id, 'policy read', '', s.browser); end if;
  return true;
end $$;

revoke execute on function wellkept.accounts_begin_session, wellkept.accounts_my_sessions, wellkept.accounts_my_versions,
  wellkept.accounts_say_read from public;
grant execute on function wellkept.accounts_begin_session to {entrance};
grant execute on function wellkept.accounts_my_sessions, wellkept.accounts_my_versions, wellkept.accounts_say_read to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_begin_session owner to {gate};
alter function wellkept.accounts_my_sessions owner to {gate};
alter function wellkept.accounts_my_versions owner to {gate};
alter function wellkept.accounts_say_read owner to {gate};

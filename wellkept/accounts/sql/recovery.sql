-- A forgotten password (P-09): a link to the confirmed address, then the secret response, the birth date and a new password, all
-- at once. Whoever looks a name up is a job; whoever compares is the entrance; nobody is signed in by it.

grant select, insert, update, delete on wellkept.accounts_recovery, wellkept.accounts_recoveryasked, wellkept.accounts_recoverylink to {gate};

-- Somebody says that they forgot their password. One row, whoever the name belongs to, or nobody; a job looks up.
create function wellkept.accounts_forgotten(p_login bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_id uuid := gen_random_uuid();
begin
  insert into wellkept.accounts_recoveryasked (id, login, asked_at) values (v_id, p_login, now());
  perform wellkept.procrastinate_defer_jobs_v1(array[
    row('default', 'accounts.recover', 0, null, null, jsonb_build_object('asked', v_id), null)::wellkept.procrastinate_job_to_defer_v1]);
end $$;

-- Takes one such request: whose account it is and whom to open for the address, where a link may go. Nothing comes back for a name
-- nobody has, an account without a response or with twenty wrong ones, and where a link went within ten minutes or five within a day.
create function wellkept.accounts_take_forgotten(p_asked uuid, out account uuid, out holder uuid)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_login bytea;
begin
  delete from wellkept.accounts_recoveryasked x where x.id = p_asked returning x.login into v_login;
  select a.id, a.holder into account, holder
    from wellkept.accounts_account a join wellkept.accounts_recovery r on r.account_id = a.id
   where a.login = v_login and a.closed_at is null and r.response is not null and r.failures < 20
     and (select count(*) from wellkept.accounts_recoverylink l where l.account_id = a.id and l.made_at > now() - interval '1 day') < 5
     and not exists (select 1 from wellkept.accounts_recoverylink l where l.account_id = a.id and l.made_at > now() - interval '10 min')
     for update of r;
end $$;

-- The link that goes out: its token is kept as a hash, works for an hour, and ends whatever link was there. Older ones are swept.
create function wellkept.accounts_link(p_account uuid, p_token bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_recoverylink l where l.made_at < now() - interval '2 days';
  update wellkept.accounts_recoverylink l set used_at = now() where l.account_id = p_account and l.used_at is null;
  insert into wellkept.accounts_recoverylink (token, account_id, made_at, expires_at, tries) values (p_token, p_account, now(), now() + interval '1 hour', 0);
end $$;

-- Requests that no worker took are swept after a day.
create function wellkept.accounts_sweep_forgotten() returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_recoveryasked x where x.asked_at < now() - interval '1 day';
end $$;

-- Whose prompt a link shows; nothing for a link that was used, ran out or was tried five times.
create function wellkept.accounts_prompt(p_token bytea, out holder uuid, out row_id uuid, out prompt bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select a.holder, r.row_id, r.prompt into holder, row_id, prompt
    from wellkept.accounts_recoverylink l join wellkept.accounts_account a on a.id = l.account_id and a.closed_at is null
    join wellkept.accounts_recovery r on r.account_id = a.id and r.response is not null and r.failures < 20
   where l.token = p_token and l.used_at is null and l.expires_at > now() and l.tries < 5;
end $$;

-- One try with a link. It is counted, for the link and for the account, before the hashes are given out, so that racing tries stop
-- at exactly five and twenty.
create function wellkept.accounts_try_recovery(p_token bytea, out response text, out birth_date bytea)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  update wellkept.accounts_recoverylink l set tries = l.tries + 1
   where l.token = p_token and l.used_at is null and l.expires_at > now() and l.tries < 5 returning l.account_id into v_account;
  if not found then return; end if;
  update wellkept.accounts_recovery r set failures = r.failures + 1
   where r.account_id = v_account and r.response is not null and r.failures < 20
     and exists (select 1 from wellkept.accounts_account a where a.id = v_account and a.closed_at is null)
  returning r.response, r.birth_date into response, birth_date;
end $$;

-- All three were right: the new password, once. The response is used up, every session ends, every sign-in that is half way too,
-- and nobody is signed in.
create function wellkept.accounts_recover(p_token bytea, p_password text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
begin
  update wellkept.accounts_recoverylink l set used_at = now()
   where l.token = p_token and l.used_at is null and l.expires_at > now() and l.tries between 1 and 5;
  if not found then return false; end if;
  update wellkept.accounts_account x set password = p_password, short_password = false, failures = 0
   where x.closed_at is null and x.id = (select l.account_id from wellkept.accounts_recoverylink l where l.token = p_token)
  returning x.* into a;
  if not found then return false; end if;
  update wellkept.accounts_recovery r set response = null, failures = 0, used_at = now() where r.account_id = a.id;
  delete from wellkept.accounts_session s where s.account_id = a.id;
  delete from wellkept.accounts_half h where h.account_id = a.id;
  perform wellkept.accounts_note(a.id, 'recovered', '', '');
  perform wellkept.ledger_write('password changed', null, a.id, a.role, null,
    case when a.person_id is null then '{}'::uuid[] else array[a.person_id] end, null, '{}', true, null, 'P-09');
  return true;
end $$;

-- The session's holder gets a new response, and says in their own words where they keep it. They showed within minutes that it is them.
create function wellkept.accounts_keep_recovery(p_secret bytea, p_row uuid, p_prompt bytea, p_response text, p_birth_date bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  select s.account_id into v_account from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.proved_at > now() - interval '15 min';
  if not found then return false; end if;
  insert into wellkept.accounts_recovery as r (account_id, row_id, prompt, response, birth_date, made_at, failures)
  values (v_account, p_row, p_prompt, p_response, p_birth_date, now(), 0)
  on conflict (account_id) do update set row_id = excluded.row_id, prompt = excluded.prompt, response = excluded.response,
    birth_date = excluded.birth_date, made_at = excluded.made_at, failures = 0, used_at = null;
  update wellkept.accounts_recoverylink l set used_at = now() where l.account_id = v_account and l.used_at is null;
  perform wellkept.accounts_note(v_account, 'secret made', '', '');
  return true;
end $$;

-- Whether the session's holder has a response, since when, and whether it is used up.
create function wellkept.accounts_my_recovery(p_secret bytea, out made_at timestamptz, out used_at timestamptz, out works boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select r.made_at, r.used_at, r.response is not null and r.failures < 20 into made_at, used_at, works
    from wellkept.accounts_session s join wellkept.accounts_recovery r on r.account_id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle;
  works := coalesce(works, false);
end $$;

revoke execute on function wellkept.accounts_forgotten, wellkept.accounts_take_forgotten, wellkept.accounts_link, wellkept.accounts_sweep_forgotten,
  wellkept.accounts_prompt, wellkept.accounts_try_recovery, wellkept.accounts_recover, wellkept.accounts_keep_recovery, wellkept.accounts_my_recovery from public;
grant execute on function wellkept.accounts_forgotten, wellkept.accounts_prompt, wellkept.accounts_try_recovery, wellkept.accounts_recover,
  wellkept.accounts_keep_recovery to {entrance};
grant execute on function wellkept.accounts_take_forgotten, wellkept.accounts_link, wellkept.accounts_sweep_forgotten to {jobs};
grant execute on function wellkept.accounts_my_recovery to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_forgotten owner to {gate};
alter function wellkept.accounts_take_forgotten owner to {gate};
alter function wellkept.accounts_link owner to {gate};
alter function wellkept.accounts_sweep_forgotten owner to {gate};
alter function wellkept.accounts_prompt owner to {gate};
alter function wellkept.accounts_try_recovery owner to {gate};
alter function wellkept.accounts_recover owner to {gate};
alter function wellkept.accounts_keep_recovery owner to {gate};
alter function wellkept.accounts_my_recovery owner to {gate};

-- A sign-in code by mail, for whoever's password way was closed by others. Every name gets the same answer: a job looks.
-- The code opens nothing alone: it lets one browser try the password again (R-10).

-- Somebody asks, for whatever name; this browser is the one that waits. One answer for all.
create function wellkept.accounts_ask_mailed(p_login bytea, p_half bytea, p_before bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_earlier bytea := wellkept.accounts_earlier(p_before);
begin
  perform set_config('synchronous_commit', 'off', true);
  delete from wellkept.accounts_half h where h.secret_hash = p_before;
  insert into wellkept.accounts_half (secret_hash, login, method, before, tries, expires)
  values (p_half, p_login, '', v_earlier, 0, now() + interval '15 minutes');
  insert into wellkept.accounts_mailedcode (id, login, asked_at) values (gen_random_uuid(), p_login, now());
end $$;

create function wellkept.accounts_start_mailed() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.procrastinate_defer_jobs_v1(array[
    row('default', 'accounts.mail_code', 0, null, null, jsonb_build_object('asked', new.id), null)::wellkept.procrastinate_job_to_defer_v1]);
  return new;
end $$;

-- Whose code is to be sent, by the request: null for a name nobody has, and where one was sent within a minute; after ten in a
-- day within ten minutes. Whoever else asks with that name spends nothing: the code that was sent works in any browser that asked.
create function wellkept.accounts_mailed_for(p_id uuid, out account uuid, out holder uuid)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_login bytea;
  v_account uuid;
  v_holder uuid;
begin
  select m.login into v_login from wellkept.accounts_mailedcode m
   where m.id = p_id and m.sent_at is null and m.asked_at > now() - interval '10 minutes' for update;
  if not found then return; end if;
  select a.id, a.holder into v_account, v_holder from wellkept.accounts_account a where a.login = v_login and a.closed_at is null for update;
  if not found or exists (
    select 1 from wellkept.accounts_mailedcode m where m.account_id = v_account and m.sent_at > now() - interval '1 minute')
    or (select count(*) >= 10 and max(m.sent_at) > now() - interval '10 minutes' from wellkept.accounts_mailedcode m
         where m.account_id = v_account and m.sent_at > now() - interval '1 day') then
    delete from wellkept.accounts_mailedcode m where m.id = p_id;
    return;
  end if;
  update wellkept.accounts_mailedcode m set account_id = v_account, sent_at = now() where m.id = p_id;
  account := v_account; holder := v_holder;
end $$;

-- The code is on its way: ten minutes from here.
create function wellkept.accounts_mailed_sent(p_id uuid, p_code bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  update wellkept.accounts_mailedcode m set code_hash = p_code, expires_at = now() + interval '10 minutes'
   where m.id = p_id and m.account_id is not null and m.code_hash is null returning m.account_id into v_account;
  if found then perform wellkept.accounts_note(v_account, 'mailed code sent', '', ''); end if;
end $$;

-- One try with name, code and password, by the browser that asked: five, each counted first. The password is given to be
-- compared only with a code that is right. This count is its own: nobody else's tries close it. Whoever has the code and not the
-- password has as many tries as at the front, however many browsers ask: up to 200 since the last that worked.
create function wellkept.accounts_try_mailed(p_half bytea, p_code bytea, out account uuid, out password text)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_login bytea;
begin
  perform set_config('synchronous_commit', 'off', true);
  update wellkept.accounts_half h set tries = h.tries + 1
   where h.secret_hash = p_half and h.account_id is null and h.expires > now() and h.tries < 5 returning h.login into v_login;
  if not found then return; end if;
  update wellkept.accounts_account a set failures = a.failures + 1
   where a.login = v_login and a.closed_at is null and a.failures < 200 and exists (
     select 1 from wellkept.accounts_mailedcode m where m.account_id = a.id and m.code_hash = p_code and m.expires_at > now())
  returning a.id, a.password into account, password;
end $$;

-- Both were right: the code is spent, once.
create function wellkept.accounts_use_mailed(p_account uuid, p_code bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_mailedcode m set expires_at = now()
   where m.account_id = p_account and m.code_hash = p_code and m.expires_at > now();
  return found;
end $$;

revoke execute on function wellkept.accounts_ask_mailed, wellkept.accounts_start_mailed, wellkept.accounts_mailed_for, wellkept.accounts_mailed_sent,
  wellkept.accounts_try_mailed, wellkept.accounts_use_mailed from public;
grant execute on function wellkept.accounts_ask_mailed, wellkept.accounts_try_mailed, wellkept.accounts_use_mailed to {entrance};
grant execute on function wellkept.accounts_mailed_for, wellkept.accounts_mailed_sent to {jobs};
create trigger accounts_mailed_start after insert on wellkept.accounts_mailedcode
  for each row execute function wellkept.accounts_start_mailed();

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_ask_mailed owner to {gate};
alter function wellkept.accounts_start_mailed owner to {gate};
alter function wellkept.accounts_mailed_for owner to {gate};
alter function wellkept.accounts_mailed_sent owner to {gate};
alter function wellkept.accounts_try_mailed owner to {gate};
alter function wellkept.accounts_use_mailed owner to {gate};

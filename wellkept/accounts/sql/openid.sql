-- Signing in by the operator's own sign-on (OpenID Connect). Whom it names is bound to an invited account once; it makes none and gives no role.

create table wellkept.accounts_openid (
  named bytea primary key,
  account_id uuid not null unique,
  bound_at timestamptz not null
);
comment on table wellkept.accounts_openid is 'personal: whom the sign-on names, by account.';
comment on column wellkept.accounts_openid.named is 'personal: keyed hash of the issuer and its subject.';
comment on column wellkept.accounts_openid.account_id is 'personal: whose account.';
comment on column wellkept.accounts_openid.bound_at is 'housekeeping: when it was bound.';

create table wellkept.accounts_openidway (
  secret_hash bytea primary key,
  code_hash bytea,
  login bytea,
  began timestamptz not null
);
comment on table wellkept.accounts_openidway is 'housekeeping: browsers that are on their way to the sign-on and back; ten minutes at most.';
comment on column wellkept.accounts_openidway.secret_hash is 'housekeeping: SHA-256 of the secret that the browser holds; state, nonce and verifier are made of it.';
comment on column wellkept.accounts_openidway.code_hash is 'personal: keyed hash of the invitation that is to be used; null: none.';
comment on column wellkept.accounts_openidway.login is 'personal: keyed hash of the sign-in name given with it.';
comment on column wellkept.accounts_openidway.began is 'housekeeping: when it set out.';

create table wellkept.accounts_openidout (
  token bytea primary key,
  until timestamptz not null
);
comment on table wellkept.accounts_openidout is 'housekeeping: sign-outs that the sign-on told us of, so that none counts twice.';
comment on column wellkept.accounts_openidout.token is 'housekeeping: SHA-256 of the message.';
comment on column wellkept.accounts_openidout.until is 'housekeeping: until when it would count.';

grant select, insert, delete on wellkept.accounts_openid, wellkept.accounts_openidout to {gate};
grant select, insert, update, delete on wellkept.accounts_openidway to {gate};

-- A browser sets out. What set out more than ten minutes ago is forgotten.
create function wellkept.accounts_openid_begin(p_secret bytea, p_code bytea, p_login bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  delete from wellkept.accounts_openidway w where w.began <= now() - interval '10 minutes';
  insert into wellkept.accounts_openidway (secret_hash, code_hash, login, began) values (p_secret, p_code, p_login, now())
  on conflict (secret_hash) do update set code_hash = excluded.code_hash, login = excluded.login, began = excluded.began;
end $$;

-- It comes back, once. Nothing for a browser that never set out, that took too long, or that came back before.
create function wellkept.accounts_openid_take(p_secret bytea, out known boolean, out code bytea, out login bytea)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_openidway w where w.secret_hash = p_secret and w.began > now() - interval '10 minutes'
  returning true, w.code_hash, w.login into known, code, login;
  known := coalesce(known, false);
end $$;

-- The account that whom the sign-on names is bound to, where somebody works here with it; else null.
create function wellkept.accounts_openid_account(p_subject bytea) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select a.id from wellkept.accounts_openid o join wellkept.accounts_account a on a.id = o.account_id
           where o.named = p_subject and a.closed_at is null and wellkept.accounts_is_staff(a.role));
end $$;

-- The sign-on says that somebody signed out there: what they began by it here ends. A message counts once.
create function wellkept.accounts_openid_out(p_subject bytea, p_token bytea, p_until timestamptz) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.accounts_openid_account(p_subject);
begin
  delete from wellkept.accounts_openidout o where o.until <= now();
  insert into wellkept.accounts_openidout (token, until) values (p_token, p_until) on conflict do nothing;
  if not found then return false; end if;
  delete from wellkept.accounts_session s where s.account_id = v_account
     and string_to_array(s.method, '+') && '{staff sign-on,two-step sign-on}'::text[];
  if found then perform wellkept.accounts_note(v_account, 'signed out', 'staff sign-on', ''); end if;
  return true;
end $$;

revoke execute on function wellkept.accounts_openid_begin, wellkept.accounts_openid_take, wellkept.accounts_openid_account,
  wellkept.accounts_openid_out from public;
grant execute on function wellkept.accounts_openid_begin, wellkept.accounts_openid_take, wellkept.accounts_openid_account,
  wellkept.accounts_openid_out to {entrance};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_openid_begin owner to {gate};
alter function wellkept.accounts_openid_take owner to {gate};
alter function wellkept.accounts_openid_account owner to {gate};
alter function wellkept.accounts_openid_out owner to {gate};

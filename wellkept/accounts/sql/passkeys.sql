-- Passkeys: what they have to sign, whose they are, and what their device says of itself.

-- Whose passkey must sign: nobody's yet at the sign-in, the half-made sign-in's, the open session's.
create function wellkept.accounts_signer(p_purpose text, p_secret bytea) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if p_purpose = 'second' then
    return (select h.account_id from wellkept.accounts_half h where h.secret_hash = p_secret and h.expires > now() and h.tries < 5);
  elsif p_purpose = 'again' then return wellkept.accounts_of(p_secret);
  elsif p_purpose = 'add' then return wellkept.accounts_proven(p_secret);
  end if;
  return null;
end $$;

-- Keeps a number to be signed; gives the account it is for, and the passkeys that may sign or are known already.
create function wellkept.accounts_challenge(p_challenge bytea, p_purpose text, p_secret bytea, out account uuid, out credentials bytea[])
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  account := wellkept.accounts_signer(p_purpose, p_secret);
  if p_purpose <> 'sign-in' and account is null then return; end if;
  insert into wellkept.accounts_challenge (challenge_hash, purpose, account_id, made_at) values (p_challenge, p_purpose, account, now());
  credentials := array(select k.credential from wellkept.accounts_passkey k where k.account_id = account);
end $$;

-- Takes the number back, once, within five minutes, for what it was given out for.
create function wellkept.accounts_take_challenge(p_challenge bytea, p_purpose text, p_secret bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.accounts_signer(p_purpose, p_secret);
begin
  if p_purpose <> 'sign-in' and v_account is null then return false; end if;
  delete from wellkept.accounts_challenge c where c.challenge_hash = p_challenge and c.purpose = p_purpose
    and c.account_id is not distinct from v_account and c.made_at > now() - interval '5 minutes';
  return found;
end $$;

-- The passkey that says it signed. Whatever comes of it, the number is spent.
create function wellkept.accounts_passkey_try(
  p_challenge bytea, p_purpose text, p_secret bytea, p_credential bytea,
  out passkey uuid, out account uuid, out public_key bytea, out sign_count bigint
)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.accounts_signer(p_purpose, p_secret);
begin
  if not wellkept.accounts_take_challenge(p_challenge, p_purpose, p_secret) then return; end if;
  select k.id, k.account_id, k.public_key, k.sign_count into passkey, account, public_key, sign_count
    from wellkept.accounts_passkey k join wellkept.accounts_account a on a.id = k.account_id and a.closed_at is null
   where k.credential = p_credential and (p_purpose = 'sign-in' or k.account_id = v_account);
end $$;

-- It did sign. A device that counts backwards may have been copied (Web Authentication Level 3, 6.1.1): false, and its owner is
-- told. Two that race with one signature find one number spent; two copies of one device find its count.
create function wellkept.accounts_passkey_used(p_passkey uuid, p_sign_count bigint, p_browser text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  k wellkept.accounts_passkey;
begin
  select * into k from wellkept.accounts_passkey x where x.id = p_passkey for update;
  if not found then return false; end if;
  if (k.sign_count > 0 or p_sign_count > 0) and p_sign_count <= k.sign_count then
    perform wellkept.accounts_note(k.account_id, 'passkey counted back', 'passkey', p_browser);
    return false;
  end if;
  update wellkept.accounts_passkey x set sign_count = p_sign_count, used_on = current_date where x.id = p_passkey;
  return true;
end $$;

-- A new passkey, at most 20 an account: 'yes', 'known', 'many', or 'no' where nobody showed again that it is them.
create function wellkept.accounts_add_passkey(
  p_secret bytea, p_id uuid, p_credential bytea, p_public_key bytea, p_sign_count bigint, p_label bytea, p_discoverable boolean
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  s wellkept.accounts_session;
begin
  select * into a from wellkept.accounts_account x where x.id = wellkept.accounts_proven(p_secret) for update;
  if not found then return 'no'; end if;
  if (select count(*) from wellkept.accounts_passkey k where k.account_id = a.id) >= 20 then return 'many'; end if;
  insert into wellkept.accounts_passkey (id, account_id, credential, public_key, sign_count, label, discoverable, added_on)
  values (p_id, a.id, p_credential, p_public_key, p_sign_count, p_label, p_discoverable, current_date);
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.accounts_note(a.id, 'passkey added', s.method, s.browser);
  return 'yes';
exception when unique_violation then
  return 'known';
end $$;

create function wellkept.accounts_rename_passkey(p_secret bytea, p_id uuid, p_label bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_passkey k set label = p_label where k.id = p_id and k.account_id = wellkept.accounts_proven(p_secret);
  return found;
end $$;

-- 'yes', 'no', or 'password' where a password too short to stand alone would be left alone.
create function wellkept.accounts_remove_passkey(p_secret bytea, p_id uuid) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  s wellkept.accounts_session;
begin
  select * into a from wellkept.accounts_account x where x.id = wellkept.accounts_proven(p_secret) for update;
  if not found or not exists (select 1 from wellkept.accounts_passkey k where k.id = p_id and k.account_id = a.id) then return 'no'; end if;
  if a.short_password and not exists (select 1 from wellkept.accounts_passkey k where k.account_id = a.id and k.id <> p_id)
    and not exists (select 1 from wellkept.accounts_authenticator t where t.account_id = a.id and t.added_on is not null) then
    return 'password';
  end if;
  delete from wellkept.accounts_passkey k where k.id = p_id;
  perform wellkept.accounts_drop_codes(a.id);
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.accounts_note(a.id, 'passkey removed', s.method, s.browser);
  return 'yes';
end $$;

revoke execute on function wellkept.accounts_signer, wellkept.accounts_challenge, wellkept.accounts_take_challenge, wellkept.accounts_passkey_try,
  wellkept.accounts_passkey_used, wellkept.accounts_add_passkey, wellkept.accounts_rename_passkey, wellkept.accounts_remove_passkey from public;
grant execute on function wellkept.accounts_challenge, wellkept.accounts_take_challenge, wellkept.accounts_passkey_try, wellkept.accounts_passkey_used,
  wellkept.accounts_add_passkey, wellkept.accounts_rename_passkey, wellkept.accounts_remove_passkey to {entrance};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_signer owner to {gate};
alter function wellkept.accounts_challenge owner to {gate};
alter function wellkept.accounts_take_challenge owner to {gate};
alter function wellkept.accounts_passkey_try owner to {gate};
alter function wellkept.accounts_passkey_used owner to {gate};
alter function wellkept.accounts_add_passkey owner to {gate};
alter function wellkept.accounts_rename_passkey owner to {gate};
alter function wellkept.accounts_remove_passkey owner to {gate};

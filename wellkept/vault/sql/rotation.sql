-- Replacing the key-encryption key. Only the migrate role, which works as {owner}, may execute these.
-- It has row_security off, so that no data migration is narrowed in silence; these functions turn it on for themselves.

-- The next p_limit living keys after (p_subject, p_retention) that are not wrapped under p_kek; under any with p_kek null.
create function wellkept.vault_behind(p_kek text, p_subject uuid, p_retention text, p_limit int)
returns table (subject uuid, retention text, wrapped bytea, kek text)
language plpgsql stable security definer set search_path = wellkept, pg_temp set row_security = on as $$
begin
  return query select k.subject, k.retention, k.wrapped, k.kek from wellkept.vault_key k
    where (k.subject, k.retention) > (p_subject, p_retention) and k.kek is distinct from p_kek and k.destroyed_at is null
    order by k.subject, k.retention limit p_limit;
end $$;

-- Four lists of one length. A key that was destroyed or wrapped anew since it was read stays as it is.
create function wellkept.vault_rewrap(p_subjects uuid[], p_retention text[], p_before bytea[], p_wrapped bytea[], p_kek text)
returns bigint
language plpgsql volatile security definer set search_path = wellkept, pg_temp set row_security = on as $$
declare
  v_changed bigint;
begin
  update wellkept.vault_key k set wrapped = u.w, kek = p_kek
    from unnest(p_subjects, p_retention, p_before, p_wrapped) u (s, r, b, w)
   where k.subject = u.s and k.retention = u.r and k.wrapped = u.b and k.destroyed_at is null;
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;

create function wellkept.vault_operators() returns table (name text, wrapped bytea, kek text)
language plpgsql stable security definer set search_path = wellkept, pg_temp set row_security = on as $$
begin
  return query select o.name, o.wrapped, o.kek from wellkept.vault_operator_key o order by o.name;
end $$;

-- Keeps an operator key unless there is one of that name.
create function wellkept.vault_operator_make(p_name text, p_wrapped bytea, p_kek text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp set row_security = on as $$
begin
  insert into wellkept.vault_operator_key (name, wrapped, kek) values (p_name, p_wrapped, p_kek) on conflict do nothing;
end $$;

create function wellkept.vault_operator_rewrap(p_name text, p_before bytea, p_wrapped bytea, p_kek text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp set row_security = on as $$
begin
  update wellkept.vault_operator_key o set wrapped = p_wrapped, kek = p_kek where o.name = p_name and o.wrapped = p_before;
end $$;

-- From now on nothing is wrapped under p_kek. False, and nothing done, while something still is.
create function wellkept.vault_retire(p_kek text) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp set row_security = on set lock_timeout = '5s' as $$
begin
  -- Waits for every vault_make under way, and keeps new ones waiting until this has committed.
  lock table wellkept.vault_key, wellkept.vault_operator_key in share row exclusive mode;
  if exists (select from wellkept.vault_key k where k.kek = p_kek and k.destroyed_at is null)
    or exists (select from wellkept.vault_operator_key o where o.kek = p_kek) then
    return false;
  end if;
  insert into wellkept.vault_kek_retired (kek) values (p_kek) on conflict do nothing;
  return true;
end $$;

create function wellkept.vault_retired(p_days int) returns table (kek text)
language plpgsql stable security definer set search_path = wellkept, pg_temp set row_security = on as $$
begin
  return query select x.kek from wellkept.vault_kek_retired x
    where x.retired_at <= now() - make_interval(days => p_days) order by x.retired_at;
end $$;

revoke execute on function wellkept.vault_behind, wellkept.vault_rewrap, wellkept.vault_operators,
  wellkept.vault_operator_make, wellkept.vault_operator_rewrap, wellkept.vault_retire, wellkept.vault_retired from public;

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.vault_behind owner to {gate};
alter function wellkept.vault_rewrap owner to {gate};
alter function wellkept.vault_operators owner to {gate};
alter function wellkept.vault_operator_make owner to {gate};
alter function wellkept.vault_operator_rewrap owner to {gate};
alter function wellkept.vault_retire owner to {gate};
alter function wellkept.vault_retired owner to {gate};

-- As in vault.sql: granted by the gate, whose functions they are now.
set local role {gate};
grant execute on function wellkept.vault_behind, wellkept.vault_rewrap, wellkept.vault_operators,
  wellkept.vault_operator_make, wellkept.vault_operator_rewrap, wellkept.vault_retire, wellkept.vault_retired to {owner};
set local role {owner};

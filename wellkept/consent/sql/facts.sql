-- Facts the gate asks about. Each answers one question and returns no row.

-- The documents in force that a role has to agree to and an account has not: name, version, need.
create function wellkept.consent_unacknowledged(p_account uuid, p_role text) returns table (name text, version text, need text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select d.name, d.version, d.need from wellkept.consent_document d
   where d.audience = p_role and d.effective <= now()
     -- Only whoever acts for somebody owes what helpers and representatives agree to.
     and (d.need <> 'helping' or wellkept.consent_acts(p_account))
     and not exists (select 1 from wellkept.consent_document later
                      where later.audience = d.audience and later.name = d.name and later.effective <= now() and later.effective > d.effective)
     and not exists (select 1 from wellkept.consent_acknowledgement a
                      where a.account_id = p_account and a.document = d.name and a.version = d.version)
   order by d.name;
end $$;

-- Whether an account has acknowledged the current version of every document its role owes for a need (U-41, P-25). A need no document answers is unmet.
create function wellkept.consent_acknowledged(p_account uuid, p_role text, p_need text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.consent_document d where d.need = p_need and d.audience = p_role and d.effective <= now())
    and not exists (select 1 from wellkept.consent_unacknowledged(p_account, p_role) u where u.need = p_need);
end $$;

-- What the session's account still has to agree to.
create function wellkept.consent_owed(p_secret bytea) returns table (name text, version text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found then return; end if;
  return query select u.name, u.version from wellkept.consent_unacknowledged(s.account_id, s.role) u;
end $$;

-- The session's account agrees to one document in force, in the language in which it stood on the page. An entry says so in the same transaction.
create function wellkept.consent_acknowledge(p_secret bytea, p_name text, p_version text, p_language text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found or not exists (select 1 from wellkept.consent_unacknowledged(s.account_id, s.role) u where u.name = p_name and u.version = p_version) then
    return false;
  end if;
  insert into wellkept.consent_acknowledgement (account_id, document, version, at, language) values (s.account_id, p_name, p_version, now(), p_language);
  perform wellkept.ledger_write('acknowledged', s.occasion, s.account_id, s.role, s.actor,
    case when s.person_id is null then '{}'::uuid[] else array[s.person_id] end, null, '{}', true, p_name || ' ' || p_version, 'U-41');
  perform wellkept.accounts_note(s.account_id, 'terms agreed', s.method, s.browser);
  return true;
end $$;

-- Whether the person has had opening for this refused (45 CFR 164.522(a), R-04), in this record or in one that is joined to it. Null in
-- a restriction means: any.
create function wellkept.consent_restricts(p_subject uuid, p_role text, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_records uuid[] := p_subject || wellkept.people_joined_with(p_subject);
begin
  return exists (
    select 1 from wellkept.consent_restriction r
     where r.person_id = any (v_records) and r.about is null and r.since <= now() and (r.until is null or r.until > now())
       and (r.role is null or r.role = p_role) and (r.purpose is null or r.purpose = p_purpose) and (r.opens is null or r.opens = p_category));
end $$;

-- Whether the person has authorised this account, or whoever it belongs to, for this purpose and category, now (45 CFR 164.508).
create function wellkept.consent_authorises(p_account uuid, p_subject uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.consent_authorization a
     where a.person_id = p_subject and a.purpose = p_purpose and a.opens ? p_category
       and (a.account_id = p_account or a.to_person = (select x.person_id from wellkept.accounts_account x where x.id = p_account and x.closed_at is null))
       and a.since <= now() and a.expires > now() and a.revoked is null);
end $$;

revoke execute on function wellkept.consent_unacknowledged, wellkept.consent_owed, wellkept.consent_acknowledge, wellkept.consent_acknowledged, wellkept.consent_restricts, wellkept.consent_authorises from public;
grant execute on function wellkept.consent_unacknowledged, wellkept.consent_acknowledged, wellkept.consent_restricts, wellkept.consent_authorises to {gate};
grant execute on function wellkept.consent_owed, wellkept.consent_acknowledge to {web};
grant select on wellkept.consent_document to {gate};
grant select, insert on wellkept.consent_acknowledgement to {gate};
select wellkept.lock_protect('wellkept.consent_restriction', p_gate => 'select');
select wellkept.lock_protect('wellkept.consent_authorization', p_gate => 'select');

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.consent_unacknowledged owner to {gate};
alter function wellkept.consent_owed owner to {gate};
alter function wellkept.consent_acknowledge owner to {gate};
alter function wellkept.consent_acknowledged owner to {gate};
alter function wellkept.consent_restricts owner to {gate};
alter function wellkept.consent_authorises owner to {gate};

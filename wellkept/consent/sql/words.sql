-- A person's word that somebody may see their record (45 CFR 164.508): given, shown and taken back by that person alone.

-- Who ever let whom see something. An index of the locked table by anything but the person would answer before what is held is asked.
create table wellkept.consent_recipient (to_person uuid not null, person_id uuid not null, primary key (to_person, person_id));
comment on table wellkept.consent_recipient is 'personal: to whom people gave their word; read by functions of the gate alone.';
comment on column wellkept.consent_recipient.to_person is 'personal: who was let see something.';
comment on column wellkept.consent_recipient.person_id is 'personal: whose record.';

-- Whether somebody has let this person see anything, now.
create function wellkept.consent_shares(p_subject uuid, p_person uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.consent_authorization a
                  where a.person_id = p_subject and a.to_person = p_person and a.revoked is null and a.since <= now() and a.expires > now());
end $$;

-- The person whose own record is open lets somebody covered with them see some of it until a moment, a year from now at most.
-- Two words to one person would outlive each other: a new one ends the old one. Kept is what was shown.
create function wellkept.consent_give(
  p_person uuid, p_id uuid, p_to uuid, p_opens text[], p_until timestamptz, p_recipient bytea, p_collected_under text,
  p_statement bytea, p_form text, p_language text
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  v_opens text[] := array(select distinct c from unnest(p_opens) c where c in ('coverage', 'claims', 'sensitive_claims') order by c);
begin
  perform wellkept.access_own_account(p_person);
  if not 'requests' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'that kind of data is not open in this transaction';
  end if;
  if cardinality(v_opens) = 0 or cardinality(v_opens) <> coalesce(cardinality(p_opens), 0) or p_until is null
     or p_until <= now() or p_until > now() + interval '367 days' or coalesce(length(p_statement), 0) = 0
     or not 'household' = any (wellkept.access_ties(p_person, p_to, now())) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('word ' || p_person, 0));
  update wellkept.consent_authorization a set revoked = now() where a.person_id = p_person and a.to_person = p_to and a.revoked is null and a.expires > now();
  insert into wellkept.consent_authorization (id, person_id, category, collected_under, restricted, to_person, purpose, opens, since, expires, recipient,
    statement, form, language)
  values (p_id, p_person, 'requests', p_collected_under, false, p_to, 'PATRQT', to_jsonb('{identity}'::text[] || v_opens), now(), p_until, p_recipient,
    p_statement, p_form, p_language);
  insert into wellkept.consent_recipient (to_person, person_id) values (p_to, p_person) on conflict do nothing;
  select x.* into e from wellkept.gate_held h join wellkept.ledger_entry x on x.id = h.entry and x.at > now() - interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  perform wellkept.ledger_write('shared', e.occasion, e.account, e.role, e.actor, array[p_person], e.purpose, v_opens, true, null, e.clause);
  return true;
end $$;

-- They take it back: whoever could see it cannot from the next opening on. False where there is no such word in force.
create function wellkept.consent_take_back(p_person uuid, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  v_opens jsonb;
begin
  perform wellkept.access_own_account(p_person);
  if not 'requests' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'that kind of data is not open in this transaction';
  end if;
  update wellkept.consent_authorization a set revoked = now() where a.person_id = p_person and a.id = p_id and a.revoked is null and a.expires > now()
  returning a.opens into v_opens;
  if not found then return false; end if;
  select x.* into e from wellkept.gate_held h join wellkept.ledger_entry x on x.id = h.entry and x.at > now() - interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  perform wellkept.ledger_write('sharing ended', e.occasion, e.account, e.role, e.actor, array[p_person], e.purpose,
    array(select c from jsonb_array_elements_text(v_opens) c where c <> 'identity' order by c), true, null, e.clause);
  return true;
end $$;

-- Who has let the person whose own record is open see what, and until when.
create function wellkept.consent_given_to(p_person uuid) returns table (person uuid, opens jsonb, since timestamptz, expires timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.access_own_account(p_person);
  return query
  select a.person_id, a.opens, a.since, a.expires from wellkept.consent_recipient r
    join wellkept.consent_authorization a on a.person_id = r.person_id and a.to_person = p_person
   where r.to_person = p_person and a.revoked is null and a.since <= now() and a.expires > now() order by a.since;
end $$;

-- As lock_protect does for the columns that were there before: EXPLAIN tells nothing of them.
alter table wellkept.consent_authorization alter column to_person set statistics 0, alter column recipient set statistics 0;
grant select, insert on wellkept.consent_recipient to {gate};
grant insert, update (revoked) on wellkept.consent_authorization to {gate};
revoke execute on function wellkept.consent_shares, wellkept.consent_give, wellkept.consent_take_back, wellkept.consent_given_to from public;
grant execute on function wellkept.consent_shares to {gate};
grant execute on function wellkept.consent_give, wellkept.consent_take_back, wellkept.consent_given_to to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.consent_shares owner to {gate};
alter function wellkept.consent_give owner to {gate};
alter function wellkept.consent_take_back owner to {gate};
alter function wellkept.consent_given_to owner to {gate};

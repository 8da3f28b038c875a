-- What leaves the house. One function lets part of a record out, with its basis, its letter of conditions and its entry, or nothing at all.
select wellkept.lock_protect('wellkept.disclosures_release', p_gate => 'select, insert, update (stopped_at)');

-- Under what a purpose and these kinds of data may leave at this very minute. Nothing else is a basis, and no sale is one (U-07, P-06).
create function wellkept.disclosures_based(p_person uuid, p_basis text, p_basis_id uuid, p_purpose text, p_opens text[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if p_basis = 'authorization' then
    return wellkept.consent_lets_out(p_person, p_basis_id, p_purpose, p_opens);
  end if;
  if p_basis = 'agreement' then
    return coalesce(cardinality(p_opens), 0) > 0 and not exists (
      select 1 from unnest(p_opens) c
       where not wellkept.organisations_agreed(p_basis_id, '{business_associate,data_use,affiliate}', p_purpose, c));
  end if;
  return false;
end $$;

-- Lets part of the record of the one person who is open leave, by a letter that bears the conditions. Says 'sent', or why not: 'no basis',
-- 'restricted', 'no letter'. Each is entered. An authorization outweighs a restriction: it is the person's own later word.
create function wellkept.disclosures_release(
  p_person uuid, p_id uuid, p_basis text, p_basis_id uuid, p_purpose text, p_opens text[], p_recipient bytea, p_described bytea,
  p_conditions bytea, p_body bytea, p_collected_under text
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_opens text[] := array(select distinct c from unnest(p_opens) c where c is not null order by c);
  v_reason text;
begin
  if wellkept.held_subjects() <> array[p_person] or not v_opens <@ wellkept.held_categories() then
    raise insufficient_privilege using message = 'that is not open in this transaction';
  end if;
  -- Whoever ends its basis at the same moment has ended it before, or stops the letter after.
  perform pg_advisory_xact_lock(hashtextextended('leaves ' || p_person, 0));
  -- Whoever authorised it asks for it: nobody else sends by a person's word.
  if p_basis = 'authorization' then perform wellkept.access_own_account(p_person); end if;
  if not coalesce(wellkept.disclosures_based(p_person, p_basis, p_basis_id, p_purpose, v_opens), false) then
    v_reason := 'no basis';
  elsif p_basis <> 'authorization' and exists (
      select 1 from unnest(v_opens) c where wellkept.consent_restricts(p_person, 'recipient', p_purpose, c)) then
    v_reason := 'restricted';
  elsif coalesce(length(p_conditions), 0) = 0 or coalesce(length(p_body), 0) = 0 or coalesce(length(p_described), 0) = 0
     or (p_basis = 'agreement') is distinct from (coalesce(length(p_recipient), 0) > 0) then
    v_reason := 'no letter';
  end if;
  if v_reason is not null then
    perform wellkept.consent_noted('release refused', p_person, v_opens, v_reason, case v_reason when 'restricted' then 'R-04' else 'U-19' end);
    return v_reason;
  end if;
  insert into wellkept.notices_letter (id, person_id, category, collected_under, restricted, kind, body, made_at)
  values (p_id, p_person, case when 'sensitive_claims' = any (v_opens) then 'sensitive_claims' when 'claims' = any (v_opens) then 'claims' else v_opens[1] end,
    p_collected_under, false, 'release', p_body, now());
  insert into wellkept.disclosures_release (id, person_id, category, collected_under, restricted, at, basis, basis_id, purpose, opens, recipient,
    described, conditions)
  values (p_id, p_person, 'openings', p_collected_under, false, now(), p_basis, p_basis_id, p_purpose, to_jsonb(v_opens), nullif(p_recipient, ''),
    p_described, p_conditions);
  perform wellkept.consent_noted('released', p_person, v_opens, p_basis, 'U-19');
  return 'sent';
end $$;

-- Stops what waits to be posted under a basis that ended: its letter is emptied. One that is in a batch already was handed to the mail room.
create function wellkept.disclosures_stop(p_person uuid, p_basis_id uuid) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_ids uuid[];
begin
  with stopped as (
    update wellkept.notices_letter l set body = '', printed_at = now()
     where l.person_id = p_person and l.kind = 'release' and l.printed_at is null and l.batch is null
       and exists (select 1 from wellkept.disclosures_release d where d.person_id = p_person and d.id = l.id and d.basis_id = p_basis_id)
    returning l.id)
  select array_agg(s.id) into v_ids from stopped s;
  update wellkept.disclosures_release d set stopped_at = now() where d.person_id = p_person and d.id = any (v_ids);
end $$;

-- Whether a letter that lets something out may be printed now. Where its basis ended meanwhile it is stopped. Asked by the mail room of
-- the person it has open.
create function wellkept.disclosures_leaves(p_id uuid) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_person uuid := (wellkept.held_subjects())[1];
begin
  if exists (
    select 1 from wellkept.disclosures_release d
     where d.person_id = v_person and d.id = p_id and d.stopped_at is null
       and wellkept.disclosures_based(d.person_id, d.basis, d.basis_id, d.purpose, array(select c from jsonb_array_elements_text(d.opens) c))) then
    return true;
  end if;
  update wellkept.disclosures_release d set stopped_at = now() where d.person_id = v_person and d.id = p_id and d.stopped_at is null;
  return false;
end $$;

-- No page and no job writes such a letter by itself: only the function above does.
create function wellkept.disclosures_alone() returns trigger
language plpgsql set search_path = wellkept, pg_temp as $$
begin
  if new.kind = 'release' and current_user::text <> (select r.rolname::text from pg_proc p join pg_roles r on r.oid = p.proowner
       where p.oid = 'wellkept.disclosures_stop'::regproc) then
    raise insufficient_privilege using message = 'a release is made by its function alone';
  end if;
  return new;
end $$;
create trigger disclosures_alone before insert or update of kind on wellkept.notices_letter
  for each row execute function wellkept.disclosures_alone();

grant insert on wellkept.notices_letter to {gate};
revoke execute on function wellkept.disclosures_based, wellkept.disclosures_release, wellkept.disclosures_stop, wellkept.disclosures_leaves, wellkept.disclosures_alone from public;
grant execute on function wellkept.disclosures_based, wellkept.disclosures_stop to {gate};
grant execute on function wellkept.disclosures_release to {web}, {jobs};
grant execute on function wellkept.disclosures_leaves to {mailroom};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.disclosures_based owner to {gate};
alter function wellkept.disclosures_release owner to {gate};
alter function wellkept.disclosures_stop owner to {gate};
alter function wellkept.disclosures_leaves owner to {gate};

-- What leaves the house. One function lets part of a record out, with its basis, its letter of conditions and its entry, or nothing at all.
select wellkept.lock_protect('wellkept.disclosures_release', p_gate => 'select, insert, update (stopped_at)');

-- Under what a purpose and these kinds of data may leave at this very minute. Nothing else is a basis, and no sale is one (U-07, P-06).
-- For research, to which the person did not agree, only a limited data set leaves (45 CFR 164.512(i), 164.514(e)).
create function wellkept.disclosures_based(p_person uuid, p_basis text, p_basis_id uuid, p_purpose text, p_opens text[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if p_basis = 'authorization' then
    return wellkept.consent_lets_out(p_person, p_basis_id, p_purpose, p_opens);
  end if;
  if p_basis = 'agreement' then
    return coalesce(cardinality(p_opens), 0) > 0 and not exists (
      select 1 from unnest(p_opens) c
       where not wellkept.organisations_agreed(p_basis_id,
         case when p_purpose = 'HRESCH' then '{data_use}'::text[] else '{business_associate,data_use,affiliate}' end, p_purpose, c));
  end if;
  return false;
end $$;

-- What the privacy office is about to let out under an agreement: one person, one purpose, these kinds of data, for ten minutes. It ties the
-- officer to the person for that long, and it alone opens what is to leave.
create table wellkept.disclosures_task (
  id uuid primary key, account uuid not null, subject uuid not null, organisation uuid not null, purpose text not null, opens text[] not null,
  begun_at timestamptz not null default now()
);
comment on table wellkept.disclosures_task is 'phi: what is about to leave under an agreement; each row goes when it left, or at the next one.';
comment on column wellkept.disclosures_task.id is 'housekeeping: the occasion of its opening.';
comment on column wellkept.disclosures_task.account is 'personal: the officer who lets it out.';
comment on column wellkept.disclosures_task.subject is 'personal: of whose record.';
comment on column wellkept.disclosures_task.organisation is 'phi: whose agreement it is.';
comment on column wellkept.disclosures_task.purpose is 'phi: for what.';
comment on column wellkept.disclosures_task.opens is 'phi: which kinds of data.';
comment on column wellkept.disclosures_task.begun_at is 'housekeeping: when; it counts for ten minutes.';
grant select, insert, delete on wellkept.disclosures_task to {gate};

-- Begins one: whoever the hash of a member number and birth date finds. Says 'yes', or why not: 'no', 'prove', 'budget', 'nobody', 'no basis',
-- 'restricted', 'contract'. What is refused of a person is entered too, and they read it.
create function wellkept.disclosures_begin(p_secret bytea, p_id uuid, p_index bytea, p_organisation uuid, p_purpose text, p_opens text[]) returns text
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  s wellkept.accounts_session;
  v_opens text[] := array(select distinct c from unnest(p_opens) c where c in ('coverage', 'claims', 'sensitive_claims') order by c);
  v_found uuid[];
  v_reason text;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found or p_id is null or p_index is null or p_organisation is null or p_purpose is null
     or cardinality(v_opens) = 0 or cardinality(v_opens) <> coalesce(cardinality(p_opens), 0) then
    return 'no';
  end if;
  if coalesce(s.proved_at <= now() - interval '15 min', true) then return 'prove'; end if;
  v_found := wellkept.people_found('number_birth', p_index);
  if not wellkept.gate_spend(s.account_id, s.role, s.holder,
    case when cardinality(v_found) = 1 then v_found else array[wellkept.gate_named(p_index)] end) then
    return 'budget';
  end if;
  if cardinality(v_found) <> 1 then return 'nobody'; end if;
  v_reason := case when not wellkept.disclosures_based(v_found[1], 'agreement', p_organisation, p_purpose, v_opens) then 'no basis'
    when wellkept.disclosures_restricted(v_found[1], p_purpose, v_opens) then 'restricted'
    when wellkept.disclosures_narrowed(v_found[1], p_purpose, v_opens) then 'contract' end;
  if v_reason is not null then
    perform wellkept.ledger_write('release refused', s.occasion, s.account_id, s.role, s.actor, v_found, p_purpose, v_opens, false, v_reason,
      case v_reason when 'restricted' then 'R-04' when 'contract' then 'U-13' else 'U-11' end);
    return v_reason;
  end if;
  delete from wellkept.disclosures_task t where t.account = s.account_id or t.begun_at < now() - interval '10 min';
  insert into wellkept.disclosures_task (id, account, subject, organisation, purpose, opens)
  values (p_id, s.account_id, v_found[1], p_organisation, p_purpose, v_opens);
  insert into wellkept.ledger_occasion (id, kind, account, role, actor, label) values (p_id, 'case', s.account_id, s.role, s.actor, 'release');
  return 'yes';
end $$;

-- Whose record it is about, for the officer who began it.
create function wellkept.disclosures_subject(p_secret bytea, p_id uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select t.subject from wellkept.watch_officer(p_secret) s join wellkept.disclosures_task t on t.account = s.account_id
           where t.id = p_id and t.begun_at > now() - interval '10 min');
end $$;

-- How an account stands to somebody on that occasion.
create function wellkept.disclosures_ties(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(select 'release'::text from wellkept.disclosures_task t
    where t.id = p_occasion and t.account = p_account and t.subject = p_subject and t.begun_at > now() - interval '10 min');
end $$;

-- Whether what an account lets out of a record under an agreement holds this, for this purpose: who it is, and what is to leave.
create function wellkept.disclosures_releasing(p_account uuid, p_subject uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.disclosures_task t
     where t.account = p_account and t.subject = p_subject and t.purpose = p_purpose and (p_category = 'identity' or p_category = any (t.opens))
       and t.begun_at > now() - interval '10 min' and wellkept.disclosures_based(t.subject, 'agreement', t.organisation, t.purpose, t.opens));
end $$;

-- Whether what is open was opened to let this out: by the officer who began it, or by who took the external review it is for.
create function wellkept.disclosures_at_work(p_person uuid, p_organisation uuid, p_purpose text, p_opens text[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.gate_held h
      join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min'
      join wellkept.disclosures_task t on t.id = e.occasion and t.account = e.account
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned() and e.purpose = p_purpose
       and t.subject = p_person and t.organisation = p_organisation and t.purpose = p_purpose and t.opens @> p_opens)
    or wellkept.disclosures_for_review(p_person, p_purpose, p_opens);
end $$;

-- Whether what is open was opened by who took an external review and sends it to who looks from outside, which leaves once.
create function wellkept.disclosures_for_review(p_person uuid, p_purpose text, p_opens text[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.gate_held h
      join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min'
      join wellkept.service_case c on c.person_id = p_person and c.occasion = e.occasion and c.account_id = e.account
      join wellkept.service_thread t on t.person_id = p_person and t.id = c.about and t.kind = 'review' and t.passed_at is null
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned() and e.role = 'representative' and e.purpose = p_purpose
       and p_purpose = 'HPAYMT' and c.kind = 'review' and c.closed_at is null and p_opens = array[c.category]
       and not exists (
         select 1 from wellkept.ledger_entry x
          where x.subjects[1] = p_person and x.at >= t.sent_at and x.kind = 'released' and x.occasion = e.occasion));
end $$;

-- Whether the person had it restricted that any of this goes to somebody outside.
create function wellkept.disclosures_restricted(p_person uuid, p_purpose text, p_opens text[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from unnest(p_opens) c where wellkept.consent_restricts(p_person, 'recipient', p_purpose, c));
end $$;

-- Whether the contract of the employer of the person's plan keeps any of this in (U-13). It touches neither what a person signed for nor an
-- external review, which is their own by law (45 CFR 147.136(d)).
create function wellkept.disclosures_narrowed(p_person uuid, p_purpose text, p_opens text[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from unnest(p_opens) c where wellkept.organisations_narrows(p_person, 'recipient', p_purpose, c));
end $$;

-- To whom something may leave under an agreement in force, for one of us at work; each agreement a row.
create function wellkept.disclosures_recipients(p_secret bytea)
returns table (id uuid, organisation uuid, name text, street text, city text, state text, postal_code text, kind text, number text, categories text[],
  purposes text[], until timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not exists (select 1 from wellkept.people_life_desk(p_secret)) then return; end if;
  return query
  select a.id, o.id, o.name, o.street, o.city, o.state, o.postal_code, a.kind, a.number, a.categories, a.purposes, a.ends_at
    from wellkept.organisations_agreement a join wellkept.organisations_organisation o on o.id = a.organisation_id
   where o.standing <> 'prior' and a.kind in ('business_associate', 'data_use', 'affiliate') and a.begins_at <= now() and a.ends_at > now() and a.ended_at is null
   order by o.name, a.ends_at, a.id limit 500;
end $$;

-- Lets part of the record of the one person who is open leave, by a letter that bears the conditions. Says 'sent', or why not: 'no basis',
-- 'restricted', 'contract', 'no letter', 'full' after ten of one person's in a day. Each is entered. An authorization outweighs a restriction: it is
-- the person's own later word. Under an agreement we send, never a member's session.
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
  if not coalesce(wellkept.disclosures_based(p_person, p_basis, p_basis_id, p_purpose, v_opens), false)
     -- Under an agreement only whoever opened it for that lets it out.
     or p_basis = 'agreement' and not wellkept.disclosures_at_work(p_person, p_basis_id, p_purpose, v_opens) then
    v_reason := 'no basis';
  elsif p_basis <> 'authorization' and wellkept.disclosures_restricted(p_person, p_purpose, v_opens) then
    v_reason := 'restricted';
  elsif p_basis <> 'authorization' and not wellkept.disclosures_for_review(p_person, p_purpose, v_opens)
     and wellkept.disclosures_narrowed(p_person, p_purpose, v_opens) then
    v_reason := 'contract';
  elsif coalesce(length(p_conditions), 0) = 0 or coalesce(length(p_body), 0) = 0 or coalesce(length(p_described), 0) = 0
     or (p_basis = 'agreement') is distinct from (coalesce(length(p_recipient), 0) > 0) then
    v_reason := 'no letter';
  elsif p_basis = 'authorization' and (
      select count(*) from wellkept.disclosures_release d
       where d.person_id = p_person and d.basis = p_basis and d.at > now() - interval '24 hours') >= 10 then
    v_reason := 'full';
  end if;
  if v_reason is not null then
    perform wellkept.consent_noted('release refused', p_person, v_opens, v_reason,
      case v_reason when 'restricted' then 'R-04' when 'contract' then 'U-13' else 'U-19' end);
    return v_reason;
  end if;
  insert into wellkept.notices_letter (id, person_id, category, collected_under, restricted, kind, body, made_at)
  values (p_id, p_person, case when 'sensitive_claims' = any (v_opens) then 'sensitive_claims' when 'claims' = any (v_opens) then 'claims' else v_opens[1] end,
    p_collected_under, false, 'release', p_body, now());
  insert into wellkept.disclosures_release (id, person_id, category, collected_under, restricted, at, basis, basis_id, purpose, opens, recipient,
    described, conditions)
  values (p_id, p_person, 'openings', p_collected_under, false, now(), p_basis, p_basis_id, p_purpose, to_jsonb(v_opens), nullif(p_recipient, ''),
    p_described, p_conditions);
  if p_basis = 'agreement' then
    -- What was begun is over; what another officer began stands.
    delete from wellkept.disclosures_task t
     using wellkept.gate_held h join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min'
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned() and t.id = e.occasion;
  end if;
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

-- Whether a letter that lets something out may be printed now. Where its basis ended meanwhile, or its person had it restricted, or a claim
-- shut that it may list, or a contract keeps it in, it is stopped. Asked by the mail room of the person it has open.
create function wellkept.disclosures_leaves(p_id uuid) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_person uuid := (wellkept.held_subjects())[1];
begin
  if exists (
    select 1 from wellkept.disclosures_release d
     where d.person_id = v_person and d.id = p_id and d.stopped_at is null
       and wellkept.disclosures_based(d.person_id, d.basis, d.basis_id, d.purpose, array(select c from jsonb_array_elements_text(d.opens) c))
       and (d.basis = 'authorization'
            or not wellkept.disclosures_restricted(d.person_id, d.purpose, array(select c from jsonb_array_elements_text(d.opens) c))
               and not (d.opens ?| '{claims,sensitive_claims}' and exists (
                 select 1 from wellkept.consent_restriction r
                  where r.person_id = d.person_id and r.sort = 'paid' and r.since > d.at and r.until is null))
               and (not wellkept.disclosures_narrowed(d.person_id, d.purpose, array(select c from jsonb_array_elements_text(d.opens) c))
                    or exists (
                      select 1 from wellkept.service_thread t
                       where t.person_id = d.person_id and t.kind = 'review' and t.passed_at = d.at)))) then
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
revoke execute on function wellkept.disclosures_begin, wellkept.disclosures_subject, wellkept.disclosures_ties, wellkept.disclosures_releasing,
  wellkept.disclosures_at_work, wellkept.disclosures_for_review, wellkept.disclosures_narrowed, wellkept.disclosures_restricted, wellkept.disclosures_recipients, wellkept.disclosures_based, wellkept.disclosures_release, wellkept.disclosures_stop, wellkept.disclosures_leaves, wellkept.disclosures_alone from public;
grant execute on function wellkept.disclosures_based, wellkept.disclosures_stop, wellkept.disclosures_restricted to {gate};
grant execute on function wellkept.disclosures_begin, wellkept.disclosures_subject, wellkept.disclosures_recipients to {web};
grant execute on function wellkept.disclosures_release to {web}, {jobs};
grant execute on function wellkept.disclosures_leaves to {mailroom};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.disclosures_begin owner to {gate};
alter function wellkept.disclosures_subject owner to {gate};
alter function wellkept.disclosures_ties owner to {gate};
alter function wellkept.disclosures_releasing owner to {gate};
alter function wellkept.disclosures_at_work owner to {gate};
alter function wellkept.disclosures_for_review owner to {gate};
alter function wellkept.disclosures_narrowed owner to {gate};
alter function wellkept.disclosures_restricted owner to {gate};
alter function wellkept.disclosures_recipients owner to {gate};
alter function wellkept.disclosures_based owner to {gate};
alter function wellkept.disclosures_release owner to {gate};
alter function wellkept.disclosures_stop owner to {gate};
alter function wellkept.disclosures_leaves owner to {gate};

-- Agreements with organisations: who may receive or reach what, for which purpose, from when until when (U-11, P-08).
-- And contracts of employers, which can only take away from what the rules allow (U-13, R-20). Functions alone read and write.

create table wellkept.organisations_agreement (
  id uuid primary key,
  kind text not null check (kind in ('business_associate', 'confidentiality', 'data_use', 'affiliate', 'appointment')),
  organisation_id uuid not null references wellkept.organisations_organisation,
  with_id uuid references wellkept.organisations_organisation check (with_id <> organisation_id),
  number text not null check (number = btrim(number) and length(number) between 2 and 60 and number !~ '[[:cntrl:]]'),
  digest bytea not null check (length(digest) = 32),
  categories text[] not null check (cardinality(categories) > 0),
  purposes text[] not null check (cardinality(purposes) > 0),
  begins_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > begins_at),
  recorded_at timestamptz not null default now(),
  recorded_by uuid not null,
  recorded_actor text not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_actor text,
  ended_why text check (length(btrim(ended_why)) between 3 and 500),
  collected_under text not null,
  check ((kind = 'appointment') = (with_id is not null)),
  check (num_nulls(ended_at, ended_by, ended_actor, ended_why) in (0, 4)),
  -- A limited data set names nobody and serves research, public health and operations (45 CFR 164.514(e)(2) and (3)).
  check (kind <> 'data_use' or (not categories && '{identity,contact,social_security}' and purposes <@ '{HRESCH,HOPERAT}')),
  -- Research is no function for us: without the person's word it has a limited data set and no more (164.512(i), 164.514(e)).
  check (kind = 'data_use' or 'HRESCH' <> all (purposes))
);
create index organisations_agreement_of on wellkept.organisations_agreement (organisation_id, ends_at);
create index organisations_agreement_until on wellkept.organisations_agreement (ends_at) where ended_at is null;
comment on table wellkept.organisations_agreement is 'trade secret: what operator and organisations agreed; a change is a new agreement.';
comment on column wellkept.organisations_agreement.id is 'housekeeping: the agreement.';
comment on column wellkept.organisations_agreement.kind is 'trade secret: business associate, confidentiality, data use, affiliate or appointment.';
comment on column wellkept.organisations_agreement.organisation_id is 'trade secret: the other party.';
comment on column wellkept.organisations_agreement.with_id is 'trade secret: the employer to whom an agent is appointed; null in every other kind.';
comment on column wellkept.organisations_agreement.number is 'trade secret: the number it bears in the operator''s files.';
comment on column wellkept.organisations_agreement.digest is 'housekeeping: SHA-256 of the signed paper, to know it again.';
comment on column wellkept.organisations_agreement.categories is 'trade secret: which kinds of data it covers.';
comment on column wellkept.organisations_agreement.purposes is 'trade secret: for which purposes.';
comment on column wellkept.organisations_agreement.begins_at is 'trade secret: from when it is in force.';
comment on column wellkept.organisations_agreement.ends_at is 'trade secret: until when.';
comment on column wellkept.organisations_agreement.recorded_at is 'housekeeping: when it was recorded.';
comment on column wellkept.organisations_agreement.recorded_by is 'personal: the account that recorded it.';
comment on column wellkept.organisations_agreement.recorded_actor is 'personal: the display name of who did.';
comment on column wellkept.organisations_agreement.ended_at is 'trade secret: when it was ended before its time.';
comment on column wellkept.organisations_agreement.ended_by is 'personal: the account that ended it.';
comment on column wellkept.organisations_agreement.ended_actor is 'personal: the display name of who did.';
comment on column wellkept.organisations_agreement.ended_why is 'trade secret: why.';
comment on column wellkept.organisations_agreement.collected_under is 'public: the policy version this row was collected under.';

create table wellkept.organisations_warned (
  agreement uuid not null references wellkept.organisations_agreement,
  days int not null check (days > 0),
  at timestamptz not null default now(),
  primary key (agreement, days)
);
comment on table wellkept.organisations_warned is 'housekeeping: of which agreements somebody was told that they end soon.';
comment on column wellkept.organisations_warned.agreement is 'housekeeping: the agreement.';
comment on column wellkept.organisations_warned.days is 'housekeeping: how many days before its end at most.';
comment on column wellkept.organisations_warned.at is 'housekeeping: when.';

-- A row of a contract takes away. There is no column that gives: what no rule allows stays refused. 'recipient' is anybody outside to whom
-- we let something out under an agreement of ours.
create table wellkept.organisations_contract (
  id uuid primary key,
  plan_id uuid not null references wellkept.organisations_plan,
  number text not null check (number = btrim(number) and length(number) between 2 and 60 and number !~ '[[:cntrl:]]'),
  role text not null check (role in ('representative', 'nurse', 'provider', 'employer', 'agent', 'partner', 'recipient')),
  purpose text check (purpose <> 'PATRQT'),
  opens text,
  begins_at timestamptz not null,
  ends_at timestamptz check (ends_at > begins_at),
  recorded_at timestamptz not null default now(),
  recorded_by uuid not null,
  recorded_actor text not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_actor text,
  ended_why text check (length(btrim(ended_why)) between 3 and 500),
  collected_under text not null,
  check (num_nulls(ended_at, ended_by, ended_actor, ended_why) in (0, 4))
);
create index organisations_contract_plan on wellkept.organisations_contract (plan_id);
comment on table wellkept.organisations_contract is 'trade secret: what the contract of a plan''s employer takes away from our rules.';
comment on column wellkept.organisations_contract.id is 'housekeeping: the row.';
comment on column wellkept.organisations_contract.plan_id is 'trade secret: the plan.';
comment on column wellkept.organisations_contract.number is 'trade secret: the number of the contract.';
comment on column wellkept.organisations_contract.role is 'trade secret: who may not open.';
comment on column wellkept.organisations_contract.purpose is 'trade secret: for which purpose; null: for any.';
comment on column wellkept.organisations_contract.opens is 'trade secret: which kind of data; null: any.';
comment on column wellkept.organisations_contract.begins_at is 'trade secret: from when.';
comment on column wellkept.organisations_contract.ends_at is 'trade secret: until when; null: without end.';
comment on column wellkept.organisations_contract.recorded_at is 'housekeeping: when it was recorded.';
comment on column wellkept.organisations_contract.recorded_by is 'personal: the account that recorded it.';
comment on column wellkept.organisations_contract.recorded_actor is 'personal: the display name of who did.';
comment on column wellkept.organisations_contract.ended_at is 'trade secret: when it was ended.';
comment on column wellkept.organisations_contract.ended_by is 'personal: the account that ended it.';
comment on column wellkept.organisations_contract.ended_actor is 'personal: the display name of who did.';
comment on column wellkept.organisations_contract.ended_why is 'trade secret: why.';
comment on column wellkept.organisations_contract.collected_under is 'public: the policy version this row was collected under.';

grant select, insert on wellkept.organisations_agreement, wellkept.organisations_contract, wellkept.organisations_warned to {gate};
grant update (ended_at, ended_by, ended_actor, ended_why) on wellkept.organisations_agreement, wellkept.organisations_contract to {gate};

-- The privacy officer whose open session this is, and who has signed what officers sign. Nobody else: nulls.
create function wellkept.organisations_officer(p_secret bytea, out account uuid, out actor text, out occasion uuid, out proved boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select s.account_id, coalesce(s.actor, 'Privacy office'), s.occasion, s.proved_at > now() - interval '15 min'
    into account, actor, occasion, proved from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'privacy_officer'
     and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement');
end $$;

-- Whether an organisation has an agreement of one of these kinds that is in force this minute and covers purpose and category. One that
-- has left gets nothing more by what was not ended yet.
create function wellkept.organisations_agreed(p_organisation uuid, p_kinds text[], p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.organisations_agreement a
      join wellkept.organisations_organisation o on o.id = a.organisation_id and o.standing <> 'prior'
     where a.organisation_id = p_organisation and a.kind = any (p_kinds) and a.begins_at <= now() and a.ends_at > now()
       and a.ended_at is null and p_purpose = any (a.purposes) and p_category = any (a.categories));
end $$;

-- The same of an appointment, which is to one employer. An agent who has left reads its own papers and no employer's.
create function wellkept.organisations_appointed(p_agent uuid, p_employer uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.organisations_agreement a
      join wellkept.organisations_organisation o on o.id = a.organisation_id and o.standing <> 'prior'
     where a.organisation_id = p_agent and a.with_id = p_employer and a.kind = 'appointment' and a.begins_at <= now() and a.ends_at > now()
       and a.ended_at is null and p_purpose = any (a.purposes) and p_category = any (a.categories));
end $$;

-- Which kinds of agreement let an organisation reach that. Papers of organisations are confidential business; what is known of people
-- needs the written assurances of 45 CFR 164.504(e), a limited data set's, or a single legal person's (164.105(b)). Doctors' offices are
-- bound by HIPAA themselves, and employers by what their plan's documents say (164.504(f)): a confidentiality agreement does for them.
create function wellkept.organisations_covering(p_kind text, p_category text) returns text[]
language plpgsql immutable security definer set search_path = wellkept, pg_temp as $$
begin
  return case when p_category = 'papers' or p_kind in ('provider', 'employer') then '{business_associate,data_use,affiliate,confidentiality}'::text[]
    else '{business_associate,data_use,affiliate}'::text[] end;
end $$;

-- The need 'covered' of a rule: whether the organisation an account acts for has what it takes. False for whoever acts for none.
create function wellkept.organisations_covers(p_account uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_organisation uuid;
  v_kind text;
begin
  select o.id, o.kind into v_organisation, v_kind from wellkept.accounts_account a
    join wellkept.organisations_organisation o on o.id = a.organisation_id
   where a.id = p_account and a.closed_at is null and o.standing <> 'prior';
  return v_organisation is not null
    and wellkept.organisations_agreed(v_organisation, wellkept.organisations_covering(v_kind, p_category), p_purpose, p_category);
end $$;

-- Which agreements decide: of an organisation about somebody, for a purpose and a category, now. An appointment counts to its own employer
-- alone, and of the rest those kinds that cover this.
create function wellkept.organisations_deciding(p_organisation uuid, p_subject uuid, p_purpose text, p_category text)
returns table (kind text, id uuid, until timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select a.kind, a.id, a.ends_at from wellkept.organisations_agreement a
    join wellkept.organisations_organisation o on o.id = a.organisation_id and o.standing <> 'prior'
   where a.organisation_id = p_organisation and a.begins_at <= now() and a.ends_at > now() and a.ended_at is null
     and p_purpose = any (a.purposes) and p_category = any (a.categories)
     and (a.with_id = p_subject or a.kind = any (wellkept.organisations_covering(o.kind, p_category)))
   order by a.ends_at desc, a.id;
end $$;

-- Which rows of the contract of a person's plan keep a role out, now.
create function wellkept.organisations_contract_deciding(p_subject uuid, p_role text, p_purpose text, p_category text)
returns table (kind text, id uuid, until timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select 'contract'::text, c.id, c.ends_at from wellkept.people_person p join wellkept.organisations_contract c on c.plan_id = p.plan_id
   where p.person_id = p_subject and c.role = p_role and (c.purpose is null or c.purpose = p_purpose) and (c.opens is null or c.opens = p_category)
     and p_purpose <> 'PATRQT' and c.begins_at <= now() and (c.ends_at is null or c.ends_at > now()) and c.ended_at is null
   order by c.id;
end $$;

-- Whether the contract of the employer of a person's plan keeps a role out. It is asked of what a rule allows, and nothing asks it for a yes.
create function wellkept.organisations_narrows(p_subject uuid, p_role text, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.organisations_contract_deciding(p_subject, p_role, p_purpose, p_category));
end $$;

-- Where an agreement stands now.
create function wellkept.organisations_state(p_begins timestamptz, p_ends timestamptz, p_ended timestamptz) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return case when p_ended is not null then 'ended' when p_ends <= now() then 'expired' when p_begins > now() then 'not begun' else 'in force' end;
end $$;

-- Agreements as pages show them: of one, of one organisation, or of all. For other functions of the gate.
create function wellkept.organisations_agreements_of(p_organisation uuid, p_id uuid)
returns table (id uuid, kind text, organisation uuid, name text, of_kind text, with_name text, number text, digest text, categories text[], purposes text[],
  begins_at timestamptz, ends_at timestamptz, recorded_at timestamptz, recorded_actor text, ended_at timestamptz, ended_actor text, ended_why text,
  state text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select a.id, a.kind, a.organisation_id, o.name, o.kind, w.name, a.number, encode(a.digest, 'hex'), a.categories, a.purposes, a.begins_at, a.ends_at,
         a.recorded_at, a.recorded_actor, a.ended_at, a.ended_actor, a.ended_why, wellkept.organisations_state(a.begins_at, a.ends_at, a.ended_at)
    from wellkept.organisations_agreement a join wellkept.organisations_organisation o on o.id = a.organisation_id
    left join wellkept.organisations_organisation w on w.id = a.with_id
   where (p_organisation is null or a.organisation_id = p_organisation or a.with_id = p_organisation) and (p_id is null or a.id = p_id)
   order by a.ends_at, o.name, a.id limit 2000;
end $$;

-- For officers: all of them, or one.
create function wellkept.organisations_agreements(p_secret bytea, p_id uuid)
returns table (id uuid, kind text, organisation uuid, name text, of_kind text, with_name text, number text, digest text, categories text[], purposes text[],
  begins_at timestamptz, ends_at timestamptz, recorded_at timestamptz, recorded_actor text, ended_at timestamptz, ended_actor text, ended_why text,
  state text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if (select f.account from wellkept.organisations_officer(p_secret) f) is null then return; end if;
  return query select * from wellkept.organisations_agreements_of(null, p_id);
end $$;

-- For whoever comes in for an organisation: those it is a party to, without the names of our people.
create function wellkept.organisations_my_agreements(p_secret bytea)
returns table (id uuid, kind text, organisation uuid, name text, of_kind text, with_name text, number text, digest text, categories text[], purposes text[],
  begins_at timestamptz, ends_at timestamptz, recorded_at timestamptz, recorded_actor text, ended_at timestamptz, ended_actor text, ended_why text,
  state text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select a.id, a.kind, a.organisation, a.name, a.of_kind, a.with_name, a.number, a.digest, a.categories, a.purposes, a.begins_at, a.ends_at,
         a.recorded_at, ''::text, a.ended_at, ''::text, a.ended_why, a.state
    from wellkept.gate_who(p_secret) w cross join lateral wellkept.organisations_agreements_of(w.organisation, null) a
   where w.organisation is not null
     and not exists (select 1 from wellkept.consent_unacknowledged(w.account, w.role));
end $$;

-- For a command of the operator: the same, without a session; what it prints is business data.
create function wellkept.organisations_agreements_listed()
returns table (id uuid, kind text, organisation uuid, name text, of_kind text, with_name text, number text, digest text, categories text[], purposes text[],
  begins_at timestamptz, ends_at timestamptz, recorded_at timestamptz, recorded_actor text, ended_at timestamptz, ended_actor text, ended_why text,
  state text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select * from wellkept.organisations_agreements_of(null, null);
end $$;

-- Organisations whose name or number holds every word, for officers who record an agreement: eight at most.
create function wellkept.organisations_sought(p_secret bytea, p_words text)
returns table (id uuid, kind text, name text, city text, state text, standing text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_words text[];
begin
  if (select f.account from wellkept.organisations_officer(p_secret) f) is null then return; end if;
  v_words := array(select distinct w from regexp_split_to_table(lower(left(p_words, 200)), '\s+') w where w <> '' limit 8);
  if cardinality(v_words) = 0 then return; end if;
  return query
  select o.id, o.kind, o.name, o.city, o.state, o.standing from wellkept.organisations_organisation o
   where not exists (select 1 from unnest(v_words) w
                      where position(w in lower(concat_ws(' ', o.name, o.npi, o.producer_number, o.agreement_number, array_to_string(o.group_numbers, ' ')))) = 0)
   order by o.standing = 'prior', o.name, o.id limit 8;
end $$;

-- One organisation with which an agreement may be recorded, by its number; no row for whoever is no officer.
create function wellkept.organisations_party(p_secret bytea, p_id uuid)
returns table (id uuid, kind text, name text, city text, state text, standing text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if (select f.account from wellkept.organisations_officer(p_secret) f) is null then return; end if;
  return query
  select o.id, o.kind, o.name, o.city, o.state, o.standing from wellkept.organisations_organisation o
   where o.id = p_id and o.standing <> 'prior';
end $$;

-- Records an agreement, from the first moment of a day until the last of another, where the operator works: 'done', 'no' for whoever is no
-- officer, 'prove', 'nobody' (no such organisation, or one that has left), 'kind' (only an agent is appointed, and only to an employer).
create function wellkept.organisations_agree(
  p_secret bytea, p_id uuid, p_kind text, p_organisation uuid, p_with uuid, p_number text, p_digest bytea, p_categories text[], p_purposes text[],
  p_begins date, p_ends date, p_collected_under text
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  f record;
  v_kind text;
  v_zone text;
begin
  select * into f from wellkept.organisations_officer(p_secret);
  if f.account is null then return 'no'; end if;
  if not f.proved then return 'prove'; end if;
  if num_nulls(p_id, p_kind, p_organisation, p_number, p_digest, p_categories, p_purposes, p_begins, p_ends) > 0 then
    raise check_violation using message = 'an agreement needs its party, its paper, what it covers and its days';
  end if;
  select o.kind into v_kind from wellkept.organisations_organisation o where o.id = p_organisation and o.standing <> 'prior';
  if not found then return 'nobody'; end if;
  if (p_kind = 'appointment') <> (p_with is not null) or p_kind = 'appointment' and v_kind <> 'agent' then return 'kind'; end if;
  if p_with is not null and not exists (
    select 1 from wellkept.organisations_organisation o where o.id = p_with and o.kind = 'employer' and o.standing <> 'prior') then return 'kind'; end if;
  select a.zone into v_zone from wellkept.access_place a;
  insert into wellkept.organisations_agreement (id, kind, organisation_id, with_id, number, digest, categories, purposes, begins_at, ends_at,
    recorded_by, recorded_actor, collected_under)
  values (p_id, p_kind, p_organisation, p_with, p_number, p_digest, p_categories, p_purposes, p_begins::timestamp at time zone v_zone,
    (p_ends + 1)::timestamp at time zone v_zone, f.account, f.actor, p_collected_under);
  perform wellkept.ledger_write('agreement recorded', f.occasion, f.account, 'privacy_officer', f.actor,
    array_remove(array[p_organisation, p_with], null), null, p_categories, false, p_number, 'U-11');
  return 'done';
end $$;

-- Ends an agreement before its time, at once: 'done', 'no', 'prove', or 'over' where nothing was left to end.
create function wellkept.organisations_end_agreement(p_secret bytea, p_id uuid, p_why text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  f record;
  a wellkept.organisations_agreement;
begin
  select * into f from wellkept.organisations_officer(p_secret);
  if f.account is null then return 'no'; end if;
  if not f.proved then return 'prove'; end if;
  update wellkept.organisations_agreement x set ended_at = now(), ended_by = f.account, ended_actor = f.actor, ended_why = btrim(p_why)
   where x.id = p_id and x.ended_at is null and x.ends_at > now() returning x.* into a;
  if not found then return 'over'; end if;
  perform wellkept.ledger_write('agreement ended', f.occasion, f.account, 'privacy_officer', f.actor,
    array_remove(array[a.organisation_id, a.with_id], null), null, a.categories, false, a.number, 'U-11');
  return 'done';
end $$;

-- The rows of contracts, for officers.
create function wellkept.organisations_contracts(p_secret bytea)
returns table (id uuid, sponsor text, group_number text, number text, role text, purpose text, opens text, begins_at timestamptz, ends_at timestamptz,
  recorded_at timestamptz, recorded_actor text, ended_at timestamptz, ended_actor text, ended_why text, state text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if (select f.account from wellkept.organisations_officer(p_secret) f) is null then return; end if;
  return query
  select c.id, p.sponsor, p.group_number, c.number, c.role, c.purpose, c.opens, c.begins_at, c.ends_at, c.recorded_at, c.recorded_actor, c.ended_at,
         c.ended_actor, c.ended_why, wellkept.organisations_state(c.begins_at, coalesce(c.ends_at, 'infinity'), c.ended_at)
    from wellkept.organisations_contract c join wellkept.organisations_plan p on p.id = c.plan_id
   order by p.sponsor, p.group_number, c.begins_at, c.id limit 2000;
end $$;

-- Records that a contract keeps a role out of a purpose or a kind of data, null meaning any: 'done', 'no', 'prove', 'plan' (none such), or
-- 'nothing' where no rule allows it anyway: a contract that names more than our rules do would say that it gives, and it cannot. What goes
-- outside no rule opens: an agreement says what, and any of it may be kept in.
create function wellkept.organisations_narrow(
  p_secret bytea, p_id uuid, p_plan uuid, p_number text, p_role text, p_purpose text, p_opens text, p_begins date, p_ends date, p_collected_under text
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  f record;
  v_zone text;
begin
  select * into f from wellkept.organisations_officer(p_secret);
  if f.account is null then return 'no'; end if;
  if not f.proved then return 'prove'; end if;
  if not exists (select 1 from wellkept.organisations_plan p where p.id = p_plan) then return 'plan'; end if;
  if p_role is distinct from 'recipient' and not exists (
                select 1 from wellkept.access_rule r
                  where r.role = p_role and r.relationship <> 'self' and r.purpose <> 'PATRQT' and r.purpose = coalesce(p_purpose, r.purpose)
                    and r.category = coalesce(p_opens, r.category)) then
    return 'nothing';
  end if;
  select a.zone into v_zone from wellkept.access_place a;
  insert into wellkept.organisations_contract (id, plan_id, number, role, purpose, opens, begins_at, ends_at, recorded_by, recorded_actor, collected_under)
  values (p_id, p_plan, p_number, p_role, p_purpose, p_opens, p_begins::timestamp at time zone v_zone, (p_ends + 1)::timestamp at time zone v_zone,
    f.account, f.actor, p_collected_under);
  perform wellkept.ledger_write('contract narrowed', f.occasion, f.account, 'privacy_officer', f.actor, '{}', p_purpose,
    array_remove(array[p_opens], null), false, p_number, 'U-13');
  return 'done';
end $$;

-- Ends a row of a contract: 'done', 'no', 'prove', or 'over'.
create function wellkept.organisations_end_contract(p_secret bytea, p_id uuid, p_why text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  f record;
  c wellkept.organisations_contract;
begin
  select * into f from wellkept.organisations_officer(p_secret);
  if f.account is null then return 'no'; end if;
  if not f.proved then return 'prove'; end if;
  update wellkept.organisations_contract x set ended_at = now(), ended_by = f.account, ended_actor = f.actor, ended_why = btrim(p_why)
   where x.id = p_id and x.ended_at is null and coalesce(x.ends_at, 'infinity') > now() returning x.* into c;
  if not found then return 'over'; end if;
  perform wellkept.ledger_write('contract row ended', f.occasion, f.account, 'privacy_officer', f.actor, '{}', c.purpose,
    array_remove(array[c.opens], null), false, c.number, 'U-13');
  return 'done';
end $$;

-- Agreements in force that end within one of these numbers of days and of which nobody was told at that number yet: the least it has come to.
create function wellkept.organisations_ending(p_days int[], p_limit int)
returns table (id uuid, organisation uuid, kind text, number text, with_name text, ends_at timestamptz, days int)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select a.id, a.organisation_id, a.kind, a.number, w.name, a.ends_at, d.days
    from wellkept.organisations_agreement a left join wellkept.organisations_organisation w on w.id = a.with_id
    cross join lateral (select min(n) as days from unnest(p_days) n where a.ends_at <= now() + make_interval(days => n)) d
   where a.ended_at is null and a.begins_at <= now() and a.ends_at > now() and d.days is not null
     and not exists (select 1 from wellkept.organisations_warned x where x.agreement = a.id and x.days <= d.days)
     -- Where a later agreement of the same kind goes on covering all of it, nothing ends.
     and not exists (
       select 1 from wellkept.organisations_agreement n
        where n.organisation_id = a.organisation_id and n.kind = a.kind and n.with_id is not distinct from a.with_id and n.id <> a.id
          and n.ended_at is null and n.begins_at <= a.ends_at and n.ends_at > a.ends_at and n.categories @> a.categories and n.purposes @> a.purposes)
   order by a.ends_at, a.id limit p_limit;
end $$;

-- Notes that an organisation was written to about the end of its agreement; false where that was noted before.
create function wellkept.organisations_warn(p_id uuid, p_days int) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.organisations_agreement;
begin
  select * into a from wellkept.organisations_agreement x where x.id = p_id and x.ended_at is null and x.ends_at > now();
  if not found then return false; end if;
  insert into wellkept.organisations_warned (agreement, days) values (p_id, p_days) on conflict do nothing;
  if not found then return false; end if;
  perform wellkept.ledger_write('agreement ends soon', null, null, wellkept.machine_role(), null, array[a.organisation_id], 'MEMADMIN', '{}', true,
    a.number, 'U-11');
  return true;
end $$;

revoke execute on function wellkept.organisations_officer, wellkept.organisations_agreed, wellkept.organisations_appointed,
  wellkept.organisations_covering, wellkept.organisations_covers, wellkept.organisations_deciding, wellkept.organisations_contract_deciding,
  wellkept.organisations_narrows, wellkept.organisations_state, wellkept.organisations_agreements_of, wellkept.organisations_agreements,
  wellkept.organisations_my_agreements, wellkept.organisations_agreements_listed, wellkept.organisations_sought, wellkept.organisations_party,
  wellkept.organisations_agree, wellkept.organisations_end_agreement, wellkept.organisations_contracts, wellkept.organisations_narrow, wellkept.organisations_end_contract,
  wellkept.organisations_ending, wellkept.organisations_warn from public;
grant execute on function wellkept.organisations_agreements, wellkept.organisations_my_agreements, wellkept.organisations_sought,
  wellkept.organisations_party, wellkept.organisations_agree, wellkept.organisations_end_agreement, wellkept.organisations_contracts, wellkept.organisations_narrow,
  wellkept.organisations_end_contract to {web};
grant execute on function wellkept.organisations_ending, wellkept.organisations_warn to {jobs};
grant execute on function wellkept.organisations_agreements_listed to {proof};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.organisations_officer owner to {gate};
alter function wellkept.organisations_agreed owner to {gate};
alter function wellkept.organisations_appointed owner to {gate};
alter function wellkept.organisations_covering owner to {gate};
alter function wellkept.organisations_covers owner to {gate};
alter function wellkept.organisations_deciding owner to {gate};
alter function wellkept.organisations_contract_deciding owner to {gate};
alter function wellkept.organisations_narrows owner to {gate};
alter function wellkept.organisations_state owner to {gate};
alter function wellkept.organisations_agreements_of owner to {gate};
alter function wellkept.organisations_agreements owner to {gate};
alter function wellkept.organisations_my_agreements owner to {gate};
alter function wellkept.organisations_agreements_listed owner to {gate};
alter function wellkept.organisations_sought owner to {gate};
alter function wellkept.organisations_party owner to {gate};
alter function wellkept.organisations_agree owner to {gate};
alter function wellkept.organisations_end_agreement owner to {gate};
alter function wellkept.organisations_contracts owner to {gate};
alter function wellkept.organisations_narrow owner to {gate};
alter function wellkept.organisations_end_contract owner to {gate};
alter function wellkept.organisations_ending owner to {gate};
alter function wellkept.organisations_warn owner to {gate};

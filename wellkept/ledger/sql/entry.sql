-- Entries: who opened, looked for, brought or changed what, for which purpose, on which occasion.
-- Only functions owned by {gate} write here. The sealer reads; nobody updates and nobody deletes.

create table wellkept.ledger_occasion (
  id uuid primary key,
  kind text not null check (kind in ('visit', 'call', 'file', 'request', 'job', 'command', 'case')),
  began timestamptz not null default clock_timestamp(),
  account uuid,
  role text not null,
  actor text,
  label text
);
comment on table wellkept.ledger_occasion is 'housekeeping: what several entries belong to: a visit, a call, a file, a request, a job run, a command, a case.';
comment on column wellkept.ledger_occasion.id is 'housekeeping: the occasion.';
comment on column wellkept.ledger_occasion.began is 'housekeeping: when it began.';
comment on column wellkept.ledger_occasion.role is 'housekeeping: in what capacity somebody or something acted.';
comment on column wellkept.ledger_occasion.kind is 'housekeeping: visit, call, file, request, job, command or case.';
comment on column wellkept.ledger_occasion.account is 'personal: the account that acted; null for a machine.';
comment on column wellkept.ledger_occasion.actor is 'personal: the display name of a member of staff.';
comment on column wellkept.ledger_occasion.label is 'public: the organisation a file came from.';

create table wellkept.ledger_entry (
  id bigint generated always as identity,
  xact xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_timestamp(),
  backend int not null default pg_backend_pid(),
  kind text not null,
  occasion uuid,
  account uuid,
  role text not null,
  actor text,
  -- A plain list: the person an entry names is looked up as its first element, and one that begins at another number would not be found.
  subjects uuid[] not null default '{}' check (cardinality(subjects) = 0 or (array_ndims(subjects) = 1 and array_lower(subjects, 1) = 1)),
  purpose text,
  categories text[] not null default '{}',
  own boolean not null default false,
  reason text,
  clause text,
  salt bytea not null default uuid_send(gen_random_uuid()),
  primary key (id, at)
) partition by range (at);
create index ledger_entry_subject on wellkept.ledger_entry ((subjects[1]), at desc);
create index ledger_entry_xact on wellkept.ledger_entry (xact, id);
comment on table wellkept.ledger_entry is 'phi: one entry for each opening, search, refusal, change or file. An opening is as sensitive as what it opened.';
comment on column wellkept.ledger_entry.id is 'housekeeping: number, in the order of writing.';
comment on column wellkept.ledger_entry.xact is 'housekeeping: the transaction that wrote it.';
comment on column wellkept.ledger_entry.at is 'phi: when.';
comment on column wellkept.ledger_entry.backend is 'housekeeping: the connection that wrote it, and alone may hold it.';
comment on column wellkept.ledger_entry.kind is 'phi: opened, refused, searched, changed and so on.';
comment on column wellkept.ledger_entry.occasion is 'phi: the visit, call, file, request, job run, command or case it belongs to.';
comment on column wellkept.ledger_entry.account is 'phi: the account that acted; null for a machine.';
comment on column wellkept.ledger_entry.role is 'phi: in what capacity.';
comment on column wellkept.ledger_entry.actor is 'phi: the display name of a member of staff.';
comment on column wellkept.ledger_entry.subjects is 'phi: whom it is about.';
comment on column wellkept.ledger_entry.purpose is 'phi: for what, in HL7 v3 PurposeOfUse codes.';
comment on column wellkept.ledger_entry.categories is 'phi: which kinds of data.';
comment on column wellkept.ledger_entry.reason is 'phi: why it was refused, or what else there is to say.';
comment on column wellkept.ledger_entry.clause is 'public: the clause that allows or refuses.';
comment on column wellkept.ledger_entry.own is 'housekeeping: the person opened their own record, or a machine brought its own file.';
comment on column wellkept.ledger_entry.salt is 'housekeeping: 16 random bytes; with them gone the sealed commitment says nothing.';

-- An entry that names more than one person is found by each of them here.
create table wellkept.ledger_also (
  subject uuid not null,
  at timestamptz not null,
  entry bigint not null,
  primary key (subject, at, entry)
);
comment on table wellkept.ledger_also is 'phi: the second and later people an entry names.';
comment on column wellkept.ledger_also.subject is 'phi: whom the entry names.';
comment on column wellkept.ledger_also.at is 'phi: when the entry was written.';
comment on column wellkept.ledger_also.entry is 'phi: the entry.';

-- Monthly partitions. The migration makes a year of them; a daily job asks for the months ahead.
create function wellkept.ledger_months_ahead(p_months int) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_month timestamptz := date_trunc('month', now() at time zone 'utc') at time zone 'utc';
  v_next timestamptz;
  v_name text;
  v_made int := 0;
begin
  if p_months is null or p_months > 36 then
    raise check_violation using message = 'at most three years of months are made at once';
  end if;
  for i in 0 .. p_months loop
    v_next := v_month + interval '1 month';
    v_name := 'ledger_entry_' || to_char(v_month at time zone 'utc', 'YYYY_MM');
    if to_regclass('wellkept.' || v_name) is null then
      execute format('create table wellkept.%I partition of wellkept.ledger_entry for values from (%L) to (%L)', v_name, v_month, v_next);
      v_made := v_made + 1;
    end if;
    v_month := v_next;
  end loop;
  return v_made;
end $$;
select wellkept.ledger_months_ahead(12);

grant select, insert on wellkept.ledger_occasion, wellkept.ledger_entry, wellkept.ledger_also to {gate};
grant select on wellkept.ledger_entry, wellkept.ledger_also, wellkept.ledger_occasion to {seal};

-- Two policies promise the same in clauses of different names. The functions of the house name one of them; an entry bears
-- the one that this operator published.
create table wellkept.ledger_clause (named text primary key, here text not null);
comment on table wellkept.ledger_clause is 'public: the clause of this operator that says the same as one of another policy.';
comment on column wellkept.ledger_clause.named is 'public: the clause as the functions of the house name it.';
comment on column wellkept.ledger_clause.here is 'public: the clause of this operator.';
grant select on wellkept.ledger_clause to {gate};

-- Occasions whose entries are kept from the person they name, for a time, and shown afterwards with a mark. Two people decide
-- (access/sql/unseen.sql); what is kept back is entered and sealed like everything else.
create table wellkept.ledger_seal (
  occasion uuid primary key,
  kind text not null check (kind in ('fraud', 'legal')),
  until timestamptz not null,
  ended_at timestamptz
);
comment on table wellkept.ledger_seal is 'phi: whose entries are shown later than they were written.';
comment on column wellkept.ledger_seal.occasion is 'phi: the occasion whose entries are kept back.';
comment on column wellkept.ledger_seal.kind is 'phi: whether for an inquiry into fraud or a legal process.';
comment on column wellkept.ledger_seal.until is 'phi: when they are shown at the latest.';
comment on column wellkept.ledger_seal.ended_at is 'phi: when they were shown before that.';
grant select, insert, update on wellkept.ledger_seal to {gate};

-- Whether what is entered on an occasion is kept from the person now.
create function wellkept.ledger_kept_back(p_occasion uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.ledger_seal s where s.occasion = p_occasion and s.ended_at is null and s.until > now());
end $$;

-- The one place that writes an entry. Callers are functions of {gate}; nobody else may execute it.
create function wellkept.ledger_write(
  p_kind text, p_occasion uuid, p_account uuid, p_role text, p_actor text,
  p_subjects uuid[], p_purpose text, p_categories text[], p_own boolean, p_reason text, p_clause text
) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_id bigint;
  v_at timestamptz;
begin
  insert into wellkept.ledger_entry (kind, occasion, account, role, actor, subjects, purpose, categories, own, reason, clause)
  values (p_kind, p_occasion, p_account, p_role, p_actor, p_subjects, p_purpose, p_categories, p_own, p_reason,
    coalesce((select c.here from wellkept.ledger_clause c where c.named = p_clause), p_clause))
  returning id, at into v_id, v_at;
  if cardinality(p_subjects) > 1 then
    insert into wellkept.ledger_also (subject, at, entry)
    select s, v_at, v_id from unnest(p_subjects[2:]) s on conflict do nothing;
  end if;
  return v_id;
end $$;

-- What a command of the operator leaves: migrate, backup, restore. The role is the one that is connected.
create function wellkept.ledger_note(p_kind text, p_reason text) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if p_kind not in ('maintenance', 'epoch') then
    raise check_violation using message = 'a command notes maintenance or an epoch';
  end if;
  return wellkept.ledger_write(p_kind, null, null, wellkept.machine_role(), null, '{}', null, '{}', false, p_reason, null);
end $$;

-- The login role without the operator's prefix, as the rules write it: 'intake', 'jobs', 'backup', and 'mail_room' of "mailroom".
create function wellkept.machine_role() returns text
language sql stable set search_path = wellkept, pg_temp as $$
  select replace(substr(session_user, strpos(session_user, '_') + 1), 'mailroom', 'mail_room')
$$;

revoke execute on function wellkept.ledger_write, wellkept.ledger_kept_back, wellkept.ledger_note, wellkept.machine_role, wellkept.ledger_months_ahead from public;
grant execute on function wellkept.machine_role to {gate};
grant execute on function wellkept.ledger_write to {gate};
grant execute on function wellkept.ledger_note to {migrate}, {backup}, {seal};
grant execute on function wellkept.ledger_months_ahead to {jobs}, {migrate};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.ledger_write owner to {gate};
alter function wellkept.ledger_kept_back owner to {gate};
alter function wellkept.ledger_note owner to {gate};

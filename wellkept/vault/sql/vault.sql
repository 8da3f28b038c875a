-- Wrapped keys: one for each subject and retention class, and the operator's own. In a database that holds nothing else.
-- No login role is granted a table. What each may do is a function it may execute, owned by {gate}.

create table wellkept.vault_key (
  subject uuid not null,
  retention text not null check (retention in ('benefits', 'contact', 'wellness', 'messages', 'inquiry')),
  wrapped bytea not null check (octet_length(wrapped) <= 1024),
  kek text not null,
  made_at timestamptz not null default clock_timestamp(),
  destroyed_at timestamptz,
  primary key (subject, retention),
  check ((destroyed_at is null) = (octet_length(wrapped) > 0))
);
comment on table wellkept.vault_key is 'personal: the wrapped data key of one subject and one retention class.';
comment on column wellkept.vault_key.subject is 'personal: whose values the key seals: a person, a plan''s enrolment, an organisation''s papers, an inquiry.';
comment on column wellkept.vault_key.retention is 'housekeeping: the class of values that ends together (B-04).';
comment on column wellkept.vault_key.wrapped is 'personal: the data key under the key-encryption key; empty once destroyed.';
comment on column wellkept.vault_key.kek is 'housekeeping: the fingerprint of the key-encryption key that wraps it.';
comment on column wellkept.vault_key.made_at is 'housekeeping: when the key was made.';
comment on column wellkept.vault_key.destroyed_at is 'personal: when the key was destroyed; what it sealed opens for nobody since.';

create table wellkept.vault_operator_key (
  name text primary key,
  wrapped bytea not null check (octet_length(wrapped) between 1 and 1024),
  kek text not null
);
comment on table wellkept.vault_operator_key is 'housekeeping: wrapped keys of the operator: blind indexes, the roster. Not derived from the key-encryption key, so that a rotation changes no index.';
comment on column wellkept.vault_operator_key.name is 'public: what the key is for.';
comment on column wellkept.vault_operator_key.wrapped is 'housekeeping: the key under the key-encryption key.';
comment on column wellkept.vault_operator_key.kek is 'housekeeping: the fingerprint of the key-encryption key that wraps it.';

create table wellkept.vault_kek_retired (
  kek text primary key,
  retired_at timestamptz not null default clock_timestamp()
);
comment on table wellkept.vault_kek_retired is 'housekeeping: key-encryption keys that wrap nothing any more, and may wrap nothing again.';
comment on column wellkept.vault_kek_retired.kek is 'housekeeping: the fingerprint of a key-encryption key.';
comment on column wellkept.vault_kek_retired.retired_at is 'housekeeping: since when.';

alter table wellkept.vault_key enable row level security;
alter table wellkept.vault_key force row level security;
alter table wellkept.vault_operator_key enable row level security;
alter table wellkept.vault_operator_key force row level security;
alter table wellkept.vault_kek_retired enable row level security;
alter table wellkept.vault_kek_retired force row level security;
create policy gate on wellkept.vault_key to {gate} using (true) with check (true);
create policy gate on wellkept.vault_operator_key to {gate} using (true) with check (true);
create policy gate on wellkept.vault_kek_retired to {gate} using (true) with check (true);
grant select, insert, update on wellkept.vault_key, wellkept.vault_operator_key to {gate};
grant select, insert on wellkept.vault_kek_retired to {gate};

-- What a page needs: the wrapped keys of a few subjects. Destroyed ones come empty. At most 500 subjects a call.
create function wellkept.vault_read(p_subjects uuid[], p_retention text[])
returns table (subject uuid, retention text, wrapped bytea, kek text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if cardinality(p_subjects) > 500 then
    raise program_limit_exceeded using message = 'the keys of at most 500 subjects are read at once';
  end if;
  return query select k.subject, k.retention, k.wrapped, k.kek from wellkept.vault_key k
    where k.subject = any (p_subjects) and k.retention = any (p_retention);
end $$;

-- Three lists of one length. Keeps what is not there yet and returns what stands, so that two who race end with one key;
-- a destroyed key stands, empty. Returns nothing at all when p_kek was retired meanwhile: wrap again under the new one.
create function wellkept.vault_make(p_subjects uuid[], p_retention text[], p_wrapped bytea[], p_kek text)
returns table (subject uuid, retention text, wrapped bytea, kek text)
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if cardinality(p_subjects) > 50000 then
    raise program_limit_exceeded using message = 'at most 50000 keys are made at once';
  end if;
  if cardinality(p_subjects) <> cardinality(p_retention) or cardinality(p_subjects) <> cardinality(p_wrapped) then
    raise invalid_parameter_value using message = 'the three lists differ in length';
  end if;
  -- Taken before looking: vault_retire holds a lock that conflicts with this one until it has committed.
  lock table wellkept.vault_key in row exclusive mode;
  if exists (select from wellkept.vault_kek_retired x where x.kek = p_kek) then return; end if;
  -- In the order of the key, so that two of these never wait for each other.
  insert into wellkept.vault_key (subject, retention, wrapped, kek)
    select u.s, u.r, u.w, p_kek from unnest(p_subjects, p_retention, p_wrapped) u (s, r, w) order by u.s, u.r
    on conflict do nothing;
  return query select k.subject, k.retention, k.wrapped, k.kek
    from (select distinct v.s, v.r from unnest(p_subjects, p_retention) v (s, r)) u
    join wellkept.vault_key k on k.subject = u.s and k.retention = u.r;
end $$;

-- The same for one subject: what a page needs when somebody writes the first value of a class, or a form opens an inquiry.
create function wellkept.vault_make_for(p_subject uuid, p_retention text[], p_wrapped bytea[], p_kek text)
returns table (subject uuid, retention text, wrapped bytea, kek text)
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  return query select m.subject, m.retention, m.wrapped, m.kek
    from wellkept.vault_make(array_fill(p_subject, array[cardinality(p_retention)]), p_retention, p_wrapped, p_kek) m;
end $$;

-- Ends a key, and returns when it ended (for the certificate); the earlier date when it had ended, null when there was none.
create function wellkept.vault_destroy(p_subject uuid, p_retention text) returns timestamptz
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_at timestamptz;
begin
  update wellkept.vault_key k
     set wrapped = '', destroyed_at = coalesce(k.destroyed_at, clock_timestamp())
   where k.subject = p_subject and k.retention = p_retention
   returning k.destroyed_at into v_at;
  return v_at;
end $$;

create function wellkept.vault_operator(p_name text) returns table (wrapped bytea, kek text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select o.wrapped, o.kek from wellkept.vault_operator_key o where o.name = p_name;
end $$;

-- Figures alone: how many keys of each class stand under which key-encryption key.
create function wellkept.vault_status()
returns table (retention text, kek text, living bigint, destroyed bigint, last_destroyed timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp set row_security = on as $$
begin
  return query select k.retention, k.kek, count(*) filter (where k.destroyed_at is null),
      count(*) filter (where k.destroyed_at is not null), max(k.destroyed_at)
    from wellkept.vault_key k group by k.retention, k.kek order by k.retention, k.kek;
end $$;

revoke execute on function wellkept.vault_read, wellkept.vault_make, wellkept.vault_make_for, wellkept.vault_destroy,
  wellkept.vault_operator, wellkept.vault_status from public;
grant execute on function wellkept.vault_read, wellkept.vault_operator to {web}, {entrance}, {jobs}, {mailroom}, {intake}, {release};
grant execute on function wellkept.vault_make to {intake};
grant execute on function wellkept.vault_make_for to {web}, {entrance}, {jobs}, {intake};
grant execute on function wellkept.vault_destroy to {release}, {jobs};
grant execute on function wellkept.vault_status to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.vault_read owner to {gate};
alter function wellkept.vault_make owner to {gate};
alter function wellkept.vault_make_for owner to {gate};
alter function wellkept.vault_destroy owner to {gate};
alter function wellkept.vault_operator owner to {gate};
alter function wellkept.vault_status owner to {gate};

-- What {owner} may execute is granted once the functions are the gate's: before, it would be the owner's own right and go with it.
set local role {gate};
grant execute on function wellkept.vault_status to {owner};
set local role {owner};

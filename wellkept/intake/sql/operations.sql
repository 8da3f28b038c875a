-- The operations page: what came in and what became of it, without people. An administrator's session is answered, no other.

create table wellkept.intake_handed (
  id uuid primary key,
  name text not null,
  bytes bigint not null,
  digest bytea not null,
  at timestamptz not null default now(),
  account uuid not null,
  actor text not null,
  mends uuid
);
create index intake_handed_at on wellkept.intake_handed (at desc);
comment on table wellkept.intake_handed is 'housekeeping: files that an administrator handed in on the operations page.';
comment on column wellkept.intake_handed.id is 'housekeeping: the handing in; the file in the inbox bears it in its name.';
comment on column wellkept.intake_handed.name is 'housekeeping: its name as it was sent, plain letters and digits alone.';
comment on column wellkept.intake_handed.bytes is 'housekeeping: how long it is.';
comment on column wellkept.intake_handed.digest is 'housekeeping: SHA-256 of its bytes, by which the file that was read is known again.';
comment on column wellkept.intake_handed.at is 'housekeeping: when.';
comment on column wellkept.intake_handed.account is 'personal: the account that handed it in.';
comment on column wellkept.intake_handed.actor is 'personal: the display name of who did.';
comment on column wellkept.intake_handed.mends is 'housekeeping: the file it mends, if one was named.';
grant select, insert on wellkept.intake_handed to {gate};

-- What is kept apart of a file is counted by the file.
create index intake_staged_kept on wellkept.intake_staged (file_id) where apart;
grant select on wellkept.intake_file, wellkept.intake_set, wellkept.intake_setaside to {gate};
grant select (id, sponsor, group_number) on wellkept.organisations_plan to {gate};
grant update (applied_at) on wellkept.intake_file to {gate};
grant select (file_id, kind, apart) on wellkept.intake_staged to {gate};
grant update (apart) on wellkept.intake_staged to {gate};

-- Where a file stands: reading, interrupted, confirm (what it would end waits for a word), waiting, applied.
create function wellkept.intake_state(p_file uuid, p_read_at timestamptz, p_applied_at timestamptz, p_counts jsonb) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return case
    when p_counts ? 'interrupted' then 'interrupted'
    when p_read_at is null then 'reading'
    when exists (select 1 from wellkept.intake_fullfile u where u.file_id = p_file and u.state = 'waiting') then 'confirm'
    when p_applied_at is null then 'waiting'
    else 'applied' end;
end $$;

-- A page of files, newest first. p_state: one of the states above, 'aside' or 'apart'; null for all. "files" is how many there are.
create function wellkept.intake_work(p_secret bytea, p_state text, p_file uuid, p_offset int, p_limit int)
returns table (id uuid, name text, sender text, mode text, began timestamptz, read_at timestamptz, applied_at timestamptz, counts jsonb, state text,
               kinds text[], kept bigint, files bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  select a.account into v_account from wellkept.people_administrator(p_secret) a;
  if v_account is null then return; end if;
  return query
  with stands as (
    select f.*, wellkept.intake_state(f.id, f.read_at, f.applied_at, f.counts) as state,
           exists (select 1 from wellkept.intake_staged s where s.file_id = f.id and s.apart) as apart
      from wellkept.intake_file f where p_file is null or f.id = p_file
  ), asked as (
    select t.*, count(*) over () as files from stands t
     where p_state is null or t.state = p_state or (p_state = 'apart' and t.apart)
        or (p_state = 'aside' and (coalesce((t.counts ->> 'sets_aside')::bigint, 0) > 0 or coalesce((t.counts ->> 'refused')::bigint, 0) > 0
                                   or exists (select 1 from wellkept.intake_setaside x where x.file_id = t.id and x.fatal)))
     order by t.began desc, t.id offset greatest(p_offset, 0) limit least(p_limit, 100)
  )
  select q.id, q.name, q.sender, q.mode, q.began, q.read_at, q.applied_at, q.counts, q.state,
         array(select distinct k.kind from (select s.kind from wellkept.intake_set s where s.file_id = q.id limit 2000) k order by 1),
         case when q.apart then (select count(*) from (select 1 from wellkept.intake_staged s where s.file_id = q.id and s.apart limit 10001) w) else 0 end,
         q.files
    from asked q order by q.began desc, q.id;
end $$;

-- What was set aside of a file and why: places and reasons, never a value.
create function wellkept.intake_aside(p_secret bytea, p_file uuid, p_offset int, p_limit int)
returns table (interchange text, set_number text, segment bigint, element text, reason text, fatal boolean, found bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select x.interchange, x.set_number, x.segment, x.element, x.reason, x.fatal, count(*) over ()
    from wellkept.people_administrator(p_secret) a, wellkept.intake_setaside x
   where a.account is not null and x.file_id = p_file order by x.id offset greatest(p_offset, 0) limit least(p_limit, 200);
end $$;

-- What of a file waits to be applied and what is kept apart, by kind.
create function wellkept.intake_left(p_secret bytea, p_file uuid) returns table (kind text, waits bigint, apart bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select s.kind, count(*) filter (where not s.apart), count(*) filter (where s.apart)
    from wellkept.people_administrator(p_secret) a, wellkept.intake_staged s
   where a.account is not null and s.file_id = p_file group by s.kind order by s.kind;
end $$;

-- Lets what is kept apart of a file be tried again: it waits, and so does its file. The next run of intake applies it.
create function wellkept.intake_try_again(p_secret bytea, p_file uuid) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
  v_name text;
  v_released bigint;
begin
  select * into a from wellkept.people_administrator(p_secret);
  select f.name into v_name from wellkept.intake_file f where f.id = p_file and f.read_at is not null;
  if a.account is null or not found then return null; end if;
  update wellkept.intake_staged s set apart = false where s.file_id = p_file and s.apart;
  get diagnostics v_released = row_count;
  if v_released = 0 then return 0; end if;
  update wellkept.intake_file f set applied_at = null where f.id = p_file;
  perform wellkept.ledger_write('tried again', a.occasion, a.account, 'administrator', a.actor, '{}', null, '{}', false, left(v_name, 120), 'U-43');
  return v_released;
end $$;

-- What a full file would end, plan by plan, while it waits for a word: numbers alone.
create function wellkept.intake_would_end(p_secret bytea, p_file uuid)
returns table (sponsor text, group_number text, line text, covered bigint, absent bigint, absent_on date)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select coalesce(p.sponsor, ''), coalesce(p.group_number, ''), u.line, u.covered, u.absent, u.absent_on
    from wellkept.people_administrator(p_secret) a, wellkept.intake_fullfile u left join wellkept.organisations_plan p on p.id = u.plan_id
   where a.account is not null and u.file_id = p_file and u.state = 'waiting' order by 1, 2, 3;
end $$;

-- Confirms what a full file would end, and says who did.
create function wellkept.intake_confirmed(p_secret bytea, p_file uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
  v_name text;
begin
  select * into a from wellkept.people_administrator(p_secret);
  select f.name into v_name from wellkept.intake_file f where f.id = p_file;
  if a.account is null or not found then return false; end if;
  if not wellkept.intake_confirm_ends(p_secret, p_file) then return false; end if;
  perform wellkept.ledger_write('confirmed ends', a.occasion, a.account, 'administrator', a.actor, '{}', null, '{}', false, left(v_name, 120), 'U-43');
  return true;
end $$;

-- Notes that an administrator hands a file in, before it can be seen in the inbox.
create function wellkept.intake_hand_in(p_secret bytea, p_id uuid, p_name text, p_bytes bigint, p_digest bytea, p_mends uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
begin
  select * into a from wellkept.people_administrator(p_secret);
  if a.account is null or p_name !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' or length(p_digest) <> 32 then return false; end if;
  insert into wellkept.intake_handed (id, name, bytes, digest, account, actor, mends)
  values (p_id, p_name, p_bytes, p_digest, a.account, a.actor, (select f.id from wellkept.intake_file f where f.id = p_mends));
  perform wellkept.ledger_write('handed in', a.occasion, a.account, 'administrator', a.actor, '{}', null, '{}', false,
    p_name || ', SHA-256 ' || encode(p_digest, 'hex'), 'U-43');
  return true;
end $$;

-- What was handed in lately, and which file was read from it: the same bytes, read since.
create function wellkept.intake_handed_in(p_secret bytea)
returns table (id uuid, name text, bytes bigint, at timestamptz, actor text, mends uuid, file_id uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select h.id, h.name, h.bytes, h.at, h.actor, h.mends,
         (select f.id from wellkept.intake_file f where f.digest = h.digest and f.began > h.at order by f.began limit 1)
    from wellkept.people_administrator(p_secret) a, wellkept.intake_handed h
   where a.account is not null and h.at > now() - interval '14 days' order by h.at desc limit 20;
end $$;

-- Which files and sets said something of the record a split is about: what kinds and how much, no value.
create function wellkept.intake_split_sources(p_secret bytea, p_split uuid)
returns table (file_id uuid, set_number text, name text, sender text, began timestamptz, enrolments bigint, coverages bigint, filings bigint, decisions bigint, premiums bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_person uuid := wellkept.people_split_of(p_secret, p_split);
  v_account uuid;
begin
  select a.account into v_account from wellkept.people_administrator(p_secret) a;
  if v_person is null or not wellkept.people_seen(v_account, array[v_person]) then return; end if;
  return query
  select t.file_id, t.set_number, f.name, f.sender, f.began, count(*) filter (where t.what = 'e'), count(*) filter (where t.what = 'o'),
         count(*) filter (where t.what = 'f'), count(*) filter (where t.what = 'd'),
         count(*) filter (where t.what = 'p')
    from (select i.file_id, i.set_number, 'e' as what from wellkept.people_identity i where i.person_id = v_person
          union all select p.file_id, p.set_number, 'e' from wellkept.people_person p where p.person_id = v_person
          union all select c.file_id, c.set_number, 'o' from wellkept.benefits_coverage c where c.person_id = v_person
          union all select b.file_id, b.set_number, 'f' from wellkept.benefits_filing b where b.person_id = v_person
          union all select d.file_id, d.set_number, 'd' from wellkept.benefits_decision d where d.person_id = v_person
          union all select m.file_id, m.set_number, 'p' from wellkept.intake_premium m where m.person_id = v_person) t
    left join wellkept.intake_file f on f.id = t.file_id
   group by t.file_id, t.set_number, f.name, f.sender, f.began order by f.began, t.file_id, t.set_number limit 500;
end $$;

-- A claim of which every statement moved to another record goes from the first.
grant delete on wellkept.benefits_claim to {intake};

-- The gate counts rows of a record by the file and set that said them; it reads no other column. It may have its policy already.
do $$
declare
  v_table name;
begin
  foreach v_table in array array['people_person', 'benefits_filing', 'benefits_decision', 'intake_premium'] loop
    if not exists (select 1 from pg_policies p where p.schemaname = 'wellkept' and p.tablename = v_table and p.policyname = 'answered') then
      execute format('create policy answered on wellkept.%I to {gate} using (true) with check (true)', v_table);
    end if;
    execute format('grant select (person_id, file_id, set_number) on wellkept.%I to {gate}', v_table);
  end loop;
end $$;

revoke execute on function wellkept.intake_state, wellkept.intake_work, wellkept.intake_aside, wellkept.intake_left, wellkept.intake_try_again, wellkept.intake_would_end, wellkept.intake_confirmed, wellkept.intake_hand_in, wellkept.intake_handed_in, wellkept.intake_split_sources from public;
grant execute on function wellkept.intake_state to {gate};
grant execute on function wellkept.intake_work, wellkept.intake_aside, wellkept.intake_left, wellkept.intake_try_again, wellkept.intake_would_end, wellkept.intake_confirmed, wellkept.intake_hand_in, wellkept.intake_handed_in, wellkept.intake_split_sources to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.intake_state owner to {gate};
alter function wellkept.intake_work owner to {gate};
alter function wellkept.intake_aside owner to {gate};
alter function wellkept.intake_left owner to {gate};
alter function wellkept.intake_try_again owner to {gate};
alter function wellkept.intake_would_end owner to {gate};
alter function wellkept.intake_confirmed owner to {gate};
alter function wellkept.intake_hand_in owner to {gate};
alter function wellkept.intake_handed_in owner to {gate};
alter function wellkept.intake_split_sources owner to {gate};

-- Two records of one human, joined by a link that two administrators make and either can end; one record of two humans, split.
-- Nothing is written into either record: a join is a row here, and the gate asks it at each opening.

-- Pairs of records with the same name and birth date, found by their keyed hashes alone.
create table wellkept.people_pair (
  id uuid primary key default gen_random_uuid(),
  one uuid not null,
  other uuid not null,
  found_at timestamptz not null default now(),
  apart_at timestamptz,
  apart_by text,
  check (one < other),
  unique (one, other)
);
create index people_pair_other on wellkept.people_pair (other);
comment on table wellkept.people_pair is 'personal: records that may be of one human, by keyed hashes; an administrator decides.';
comment on column wellkept.people_pair.id is 'housekeeping: the pair.';
comment on column wellkept.people_pair.one is 'personal: one of the two records.';
comment on column wellkept.people_pair.other is 'personal: the other record.';
comment on column wellkept.people_pair.found_at is 'housekeeping: when the hashes were compared.';
comment on column wellkept.people_pair.apart_at is 'personal: when somebody decided that they are two humans.';
comment on column wellkept.people_pair.apart_by is 'personal: the display name of who decided.';

create table wellkept.people_join (
  id uuid primary key,
  one uuid not null,
  other uuid not null,
  reason bytea not null,
  reason_other bytea not null,
  asked_at timestamptz not null default now(),
  asked_by uuid not null,
  asked_actor text not null,
  confirmed_at timestamptz,
  confirmed_by uuid check (confirmed_by <> asked_by),
  confirmed_actor text,
  ended_at timestamptz,
  ended_by uuid,
  ended_actor text,
  check (one < other)
);
create unique index people_join_open on wellkept.people_join (one, other) where ended_at is null;
create index people_join_other on wellkept.people_join (other) where ended_at is null;
comment on table wellkept.people_join is 'personal: which two records are of one human, who said so, and until when.';
comment on column wellkept.people_join.id is 'housekeeping: the join.';
comment on column wellkept.people_join.one is 'personal: one of the two records.';
comment on column wellkept.people_join.other is 'personal: the other record.';
comment on column wellkept.people_join.reason is 'personal: sealed for the one; why they are one human.';
comment on column wellkept.people_join.reason_other is 'personal: the same, sealed for the other.';
comment on column wellkept.people_join.asked_at is 'housekeeping: when an administrator asked for it.';
comment on column wellkept.people_join.asked_by is 'personal: the account that asked.';
comment on column wellkept.people_join.asked_actor is 'personal: the display name of who asked.';
comment on column wellkept.people_join.confirmed_at is 'housekeeping: since when it holds; null while a second administrator has not confirmed.';
comment on column wellkept.people_join.confirmed_by is 'personal: the account that confirmed, another than the one that asked.';
comment on column wellkept.people_join.confirmed_actor is 'personal: the display name of who confirmed.';
comment on column wellkept.people_join.ended_at is 'housekeeping: when it ended, or was declined.';
comment on column wellkept.people_join.ended_by is 'personal: the account that ended it.';
comment on column wellkept.people_join.ended_actor is 'personal: the display name of who ended it; null where a member did.';

create table wellkept.people_split (
  id uuid primary key,
  one uuid not null,
  other uuid not null unique,
  begun_at timestamptz not null default now(),
  begun_by uuid not null,
  begun_actor text not null,
  asked_at timestamptz,
  asked_actor text,
  done_at timestamptz,
  ended_at timestamptz
);
create unique index people_split_open on wellkept.people_split (one) where done_at is null and ended_at is null;
comment on table wellkept.people_split is 'personal: one record of two humans: what files said of the other moves to a record of its own.';
comment on column wellkept.people_split.id is 'housekeeping: the split and the occasion of its work.';
comment on column wellkept.people_split.one is 'personal: the record that stays.';
comment on column wellkept.people_split.other is 'personal: the new record; what files say of it is named as they named it before.';
comment on column wellkept.people_split.begun_at is 'housekeeping: when an administrator began to look.';
comment on column wellkept.people_split.begun_by is 'personal: the account that looks.';
comment on column wellkept.people_split.begun_actor is 'personal: the display name of who looks.';
comment on column wellkept.people_split.asked_at is 'housekeeping: when the parts were chosen; from then on the work may be done.';
comment on column wellkept.people_split.asked_actor is 'personal: the display name of who chose.';
comment on column wellkept.people_split.done_at is 'housekeeping: when everything had moved.';
comment on column wellkept.people_split.ended_at is 'housekeeping: when it was dropped before anything moved.';

create table wellkept.people_split_part (
  split uuid not null references wellkept.people_split,
  file_id uuid not null,
  set_number text not null,
  done_at timestamptz,
  primary key (split, file_id, set_number)
);
comment on table wellkept.people_split_part is 'housekeeping: which files and sets belong to the other record, and which have moved.';
comment on column wellkept.people_split_part.split is 'housekeeping: the split.';
comment on column wellkept.people_split_part.file_id is 'housekeeping: the file.';
comment on column wellkept.people_split_part.set_number is 'housekeeping: the set in that file.';
comment on column wellkept.people_split_part.done_at is 'housekeeping: when what it said had moved.';

grant select, insert, update on wellkept.people_pair, wellkept.people_join, wellkept.people_split, wellkept.people_split_part to {gate};
grant update (person_id) on wellkept.people_identity to {gate};
grant select on wellkept.people_identity to {gate};
grant insert, delete on wellkept.people_finder to {gate};

-- The administrator whose open session this is, and who has signed what administrators sign. Nobody else: three nulls.
create function wellkept.people_administrator(p_secret bytea, out account uuid, out actor text, out occasion uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select s.account_id, s.actor, s.occasion into account, actor, occasion from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'administrator'
     and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement')
     and not exists (select 1 from wellkept.access_door d where d.closed_at is not null);
end $$;

-- Whether two records are joined, now. Asked by the gate: what is one's own is what is joined to it too.
create function wellkept.people_joined(p_person uuid, p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.people_join j
     where j.one = least(p_person, p_subject) and j.other = greatest(p_person, p_subject) and j.confirmed_at is not null and j.ended_at is null);
end $$;

-- With which records a record is joined, now: a letter to one goes where the other asked in confidence.
create function wellkept.people_joined_with(p_person uuid) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(
    select case when j.one = p_person then j.other else j.one end from wellkept.people_join j
     where p_person in (j.one, j.other) and j.confirmed_at is not null and j.ended_at is null order by j.confirmed_at, j.id);
end $$;

-- Whether a record is an administrator's work: of a pair nobody decided about, of a join, or of a split of the last 30 days.
create function wellkept.people_at_work(p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.people_pair p where p.one = p_subject and p.apart_at is null)
    or exists (select 1 from wellkept.people_pair p where p.other = p_subject and p.apart_at is null)
    or exists (select 1 from wellkept.people_join j where j.one = p_subject and j.ended_at is null)
    or exists (select 1 from wellkept.people_join j where j.other = p_subject and j.ended_at is null)
    or exists (select 1 from wellkept.people_split s where s.one = p_subject and s.ended_at is null and s.done_at is null);
end $$;

-- Whether an account has opened, or found by a search, all of these people in the last ten minutes: nobody decides unseen.
create function wellkept.people_seen(p_account uuid, p_subjects uuid[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.ledger_entry e
     where e.account = p_account and e.kind in ('opened', 'searched') and e.at > now() - interval '10 min' and e.at < now() + interval '1 min'
       and 'identity' = any (e.categories) and e.subjects @> p_subjects and e.xact is distinct from pg_current_xact_id_if_assigned());
end $$;

-- One entry for each of some people, so that neither reads who the other is.
create function wellkept.people_enter(p_kind text, p_occasion uuid, p_account uuid, p_role text, p_actor text, p_subjects uuid[]) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_subject uuid;
begin
  foreach v_subject in array p_subjects loop
    perform wellkept.ledger_write(p_kind, p_occasion, p_account, p_role, p_actor, array[v_subject], 'MEMADMIN', array['identity'],
      p_role = 'member', null, 'U-43');
  end loop;
end $$;

-- Compares the keyed hashes of name and birth date, and of social security numbers, whose first byte is p_byte, and remembers new
-- pairs. Where more than five records share one, it is too common to say anything; a number that a household shares is its subscriber's.
create function wellkept.people_find_pairs(p_byte int) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_found int;
begin
  insert into wellkept.people_pair (one, other)
  select distinct a.person_id, b.person_id
    from (select f.index, f.kind from wellkept.people_finder f
           where f.kind in ('name_birth', 'social_security') and f.index >= set_byte('\x00'::bytea, 0, p_byte)
             and (p_byte = 255 or f.index < set_byte('\x00'::bytea, 0, least(p_byte + 1, 255)))
           group by f.index, f.kind having count(*) between 2 and 5) several
    join wellkept.people_finder a on a.index = several.index and a.kind = several.kind
    join wellkept.people_finder b on b.index = several.index and b.kind = several.kind and b.person_id > a.person_id
   where not exists (select 1 from wellkept.people_join j where j.one = a.person_id and j.other = b.person_id and j.ended_at is null)
     and (several.kind = 'name_birth' or not exists (
       select 1 from wellkept.people_household h join wellkept.people_household k on k.household_id = h.household_id
        where h.person_id = a.person_id and k.person_id = b.person_id))
  on conflict (one, other) do nothing;
  get diagnostics v_found = row_count;
  return v_found;
end $$;

-- A person at the terminal names a pair to look at. Nothing is joined by it.
create function wellkept.people_pair_name(p_one uuid, p_other uuid) returns uuid
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_pair uuid;
begin
  if (select count(distinct f.person_id) from wellkept.people_finder f where f.person_id in (p_one, p_other)) <> 2 then return null; end if;
  insert into wellkept.people_pair as p (one, other) values (least(p_one, p_other), greatest(p_one, p_other))
  on conflict (one, other) do update set apart_at = null, apart_by = null returning p.id into v_pair;
  return v_pair;
end $$;

-- A person at the terminal ends a join at once.
create function wellkept.people_join_stop(p_join uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  j wellkept.people_join;
begin
  update wellkept.people_join x set ended_at = now(), ended_actor = 'a command' where x.id = p_join and x.ended_at is null returning x.* into j;
  if not found then return false; end if;
  perform wellkept.people_enter('unjoined', null, null, wellkept.machine_role(), null, array[j.one, j.other]);
  return true;
end $$;

-- The pairs nobody decided about, oldest first. Numbers alone: who they are is opened.
create function wellkept.people_pairs(p_secret bytea) returns table (id uuid, found_at timestamptz, plans int)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select p.id, p.found_at, (select count(distinct f.plan_id)::int from wellkept.people_finder f where f.person_id in (p.one, p.other))
    from wellkept.people_administrator(p_secret) a, wellkept.people_pair p
   where a.account is not null and p.apart_at is null
     and not exists (select 1 from wellkept.people_join j where j.one = p.one and j.other = p.other and j.ended_at is null)
   order by p.found_at, p.id limit 50;
end $$;

-- The two records of a pair, for an opening of both.
create function wellkept.people_pair_of(p_secret bytea, p_pair uuid) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select array[p.one, p.other] from wellkept.people_administrator(p_secret) a, wellkept.people_pair p
           where a.account is not null and p.id = p_pair and p.apart_at is null);
end $$;

-- They are two humans: nobody is asked again. Whoever says so has opened both.
create function wellkept.people_tell_apart(p_secret bytea, p_pair uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
  p wellkept.people_pair;
begin
  select * into a from wellkept.people_administrator(p_secret);
  update wellkept.people_pair x set apart_at = now(), apart_by = a.actor
   where x.id = p_pair and x.apart_at is null and a.account is not null and wellkept.people_seen(a.account, array[x.one, x.other])
  returning x.* into p;
  if not found then return false; end if;
  perform wellkept.people_enter('told apart', a.occasion, a.account, 'administrator', a.actor, array[p.one, p.other]);
  return true;
end $$;

-- Asks that two records be joined. Nothing is joined until another administrator confirms.
create function wellkept.people_join_ask(p_secret bytea, p_id uuid, p_one uuid, p_other uuid, p_reason bytea, p_reason_other bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
begin
  select * into a from wellkept.people_administrator(p_secret);
  if a.account is null or p_one >= p_other or not wellkept.people_seen(a.account, array[p_one, p_other]) then return false; end if;
  insert into wellkept.people_join (id, one, other, reason, reason_other, asked_by, asked_actor)
  values (p_id, p_one, p_other, p_reason, p_reason_other, a.account, a.actor) on conflict do nothing;
  if not found then return false; end if;
  perform wellkept.people_enter('join asked', a.occasion, a.account, 'administrator', a.actor, array[p_one, p_other]);
  return true;
end $$;

-- Joins what another administrator asked for. Whoever confirms has opened both.
create function wellkept.people_join_confirm(p_secret bytea, p_join uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
  j wellkept.people_join;
begin
  select * into a from wellkept.people_administrator(p_secret);
  update wellkept.people_join x set confirmed_at = now(), confirmed_by = a.account, confirmed_actor = a.actor
   where x.id = p_join and x.confirmed_at is null and x.ended_at is null and a.account is not null and x.asked_by <> a.account
     and wellkept.people_seen(a.account, array[x.one, x.other])
  returning x.* into j;
  if not found then return false; end if;
  perform wellkept.people_enter('joined', a.occasion, a.account, 'administrator', a.actor, array[j.one, j.other]);
  return true;
end $$;

-- Ends a join at once, or declines one that waits. It takes one administrator: it opens nothing to anybody.
create function wellkept.people_join_end(p_secret bytea, p_join uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
  j wellkept.people_join;
begin
  select * into a from wellkept.people_administrator(p_secret);
  update wellkept.people_join x set ended_at = now(), ended_by = a.account, ended_actor = a.actor
   where x.id = p_join and x.ended_at is null and a.account is not null
  returning x.* into j;
  if not found then return false; end if;
  perform wellkept.people_enter(case when j.confirmed_at is null then 'join declined' else 'unjoined' end,
    a.occasion, a.account, 'administrator', a.actor, array[j.one, j.other]);
  return true;
end $$;

-- A member says that a join of their record is wrong: it ends at once.
create function wellkept.people_join_disown(p_secret bytea, p_join uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s record;
  j wellkept.people_join;
begin
  select x.account_id, x.person_id, x.occasion into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle and x.role = 'member' and x.person_id is not null;
  if not found then return false; end if;
  update wellkept.people_join x set ended_at = now(), ended_by = s.account_id
   where x.id = p_join and x.confirmed_at is not null and x.ended_at is null and s.person_id in (x.one, x.other)
  returning x.* into j;
  if not found then return false; end if;
  perform wellkept.ledger_write('unjoined', s.occasion, s.account_id, 'member', null, array[s.person_id], 'PATRQT', array['identity'], true, null, 'U-43');
  -- The other record reads that it ended, and not who said so: they may be two humans.
  perform wellkept.ledger_write('unjoined', null, null, 'jobs', null, array[case when s.person_id = j.one then j.other else j.one end],
    'MEMADMIN', array['identity'], false, null, 'U-43');
  return true;
end $$;

-- Joins that wait, hold, or ended in the last 30 days, for administrators. No names of members.
create function wellkept.people_joins(p_secret bytea)
returns table (id uuid, asked_at timestamptz, asked_actor text, mine boolean, confirmed_at timestamptz, confirmed_actor text, ended_at timestamptz, ended_actor text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select j.id, j.asked_at, j.asked_actor, j.asked_by = a.account, j.confirmed_at, j.confirmed_actor, j.ended_at, j.ended_actor
    from wellkept.people_administrator(p_secret) a, wellkept.people_join j
   where a.account is not null and (j.ended_at is null or j.ended_at > now() - interval '30 days')
   order by j.ended_at is not null, j.confirmed_at is not null, j.asked_at desc limit 100;
end $$;

-- The two records of a join and why they are one, sealed for each.
create function wellkept.people_join_of(p_secret bytea, p_join uuid) returns table (one uuid, other uuid, reason bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select j.one, j.other, j.reason from wellkept.people_administrator(p_secret) a, wellkept.people_join j
   where a.account is not null and j.id = p_join and j.ended_at is null;
end $$;

-- The joins of the session's own record that hold. The reason opens with the person's own key.
create function wellkept.people_my_joins(p_secret bytea)
returns table (id uuid, confirmed_at timestamptz, asked_actor text, confirmed_actor text, reason bytea, other uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select j.id, j.confirmed_at, j.asked_actor, j.confirmed_actor, case when s.person_id = j.one then j.reason else j.reason_other end,
         case when s.person_id = j.one then j.other else j.one end
    from wellkept.accounts_session s join wellkept.people_join j on s.person_id in (j.one, j.other)
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'member'
     and j.confirmed_at is not null and j.ended_at is null
   order by j.confirmed_at desc;
end $$;

-- Begins to look at one record of two humans. Whoever begins has found the person by a search, or opened them.
create function wellkept.people_split_begin(p_secret bytea, p_id uuid, p_person uuid, p_other uuid) returns uuid
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
begin
  select * into a from wellkept.people_administrator(p_secret);
  if a.account is null or p_person = p_other or not wellkept.people_seen(a.account, array[p_person])
     or exists (select 1 from wellkept.people_finder f where f.person_id = p_other) then
    return null;
  end if;
  insert into wellkept.people_split (id, one, other, begun_by, begun_actor) values (p_id, p_person, p_other, a.account, a.actor) on conflict do nothing;
  return (select s.id from wellkept.people_split s where s.one = p_person and s.done_at is null and s.ended_at is null);
end $$;

-- Splits that are looked at, worked on, or were done in the last 30 days. No names.
create function wellkept.people_splits(p_secret bytea)
returns table (id uuid, begun_at timestamptz, begun_actor text, asked_at timestamptz, done_at timestamptz, ended_at timestamptz, parts bigint, parts_done bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select s.id, s.begun_at, s.begun_actor, s.asked_at, s.done_at, s.ended_at,
         (select count(*) from wellkept.people_split_part p where p.split = s.id),
         (select count(*) from wellkept.people_split_part p where p.split = s.id and p.done_at is not null)
    from wellkept.people_administrator(p_secret) a, wellkept.people_split s
   where a.account is not null and coalesce(s.done_at, s.ended_at, now()) > now() - interval '30 days'
   order by s.begun_at desc limit 100;
end $$;

-- Whose record a split is about, while it is looked at.
create function wellkept.people_split_of(p_secret bytea, p_split uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select s.one from wellkept.people_administrator(p_secret) a, wellkept.people_split s
           where a.account is not null and s.id = p_split and s.asked_at is null and s.ended_at is null);
end $$;

-- These files and sets belong to the other human. From now on the work may be done.
create function wellkept.people_split_ask(p_secret bytea, p_split uuid, p_files uuid[], p_sets text[]) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a record;
  s wellkept.people_split;
begin
  select * into a from wellkept.people_administrator(p_secret);
  if a.account is null or coalesce(cardinality(p_files), 0) = 0 or cardinality(p_files) <> cardinality(p_sets) or cardinality(p_files) > 500 then return false; end if;
  update wellkept.people_split x set asked_at = now(), asked_actor = a.actor
   where x.id = p_split and x.asked_at is null and x.ended_at is null and wellkept.people_seen(a.account, array[x.one])
  returning x.* into s;
  if not found then return false; end if;
  insert into wellkept.people_split_part (split, file_id, set_number)
  select p_split, u.f, u.n from unnest(p_files, p_sets) u (f, n) where u.f is not null and u.n is not null on conflict do nothing;
  perform wellkept.people_enter('split asked', a.occasion, a.account, 'administrator', a.actor, array[s.one]);
  return true;
end $$;

-- Drops a split before anything was chosen.
create function wellkept.people_split_drop(p_secret bytea, p_split uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.people_split x set ended_at = now()
   where x.id = p_split and x.asked_at is null and x.ended_at is null
     and exists (select 1 from wellkept.people_administrator(p_secret) a where a.account is not null);
  return found;
end $$;

-- For the machine that does the work: the oldest split that was asked for and is not done, and what of it has not moved.
create function wellkept.people_split_next() returns table (id uuid, one uuid, other uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select s.id, s.one, s.other from wellkept.people_split s
   where s.asked_at is not null and s.done_at is null and s.ended_at is null order by s.asked_at, s.id limit 1;
end $$;

create function wellkept.people_split_parts(p_split uuid) returns table (file_id uuid, set_number text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select p.file_id, p.set_number from wellkept.people_split_part p where p.split = p_split and p.done_at is null order by p.file_id, p.set_number;
end $$;

-- Notes, in the transaction that moves it, that a part has moved. Both records must be open in it.
create function wellkept.people_split_moved(p_split uuid, p_file uuid, p_set text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.people_split_part p set done_at = now() from wellkept.people_split s
   where p.split = p_split and p.file_id = p_file and p.set_number = p_set and p.done_at is null and s.id = p_split
     and s.asked_at is not null and s.done_at is null and array[s.one, s.other] <@ wellkept.held_subjects();
  if not found then raise insufficient_privilege using message = 'that part is not to be moved now'; end if;
  update wellkept.people_identity i set person_id = s.other from wellkept.people_split s
   where s.id = p_split and i.person_id = s.one and i.file_id = p_file and i.set_number = p_set;
end $$;

-- Ends a split once every part has moved. From now on each is found only under the hashes that its own record names; others are
-- forgotten, and what they would find is kept apart until an enrolment file names its person again.
create function wellkept.people_split_done(p_split uuid, p_one bytea[], p_other bytea[]) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.people_split;
begin
  update wellkept.people_split x set done_at = now()
   where x.id = p_split and x.asked_at is not null and x.done_at is null and array[x.one, x.other] <@ wellkept.held_subjects()
     and not exists (select 1 from wellkept.people_split_part p where p.split = p_split and p.done_at is null)
  returning x.* into s;
  if not found then raise insufficient_privilege using message = 'that split cannot end now'; end if;
  insert into wellkept.people_finder (index, kind, person_id, plan_id, until)
  select f.index, f.kind, s.other, f.plan_id, f.until from wellkept.people_finder f where f.person_id = s.one and f.index = any (p_other) on conflict do nothing;
  delete from wellkept.people_finder f where f.person_id = s.one and not f.index = any (p_one);
  -- The machine did what an administrator had asked for, under whose name people read it.
  perform wellkept.people_enter('split', p_split, null, 'administrator', s.asked_actor, array[s.one, s.other]);
end $$;

-- As whom files named a record when they were first read: what is said again of a record that was split off is then the same row.
create function wellkept.people_origins(p_people uuid[]) returns table (person uuid, origin uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  with recursive back as (
    select s.other as person, s.one as origin, 1 as steps from wellkept.people_split s where s.other = any (p_people) and s.asked_at is not null
    union all
    select b.person, s.one, b.steps + 1 from back b join wellkept.people_split s on s.other = b.origin and s.asked_at is not null where b.steps < 20
  )
  select distinct on (b.person) b.person, b.origin from back b order by b.person, b.steps desc;
end $$;

revoke execute on function wellkept.people_administrator, wellkept.people_joined, wellkept.people_joined_with, wellkept.people_at_work, wellkept.people_seen, wellkept.people_enter,
  wellkept.people_find_pairs, wellkept.people_pair_name, wellkept.people_join_stop, wellkept.people_pairs, wellkept.people_pair_of, wellkept.people_tell_apart, wellkept.people_join_ask,
  wellkept.people_join_confirm, wellkept.people_join_end, wellkept.people_join_disown, wellkept.people_joins, wellkept.people_join_of,
  wellkept.people_my_joins, wellkept.people_split_begin, wellkept.people_splits, wellkept.people_split_of, wellkept.people_split_ask,
  wellkept.people_split_drop, wellkept.people_split_next, wellkept.people_split_parts, wellkept.people_split_moved, wellkept.people_split_done,
  wellkept.people_origins from public;
grant execute on function wellkept.people_administrator, wellkept.people_joined, wellkept.people_at_work, wellkept.people_seen, wellkept.people_enter to {gate};
grant execute on function wellkept.people_find_pairs, wellkept.people_pair_name, wellkept.people_join_stop to {jobs};
grant execute on function wellkept.people_joined_with to {mailroom};
grant execute on function wellkept.people_pairs, wellkept.people_pair_of, wellkept.people_tell_apart, wellkept.people_join_ask, wellkept.people_join_confirm,
  wellkept.people_join_end, wellkept.people_join_disown, wellkept.people_joins, wellkept.people_join_of, wellkept.people_my_joins,
  wellkept.people_split_begin, wellkept.people_splits, wellkept.people_split_of, wellkept.people_split_ask, wellkept.people_split_drop to {web};
grant execute on function wellkept.people_split_next, wellkept.people_split_parts, wellkept.people_split_moved, wellkept.people_split_done, wellkept.people_origins to {intake};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.people_administrator owner to {gate};
alter function wellkept.people_joined owner to {gate};
alter function wellkept.people_joined_with owner to {gate};
alter function wellkept.people_at_work owner to {gate};
alter function wellkept.people_seen owner to {gate};
alter function wellkept.people_enter owner to {gate};
alter function wellkept.people_find_pairs owner to {gate};
alter function wellkept.people_pair_name owner to {gate};
alter function wellkept.people_join_stop owner to {gate};
alter function wellkept.people_pairs owner to {gate};
alter function wellkept.people_pair_of owner to {gate};
alter function wellkept.people_tell_apart owner to {gate};
alter function wellkept.people_join_ask owner to {gate};
alter function wellkept.people_join_confirm owner to {gate};
alter function wellkept.people_join_end owner to {gate};
alter function wellkept.people_join_disown owner to {gate};
alter function wellkept.people_joins owner to {gate};
alter function wellkept.people_join_of owner to {gate};
alter function wellkept.people_my_joins owner to {gate};
alter function wellkept.people_split_begin owner to {gate};
alter function wellkept.people_splits owner to {gate};
alter function wellkept.people_split_of owner to {gate};
alter function wellkept.people_split_ask owner to {gate};
alter function wellkept.people_split_drop owner to {gate};
alter function wellkept.people_split_next owner to {gate};
alter function wellkept.people_split_parts owner to {gate};
alter function wellkept.people_split_moved owner to {gate};
alter function wellkept.people_split_done owner to {gate};
alter function wellkept.people_origins owner to {gate};

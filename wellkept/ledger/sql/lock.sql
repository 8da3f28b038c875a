-- The lock: no committed entry, no row. What is held in a transaction, and the policy every record table stands under.

create unlogged table wellkept.gate_held (
  backend int primary key,
  entry bigint not null,
  xact xid8 not null,
  subjects uuid[] not null,
  categories text[] not null,
  own boolean not null
) with (fillfactor = 50);
comment on table wellkept.gate_held is 'housekeeping: what one connection has open in its present transaction.';
comment on column wellkept.gate_held.backend is 'housekeeping: the connection.';
comment on column wellkept.gate_held.entry is 'housekeeping: the entry that opened it.';
comment on column wellkept.gate_held.xact is 'housekeeping: the transaction in which it is open.';
comment on column wellkept.gate_held.subjects is 'personal: whose rows are open.';
comment on column wellkept.gate_held.categories is 'housekeeping: which kinds of rows.';
comment on column wellkept.gate_held.own is 'housekeeping: whether restricted rows are open too.';
grant select, insert, update on wellkept.gate_held to {gate};

-- A commit that has something to flush, for a caller whose entry is not on disk yet, and how far the log reached before it.
create table wellkept.gate_flushed (backend int primary key, xact xid8 not null, upto pg_lsn not null) with (fillfactor = 50);
comment on table wellkept.gate_flushed is 'housekeeping: written so that a commit flushes.';
comment on column wellkept.gate_flushed.backend is 'housekeeping: the connection.';
comment on column wellkept.gate_flushed.xact is 'housekeeping: the transaction that flushes.';
comment on column wellkept.gate_flushed.upto is 'housekeeping: where the log stood when it began, after every earlier commit of the connection.';
grant select, insert, update on wellkept.gate_flushed to {gate};
create function wellkept.gate_flush() returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  insert into wellkept.gate_flushed as f (backend, xact, upto) values (pg_backend_pid(), pg_current_xact_id(), pg_current_wal_insert_lsn())
  on conflict (backend) do update set xact = excluded.xact, upto = excluded.upto;
end $$;

-- The write-ahead log must be on disk past the commit of the entry before a row is shown. A session can switch
-- synchronous_commit off for itself and no grant forbids that, so a commit by itself proves nothing. The insert position
-- now lies behind that commit; everything before it must be flushed. Directly after a page header the position counts
-- the header (24 bytes, 40 at the start of a segment) that no record has reached: then the page's start is what must be
-- flushed. 40 bytes into any other page lie 16 of a record, which may be the commit's own last ones.
-- Other sessions' commits flush within a millisecond or two under load. Where nobody else commits, the caller flushes with
-- gate_flush() and holds again: then the log need only be on disk up to where that began, however fast others write on.
create function wellkept.require_durable(p_written xid8) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_target pg_lsn;
  v_over numeric;
begin
  select f.upto into v_target from wellkept.gate_flushed f
   where f.backend = pg_backend_pid() and f.xact > p_written and f.xact <= pg_current_xact_id();
  v_target := coalesce(v_target, pg_current_wal_insert_lsn());
  if pg_current_wal_flush_lsn() >= v_target then return; end if;
  v_over := (v_target - '0/0'::pg_lsn) % current_setting('wal_block_size')::int;
  if v_over = 24 or (v_target - '0/0'::pg_lsn) % pg_size_bytes(current_setting('wal_segment_size')) = 40 then
    v_target := v_target - v_over;
  end if;
  for i in 1 .. 5 loop
    if pg_current_wal_flush_lsn() >= v_target then return; end if;
    perform pg_sleep(0.0004);
  end loop;
  raise exception using errcode = 'WK003', message = 'the entry is not on disk yet';
end $$;

-- Step two of an opening: first in the page's transaction. It takes only an entry of this connection that another
-- transaction committed less than 30 seconds ago, once. A refused entry says here why it was refused, and not before:
-- an answer given in the transaction that writes it could be taken and the entry rolled back.
create function wellkept.gate_hold(p_entry bigint)
returns table (subjects uuid[], categories text[], account uuid, role text, actor text, occasion uuid)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
begin
  select * into e from wellkept.ledger_entry x
   where x.id = p_entry and x.at > now() - interval '30 s' and x.at < now() + interval '1 min';
  if not found or e.xact = pg_current_xact_id() or e.backend <> pg_backend_pid() or e.at < clock_timestamp() - interval '30 s' then
    raise insufficient_privilege using message = 'that entry opens nothing here';
  end if;
  perform wellkept.require_durable(e.xact);
  if e.kind not in ('opened', 'searched') then
    raise exception using errcode = 'WK001', message = coalesce(e.reason, 'no'), detail = coalesce(e.clause, '');
  end if;
  insert into wellkept.gate_held as h (backend, entry, xact, subjects, categories, own)
  values (pg_backend_pid(), p_entry, pg_current_xact_id(), e.subjects, e.categories, e.own)
  on conflict (backend) do update
    set entry = excluded.entry, xact = excluded.xact, subjects = excluded.subjects, categories = excluded.categories, own = excluded.own
    where excluded.entry > h.entry;
  if not found then
    raise insufficient_privilege using message = 'that entry opens nothing here';
  end if;
  return query select e.subjects, e.categories, e.account, e.role, e.actor, e.occasion;
end $$;

-- What is held in this transaction. With nothing held they raise: a page can be refused, never silently empty.
create function wellkept.held_subjects() returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare v uuid[];
begin
  select h.subjects into v from wellkept.gate_held h
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if v is null then raise insufficient_privilege using message = 'nothing is open in this transaction'; end if;
  return v;
end $$;

create function wellkept.held_categories() returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare v text[];
begin
  select h.categories into v from wellkept.gate_held h
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if v is null then raise insufficient_privilege using message = 'nothing is open in this transaction'; end if;
  return v;
end $$;

-- Whether what is held is one's own record, or a machine's file: a restricted row opens for nobody else (R-04).
create function wellkept.held_own() returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare v boolean;
begin
  select h.own into v from wellkept.gate_held h
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if v is null then raise insufficient_privilege using message = 'nothing is open in this transaction'; end if;
  return v;
end $$;

-- Whether what is held is one's own record, or was opened by staff at work or by a machine. What a person told us, sent and asked for
-- is no other member's to read, whatever else of the record opens to a parent or to whom they let see it. Nor is it an organisation's:
-- its people read what their own organisation sent, and nobody else's.
create function wellkept.held_theirs() returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare v boolean;
begin
  select h.own or case when e.role in ('provider', 'employer', 'agent', 'partner')
      then coalesce(h.subjects = array[(select a.organisation_id from wellkept.accounts_account a where a.id = e.account)], false)
      else e.role <> 'member' end
    into v from wellkept.gate_held h
    join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.at < now() + interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if v is null then raise insufficient_privilege using message = 'nothing is open in this transaction'; end if;
  return v;
end $$;

-- A change is recorded in the transaction that makes it, as done by whoever has the record open: if the change is rolled back, so is
-- the entry. It names kinds of data that are open, and nothing else.
create function wellkept.gate_changed(p_categories text[]) returns bigint
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  h wellkept.gate_held;
  e wellkept.ledger_entry;
begin
  select * into h from wellkept.gate_held x where x.backend = pg_backend_pid() and x.xact = pg_current_xact_id_if_assigned();
  if not found then raise insufficient_privilege using message = 'nothing is open in this transaction'; end if;
  if coalesce(cardinality(p_categories), 0) = 0 or not p_categories <@ h.categories then
    raise insufficient_privilege using message = 'that kind of data is not open in this transaction';
  end if;
  select * into e from wellkept.ledger_entry x
   where x.id = h.entry and x.at > now() - interval '1 min' and x.at < now() + interval '1 min';
  return wellkept.ledger_write('changed', e.occasion, e.account, e.role, e.actor, h.subjects, e.purpose,
    array(select distinct c from unnest(p_categories) c order by c), e.own, null, e.clause);
end $$;

revoke execute on function wellkept.gate_changed, wellkept.require_durable, wellkept.gate_flush, wellkept.gate_hold, wellkept.held_subjects, wellkept.held_categories, wellkept.held_own, wellkept.held_theirs from public;
grant execute on function wellkept.gate_hold, wellkept.gate_changed, wellkept.gate_flush, wellkept.held_subjects, wellkept.held_categories, wellkept.held_own, wellkept.held_theirs to {web}, {intake}, {jobs}, {mailroom};
grant execute on function wellkept.require_durable, wellkept.held_subjects, wellkept.held_categories, wellkept.held_own to {gate};

-- The text of every policy comes from here. p_subject is the column that names whose row it is; p_web, p_intake, p_jobs and
-- p_mailroom what each may do through an opening; p_gate lets functions of {gate} read the table without one; p_also is one test more.
create function wellkept.lock_protect(
  p_table regclass, p_subject text default 'person_id', p_web text default 'select', p_intake text default null, p_jobs text default null,
  p_gate text default null, p_also text default null, p_mailroom text default null
) returns void
language plpgsql set search_path = wellkept, pg_temp as $$
declare
  v_roles text := concat_ws(', ', case when p_web is not null then '{web}' end, case when p_intake is not null then '{intake}' end,
    case when p_jobs is not null then '{jobs}' end, case when p_mailroom is not null then '{mailroom}' end);
  v_column name;
  -- The first test costs the planner nothing and so stands before any of the reader's own, which may be tried on a row before
  -- the others: with nothing held it raises at the first row there is, and not only where the reader's own tests hold.
  v_test text := format('((select wellkept.held_own()) or not restricted) and %I = any ((select wellkept.held_subjects())::uuid[])'
    ' and category = any ((select wellkept.held_categories())::text[])', p_subject) || coalesce(' and (' || p_also || ')', '');
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  -- EXPLAIN tells what the planner has counted to whoever may select, with nothing open: how many rows the people with most
  -- of them have, and whose they are. Every query here comes by the person's index and needs no such figures.
  for v_column in select a.attname from pg_attribute a where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped loop
    execute format('alter table %s alter column %I set statistics 0', p_table, v_column);
  end loop;
  execute format('create policy opened on %s to %s using (%s) with check (%s)', p_table, v_roles, v_test, v_test);
  if p_web is not null then execute format('grant %s on %s to {web}', p_web, p_table); end if;
  if p_intake is not null then execute format('grant %s on %s to {intake}', p_intake, p_table); end if;
  if p_jobs is not null then execute format('grant %s on %s to {jobs}', p_jobs, p_table); end if;
  if p_mailroom is not null then execute format('grant %s on %s to {mailroom}', p_mailroom, p_table); end if;
  if p_gate is not null then
    execute format('create policy answered on %s to {gate} using (true) with check (true)', p_table);
    execute format('grant %s on %s to {gate}', p_gate, p_table);
  end if;
end $$;
revoke execute on function wellkept.lock_protect from public;

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.require_durable owner to {gate};
alter function wellkept.gate_flush owner to {gate};
alter function wellkept.gate_changed owner to {gate};
alter function wellkept.gate_hold owner to {gate};
alter function wellkept.held_subjects owner to {gate};
alter function wellkept.held_categories owner to {gate};
alter function wellkept.held_own owner to {gate};
alter function wellkept.held_theirs owner to {gate};

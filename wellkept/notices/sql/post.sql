-- The mail room: batches of letters for a print house, and letters that come back. Only functions here empty a letter.
grant select, insert, update on wellkept.notices_batch to {gate};
grant select, insert on wellkept.notices_reference to {gate};
select wellkept.lock_protect('wellkept.notices_posted', p_gate => 'select, update', p_mailroom => 'select, insert, update');
alter table wellkept.notices_posted add constraint notices_posted_restricted check (restricted);

-- As lock_protect does for the columns that stood before.
alter table wellkept.notices_letter alter column batch set statistics 0, alter column stuck set statistics 0;

-- What we know of where to write to a person, as one text that changes with it; also on records joined with theirs. No address.
create function wellkept.notices_reached(p_person uuid) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (
    select coalesce(string_agg(concat_ws(' ', k.told, f.since, d.decided_at), ' ' order by o.one), '')
      from unnest(p_person || wellkept.people_joined_with(p_person)) o (one)
      left join wellkept.people_contact k on k.person_id = o.one
      left join wellkept.people_confidential f on f.person_id = o.one
      left join wellkept.people_death d on d.person_id = o.one and d.state <> 'told');
end $$;

-- A reference that no letter bears: "R-" and forty random bits in Crockford's base 32.
create function wellkept.notices_fresh_reference() returns text
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_bytes bytea;
  v_made text;
begin
  loop
    v_bytes := uuid_send(gen_random_uuid());
    -- Of a random UUID the bytes 6 and 8 hold its version: the first six and the last two are wholly random.
    select 'R-' || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (get_byte(v_bytes, n) & 31) + 1, 1), '') into v_made
      from unnest(array[0, 1, 2, 3, 4, 5, 14, 15]) n;
    if not exists (select 1 from wellkept.notices_reference r where r.reference = v_made) then return v_made; end if;
  end loop;
end $$;

-- Begins a batch of at most so many letters, oldest first, or goes on with one that was begun and never closed. Null where nothing
-- waits. One run at a time: the lock is the session's, and ends with it.
create function wellkept.notices_batch_begin(p_id text, p_most int) returns text
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_id text;
  l record;
begin
  if not pg_try_advisory_lock(hashtextextended('the batch of letters', 0)) then
    raise object_in_use using message = 'another run writes letters';
  end if;
  select b.id into v_id from wellkept.notices_batch b where b.closed_at is null;
  if found then return v_id; end if;
  for l in
    select w.person_id, w.id from wellkept.notices_letter w
     where w.printed_at is null and (w.stuck is null or w.stuck <> wellkept.notices_reached(w.person_id))
     order by w.made_at, w.id limit p_most
  loop
    update wellkept.notices_letter w set batch = p_id, stuck = null where w.person_id = l.person_id and w.id = l.id;
    insert into wellkept.notices_reference (reference, person_id, letter_id)
    values (wellkept.notices_fresh_reference(), l.person_id, l.id) on conflict (letter_id) do nothing;
    v_id := p_id;
  end loop;
  if v_id is not null then
    insert into wellkept.notices_batch (id, made_at, letters, pages, bytes, manifest) values (v_id, now(), 0, 0, 0, '');
  end if;
  return v_id;
end $$;

-- The letters of a batch that are to be written, in the order of their references: nothing in a folder tells who came when.
create function wellkept.notices_batch_letters(p_id text)
returns table (person_id uuid, id uuid, kind text, category text, reference text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select l.person_id, l.id, l.kind, l.category, r.reference from wellkept.notices_letter l
    join wellkept.notices_reference r on r.letter_id = l.id
   where l.printed_at is null and l.batch = p_id order by r.reference;
end $$;

-- Leaves a letter out of its batch. It waits until we know another address, which somebody at the desk is to find out, or, where its
-- person wants no paper, is emptied. The person must be open.
create function wellkept.notices_batch_leave(p_letter uuid, p_waits boolean, p_due date, p_number text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  l wellkept.notices_letter;
begin
  update wellkept.notices_letter x
     set batch = null, stuck = case when p_waits then wellkept.notices_reached(x.person_id) end,
         body = case when p_waits then x.body else '' end, printed_at = case when not p_waits then now() end
   where x.person_id = (wellkept.held_subjects())[1] and x.id = p_letter and x.printed_at is null
  returning * into l;
  -- A letter to somebody else says nothing of where its person is.
  if found and p_waits and l.kind not in ('helper code', 'release') then
    perform wellkept.service_reach(l.person_id, l.plan_id, l.collected_under, l.id, p_due, p_number);
  end if;
end $$;

-- Closes a batch whose folder is whole: every letter in it is emptied, all or none. Says how many; raises where the folder holds others.
create function wellkept.notices_batch_close(p_id text, p_letters uuid[], p_pages int, p_bytes bigint, p_manifest bytea) returns int
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_here uuid[];
begin
  perform 1 from wellkept.notices_batch b where b.id = p_id and b.closed_at is null for update;
  if not found then return 0; end if;
  v_here := array(select l.id from wellkept.notices_letter l where l.printed_at is null and l.batch = p_id order by l.id);
  if v_here <> array(select u from unnest(p_letters) u order by u) then
    raise check_violation using message = 'the folder holds other letters than the batch';
  end if;
  update wellkept.notices_posted p set posted_at = now() from wellkept.notices_letter l
   where l.printed_at is null and l.batch = p_id and p.person_id = l.person_id and p.id = l.id;
  -- Whoever is written to again need not be reached any more. A letter to somebody else did not reach them.
  perform wellkept.service_reached(l.person_id) from wellkept.notices_letter l
    join wellkept.notices_posted p on p.person_id = l.person_id and p.id = l.id and p.about is null
   where l.printed_at is null and l.batch = p_id;
  update wellkept.notices_letter l set body = '', printed_at = now() where l.printed_at is null and l.batch = p_id;
  update wellkept.notices_batch b
     set closed_at = now(), letters = cardinality(v_here), pages = p_pages, bytes = p_bytes, manifest = p_manifest where b.id = p_id;
  return cardinality(v_here);
end $$;

-- Every batch, newest first, at most 500. It says of nobody.
create function wellkept.notices_batches()
returns table (id text, made_at timestamptz, closed_at timestamptz, letters int, pages int, bytes bigint, manifest bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select b.id, b.made_at, b.closed_at, b.letters, b.pages, b.bytes, b.manifest from wellkept.notices_batch b
   order by b.made_at desc limit 500;
end $$;

-- A letter came back. Nothing more goes to that address, a code in it never works, its person is asked, and somebody is to reach them
-- by p_due. Of a letter to somebody else only its code dies, and with it the part of a helper whom it was to bring in. Says 'noted', 'known' or 'unknown', and not whose letter it was.
create function wellkept.notices_come_back(
  p_reference text, p_role text, p_account uuid, p_actor text, p_occasion uuid, p_due date, p_number text
) returns text
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  r wellkept.notices_reference;
  p wellkept.notices_posted;
  l wellkept.notices_letter;
  v_opens text[];
begin
  select * into r from wellkept.notices_reference x where x.reference = p_reference;
  if not found then return 'unknown'; end if;
  select * into p from wellkept.notices_posted x where x.person_id = r.person_id and x.id = r.letter_id and x.posted_at is not null for update;
  if not found then return 'unknown'; end if;
  if p.returned_at is not null then return 'known'; end if;
  update wellkept.notices_posted x set returned_at = now() where x.person_id = p.person_id and x.id = p.id;
  select * into l from wellkept.notices_letter x where x.person_id = p.person_id and x.id = p.id;
  if l.kind = 'access code' then
    delete from wellkept.accounts_accesscode c
     where c.used_at is null and c.issued_at <= l.made_at + interval '1 min'
       and p.person_id in (c.person_id, c.holder, c.place, c.organisation_id);
  end if;
  perform wellkept.ledger_write('letter came back', p_occasion, p_account, p_role, p_actor, array[p.person_id], 'MEMADMIN', array['contact'],
    false, null, 'P-19');
  if p.about is not null then
    -- Whoever uses the code at this moment has used it before, or finds it gone.
    perform pg_advisory_xact_lock(hashtextextended('access code ' || p.about, 0));
    if not exists (select 1 from wellkept.consent_appointment a where a.person_id = p.person_id and a.id = p.about and a.accepted_at is null) then
      return 'noted';
    end if;
    v_opens := wellkept.consent_finish(p.person_id, p.about, 'returned');
    if v_opens is null then return 'noted'; end if;
    perform wellkept.ledger_write('helper ended', p_occasion, p_account, p_role, p_actor, array[p.person_id], 'MEMADMIN', v_opens, false, null, 'U-19');
    perform wellkept.accounts_note(a.id, 'helper ended', '', '') from wellkept.accounts_account a
     where a.holder = p.person_id and a.closed_at is null;
    return 'noted';
  end if;
  perform wellkept.accounts_note(a.id, 'letter came back', null, null) from wellkept.accounts_account a
   where a.holder = p.person_id and a.closed_at is null;
  perform wellkept.service_reach(p.person_id, p.plan_id, p.collected_under, p.id, p_due, p_number);
  return 'noted';
end $$;

-- The same from the desk, by a representative who has signed everything; nothing for anybody else.
create function wellkept.notices_returned(p_secret bytea, p_reference text, p_due date, p_number text) returns text
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found then raise insufficient_privilege using message = 'nobody at the desk asks'; end if;
  return wellkept.notices_come_back(p_reference, s.role, s.account_id, s.actor, s.occasion, p_due, p_number);
end $$;

-- The same from the mail room itself.
create function wellkept.notices_returned_here(p_reference text, p_occasion uuid, p_due date, p_number text) returns text
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  return wellkept.notices_come_back(p_reference, wellkept.machine_role(), null, null, p_occasion, p_due, p_number);
end $$;

-- Whether a letter to whoever holds the session came back and none was posted since: then they are asked for their address.
create function wellkept.notices_came_back(p_secret bytea) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.accounts_session s
      join wellkept.notices_posted p on p.person_id = s.holder and p.returned_at is not null and p.settled_at is null and p.about is null
     where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle
       and not exists (select 1 from wellkept.notices_posted n where n.person_id = s.holder and n.about is null and n.posted_at > p.returned_at));
end $$;

-- The person, whose own record is open with its contact data, says that the address is right: letters go there again.
create function wellkept.notices_address_stands() returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_person uuid := (wellkept.held_subjects())[1];
begin
  if not wellkept.held_own() or not 'contact' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'one says so of one''s own address';
  end if;
  update wellkept.notices_posted p set settled_at = now()
   where p.person_id = v_person and p.returned_at is not null and p.settled_at is null;
  update wellkept.notices_letter l set stuck = null where l.person_id = v_person and l.stuck is not null;
  perform wellkept.service_reached(v_person);
end $$;

revoke execute on function wellkept.notices_reached, wellkept.notices_fresh_reference, wellkept.notices_batch_begin, wellkept.notices_batch_letters,
  wellkept.notices_batch_leave, wellkept.notices_batch_close, wellkept.notices_batches, wellkept.notices_come_back, wellkept.notices_returned,
  wellkept.notices_returned_here, wellkept.notices_came_back, wellkept.notices_address_stands from public;
grant execute on function wellkept.notices_batch_begin, wellkept.notices_batch_letters, wellkept.notices_batch_leave,
  wellkept.notices_batch_close, wellkept.notices_batches, wellkept.notices_returned_here to {mailroom};
grant execute on function wellkept.notices_returned, wellkept.notices_came_back, wellkept.notices_address_stands to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.notices_reached owner to {gate};
alter function wellkept.notices_fresh_reference owner to {gate};
alter function wellkept.notices_batch_begin owner to {gate};
alter function wellkept.notices_batch_letters owner to {gate};
alter function wellkept.notices_batch_leave owner to {gate};
alter function wellkept.notices_batch_close owner to {gate};
alter function wellkept.notices_batches owner to {gate};
alter function wellkept.notices_come_back owner to {gate};
alter function wellkept.notices_returned owner to {gate};
alter function wellkept.notices_returned_here owner to {gate};
alter function wellkept.notices_came_back owner to {gate};
alter function wellkept.notices_address_stands owner to {gate};

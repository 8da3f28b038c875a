-- The mail address before a change, sealed as it was, for 72 hours. Whoever changes it puts it there and cannot take it back;
-- a function of the gate brings it back for whoever has the link that was mailed to it.
select wellkept.lock_protect('wellkept.notices_formeraddress', p_web => 'insert', p_gate => 'select, delete',
  p_also => '(select wellkept.held_own())');
grant insert, delete on wellkept.notices_address to {gate};

-- Whoever gives another address showed within 15 minutes that it is them (P-18): of their session this asks, whichever page it was.
-- Its holder reads that an address was given, confirmed or changed, by which way they were signed in and in which kind of browser.
create function wellkept.notices_note_address() returns trigger
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  a uuid;
begin
  select x.* into s from wellkept.gate_held h
    join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min'
    join wellkept.accounts_session x on x.occasion = e.occasion
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if tg_table_name = 'notices_address' and tg_op = 'INSERT' and s.proved_at <= now() - interval '15 minutes' then
    raise insufficient_privilege using message = 'whoever gives an address shows first that it is them';
  end if;
  for a in select c.id from wellkept.accounts_account c where c.holder = new.person_id and c.closed_at is null loop
    if tg_table_name = 'notices_formeraddress' then
      perform wellkept.accounts_note(a, 'address changed', s.method, s.browser);
    elsif tg_op = 'INSERT' then
      perform wellkept.accounts_note(a, 'address given', s.method, s.browser);
    else
      perform wellkept.accounts_note(a, 'address confirmed', s.method, s.browser);
    end if;
  end loop;
  return null;
end $$;
create trigger notices_address_given after insert on wellkept.notices_address
  for each row when (new.confirmed_at is null) execute function wellkept.notices_note_address();
create trigger notices_address_confirmed after update of confirmed_at on wellkept.notices_address
  for each row when (old.confirmed_at is null and new.confirmed_at is not null) execute function wellkept.notices_note_address();
create trigger notices_formeraddress_changed after insert on wellkept.notices_formeraddress
  for each row execute function wellkept.notices_note_address();

-- The same of where letters go, by which an access code comes, and with it every way in: of one's own record one shows it first.
create function wellkept.notices_shown_first() returns trigger
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if exists (
    select 1 from wellkept.gate_held h
      join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min' and e.own
      join wellkept.accounts_session x on x.occasion = e.occasion and x.proved_at <= now() - interval '15 minutes'
     where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned()) then
    raise insufficient_privilege using message = 'whoever says where letters go shows first that it is them';
  end if;
  return new;
end $$;
create trigger people_confidential_shown before insert or update on wellkept.people_confidential
  for each row execute function wellkept.notices_shown_first();

-- Brings an address back as it was. Whatever took its place goes, and so does every later change: whoever made them cannot undo this.
create function wellkept.notices_bring_back(p_person uuid, p_id uuid) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  f wellkept.notices_formeraddress;
begin
  select * into strict f from wellkept.notices_formeraddress x where x.person_id = p_person and x.id = p_id;
  delete from wellkept.notices_address a where a.person_id = p_person;
  delete from wellkept.notices_formeraddress x where x.person_id = p_person and x.replaced_at >= f.replaced_at;
  insert into wellkept.notices_address
    (id, person_id, category, plan_id, collected_under, restricted, address, code_hash, code_until, asked_at, tries, confirmed_at, right_at)
  values (f.id, f.person_id, f.category, f.plan_id, f.collected_under, f.restricted, f.address, sha256(gen_random_uuid()::text::bytea),
    now(), f.replaced_at, 0, f.confirmed_at, f.right_at);
end $$;

-- After 72 hours nobody takes a change back any more.
create function wellkept.notices_sweep_former() returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.notices_formeraddress x where x.until <= now();
end $$;

revoke execute on function wellkept.notices_shown_first, wellkept.notices_note_address, wellkept.notices_bring_back, wellkept.notices_sweep_former from public;
grant execute on function wellkept.notices_sweep_former to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.notices_note_address owner to {gate};
alter function wellkept.notices_shown_first owner to {gate};
alter function wellkept.notices_bring_back owner to {gate};
alter function wellkept.notices_sweep_former owner to {gate};

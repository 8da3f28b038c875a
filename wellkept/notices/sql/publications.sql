-- The list for publications (P-17). Its owner joins and leaves; the link in a mail leaves it without a sign-in; the role that
-- tells of a publication asks who is due, opens each of them, and takes each once before it sends.
select wellkept.lock_protect('wellkept.notices_subscription', p_web => 'select, insert', p_jobs => 'select', p_gate => 'select',
  p_also => '(select wellkept.held_theirs())');
grant update (joined_at, left_at, collected_under) on wellkept.notices_subscription to {web};
select wellkept.lock_protect('wellkept.notices_leavelink', p_web => null, p_jobs => 'select, insert', p_gate => 'select');
grant insert, delete, update (joined_at, left_at) on wellkept.notices_subscription to {gate};
select wellkept.lock_protect('wellkept.notices_published', p_web => null, p_jobs => 'insert', p_gate => 'select, delete');
grant update (sent_at) on wellkept.notices_published to {gate};

-- What somebody chose when they asked to register. The program that answers them keeps it; nothing goes out while there is no
-- account. Asked again before there is one, the newer choice holds; a choice that the account's holder made stands.
create function wellkept.notices_first_choice(p_person uuid, p_on boolean, p_collected_under text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if exists (select 1 from wellkept.accounts_account a where a.holder = p_person)
    or not exists (select 1 from wellkept.notices_content c where c.way = 'mail' and c.kind = 'publication') then
    return;
  end if;
  insert into wellkept.notices_subscription as s (id, person_id, category, collected_under, restricted, joined_at, left_at)
  values (gen_random_uuid(), p_person, 'contact', p_collected_under, false, case when p_on then now() end, case when not p_on then now() end)
  on conflict (person_id) do update set joined_at = excluded.joined_at, left_at = excluded.left_at where s.joined_at is not null;
end $$;

-- Whoever has the token of the link leaves the list, at once and for good. Said again it changes nothing.
create function wellkept.notices_leave(p_token bytea) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.notices_subscription x set left_at = now()
   where x.person_id = (select l.person_id from wellkept.notices_leavelink l where l.token_hash = p_token) and x.left_at is null;
  return found;
end $$;

-- Its owner reads that the list was left, by whichever way.
create function wellkept.notices_note_left() returns trigger
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.accounts_note(a.id, 'publication list left', '', '') from wellkept.accounts_account a
   where a.holder = new.person_id and a.closed_at is null;
  return null;
end $$;
create trigger notices_subscription_left after update of left_at on wellkept.notices_subscription
  for each row when (old.left_at is null and new.left_at is not null) execute function wellkept.notices_note_left();

-- Who is to be told of a publication: on the list since before it came out, at an address they confirmed, with an open account,
-- and not taken by any job before.
create function wellkept.notices_to_tell(p_publication text, p_before timestamptz, p_after uuid, p_limit int)
returns table (person_id uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select s.person_id from wellkept.notices_subscription s
   where s.person_id > p_after and s.left_at is null and s.joined_at < p_before
     and exists (select 1 from wellkept.notices_content c where c.way = 'mail' and c.kind = 'publication')
     and exists (select 1 from wellkept.notices_address a where a.person_id = s.person_id and a.confirmed_at is not null)
     and exists (select 1 from wellkept.accounts_account c where c.holder = s.person_id and c.closed_at is null)
     and not exists (select 1 from wellkept.notices_published t where t.person_id = s.person_id and t.publication = p_publication)
   order by s.person_id limit p_limit;
end $$;

-- The mail that a job took went out, or did not: then somebody takes it again.
create function wellkept.notices_published_to(p_person uuid, p_publication text, p_sent boolean) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if p_sent then
    update wellkept.notices_published t set sent_at = now() where t.person_id = p_person and t.publication = p_publication and t.sent_at is null;
  else
    delete from wellkept.notices_published t where t.person_id = p_person and t.publication = p_publication and t.sent_at is null;
  end if;
end $$;

revoke execute on function wellkept.notices_first_choice, wellkept.notices_leave, wellkept.notices_note_left, wellkept.notices_to_tell, wellkept.notices_published_to
  from public;
grant execute on function wellkept.notices_leave to {web};
grant execute on function wellkept.notices_first_choice, wellkept.notices_to_tell, wellkept.notices_published_to to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.notices_first_choice owner to {gate};
alter function wellkept.notices_leave owner to {gate};
alter function wellkept.notices_note_left owner to {gate};
alter function wellkept.notices_to_tell owner to {gate};
alter function wellkept.notices_published_to owner to {gate};

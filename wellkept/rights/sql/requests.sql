-- Privacy requests: the person writes and reads their own; the officer opens the person who asked.
select wellkept.lock_protect('wellkept.rights_request', p_web => 'select, insert', p_gate => 'select');
grant update (answered_at, answer, answered_by) on wellkept.rights_request to {web};

-- Whether the person has a request that was not answered more than 30 days ago: what makes their record the officer's work.
create function wellkept.rights_asked(p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.rights_request r
                  where r.person_id = p_subject and (r.answered_at is null or r.answered_at > now() - interval '30 days'));
end $$;

-- The work list of an officer who has signed everything: which requests, of what kind, due when. No words and no names; those are opened.
create function wellkept.rights_work(p_secret bytea)
returns table (person_id uuid, id uuid, kind text, entry bigint, asked_at timestamptz, due_on date, answered_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select r.person_id, r.id, r.kind, r.entry, r.asked_at, r.due_on, r.answered_at from wellkept.rights_request r
   where exists (select 1 from wellkept.watch_officer(p_secret))
     and (r.answered_at is null or r.answered_at > now() - interval '30 days')
   order by r.answered_at is not null, r.due_on, r.asked_at limit 200;
end $$;

-- The words of an opening a request is about, without the salt and the other people it names. The request must be of a person who is held.
create function wellkept.rights_opening(p_person uuid, p_entry bigint)
returns table (at timestamptz, kind text, role text, actor text, purpose text, categories text[], reason text, clause text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_person = any (wellkept.held_subjects()) or not 'requests' = any (wellkept.held_categories()) then return; end if;
  return query
  select e.at, e.kind, e.role, e.actor, e.purpose, e.categories, e.reason, e.clause from wellkept.ledger_entry e
   where e.id = p_entry and p_person = any (e.subjects)
     and exists (select 1 from wellkept.rights_request r where r.person_id = p_person and r.entry = p_entry);
end $$;

revoke execute on function wellkept.rights_asked, wellkept.rights_work, wellkept.rights_opening from public;
grant execute on function wellkept.rights_asked to {gate};
grant execute on function wellkept.rights_work, wellkept.rights_opening to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.rights_asked owner to {gate};
alter function wellkept.rights_work owner to {gate};
alter function wellkept.rights_opening owner to {gate};

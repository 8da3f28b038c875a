-- The print queue. Which letters wait is asked without opening anybody; a letter itself is opened like any record. A page puts a
-- letter in for the person who is open and sees that it waits; what a letter says it cannot read back.
select wellkept.lock_protect('wellkept.notices_letter', p_web => 'insert', p_jobs => 'select, insert, update', p_gate => 'select',
  p_also => '(select wellkept.held_theirs())');
grant select (person_id, id, category, kind, made_at, printed_at) on wellkept.notices_letter to {web};

create function wellkept.notices_waiting(p_limit int) returns table (person_id uuid, id uuid, kind text, category text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select l.person_id, l.id, l.kind, l.category from wellkept.notices_letter l
   where l.printed_at is null order by l.made_at limit p_limit;
end $$;
revoke execute on function wellkept.notices_waiting from public;
grant execute on function wellkept.notices_waiting to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.notices_waiting owner to {gate};

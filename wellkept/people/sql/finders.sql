-- Questions about people that are answered without showing a row.

-- Whom a keyed hash finds, at most six. Only the gate asks; it enters what was found before anything is shown.
create function wellkept.people_found(p_kind text, p_index bytea) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(select f.person_id from wellkept.people_finder f where f.kind = p_kind and f.index = p_index
     and (f.until is null or f.until >= wellkept.access_day(now())) limit 6);
end $$;
revoke execute on function wellkept.people_found from public;
grant execute on function wellkept.people_found to {gate};

grant select on wellkept.people_finder to {gate};
grant select, insert on wellkept.people_identity, wellkept.people_finder to {intake};
grant select on wellkept.people_finder to {jobs};
select wellkept.lock_protect('wellkept.people_person', p_intake => 'select, insert, update', p_jobs => 'select', p_mailroom => 'select');
select wellkept.lock_protect('wellkept.people_contact', p_web => 'select, insert', p_intake => 'select, insert, update', p_jobs => 'select',
  p_gate => 'select (person_id, told)', p_mailroom => 'select');
-- What a verified caller says on the telephone is written by the page of the call (P-19).
grant update (address, phone, email, file_id, told, collected_under) on wellkept.people_contact to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.people_found owner to {gate};

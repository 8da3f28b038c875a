-- Social security numbers. Intake writes them and cannot read one back; a page reads what its opening shows; nobody else has any part.
select wellkept.lock_protect('wellkept.people_number', p_intake => 'insert, delete');
grant select (person_id, told) on wellkept.people_number to {intake};
grant update (number, file_id, told, collected_under) on wellkept.people_number to {intake};

-- The print queue. Which letters wait is asked without opening anybody; a letter itself is opened like any record. A page puts a
-- letter in for the person who is open and sees that it waits; what a letter says neither it nor a job can read back. The mail room
-- alone reads it, and only functions of the gate empty it.
select wellkept.lock_protect('wellkept.notices_letter', p_web => 'insert', p_jobs => 'insert', p_gate => 'select, update',
  p_also => '(select wellkept.held_theirs())', p_mailroom => 'select');
grant select (person_id, id, category, kind, made_at, printed_at) on wellkept.notices_letter to {web};

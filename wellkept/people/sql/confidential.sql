-- Where a person wants what we send them, in confidence (45 CFR 164.522(b)). A restricted row opens for the person's own session
-- and for machines; the check keeps it so whoever writes it. Intake has no grant: no file overwrites what a person gave.
select wellkept.lock_protect('wellkept.people_confidential', p_web => 'select, insert, update', p_jobs => 'select',
  p_gate => 'select (person_id, since)', p_mailroom => 'select');
alter table wellkept.people_confidential add constraint people_confidential_restricted check (restricted);

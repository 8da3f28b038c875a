-- Papers and their parts: written and thrown away by whose they are, until they are sent; from then on read by whoever works on them too.
select wellkept.lock_protect('wellkept.files_attachment', p_web => 'select, insert, delete', p_gate => 'select, insert, delete',
  p_also => '(select wellkept.held_own()) or kept and (select wellkept.held_theirs())');
select wellkept.lock_protect('wellkept.files_part', p_web => 'select, insert, delete', p_gate => 'select, insert, delete',
  p_also => '(select wellkept.held_own()) or (select wellkept.held_theirs()) and exists (select from wellkept.files_attachment a
    where a.person_id = files_part.person_id and a.id = files_part.attachment_id)');
grant update (kept) on wellkept.files_attachment to {web};

-- What was sent stays as it was sent.
create function wellkept.files_stand() returns trigger
language plpgsql set search_path = wellkept, pg_temp as $$
begin
  -- A removal takes it all the same.
  if tg_op = 'DELETE' and '"' || current_user || '"' = '{migrate}' then return old; end if;
  if tg_table_name = 'files_attachment' then
    if not old.kept then return case when tg_op = 'DELETE' then old else new end; end if;
  elsif not exists (
    select 1 from wellkept.files_attachment a where a.person_id = old.person_id and a.id = old.attachment_id and a.kept) then
    return old;
  end if;
  raise check_violation using message = 'a paper that was sent stays as it is';
end $$;
revoke execute on function wellkept.files_stand from public;
create trigger files_attachment_stands before update or delete on wellkept.files_attachment
  for each row execute function wellkept.files_stand();
create trigger files_part_stands before delete on wellkept.files_part for each row execute function wellkept.files_stand();

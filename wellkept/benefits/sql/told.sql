-- What members tell: written by whose it is, read by them and by whoever works on it.
select wellkept.lock_protect('wellkept.benefits_told', p_web => 'select, insert, delete');
grant update (answers, version, sent_at) on wellkept.benefits_told to {web};

-- What was sent stands as it was sent, under the version of the form it was given (U-17).
create function wellkept.benefits_told_stand() returns trigger
language plpgsql set search_path = wellkept, pg_temp as $$
begin
  if old.sent_at is not null then
    raise check_violation using message = 'what was sent stays as it is';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
revoke execute on function wellkept.benefits_told_stand from public;
create trigger benefits_told_stands before update or delete on wellkept.benefits_told
  for each row execute function wellkept.benefits_told_stand();

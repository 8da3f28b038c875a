-- What members tell: written by whose it is, read by them and, once it was sent, by whoever works on it.
select wellkept.lock_protect('wellkept.benefits_told', p_web => 'select, insert, delete', p_gate => 'delete',
  p_also => '(select wellkept.held_own()) or sent_at is not null and (select wellkept.held_theirs())');
grant select (id, person_id, category, touched_at, sent_at) on wellkept.benefits_told to {gate};
grant update (answers, version, touched_at, sent_at) on wellkept.benefits_told to {web};

-- What was sent stands as it was sent, under the version of the form it was given (U-17).
create function wellkept.benefits_told_stand() returns trigger
language plpgsql set search_path = wellkept, pg_temp as $$
begin
  -- A removal takes it all the same.
  if old.sent_at is not null and not (tg_op = 'DELETE' and '"' || current_user || '"' = '{migrate}') then
    raise check_violation using message = 'what was sent stays as it is';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
revoke execute on function wellkept.benefits_told_stand from public;
create trigger benefits_told_stands before update or delete on wellkept.benefits_told
  for each row execute function wellkept.benefits_told_stand();

-- Removes what was begun and neither sent nor written nor given a paper for 30 days, with its papers; returns how many. Each
-- person reads of it.
create function wellkept.benefits_sweep_unsent() returns bigint
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  t record;
  v_removed bigint := 0;
begin
  for t in
    select x.id, x.person_id, x.category from wellkept.benefits_told x
     where x.sent_at is null and x.touched_at < now() - interval '30 days'
       and not exists (select from wellkept.files_attachment a
         where a.person_id = x.person_id and a.about = x.id and (a.kept or a.attached_at > now() - interval '30 days'))
     order by x.person_id, x.id
  loop
    delete from wellkept.benefits_told x
     where x.person_id = t.person_id and x.id = t.id and x.sent_at is null and x.touched_at < now() - interval '30 days';
    continue when not found;
    delete from wellkept.files_part p using wellkept.files_attachment a
     where a.person_id = t.person_id and a.about = t.id and p.person_id = a.person_id and p.attachment_id = a.id;
    delete from wellkept.files_attachment a where a.person_id = t.person_id and a.about = t.id;
    perform wellkept.ledger_write('draft removed', null, null, 'jobs', null, array[t.person_id], null, array[t.category], false, null, 'U-20');
    v_removed := v_removed + 1;
  end loop;
  return v_removed;
end $$;
revoke execute on function wellkept.benefits_sweep_unsent from public;
grant execute on function wellkept.benefits_sweep_unsent to {jobs};

-- Ownership last: afterwards it is no longer the owner's to grant.
alter function wellkept.benefits_sweep_unsent owner to {gate};

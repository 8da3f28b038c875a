-- Full files: what they say of plans, who is enrolled, and whom they name no more.
grant select, insert, update on wellkept.intake_fullfile to {intake};
grant usage on sequence wellkept.intake_fullfile_id_seq to {intake};
grant select, update on wellkept.intake_fullfile to {gate};
grant update (applied_at) on wellkept.intake_file to {gate};
grant select on wellkept.intake_file to {gate};
grant select, insert, update on wellkept.intake_covered to {gate};
grant select, insert on wellkept.intake_payment, wellkept.intake_acknowledged to {intake};
grant usage on sequence wellkept.intake_acknowledged_id_seq to {intake};
select wellkept.lock_protect('wellkept.intake_late', p_intake => 'select, insert, update');
select wellkept.lock_protect('wellkept.intake_premium', p_intake => 'select, insert, update');

-- Copies the days of these people's coverage into the order of their plans. It returns nothing.
create function wellkept.intake_note_covered(p_people uuid[]) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  insert into wellkept.intake_covered as o (coverage_id, person_id, plan_id, line, told_on, begins_on, ends_on)
  select c.id, c.person_id, c.plan_id, c.line, left(c.told, 10), c.begins_on, c.ends_on
    from wellkept.benefits_coverage c where c.person_id = any(p_people) and c.plan_id is not null
  on conflict (coverage_id) do update
    set person_id = excluded.person_id, told_on = excluded.told_on, begins_on = excluded.begins_on, ends_on = excluded.ends_on
    where (o.person_id, o.told_on, o.begins_on, o.ends_on)
      is distinct from (excluded.person_id, excluded.told_on, excluded.begins_on, excluded.ends_on);
end $$;

-- Of each coverage of these people that a full file ends, or ended before somebody named it again: the first full file
-- after the day of the last file that named it. So the order in which files come is of no account. Coverage that begins
-- after that file's day need not stand in it, and what had ended by then is not ended again.
create function wellkept.intake_absences(p_people uuid[]) returns table (id uuid, person_id uuid, absent_on date, file_id uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select c.id, c.person_id, n.absent_on, n.file_id from wellkept.benefits_coverage c
    left join lateral (
      select f.absent_on, f.file_id from wellkept.intake_fullfile f
       where f.plan_id = c.plan_id and f.line = c.line and f.state in ('ending', 'ended')
         and to_char(f.told_on, 'YYYY-MM-DD') collate "C" > left(c.told, 10) collate "C"
         and (c.begins_on is null or c.begins_on <= f.absent_on)
         and (c.said_ends_on is null or c.said_ends_on > f.absent_on)
       order by f.told_on, f.file_id limit 1) n on true
   where c.person_id = any(p_people) and (n.absent_on is not null or c.absent_on is not null);
end $$;

-- How many are covered on a day by one line of a plan, and how many of them no file of that day or later named.
create function wellkept.intake_counted(p_plan uuid, p_line text, p_told_on text, p_absent_on date, out covered bigint, out absent bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select count(*), count(*) filter (where o.told_on collate "C" < p_told_on collate "C") into covered, absent
    from wellkept.intake_covered o
   where o.plan_id = p_plan and o.line = p_line and (o.ends_on is null or o.ends_on > p_absent_on)
     and (o.begins_on is null or o.begins_on <= p_absent_on);
end $$;

-- Who they are, so that they can be opened: at most p_limit, in the order of their ids.
create function wellkept.intake_absent(
  p_plan uuid, p_line text, p_told_on text, p_absent_on date, p_after uuid, p_limit int
) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(select o.person_id from wellkept.intake_covered o
   where o.plan_id = p_plan and o.line = p_line and o.person_id > p_after
     and o.told_on collate "C" < p_told_on collate "C" and (o.ends_on is null or o.ends_on > p_absent_on)
     and (o.begins_on is null or o.begins_on <= p_absent_on)
   order by o.person_id limit p_limit);
end $$;

-- An administrator confirms what a full file would end; returns whether anything waited. Intake carries it out. Asked by
-- functions of the gate that enter it.
create function wellkept.intake_confirm_ends(p_secret bytea, p_file uuid) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_role text;
  v_actor text;
begin
  select w.role, w.actor into v_role, v_actor from wellkept.gate_who(p_secret) w;
  if v_role is distinct from 'administrator' then
    raise insufficient_privilege using message = 'only an administrator confirms ends';
  end if;
  update wellkept.intake_fullfile set state = 'ending', confirmed_at = now(), confirmed_by = coalesce(v_actor, '')
   where file_id = p_file and state = 'waiting';
  if not found then return false; end if;
  update wellkept.intake_file set applied_at = null where id = p_file;
  return true;
end $$;

revoke execute on function wellkept.intake_note_covered, wellkept.intake_absences, wellkept.intake_counted, wellkept.intake_absent, wellkept.intake_confirm_ends from public;
grant execute on function wellkept.intake_note_covered, wellkept.intake_absences, wellkept.intake_counted, wellkept.intake_absent to {intake};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.intake_note_covered owner to {gate};
alter function wellkept.intake_absences owner to {gate};
alter function wellkept.intake_counted owner to {gate};
alter function wellkept.intake_absent owner to {gate};
alter function wellkept.intake_confirm_ends owner to {gate};

-- Control totals: counts and sums of files, without people. Pages and probes ask functions.
grant select, insert, update on wellkept.intake_total to {intake};
grant select, insert on wellkept.intake_control to {intake};
grant usage on sequence wellkept.intake_total_id_seq, wellkept.intake_control_id_seq to {intake};
grant select on wellkept.intake_total, wellkept.intake_control to {gate};
grant select (file_id, kind, apart) on wellkept.intake_staged to {gate};

-- A page asks for an administrator who is signed in; machines ask for themselves and give null. A file of one claim would
-- otherwise tell its amount to whoever knows its number.
-- What became of a file, kind by kind. What waits and what is kept apart is counted as it stands now, records alone.
create function wellkept.intake_totals(p_file uuid, p_secret bytea)
returns table (kind text, measure text, read numeric, accepted numeric, applied numeric, dropped numeric, repeated numeric, waiting bigint, apart bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if wellkept.machine_role() = 'web' and (select a.account from wellkept.people_administrator(p_secret) a) is null then return; end if;
  return query
  select t.kind, t.measure, t.read, t.accepted, t.applied, t.dropped, t.repeated, s.waiting, s.apart
    from wellkept.intake_total t
    cross join lateral (
      select count(*) filter (where not w.apart) as waiting, count(*) filter (where w.apart) as apart
        from wellkept.intake_staged w where w.file_id = p_file and w.kind = t.kind) s
   where t.file_id = p_file order by t.id;
end $$;

-- What the sender of a file states, beside what was found.
create function wellkept.intake_controls(p_file uuid, p_secret bytea)
returns table (place bigint, kind text, measure text, source text, stated numeric, found numeric)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if wellkept.machine_role() = 'web' and (select a.account from wellkept.people_administrator(p_secret) a) is null then return; end if;
  return query
  select c.place, c.kind, c.measure, c.source, c.stated, c.found from wellkept.intake_control c
   where c.file_id = p_file order by c.id;
end $$;

-- Every total of every file that does not come out: what a sender states against what was read; and what was accepted
-- against what became of it, for nothing else can have: it is applied, waits, is kept apart, was removed or was said before.
create function wellkept.intake_differences()
returns table (file_id uuid, place bigint, kind text, measure text, source text, stated numeric, found numeric)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select c.file_id, c.place, c.kind, c.measure, c.source, c.stated, c.found
    from wellkept.intake_control c where c.stated is distinct from c.found
  union all
  select t.file_id, 0::bigint, t.kind, t.measure, 'accepted'::text, t.accepted,
         t.applied + t.dropped + t.repeated + case when t.measure = 'records' then s.held else 0 end
    from wellkept.intake_total t
    cross join lateral (select count(*) as held from wellkept.intake_staged w where w.file_id = t.file_id and w.kind = t.kind) s
   where t.kind in ('enrolment', 'filing', 'decision') and (t.measure = 'records' or s.held = 0)
     and t.accepted <> t.applied + t.dropped + t.repeated + case when t.measure = 'records' then s.held else 0 end;
end $$;

revoke execute on function wellkept.intake_totals, wellkept.intake_controls, wellkept.intake_differences from public;
grant execute on function wellkept.intake_totals, wellkept.intake_controls to {web}, {intake}, {jobs};
grant execute on function wellkept.intake_differences to {proof}, {intake}, {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.intake_totals owner to {gate};
alter function wellkept.intake_controls owner to {gate};
alter function wellkept.intake_differences owner to {gate};

-- Who opened my record: read through an opening of the category 'openings', one row an occasion. What belongs to it besides its
-- openings (signing in, beginning a call, verifying the caller) unfolds from it; a search, a refusal and a change by another stand for
-- themselves. What is kept back (ledger_seal) is in none of it until its time ends; then it bears the moment from which it was shown.

-- p_since leaves out what was before it: a page that tells of a month reads a month of entries, however many there are.
create function wellkept.ledger_openings(p_person uuid, p_who text, p_before timestamptz, p_limit int, p_since timestamptz default '-infinity')
returns table (occasion uuid, occasion_kind text, label text, kind text, role text, actor text, own boolean, purpose text, clause text,
               reason text, categories text[], first_at timestamptz, last_at timestamptz, entries bigint, newest bigint, late timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_person = any (wellkept.held_subjects()) or not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that person are not open';
  end if;
  return query
  with mine as (
    select e.* from wellkept.ledger_entry e where e.subjects[1] = p_person and e.at >= p_since
    union all
    select e.* from wellkept.ledger_also a join wellkept.ledger_entry e on e.id = a.entry and e.at = a.at where a.subject = p_person and a.at >= p_since
  ), sorted as (
    select m.*, case when m.kind = 'refused' then 'refused' when m.role in ('intake', 'jobs', 'mail_room') then 'machines' when m.own then 'you' when m.role = 'member' then 'family' else 'staff' end as who,
           case when m.kind in ('refused', 'searched', 'sign-in failed', 'joined', 'unjoined', 'split', 'looked into', 'explained') or m.kind = 'changed' and not m.own then m.kind else '' end as apart
      from mine m where not exists (select 1 from wellkept.ledger_seal k where k.occasion = m.occasion and k.ended_at is null and k.until > now())
  ), told as (
    select s.*, bool_or(s.kind = 'opened') over (partition by coalesce(s.occasion::text, s.id::text), s.role, s.actor, s.own, s.apart) as opens
      from sorted s where p_who = 'all' or s.who = p_who
  ), grouped as (
    select t.occasion, (array_agg(t.kind order by t.kind = 'opened' desc, t.id desc))[1] as kind, t.role, t.actor, t.own,
           (array_agg(t.purpose order by t.kind = 'opened' desc, t.id desc))[1] as purpose,
           (array_agg(t.clause order by t.kind = 'opened' desc, t.id desc))[1] as clause,
           (array_agg(t.reason order by t.kind = 'opened' desc, t.id desc))[1] as reason,
           array(select distinct c from unnest(string_to_array(string_agg(array_to_string(t.categories, ','), ',')
             filter (where t.kind = 'opened' or not t.opens), ',')) c where c <> '' order by c) as categories,
           min(t.at) as first_at, max(t.at) as last_at, count(*) as entries, max(t.id) as newest
      from told t
     group by coalesce(t.occasion::text, t.id::text), t.occasion, t.role, t.actor, t.own, t.apart
  )
  select g.occasion, o.kind, o.label, g.kind, g.role, g.actor, g.own, g.purpose, g.clause, g.reason, g.categories, g.first_at, g.last_at, g.entries, g.newest,
         (select coalesce(s.ended_at, s.until) from wellkept.ledger_seal s where s.occasion = g.occasion)
    from grouped g left join wellkept.ledger_occasion o on o.id = g.occasion
   where p_before is null or g.last_at < p_before
   order by g.last_at desc, g.newest desc limit p_limit;
end $$;

-- How many occasions of each sort, and since when.
create function wellkept.ledger_opening_counts(p_person uuid)
returns table (who text, occasions bigint, since timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_person = any (wellkept.held_subjects()) or not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that person are not open';
  end if;
  return query
  with mine as (
    select e.* from wellkept.ledger_entry e where e.subjects[1] = p_person
    union all
    select e.* from wellkept.ledger_also a join wellkept.ledger_entry e on e.id = a.entry and e.at = a.at where a.subject = p_person
  )
  select case when m.kind = 'refused' then 'refused' when m.role in ('intake', 'jobs', 'mail_room') then 'machines' when m.own then 'you' when m.role = 'member' then 'family' else 'staff' end,
         count(distinct (coalesce(m.occasion::text, m.id::text), m.role, m.actor, m.own,
           case when m.kind in ('refused', 'searched', 'sign-in failed', 'joined', 'unjoined', 'split', 'looked into', 'explained') or m.kind = 'changed' and not m.own then m.kind else '' end)), min(m.at)
    from mine m where not exists (select 1 from wellkept.ledger_seal k where k.occasion = m.occasion and k.ended_at is null and k.until > now()) group by 1;
end $$;

-- The single entries of one occasion that name the person.
create function wellkept.ledger_occasion_entries(p_person uuid, p_occasion uuid)
returns table (id bigint, at timestamptz, kind text, role text, actor text, own boolean, purpose text, categories text[], reason text, clause text, sealed boolean, late timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_person = any (wellkept.held_subjects()) or not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that person are not open';
  end if;
  return query
  with mine as (
    select e.* from wellkept.ledger_entry e where e.subjects[1] = p_person and e.occasion = p_occasion
    union all
    select e.* from wellkept.ledger_also a join wellkept.ledger_entry e on e.id = a.entry and e.at = a.at where a.subject = p_person and e.occasion = p_occasion
  )
  select m.id, m.at, m.kind, m.role, m.actor, m.own, m.purpose, m.categories, m.reason, m.clause,
         exists (select 1 from wellkept.ledger_leaf l where l.entry = m.id),
         (select coalesce(s.ended_at, s.until) from wellkept.ledger_seal s where s.occasion = m.occasion)
    from mine m where not exists (select 1 from wellkept.ledger_seal k where k.occasion = m.occasion and k.ended_at is null and k.until > now())
   order by m.at desc, m.id desc limit 500;
end $$;

-- One entry, whole, for its receipt. Only to a person it names.
create function wellkept.ledger_entry_of(p_person uuid, p_entry bigint) returns setof wellkept.ledger_entry
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_person = any (wellkept.held_subjects()) or not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that person are not open';
  end if;
  return query select * from wellkept.ledger_entry e where e.id = p_entry and p_person = any (e.subjects)
     and not wellkept.ledger_kept_back(e.occasion);
end $$;

revoke execute on function wellkept.ledger_openings, wellkept.ledger_opening_counts, wellkept.ledger_occasion_entries, wellkept.ledger_entry_of from public;
grant execute on function wellkept.ledger_openings, wellkept.ledger_opening_counts, wellkept.ledger_occasion_entries, wellkept.ledger_entry_of to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.ledger_openings owner to {gate};
alter function wellkept.ledger_opening_counts owner to {gate};
alter function wellkept.ledger_occasion_entries owner to {gate};
alter function wellkept.ledger_entry_of owner to {gate};

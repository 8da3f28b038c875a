-- Papers of organisations (U-42): proposals, contracts, accounting and credit papers. The subject is the organisation. They are read
-- through an opening alone and kept by a function; nobody changes one, and one goes when its time is over. An appointed agent reads what
-- the employer lets it.

select wellkept.lock_protect('wellkept.organisations_paper', p_gate => 'select, insert, delete',
  p_also => 'with_agent or (select wellkept.held_theirs())');
select wellkept.lock_protect('wellkept.organisations_paperpart', p_gate => 'select, insert, delete',
  p_also => 'exists (select from wellkept.organisations_paper p
    where p.person_id = organisations_paperpart.person_id and p.id = organisations_paperpart.paper_id)');

alter table wellkept.organisations_paper
  add constraint organisations_paper_kinds check (kind in ('proposal', 'contract', 'accounting', 'credit')),
  add constraint organisations_paper_standings check (standing in ('current', 'prospective', 'prior')),
  add constraint organisations_paper_sizes check (size between 1 and 10485760 and parts between 1 and 41),
  add constraint organisations_paper_category check (category = 'papers');

-- How an account stands to an organisation whose papers are asked for. A customer of before still reads its own.
create function wellkept.organisations_ties(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_own uuid;
  v_administers boolean;
begin
  select a.organisation_id, a.administers into v_own, v_administers from wellkept.accounts_account a where a.id = p_account;
  if v_own = p_subject then
    return case when v_administers then '{own_organisation,organisation_administrator}' else '{own_organisation}' end;
  end if;
  if v_own is not null then
    return case when wellkept.organisations_appointed(v_own, p_subject, 'HOPERAT', 'papers') then '{appointed}' else '{}' end;
  end if;
  if p_occasion is not null and exists (
    select 1 from wellkept.service_case c
     where c.person_id = p_subject and c.occasion = p_occasion and c.account_id = p_account and c.kind = 'papers' and c.closed_at is null) then
    return '{papers_case}';
  end if;
  return '{}';
end $$;

-- Something came: the desk has a case about it, one at a time. What was asked for is answered with it.
create function wellkept.organisations_paper_case(p_organisation uuid, p_paper uuid, p_under text, p_number text, p_due date) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c record;
begin
  select x.id, x.state, x.account_id, x.asked_on into c from wellkept.service_case x
   where x.person_id = p_organisation and x.kind = 'papers' and x.closed_at is null for update;
  if not found then
    insert into wellkept.service_case (id, person_id, category, collected_under, restricted, number, kind, about, state, opened_at, due_on)
    values (gen_random_uuid(), p_organisation, 'papers', p_under, false, p_number, 'papers', p_paper, 'waiting', now(), p_due)
    returning id into c;
    perform wellkept.service_step(x, gen_random_uuid(), 'opened', null, null) from wellkept.service_case x where x.id = c.id;
  elsif c.state = 'asked' then
    update wellkept.service_case x
       set state = case when x.account_id is null then 'waiting' else 'working' end,
           due_on = wellkept.service_due_on(x), asked_on = null
     where x.id = c.id;
    perform wellkept.service_step(x, gen_random_uuid(), 'told', null, null) from wellkept.service_case x where x.id = c.id;
  end if;
end $$;

-- Keeps a paper of the organisation that is open, from its own people or from whoever works on its case: 'yes', 'prior' from a
-- customer of before, who reads and sends nothing, 'full' after 20 in a day, else 'no'. Who sends is found, and the entry is written here.
create function wellkept.organisations_keep_paper(
  p_id uuid, p_organisation uuid, p_under text, p_kind text, p_title bytea, p_name bytea, p_media text, p_size int, p_parts int,
  p_with_agent boolean, p_number text, p_due date
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  v_standing text;
  v_kind text;
  v_theirs boolean;
begin
  if not p_organisation = any (wellkept.held_subjects()) or not 'papers' = any (wellkept.held_categories())
    or not wellkept.held_theirs() then
    return 'no';
  end if;
  select x.* into e from wellkept.gate_held h
    join wellkept.ledger_entry x on x.id = h.entry and x.at > now() - interval '1 min' and x.at < now() + interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  v_theirs := e.role in ('provider', 'employer', 'agent', 'partner');
  perform pg_advisory_xact_lock(hashtextextended('papers ' || p_organisation, 0));
  select o.standing, o.kind into v_standing, v_kind from wellkept.organisations_organisation o where o.id = p_organisation;
  if not found then return 'no'; end if;
  if v_theirs and v_standing = 'prior' then return 'prior'; end if;
  if (select count(*) from wellkept.organisations_paper p
       where p.person_id = p_organisation and p.sent_at > now() - interval '24 hours' and p.ours <> v_theirs) >= 20 then
    return 'full';
  end if;
  insert into wellkept.organisations_paper (id, person_id, category, collected_under, restricted, kind, ours, by_name, standing, title, name,
    media_type, size, parts, with_agent, sent_at)
  values (p_id, p_organisation, 'papers', p_under, false, p_kind, not v_theirs, coalesce(e.actor, ''), v_standing, p_title, p_name,
    p_media, p_size, p_parts, p_with_agent and v_kind = 'employer', now());
  perform wellkept.gate_changed('{papers}');
  if v_theirs then
    perform wellkept.organisations_paper_case(p_organisation, p_id, p_under, p_number, p_due);
  end if;
  return 'yes';
end $$;

-- One sealed part of a paper, in the transaction that keeps the paper and in no other.
create function wellkept.organisations_keep_part(p_id uuid, p_paper uuid, p_organisation uuid, p_under text, p_number int, p_content bytea)
returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_organisation = any (wellkept.held_subjects()) or not 'papers' = any (wellkept.held_categories())
    or not exists (
      select 1 from wellkept.organisations_paper p
       where p.person_id = p_organisation and p.id = p_paper and p.sent_at = now() and p_number between 0 and p.parts - 1) then
    return false;
  end if;
  insert into wellkept.organisations_paperpart (id, person_id, category, collected_under, restricted, paper_id, number, content)
  values (p_id, p_organisation, 'papers', p_under, false, p_paper, p_number, p_content);
  return true;
end $$;

-- Removes papers whose time is over: so many years after the last contract of their organisation ended, after the last list that named
-- it, and after they were sent. Nothing goes of a current customer, of one with an agreement in force or whose agent's appointment is, or
-- while its case is open. The organisation reads of it. Returns how many went.
create function wellkept.organisations_sweep_papers(p_years int) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_before timestamptz := now() - make_interval(years => p_years);
  v_organisation uuid;
  v_gone uuid[];
  v_removed int := 0;
begin
  if p_years is null or p_years < 0 then raise check_violation using message = 'a time to keep papers is a number of years'; end if;
  for v_organisation in
    select o.id from wellkept.organisations_organisation o
     where o.standing <> 'current' and o.roster_on < v_before
       and not exists (select 1 from wellkept.organisations_agreement g
                        where o.id in (g.organisation_id, g.with_id) and least(g.ends_at, g.ended_at) >= v_before)
       and not exists (select 1 from wellkept.service_case c where c.person_id = o.id and c.kind = 'papers' and c.closed_at is null)
       and exists (select 1 from wellkept.organisations_paper p where p.person_id = o.id and p.sent_at < v_before)
     order by o.id limit 500
  loop
    perform pg_advisory_xact_lock(hashtextextended('papers ' || v_organisation, 0));
    v_gone := array(select p.id from wellkept.organisations_paper p where p.person_id = v_organisation and p.sent_at < v_before);
    delete from wellkept.organisations_paperpart x where x.person_id = v_organisation and x.paper_id = any (v_gone);
    delete from wellkept.organisations_paper x where x.person_id = v_organisation and x.id = any (v_gone);
    perform wellkept.ledger_write('papers ended', null, null, 'jobs', null, array[v_organisation], null, '{papers}', false, null, 'U-20');
    v_removed := v_removed + cardinality(v_gone);
  end loop;
  return v_removed;
end $$;

-- Employers to which the session's own agency is appointed now; none before its holder agreed to every text.
create function wellkept.organisations_appoints(p_secret bytea) returns table (id uuid, name text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select o.id, o.name from wellkept.gate_who(p_secret) w
    join wellkept.organisations_organisation o on o.kind = 'employer'
     and o.id in (select g.with_id from wellkept.organisations_agreement g where g.organisation_id = w.organisation and g.kind = 'appointment')
   where wellkept.organisations_appointed(w.organisation, o.id, 'HOPERAT', 'papers')
     and not exists (select 1 from wellkept.consent_unacknowledged(w.account, w.role)) order by o.name, o.id limit 200;
end $$;

-- The organisation that a papers case of the session's own is about.
create function wellkept.organisations_of_case(p_secret bytea, p_case uuid)
returns table (id uuid, kind text, name text, street text, city text, state text, postal_code text, standing text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select o.id, o.kind, o.name, o.street, o.city, o.state, o.postal_code, o.standing
    from wellkept.service_desk(p_secret) s
    join wellkept.service_case c on c.id = p_case and c.account_id = s.account_id and c.kind = 'papers' and c.closed_at is null
    join wellkept.organisations_organisation o on o.id = c.person_id;
end $$;

-- The desk begins a case about an organisation, for something of ours that goes to it. It counts as one more of the hour, and the
-- organisation reads of it. 'yes'; 'waits': there is a case already; 'budget'; else 'no'.
create function wellkept.organisations_begin_case(
  p_secret bytea, p_organisation uuid, p_case uuid, p_occasion uuid, p_under text, p_number text, p_due date
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or not exists (select 1 from wellkept.organisations_organisation o where o.id = p_organisation) then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('papers ' || p_organisation, 0));
  if exists (select 1 from wellkept.service_case c where c.person_id = p_organisation and c.kind = 'papers' and c.closed_at is null) then
    return 'waits';
  end if;
  if not wellkept.gate_spend(s.account_id, s.role, s.person_id, array[p_organisation]) then return 'budget'; end if;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor, label)
  values (p_occasion, 'case', s.account_id, s.role, s.actor, 'papers');
  insert into wellkept.service_case (id, person_id, category, collected_under, restricted, number, kind, about, state, opened_at, due_on,
    account_id, actor, occasion)
  values (p_case, p_organisation, 'papers', p_under, false, p_number, 'papers', p_case, 'working', now(), p_due, s.account_id, s.actor,
    p_occasion);
  perform wellkept.service_step(x, gen_random_uuid(), 'taken', s.actor, null) from wellkept.service_case x where x.id = p_case;
  perform wellkept.ledger_write('case taken', p_occasion, s.account_id, s.role, s.actor, array[p_organisation], null, '{papers}', false,
    null, (select min(r.clause) from wellkept.access_rule r where r.role = s.role and r.relationship = 'papers_case'));
  return 'yes';
end $$;

-- Who opened, sent, or asked in vain for the papers of an organisation, one row an occasion, for its administrators: read through an
-- opening of 'openings'. A stranger's name is not told: they may be somebody else's clerk.
create function wellkept.organisations_openings(p_organisation uuid, p_skip int, p_limit int)
returns table (kind text, list boolean, role text, actor text, whose text, reason text, label text, first_at timestamptz, last_at timestamptz, entries bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_organisation = any (wellkept.held_subjects()) or not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that organisation are not open';
  end if;
  return query
  with mine as (
    select e.* from wellkept.ledger_entry e where e.subjects[1] = p_organisation
    union all
    select e.* from wellkept.ledger_also a join wellkept.ledger_entry e on e.id = a.entry and e.at = a.at where a.subject = p_organisation
  ), told as (
    select m.*, a.organisation_id as office from mine m left join wellkept.accounts_account a on a.id = m.account
     where (m.categories && '{papers,openings}' or (m.kind = 'refused' and m.role <> 'nobody'))
       and not exists (select 1 from wellkept.ledger_seal k where k.occasion = m.occasion and k.ended_at is null and k.until > now())
  )
  select t.kind, 'openings' = any (t.categories), t.role, case when t.office is null or t.office = p_organisation or t.kind <> 'refused' then t.actor end,
         case when t.office = p_organisation then 'own' when t.office is null then 'ours'
              when t.kind <> 'refused' then (select o.name from wellkept.organisations_organisation o where o.id = t.office) else '' end,
         t.reason, (select o.label from wellkept.ledger_occasion o where o.id = t.occasion and o.kind = 'case'),
         min(t.at), max(t.at), count(*)
    from told t
   group by t.occasion, t.account, t.kind, t.role, t.actor, t.office, t.reason, t.categories
   order by max(t.at) desc, max(t.id) desc offset greatest(p_skip, 0) limit least(p_limit, 101);
end $$;

revoke execute on function wellkept.organisations_sweep_papers, wellkept.organisations_ties, wellkept.organisations_paper_case,
  wellkept.organisations_keep_paper, wellkept.organisations_keep_part, wellkept.organisations_appoints, wellkept.organisations_of_case,
  wellkept.organisations_begin_case, wellkept.organisations_openings from public;
grant execute on function wellkept.organisations_keep_paper, wellkept.organisations_keep_part, wellkept.organisations_appoints,
  wellkept.organisations_of_case, wellkept.organisations_begin_case, wellkept.organisations_openings to {web};
grant execute on function wellkept.organisations_sweep_papers to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.organisations_ties owner to {gate};
alter function wellkept.organisations_sweep_papers owner to {gate};
alter function wellkept.organisations_paper_case owner to {gate};
alter function wellkept.organisations_keep_paper owner to {gate};
alter function wellkept.organisations_keep_part owner to {gate};
alter function wellkept.organisations_appoints owner to {gate};
alter function wellkept.organisations_of_case owner to {gate};
alter function wellkept.organisations_begin_case owner to {gate};
alter function wellkept.organisations_openings owner to {gate};

-- Balances are told by files or, of a family, added up by the gate; a page reads them through an opening of one's own alone. A sum
-- holds its person's sensitive care too: whoever may open the rest could subtract it. So every row is restricted, and the check
-- keeps it so whoever writes it.
select wellkept.lock_protect('wellkept.benefits_balance', p_intake => 'select, insert, update', p_gate => 'select, insert, update');
alter table wellkept.benefits_balance add constraint benefits_balance_restricted check (restricted);
-- As lock_protect does for the columns that were there before: EXPLAIN tells nothing of them.
alter table wellkept.benefits_claim alter column deductible set statistics 0, alter column shared set statistics 0;

-- What the two functions below look at, and nothing else of these tables.
create policy answered on wellkept.benefits_claim to {gate} using (true) with check (true);
grant select (person_id, household_id, plan_id, collected_under) on wellkept.people_person to {gate};
grant select (person_id, plan_id, category, restricted, status, served_from, decided_on, deductible, shared) on wellkept.benefits_claim to {gate};
grant select (plan_id, year_begins) on wellkept.organisations_terms to {gate};

-- Who is of one household with each of these people, themselves among them: a family's balance is kept with each of them.
-- Ids alone; intake enters them before it writes a row.
create function wellkept.benefits_household(p_people uuid[]) returns table (asked uuid, person uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select p.person_id, o.person_id from wellkept.people_person p
    join wellkept.people_household h on h.household_id = p.household_id
    join wellkept.people_person o on o.person_id = h.person_id and o.household_id = h.household_id
   where p.person_id = any (p_people);
end $$;

-- Adds up what the family of the one person who is open, by themselves, has counted towards their plan year, and keeps it on that
-- person's own row (R-17). It takes no argument, so that nobody can ask for less than a year of a family:
--   * it ends with the last month that is over, and stays as it was first added up until the next month is over: however often
--     it is asked, nobody's care moves it within a month;
--   * of everybody else it leaves out sensitive care and what they had restricted, one claim or all (45 CFR 164.522(a));
--   * it adds up nothing for a person who is alone in their household, nor for one whom the plan did not cover on that last day:
--     whoever left is told nothing new of the family.
create function wellkept.benefits_add_up_family() returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp set enable_seqscan = off as $$
declare
  v_open uuid[] := wellkept.held_subjects();
  v_me uuid := v_open[1];
  v_until date := date_trunc('month', current_date)::date - 1;
  v_plan uuid;
  v_household uuid;
  v_family uuid[];
  v_version text;
  v_begins date;
begin
  if cardinality(v_open) <> 1 or not wellkept.held_own() or not ('claims' = any (wellkept.held_categories())) then return; end if;
  select p.plan_id, p.household_id, p.collected_under into v_plan, v_household, v_version
    from wellkept.people_person p where p.person_id = v_me;
  if v_plan is null or not exists (
    select 1 from wellkept.people_household h join wellkept.people_person o on o.person_id = h.person_id
     where h.household_id = v_household and o.household_id = v_household and o.person_id <> v_me) or not exists (
    select 1 from wellkept.benefits_coverage c where c.person_id = v_me and c.plan_id = v_plan
       and (c.begins_on is null or c.begins_on <= v_until) and (c.ends_on is null or c.ends_on >= v_until)) then return; end if;
  select coalesce(max(t.year_begins), date_trunc('year', current_date)::date) into v_begins from wellkept.organisations_terms t
   where t.plan_id = v_plan and t.year_begins <= current_date and t.year_begins > current_date - interval '1 year';
  if v_until < v_begins or exists (
    select 1 from wellkept.benefits_balance b where b.person_id = v_me and b.plan_id = v_plan and b.source = 'added'
       and b.year_begins = v_begins and b.as_of >= v_until) then return; end if;
  v_family := array(
    select o.person_id from wellkept.people_household h join wellkept.people_person o on o.person_id = h.person_id
     where h.household_id = v_household and o.household_id = v_household
       and (o.person_id = v_me or not wellkept.consent_restricts(o.person_id, 'member', 'PATRQT', 'claims')));
  insert into wellkept.benefits_balance as b (id, person_id, category, plan_id, collected_under, restricted, name, network,
    year_begins, kind, scope, amount, as_of, source, told)
  select encode(substr(sha256(convert_to(concat_ws('|', v_me, v_plan, v_begins, k.kind), 'UTF8')), 1, 16), 'hex')::uuid,
         v_me, 'claims', v_plan, v_version, true, '', 'any', v_begins, k.kind, 'family', k.amount, v_until, 'added', ''
    from (
      select coalesce(sum(c.deductible), 0) as deductible, coalesce(sum(c.shared), 0) as shared
        from wellkept.benefits_claim c
       where c.person_id = any (v_family) and c.plan_id = v_plan and c.status in ('paid', 'denied') and c.decided_on <= v_until
         and coalesce(c.served_from, c.decided_on) between v_begins and v_until
         and (c.person_id = v_me or (c.category = 'claims' and not c.restricted))
    ) s cross join lateral (values ('deductible', s.deductible), ('out_of_pocket', s.shared)) k (kind, amount)
  on conflict (person_id, id) do update set amount = excluded.amount, as_of = excluded.as_of where b.as_of < excluded.as_of;
end $$;

revoke execute on function wellkept.benefits_household, wellkept.benefits_add_up_family from public;
grant execute on function wellkept.benefits_household to {intake};
grant execute on function wellkept.benefits_add_up_family to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.benefits_household owner to {gate};
alter function wellkept.benefits_add_up_family owner to {gate};

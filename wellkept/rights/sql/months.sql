-- How soon privacy requests were answered, as monthly counts that show no person (B-11).
-- A page gets finished months alone, small counts already withheld: nothing it can ask reveals one request.

-- Federal holidays on the day they are observed (5 U.S.C. 6103). The same rule as wellkept.clocks.business; a test compares every day.
create function wellkept.rights_holiday(p_day date) returns boolean
language plpgsql immutable security definer set search_path = wellkept, pg_temp as $$
declare
  v_month integer := extract(month from p_day);
  v_day integer := extract(day from p_day);
  v_weekday integer := extract(isodow from p_day);
  v_fixed text[] := array['0101', '0619', '0704', '1111', '1225'];
begin
  return case
    when v_weekday > 5 then false
    when to_char(p_day, 'MMDD') = any (v_fixed) then true
    when v_weekday = 5 and to_char(p_day + 1, 'MMDD') = any (v_fixed) then true
    when v_weekday = 1 and to_char(p_day - 1, 'MMDD') = any (v_fixed) then true
    when v_weekday = 1 and v_month in (1, 2) then v_day between 15 and 21
    when v_weekday = 1 and v_month = 5 then v_day >= 25
    when v_weekday = 1 and v_month = 9 then v_day <= 7
    when v_weekday = 1 and v_month = 10 then v_day between 8 and 14
    when v_weekday = 4 and v_month = 11 then v_day between 22 and 28
    else false
  end;
end $$;

-- On which business day after the day of receipt an answer came: 0 to 5, and 6 for any later one.
create function wellkept.rights_answer_day(p_received date, p_answered date) returns integer
language plpgsql immutable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select least(6, count(*)) from generate_series(p_received + 1, least(p_answered, p_received + 30), interval '1 day') d
           where extract(isodow from d) < 6 and not wellkept.rights_holiday(d::date));
end $$;

-- The parts of a total with the small ones withheld, 1 to 10, and those that would give a small one away. As wellkept.statistics.withheld.parts.
create function wellkept.rights_withheld(p_counts integer[]) returns integer[]
language plpgsql immutable security definer set search_path = wellkept, pg_temp as $$
declare
  v_cut integer;
begin
  if 0 = all (p_counts) then return p_counts; end if;
  select c.cut into v_cut from unnest(p_counts) c (cut)
   where c.cut >= 11
     and (select count(*) = 0 or count(*) > 1 and sum(x) between 9 + count(*) and (c.cut - 1) * (count(*) - 1)
            from unnest(p_counts) x where x > 0 and x < c.cut)
   order by c.cut limit 1;
  return (select array_agg(case when v_cut is not null and p.c = 0 or p.c >= v_cut then p.c end order by p.at) from unnest(p_counts) with ordinality p (c, at));
end $$;

-- Each month from the first request on that has been over for 15 days, as it stood then, so that no number ever changes afterwards.
-- answered: on day 0, 1, 2, 3, 4, 5, later, not by then. No argument: two askings that differ would tell one request apart.
create function wellkept.rights_months() returns table (month date, requests integer, answered integer[])
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_zone text := (select a.zone from wellkept.access_place a);
  v_today date := wellkept.access_day(now());
begin
  return query
  with asked as (
    select date_trunc('month', r.asked_at at time zone v_zone)::date as began, (r.asked_at at time zone v_zone)::date as received,
           (r.answered_at at time zone v_zone)::date as answered
      from wellkept.rights_request r
     -- The made-up people of the probes stand outside every figure.
     where not exists (select 1 from wellkept.people_person p join wellkept.organisations_plan o on o.id = p.plan_id
                        where p.person_id = r.person_id and o.sponsor = 'WELLKEPT STANDING PROBE')
  ), over as (
    select m::date as began, (m + interval '1 month 15 days')::date as closed
      from generate_series((select min(a.began) from asked a), v_today, interval '1 month') m
     where (m + interval '1 month 15 days')::date <= v_today
  ), parted as (
    select o.began, p.part, count(a.began)::integer as found
      from over o cross join generate_series(0, 7) p (part)
      left join asked a on a.began = o.began and p.part = case
        when a.answered < o.closed then wellkept.rights_answer_day(a.received, a.answered) else 7 end
     group by o.began, p.part
  ), counted as (
    select p.began, sum(p.found)::integer as whole, array_agg(p.found order by p.part) as parts from parted p group by p.began
  )
  select c.began, case when c.whole = 0 or c.whole >= 11 then c.whole end, wellkept.rights_withheld(c.parts)
    from counted c order by c.began;
end $$;

revoke execute on function wellkept.rights_holiday, wellkept.rights_answer_day, wellkept.rights_withheld, wellkept.rights_months from public;
grant execute on function wellkept.rights_months to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.rights_holiday owner to {gate};
alter function wellkept.rights_answer_day owner to {gate};
alter function wellkept.rights_withheld owner to {gate};
alter function wellkept.rights_months owner to {gate};

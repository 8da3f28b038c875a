-- What the counters come to, a month at a time. A page reads finished months by functions and no table.
--
-- A month is finished once nothing can be added to its last day: on the second day after it. Then it is reckoned once,
-- when it is first asked for, and never changes, so that no two looks at it can be told from one another.

create table wellkept.statistics_month (
  month date not null,
  dimension text not null references wellkept.statistics_dimension (name),
  audience text not null,
  value text not null,
  n bigint not null,
  slots bigint[] not null,
  days bigint[] not null,
  primary key (month, dimension, audience, value)
);
comment on table wellkept.statistics_month is 'housekeeping: totals of months that are over.';
comment on column wellkept.statistics_month.month is 'housekeeping: the first day of the month, where the operator works.';
comment on column wellkept.statistics_month.dimension is 'housekeeping: what was counted.';
comment on column wellkept.statistics_month.audience is 'housekeeping: which door, or empty.';
comment on column wellkept.statistics_month.value is 'housekeeping: what this row counts of it.';
comment on column wellkept.statistics_month.n is 'housekeeping: how often in the month.';
comment on column wellkept.statistics_month.slots is 'housekeeping: how often in each hour of the day, or in each of the other slots of the dimension.';
comment on column wellkept.statistics_month.days is 'housekeeping: how often on each day of the month.';

-- The totals of one month, from its days. Our own tries stand outside every figure.
create function wellkept.statistics_reckoned(p_month date)
returns table (dimension text, audience text, value text, n bigint, slots bigint[], days bigint[])
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  with daily as (
    select c.day, c.dimension, c.audience, c.value, c.counts, (select sum(x) from unnest(c.counts) x)::bigint as n
      from wellkept.statistics_count c
     where c.day >= p_month and c.day < (p_month + interval '1 month')::date and c.audience <> 'proof'
  ), by_slot as (
    select s.dimension, s.audience, s.value, array_agg(s.n order by s.at) as slots from (
      select d.dimension, d.audience, d.value, u.at, sum(u.n)::bigint as n from daily d, unnest(d.counts) with ordinality u (n, at)
       group by 1, 2, 3, 4) s group by 1, 2, 3
  ), by_day as (
    select s.dimension, s.audience, s.value, sum(s.n)::bigint as n, array_agg(s.n order by s.day) as days from (
      select k.dimension, k.audience, k.value, g.day::date as day, coalesce(sum(d.n), 0)::bigint as n
        from (select distinct x.dimension, x.audience, x.value from daily x) k
       cross join generate_series(p_month, (p_month + interval '1 month - 1 day')::date, interval '1 day') g (day)
        left join daily d on d.day = g.day::date and d.dimension = k.dimension and d.audience = k.audience and d.value = k.value
       group by 1, 2, 3, 4) s group by 1, 2, 3
  )
  select b.dimension, b.audience, b.value, b.n, s.slots, b.days
    from by_day b join by_slot s using (dimension, audience, value) where b.n > 0;
end $$;

-- Every finished month in which anything was counted, oldest first. One that was not reckoned yet is reckoned now.
create function wellkept.statistics_finished() returns setof date
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_month date;
begin
  for v_month in
    select distinct date_trunc('month', c.day)::date from
           (select t.day from wellkept.statistics_total t union select d.day from wellkept.statistics_day d) c
     where (date_trunc('month', c.day) + interval '1 month 1 day')::date <= wellkept.access_day(now())
    except select m.month from wellkept.statistics_month m
  loop
    insert into wellkept.statistics_month select v_month, r.* from wellkept.statistics_reckoned(v_month) r on conflict do nothing;
  end loop;
  return query select distinct m.month from wellkept.statistics_month m order by 1;
end $$;

-- The totals of the finished months from one to another.
create function wellkept.statistics_months(p_first date, p_last date)
returns table (month date, dimension text, audience text, value text, n bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select m.month, m.dimension, m.audience, m.value, m.n from wellkept.statistics_month m
                where m.month between p_first and p_last;
end $$;

-- For each dimension and audience of one finished month: how often in each slot, and on each day.
create function wellkept.statistics_times(p_month date)
returns table (dimension text, audience text, slots bigint[], days bigint[])
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select s.dimension, s.audience, s.slots, d.days from
    (select x.dimension, x.audience, array_agg(x.n order by x.at) as slots from
      (select m.dimension, m.audience, u.at, sum(u.n)::bigint as n from wellkept.statistics_month m, unnest(m.slots) with ordinality u (n, at)
        where m.month = p_month group by 1, 2, 3) x group by 1, 2) s
    join
    (select x.dimension, x.audience, array_agg(x.n order by x.at) as days from
      (select m.dimension, m.audience, u.at, sum(u.n)::bigint as n from wellkept.statistics_month m, unnest(m.days) with ordinality u (n, at)
        where m.month = p_month group by 1, 2, 3) x group by 1, 2) d using (dimension, audience);
end $$;

-- The month that is being counted, for an administrator who is signed in and for nobody else.
create function wellkept.statistics_so_far(p_secret bytea)
returns table (dimension text, audience text, value text, n bigint, slots bigint[], days bigint[])
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not wellkept.statistics_administrator(p_secret) then return; end if;
  return query select r.* from wellkept.statistics_reckoned(date_trunc('month', wellkept.access_day(now()))::date) r;
end $$;

-- The processes that count now, for the same reader: when each last added, and whether it has been silent too long.
create function wellkept.statistics_counting(p_secret bytea) returns table (added timestamptz, every_seconds integer)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not wellkept.statistics_administrator(p_secret) then return; end if;
  return query select r.added, r.every_seconds from wellkept.statistics_run r order by r.added desc;
end $$;

-- Whether a session is open and an administrator's.
create function wellkept.statistics_administrator(p_secret bytea) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.accounts_session s where s.secret_hash = p_secret and s.expires > now()
                    and s.seen > now() - s.idle and s.role = 'administrator');
end $$;

grant select, insert on wellkept.statistics_month to {gate};
revoke execute on function wellkept.statistics_reckoned, wellkept.statistics_finished, wellkept.statistics_months,
  wellkept.statistics_times, wellkept.statistics_so_far, wellkept.statistics_counting, wellkept.statistics_administrator from public;
grant execute on function wellkept.statistics_finished, wellkept.statistics_months, wellkept.statistics_times,
  wellkept.statistics_so_far, wellkept.statistics_counting to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.statistics_reckoned owner to {gate};
alter function wellkept.statistics_finished owner to {gate};
alter function wellkept.statistics_months owner to {gate};
alter function wellkept.statistics_times owner to {gate};
alter function wellkept.statistics_so_far owner to {gate};
alter function wellkept.statistics_counting owner to {gate};
alter function wellkept.statistics_administrator owner to {gate};

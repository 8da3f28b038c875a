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
  primary key (month, dimension, audience, value)
);
comment on table wellkept.statistics_month is 'housekeeping: totals of months that are over.';
comment on column wellkept.statistics_month.month is 'housekeeping: the first day of the month, where the operator works.';
comment on column wellkept.statistics_month.dimension is 'housekeeping: what was counted.';
comment on column wellkept.statistics_month.audience is 'housekeeping: which door, or empty.';
comment on column wellkept.statistics_month.value is 'housekeeping: what this row counts of it.';
comment on column wellkept.statistics_month.n is 'housekeeping: how often in the month.';

create table wellkept.statistics_month_times (
  month date not null,
  dimension text not null references wellkept.statistics_dimension (name),
  audience text not null,
  slots bigint[] not null,
  days bigint[] not null,
  primary key (month, dimension, audience)
);
comment on table wellkept.statistics_month_times is 'housekeeping: when pages were read, or hits came, in a month that is over.';
comment on column wellkept.statistics_month_times.month is 'housekeeping: the first day of the month.';
comment on column wellkept.statistics_month_times.dimension is 'housekeeping: what was counted: pages, or status for hits.';
comment on column wellkept.statistics_month_times.audience is 'housekeeping: which door, or empty.';
comment on column wellkept.statistics_month_times.slots is 'housekeeping: how often in each hour of the day.';
comment on column wellkept.statistics_month_times.days is 'housekeeping: how often on each day of the month.';

-- The totals of one month, from its days. Our own tries stand outside every figure. What is more than a dimension's most
-- values is "other", as it is within a day. Stays by page are in no report: they would cross a page with a length.
create function wellkept.statistics_reckoned(p_month date) returns table (dimension text, audience text, value text, n bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_next date := p_month + interval '1 month';
begin
  return query
  with daily as (
    select v.audience, v.value, d.dimension, v.n from wellkept.statistics_day d, unnest(d.audiences, d."values", d.sums) v (audience, value, n)
     where d.day >= p_month and d.day < v_next and d.dimension <> 'stays by page'
    union all
    select t.audience, t.value, t.dimension, (select sum(x) from unnest(t.counts) x)::bigint from wellkept.statistics_total t
     where t.day >= p_month and t.day < v_next and t.dimension <> 'stays by page'
  ), summed as (
    select d.dimension, d.audience, d.value, sum(d.n)::bigint as n from daily d where d.audience <> 'proof' group by 1, 2, 3
  ), ranked as (
    select s.*, row_number() over (partition by s.dimension, s.audience order by s.value = 'other' desc, s.n desc, s.value) as at
      from summed s where s.n > 0
  )
  select r.dimension, r.audience, case when r.at <= m.most then r.value else 'other' end as value, sum(r.n)::bigint
    from ranked r join wellkept.statistics_dimension m on m.name = r.dimension group by 1, 2, 3;
end $$;

-- When pages were read, or hits came, in one month: for each audience how often in each hour, and on each day.
create function wellkept.statistics_clock(p_month date) returns table (dimension text, audience text, slots bigint[], days bigint[])
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_next date := p_month + interval '1 month';
begin
  return query
  -- A packed day is read as it lies: the view would unpack its numbers once for each count.
  with packed as (
    select d.* from wellkept.statistics_day d
     where d.day >= p_month and d.day < v_next and d.dimension in ('pages', 'status')
  ), numbers as (
    select p.day, p.dimension, (u.at - 1) / 24 + 1 as at, (u.at - 1) % 24 as hour, u.n
      from packed p, unnest(p.counts) with ordinality u (n, at)
  ), daily as (
    select p.day, p.dimension, v.audience, k.hour, sum(k.n)::bigint as n
      from packed p, unnest(p.audiences) with ordinality v (audience, at), numbers k
     where k.day = p.day and k.dimension = p.dimension and k.at = v.at and v.audience <> 'proof' group by 1, 2, 3, 4
    union all
    select t.day, t.dimension, t.audience, u.at - 1, sum(u.n)::bigint
      from wellkept.statistics_total t, unnest(t.counts) with ordinality u (n, at)
     where t.day >= p_month and t.day < v_next and t.dimension in ('pages', 'status') and t.audience <> 'proof' group by 1, 2, 3, 4
  ), hours as (
    select h.dimension, h.audience, array_agg(h.n order by h.hour) as slots
      from (select d.dimension, d.audience, d.hour, sum(d.n)::bigint as n from daily d group by 1, 2, 3) h group by 1, 2
  )
  select h.dimension, h.audience, h.slots, array(
    select coalesce((select sum(d.n) from daily d where d.day = g.day::date and d.dimension = h.dimension and d.audience = h.audience), 0)::bigint
      from generate_series(p_month, v_next - 1, interval '1 day') g (day) order by g.day)
    from hours h;
end $$;

-- Every finished month in which anything was counted, oldest first. The newest that was not reckoned yet is reckoned now;
-- where more than one waits, the others follow when this is asked again.
create function wellkept.statistics_finished() returns setof date
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_month date;
begin
  select w.month into v_month from (
    select distinct date_trunc('month', c.day)::date as month from
           (select t.day from wellkept.statistics_total t union select d.day from wellkept.statistics_day d) c
    except select m.month from wellkept.statistics_month m) w
   where (w.month + interval '1 month 1 day')::date <= wellkept.access_day(now()) order by w.month desc limit 1;
  if v_month is not null then
    insert into wellkept.statistics_month select v_month, r.* from wellkept.statistics_reckoned(v_month) r on conflict do nothing;
    insert into wellkept.statistics_month_times select v_month, c.* from wellkept.statistics_clock(v_month) c on conflict do nothing;
  end if;
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

-- When pages were read, or hits came, in one finished month.
create function wellkept.statistics_times(p_month date)
returns table (dimension text, audience text, slots bigint[], days bigint[])
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query select t.dimension, t.audience, t.slots, t.days from wellkept.statistics_month_times t where t.month = p_month;
end $$;

-- The month that is being counted, for an administrator who is signed in and for nobody else: its totals, and its times.
-- Each is rounded down to twenties: whoever looks twice and subtracts sees no single visit.
create function wellkept.statistics_so_far(p_secret bytea) returns table (dimension text, audience text, value text, n bigint)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not wellkept.statistics_administrator(p_secret) then return; end if;
  return query select r.dimension, r.audience, r.value, case r.dimension when 'lost' then r.n else r.n - r.n % 20 end
    from wellkept.statistics_reckoned(date_trunc('month', wellkept.access_day(now()))::date) r;
end $$;

create function wellkept.statistics_times_so_far(p_secret bytea) returns table (dimension text, audience text, slots bigint[], days bigint[])
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not wellkept.statistics_administrator(p_secret) then return; end if;
  return query select c.dimension, c.audience,
      (select array_agg(u.n - u.n % 20 order by u.at) from unnest(c.slots) with ordinality u (n, at)),
      (select array_agg(u.n - u.n % 20 order by u.at) from unnest(c.days) with ordinality u (n, at))
    from wellkept.statistics_clock(date_trunc('month', wellkept.access_day(now()))::date) c;
end $$;

-- The processes that count now, for the same reader: when each last added, and how often it does.
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

grant select, insert on wellkept.statistics_month, wellkept.statistics_month_times to {gate};
revoke execute on function wellkept.statistics_reckoned, wellkept.statistics_clock, wellkept.statistics_finished,
  wellkept.statistics_months, wellkept.statistics_times, wellkept.statistics_so_far, wellkept.statistics_times_so_far, wellkept.statistics_counting, wellkept.statistics_administrator from public;
grant execute on function wellkept.statistics_finished, wellkept.statistics_months, wellkept.statistics_times,
  wellkept.statistics_so_far, wellkept.statistics_times_so_far, wellkept.statistics_counting to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.statistics_reckoned owner to {gate};
alter function wellkept.statistics_clock owner to {gate};
alter function wellkept.statistics_finished owner to {gate};
alter function wellkept.statistics_months owner to {gate};
alter function wellkept.statistics_times owner to {gate};
alter function wellkept.statistics_so_far owner to {gate};
alter function wellkept.statistics_times_so_far owner to {gate};
alter function wellkept.statistics_counting owner to {gate};
alter function wellkept.statistics_administrator owner to {gate};

-- Totals of visits with nobody in them. A process for pages adds to them by one function and reads none of them.
--
-- A count is found by day (where the operator works), dimension, audience and value; it is one number for each slot:
-- the 24 hours of the day, or what the dimension says. A day that is over lies packed in one row a dimension, and the
-- view statistics_count shows open and packed days alike: read that.

create table wellkept.statistics_dimension (
  name text primary key,
  slots int not null check (slots between 1 and 24),
  most int not null check (most between 1 and 500),
  meaning text not null
);
comment on table wellkept.statistics_dimension is 'public: what is counted of visits, and by what.';
comment on column wellkept.statistics_dimension.name is 'public: the name of the dimension.';
comment on column wellkept.statistics_dimension.slots is 'public: how many numbers a count has: 24 hours, 8 lengths of stay, or one a day.';
comment on column wellkept.statistics_dimension.most is 'public: how many different values a day; what comes after is "other".';
comment on column wellkept.statistics_dimension.meaning is 'public: what a value is.';

-- wellkept/statistics/dimensions.py says the same; a test compares.
insert into wellkept.statistics_dimension values
  ('pages', 24, 400, 'the route of a page that was read'),
  ('visits', 24, 10, 'first, again or unknown, as the cookie of coarse dates tells'),
  ('referrers', 1, 500, 'the origin and path a visit came from, five times in an hour at least'),
  ('next', 1, 300, 'two routes of ours, one asked from the other'),
  ('left', 24, 100, 'the host a leaving page led to'),
  ('stays', 24, 8, 'how long a page was looked at'),
  ('stays by page', 8, 400, 'the route of a page, a slot for each length of stay'),
  ('query', 24, 100, 'a parameter name of ours, other, or none'),
  ('status', 24, 100, 'the status of an answer'),
  ('bytes', 24, 10, 'the size of an answer'),
  ('agents', 24, 20, 'the family of a browser'),
  ('cookie', 24, 2, 'whether a cookie came with a request'),
  ('crawlers', 24, 2, 'requests of programs that crawl'),
  ('lost', 24, 1, 'processes that ended without adding what they had counted last');

create table wellkept.statistics_total (
  day date not null,
  dimension text not null references wellkept.statistics_dimension (name),
  audience text not null,
  value text not null,
  counts int[] not null,
  primary key (day, dimension, audience, value)
) with (fillfactor = 70);
comment on table wellkept.statistics_total is 'housekeeping: totals of days that are not over yet.';
comment on column wellkept.statistics_total.day is 'housekeeping: the day, where the operator works.';
comment on column wellkept.statistics_total.dimension is 'housekeeping: what was counted.';
comment on column wellkept.statistics_total.audience is 'housekeeping: which door: public, member, desk, privacy, operations; proof for our own tries; or empty.';
comment on column wellkept.statistics_total.value is 'housekeeping: what this row counts of it.';
comment on column wellkept.statistics_total.counts is 'housekeeping: how often, a number for each slot.';

create table wellkept.statistics_day (
  day date not null,
  dimension text not null references wellkept.statistics_dimension (name),
  audiences text[] not null,
  "values" text[] not null,
  counts int[] not null,
  sums bigint[] not null,
  primary key (day, dimension)
);
comment on table wellkept.statistics_day is 'housekeeping: totals of a day that is over, packed.';
comment on column wellkept.statistics_day.day is 'housekeeping: the day.';
comment on column wellkept.statistics_day.dimension is 'housekeeping: what was counted.';
comment on column wellkept.statistics_day.audiences is 'housekeeping: the audience of each count.';
comment on column wellkept.statistics_day."values" is 'housekeeping: the value of each count.';
comment on column wellkept.statistics_day.sums is 'housekeeping: what the numbers of each count come to, from which a month is reckoned.';
comment on column wellkept.statistics_day.counts is 'housekeeping: the numbers of each count, one count after the other.';

-- A process for pages that is counting has a row here. It takes it away when it ends; one that was killed cannot.
create table wellkept.statistics_run (
  id uuid primary key,
  added timestamptz not null,
  number bigint not null,
  every_seconds int not null check (every_seconds between 1 and 60)
);
comment on table wellkept.statistics_run is 'housekeeping: processes for pages that are counting now.';
comment on column wellkept.statistics_run.id is 'housekeeping: a number the process made for itself.';
comment on column wellkept.statistics_run.added is 'housekeeping: when it last added what it had counted.';
comment on column wellkept.statistics_run.number is 'housekeeping: the number of its last addition, so that none is made twice.';
comment on column wellkept.statistics_run.every_seconds is 'housekeeping: how often it adds while there is something to add.';

create view wellkept.statistics_count as
  select day, dimension, audience, value, counts from wellkept.statistics_total
  union all
  select d.day, d.dimension, d.audiences[n], d."values"[n], d.counts[(n - 1) * m.slots + 1 : n * m.slots]
    from wellkept.statistics_day d
    join wellkept.statistics_dimension m on m.name = d.dimension
   cross join lateral generate_subscripts(d."values", 1) n;
comment on view wellkept.statistics_count is 'housekeeping: every total, of open and packed days: day, dimension, audience, value, and its numbers by slot.';

-- Adds what a process has counted. Each row: day, slot (from 0), dimension, audience, value, n. A total never falls,
-- but "other" of referrers, which gives to a name what the name is owed once it has come five times. Our own tries have
-- a day's most values for themselves, so that they push nobody's into "other". What does not
-- fit a dimension is refused whole: a page process is the only one that asks, and it asks for nothing else.
-- One that comes twice, because its answer was lost, adds once.
create function wellkept.statistics_add(
  p_run uuid, p_number bigint, p_every int, p_ended boolean, p_zone text, p_rows text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_row record;
  v_value text;
  v_today date := (now() at time zone p_zone)::date;
begin
  if p_run is null or p_number is null or p_every is null or p_zone is null or p_rows is null then
    raise data_exception using message = 'that is no addition';
  end if;
  -- A zone can be made up, days away from where the operator works (POSIX writes "X+167").
  if abs(v_today - wellkept.access_day(now())) > 1 then
    raise data_exception using message = 'that is no day here';
  end if;
  perform pg_advisory_xact_lock(hashtext('wellkept.statistics'));
  if exists (select 1 from statistics_run where id = p_run and number >= p_number) then
    return;
  end if;
  for v_row in
    select r.day, r.slot, r.dimension, r.audience, r.value, r.n, m.slots, m.most
      from json_to_recordset(p_rows::json) r (day date, slot int, dimension text, audience text, value text, n int)
      left join statistics_dimension m on m.name = r.dimension
     order by r.day, r.dimension, r.n desc, r.value
  loop
    -- What is null is no total either.
    if (v_row.slots is null or v_row.slot not between 0 and v_row.slots - 1
      or v_row.day not between v_today - 1 and v_today + 1
      or v_row.audience !~ '^[a-z]{0,10}$' or v_row.value !~ '^[ -~]{1,160}$'
      or v_row.n is null or v_row.n not between -1000000 and 1000000000
      or (v_row.n < 0 and not (v_row.dimension = 'referrers' and v_row.value = 'other'))) is not false then
      raise data_exception using message = 'that is no total of a visit';
    end if;
    v_value := v_row.value;
    if v_value <> 'other' and not exists (
      select 1 from statistics_total t where t.day = v_row.day and t.dimension = v_row.dimension
         and t.audience = v_row.audience and t.value = v_value)
      and (select count(*) from statistics_total t where t.day = v_row.day and t.dimension = v_row.dimension
              and t.value <> 'other' and (t.audience = 'proof') = (v_row.audience = 'proof')) >= v_row.most then
      v_value := 'other';
    end if;
    insert into statistics_total values
      (v_row.day, v_row.dimension, v_row.audience, v_value, array_fill(0, array[v_row.slots]))
      on conflict do nothing;
    update statistics_total t set counts[v_row.slot + 1] = greatest(0, counts[v_row.slot + 1] + v_row.n)
     where t.day = v_row.day and t.dimension = v_row.dimension and t.audience = v_row.audience and t.value = v_value;
  end loop;
  if p_ended then
    delete from statistics_run where id = p_run;
  else
    insert into statistics_run values (p_run, now(), p_number, p_every)
      on conflict (id) do update set added = excluded.added, number = excluded.number;
  end if;
  perform statistics_settle(p_zone);
end $$;

-- Turns processes that have been silent for three minutes into a count of those that ended without a word, and packs
-- the days that are over. A day is packed once nothing can be added to it any more; what our own tries left goes then.
create function wellkept.statistics_settle(p_zone text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_before date := (now() at time zone p_zone)::date - 1;
  v_over date[];
begin
  with gone as (
    delete from statistics_run where added < now() - interval '3 min' returning added at time zone p_zone as at
  ), counted as (
    select g.at::date as day, array_agg(g.hour order by g.hour) as hours
      from (select at, extract(hour from at)::int as hour from gone) g group by 1
  )
  insert into statistics_total
    select day, 'lost', '', 'process',
           (select array_agg(cardinality(array_positions(c.hours, h)) order by h) from generate_series(0, 23) h)
      from counted c
    on conflict (day, dimension, audience, value) do update
      set counts = (select array_agg(a + b order by n)
                      from unnest(statistics_total.counts, excluded.counts) with ordinality s (a, b, n));
  v_over := array(select distinct day from statistics_total where day < v_before);
  if cardinality(v_over) > 0 then
    delete from statistics_total where day < v_before and audience = 'proof';
    insert into statistics_day
      select c.day, c.dimension, array_agg(c.audience order by c.audience, c.value),
             array_agg(c.value order by c.audience, c.value),
             (select array_agg(n order by o.audience, o.value, o.slot) from (
                select u.audience, u.value, s.slot, sum(s.n)::int as n from statistics_count u
                 cross join lateral unnest(u.counts) with ordinality s (n, slot)
                 where u.day = c.day and u.dimension = c.dimension group by 1, 2, 3) o),
             (select array_agg(n order by o.audience, o.value) from (
                select u.audience, u.value, sum((select sum(x) from unnest(u.counts) x))::bigint as n from statistics_count u
                 where u.day = c.day and u.dimension = c.dimension group by 1, 2) o)
        from (select distinct day, dimension, audience, value from statistics_count where day = any (v_over)) c
       group by c.day, c.dimension
      on conflict (day, dimension) do update
        set audiences = excluded.audiences, "values" = excluded."values", counts = excluded.counts, sums = excluded.sums;
    delete from statistics_total where day < v_before;
  end if;
end $$;

grant select on wellkept.statistics_dimension to {web}, {proof};
grant select on wellkept.statistics_dimension, wellkept.statistics_count to {gate};
grant select on wellkept.statistics_count to {proof};
grant select, insert, update, delete on wellkept.statistics_total, wellkept.statistics_day, wellkept.statistics_run to {gate};
revoke execute on function wellkept.statistics_add, wellkept.statistics_settle from public;
grant execute on function wellkept.statistics_add to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.statistics_settle owner to {gate};
alter function wellkept.statistics_add owner to {gate};

-- Openings that stand out (B-10): of somebody near to whoever opened, far more than usual, outside working hours, or without
-- a case. The watcher finds them in the ledger under its own role; a privacy officer closes each, and nobody their own.

create table wellkept.access_near (
  person_id uuid primary key,
  surname bytea,
  address bytea,
  street bytea
);
comment on table wellkept.access_near is 'personal: keyed hashes by which it is known that somebody who works here is near to a person.';
comment on column wellkept.access_near.person_id is 'personal: the person.';
comment on column wellkept.access_near.surname is 'personal: keyed hash of the family name.';
comment on column wellkept.access_near.address is 'personal: keyed hash of house, street and ZIP code.';
comment on column wellkept.access_near.street is 'personal: keyed hash of street and ZIP code.';

create table wellkept.access_staffnear (
  account uuid primary key,
  surnames bytea[] not null,
  addresses bytea[] not null,
  streets bytea[] not null,
  persons bytea[] not null,
  told_by text not null,
  told_at timestamptz not null default now()
);
comment on table wellkept.access_staffnear is 'personal: the same keyed hashes of whoever works here, and no name.';
comment on column wellkept.access_staffnear.account is 'personal: whose account.';
comment on column wellkept.access_staffnear.surnames is 'personal: keyed hashes of family names, former ones too.';
comment on column wellkept.access_staffnear.addresses is 'personal: keyed hashes of where they live.';
comment on column wellkept.access_staffnear.streets is 'personal: keyed hashes of their street.';
comment on column wellkept.access_staffnear.persons is 'personal: keyed hashes of name and birth date, by which a record of their own is known.';
comment on column wellkept.access_staffnear.told_by is 'personal: the name of the officer who entered it.';
comment on column wellkept.access_staffnear.told_at is 'housekeeping: when.';

create table wellkept.access_watched (
  one boolean primary key default true check (one),
  xact xid8 not null default '0',
  entry bigint not null default 0,
  at timestamptz
);
insert into wellkept.access_watched default values;
comment on table wellkept.access_watched is 'housekeeping: how far the ledger has been looked through.';
comment on column wellkept.access_watched.one is 'housekeeping: there is one.';
comment on column wellkept.access_watched.xact is 'housekeeping: the transaction of the last entry looked at.';
comment on column wellkept.access_watched.entry is 'housekeeping: that entry.';
comment on column wellkept.access_watched.at is 'housekeeping: when that entry was written; null: none was looked at yet.';

create table wellkept.access_unusual (one boolean primary key default true check (one), people int not null, from_hour int not null, until_hour int not null);
comment on table wellkept.access_unusual is 'public: what counts as unusual, from operator.toml.';
comment on column wellkept.access_unusual.one is 'housekeeping: there is one.';
comment on column wellkept.access_unusual.people is 'public: how many people somebody opens in an hour before it stands out.';
comment on column wellkept.access_unusual.from_hour is 'public: the hour at which work begins.';
comment on column wellkept.access_unusual.until_hour is 'public: the hour at which work ends.';
grant select on wellkept.access_unusual to {gate}, {web}, {jobs}, {intake}, {proof};

create table wellkept.access_usual (
  account uuid not null,
  hour timestamptz not null,
  people int not null,
  primary key (account, hour)
);
comment on table wellkept.access_usual is 'personal: how many people an account opened in an hour of the last 28 days.';
comment on column wellkept.access_usual.account is 'personal: whose account.';
comment on column wellkept.access_usual.hour is 'personal: in which hour.';
comment on column wellkept.access_usual.people is 'personal: how many.';

create table wellkept.access_alarm (
  id uuid primary key default gen_random_uuid(),
  reasons text[] not null check (cardinality(reasons) > 0 and reasons <@ '{own,household,colleague,address,surname,street,surge,hours,no case}'::text[]),
  account uuid not null,
  role text not null,
  actor text,
  subject uuid,
  occasion uuid,
  entry bigint not null,
  at timestamptz not null,
  same text not null,
  people int,
  usual int,
  found_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by uuid check (closed_by <> account),
  closed_actor text,
  finding text check (finding in ('unrelated', 'assigned', 'spoken', 'ended', 'incident')),
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (finding is null))
);
create unique index access_alarm_same on wellkept.access_alarm (account, same) where closed_at is null;
create index access_alarm_looked on wellkept.access_alarm (account, same) where closed_at is not null;
create index access_alarm_subject on wellkept.access_alarm (subject);
create index access_alarm_open on wellkept.access_alarm (at) where closed_at is null;
comment on table wellkept.access_alarm is 'phi: openings that stood out, and what a privacy officer found.';
comment on column wellkept.access_alarm.id is 'housekeeping: the alarm.';
comment on column wellkept.access_alarm.reasons is 'phi: in what way it stood out.';
comment on column wellkept.access_alarm.account is 'personal: who opened.';
comment on column wellkept.access_alarm.role is 'housekeeping: in what capacity.';
comment on column wellkept.access_alarm.actor is 'personal: the name of whoever opened.';
comment on column wellkept.access_alarm.subject is 'phi: whose record; null where it is about how many or when.';
comment on column wellkept.access_alarm.occasion is 'phi: the visit, call or case.';
comment on column wellkept.access_alarm.entry is 'phi: the first entry that stood out.';
comment on column wellkept.access_alarm.at is 'phi: when that entry was written.';
comment on column wellkept.access_alarm.same is 'housekeeping: what counts as the same alarm of one account.';
comment on column wellkept.access_alarm.people is 'housekeeping: how many people in that hour.';
comment on column wellkept.access_alarm.usual is 'housekeeping: how many in a usual hour of that account; null: none is known.';
comment on column wellkept.access_alarm.found_at is 'housekeeping: when it was found.';
comment on column wellkept.access_alarm.closed_at is 'housekeeping: when a person closed it.';
comment on column wellkept.access_alarm.closed_by is 'personal: the account that closed it; never the one it is about.';
comment on column wellkept.access_alarm.closed_actor is 'personal: the name of the officer who closed it.';
comment on column wellkept.access_alarm.finding is 'phi: what that person found.';

grant select, insert, update, delete on wellkept.access_near, wellkept.access_staffnear, wellkept.access_usual to {gate};
grant select, insert, update, delete on wellkept.access_alarm to {gate};
grant select, update on wellkept.access_watched to {gate};

-- What a file says of people who are open; an address it does not say stays as it was.
create function wellkept.access_bring_near(p_people uuid[], p_surnames bytea[], p_addresses bytea[], p_streets bytea[]) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_people <@ wellkept.held_subjects() then
    raise insufficient_privilege using message = 'that person is not open';
  end if;
  insert into wellkept.access_near as n (person_id, surname, address, street)
  select u.person, u.surname, u.address, u.street from unnest(p_people, p_surnames, p_addresses, p_streets) u (person, surname, address, street)
   order by u.person
  on conflict (person_id) do update set surname = coalesce(excluded.surname, n.surname),
    address = coalesce(excluded.address, n.address), street = case when excluded.address is null then n.street else excluded.street end;
end $$;

-- What somebody said of where they live, when their contact data are open.
create function wellkept.access_moved(p_person uuid, p_address bytea, p_street bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if wellkept.held_subjects() <> array[p_person] or not 'contact' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'that person is not open';
  end if;
  insert into wellkept.access_near (person_id, address, street) values (p_person, p_address, p_street)
  on conflict (person_id) do update set address = excluded.address, street = excluded.street;
end $$;

-- In which ways a record is near to whoever works here under an account. Nothing is known of an account nobody entered.
create function wellkept.watch_nearness(p_account uuid, p_subject uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v text[] := '{}';
  v_colleague boolean;
  s wellkept.access_staffnear;
  n wellkept.access_near;
begin
  select * into s from wellkept.access_staffnear x where x.account = p_account;
  select * into n from wellkept.access_near x where x.person_id = p_subject;
  if exists (select 1 from wellkept.people_finder f where f.person_id = p_subject and f.kind = 'name_birth' and f.index = any (s.persons)) then
    return '{own}';
  end if;
  v_colleague := exists (
    select 1 from wellkept.people_finder f join wellkept.access_staffnear o on f.index = any (o.persons)
      join wellkept.accounts_account a on a.id = o.account and a.closed_at is null
     where f.person_id = p_subject and f.kind = 'name_birth' and o.account <> p_account);
  if v_colleague then v := v || 'colleague'::text; end if;
  if not v_colleague and exists (
    select 1 from wellkept.people_person p join wellkept.people_household h on h.household_id = p.household_id and h.person_id <> p.person_id
      join wellkept.people_finder f on f.person_id = h.person_id and f.kind = 'name_birth'
      join wellkept.access_staffnear o on f.index = any (o.persons)
      join wellkept.accounts_account a on a.id = o.account and a.closed_at is null
     where p.person_id = p_subject) then
    v := v || 'household'::text;
  end if;
  if n.surname = any (s.surnames) then v := v || 'surname'::text; end if;
  if n.address = any (s.addresses) then v := v || 'address'::text;
  elsif n.street = any (s.streets) then v := v || 'street'::text; end if;
  return v;
end $$;

-- Whether staff opened somebody without a call, a case or anything else that ties them: a rule of nobody's tie, or no rule at all.
create function wellkept.watch_no_case(p_entry wellkept.ledger_entry, p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if p_entry.kind <> 'opened' or not wellkept.accounts_is_staff(p_entry.role)
    or exists (select 1 from wellkept.ledger_occasion o where o.id = p_entry.occasion and o.kind in ('call', 'case')) then
    return false;
  end if;
  return exists (
    select 1 from unnest(p_entry.categories) c
     where not exists (select 1 from wellkept.access_rule r where r.role = p_entry.role and r.purpose = p_entry.purpose and r.category = c)
        or exists (select 1 from wellkept.access_rule r where r.role = p_entry.role and r.purpose = p_entry.purpose and r.category = c and r.relationship = 'none')
           and wellkept.gate_relationships(p_entry.account, null, p_subject, p_entry.occasion) = '{none}');
end $$;

-- Whether two of ours are of the same sort: made-up officers see what made-up staff did, and nobody else does.
create function wellkept.watch_alike(p_actor text, p_other text) returns boolean
language plpgsql immutable set search_path = wellkept, pg_temp as $$
begin
  return (coalesce(p_actor, '') = 'Standing probe') = (coalesce(p_other, '') = 'Standing probe');
end $$;

-- Raises an alarm; to one that waits it adds the reasons that are new. That somebody is near to whoever opened may be chance: what an
-- officer found to be that is not raised again for the same two for a year. That there was no case is never chance. What was closed is
-- raised anew by an opening after that, or for another reason, unless it was their work and still is the same.
create function wellkept.watch_raise(p_entry wellkept.ledger_entry, p_reasons text[], p_subject uuid, p_same text, p_people int, p_usual int) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if p_subject is not null and exists (
    select 1 from wellkept.access_alarm a
     where a.subject = p_subject and a.account = p_entry.account and a.finding = 'unrelated' and a.closed_at > now() - interval '1 year'
       and p_reasons <@ a.reasons and p_reasons <@ '{own,household,colleague,address,surname,street}'::text[]) then
    return 0;
  end if;
  if exists (
    select 1 from wellkept.access_alarm a
     where a.account = p_entry.account and a.same = p_same and a.closed_at is not null and p_reasons <@ a.reasons
       and (a.finding = 'assigned' or a.closed_at > p_entry.at)) then
    return 0;
  end if;
  insert into wellkept.access_alarm as a (reasons, account, role, actor, subject, occasion, entry, at, same, people, usual)
  values (p_reasons, p_entry.account, p_entry.role, p_entry.actor, p_subject, p_entry.occasion, p_entry.id, p_entry.at, p_same, p_people, p_usual)
  on conflict (account, same) where closed_at is null do update
    set reasons = array(select distinct r from unnest(a.reasons || excluded.reasons) r order by r)
   where not excluded.reasons <@ a.reasons;
  return case when found and p_entry.actor is distinct from 'Standing probe' then 1 else 0 end;
end $$;

-- What one entry has that stands out; returns how many alarms it raised.
create function wellkept.watch_entry(p_entry wellkept.ledger_entry, p_rules wellkept.access_unusual, p_zone text) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_made int := 0;
  v_subject uuid;
  v_reasons text[];
  v_hour timestamptz := date_trunc('hour', p_entry.at);
  v_local timestamp := p_entry.at at time zone p_zone;
  v_people int;
  v_usual int;
begin
  foreach v_subject in array p_entry.subjects loop
    v_reasons := wellkept.watch_nearness(p_entry.account, v_subject);
    if wellkept.watch_no_case(p_entry, v_subject) then v_reasons := v_reasons || 'no case'::text; end if;
    if v_reasons <> '{}' then
      v_made := v_made + wellkept.watch_raise(p_entry, v_reasons, v_subject, coalesce(p_entry.occasion::text, p_entry.id::text) || ' ' || v_subject, null, null);
    end if;
  end loop;
  select u.people into v_people from wellkept.access_usual u where u.account = p_entry.account and u.hour = v_hour;
  if v_people > p_rules.people then
    select avg(u.people)::int into v_usual from wellkept.access_usual u where u.account = p_entry.account and u.hour < v_hour;
    if v_usual is null or v_people > 3 * v_usual then
      v_made := v_made + wellkept.watch_raise(p_entry, '{surge}', null, 'surge ' || extract(epoch from v_hour), v_people, v_usual);
    end if;
  end if;
  if wellkept.accounts_is_staff(p_entry.role)
    and (extract(isodow from v_local) > 5 or extract(hour from v_local) < p_rules.from_hour or extract(hour from v_local) >= p_rules.until_hour) then
    v_made := v_made + wellkept.watch_raise(p_entry, '{hours}', null, 'hours ' || v_local::date, null, null);
  end if;
  return v_made;
end $$;

-- Keeps how many people each account opened in each hour: what is usual, also when the counts of the last hours are forgotten.
create function wellkept.watch_usual() returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  insert into wellkept.access_usual (account, hour, people)
  select c.account, c.hour, c.people from wellkept.access_spent_count c
   where not exists (select 1 from wellkept.access_usual u where u.account = c.account and u.hour = c.hour and u.people = c.people)
   order by c.account, c.hour
  on conflict (account, hour) do update set people = excluded.people where wellkept.access_usual.people <> excluded.people;
end $$;

-- The watcher's look at what was committed since the last one, at most so many entries. Late commits are not lost: it goes by
-- transaction, up to the oldest that still runs. However long it was away, it goes on where it was; two days before that bound the
-- search. A restored server counts transactions anew: then it looks at those two days again. The very first look goes back two days.
create function wellkept.watch_look(p_most int, out looked int, out raised int)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  w wellkept.access_watched;
  e wellkept.ledger_entry;
  u wellkept.access_unusual;
  v_zone text := (select a.zone from wellkept.access_place a);
  v_from timestamptz;
begin
  looked := 0;
  raised := 0;
  select * into w from wellkept.access_watched for update;
  if not found or v_zone is null then return; end if;
  select * into u from wellkept.access_unusual;
  perform wellkept.watch_usual();
  if w.xact > pg_snapshot_xmax(pg_current_snapshot()) then w.xact := '0'; w.entry := 0; end if;
  -- A clock that once ran ahead must not hide what comes after.
  v_from := coalesce(least(w.at, now()), now()) - interval '2 days';
  for e in
    select x.* from wellkept.ledger_entry x
     where (x.xact, x.id) > (w.xact, w.entry) and x.xact < pg_snapshot_xmin(pg_current_snapshot()) and x.at > v_from
     order by x.xact, x.id limit least(p_most, 10000)
  loop
    looked := looked + 1;
    w.xact := e.xact;
    w.entry := e.id;
    w.at := e.at;
    if e.kind in ('opened', 'searched') and e.account is not null and not e.own and e.role not in ('member', 'newcomer') then
      raised := raised + wellkept.watch_entry(e, u, v_zone);
    end if;
  end loop;
  if looked = 0 then return; end if;
  update wellkept.access_watched x set xact = w.xact, entry = w.entry, at = w.at;
  delete from wellkept.access_usual x where x.hour < now() - interval '28 days';
  -- What made-up staff did for a try is of no use after a day.
  delete from wellkept.access_alarm a where a.actor = 'Standing probe' and a.found_at < now() - interval '1 day';
  delete from wellkept.access_inquiry i where i.asked_actor = 'Standing probe' and i.asked_at < now() - interval '1 day';
end $$;

-- What ties a privacy officer to somebody: an alarm about an opening of the record that waits or was closed in the last 30
-- days, never one about themselves; and an inquiry that two decided to keep back (unseen.sql), on its own occasion.
create function wellkept.watch_ties(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v text[] := '{}';
begin
  if exists (select 1 from wellkept.access_alarm a where a.subject = p_subject and a.account <> p_account
               and (a.closed_at is null or a.closed_at > now() - interval '30 days')) then
    v := v || 'alarm'::text;
  end if;
  if p_occasion is not null then v := v || wellkept.access_unseen(p_account, p_subject, p_occasion); end if;
  return v;
end $$;

-- The occasion that is kept back, where nothing but openings of it ties an officer to somebody: whoever looks into one that the person
-- cannot see must not show that there was one. Null: none.
create function wellkept.watch_kept_back(p_account uuid, p_subjects uuid[]) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (
    select case when bool_and(wellkept.ledger_kept_back(a.occasion)) then (array_agg(a.occasion order by a.at))[1] end
      from wellkept.access_alarm a
     where array[a.subject] = p_subjects and a.account <> p_account and (a.closed_at is null or a.closed_at > now() - interval '30 days'));
end $$;

revoke execute on function wellkept.watch_kept_back, wellkept.access_bring_near, wellkept.access_moved, wellkept.watch_nearness, wellkept.watch_no_case,
  wellkept.watch_alike, wellkept.watch_raise, wellkept.watch_entry, wellkept.watch_usual, wellkept.watch_look, wellkept.watch_ties from public;
grant execute on function wellkept.access_bring_near to {intake};
grant execute on function wellkept.access_moved to {web};
grant execute on function wellkept.watch_look to {watch};
grant execute on function wellkept.watch_alike to {gate};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.access_bring_near owner to {gate};
alter function wellkept.access_moved owner to {gate};
alter function wellkept.watch_nearness owner to {gate};
alter function wellkept.watch_no_case owner to {gate};
alter function wellkept.watch_raise owner to {gate};
alter function wellkept.watch_entry owner to {gate};
alter function wellkept.watch_usual owner to {gate};
alter function wellkept.watch_look owner to {gate};
alter function wellkept.watch_ties owner to {gate};
alter function wellkept.watch_kept_back owner to {gate};

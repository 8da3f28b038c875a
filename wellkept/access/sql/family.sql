-- What ties the people of one household to each other, and what a person opens of another's record.

create table wellkept.access_kin (
  code text not null,
  other text not null,
  tie text not null check (tie in ('parent', 'partner')),
  primary key (code, other, tie)
);
comment on table wellkept.access_kin is 'public: what enrolment files make of a family, from access.toml.';
comment on column wellkept.access_kin.code is 'public: the reader''s individual relationship code (X12 834, INS02).';
comment on column wellkept.access_kin.other is 'public: the other person''s code.';
comment on column wellkept.access_kin.tie is 'public: what the reader is to the other person.';

create table wellkept.access_place (one boolean primary key default true check (one), zone text not null, staff_second_factor boolean not null default true);
comment on table wellkept.access_place is 'public: where the operator works.';
comment on column wellkept.access_place.one is 'housekeeping: there is one place.';
comment on column wellkept.access_place.zone is 'public: its time zone, in which a day begins and ends.';
comment on column wellkept.access_place.staff_second_factor is 'public: whether whoever works there shows a second factor before anything opens.';

grant select on wellkept.access_kin, wellkept.access_place to {gate}, {web}, {jobs}, {intake}, {proof};

-- The day it is where the operator works. With no zone loaded there is no day, and nobody is a parent.
create function wellkept.access_day(p_at timestamptz) returns date
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select (p_at at time zone a.zone)::date from wellkept.access_place a);
end $$;

-- Whether somebody is covered on a day.
create function wellkept.access_covered(p_person uuid, p_day date) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.benefits_coverage c
                  where c.person_id = p_person and (c.begins_on is null or c.begins_on <= p_day) and (c.ends_on is null or c.ends_on >= p_day));
end $$;

-- How a reader stands to another person at a moment: 'authorised', 'household', 'parent', 'parent_young', or nothing.
-- Whoever is no longer covered is no part of the household; the subscriber stays the parent of a minor child whatever ends.
create function wellkept.access_ties(p_person uuid, p_subject uuid, p_at timestamptz) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v text[] := '{}';
  v_day date := wellkept.access_day(p_at);
  me record;
  them record;
begin
  if p_person is null or p_subject is null or p_person = p_subject then return v; end if;
  if wellkept.consent_shares(p_subject, p_person) then v := v || 'authorised'::text; end if;
  select p.household_id, p.plan_id, p.relationship into me from wellkept.people_person p where p.person_id = p_person;
  if not found then return v; end if;
  select p.household_id, p.plan_id, p.relationship, p.own_care_on, p.own_sensitive_on into them from wellkept.people_person p where p.person_id = p_subject;
  if not found or me.household_id is distinct from them.household_id or me.plan_id is distinct from them.plan_id then return v; end if;
  if me.relationship <> '18' and not wellkept.access_covered(p_person, v_day) then return v; end if;
  if exists (select 1 from wellkept.access_kin k where k.tie = 'parent' and k.code = me.relationship and k.other = them.relationship) then
    if them.own_care_on > v_day then
      v := v || 'parent'::text;
      if them.own_sensitive_on > v_day then v := v || 'parent_young'::text; end if;
    end if;
  end if;
  if wellkept.access_covered(p_person, v_day) and wellkept.access_covered(p_subject, v_day) and (me.relationship = '18' or them.relationship = '18' or exists (
       select 1 from wellkept.access_kin k where k.tie = 'partner' and k.code in (me.relationship, them.relationship))) then
    v := v || 'household'::text;
  end if;
  return v;
end $$;

-- Which of these categories the session's person may open of somebody now, at their own request. It decides nothing: an opening
-- is decided again when it is entered. Staff have no use for it, and get no answer.
create function wellkept.gate_may(p_secret bytea, p_subject uuid, p_categories text[]) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found or s.role <> 'member' or p_subject is null then return '{}'; end if;
  return array(
    select c from unnest(wellkept.gate_words(p_categories, 20)) c
     where (select d.reason from wellkept.gate_decide(s.role, s.account_id, s.person_id, array[p_subject], 'PATRQT', array[c], null, null) d) is null);
end $$;

-- The account whose own record is open in this transaction, at its own request; raises where it is another's.
create function wellkept.access_own_account(p_person uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v uuid;
begin
  if not wellkept.held_own() or wellkept.held_subjects() <> array[p_person] then
    raise insufficient_privilege using message = 'that is not one''s own record';
  end if;
  select e.account into v from wellkept.gate_held h join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if v is null then raise insufficient_privilege using message = 'that is not one''s own record'; end if;
  return v;
end $$;

-- Who is covered with the person whose own record is open, or let them see something: how each stands to them and what of each
-- may be opened. No names: those are opened.
create function wellkept.access_family(p_person uuid)
returns table (person uuid, code text, ties text[], opens text[], covered boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid := wellkept.access_own_account(p_person);
  v_day date := wellkept.access_day(now());
begin
  return query
  with near as (
    select h.person_id as who from wellkept.people_person me join wellkept.people_household h on h.household_id = me.household_id
     where me.person_id = p_person and h.person_id <> p_person
    union
    select r.person_id from wellkept.consent_recipient r where r.to_person = p_person
  ), tied as (
    select n.who, wellkept.access_ties(p_person, n.who, now()) as found from near n
  )
  select t.who, p.relationship, t.found,
         array(select c from unnest('{identity,coverage,claims,sensitive_claims}'::text[]) c
                where (select d.reason from wellkept.gate_decide('member', v_account, p_person, array[t.who], 'PATRQT', array[c], null, null) d) is null),
         wellkept.access_covered(t.who, v_day)
    from tied t join wellkept.people_person p on p.person_id = t.who
   where cardinality(t.found) > 0
   order by p.relationship, t.who limit 60;
end $$;

-- Which members opened the person's record in these occasions, for the person alone. No names.
create function wellkept.access_openers(p_person uuid, p_occasions uuid[]) returns table (occasion uuid, person uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.access_own_account(p_person);
  if not 'openings' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'the openings of that person are not open';
  end if;
  return query
  select distinct e.occasion, a.person_id
    from (select x.occasion, x.account, x.own from wellkept.ledger_entry x where x.subjects[1] = p_person
          union all
          select x.occasion, x.account, x.own from wellkept.ledger_also l join wellkept.ledger_entry x on x.id = l.entry and x.at = l.at where l.subject = p_person) e
    join wellkept.accounts_account a on a.id = e.account
   where e.occasion = any (p_occasions) and not e.own and a.person_id is not null;
end $$;

-- An opening is as sensitive as what it opened: of the openings of another's record one reads those of what one has open, with
-- nothing else named. What the person did, asked or called about is theirs; so is a letter, which a job writes and the mail room posts.
create function wellkept.access_openings(p_person uuid, p_limit int)
returns table (kind text, role text, actor text, label text, reason text, mine boolean, categories text[], last_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
  v_open text[] := array_remove(wellkept.held_categories(), 'identity');
begin
  if not p_person = any (wellkept.held_subjects()) then
    raise insufficient_privilege using message = 'that person is not open';
  end if;
  select e.account into v_account from wellkept.gate_held h join wellkept.ledger_entry e on e.id = h.entry and e.at > now() - interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  return query
  with named as (
    select x.* from wellkept.ledger_entry x where x.subjects[1] = p_person
    union all
    select x.* from wellkept.ledger_also l join wellkept.ledger_entry x on x.id = l.entry and x.at = l.at where l.subject = p_person
  ), shown as (
    select n.*, array(select c from unnest(n.categories) c where c = any (v_open)) as seen
      from named n
     where n.kind in ('opened', 'changed', 'brought') and n.role not in ('jobs', 'mail_room') and n.categories && v_open
       and not wellkept.ledger_kept_back(n.occasion)
       and not (n.own and n.role = 'member') and not (n.account is not null and n.role <> 'member' and exists (
             select 1 from wellkept.ledger_occasion o where o.id = n.occasion and o.kind <> 'visit'))
       and (n.role <> 'member' or n.account = v_account)
  )
  select s.kind, s.role, s.actor, max(o.label), s.reason, s.account is not distinct from v_account and s.role = 'member',
         array(select distinct c from unnest(string_to_array(string_agg(array_to_string(s.seen, ','), ','), ',')) c order by c), max(s.at)
    from shown s left join wellkept.ledger_occasion o on o.id = s.occasion
   group by coalesce(s.occasion::text, s.id::text), s.kind, s.role, s.actor, s.reason, s.account
   order by max(s.at) desc limit least(p_limit, 200);
end $$;

-- Whom an enrolment file named as somebody's child, some at a time: whose days are worked out again after a change of the law.
create function wellkept.access_children(p_after uuid, p_limit int) returns setof uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select p.person_id from wellkept.people_person p
   where (p_after is null or p.person_id > p_after)
     and p.relationship in (select k.other from wellkept.access_kin k where k.tie = 'parent')
   order by p.person_id limit least(p_limit, 500);
end $$;

revoke execute on function wellkept.access_children, wellkept.access_day, wellkept.access_covered, wellkept.access_ties, wellkept.gate_may, wellkept.access_own_account,
  wellkept.access_family, wellkept.access_openers, wellkept.access_openings from public;
grant execute on function wellkept.gate_may, wellkept.access_family, wellkept.access_openers, wellkept.access_openings to {web};
grant execute on function wellkept.access_children to {intake};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.access_children owner to {gate};
alter function wellkept.access_day owner to {gate};
alter function wellkept.access_covered owner to {gate};
alter function wellkept.access_ties owner to {gate};
alter function wellkept.gate_may owner to {gate};
alter function wellkept.access_own_account owner to {gate};
alter function wellkept.access_family owner to {gate};
alter function wellkept.access_openers owner to {gate};
alter function wellkept.access_openings owner to {gate};

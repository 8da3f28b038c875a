-- The gate: who may open whose record, which categories, for which purpose. Step one of an opening lives here;
-- step two (gate_hold) and the policies live with the ledger's lock.

create table wellkept.access_rule (
  id text not null,
  role text not null,
  relationship text not null,
  purpose text not null,
  category text not null,
  needs text[] not null default '{}',
  clause text not null,
  primary key (role, purpose, category, relationship)
);
comment on table wellkept.access_rule is 'public: the decision rules of access.toml, one row a purpose and category.';

create table wellkept.access_budget (
  role text primary key,
  people_an_hour int,
  subjects_an_entry int not null
);
comment on table wellkept.access_budget is 'public: how many people a role may open in an hour (null: no limit) and name in one entry.';

create table wellkept.access_spent (
  account uuid not null,
  hour timestamptz not null,
  subject uuid not null,
  primary key (account, hour, subject)
);
comment on table wellkept.access_spent is 'phi: whom an account opened in an hour; kept for two hours.';

create table wellkept.access_spent_count (
  account uuid not null,
  hour timestamptz not null,
  people int not null,
  primary key (account, hour)
) with (fillfactor = 70);
comment on table wellkept.access_spent_count is 'housekeeping: how many different people an account opened in an hour.';

create table wellkept.access_door (
  one boolean primary key default true check (one),
  closed_at timestamptz,
  reason text,
  entries_a_minute int not null default 20000
);
insert into wellkept.access_door default values;
comment on table wellkept.access_door is 'public: whether the watcher has closed the door on a surge, and the limit it watches.';

grant select on wellkept.access_rule, wellkept.access_budget, wellkept.access_door to {gate};
grant select, insert, update, delete on wellkept.access_spent, wellkept.access_spent_count to {gate};
grant update on wellkept.access_door to {gate};
grant select on wellkept.access_rule, wellkept.access_budget to {web}, {jobs}, {intake}, {proof};

-- How an account stands to a subject on an occasion: 'self', 'case', 'request', or 'none'. More are added by the rooms that know them.
create function wellkept.gate_relationships(p_account uuid, p_person uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v text[] := '{none}';
begin
  if p_person = p_subject then v := v || 'self'::text; end if;
  if p_occasion is not null and wellkept.service_on_call(p_account, p_subject, p_occasion) then v := v || 'case'::text; end if;
  if wellkept.rights_asked(p_subject) then v := v || 'request'::text; end if;
  return v;
end $$;

-- Whether every fact a rule needs is true of the account and the subject. Each fact is a function that answers one question.
create function wellkept.gate_needs_met(p_needs text[], p_role text, p_account uuid, p_subject uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_need text;
begin
  foreach v_need in array p_needs loop
    if v_need = 'authorization' then
      if not wellkept.consent_authorises(p_account, p_subject, p_purpose, p_category) then return false; end if;
    elsif not wellkept.consent_acknowledged(p_account, p_role, v_need) then
      return false;
    end if;
  end loop;
  return true;
end $$;

-- The decision: null reason when it may be opened. The clause is that of the rule that allows, or of what refuses.
create function wellkept.gate_decide(
  p_role text, p_account uuid, p_person uuid, p_subjects uuid[], p_purpose text, p_categories text[], p_occasion uuid,
  p_relationship text, out reason text, out clause text
)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_subject uuid;
  v_category text;
  v_relationships text[];
  r wellkept.access_rule;
begin
  foreach v_subject in array p_subjects loop
    v_relationships := case when p_relationship is not null then array[p_relationship]
      else wellkept.gate_relationships(p_account, p_person, v_subject, p_occasion) end;
    foreach v_category in array p_categories loop
      select * into r from wellkept.access_rule x
       where x.role = p_role and x.purpose = p_purpose and x.category = v_category and x.relationship = any (v_relationships)
       order by cardinality(x.needs) limit 1;
      if not found then reason := 'no rule'; clause := 'U-12'; return; end if;
      if cardinality(r.needs) > 0 and not wellkept.gate_needs_met(r.needs, p_role, p_account, v_subject, p_purpose, v_category) then
        reason := 'needs ' || array_to_string(r.needs, ', '); clause := 'P-25'; return;
      end if;
      if r.relationship <> 'self' and p_relationship is distinct from 'file'
         and wellkept.consent_restricts(v_subject, p_role, p_purpose, v_category) then
        reason := 'restricted'; clause := 'R-04'; return;
      end if;
      clause := r.clause;
    end loop;
    -- A file's rules do not depend on the person: once is enough for five hundred.
    exit when p_relationship = 'file';
  end loop;
end $$;

-- Counts the people opened this hour. The counter row rises only when a person is new, and its lock makes racing
-- openings stop exactly at the limit. False when the budget is spent.
create function wellkept.gate_spend(p_account uuid, p_role text, p_person uuid, p_subjects uuid[]) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_limit int;
  v_spent int;
  v_hour timestamptz := date_trunc('hour', now());
begin
  if p_subjects = array[p_person] then return true; end if;
  select b.people_an_hour into v_limit from wellkept.access_budget b where b.role = p_role;
  if not found then return false; end if;
  if v_limit is null then return true; end if;
  with fresh as (
    insert into wellkept.access_spent (account, hour, subject)
    select p_account, v_hour, s from unnest(p_subjects) s where s is distinct from p_person
    on conflict do nothing returning 1
  )
  insert into wellkept.access_spent_count as c (account, hour, people)
  select p_account, v_hour, count(*) from fresh
  on conflict (account, hour) do update set people = c.people + excluded.people
  returning c.people into v_spent;
  return v_spent <= v_limit;
end $$;

-- Step one. A transaction of its own: it commits before anything is shown, and says nothing but the number of its entry.
-- The actor is found from the session; an argument cannot name one. Subjects null: the session's own person.
create function wellkept.gate_enter(p_secret bytea, p_subjects uuid[], p_purpose text, p_categories text[], p_occasion uuid default null)
returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  s wellkept.accounts_session;
  v_subjects uuid[];
  v_reason text;
  v_clause text;
  v_limit int;
begin
  if pg_current_xact_id_if_assigned() is not null then
    raise exception using errcode = 'WK002', message = 'open first, then write';
  end if;
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found then
    return wellkept.ledger_write('refused', null, null, 'nobody', null, coalesce(p_subjects[1:10], '{}'), left(p_purpose, 20),
      '{}', false, 'no session', 'U-30');
  end if;
  if s.seen < now() - interval '1 min' then
    update wellkept.accounts_session x set seen = now() where x.secret_hash = p_secret;
  end if;
  v_subjects := coalesce(p_subjects, array[s.person_id]);
  select b.subjects_an_entry into v_limit from wellkept.access_budget b where b.role = s.role;
  if exists (select 1 from wellkept.access_door d where d.closed_at is not null) then
    v_reason := 'closed'; v_clause := 'U-31';
  elsif coalesce(cardinality(v_subjects), 0) = 0 or coalesce(cardinality(p_categories), 0) = 0
     or array_position(v_subjects, null) is not null then
    v_reason := 'nothing asked'; v_clause := 'U-12'; v_subjects := '{}';
  elsif cardinality(v_subjects) > coalesce(v_limit, 0) then
    v_reason := 'too many at once'; v_clause := 'U-31'; v_subjects := v_subjects[1:10];
  elsif p_occasion is not null and not exists (
    select 1 from wellkept.ledger_occasion o where o.id = p_occasion and o.account = s.account_id) then
    v_reason := 'not your occasion'; v_clause := 'U-30';
  else
    select d.reason, d.clause into v_reason, v_clause from wellkept.gate_decide(
      s.role, s.account_id, s.person_id, v_subjects, p_purpose, p_categories, p_occasion, null) d;
    if v_reason is null and not wellkept.gate_spend(s.account_id, s.role, s.person_id, v_subjects) then
      v_reason := 'budget'; v_clause := 'U-31';
    end if;
  end if;
  return wellkept.ledger_write(case when v_reason is null then 'opened' else 'refused' end,
    coalesce(p_occasion, s.occasion), s.account_id, s.role, s.actor, v_subjects, left(p_purpose, 20),
    case when v_reason is null then p_categories else p_categories[1:10] end,
    v_subjects = array[s.person_id], v_reason, v_clause);
end $$;

-- The same for a machine: who it is, is the login role it connected as. Its occasion must be its own.
create function wellkept.gate_enter_machine(p_subjects uuid[], p_purpose text, p_categories text[], p_occasion uuid, p_relationship text)
returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  v_role text := wellkept.machine_role();
  v_reason text;
  v_clause text;
  v_limit int;
begin
  if pg_current_xact_id_if_assigned() is not null then
    raise exception using errcode = 'WK002', message = 'open first, then write';
  end if;
  select b.subjects_an_entry into v_limit from wellkept.access_budget b where b.role = v_role;
  if exists (select 1 from wellkept.access_door d where d.closed_at is not null) then
    v_reason := 'closed'; v_clause := 'U-31';
  elsif coalesce(cardinality(p_subjects), 0) = 0 or coalesce(cardinality(p_categories), 0) = 0 or array_position(p_subjects, null) is not null then
    v_reason := 'nothing asked'; v_clause := 'U-12';
  elsif cardinality(p_subjects) > coalesce(v_limit, 0) then
    v_reason := 'too many at once'; v_clause := 'U-31';
  elsif not exists (select 1 from wellkept.ledger_occasion o where o.id = p_occasion and o.role = v_role and o.account is null) then
    v_reason := 'not your occasion'; v_clause := 'U-30';
  else
    select d.reason, d.clause into v_reason, v_clause from wellkept.gate_decide(
      v_role, null, null, p_subjects, p_purpose, p_categories, p_occasion, coalesce(p_relationship, 'none')) d;
  end if;
  return wellkept.ledger_write(case when v_reason is null then 'opened' else 'refused' end, p_occasion, null, v_role, null,
    case when v_reason is null then p_subjects else coalesce(p_subjects[1:10], '{}') end, left(p_purpose, 20), coalesce(p_categories[1:20], '{}'),
    v_reason is null, v_reason, v_clause);
end $$;

-- A machine begins what its entries belong to: a file, a job run.
create function wellkept.gate_begin(p_id uuid, p_kind text, p_label text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  insert into wellkept.ledger_occasion (id, kind, role, label) values (p_id, p_kind, wellkept.machine_role(), p_label)
  on conflict (id) do nothing;
end $$;

-- Finding a caller: the people a finder names become subjects of a 'searched' entry, and only then may their identity be read.
-- A search that finds nobody counts against the budget too, as a person of its own.
create function wellkept.gate_search(p_secret bytea, p_kind text, p_index bytea, p_purpose text) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  s wellkept.accounts_session;
  v_subjects uuid[];
  v_reason text;
  v_clause text;
begin
  if pg_current_xact_id_if_assigned() is not null then
    raise exception using errcode = 'WK002', message = 'open first, then write';
  end if;
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found then
    return wellkept.ledger_write('refused', null, null, 'nobody', null, '{}', left(p_purpose, 20), '{}', false, 'no session', 'U-30');
  end if;
  v_subjects := coalesce(wellkept.people_found(p_kind, p_index), '{}');
  if exists (select 1 from wellkept.access_door d where d.closed_at is not null) then
    v_reason := 'closed'; v_clause := 'U-31';
  elsif cardinality(v_subjects) > 5 then
    v_reason := 'too many at once'; v_clause := 'U-31'; v_subjects := '{}';
  else
    select d.reason, d.clause into v_reason, v_clause from wellkept.gate_decide(
      s.role, s.account_id, s.person_id, case when v_subjects = '{}' then array[md5(p_index)::uuid] else v_subjects end,
      p_purpose, array['identity'], null, 'search') d;
    if v_reason is null and not wellkept.gate_spend(s.account_id, s.role, s.person_id,
        case when v_subjects = '{}' then array[md5(p_index)::uuid] else v_subjects end) then
      v_reason := 'budget'; v_clause := 'U-31';
    end if;
  end if;
  return wellkept.ledger_write(case when v_reason is null then 'searched' else 'refused' end, s.occasion, s.account_id, s.role, s.actor,
    case when v_reason is null then v_subjects else '{}' end, left(p_purpose, 20), array['identity'], false, v_reason, v_clause);
end $$;

-- Who a session belongs to, for the frame of a page: the role and the words to greet a member of staff with. No person's data.
create function wellkept.gate_who(p_secret bytea, out account uuid, out role text, out actor text, out occasion uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select s.account_id, s.role, s.actor, s.occasion into account, role, actor, occasion from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle;
end $$;

-- The watcher's second: forgets spent hours and tells the newest entry and how many since p_after opened another's record.
create function wellkept.watch_tick(p_after bigint, out newest bigint, out openings int, out allowed int)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  select max(e.id), count(*) filter (where e.account is not null and not e.own) into newest, openings
    from wellkept.ledger_entry e where e.id > p_after and e.at > now() - interval '10 min';
  newest := coalesce(newest, p_after);
  select d.entries_a_minute into allowed from wellkept.access_door d;
  delete from wellkept.access_spent where hour < now() - interval '2 hours';
  delete from wellkept.access_spent_count where hour < now() - interval '2 hours';
end $$;

-- Closes the door for everybody: on a surge, by the watcher.
create function wellkept.gate_close(p_reason text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.access_door set closed_at = now(), reason = p_reason where closed_at is null;
end $$;

-- A person opens the door again, by a command of the operator.
create function wellkept.gate_reopen() returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.access_door set closed_at = null, reason = null;
end $$;

revoke execute on function wellkept.gate_relationships, wellkept.gate_needs_met, wellkept.gate_decide, wellkept.gate_spend, wellkept.gate_enter,
  wellkept.gate_enter_machine, wellkept.gate_begin, wellkept.gate_search, wellkept.gate_who, wellkept.watch_tick, wellkept.gate_close, wellkept.gate_reopen from public;
grant execute on function wellkept.gate_enter, wellkept.gate_search, wellkept.gate_who to {web};
grant execute on function wellkept.gate_enter_machine, wellkept.gate_begin to {intake}, {jobs};
grant execute on function wellkept.watch_tick, wellkept.gate_close to {watch};
grant execute on function wellkept.gate_reopen to {migrate};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.gate_relationships owner to {gate};
alter function wellkept.gate_needs_met owner to {gate};
alter function wellkept.gate_decide owner to {gate};
alter function wellkept.gate_spend owner to {gate};
alter function wellkept.gate_enter owner to {gate};
alter function wellkept.gate_enter_machine owner to {gate};
alter function wellkept.gate_begin owner to {gate};
alter function wellkept.gate_search owner to {gate};
alter function wellkept.gate_who owner to {gate};
alter function wellkept.watch_tick owner to {gate};
alter function wellkept.gate_close owner to {gate};
alter function wellkept.gate_reopen owner to {gate};

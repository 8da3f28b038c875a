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
comment on column wellkept.access_rule.id is 'public: the rule.';
comment on column wellkept.access_rule.role is 'public: who reads.';
comment on column wellkept.access_rule.relationship is 'public: what ties the reader to the person.';
comment on column wellkept.access_rule.purpose is 'public: for what.';
comment on column wellkept.access_rule.category is 'public: which kind of data.';
comment on column wellkept.access_rule.needs is 'public: what must be true of the reader first.';
comment on column wellkept.access_rule.clause is 'public: the clause that says so.';

create table wellkept.access_budget (
  role text primary key,
  people_an_hour int,
  subjects_an_entry int not null
);
comment on table wellkept.access_budget is 'public: how many people a role may open in an hour (null: no limit) and name in one entry.';
comment on column wellkept.access_budget.role is 'public: who reads.';
comment on column wellkept.access_budget.people_an_hour is 'public: how many people; null: no limit.';
comment on column wellkept.access_budget.subjects_an_entry is 'public: how many at once.';

create table wellkept.access_spent (
  account uuid not null,
  hour timestamptz not null,
  subject uuid not null,
  primary key (account, hour, subject)
);
comment on table wellkept.access_spent is 'phi: whom an account opened in an hour; kept for two hours.';
comment on column wellkept.access_spent.account is 'personal: who opened; for a machine, a hash of its role.';
comment on column wellkept.access_spent.hour is 'phi: in which hour.';
comment on column wellkept.access_spent.subject is 'phi: whom, or the hash of a search that found nobody.';

create table wellkept.access_spent_count (
  account uuid not null,
  hour timestamptz not null,
  people int not null,
  primary key (account, hour)
) with (fillfactor = 70);
comment on table wellkept.access_spent_count is 'housekeeping: how many different people an account opened in an hour.';
comment on column wellkept.access_spent_count.account is 'personal: who opened.';
comment on column wellkept.access_spent_count.hour is 'housekeeping: in which hour.';
comment on column wellkept.access_spent_count.people is 'housekeeping: how many people.';

create table wellkept.access_door (
  one boolean primary key default true check (one),
  closed_at timestamptz,
  reason text,
  entries_a_minute int not null default 20000
);
insert into wellkept.access_door default values;
comment on table wellkept.access_door is 'public: whether the watcher has closed the door on a surge, and the limit it watches.';
comment on column wellkept.access_door.one is 'housekeeping: there is one door.';
comment on column wellkept.access_door.closed_at is 'public: since when it is closed; null while it is open.';
comment on column wellkept.access_door.reason is 'public: why.';
comment on column wellkept.access_door.entries_a_minute is 'public: how many openings of the records of others in a minute close it.';

grant select on wellkept.access_rule, wellkept.access_budget, wellkept.access_door to {gate};
grant select, insert, update, delete on wellkept.access_spent, wellkept.access_spent_count to {gate};
grant update on wellkept.access_door to {gate};
grant select on wellkept.access_rule, wellkept.access_budget to {web}, {jobs}, {intake}, {proof};

-- How an account stands to a subject on an occasion: 'self', also of whoever holds it and of a record joined to one's own, what family makes of them,
-- 'caller', 'case', 'request', 'registration', or 'none'. On a call somebody is a caller, whose identity may be read to verify them; they are a case once they are verified (P-19).
create function wellkept.gate_relationships(p_account uuid, p_person uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v text[] := '{none}';
begin
  if p_person = p_subject or wellkept.people_joined(p_person, p_subject)
    or exists (select 1 from wellkept.accounts_account a where a.id = p_account and a.holder = p_subject) then
    v := v || 'self'::text;
  end if;
  if p_person is not null then v := v || wellkept.access_ties(p_person, p_subject, now()); end if;
  v := v || wellkept.consent_acting(p_subject, p_account);
  if p_occasion is not null then
    v := v || wellkept.service_on_call(p_account, p_subject, p_occasion) || wellkept.service_on_case(p_account, p_subject, p_occasion);
  end if;
  -- Requests are staff's work; an account that belongs to a person has no part in it.
  if p_person is null and (wellkept.rights_asked(p_subject) or wellkept.consent_asked(p_subject)) then v := v || 'request'::text; end if;
  -- An organisation's papers are its own people's, its agent's, and the work of whoever has a case about it.
  if p_person is null then v := v || wellkept.organisations_ties(p_account, p_subject, p_occasion); end if;
  -- Records to be joined or split are staff's work too.
  if p_person is null and wellkept.people_at_work(p_subject) then v := v || 'join'::text; end if;
  -- A death that waits for the second person is staff's work, too.
  if p_person is null and wellkept.people_death_waits(p_subject) then v := v || 'death'::text; end if;
  -- What somebody wrote to us is the work of the one who took it.
  if p_person is null and p_occasion is not null then v := v || wellkept.inquiries_at_work(p_account, p_subject, p_occasion); end if;
  if p_person is null and wellkept.consent_authority_waits(p_subject) then v := v || 'authority'::text; end if;
  -- A request to register that the program answered for nobody is staff's work as well.
  if p_person is null and wellkept.accounts_registering(p_subject) then v := v || 'registration'::text; end if;
  -- An opening that stood out, or an inquiry that two decided on, is the privacy office's work.
  if p_person is null then v := v || wellkept.watch_ties(p_account, p_subject, p_occasion); end if;
  -- So is what is about to leave under an agreement.
  if p_person is null then v := v || wellkept.disclosures_ties(p_account, p_subject, p_occasion); end if;
  return v;
end $$;

-- Whether one fact a rule needs is true. Each is asked of a function that answers one question.
create function wellkept.gate_need_met(p_need text, p_role text, p_account uuid, p_subject uuid, p_purpose text, p_category text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if p_need = 'authorization' then
    return wellkept.consent_authorises(p_account, p_subject, p_purpose, p_category);
  end if;
  if p_need = 'appointment' then return wellkept.consent_appointed(p_account, p_subject, p_purpose, p_category); end if;
  if p_need = 'releasing' then return wellkept.disclosures_releasing(p_account, p_subject, p_purpose, p_category); end if;
  if p_need = 'covered' then return wellkept.organisations_covers(p_account, p_purpose, p_category); end if;
  return wellkept.consent_acknowledged(p_account, p_role, p_need);
end $$;

-- The decision: null reason when it may be opened. The clause is that of the rule that allows, or of what refuses. The tie is by what
-- somebody else's record opens to a member of the family; of several people who are not all tied alike, 'household'.
create function wellkept.gate_decide(
  p_role text, p_account uuid, p_person uuid, p_subjects uuid[], p_purpose text, p_categories text[], p_occasion uuid,
  p_relationship text, out reason text, out clause text, out tie text
)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_subject uuid;
  v_category text;
  v_relationships text[];
  v_need text;
  v_met text[] := '{}';
  v_first text[];
  v_lacks text;
  v_unmet text;
  v_tie text;
  r wellkept.access_rule;
begin
  foreach v_subject in array p_subjects loop
    v_tie := null;
    v_relationships := case when p_relationship is not null then array[p_relationship]
      when v_subject = p_person and p_occasion is null then '{none,self}'
      else wellkept.gate_relationships(p_account, p_person, v_subject, p_occasion) end;
    foreach v_category in array p_categories loop
      -- Of the rules that fit, the one with the fewest needs of those that are met; where none is, the first says what is missing.
      v_first := null; v_lacks := null;
      for r in
        select * from wellkept.access_rule x
         where x.role = p_role and x.purpose = p_purpose and x.category = v_category and x.relationship = any (v_relationships)
         order by cardinality(x.needs), x.id collate "C"
      loop
        v_unmet := null;
        -- What an account has agreed to is the same for every person and category: it is asked once. The rest is asked each time.
        foreach v_need in array r.needs loop
          if v_need <> all (v_met) and not wellkept.gate_need_met(v_need, p_role, p_account, v_subject, p_purpose, v_category) then
            v_unmet := v_need;
            exit;
          end if;
          if v_need in ('terms', 'agreement', 'helping') then v_met := v_met || v_need; end if;
        end loop;
        if v_first is null then v_first := r.needs; v_lacks := v_unmet; end if;
        exit when v_unmet is null;
      end loop;
      if v_first is null then reason := 'no rule'; clause := 'U-12'; return; end if;
      if v_unmet is not null then
        -- Documents one can sign; another person's word only they can give.
        if v_lacks in ('authorization', 'appointment') then reason := 'no word'; clause := 'U-19'; return; end if;
        if v_lacks in ('covered', 'releasing') then reason := 'no agreement'; clause := 'U-11'; return; end if;
        reason := 'needs ' || array_to_string(array(select n from unnest(v_first) n where n not in ('authorization', 'appointment', 'covered', 'releasing')), ', ');
        clause := 'P-25'; return;
      end if;
      -- A letter to the person themselves is no disclosure; neither is what a file brings. Whoever stands in their place is as they are.
      if r.relationship not in ('self', 'letter', 'file')
         and wellkept.consent_restricts(v_subject, p_role, p_purpose, v_category)
         and not wellkept.consent_in_their_place(p_account, v_subject, p_purpose, v_category) then
        reason := 'restricted'; clause := 'R-04'; return;
      end if;
      -- An employer's contract only ever takes away, from what a rule allows, and never what is the person's own.
      if r.relationship not in ('self', 'letter', 'file')
         and wellkept.organisations_narrows(v_subject, p_role, p_purpose, v_category) then
        reason := 'contract'; clause := 'U-13'; return;
      end if;
      clause := r.clause;
      if v_tie is null or r.relationship in ('authorised', 'parent', 'helper', 'personal_representative') then v_tie := r.relationship; end if;
    end loop;
    tie := case when tie is null or tie = v_tie then v_tie else 'household' end;
    -- A file's rules do not depend on the person: once is enough for five hundred.
    exit when p_relationship = 'file';
  end loop;
end $$;

-- Counts the people opened this hour. Whoever was counted already costs nothing. The counter's row is locked only where a
-- person is new, so that racing openings stop exactly at the limit; a try that is refused counts nobody.
create function wellkept.gate_spend(p_account uuid, p_role text, p_person uuid, p_subjects uuid[]) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_limit int;
  v_spent int;
  v_new uuid[];
  v_hour timestamptz := date_trunc('hour', now());
begin
  if p_subjects = array[p_person] then return true; end if;
  select b.people_an_hour into v_limit from wellkept.access_budget b where b.role = p_role;
  if not found then return false; end if;
  if v_limit is null then return true; end if;
  if not exists (
    select 1 from unnest(p_subjects) s where s is distinct from p_person
       and not exists (select 1 from wellkept.access_spent x where x.account = p_account and x.hour = v_hour and x.subject = s)) then
    return true;
  end if;
  insert into wellkept.access_spent_count (account, hour, people) values (p_account, v_hour, 0) on conflict do nothing;
  select c.people into v_spent from wellkept.access_spent_count c where c.account = p_account and c.hour = v_hour for update;
  v_new := array(
    select s from unnest(p_subjects) s where s is distinct from p_person
       and not exists (select 1 from wellkept.access_spent x where x.account = p_account and x.hour = v_hour and x.subject = s));
  if v_spent + cardinality(v_new) > v_limit then return false; end if;
  insert into wellkept.access_spent (account, hour, subject) select p_account, v_hour, s from unnest(v_new) s order by s;
  update wellkept.access_spent_count c set people = v_spent + cardinality(v_new) where c.account = p_account and c.hour = v_hour;
  return true;
end $$;

-- An array of any shape as a plain list: each once, in its order, without nulls, at most p_most. Null stays null.
create function wellkept.gate_people(p_subjects uuid[], p_most int) returns uuid[]
language plpgsql immutable set search_path = wellkept, pg_temp as $$
begin
  if p_subjects is null then return null; end if;
  return array(select u.s from unnest(p_subjects) with ordinality u (s, n) where u.s is not null group by u.s order by min(u.n) limit p_most);
end $$;

-- The same of words, of which none is longer than one of ours.
create function wellkept.gate_words(p_words text[], p_most int) returns text[]
language plpgsql immutable set search_path = wellkept, pg_temp as $$
begin
  return array(select left(u.w, 40) from unnest(p_words) with ordinality u (w, n) where u.w is not null group by left(u.w, 40)
                order by min(u.n) limit p_most);
end $$;

-- What counts as a person of its own where there is none: a search that found nobody, a machine's role.
create function wellkept.gate_named(p_what bytea) returns uuid
language plpgsql immutable set search_path = wellkept, pg_temp as $$
begin
  return encode(substr(sha256(p_what), 1, 16), 'hex')::uuid;
end $$;

-- Step one sees the house as it is. A transaction that began long ago still has the hour of its beginning, whose budget may be
-- forgotten; one that repeats its reads still sees a session, a call or an authorization that has ended since.
create function wellkept.gate_now() returns void
language plpgsql volatile set search_path = wellkept, pg_temp as $$
begin
  if pg_current_xact_id_if_assigned() is not null or now() < clock_timestamp() - interval '5 s'
     or current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception using errcode = 'WK002', message = 'open first, then write';
  end if;
end $$;

-- Step one. A transaction of its own: it commits before anything is shown, and says nothing but the number of its entry.
-- The actor is found from the session; an argument cannot name one. Subjects null: whoever holds the account.
create function wellkept.gate_enter(p_secret bytea, p_subjects uuid[], p_purpose text, p_categories text[], p_occasion uuid default null)
returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  s wellkept.accounts_session;
  v_subjects uuid[];
  v_categories text[] := wellkept.gate_words(p_categories, 21);
  v_occasion uuid;
  v_reason text;
  v_clause text;
  v_tie text;
  v_own boolean;
  v_limit int;
  v_closed boolean;
  v_nobody boolean := false;
begin
  perform wellkept.gate_now();
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found then
    return wellkept.ledger_write('refused', null, null, 'nobody', null, coalesce(wellkept.gate_people(p_subjects, 10), '{}'),
      left(p_purpose, 20), '{}', false, 'no session', 'U-30');
  end if;
  if s.seen < now() - interval '1 min' then
    update wellkept.accounts_session x set seen = now() where x.secret_hash = p_secret;
  end if;
  select coalesce((select b.subjects_an_entry from wellkept.access_budget b where b.role = s.role), 0),
         exists (select 1 from wellkept.access_door d where d.closed_at is not null)
    into v_limit, v_closed;
  v_subjects := array[s.holder];
  if p_subjects is not null then
    v_subjects := wellkept.gate_people(p_subjects, v_limit + 1);
    v_nobody := exists (select 1 from unnest(p_subjects) x where x is null);
  end if;
  -- An entry belongs to an occasion of its own account and to no other, a refused one too.
  v_occasion := s.occasion;
  if p_occasion is not null then
    select coalesce((select o.id from wellkept.ledger_occasion o where o.id = p_occasion and o.account = s.account_id), s.occasion)
      into v_occasion;
    -- Behind the occasion of an inquiry that is kept back nothing hides but the inquiry itself.
    if wellkept.access_strays(v_occasion, v_subjects, p_purpose) then v_occasion := s.occasion; end if;
  end if;
  if v_closed then
    v_reason := 'closed'; v_clause := 'U-31';
  elsif s.role = 'newcomer' then
    v_reason := 'second factor'; v_clause := 'U-30';
  elsif cardinality(v_subjects) = 0 or cardinality(v_categories) = 0 or v_nobody then
    v_reason := 'nothing asked'; v_clause := 'U-12'; v_subjects := '{}';
  elsif cardinality(v_subjects) > v_limit or cardinality(v_categories) > 20 then
    v_reason := 'too many at once'; v_clause := 'U-31'; v_subjects := v_subjects[1:10];
  elsif p_occasion is not null and p_occasion is distinct from v_occasion then
    v_reason := 'not your occasion'; v_clause := 'U-30';
  else
    select d.reason, d.clause, d.tie into v_reason, v_clause, v_tie from wellkept.gate_decide(
      s.role, s.account_id, s.person_id, v_subjects, p_purpose, v_categories, p_occasion, null) d;
    if v_reason is null and not wellkept.gate_spend(s.account_id, s.role, s.holder, v_subjects) then
      v_reason := 'budget'; v_clause := 'U-31';
    end if;
  end if;
  if v_reason is null and v_tie = 'alarm' then v_occasion := coalesce(wellkept.watch_kept_back(s.account_id, v_subjects), v_occasion); end if;
  -- One's own is also what two administrators joined to it. What opened another's record to a member stands in the entry.
  v_own := v_subjects = array[s.holder]
    or (cardinality(v_subjects) = 1 and s.person_id is not null and wellkept.people_joined(s.person_id, v_subjects[1]));
  return wellkept.ledger_write(case when v_reason is null then 'opened' else 'refused' end,
    v_occasion, s.account_id, s.role, s.actor, v_subjects, left(p_purpose, 20),
    case when v_reason is null then v_categories else v_categories[1:10] end,
    v_own, coalesce(v_reason, case when s.role = 'member' and not v_own then v_tie end), v_clause);
end $$;

-- The same for a machine: who it is, is the login role it connected as. Its occasion must be its own.
create function wellkept.gate_enter_machine(p_subjects uuid[], p_purpose text, p_categories text[], p_occasion uuid, p_relationship text)
returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  v_role text := wellkept.machine_role();
  v_subjects uuid[];
  v_categories text[] := wellkept.gate_words(p_categories, 21);
  v_occasion uuid;
  v_reason text;
  v_clause text;
  v_limit int;
begin
  perform wellkept.gate_now();
  select b.subjects_an_entry into v_limit from wellkept.access_budget b where b.role = v_role;
  v_limit := coalesce(v_limit, 0);
  v_subjects := coalesce(wellkept.gate_people(p_subjects, v_limit + 1), '{}');
  select o.id into v_occasion from wellkept.ledger_occasion o where o.id = p_occasion and o.role = v_role and o.account is null;
  if exists (select 1 from wellkept.access_door d where d.closed_at is not null) then
    v_reason := 'closed'; v_clause := 'U-31';
  elsif cardinality(v_subjects) = 0 or cardinality(v_categories) = 0 or exists (select 1 from unnest(p_subjects) x where x is null) then
    v_reason := 'nothing asked'; v_clause := 'U-12';
  elsif cardinality(v_subjects) > v_limit or cardinality(v_categories) > 20 then
    v_reason := 'too many at once'; v_clause := 'U-31';
  elsif v_occasion is null then
    v_reason := 'not your occasion'; v_clause := 'U-30';
  else
    select d.reason, d.clause into v_reason, v_clause from wellkept.gate_decide(
      v_role, null, null, v_subjects, p_purpose, v_categories, p_occasion, coalesce(p_relationship, 'none')) d;
    -- A machine has no account: its role's hour is counted.
    if v_reason is null and not wellkept.gate_spend(wellkept.gate_named(convert_to(v_role, 'UTF8')), v_role, null, v_subjects) then
      v_reason := 'budget'; v_clause := 'U-31';
    end if;
  end if;
  return wellkept.ledger_write(case when v_reason is null then 'opened' else 'refused' end, v_occasion, null, v_role, null,
    case when v_reason is null then v_subjects else v_subjects[1:10] end, left(p_purpose, 20), v_categories[1:20],
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
-- A search that finds nobody, or more than may be shown, counts against the budget too, as a person of its own.
-- Whether there is a rule is asked before anything is said of what was found.
create function wellkept.gate_search(p_secret bytea, p_kind text, p_index bytea, p_purpose text) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  s wellkept.accounts_session;
  v_subjects uuid[];
  v_counted uuid[];
  v_reason text;
  v_clause text;
begin
  perform wellkept.gate_now();
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found then
    return wellkept.ledger_write('refused', null, null, 'nobody', null, '{}', left(p_purpose, 20), '{}', false, 'no session', 'U-30');
  end if;
  v_subjects := coalesce(case when p_kind = 'case_number' then wellkept.service_found(p_index) else wellkept.people_found(p_kind, p_index) end, '{}');
  v_counted := case when cardinality(v_subjects) between 1 and 5 then v_subjects else array[wellkept.gate_named(p_index)] end;
  if exists (select 1 from wellkept.access_door d where d.closed_at is not null) then
    v_reason := 'closed'; v_clause := 'U-31';
  elsif s.role = 'newcomer' then
    v_reason := 'second factor'; v_clause := 'U-30';
  elsif p_kind is null or p_index is null then
    v_reason := 'nothing asked'; v_clause := 'U-12';
  else
    select d.reason, d.clause into v_reason, v_clause from wellkept.gate_decide(
      s.role, s.account_id, s.person_id, v_counted, p_purpose, array['identity'], null, 'search') d;
    if v_reason is null and not wellkept.gate_spend(s.account_id, s.role, s.person_id, v_counted) then
      v_reason := 'budget'; v_clause := 'U-31';
    end if;
    if v_reason is null and cardinality(v_subjects) > 5 then
      v_reason := 'too many at once'; v_clause := 'U-31';
    end if;
  end if;
  return wellkept.ledger_write(case when v_reason is null then 'searched' else 'refused' end, s.occasion, s.account_id, s.role, s.actor,
    case when v_reason is null then v_subjects else '{}' end, left(p_purpose, 20), array['identity'], false, v_reason, v_clause);
end $$;

-- Who a session belongs to, for the frame of a page: the role and the words to greet a member of staff with. No person's data.
create function wellkept.gate_who(
  p_secret bytea, out account uuid, out role text, out actor text, out occasion uuid, out holder uuid, out organisation uuid
)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select s.account_id, s.role, s.actor, s.occasion, s.holder, s.organisation_id
    into account, role, actor, occasion, holder, organisation from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle;
end $$;

-- The watcher's second: keeps what is usual, forgets spent hours and tells the newest entry and how many since p_after opened another's record.
create function wellkept.watch_tick(p_after bigint, out newest bigint, out openings int, out allowed int)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  select max(e.id), count(*) filter (where e.account is not null and not e.own) into newest, openings
    from wellkept.ledger_entry e where e.id > p_after and e.at > now() - interval '10 min';
  newest := coalesce(newest, p_after);
  select d.entries_a_minute into allowed from wellkept.access_door d;
  perform wellkept.watch_usual();
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

revoke execute on function wellkept.gate_people, wellkept.gate_words, wellkept.gate_named, wellkept.gate_now, wellkept.gate_relationships, wellkept.gate_need_met, wellkept.gate_decide, wellkept.gate_spend, wellkept.gate_enter,
  wellkept.gate_enter_machine, wellkept.gate_begin, wellkept.gate_search, wellkept.gate_who, wellkept.watch_tick, wellkept.gate_close, wellkept.gate_reopen from public;
grant execute on function wellkept.gate_people, wellkept.gate_words, wellkept.gate_named, wellkept.gate_now to {gate};
grant execute on function wellkept.gate_enter, wellkept.gate_search, wellkept.gate_who to {web};
grant execute on function wellkept.gate_enter_machine, wellkept.gate_begin to {intake}, {jobs}, {mailroom};
grant execute on function wellkept.watch_tick, wellkept.gate_close to {watch};
grant execute on function wellkept.gate_reopen to {migrate};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.gate_relationships owner to {gate};
alter function wellkept.gate_need_met owner to {gate};
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

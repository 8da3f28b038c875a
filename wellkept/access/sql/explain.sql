-- Why something may be opened, or may not, of one account and one person: for whoever runs the operator, and written down.

-- Step one, a transaction of its own like an opening's: it commits who asked about whom before anything is told.
create function wellkept.gate_explain_begin(p_person uuid, p_purpose text, p_category text) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.gate_now();
  if p_person is null or p_purpose is null or p_category is null then
    raise check_violation using message = 'an explanation names a person, a purpose and a category';
  end if;
  return wellkept.ledger_write('explained', wellkept.access_touched(p_person, null, p_purpose), null, wellkept.machine_role(), null, array[p_person], left(p_purpose, 20),
    array[left(p_category, 40)], false, null, 'B-09');
end $$;

-- Step two: the decision on what that entry names, as the gate would take it now for that account on that occasion, and what it rests on.
-- Nothing is opened and nothing is spent. The entry must be committed, of this connection, and of the last 30 seconds.
create function wellkept.gate_explain(
  p_entry bigint, p_account uuid, p_occasion uuid, out role text, out relationships text[], out rule text, out clause text, out reason text,
  out needs text[], out unmet text[], out restricted boolean, out own_occasion boolean, out session_open boolean, out people_opened int,
  out people_an_hour int, out door_closed boolean, out narrowed boolean, out deciding jsonb
)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  a wellkept.accounts_account;
  v_subject uuid;
  v_category text;
begin
  select * into e from wellkept.ledger_entry x where x.id = p_entry and x.at > now() - interval '30 s' and x.at < now() + interval '1 min';
  if not found or e.kind <> 'explained' or e.backend <> pg_backend_pid() or e.xact = pg_current_xact_id_if_assigned() then
    raise insufficient_privilege using message = 'that entry explains nothing here';
  end if;
  v_subject := e.subjects[1];
  v_category := e.categories[1];
  select * into a from wellkept.accounts_account x where x.id = p_account;
  role := a.role;
  own_occasion := p_occasion is null or exists (select 1 from wellkept.ledger_occasion o where o.id = p_occasion and o.account = p_account);
  relationships := wellkept.gate_relationships(p_account, a.person_id, v_subject, p_occasion);
  select r.id, r.needs into rule, needs from wellkept.access_rule r
   where r.role = a.role and r.purpose = e.purpose and r.category = v_category and r.relationship = any (relationships)
   order by exists (select 1 from unnest(r.needs) n where not wellkept.gate_need_met(n, a.role, p_account, v_subject, e.purpose, v_category)),
     cardinality(r.needs), r.id collate "C" limit 1;
  needs := coalesce(needs, '{}');
  unmet := array(select n from unnest(needs) n
                  where not wellkept.gate_need_met(n, a.role, p_account, v_subject, e.purpose, v_category));
  restricted := wellkept.consent_restricts(v_subject, a.role, e.purpose, v_category)
    and not wellkept.consent_in_their_place(p_account, v_subject, e.purpose, v_category);
  narrowed := wellkept.organisations_narrows(v_subject, a.role, e.purpose, v_category);
  -- What stands behind the needs and the limits, each by its number and until when: consents, agreements, restrictions, contracts.
  select coalesce(jsonb_agg(jsonb_build_object('kind', x.kind, 'id', x.id, 'until', x.until) order by x.kind, x.id), '[]') into deciding from (
    select c.kind, c.id, c.until from wellkept.consent_deciding(p_account, v_subject, e.purpose, v_category) c
    union all select o.kind, o.id, o.until from wellkept.organisations_deciding(a.organisation_id, v_subject, e.purpose, v_category) o
    union all select n.kind, n.id, n.until from wellkept.organisations_contract_deciding(v_subject, a.role, e.purpose, v_category) n) x;
  select d.reason, d.clause into reason, clause from wellkept.gate_decide(
    a.role, p_account, a.person_id, array[v_subject], e.purpose, array[v_category], p_occasion, null) d;
  session_open := exists (select 1 from wellkept.accounts_session s
                           where s.account_id = p_account and s.expires > now() and s.seen > now() - s.idle);
  select b.people_an_hour into people_an_hour from wellkept.access_budget b where b.role = a.role;
  select c.people into people_opened from wellkept.access_spent_count c where c.account = p_account and c.hour = date_trunc('hour', now());
  people_opened := coalesce(people_opened, 0);
  door_closed := exists (select 1 from wellkept.access_door d where d.closed_at is not null);
end $$;

-- Step one for the privacy officer, whom the database finds from the session. Who is meant is named by their number, by what is on
-- their card (a keyed hash), or by an entry that names one person. A question that is refused is an entry too.
create function wellkept.gate_explain_asked(p_secret bytea, p_person uuid, p_kind text, p_index bytea, p_of bigint, p_purpose text, p_category text)
returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  s wellkept.accounts_session;
  v_found uuid[] := array_remove(array[p_person], null);
  v_reason text;
  v_clause text := 'B-09';
begin
  perform wellkept.gate_now();
  if p_purpose is null or p_category is null then
    raise check_violation using message = 'an explanation names a person, a purpose and a category';
  end if;
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found then
    return wellkept.ledger_write('refused', null, null, 'nobody', null, '{}', left(p_purpose, 20), '{}', false, 'no session', 'U-30');
  end if;
  if s.role <> 'privacy_officer' then
    v_reason := 'no rule'; v_clause := 'U-12';
  elsif not wellkept.consent_acknowledged(s.account_id, s.role, 'agreement') then
    v_reason := 'needs agreement'; v_clause := 'P-25';
  else
    if p_index is not null then v_found := wellkept.people_found(p_kind, p_index); end if;
    if p_of is not null and cardinality(v_found) = 0 then
      select array(select unnest(e.subjects)) into v_found from wellkept.ledger_entry e where e.id = p_of and e.account is not null;
    end if;
    v_found := coalesce(v_found, '{}');
    -- One who is not found costs what one who is costs: nobody goes through numbers here.
    if not wellkept.gate_spend(s.account_id, s.role, s.holder,
        case when cardinality(v_found) = 1 then v_found else array[wellkept.gate_named(coalesce(p_index, int8send(coalesce(p_of, 0))))] end) then
      v_reason := 'budget'; v_clause := 'U-31';
    elsif cardinality(v_found) <> 1 then
      v_reason := 'nobody found';
    end if;
  end if;
  -- What is asked about an inquiry that is kept back is kept back with it.
  return wellkept.ledger_write(case when v_reason is null then 'explained' else 'refused' end,
    coalesce(case when v_reason is null then wellkept.access_touched(v_found[1], p_of, p_purpose) end, s.occasion), s.account_id, s.role, s.actor,
    case when v_reason is null then v_found else '{}' end, left(p_purpose, 20), array[left(p_category, 40)], false, v_reason, v_clause);
end $$;

-- Step two for the privacy officer: their own question alone, about the account of a sign-in name, of a number, or of an entry, on the
-- occasion of that entry. A refused question raises what refused it.
create function wellkept.gate_explain_told(
  p_secret bytea, p_entry bigint, p_account uuid, p_login bytea, p_of bigint, out role text, out relationships text[], out rule text,
  out clause text, out reason text, out needs text[], out unmet text[], out restricted boolean, out own_occasion boolean,
  out session_open boolean, out people_opened int, out people_an_hour int, out door_closed boolean, out narrowed boolean, out deciding jsonb
)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  v_account uuid := p_account;
  v_occasion uuid;
begin
  select * into e from wellkept.ledger_entry x where x.id = p_entry and x.at > now() - interval '30 s' and x.at < now() + interval '1 min';
  if found and e.kind = 'refused' and e.backend = pg_backend_pid() then
    raise exception using errcode = 'WK001', message = coalesce(e.reason, ''), detail = coalesce(e.clause, '');
  end if;
  if not exists (
    select 1 from wellkept.accounts_session s
     where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'privacy_officer' and s.account_id = e.account) then
    raise insufficient_privilege using message = 'that entry explains nothing here';
  end if;
  if p_login is not null then select a.id into v_account from wellkept.accounts_account a where a.login = p_login and a.closed_at is null; end if;
  if p_of is not null then
    select coalesce(v_account, x.account), case when v_account is null or v_account = x.account then x.occasion end into v_account, v_occasion
      from wellkept.ledger_entry x where x.id = p_of and x.account is not null;
  end if;
  select t.role, t.relationships, t.rule, t.clause, t.reason, t.needs, t.unmet, t.restricted, t.own_occasion, t.session_open, t.people_opened,
         t.people_an_hour, t.door_closed, t.narrowed, t.deciding
    into role, relationships, rule, clause, reason, needs, unmet, restricted, own_occasion, session_open, people_opened, people_an_hour,
         door_closed, narrowed, deciding
    from wellkept.gate_explain(p_entry, v_account, v_occasion) t;
end $$;

revoke execute on function wellkept.gate_explain_begin, wellkept.gate_explain, wellkept.gate_explain_asked, wellkept.gate_explain_told from public;
grant execute on function wellkept.gate_explain_begin, wellkept.gate_explain to {proof};
grant execute on function wellkept.gate_explain_asked, wellkept.gate_explain_told to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.gate_explain_begin owner to {gate};
alter function wellkept.gate_explain owner to {gate};
alter function wellkept.gate_explain_asked owner to {gate};
alter function wellkept.gate_explain_told owner to {gate};

-- Why something may be opened, or may not, of one account and one person: for whoever runs the operator, and written down.

-- Step one, a transaction of its own like an opening's: it commits who asked about whom before anything is told.
create function wellkept.gate_explain_begin(p_person uuid, p_purpose text, p_category text) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.gate_now();
  if p_person is null or p_purpose is null or p_category is null then
    raise check_violation using message = 'an explanation names a person, a purpose and a category';
  end if;
  return wellkept.ledger_write('explained', null, null, wellkept.machine_role(), null, array[p_person], left(p_purpose, 20),
    array[left(p_category, 40)], false, null, 'B-09');
end $$;

-- Step two: the decision on what that entry names, as the gate would take it now for that account on that occasion, and what it rests on.
-- Nothing is opened and nothing is spent. The entry must be committed, of this connection, and of the last 30 seconds.
create function wellkept.gate_explain(
  p_entry bigint, p_account uuid, p_occasion uuid, out role text, out relationships text[], out rule text, out clause text, out reason text,
  out needs text[], out unmet text[], out restricted boolean, out own_occasion boolean, out session_open boolean, out people_opened int,
  out people_an_hour int, out door_closed boolean
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
   order by cardinality(r.needs), r.id collate "C" limit 1;
  needs := coalesce(needs, '{}');
  unmet := array(select n from unnest(needs) n
                  where not wellkept.gate_need_met(n, a.role, p_account, v_subject, e.purpose, v_category));
  restricted := wellkept.consent_restricts(v_subject, a.role, e.purpose, v_category);
  select d.reason, d.clause into reason, clause from wellkept.gate_decide(
    a.role, p_account, a.person_id, array[v_subject], e.purpose, array[v_category], p_occasion, null) d;
  session_open := exists (select 1 from wellkept.accounts_session s
                           where s.account_id = p_account and s.expires > now() and s.seen > now() - s.idle);
  select b.people_an_hour into people_an_hour from wellkept.access_budget b where b.role = a.role;
  select c.people into people_opened from wellkept.access_spent_count c where c.account = p_account and c.hour = date_trunc('hour', now());
  people_opened := coalesce(people_opened, 0);
  door_closed := exists (select 1 from wellkept.access_door d where d.closed_at is not null);
end $$;

revoke execute on function wellkept.gate_explain_begin, wellkept.gate_explain from public;
grant execute on function wellkept.gate_explain_begin, wellkept.gate_explain to {proof};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.gate_explain_begin owner to {gate};
alter function wellkept.gate_explain owner to {gate};

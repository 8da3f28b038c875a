-- Authorizations to somebody outside (45 CFR 164.508), and restrictions that are asked for, decided and ended (45 CFR 164.522(a)).
-- A person gives, asks and ends by an opening of their own record; the privacy office decides by an opening of whoever asked.

-- What decides on an opening beside the rules, each by its id and until when: the person's word to whoever asks, and their restrictions.
create function wellkept.consent_deciding(p_account uuid, p_subject uuid, p_purpose text, p_category text)
returns table (kind text, id uuid, until timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select 'authorization', a.id, a.expires from wellkept.consent_authorization a
   where a.person_id = p_subject and a.purpose = p_purpose and a.opens ? p_category and a.since <= now() and a.expires > now() and a.revoked is null
     and (a.account_id = p_account or a.to_person = (select x.person_id from wellkept.accounts_account x where x.id = p_account and x.closed_at is null))
  union all
  select a.kind, a.id, wellkept.consent_until(a, p_category) from wellkept.accounts_account x
    join wellkept.consent_actsfor f on f.holder = x.holder and f.person_id = p_subject
    join wellkept.consent_appointment a on a.person_id = f.person_id and a.id = f.id and a.holder = x.holder
   where x.id = p_account and x.role = 'member' and x.closed_at is null and p_purpose = 'PATRQT'
     and (p_category = 'identity' or a.opens ? p_category) and wellkept.consent_until(a, p_category) > now() and wellkept.consent_holds(a)
  union all
  select 'restriction', r.id, r.until from wellkept.consent_restriction r
   where r.person_id = any (p_subject || wellkept.people_joined_with(p_subject)) and r.about is null and r.since <= now() and (r.until is null or r.until > now())
     and (r.role is null or r.role = (select x.role from wellkept.accounts_account x where x.id = p_account))
     and (r.purpose is null or r.purpose = p_purpose) and (r.opens is null or r.opens = p_category)
     and not wellkept.consent_in_their_place(p_account, p_subject, p_purpose, p_category);
end $$;

-- An entry of a change, by whoever has the person open, on the kinds of data it is about.
create function wellkept.consent_noted(p_kind text, p_person uuid, p_categories text[], p_reason text, p_clause text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
begin
  select x.* into e from wellkept.gate_held h join wellkept.ledger_entry x on x.id = h.entry and x.at > now() - interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if not found then raise insufficient_privilege using message = 'nothing is open in this transaction'; end if;
  perform wellkept.ledger_write(p_kind, e.occasion, e.account, e.role, e.actor, array[p_person], e.purpose, p_categories, e.own, p_reason, p_clause);
end $$;

-- The person whose own record and requests are open; raises for anybody else.
create function wellkept.consent_own(p_person uuid) returns void
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.access_own_account(p_person);
  if not 'requests' = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'that kind of data is not open in this transaction';
  end if;
end $$;

-- The person authorises us to send some of their record to somebody outside, until a moment a year from now at most. Kept is what was
-- shown and signed. No purpose here is a sale, a trade or a promotion, and no word of theirs makes one (U-07, P-06). Whoever has no
-- record here, as a helper, has nothing to send.
create function wellkept.consent_authorize(
  p_person uuid, p_id uuid, p_purpose text, p_opens text[], p_until timestamptz, p_recipient bytea, p_address bytea, p_statement bytea,
  p_form text, p_language text, p_collected_under text
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_opens text[] := array(select distinct c from unnest(p_opens) c where c in ('coverage', 'claims', 'sensitive_claims') order by c);
begin
  perform wellkept.consent_own(p_person);
  if cardinality(v_opens) = 0 or cardinality(v_opens) <> coalesce(cardinality(p_opens), 0) or p_until is null
     or p_until <= now() or p_until > now() + interval '367 days' or not exists (select 1 from wellkept.people_person p where p.person_id = p_person)
     or coalesce(p_purpose, '') not in ('PATRQT', 'TREAT', 'HPAYMT', 'HLEGAL', 'HRESCH')
     or coalesce(length(p_recipient), 0) = 0 or coalesce(length(p_address), 0) = 0 or coalesce(length(p_statement), 0) = 0 then
    return false;
  end if;
  insert into wellkept.consent_authorization (id, person_id, category, collected_under, restricted, purpose, opens, since, expires, recipient,
    address, statement, form, language)
  values (p_id, p_person, 'requests', p_collected_under, false, p_purpose, to_jsonb(v_opens), now(), p_until, p_recipient,
    p_address, p_statement, p_form, p_language);
  perform wellkept.consent_noted('authorized', p_person, v_opens, null, 'U-19');
  return true;
end $$;

-- They end it: nothing more leaves under it, and what waits to be printed does not leave either.
create function wellkept.consent_end_authorization(p_person uuid, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_opens jsonb;
begin
  perform wellkept.consent_own(p_person);
  perform pg_advisory_xact_lock(hashtextextended('leaves ' || p_person, 0));
  update wellkept.consent_authorization a set revoked = now()
   where a.person_id = p_person and a.id = p_id and a.address is not null and a.revoked is null and a.expires > now()
  returning a.opens into v_opens;
  if not found then return false; end if;
  perform wellkept.disclosures_stop(p_person, p_id);
  perform wellkept.consent_noted('authorization ended', p_person, array(select c from jsonb_array_elements_text(v_opens) c order by c), null, 'U-19');
  return true;
end $$;

-- Whether an authorization to somebody outside is in force and covers this purpose and each of these categories, at this very minute.
create function wellkept.consent_lets_out(p_person uuid, p_id uuid, p_purpose text, p_opens text[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return coalesce(cardinality(p_opens), 0) > 0 and exists (
    select 1 from wellkept.consent_authorization a
     where a.person_id = p_person and a.id = p_id and a.address is not null and a.purpose = p_purpose and a.opens @> to_jsonb(p_opens)
       and a.since <= now() and a.expires > clock_timestamp() and a.revoked is null);
end $$;

-- Whoever says "this was not me" takes back what was given in their name in the last 72 hours: helpers, words, authorizations, and what
-- waits to be posted under them. Whoever was in their session would else come in again by them. A restriction stays: it only shuts.
create function wellkept.consent_undo_latest(p_session wellkept.accounts_session) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_people uuid[] := p_session.person_id || wellkept.people_joined_with(p_session.person_id);
  v_opens text[];
  x record;
begin
  if p_session.person_id is null then return; end if;
  for x in
    select a.person_id, a.id from wellkept.consent_appointment a
     where a.person_id = any (v_people) and a.kind = 'helper' and a.state = 'stands' and a.asked_at > now() - interval '72 hours'
  loop
    v_opens := wellkept.consent_finish(x.person_id, x.id, 'person');
    -- The helper laid it down at this very moment.
    continue when v_opens is null;
    perform wellkept.ledger_write('helper ended', p_session.occasion, p_session.account_id, p_session.role, p_session.actor, array[x.person_id],
      null, v_opens, true, null, 'U-19');
    perform wellkept.accounts_note(p_session.account_id, 'helper ended', '', '');
  end loop;
  -- As whoever ends one by itself: the lock before the rows.
  perform pg_advisory_xact_lock(hashtextextended('leaves ' || p, 0)) from (select u from unnest(v_people) u order by u) o (p);
  for x in
    update wellkept.consent_authorization a set revoked = now()
     where a.person_id = any (v_people) and a.since > now() - interval '72 hours' and a.revoked is null and a.expires > now()
    returning a.person_id, a.id, a.opens, a.address is not null as outside
  loop
    if x.outside then perform wellkept.disclosures_stop(x.person_id, x.id); end if;
    perform wellkept.ledger_write(case when x.outside then 'authorization ended' else 'sharing ended' end, p_session.occasion,
      p_session.account_id, p_session.role, p_session.actor, array[x.person_id], null,
      array(select c from jsonb_array_elements_text(x.opens) c where c <> 'identity' order by c), true, null, 'U-19');
  end loop;
end $$;

-- ---- Restrictions -------------------------------------------------------------------------------------------------------

-- Whether a person asks to have something restricted and nobody has decided yet, or did in the last 30 days, and the person has not
-- ended it: the officer's work.
create function wellkept.consent_asked(p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.consent_restriction r
                  where r.person_id = p_subject and r.asked_at is not null and r.until is null and (r.decided_at is null or r.decided_at > now() - interval '30 days'));
end $$;

-- The person asks. For whom: 'member' whoever is covered with them, 'representative' customer service, 'recipient' anybody outside we
-- would send it to for payment or operations; 'paid' a claim whose care they paid for in full themselves.
create function wellkept.consent_ask(
  p_person uuid, p_id uuid, p_sort text, p_opens text, p_about uuid, p_words bytea, p_due date, p_collected_under text
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.consent_own(p_person);
  if (p_sort = 'paid') is distinct from (p_about is not null) or p_due is null
     or not exists (select 1 from wellkept.people_person p where p.person_id = p_person)
     or (p_sort = 'paid' and not wellkept.consent_has_claim(p_person, p_about))
     or coalesce(p_sort, '') not in ('member', 'representative', 'recipient', 'paid')
     or (p_sort <> 'paid' and coalesce(p_opens, '') not in ('coverage', 'claims', 'sensitive_claims')) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('restriction ' || p_person, 0));
  -- What is asked for already, or holds already, is not asked for twice.
  if exists (select 1 from wellkept.consent_restriction r
              where r.person_id = p_person and r.sort = p_sort and r.opens is not distinct from p_opens and r.about is not distinct from p_about
                and r.until is null and (r.decided_at is null or r.since is not null)) then
    return false;
  end if;
  -- Nobody makes our whole day's work of asking.
  if (select count(*) from wellkept.consent_restriction r where r.person_id = p_person and r.asked_at is not null and r.decided_at is null and r.until is null) >= 12 then
    return false;
  end if;
  -- What is asked for again takes the place of what its person ended; the ledger keeps when that was asked, granted and ended.
  delete from wellkept.consent_restriction r
   where r.person_id = p_person and r.sort = p_sort and r.opens is not distinct from p_opens and r.about is not distinct from p_about
     and r.until is not null;
  insert into wellkept.consent_restriction (id, person_id, category, collected_under, restricted, role, opens, about, sort, asked_at, due_on, words)
  values (p_id, p_person, 'requests', p_collected_under, false, nullif(p_sort, 'paid'), p_opens, p_about, p_sort, now(), p_due, p_words);
  perform wellkept.consent_noted('restriction asked', p_person, array[coalesce(p_opens, 'claims')], p_sort, 'R-04');
  return true;
end $$;

-- Whether the claim is the person's.
create function wellkept.consent_has_claim(p_person uuid, p_claim uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.benefits_claim c where c.person_id = p_person and c.id = p_claim);
end $$;

-- Whether the plan paid nothing for a claim. Where the person says they paid for it in full, that restriction must be granted (164.522(a)(1)(vi)).
create function wellkept.consent_paid_nothing(p_person uuid, p_claim uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.benefits_claim c where c.person_id = p_person and c.id = p_claim and coalesce(c.paid, 0) = 0);
end $$;

-- Whether somebody had a claim shut.
create function wellkept.consent_is_shut(p_person uuid, p_claim uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.benefits_claim c where c.person_id = p_person and c.id = p_claim and c.restricted);
end $$;

-- A claim with everything that turned out to be the same claim.
create function wellkept.consent_parts(p_person uuid, p_claim uuid) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_whole uuid := coalesce((select c.joined from wellkept.benefits_claim c where c.person_id = p_person and c.id = p_claim), p_claim);
begin
  return array(select c.id from wellkept.benefits_claim c where c.person_id = p_person and (c.id = v_whole or c.joined = v_whole));
end $$;

-- Whether a restriction that holds is about one of these claims.
create function wellkept.consent_keeps_shut(p_person uuid, p_claims uuid[]) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.consent_restriction r
                  where r.person_id = p_person and r.sort = 'paid' and r.since <= now() and r.until is null and r.about = any (p_claims));
end $$;

-- Shuts the rows of a claim, or opens them again: one that is shut opens to the person and to the files that bring it, and to nobody else.
-- It stays shut while another restriction is about the same claim.
create function wellkept.consent_shut(p_person uuid, p_claim uuid, p_shut boolean) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  v_parts uuid[] := wellkept.consent_parts(p_person, p_claim);
begin
  if not p_shut and wellkept.consent_keeps_shut(p_person, v_parts) then return; end if;
  update wellkept.benefits_claim c set restricted = p_shut where c.person_id = p_person and c.id = any (v_parts);
  update wellkept.benefits_filing f set restricted = p_shut where f.person_id = p_person and f.claim_id = any (v_parts);
  update wellkept.benefits_decision d set restricted = p_shut where d.person_id = p_person and d.claim_id = any (v_parts);
end $$;

-- What a file says later of a claim that is shut is shut as well.
create function wellkept.consent_stays_shut() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  new.restricted := new.restricted or wellkept.consent_keeps_shut(new.person_id, new.claim_id || wellkept.consent_parts(new.person_id, new.claim_id));
  return new;
end $$;
create trigger consent_stays_shut before insert on wellkept.benefits_filing for each row execute function wellkept.consent_stays_shut();
create trigger consent_stays_shut before insert on wellkept.benefits_decision for each row execute function wellkept.consent_stays_shut();

-- A claim turns out to be the same as one that is shut, which a page now tells as the other's: then the whole of it is shut.
create function wellkept.consent_joins_shut() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if wellkept.consent_keeps_shut(new.person_id, wellkept.consent_parts(new.person_id, new.id)) then
    perform wellkept.consent_shut(new.person_id, new.id, true);
  end if;
  return null;
end $$;
create trigger consent_joins_shut after insert or update of joined on wellkept.benefits_claim
  for each row when (new.joined is not null) execute function wellkept.consent_joins_shut();

-- Two claims turn out not to be the same: what no restriction is about opens again.
create function wellkept.consent_parts_open() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.consent_shut(new.person_id, new.id, false);
  perform wellkept.consent_shut(new.person_id, old.joined, false);
  return null;
end $$;
create trigger consent_parts_open after update of joined on wellkept.benefits_claim
  for each row when (old.joined is not null and new.joined is distinct from old.joined) execute function wellkept.consent_parts_open();

-- The list of an officer who has signed everything: what waits, then what was decided in the last 30 days. No name and no words; those
-- are opened.
create function wellkept.consent_limits(p_secret bytea)
returns table (person_id uuid, id uuid, sort text, opens text, must boolean, asked_at timestamptz, due_on date, decided_at timestamptz, granted boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select r.person_id, r.id, r.sort, r.opens, r.sort = 'paid' and wellkept.consent_paid_nothing(r.person_id, r.about), r.asked_at, r.due_on,
         r.decided_at, r.since is not null
    from wellkept.consent_restriction r
   where exists (select 1 from wellkept.accounts_session s where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle
                    and s.role = 'privacy_officer' and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement'))
     and r.asked_at is not null and r.until is null and (r.decided_at is null or r.decided_at > now() - interval '30 days')
   order by r.decided_at is not null, r.due_on, r.asked_at limit 200;
end $$;

-- The privacy office decides, once; what is granted is a fact of the gate from here on. Says 'done', 'gone' where nothing waits, or 'must'
-- where it may not be refused.
create function wellkept.consent_decide(p_person uuid, p_id uuid, p_granted boolean, p_answer bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  e wellkept.ledger_entry;
  r wellkept.consent_restriction;
begin
  select x.* into e from wellkept.gate_held h join wellkept.ledger_entry x on x.id = h.entry and x.at > now() - interval '1 min'
   where h.backend = pg_backend_pid() and h.xact = pg_current_xact_id_if_assigned();
  if not found or e.role <> 'privacy_officer' or wellkept.held_subjects() <> array[p_person] or not 'requests' = any (wellkept.held_categories())
     or p_granted is null or coalesce(length(p_answer), 0) = 0 then
    raise insufficient_privilege using message = 'the privacy office decides, by an opening of whoever asked';
  end if;
  select * into r from wellkept.consent_restriction x
   where x.person_id = p_person and x.id = p_id and x.asked_at is not null and x.decided_at is null and x.until is null for update;
  if not found then return 'gone'; end if;
  if not p_granted and r.sort = 'paid' and wellkept.consent_paid_nothing(p_person, r.about) then return 'must'; end if;
  update wellkept.consent_restriction x set decided_at = now(), decided_by = coalesce(e.actor, ''), answer = p_answer, since = case when p_granted then now() end
   where x.person_id = p_person and x.id = p_id;
  if p_granted and r.sort = 'paid' then perform wellkept.consent_shut(p_person, r.about, true); end if;
  perform wellkept.consent_noted(case when p_granted then 'restriction granted' else 'restriction declined' end, p_person,
    array[coalesce(r.opens, 'claims')], r.sort, 'R-04');
  return 'done';
end $$;

-- The person ends it, whether it holds or was only asked for. Nobody else can.
create function wellkept.consent_end_restriction(p_person uuid, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  r wellkept.consent_restriction;
begin
  perform wellkept.consent_own(p_person);
  update wellkept.consent_restriction x set until = now()
   where x.person_id = p_person and x.id = p_id and x.until is null and (x.decided_at is null or x.since is not null)
  returning * into r;
  if not found then return false; end if;
  if r.sort = 'paid' and r.since is not null then perform wellkept.consent_shut(p_person, r.about, false); end if;
  perform wellkept.consent_noted('restriction ended', p_person, array[coalesce(r.opens, 'claims')], r.sort, 'R-04');
  return true;
end $$;

-- As lock_protect does for the columns that were there before: EXPLAIN tells nothing of them.
alter table wellkept.consent_authorization alter column address set statistics 0, alter column statement set statistics 0,
  alter column form set statistics 0, alter column language set statistics 0;
alter table wellkept.consent_restriction alter column about set statistics 0, alter column sort set statistics 0, alter column asked_at set statistics 0,
  alter column due_on set statistics 0, alter column words set statistics 0, alter column decided_at set statistics 0,
  alter column decided_by set statistics 0, alter column answer set statistics 0;
grant insert, delete, update (since, until, decided_at, decided_by, answer) on wellkept.consent_restriction to {gate};
grant select (id, person_id, joined, paid), update (restricted) on wellkept.benefits_claim to {gate};
do $$
declare
  v_table text;
begin
  foreach v_table in array '{benefits_filing,benefits_decision}'::text[] loop
    if not exists (select 1 from pg_policy p where p.polrelid = ('wellkept.' || v_table)::regclass and p.polname = 'answered') then
      execute format('create policy answered on wellkept.%I to {gate} using (true) with check (true)', v_table);
    end if;
  end loop;
end $$;
grant select (person_id, claim_id), update (restricted) on wellkept.benefits_filing, wellkept.benefits_decision to {gate};
revoke execute on function wellkept.consent_deciding, wellkept.consent_noted, wellkept.consent_own, wellkept.consent_authorize, wellkept.consent_end_authorization,
  wellkept.consent_undo_latest, wellkept.consent_lets_out, wellkept.consent_asked, wellkept.consent_ask, wellkept.consent_has_claim, wellkept.consent_paid_nothing, wellkept.consent_is_shut,
  wellkept.consent_parts, wellkept.consent_keeps_shut, wellkept.consent_shut, wellkept.consent_stays_shut, wellkept.consent_joins_shut, wellkept.consent_parts_open, wellkept.consent_limits, wellkept.consent_decide, wellkept.consent_end_restriction from public;
grant execute on function wellkept.consent_deciding, wellkept.consent_noted, wellkept.consent_own, wellkept.consent_lets_out, wellkept.consent_asked,
  wellkept.consent_has_claim, wellkept.consent_paid_nothing, wellkept.consent_shut to {gate};
grant execute on function wellkept.consent_authorize, wellkept.consent_end_authorization, wellkept.consent_ask, wellkept.consent_limits, wellkept.consent_decide,
  wellkept.consent_end_restriction to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.consent_deciding owner to {gate};
alter function wellkept.consent_noted owner to {gate};
alter function wellkept.consent_own owner to {gate};
alter function wellkept.consent_authorize owner to {gate};
alter function wellkept.consent_end_authorization owner to {gate};
alter function wellkept.consent_undo_latest owner to {gate};
alter function wellkept.consent_lets_out owner to {gate};
alter function wellkept.consent_asked owner to {gate};
alter function wellkept.consent_ask owner to {gate};
alter function wellkept.consent_has_claim owner to {gate};
alter function wellkept.consent_paid_nothing owner to {gate};
alter function wellkept.consent_shut owner to {gate};
alter function wellkept.consent_stays_shut owner to {gate};
alter function wellkept.consent_joins_shut owner to {gate};
alter function wellkept.consent_parts_open owner to {gate};
alter function wellkept.consent_is_shut owner to {gate};
alter function wellkept.consent_parts owner to {gate};
alter function wellkept.consent_keeps_shut owner to {gate};
alter function wellkept.consent_limits owner to {gate};
alter function wellkept.consent_decide owner to {gate};
alter function wellkept.consent_end_restriction owner to {gate};

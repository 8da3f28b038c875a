-- What an answer of ours did not settle: a letter that bears a reference, or a caller who says so. Each becomes a request of the kind
-- 'escalation', with the same clock, on the same lists (U-34).
create table wellkept.rights_letter (
  reference text primary key,
  person_id uuid not null,
  request_id uuid not null unique,
  made_at timestamptz not null,
  came_at timestamptz
);
comment on table wellkept.rights_letter is 'phi: the references of letters that follow an answer; read by functions of the gate alone.';
comment on column wellkept.rights_letter.reference is 'housekeeping: what stands on the letter; made by chance.';
comment on column wellkept.rights_letter.person_id is 'personal: who writes it.';
comment on column wellkept.rights_letter.request_id is 'housekeeping: the request whose answer did not settle it.';
comment on column wellkept.rights_letter.made_at is 'housekeeping: when the person made the letter.';
comment on column wellkept.rights_letter.came_at is 'housekeeping: when it reached us; null before.';
grant select, insert, update on wellkept.rights_letter to {gate};
grant insert on wellkept.rights_request to {gate};

-- The reference of the letter that follows the answer to a request of one's own, made once; null where it has no answer yet.
create function wellkept.rights_letter_of(p_request uuid, p_reference text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v text;
begin
  if not wellkept.held_own() or not 'requests' = any (wellkept.held_categories()) then return null; end if;
  insert into wellkept.rights_letter (reference, person_id, request_id, made_at)
  select p_reference, r.person_id, r.id, now() from wellkept.rights_request r
   where r.id = p_request and r.person_id = any (wellkept.held_subjects()) and r.answered_at is not null
  on conflict (request_id) do nothing;
  select l.reference into v from wellkept.rights_letter l where l.request_id = p_request and l.person_id = any (wellkept.held_subjects());
  return v;
end $$;

-- A representative holds a letter with a reference: 'noted', 'known' where it was noted before, 'unknown'. Nobody is opened for it, and
-- the person reads of it. The letter itself goes to the privacy office.
create function wellkept.rights_letter_came(p_secret bytea, p_reference text, p_id uuid, p_due date, p_collected_under text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  l wellkept.rights_letter;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found then return 'unknown'; end if;
  select * into l from wellkept.rights_letter x where x.reference = p_reference for update;
  if not found then return 'unknown'; end if;
  if l.came_at is not null then return 'known'; end if;
  update wellkept.rights_letter x set came_at = now() where x.reference = p_reference;
  insert into wellkept.rights_request (id, person_id, category, collected_under, restricted, kind, words, asked_at, due_on)
  values (p_id, l.person_id, 'requests', p_collected_under, false, 'escalation', '', now(), p_due);
  perform wellkept.ledger_write('escalated', s.occasion, s.account_id, s.role, s.actor, array[l.person_id], 'HOPERAT', '{requests}', false,
    null, 'U-34');
  return 'noted';
end $$;

-- A representative writes down on an open call of their own what an answer did not settle. The person is open in this transaction.
create function wellkept.rights_escalate(p_secret bytea, p_call uuid, p_id uuid, p_due date, p_words bytea, p_collected_under text)
returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_call;
begin
  select * into s from wellkept.service_desk(p_secret);
  select * into c from wellkept.service_open_call(p_secret, p_call);
  if not found or p_words is null or not c.person_id = any (wellkept.held_subjects()) then return false; end if;
  insert into wellkept.rights_request (id, person_id, category, collected_under, restricted, kind, words, asked_at, due_on)
  values (p_id, c.person_id, 'requests', p_collected_under, false, 'escalation', p_words, now(), p_due);
  perform wellkept.ledger_write('escalated', c.id, s.account_id, s.role, s.actor, array[c.person_id], 'HOPERAT', '{requests}', false, null,
    'U-34');
  return true;
end $$;

-- The escalations that wait, then those answered in the last 30 days: when each came and by when it is answered. No name and no words.
create function wellkept.rights_escalations(p_secret bytea) returns table (id uuid, asked_at timestamptz, due_on date, answered_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not exists (select 1 from wellkept.service_desk(p_secret)) then return; end if;
  return query select r.id, r.asked_at, r.due_on, r.answered_at from wellkept.rights_request r
    where r.kind = 'escalation' and (r.answered_at is null or r.answered_at > now() - interval '30 days')
    order by r.answered_at is not null, r.due_on, r.asked_at limit 200;
end $$;

revoke execute on function wellkept.rights_letter_of, wellkept.rights_letter_came, wellkept.rights_escalate, wellkept.rights_escalations from public;
grant execute on function wellkept.rights_letter_of, wellkept.rights_letter_came, wellkept.rights_escalate, wellkept.rights_escalations to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.rights_letter_of owner to {gate};
alter function wellkept.rights_letter_came owner to {gate};
alter function wellkept.rights_escalate owner to {gate};
alter function wellkept.rights_escalations owner to {gate};

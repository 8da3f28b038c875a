-- Registration: everybody asks alike, a program answers, and a person decides about those whom it finds nowhere.

grant select (id, audience, roster, birth_date, state, meant, asked_at, put_off_at), delete on wellkept.accounts_registration to {jobs};
grant update (roster, birth_date, told, state, meant, put_off_at) on wellkept.accounts_registration to {jobs};
grant insert on wellkept.notices_address to {gate};

-- A code makes an account of somebody outside the house and of nobody who works here, whoever writes it.
alter table wellkept.accounts_registration add constraint accounts_who_may_ask
  check (audience in ('member', 'provider', 'employer', 'agent', 'partner') and state in ('waiting', 'unmatched', 'chosen', 'done'));
alter table wellkept.accounts_accesscode add constraint accounts_whose_code
  check (case when role = 'member' then organisation_id is null and not administers
      -- A helper's account is no person's of ours: its code is bound to a birth date.
      and (person_id is not null or (holder is not null and place is not null and birth_date is not null))
    else role in ('provider', 'employer', 'agent', 'partner') and person_id is null and organisation_id is not null
      and holder is not null and place is not null end);

-- Somebody asks for an access code: one row, whoever they are and whatever they typed. The answer is the same for everybody.
create function wellkept.accounts_ask(p_id uuid, p_audience text, p_roster bytea, p_birth_date bytea, p_told bytea) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  insert into wellkept.accounts_registration (id, audience, roster, birth_date, told, state, asked_at)
  values (p_id, p_audience, p_roster, p_birth_date, p_told, 'waiting', now());
  notify wellkept_registration;
end $$;

-- Whoever decides about a request starts the job that answers, as whoever asks does. The function is the gate's, and lent for this.
set local role {gate};
grant execute on function wellkept.accounts_start_answer to {owner};
set local role {owner};
create trigger accounts_registration_decided after update of state on wellkept.accounts_registration
  for each row when (new.state = 'chosen' or (new.state = 'done' and old.state = 'unmatched')) execute function wellkept.accounts_start_answer();
set local role {gate};
revoke execute on function wellkept.accounts_start_answer from {owner};
set local role {owner};

-- What was typed, sealed, of a request that is open in this transaction; nothing of one that is answered.
create function wellkept.accounts_told(p_id uuid, out audience text, out asked_at timestamptz, out told bytea)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_id = any (wellkept.held_subjects()) or not 'identity' = any (wellkept.held_categories()) then return; end if;
  select r.audience, r.asked_at, r.told into audience, asked_at, told
    from wellkept.accounts_registration r where r.id = p_id and r.state <> 'done';
end $$;

-- Whether a request waits for a person to decide about it.
create function wellkept.accounts_registering(p_subject uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.accounts_registration r where r.id = p_subject and r.state = 'unmatched');
end $$;

-- What waits for a representative: how old, and which kind of account. Nothing that was typed.
create function wellkept.accounts_unmatched(p_secret bytea) returns table (id uuid, audience text, asked_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not exists (select 1 from wellkept.service_desk(p_secret)) then return; end if;
  return query select r.id, r.audience, r.asked_at from wellkept.accounts_registration r
    where r.state = 'unmatched' order by r.asked_at limit 200;
end $$;

-- Whether an organisation of that kind is on its list today: one of before registers nobody.
create function wellkept.accounts_stands(p_organisation uuid, p_kind text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.organisations_organisation o where o.id = p_organisation and o.kind = p_kind and o.standing <> 'prior');
end $$;

-- Whether somebody already decides who else of the organisation comes in.
create function wellkept.accounts_administered(p_organisation uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return wellkept.accounts_administrators(p_organisation, null) > 0;
end $$;

-- A representative says who is meant: a member whom they found in the last ten minutes, or an organisation on the list of that
-- kind. The request must be open to them in this transaction. The code itself goes by letter to the address on file.
create function wellkept.accounts_choose(p_secret bytea, p_id uuid, p_meant uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  r wellkept.accounts_registration;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_meant is null or not p_id = any (wellkept.held_subjects()) then return false; end if;
  select * into r from wellkept.accounts_registration x where x.id = p_id and x.state = 'unmatched' for update;
  if not found then return false; end if;
  if r.audience = 'member' then
    if not exists (
      select 1 from wellkept.ledger_entry e
       where e.account = s.account_id and e.kind = 'searched' and e.at > now() - interval '10 min' and e.at < now() + interval '1 min'
         and p_meant = any (e.subjects) and e.xact <> pg_current_xact_id()) then
      return false;
    end if;
  elsif not wellkept.accounts_stands(p_meant, r.audience) then
    return false;
  end if;
  update wellkept.accounts_registration x set state = 'chosen', meant = p_meant where x.id = p_id;
  perform wellkept.ledger_write('registration decided', s.occasion, s.account_id, s.role, s.actor, array[p_meant, p_id], 'MEMADMIN',
    '{identity}', false, 'a letter with a code', 'U-05');
  return true;
end $$;

-- A representative finds nobody who is meant, for a reason of the list. What was typed is emptied at once; its key goes with the job.
create function wellkept.accounts_refuse(p_secret bytea, p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_reason is null or p_reason not in ('not on our list', 'no address on file', 'has an administrator', 'not a real request')
     or not p_id = any (wellkept.held_subjects()) then
    return false;
  end if;
  update wellkept.accounts_registration x set state = 'done', told = '', roster = '', birth_date = ''
   where x.id = p_id and x.state = 'unmatched';
  if not found then return false; end if;
  perform wellkept.ledger_write('registration decided', s.occasion, s.account_id, s.role, s.actor, array[p_id], 'MEMADMIN', '{identity}', false,
    p_reason, 'U-05');
  return true;
end $$;

-- Issues a code, and none for the dead. Racers for one place wait for each other: of two within p_quiet the second issues none and hears false.
-- Called by the program that answers requests, and by functions of the gate that invite.
create function wellkept.accounts_issue_code(
  p_code bytea, p_role text, p_person uuid, p_holder uuid, p_organisation uuid, p_administers boolean, p_actor text, p_place uuid,
  p_birth_date bytea, p_email bytea, p_email_row uuid, p_lasts interval, p_quiet interval
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('access code ' || p_place, 0));
  if wellkept.people_life(p_person) = 'dead' then return false; end if;
  if exists (
    select 1 from wellkept.accounts_accesscode c
     where (c.place = p_place or (c.place is null and c.person_id = p_place)) and c.issued_at > now() - p_quiet) then
    return false;
  end if;
  insert into wellkept.accounts_accesscode
    (code_hash, role, person_id, holder, organisation_id, administers, actor, place, birth_date, email, email_row, issued_at, expires_at, tries)
  values (p_code, p_role, p_person, p_holder, p_organisation, p_administers, p_actor, p_place, p_birth_date, p_email, p_email_row, now(),
    now() + p_lasts, 0);
  return true;
end $$;

-- A code is used once, by whoever knows the birth date it is bound to. The code says whose it is: racers for one place wait for each
-- other, also with two codes, and the second finds what the first left. The lock comes before the rows, so that two cannot wait for
-- one another. Whoever had an account gets this sign-in name and password for it, and every session of it ends (U-30).
create function wellkept.accounts_redeem(p_code bytea, p_birth_date bytea, p_login bytea, p_password text, p_collected_under text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.accounts_accesscode;
  v_place uuid;
  v_holder uuid;
  v_account uuid;
  v_new boolean;
begin
  select coalesce(x.place, x.person_id) into v_place from wellkept.accounts_accesscode x where x.code_hash = p_code;
  if not found then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('access code ' || v_place, 0));
  select * into c from wellkept.accounts_accesscode x where x.code_hash = p_code for update;
  if not found or c.used_at is not null or c.expires_at <= now() or c.tries >= 5 then return 'no'; end if;
  -- The code may have been on its way when a death was confirmed.
  if wellkept.people_life(c.person_id) = 'dead' then return 'no'; end if;
  if c.organisation_id is not null and not wellkept.accounts_stands(c.organisation_id, c.role) then return 'no'; end if;
  if c.birth_date <> p_birth_date then
    update wellkept.accounts_accesscode x set tries = x.tries + 1 where x.code_hash = p_code;
    return 'no';
  end if;
  v_holder := coalesce(c.holder, c.person_id);
  select a.id into v_account from wellkept.accounts_account a where a.holder = v_holder and a.role = c.role and a.closed_at is null for update;
  if exists (select 1 from wellkept.accounts_account a where a.login = p_login and a.id is distinct from v_account) then return 'name taken'; end if;
  v_new := v_account is null;
  if v_new then
    v_account := gen_random_uuid();
    insert into wellkept.accounts_account
      (id, role, person_id, holder, organisation_id, administers, actor, login, password, created_at, failures, collected_under)
    values (v_account, c.role, c.person_id, v_holder, c.organisation_id, c.administers, c.actor, p_login, p_password, now(), 0, p_collected_under);
    perform wellkept.accounts_first_address(v_holder, c.email_row, c.email, p_collected_under);
    perform wellkept.consent_took_up(v_holder);
  else
    update wellkept.accounts_account a set login = p_login, password = p_password, failures = 0 where a.id = v_account;
    delete from wellkept.accounts_session s where s.account_id = v_account;
    perform wellkept.accounts_forget_ways(v_account);
  end if;
  perform wellkept.ledger_write(case when v_new then 'registered' else 'recovered' end, null, v_account, c.role, c.actor,
    array[coalesce(c.organisation_id, v_holder)], 'PATRQT', '{identity}', c.organisation_id is null, null, 'U-30');
  perform wellkept.accounts_note(v_account, case when v_new then 'registered' else 'recovered' end, 'access code', '');
  update wellkept.accounts_accesscode x set used_at = now(), actor = null, email = null
   where (x.place = v_place or (x.place is null and x.person_id = v_place)) and x.used_at is null;
  return 'yes';
exception when unique_violation then
  return 'name taken';
end $$;

-- The address given with the request becomes the holder's own once they are in, where they have none. It is not confirmed.
create function wellkept.accounts_first_address(p_holder uuid, p_id uuid, p_address bytea, p_collected_under text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if p_address is null or exists (select 1 from wellkept.notices_address a where a.person_id = p_holder) then return; end if;
  insert into wellkept.notices_address
    (id, person_id, category, collected_under, restricted, address, code_hash, code_until, asked_at, tries)
  values (p_id, p_holder, 'contact', p_collected_under, false, p_address, sha256(gen_random_uuid()::text::bytea), now(),
    now() - interval '1 hour', 0);
end $$;

-- What a code that ran out still says of anybody is emptied; returns of how many.
create function wellkept.accounts_sweep_codes() returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_swept bigint;
begin
  update wellkept.accounts_accesscode x set actor = null, email = null
   where x.expires_at <= now() and (x.actor is not null or x.email is not null);
  get diagnostics v_swept = row_count;
  return v_swept;
end $$;

revoke execute on function wellkept.accounts_ask, wellkept.accounts_told, wellkept.accounts_registering, wellkept.accounts_unmatched,
  wellkept.accounts_stands, wellkept.accounts_administered, wellkept.accounts_choose, wellkept.accounts_refuse, wellkept.accounts_issue_code,
  wellkept.accounts_redeem, wellkept.accounts_first_address, wellkept.accounts_sweep_codes from public;
grant execute on function wellkept.accounts_ask, wellkept.accounts_redeem to {entrance};
grant execute on function wellkept.accounts_told to {web}, {jobs};
grant execute on function wellkept.accounts_unmatched, wellkept.accounts_choose, wellkept.accounts_refuse to {web};
grant execute on function wellkept.accounts_administered, wellkept.accounts_stands, wellkept.accounts_issue_code, wellkept.accounts_sweep_codes to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_ask owner to {gate};
alter function wellkept.accounts_told owner to {gate};
alter function wellkept.accounts_registering owner to {gate};
alter function wellkept.accounts_unmatched owner to {gate};
alter function wellkept.accounts_stands owner to {gate};
alter function wellkept.accounts_administered owner to {gate};
alter function wellkept.accounts_choose owner to {gate};
alter function wellkept.accounts_refuse owner to {gate};
alter function wellkept.accounts_issue_code owner to {gate};
alter function wellkept.accounts_redeem owner to {gate};
alter function wellkept.accounts_first_address owner to {gate};
alter function wellkept.accounts_sweep_codes owner to {gate};

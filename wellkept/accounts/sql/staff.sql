-- Who works here. A role is given by two, and taken by one at once. Nobody sets another's password: an invitation is a code.

create table wellkept.accounts_staffcode (
  id uuid primary key,
  code_hash bytea not null unique,
  account_id uuid,
  role text not null,
  actor text not null,
  login bytea not null,
  change_id uuid,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null default 0
);
comment on table wellkept.accounts_staffcode is 'personal: invitations to work here; each goes when it is used.';
comment on column wellkept.accounts_staffcode.id is 'housekeeping: the invitation.';
comment on column wellkept.accounts_staffcode.code_hash is 'personal: keyed hash of its code.';
comment on column wellkept.accounts_staffcode.account_id is 'personal: whose account it opens again; null: it makes one.';
comment on column wellkept.accounts_staffcode.role is 'personal: in what capacity its holder will work.';
comment on column wellkept.accounts_staffcode.actor is 'personal: the name members will read.';
comment on column wellkept.accounts_staffcode.login is 'personal: keyed hash of the sign-in name it is bound to.';
comment on column wellkept.accounts_staffcode.change_id is 'housekeeping: the decision of two it comes from; null: the terminal.';
comment on column wellkept.accounts_staffcode.issued_at is 'housekeeping: when it was made.';
comment on column wellkept.accounts_staffcode.expires_at is 'housekeeping: when it stops working.';
comment on column wellkept.accounts_staffcode.tries is 'housekeeping: wrong sign-in names given with it; it closes at five.';

create table wellkept.accounts_staffchange (
  id uuid primary key,
  kind text not null check (kind in ('invite', 'change', 'renew', 'take')),
  account_id uuid,
  role text not null,
  was text,
  actor text not null,
  login bytea,
  asked_by uuid,
  asked_actor text,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_actor text,
  decided_at timestamptz,
  outcome text check (outcome in ('done', 'declined', 'withdrawn', 'lapsed')),
  told_at timestamptz,
  constraint accounts_staffchange_takes_two check (
    outcome is distinct from 'done' or asked_by is null or kind = 'take' or (decided_by is not null and decided_by <> asked_by)),
  constraint accounts_staffchange_never_for_oneself check (
    outcome is distinct from 'done' or account_id is null or (account_id is distinct from asked_by and account_id is distinct from decided_by))
);
create unique index accounts_staffchange_one_waits on wellkept.accounts_staffchange (account_id) where outcome is null and account_id is not null;
comment on table wellkept.accounts_staffchange is 'personal: what was decided on who works here, and by whom.';
comment on column wellkept.accounts_staffchange.id is 'housekeeping: the change.';
comment on column wellkept.accounts_staffchange.kind is 'housekeeping: invite, change, renew or take.';
comment on column wellkept.accounts_staffchange.account_id is 'personal: whose account; null: an invitation.';
comment on column wellkept.accounts_staffchange.role is 'personal: which role was given, kept or taken.';
comment on column wellkept.accounts_staffchange.was is 'personal: which role the holder had before.';
comment on column wellkept.accounts_staffchange.actor is 'personal: the name of the holder that members read.';
comment on column wellkept.accounts_staffchange.login is 'personal: keyed hash of the sign-in name an invitation is bound to.';
comment on column wellkept.accounts_staffchange.asked_by is 'personal: which account asked; null: somebody at the terminal.';
comment on column wellkept.accounts_staffchange.asked_actor is 'personal: the name of whoever asked.';
comment on column wellkept.accounts_staffchange.asked_at is 'housekeeping: when.';
comment on column wellkept.accounts_staffchange.decided_by is 'personal: which other account decided.';
comment on column wellkept.accounts_staffchange.decided_actor is 'personal: the name of whoever decided.';
comment on column wellkept.accounts_staffchange.decided_at is 'housekeeping: when.';
comment on column wellkept.accounts_staffchange.outcome is 'housekeeping: done, declined, withdrawn or lapsed; null: it waits.';
comment on column wellkept.accounts_staffchange.told_at is 'housekeeping: when another access administrator read that somebody was removed.';

grant select, insert, update, delete on wellkept.accounts_staffcode to {gate};
grant select, insert, update on wellkept.accounts_staffchange to {gate};

-- The roles of people who work here.
create function wellkept.accounts_is_staff(p_role text) returns boolean
language plpgsql immutable set search_path = wellkept, pg_temp as $$
begin
  return p_role = any ('{representative,nurse,privacy_officer,administrator,auditor,access_administrator}'::text[]);
end $$;

-- In what capacity a session begins. Whoever works here and showed one factor alone is a newcomer, for whom nothing opens.
create function wellkept.accounts_begins_as(p_role text, p_method text) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not wellkept.accounts_is_staff(p_role)
    or string_to_array(p_method, '+') && '{passkey,authenticator,recovery code,two-step sign-on}'::text[]
    or not coalesce((select p.staff_second_factor from wellkept.access_place p), true) then
    return p_role;
  end if;
  return 'newcomer';
end $$;

-- The session of an access administrator who has signed what they owe; else nothing. Only the functions below ask.
create function wellkept.accounts_decider(p_secret bytea) returns wellkept.accounts_session
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select x.* into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle and x.role = 'access_administrator'
     and wellkept.consent_acknowledged(x.account_id, x.role, 'agreement');
  return s;
end $$;

-- One entry of what was decided. No record is opened by it, and no person is its subject.
create function wellkept.accounts_enter_staff(p_session wellkept.accounts_session, p_said text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.ledger_write('maintenance', p_session.occasion, p_session.account_id, coalesce(p_session.role, 'jobs'), p_session.actor, '{}', null, '{}', false, p_said, null);
end $$;

-- An invitation. One that went before for the same name or the same account ends, and so does whatever has run out.
create function wellkept.accounts_issue_staff(
  p_account uuid, p_role text, p_actor text, p_login bytea, p_change uuid, p_code bytea, p_days int
) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_staffcode c where c.login = p_login or c.account_id = p_account or c.expires_at <= now();
  insert into wellkept.accounts_staffcode (id, code_hash, account_id, role, actor, login, change_id, issued_at, expires_at)
  values (gen_random_uuid(), p_code, p_account, p_role, p_actor, p_login, p_change, now(), now() + make_interval(days => p_days));
end $$;

-- The ways in that an account has, in the words of events. Every account has a password, which may be one that nobody knows.
create function wellkept.accounts_ways(p_account uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array['password']
    || array(select 'staff sign-on' from wellkept.accounts_openid o where o.account_id = p_account)
    || array(select 'authenticator' from wellkept.accounts_authenticator t where t.account_id = p_account and t.added_on is not null)
    || array(select 'passkey' from wellkept.accounts_passkey k where k.account_id = p_account limit 1);
end $$;

-- At the terminal, whoever runs the machine invites. Access administrators read of it. 'no': no such role; 'name taken': somebody here has it.
create function wellkept.accounts_invite_staff(p_role text, p_login bytea, p_actor text, p_code bytea, p_days int) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  if not coalesce(wellkept.accounts_is_staff(p_role), false) or length(p_actor) not between 1 and 80 or p_days not between 1 and 30 then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('who works here', 0));
  if exists (select 1 from wellkept.accounts_account a where a.login = p_login) then return 'name taken'; end if;
  perform wellkept.accounts_issue_staff(null, p_role, p_actor, p_login, null, p_code, p_days);
  insert into wellkept.accounts_staffchange (id, kind, role, actor, asked_at, decided_at, outcome)
  values (gen_random_uuid(), 'invite', p_role, p_actor, now(), now(), 'done');
  perform wellkept.accounts_enter_staff(s, 'an invitation for ' || p_actor || ', ' || p_role);
  return 'yes';
end $$;

-- The way back in is closed until the new code is used: sessions end, the password becomes one that nobody knows, and no other way
-- is left, for a passkey alone leads in.
create function wellkept.accounts_shut_staff(p_account uuid, p_unknown text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.accounts_account a set password = p_unknown where a.id = p_account;
  delete from wellkept.accounts_session s where s.account_id = p_account;
  delete from wellkept.accounts_openid o where o.account_id = p_account;
  perform wellkept.accounts_forget_ways(p_account);
end $$;

-- At the terminal, a new code for somebody who works here. False: nobody here signs in with that name.
create function wellkept.accounts_renew_staff(p_login bytea, p_unknown text, p_code bytea, p_days int) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
  s wellkept.accounts_session;
begin
  perform pg_advisory_xact_lock(hashtextextended('who works here', 0));
  select * into a from wellkept.accounts_account x
   where x.login = p_login and wellkept.accounts_is_staff(x.role) and x.closed_at is null for update;
  if not found or p_days not between 1 and 30 then return false; end if;
  perform wellkept.accounts_shut_staff(a.id, p_unknown);
  perform wellkept.accounts_issue_staff(a.id, a.role, a.actor, p_login, null, p_code, p_days);
  insert into wellkept.accounts_staffchange (id, kind, account_id, role, actor, asked_at, decided_at, outcome)
  values (gen_random_uuid(), 'renew', a.id, a.role, a.actor, now(), now(), 'done');
  perform wellkept.accounts_enter_staff(s, 'a new code for ' || a.actor || ', ' || a.role);
  return true;
end $$;

-- A code is used once, by whoever knows the sign-in name it is bound to. Racers wait for each other; the lock comes before the rows.
-- A code for an account there is gives it another password and takes away its other ways in: a new second factor follows.
-- The account is null where 'said' is not 'yes'. p_subject: whom the operator's own sign-on says it is; null where it was not asked.
create function wellkept.accounts_redeem_staff(
  p_code bytea, p_login bytea, p_password text, p_subject bytea, p_collected_under text, out account uuid, out said text
)
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  c wellkept.accounts_staffcode;
  s wellkept.accounts_session;
  v_new uuid := gen_random_uuid();
begin
  said := 'no';
  perform pg_advisory_xact_lock(hashtextextended('who works here', 0));
  select * into c from wellkept.accounts_staffcode x where x.code_hash = p_code for update;
  if not found or c.expires_at <= now() or c.tries >= 5 then return; end if;
  if c.login is distinct from p_login then
    update wellkept.accounts_staffcode x set tries = x.tries + 1 where x.id = c.id;
    return;
  end if;
  begin
    if c.account_id is null then
      insert into wellkept.accounts_account (id, role, login, password, actor, created_at, failures, collected_under)
      values (v_new, c.role, p_login, p_password, c.actor, now(), 0, p_collected_under);
    else
      update wellkept.accounts_account a set password = p_password, failures = 0
       where a.id = c.account_id and a.closed_at is null returning a.id into v_new;
      if not found then return; end if;
      delete from wellkept.accounts_session x where x.account_id = v_new;
      delete from wellkept.accounts_openid o where o.account_id = v_new;
      perform wellkept.accounts_forget_ways(v_new);
    end if;
    if p_subject is not null then
      insert into wellkept.accounts_openid (named, account_id, bound_at) values (p_subject, v_new, now());
    end if;
  exception when unique_violation then
    said := 'name taken';
    return;
  end;
  delete from wellkept.accounts_staffcode x where x.id = c.id;
  account := v_new;
  said := 'yes';
  perform wellkept.accounts_note(v_new, case when c.account_id is null then 'invited' else 'recovered' end, '', '');
  perform wellkept.accounts_enter_staff(s, case when c.account_id is null then 'an account for ' else 'a new way in for ' end || c.actor || ', ' || c.role);
end $$;

revoke execute on function wellkept.accounts_is_staff, wellkept.accounts_begins_as, wellkept.accounts_decider, wellkept.accounts_enter_staff,
  wellkept.accounts_ways,
  wellkept.accounts_issue_staff, wellkept.accounts_invite_staff, wellkept.accounts_shut_staff, wellkept.accounts_renew_staff,
  wellkept.accounts_redeem_staff from public;
grant execute on function wellkept.accounts_is_staff to {gate};
grant execute on function wellkept.accounts_invite_staff, wellkept.accounts_renew_staff to {jobs};
grant execute on function wellkept.accounts_redeem_staff to {entrance};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_begins_as owner to {gate};
alter function wellkept.accounts_decider owner to {gate};
alter function wellkept.accounts_ways owner to {gate};
alter function wellkept.accounts_enter_staff owner to {gate};
alter function wellkept.accounts_issue_staff owner to {gate};
alter function wellkept.accounts_invite_staff owner to {gate};
alter function wellkept.accounts_shut_staff owner to {gate};
alter function wellkept.accounts_renew_staff owner to {gate};
alter function wellkept.accounts_redeem_staff owner to {gate};

-- Who of an organisation may come in: its own administrators say it, for so many days, of each person by name.

create table wellkept.accounts_lapse (
  one boolean primary key default true check (one),
  days int not null check (days between 1 and 366)
);
insert into wellkept.accounts_lapse (days) values (90);
comment on table wellkept.accounts_lapse is 'public: after how many days an account lapses that nobody renews.';
comment on column wellkept.accounts_lapse.one is 'housekeeping: there is one such rule.';
comment on column wellkept.accounts_lapse.days is 'public: how many days.';

grant select on wellkept.accounts_lapse to {gate}, {web}, {proof};
grant select, insert, update, delete on wellkept.accounts_invitation to {gate};

-- When an account lapses: so many days after somebody last said that its holder still works there. Null: it is of no organisation.
create function wellkept.accounts_lapses(p_organisation uuid, p_renewed timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return case when p_organisation is not null then p_renewed + make_interval(days => (select l.days from wellkept.accounts_lapse l)) end;
end $$;

-- Whoever else may administer an organisation now, besides one account: neither closed nor lapsed.
create function wellkept.accounts_administrators(p_organisation uuid, p_besides uuid) returns int
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select count(*) from wellkept.accounts_account a
           where a.organisation_id = p_organisation and a.administers and a.closed_at is null and a.id is distinct from p_besides
             and wellkept.accounts_lapses(a.organisation_id, a.renewed_at) > now());
end $$;

-- No session outlives its account, whoever makes or lengthens it: a lapsed account gets none.
create function wellkept.accounts_hold_to_lapse() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_lapses timestamptz;
begin
  select wellkept.accounts_lapses(a.organisation_id, a.renewed_at) into v_lapses from wellkept.accounts_account a where a.id = new.account_id;
  if v_lapses <= now() then
    raise exception using errcode = 'WK004', message = 'lapsed';
  end if;
  new.expires := least(new.expires, v_lapses);
  return new;
end $$;
create trigger accounts_session_lapse before insert or update of expires, account_id on wellkept.accounts_session
  for each row execute function wellkept.accounts_hold_to_lapse();

-- What is open of an account ends with it, also where its days are counted anew.
create function wellkept.accounts_shorten_sessions() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_lapses timestamptz := wellkept.accounts_lapses(new.organisation_id, new.renewed_at);
begin
  if v_lapses <= now() then
    delete from wellkept.accounts_session s where s.account_id = new.id;
  elsif v_lapses is not null then
    update wellkept.accounts_session s set expires = v_lapses where s.account_id = new.id and s.expires > v_lapses;
  end if;
  return null;
end $$;
create trigger accounts_account_renewed after update of renewed_at, organisation_id on wellkept.accounts_account
  for each row execute function wellkept.accounts_shorten_sessions();

-- The session's account, where it may act for its organisation at all: in force, and with nothing left to agree to (U-41).
create function wellkept.accounts_of_organisation(p_secret bytea) returns wellkept.accounts_account
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
begin
  select x.* into a from wellkept.accounts_session s join wellkept.accounts_account x on x.id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and x.organisation_id is not null
     and x.closed_at is null and wellkept.accounts_lapses(x.organisation_id, x.renewed_at) > now()
     and not exists (select 1 from wellkept.consent_unacknowledged(x.id, x.role));
  return a;
end $$;

-- Whether the session may change who comes in: 'yes', 'no', or 'prove' where its holder has not shown for 15 minutes that it is them.
-- Acts on one organisation wait for each other; whoever waited is asked again, for the one before may have removed them.
create function wellkept.accounts_may_administer(p_secret bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  a wellkept.accounts_account;
begin
  a := wellkept.accounts_of_organisation(p_secret);
  if a.id is null then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('organisation ' || a.organisation_id, 0));
  a := wellkept.accounts_of_organisation(p_secret);
  if a.id is null or not a.administers then return 'no'; end if;
  return case when exists (select 1 from wellkept.accounts_session s where s.secret_hash = p_secret and s.proved_at > now() - interval '15 min')
    then 'yes' else 'prove' end;
end $$;

-- Who of the session's organisation can come in: all of them for an administrator, for anyone else those whom to ask, and themself.
create function wellkept.accounts_colleagues(p_secret bytea)
returns table (account uuid, name text, administers boolean, me boolean, since timestamptz, renewed timestamptz, lapses timestamptz,
  lapsed boolean, last_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  m wellkept.accounts_account := wellkept.accounts_of_organisation(p_secret);
begin
  return query
  select a.id, coalesce(a.actor, ''), a.administers, a.id = m.id, a.created_at, a.renewed_at, wellkept.accounts_lapses(a.organisation_id, a.renewed_at),
    wellkept.accounts_lapses(a.organisation_id, a.renewed_at) <= now(),
    case when m.administers or a.id = m.id then (select max(x.last_at) from wellkept.accounts_met x where x.account_id = a.id) end
    from wellkept.accounts_account a
   where a.organisation_id = m.organisation_id and a.closed_at is null and (m.administers or a.administers or a.id = m.id)
   order by a.actor, a.id;
end $$;

-- The invitations of the session's organisation that nobody has used, for its administrators. The code is a row of accounts_accesscode,
-- whose place is the invitation; whoever uses it holds what the invitation named.
create function wellkept.accounts_invitations(p_secret bytea)
returns table (id uuid, name text, by_name text, invited timestamptz, expires timestamptz, spent boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  m wellkept.accounts_account := wellkept.accounts_of_organisation(p_secret);
begin
  if m.administers is distinct from true then return; end if;
  return query
  select i.id, i.name, coalesce((select a.actor from wellkept.accounts_account a where a.id = i.invited_by), ''), i.invited_at, i.expires_at,
    i.expires_at <= now() or not exists (select 1 from wellkept.accounts_accesscode c where c.place = i.id and c.used_at is null and c.tries < 5)
    from wellkept.accounts_invitation i
   where i.organisation_id = m.organisation_id and not exists (select 1 from wellkept.accounts_account a where a.holder = i.holder)
   order by i.invited_at desc, i.id;
end $$;

-- An administrator invites one person by name: a code that works once, with that person's birth date. 'known': that person comes in
-- already, or an invitation for them waits. 'full': twenty wait.
create function wellkept.accounts_invite(p_secret bytea, p_id uuid, p_code bytea, p_birth_date bytea, p_name text, p_days int) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  m wellkept.accounts_account;
  s wellkept.accounts_session;
  v_may text := wellkept.accounts_may_administer(p_secret);
  v_holder uuid := gen_random_uuid();
  v_name text := btrim(regexp_replace(p_name, '\s+', ' ', 'g'));
  v_until timestamptz := now() + make_interval(days => least(greatest(p_days, 1), 31));
begin
  if v_may <> 'yes' then return v_may; end if;
  if coalesce(length(v_name), 0) not between 2 and 120 or p_id is null or p_code is null or p_birth_date is null then return 'no'; end if;
  m := wellkept.accounts_of_organisation(p_secret);
  if exists (select 1 from wellkept.accounts_invitation i left join wellkept.accounts_account a on a.holder = i.holder
              where i.organisation_id = m.organisation_id and i.birth_date = p_birth_date and lower(i.name) = lower(v_name)
                and case when a.id is null then i.expires_at > now() else a.closed_at is null end) then
    return 'known';
  end if;
  if (select count(*) from wellkept.accounts_invitation i where i.organisation_id = m.organisation_id and i.expires_at > now()
         and not exists (select 1 from wellkept.accounts_account a where a.holder = i.holder)) >= 20 then
    return 'full';
  end if;
  insert into wellkept.accounts_invitation (id, organisation_id, holder, name, birth_date, invited_by, invited_at, expires_at)
  values (p_id, m.organisation_id, v_holder, v_name, p_birth_date, m.id, now(), v_until);
  perform wellkept.accounts_issue_code(p_code, m.role, null, v_holder, m.organisation_id, false, v_name, p_id, p_birth_date, null, null,
    v_until - now(), interval '0');
  select * into strict s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.ledger_write('invited',
    s.occasion, s.account_id, s.role, s.actor, array[v_holder], null, '{}', false, null, 'U-30');
  return 'yes';
end $$;

-- Takes back an invitation that nobody has used: its code does nothing from now on. Whoever is just using it is waited for.
create function wellkept.accounts_withdraw_invitation(p_secret bytea, p_id uuid) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  m wellkept.accounts_account;
  s wellkept.accounts_session;
  v_may text := wellkept.accounts_may_administer(p_secret);
  v_holder uuid;
begin
  if v_may <> 'yes' then return v_may; end if;
  m := wellkept.accounts_of_organisation(p_secret);
  select i.holder into v_holder from wellkept.accounts_invitation i where i.id = p_id and i.organisation_id = m.organisation_id for update;
  if not found then return 'no'; end if;
  perform pg_advisory_xact_lock(hashtextextended('access code ' || p_id, 0));
  delete from wellkept.accounts_accesscode c where c.place = p_id and c.used_at is null;
  if exists (select 1 from wellkept.accounts_account a where a.holder = v_holder) then return 'no'; end if;
  delete from wellkept.accounts_invitation i where i.id = p_id;
  select * into strict s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.ledger_write('invitation withdrawn',
    s.occasion, s.account_id, s.role, s.actor, array[v_holder], null, '{}', false, null, 'U-30');
  return 'yes';
end $$;

-- For as many days more as the operator's rule says. 'another': an administrator renews themself only where no other can.
create function wellkept.accounts_renew_colleague(p_secret bytea, p_account uuid) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  m wellkept.accounts_account;
  t wellkept.accounts_account;
  v_may text := wellkept.accounts_may_administer(p_secret);
begin
  if v_may <> 'yes' then return v_may; end if;
  m := wellkept.accounts_of_organisation(p_secret);
  if p_account = m.id and wellkept.accounts_administrators(m.organisation_id, m.id) > 0 then return 'another'; end if;
  update wellkept.accounts_account a set renewed_at = now(), lapsed_at = null
   where a.id = p_account and a.organisation_id = m.organisation_id and a.closed_at is null returning a.* into t;
  if not found then return 'no'; end if;
  select * into strict s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.ledger_write('renewed',
    s.occasion, s.account_id, s.role, s.actor, array[t.holder], null, '{}', s.holder = t.holder, null, 'U-30');
  perform wellkept.accounts_note(t.id, 'renewed', '', '');
  return 'yes';
end $$;

-- Gives somebody the right to administer, or takes it. 'last': nobody else could decide any more.
create function wellkept.accounts_set_administers(p_secret bytea, p_account uuid, p_administers boolean) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  m wellkept.accounts_account;
  t wellkept.accounts_account;
  v_may text := wellkept.accounts_may_administer(p_secret);
begin
  if v_may <> 'yes' then return v_may; end if;
  m := wellkept.accounts_of_organisation(p_secret);
  if not p_administers and wellkept.accounts_administrators(m.organisation_id, p_account) = 0 then return 'last'; end if;
  update wellkept.accounts_account a set administers = p_administers
   where a.id = p_account and a.organisation_id = m.organisation_id and a.closed_at is null and a.administers is distinct from p_administers
  returning a.* into t;
  if not found then return 'no'; end if;
  select * into strict s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.ledger_write(case when p_administers then 'role given' else 'role taken' end,
    s.occasion, s.account_id, s.role, s.actor, array[t.holder], null, '{}', s.holder = t.holder, null, 'U-30');
  perform wellkept.accounts_note(t.id, case when p_administers then 'role given' else 'role taken' end, '', '');
  return 'yes';
end $$;

-- Writes another name of a colleague, who may have married. What they did before stays under the name it was written with.
create function wellkept.accounts_rename_colleague(p_secret bytea, p_account uuid, p_name text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  m wellkept.accounts_account;
  t wellkept.accounts_account;
  v_may text := wellkept.accounts_may_administer(p_secret);
begin
  if v_may <> 'yes' then return v_may; end if;
  if p_name is null or length(btrim(p_name)) not between 2 and 120 then return 'no'; end if;
  m := wellkept.accounts_of_organisation(p_secret);
  update wellkept.accounts_account a set actor = btrim(p_name)
   where a.id = p_account and a.organisation_id = m.organisation_id and a.closed_at is null and a.actor is distinct from btrim(p_name)
  returning a.* into t;
  if not found then return 'no'; end if;
  -- Whoever is in goes on under the new name.
  update wellkept.accounts_session x set actor = t.actor where x.account_id = t.id;
  select * into strict s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.ledger_write('renamed',
    s.occasion, s.account_id, s.role, s.actor, array[t.holder], null, '{}', s.holder = t.holder, null, 'U-30');
  perform wellkept.accounts_note(t.id, 'name changed', '', '');
  return 'yes';
end $$;

-- Removes a colleague: the account is closed, and a trigger ends its sessions. Nobody removes themself here, so one always stays. Whom
-- they invited and who has not come in is invited no more: a code that a removed person made, they may hold.
create function wellkept.accounts_remove_colleague(p_secret bytea, p_account uuid) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  m wellkept.accounts_account;
  t wellkept.accounts_account;
  v_may text := wellkept.accounts_may_administer(p_secret);
begin
  if v_may <> 'yes' then return v_may; end if;
  m := wellkept.accounts_of_organisation(p_secret);
  update wellkept.accounts_account a set closed_at = now()
   where a.id = p_account and a.id <> m.id and a.organisation_id = m.organisation_id and a.closed_at is null returning a.* into t;
  if not found then return 'no'; end if;
  delete from wellkept.accounts_accesscode c using wellkept.accounts_invitation i
   where c.place = i.id and i.invited_by = t.id and c.used_at is null;
  delete from wellkept.accounts_invitation i
   where i.invited_by = t.id and not exists (select 1 from wellkept.accounts_account a where a.holder = i.holder);
  select * into strict s from wellkept.accounts_session x where x.secret_hash = p_secret;
  perform wellkept.ledger_write('account closed',
    s.occasion, s.account_id, s.role, s.actor, array[t.holder], null, '{}', s.holder = t.holder, null, 'U-30');
  perform wellkept.accounts_note(t.id, 'account closed', '', '');
  return 'yes';
end $$;

-- Each day: what lapsed is noted and its sessions go; what lay lapsed for as long again is closed; invitations go a month after their end,
-- used ones with their account. Returns how many lapsed.
create function wellkept.accounts_sweep_lapsed() returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  t wellkept.accounts_account;
  v_lapsed int := 0;
begin
  for t in
    select * from wellkept.accounts_account a where a.organisation_id is not null and a.closed_at is null
       and wellkept.accounts_lapses(a.organisation_id, a.renewed_at) <= now() order by a.id for update skip locked
  loop
    if t.lapsed_at is null then
      v_lapsed := v_lapsed + 1;
      update wellkept.accounts_account a set lapsed_at = now() where a.id = t.id;
      delete from wellkept.accounts_session s where s.account_id = t.id;
      perform wellkept.ledger_write('lapsed', null, null, 'jobs', null, array[t.holder], null, '{}', false, null, 'U-30');
      perform wellkept.accounts_note(t.id, 'lapsed', '', '');
    elsif wellkept.accounts_lapses(t.organisation_id, wellkept.accounts_lapses(t.organisation_id, t.renewed_at)) <= now() then
      update wellkept.accounts_account a set closed_at = now() where a.id = t.id;
      perform wellkept.ledger_write('account closed', null, null, 'jobs', null, array[t.holder], null, '{}', false, 'lapsed', 'U-30');
      perform wellkept.accounts_note(t.id, 'account closed', '', '');
    end if;
  end loop;
  delete from wellkept.accounts_accesscode c using wellkept.accounts_invitation i
   where c.place = i.id and c.used_at is null and i.expires_at <= now() - interval '30 days';
  delete from wellkept.accounts_invitation i
   where not exists (select 1 from wellkept.accounts_account a where a.holder = i.holder) and i.expires_at <= now() - interval '30 days'
      or exists (select 1 from wellkept.accounts_account a where a.holder = i.holder and a.closed_at is not null);
  return v_lapsed;
end $$;

revoke execute on function wellkept.accounts_lapses, wellkept.accounts_administrators, wellkept.accounts_hold_to_lapse, wellkept.accounts_shorten_sessions, wellkept.accounts_of_organisation,
  wellkept.accounts_may_administer, wellkept.accounts_colleagues, wellkept.accounts_invitations, wellkept.accounts_invite,
  wellkept.accounts_withdraw_invitation, wellkept.accounts_renew_colleague, wellkept.accounts_set_administers,
  wellkept.accounts_rename_colleague, wellkept.accounts_remove_colleague, wellkept.accounts_sweep_lapsed from public;
grant execute on function wellkept.accounts_colleagues, wellkept.accounts_invitations, wellkept.accounts_invite, wellkept.accounts_withdraw_invitation,
  wellkept.accounts_renew_colleague, wellkept.accounts_set_administers, wellkept.accounts_rename_colleague,
  wellkept.accounts_remove_colleague to {web};
grant execute on function wellkept.accounts_sweep_lapsed to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_lapses owner to {gate};
alter function wellkept.accounts_administrators owner to {gate};
alter function wellkept.accounts_hold_to_lapse owner to {gate};
alter function wellkept.accounts_shorten_sessions owner to {gate};
alter function wellkept.accounts_of_organisation owner to {gate};
alter function wellkept.accounts_may_administer owner to {gate};
alter function wellkept.accounts_colleagues owner to {gate};
alter function wellkept.accounts_invitations owner to {gate};
alter function wellkept.accounts_invite owner to {gate};
alter function wellkept.accounts_withdraw_invitation owner to {gate};
alter function wellkept.accounts_renew_colleague owner to {gate};
alter function wellkept.accounts_set_administers owner to {gate};
alter function wellkept.accounts_rename_colleague owner to {gate};
alter function wellkept.accounts_remove_colleague owner to {gate};
alter function wellkept.accounts_sweep_lapsed owner to {gate};

-- The door of access administrators: they read who works here, one asks and another decides. No function here opens a record.

-- Who works here: the name members read, role, since when, the last day of a sign-in, and the ways in.
create function wellkept.accounts_staff(p_secret bytea)
returns table (account uuid, actor text, role text, since timestamptz, last_in date, ways text[], mine boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
begin
  return query
  select a.id, a.actor, a.role, coalesce((select max(c.decided_at) from wellkept.accounts_staffchange c
      where c.account_id = a.id and c.kind = 'change' and c.outcome = 'done'), a.created_at),
    (select wellkept.access_day(max(m.last_at)) from wellkept.accounts_met m where m.account_id = a.id),
    wellkept.accounts_ways(a.id), a.id = s.account_id
    from wellkept.accounts_account a
   where s.account_id is not null and a.closed_at is null and wellkept.accounts_is_staff(a.role)
   order by a.actor, a.created_at;
end $$;

-- Invitations that can still be used.
create function wellkept.accounts_staff_codes(p_secret bytea)
returns table (id uuid, actor text, role text, renewal boolean, terminal boolean, issued_at timestamptz, expires_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
begin
  return query
  select c.id, c.actor, c.role, c.account_id is not null, c.change_id is null, c.issued_at, c.expires_at
    from wellkept.accounts_staffcode c where s.account_id is not null and c.expires_at > now() and c.tries < 5 order by c.issued_at, c.id;
end $$;

-- What waits, and what was decided in the last 90 days; the newest first. Mine: I asked. About: it is about me.
create function wellkept.accounts_staff_changes(p_secret bytea)
returns table (id uuid, kind text, actor text, role text, was text, asked_actor text, asked_at timestamptz, decided_actor text,
  decided_at timestamptz, outcome text, told boolean, mine boolean, about boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
begin
  return query
  select c.id, c.kind, c.actor, c.role, c.was, c.asked_actor, c.asked_at, c.decided_actor, c.decided_at,
    case when c.outcome is null and c.asked_at <= now() - interval '14 days' then 'lapsed' else c.outcome end,
    c.told_at is not null, c.asked_by is not distinct from s.account_id, c.account_id is not distinct from s.account_id
    from wellkept.accounts_staffchange c
   where s.account_id is not null and c.asked_at > now() - interval '90 days'
   order by c.asked_at desc, c.id limit 100;
end $$;

-- One access administrator asks: invite somebody, change a role, or renew a way in. Another decides. Never for oneself.
-- 'no': not yours to ask, or nobody there; 'prove': show first that it is you; 'own': about yourself; 'waits': another change
-- of that account waits; 'name taken': somebody who works here signs in with it.
create function wellkept.accounts_ask_staff(p_secret bytea, p_kind text, p_account uuid, p_role text, p_login bytea, p_actor text) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
  a wellkept.accounts_account;
begin
  if s.account_id is null then return 'no'; end if;
  if s.proved_at < now() - interval '15 minutes' then return 'prove'; end if;
  if p_account = s.account_id then return 'own'; end if;
  perform pg_advisory_xact_lock(hashtextextended('who works here', 0));
  if p_kind = 'invite' and p_account is null and p_login is not null and wellkept.accounts_is_staff(p_role) and length(p_actor) between 1 and 80 then
    if exists (select 1 from wellkept.accounts_account x where x.login = p_login and wellkept.accounts_is_staff(x.role)) then return 'name taken'; end if;
    a.actor := p_actor;
  elsif p_kind in ('change', 'renew') and p_login is null and p_actor is null then
    select * into a from wellkept.accounts_account x where x.id = p_account and x.closed_at is null and wellkept.accounts_is_staff(x.role);
    if not found then return 'no'; end if;
    if p_kind = 'change' and (p_role = a.role or not coalesce(wellkept.accounts_is_staff(p_role), false)) then return 'no'; end if;
  else
    return 'no';
  end if;
  update wellkept.accounts_staffchange c set outcome = 'lapsed', decided_at = now()
   where c.outcome is null and c.asked_at <= now() - interval '14 days';
  if exists (select 1 from wellkept.accounts_staffchange c where c.outcome is null and (c.account_id = a.id or c.login = p_login)) then return 'waits'; end if;
  insert into wellkept.accounts_staffchange (id, kind, account_id, role, was, actor, login, asked_by, asked_actor, asked_at)
  values (gen_random_uuid(), p_kind, a.id, case when p_kind = 'renew' then a.role else p_role end,
    case when p_kind = 'change' then a.role end, a.actor, p_login, s.account_id, s.actor, now());
  perform wellkept.accounts_enter_staff(s, 'asked: ' || p_kind || ' ' || a.actor || ', ' || case when p_kind = 'renew' then a.role else p_role end);
  return 'yes';
end $$;

-- The other decides. Of two at once the second finds it decided. Whoever asked may withdraw, and nothing else; nobody decides about themself,
-- and what was asked by somebody who decides no more is void. 'code': p_code is now an invitation.
create function wellkept.accounts_decide_staff(p_secret bytea, p_change uuid, p_yes boolean, p_code bytea, p_unknown text, p_days int) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
  c wellkept.accounts_staffchange;
  a wellkept.accounts_account;
begin
  if s.account_id is null then return 'no'; end if;
  if s.proved_at < now() - interval '15 minutes' then return 'prove'; end if;
  perform pg_advisory_xact_lock(hashtextextended('who works here', 0));
  select * into c from wellkept.accounts_staffchange x where x.id = p_change and x.outcome is null for update;
  if not found or c.asked_at <= now() - interval '14 days' then return 'gone'; end if;
  if not coalesce(p_yes, false) then
    if c.account_id = s.account_id then return 'own'; end if;
    update wellkept.accounts_staffchange x set outcome = case when c.asked_by = s.account_id then 'withdrawn' else 'declined' end,
      decided_by = s.account_id, decided_actor = s.actor, decided_at = now() where x.id = c.id;
    perform wellkept.accounts_enter_staff(s, 'declined: ' || c.kind || ' ' || c.actor || ', ' || c.role);
    return 'declined';
  end if;
  if c.asked_by = s.account_id or c.account_id = s.account_id then return 'own'; end if;
  if c.account_id is not null then
    select * into a from wellkept.accounts_account x where x.id = c.account_id and x.closed_at is null for update;
  end if;
  if (c.account_id is not null and (a.id is null or a.role <> coalesce(c.was, c.role)))
    or not exists (select 1 from wellkept.accounts_account x where x.id = c.asked_by and x.role = 'access_administrator' and x.closed_at is null) then
    update wellkept.accounts_staffchange x set outcome = 'lapsed', decided_at = now() where x.id = c.id;
    return 'gone';
  end if;
  if c.kind = 'change' then
    update wellkept.accounts_account x set role = c.role where x.id = a.id;
    delete from wellkept.accounts_session x where x.account_id = a.id;
    update wellkept.accounts_staffcode x set role = c.role where x.account_id = a.id;
    perform wellkept.accounts_note(a.id, 'role given', '', '');
  else
    if p_code is null or p_unknown is null or p_days not between 1 and 30 then return 'no'; end if;
    if c.kind = 'renew' then perform wellkept.accounts_shut_staff(a.id, p_unknown); end if;
    perform wellkept.accounts_issue_staff(a.id, c.role, c.actor, coalesce(c.login, a.login), c.id, p_code, p_days);
  end if;
  update wellkept.accounts_staffchange x set outcome = 'done', decided_by = s.account_id, decided_actor = s.actor, decided_at = now() where x.id = c.id;
  perform wellkept.accounts_enter_staff(s, 'decided: ' || c.kind || ' ' || c.actor || ', ' || c.role || ', asked by ' || c.asked_actor);
  return case when c.kind = 'change' then 'yes' else 'code' end;
end $$;

-- One access administrator removes somebody at once: the account closes, its sessions, ways and invitations end. The others are told.
create function wellkept.accounts_remove_staff(p_secret bytea, p_account uuid) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
  a wellkept.accounts_account;
begin
  if s.account_id is null then return 'no'; end if;
  if s.proved_at < now() - interval '15 minutes' then return 'prove'; end if;
  if p_account = s.account_id then return 'own'; end if;
  perform pg_advisory_xact_lock(hashtextextended('who works here', 0));
  update wellkept.accounts_account x set closed_at = now()
   where x.id = p_account and x.closed_at is null and wellkept.accounts_is_staff(x.role) returning x.* into a;
  if not found then return 'no'; end if;
  delete from wellkept.accounts_session x where x.account_id = a.id;
  delete from wellkept.accounts_openid o where o.account_id = a.id;
  delete from wellkept.accounts_staffcode x where x.account_id = a.id
     or x.change_id in (select c.id from wellkept.accounts_staffchange c where c.asked_by = a.id or c.decided_by = a.id);
  update wellkept.accounts_staffchange c set outcome = 'lapsed', decided_at = now()
   where c.outcome is null and (c.account_id = a.id or c.asked_by = a.id);
  insert into wellkept.accounts_staffchange (id, kind, account_id, role, was, actor, asked_by, asked_actor, asked_at, decided_at, outcome)
  values (gen_random_uuid(), 'take', a.id, a.role, a.role, a.actor, s.account_id, s.actor, now(), now(), 'done');
  perform wellkept.accounts_note(a.id, 'role taken', '', '');
  perform wellkept.accounts_enter_staff(s, 'removed ' || a.actor || ', ' || a.role);
  return 'yes';
end $$;

-- One takes an invitation back that nobody has used. The account of a renewal stays shut until another code is made.
create function wellkept.accounts_withdraw_staff(p_secret bytea, p_code uuid) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
  c wellkept.accounts_staffcode;
begin
  if s.account_id is null then return 'no'; end if;
  delete from wellkept.accounts_staffcode x where x.id = p_code returning x.* into c;
  if not found then return 'gone'; end if;
  perform wellkept.accounts_enter_staff(s, 'took back the invitation of ' || c.actor || ', ' || c.role);
  return 'yes';
end $$;

-- Another access administrator than the one who removed somebody has read of it.
create function wellkept.accounts_read_removal(p_secret bytea, p_change uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session := wellkept.accounts_decider(p_secret);
begin
  update wellkept.accounts_staffchange c set told_at = now()
   where s.account_id is not null and c.id = p_change and c.kind = 'take' and c.told_at is null and c.asked_by <> s.account_id;
  return found;
end $$;

revoke execute on function wellkept.accounts_staff, wellkept.accounts_staff_codes, wellkept.accounts_staff_changes, wellkept.accounts_ask_staff,
  wellkept.accounts_decide_staff, wellkept.accounts_remove_staff, wellkept.accounts_withdraw_staff, wellkept.accounts_read_removal from public;
grant execute on function wellkept.accounts_staff, wellkept.accounts_staff_codes, wellkept.accounts_staff_changes, wellkept.accounts_ask_staff,
  wellkept.accounts_decide_staff, wellkept.accounts_remove_staff, wellkept.accounts_withdraw_staff, wellkept.accounts_read_removal to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_staff owner to {gate};
alter function wellkept.accounts_staff_codes owner to {gate};
alter function wellkept.accounts_staff_changes owner to {gate};
alter function wellkept.accounts_ask_staff owner to {gate};
alter function wellkept.accounts_decide_staff owner to {gate};
alter function wellkept.accounts_remove_staff owner to {gate};
alter function wellkept.accounts_withdraw_staff owner to {gate};
alter function wellkept.accounts_read_removal owner to {gate};

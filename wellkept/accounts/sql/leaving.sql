-- Accounts that end: closed by their holder, or some time after coverage ended. What could be presented goes with them.

grant select, insert, update, delete on wellkept.accounts_ending to {gate};

-- A closed account answers to no name, no password and no other way, whoever closed it. The name is free for somebody else. An address
-- stays with a member's record; whoever was here for somebody else is not written to again, so theirs goes.
create function wellkept.accounts_empty() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  new.login := sha256(uuid_send(gen_random_uuid()));
  new.password := '!';
  delete from wellkept.accounts_passkey x where x.account_id = new.id;
  delete from wellkept.accounts_authenticator x where x.account_id = new.id;
  delete from wellkept.accounts_recoverycode x where x.account_id = new.id;
  delete from wellkept.accounts_recoverylink x where x.account_id = new.id;
  delete from wellkept.accounts_recovery x where x.account_id = new.id;
  delete from wellkept.accounts_ending x where x.account_id = new.id;
  if new.person_id is null then
    delete from wellkept.notices_address x where x.person_id = new.holder;
    delete from wellkept.notices_formeraddress x where x.person_id = new.holder;
  end if;
  return new;
end $$;
create trigger accounts_account_emptied before update of closed_at on wellkept.accounts_account
  for each row when (old.closed_at is null and new.closed_at is not null) execute function wellkept.accounts_empty();

-- The session's holder closes their own account. 'again': they did not show for 15 minutes that it is them. 'last': nobody else of the
-- organisation could decide who comes in. 'staff': whoever works here leaves by the office that let them in.
create function wellkept.accounts_close(p_secret bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  a wellkept.accounts_account;
begin
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found or s.proved_at <= now() - interval '15 min' then return 'again'; end if;
  if s.role not in ('member', 'provider', 'employer', 'agent', 'partner') then return 'staff'; end if;
  if s.organisation_id is not null then
    perform pg_advisory_xact_lock(hashtextextended('organisation ' || s.organisation_id, 0));
  end if;
  select * into a from wellkept.accounts_account x where x.id = s.account_id and x.closed_at is null for update;
  if not found then return 'again'; end if;
  if a.administers and exists (
       select 1 from wellkept.accounts_account x where x.organisation_id = a.organisation_id and x.id <> a.id and x.closed_at is null)
     and not exists (
       select 1 from wellkept.accounts_account x where x.organisation_id = a.organisation_id and x.id <> a.id and x.closed_at is null
          and x.administers and wellkept.accounts_lapses(x.organisation_id, x.renewed_at) > now()) then
    return 'last';
  end if;
  perform wellkept.accounts_note(a.id, 'account closed', '', '');
  perform wellkept.ledger_write('account closed', s.occasion, a.id, a.role, a.actor, array[a.holder], null, '{}', true, null, 'U-30');
  update wellkept.accounts_account x set closed_at = now() where x.id = a.id;
  return 'yes';
end $$;

-- When the last coverage of a person ended, of every record that is joined to theirs; null while any goes on, and where none is known.
create function wellkept.accounts_covered_until(p_person uuid, p_today date) returns date
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_all uuid[] := array_append(wellkept.people_joined_with(p_person), p_person);
begin
  if exists (select 1 from wellkept.benefits_coverage c where c.person_id = any (v_all) and (c.ends_on is null or c.ends_on >= p_today)) then
    return null;
  end if;
  return (select max(c.ends_on) from wellkept.benefits_coverage c where c.person_id = any (v_all));
end $$;

-- Members whose account will close so many months after their coverage ended, and who are to be told now; each with the day. Whoever
-- is told late keeps the whole time of the notice.
create function wellkept.accounts_to_end(p_after uuid, p_limit int, p_today date, p_months int, p_notice int)
returns table (account uuid, person uuid, covered_until date, closes_on date)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select n.id, n.person_id, n.ended,
    case when n.ended is null then null else greatest((n.ended + make_interval(months => p_months))::date, p_today + p_notice) end
    from (select a.id, a.person_id, case when not exists (select 1 from wellkept.accounts_ending e where e.account_id = a.id)
             then wellkept.accounts_covered_until(a.person_id, p_today) end as ended
            from wellkept.accounts_account a where a.role = 'member' and a.person_id is not null and a.closed_at is null and a.id > p_after order by a.id limit p_limit) n
   order by n.id;
end $$;

-- A member was told that their account closes on a day.
create function wellkept.accounts_told_end(p_account uuid, p_covered_until date, p_closes_on date) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  insert into wellkept.accounts_ending (account_id, covered_until, closes_on, told_at) values (p_account, p_covered_until, p_closes_on, now())
  on conflict do nothing;
  return found;
end $$;

-- Closes the accounts whose day has come, and forgets the day of those who are covered again.
create function wellkept.accounts_close_ended(p_today date) returns int
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_one record;
  v_closed int := 0;
begin
  delete from wellkept.accounts_ending e using wellkept.accounts_account a
   where a.id = e.account_id and a.closed_at is null and wellkept.accounts_covered_until(a.person_id, p_today) is null;
  for v_one in select a.id, a.holder, a.role from wellkept.accounts_ending e join wellkept.accounts_account a on a.id = e.account_id
                where a.closed_at is null and e.closes_on <= p_today order by a.id limit 500 for update of a skip locked loop
    perform wellkept.accounts_note(v_one.id, 'account closed', '', '');
    perform wellkept.ledger_write('account closed', null, null, 'jobs', null, array[v_one.holder], null, '{}', false, 'coverage ended', 'U-30');
    update wellkept.accounts_account x set closed_at = now() where x.id = v_one.id;
    v_closed := v_closed + 1;
  end loop;
  return v_closed;
end $$;

-- For the session's own member: when coverage ended, and the day on which the account closes where they were told one.
create function wellkept.accounts_my_end(p_secret bytea, p_today date, out covered_until date, out closes_on date)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle and x.role = 'member';
  if not found then return; end if;
  covered_until := wellkept.accounts_covered_until(s.person_id, p_today);
  if covered_until is not null then
    select e.closes_on into closes_on from wellkept.accounts_ending e where e.account_id = s.account_id;
  end if;
end $$;

revoke execute on function wellkept.accounts_empty, wellkept.accounts_close, wellkept.accounts_covered_until, wellkept.accounts_to_end,
  wellkept.accounts_told_end, wellkept.accounts_close_ended, wellkept.accounts_my_end from public;
grant execute on function wellkept.accounts_close to {entrance};
grant execute on function wellkept.accounts_to_end, wellkept.accounts_told_end, wellkept.accounts_close_ended to {jobs};
grant execute on function wellkept.accounts_my_end to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_empty owner to {gate};
alter function wellkept.accounts_close owner to {gate};
alter function wellkept.accounts_covered_until owner to {gate};
alter function wellkept.accounts_to_end owner to {gate};
alter function wellkept.accounts_told_end owner to {gate};
alter function wellkept.accounts_close_ended owner to {gate};
alter function wellkept.accounts_my_end owner to {gate};

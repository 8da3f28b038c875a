-- What happened with an account, for its holder. Functions of the gate note it; the holder's own session reads it back.

grant select, insert, delete on wellkept.accounts_event to {gate};

-- One row. Called by the functions that do what is noted, in their transaction; no role may call it. Nobody's account: nothing.
create function wellkept.accounts_note(p_account uuid, p_kind text, p_method text, p_browser text) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if p_account is null then return; end if;
  insert into wellkept.accounts_event (id, account_id, at, kind, method, browser)
  values (gen_random_uuid(), p_account, clock_timestamp(), p_kind, coalesce(p_method, ''), left(coalesce(p_browser, ''), 40));
end $$;

-- One page of the events of the session's own account, of the kinds asked for, perhaps of one number, and how many there are.
create function wellkept.accounts_my_events(p_secret bytea, p_kinds text[], p_id uuid, p_limit int, p_offset int)
returns table (total bigint, id uuid, at timestamptz, kind text, method text, browser text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select count(*) over (), e.id, e.at, e.kind, e.method, e.browser
    from wellkept.accounts_session s join wellkept.accounts_event e on e.account_id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and e.kind = any (p_kinds)
     and (p_id is null or e.id = p_id)
   order by e.at desc, e.id limit least(greatest(p_limit, 0), 100) offset greatest(p_offset, 0);
end $$;

-- Removes what is older than the days the operator keeps it; at least a month always stays.
create function wellkept.accounts_sweep_events(p_days int) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.accounts_event e where e.at < now() - make_interval(days => greatest(p_days, 30));
  delete from wellkept.accounts_alarm x where x.done_at < now() - make_interval(days => greatest(p_days, 30));
end $$;

revoke execute on function wellkept.accounts_note, wellkept.accounts_my_events, wellkept.accounts_sweep_events from public;
grant execute on function wellkept.accounts_my_events to {web};
grant execute on function wellkept.accounts_sweep_events to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_note owner to {gate};
alter function wellkept.accounts_my_events owner to {gate};
alter function wellkept.accounts_sweep_events owner to {gate};

-- Mail that comes back, and asking anew whether somebody can still be reached (U-28). Who sends a mail keeps the hash of the
-- token in its return address; whoever brings that token back makes the address unconfirmed, and learns nothing.
select wellkept.lock_protect('wellkept.notices_mailed', p_web => 'insert', p_jobs => 'insert', p_gate => 'select, delete');
select wellkept.lock_protect('wellkept.notices_still', p_web => 'select, insert', p_gate => 'select',
  p_also => '(select wellkept.held_theirs())');
grant update (right_at, collected_under) on wellkept.notices_still to {web};
grant update (right_at) on wellkept.notices_address to {web};
-- As lock_protect does for the columns that were there before (see there).
alter table wellkept.notices_address alter column right_at set statistics 0, alter column came_back_at set statistics 0;
grant update (confirmed_at, came_back_at) on wellkept.notices_address to {gate};

-- A mail came back for good. Its token works once; an address that was given since is another one and stays as it is.
create function wellkept.notices_mail_came_back(p_token bytea) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  m wellkept.notices_mailed;
begin
  delete from wellkept.notices_mailed x where x.token_hash = p_token and x.sent_at > now() - interval '30 days' returning * into m;
  if not found then return false; end if;
  update wellkept.notices_address a set confirmed_at = null, came_back_at = now()
   where a.person_id = m.person_id and a.id = m.address_id and a.came_back_at is null;
  return found;
end $$;

-- Its owner reads that it came back, whoever's doing it was.
create function wellkept.notices_note_came_back() returns trigger
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.accounts_note(a.id, 'mail came back', '', '') from wellkept.accounts_account a
   where a.holder = new.person_id and a.closed_at is null;
  return null;
end $$;
create trigger notices_address_came_back after update of came_back_at on wellkept.notices_address
  for each row when (old.came_back_at is null and new.came_back_at is not null) execute function wellkept.notices_note_came_back();

-- What the session's holder is to be asked about being reached: 'came back', 'unconfirmed', 'year' (is the mail address still
-- right?), 'letters' (is the postal address?), or '' where there is nothing to ask. Nothing of the contact itself.
create function wellkept.notices_asks(p_secret bytea, p_months int) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  a wellkept.notices_address;
  v_since timestamptz;
begin
  select * into s from wellkept.accounts_session x where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle;
  if not found then return ''; end if;
  select * into a from wellkept.notices_address x where x.person_id = s.holder order by x.confirmed_at desc nulls last limit 1;
  if found then
    if a.came_back_at is not null then return 'came back'; end if;
    if a.confirmed_at is null then return 'unconfirmed'; end if;
    return case when greatest(a.confirmed_at, a.right_at) < now() - make_interval(months => p_months) then 'year' else '' end;
  end if;
  if s.person_id is null then return ''; end if;
  select greatest(c.created_at, (select max(t.right_at) from wellkept.notices_still t where t.person_id = s.person_id)) into v_since
    from wellkept.accounts_account c where c.id = s.account_id;
  return case when v_since < now() - make_interval(months => p_months) then 'letters' else '' end;
end $$;

-- Thirty days after a mail went out nothing can come back by its token any more. Whoever asked to register, chose the list and
-- never came in is forgotten after sixty.
create function wellkept.notices_sweep_mailed() returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  delete from wellkept.notices_mailed x where x.sent_at <= now() - interval '30 days';
  delete from wellkept.notices_subscription s where s.left_at is null and s.joined_at <= now() - interval '60 days'
    and not exists (select 1 from wellkept.accounts_account a where a.holder = s.person_id);
end $$;

revoke execute on function wellkept.notices_mail_came_back, wellkept.notices_note_came_back, wellkept.notices_asks,
  wellkept.notices_sweep_mailed from public;
grant execute on function wellkept.notices_mail_came_back to {web}, {jobs}, {mail};
grant execute on function wellkept.notices_asks to {web};
grant execute on function wellkept.notices_sweep_mailed to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.notices_mail_came_back owner to {gate};
alter function wellkept.notices_note_came_back owner to {gate};
alter function wellkept.notices_asks owner to {gate};
alter function wellkept.notices_sweep_mailed owner to {gate};

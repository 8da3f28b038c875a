-- Calls are begun, ended and asked about through functions. Nobody reads the table.

-- What the person is to the account on an open call: a caller, somebody to call back once that was said, and a case once verified.
-- Nothing without such a call.
create function wellkept.service_on_call(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v text[];
begin
  select case when c.verified is not null then '{caller,case}'::text[] when c.call_back is not null then '{caller,call_back}'::text[]
      else '{caller}'::text[] end into v
    from wellkept.service_call c
   where c.id = p_occasion and c.account_id = p_account and c.person_id = p_subject
     and c.ended is null and c.began > now() - interval '4 hours';
  return coalesce(v, '{}');
end $$;

-- Begins a call with somebody the caller's own search of the last ten minutes found. The occasion is the call.
create function wellkept.service_begin_call(p_secret bytea, p_id uuid, p_subject uuid, p_purpose text, p_about text,
  p_way text default null) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle and x.role = 'representative';
  if not found or p_id is null or p_about is null or p_about = '' or length(p_about) > 200 or length(p_way) > 20 then return false; end if;
  if not exists (
    select 1 from wellkept.ledger_entry e
     where e.account = s.account_id and e.kind = 'searched' and e.at > now() - interval '10 min' and e.at < now() + interval '1 min'
       and p_subject = any (e.subjects) and e.xact <> pg_current_xact_id()) then
    return false;
  end if;
  if not exists (select 1 from wellkept.access_rule r where r.role = s.role and r.relationship = 'case' and r.purpose = p_purpose) then
    return false;
  end if;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor, label)
  values (p_id, 'call', s.account_id, s.role, s.actor, p_about);
  insert into wellkept.service_call (id, account_id, person_id, purpose, about, way, began)
  values (p_id, s.account_id, p_subject, p_purpose, p_about, p_way, now());
  perform wellkept.ledger_write('call began', p_id, s.account_id, s.role, s.actor, array[p_subject], p_purpose, array['identity'], false, null, 'P-19');
  return true;
end $$;

-- Ends a call of the session's own account.
create function wellkept.service_end_call(p_secret bytea, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  update wellkept.service_call c set ended = now()
    from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and c.id = p_id and c.account_id = s.account_id and c.ended is null;
  return found;
end $$;

-- The session's own calls of today: whom, about what, since when. Names are read through an opening.
create function wellkept.service_my_calls(p_secret bytea)
returns table (id uuid, person_id uuid, purpose text, about text, began timestamptz, ended timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select c.id, c.person_id, c.purpose, c.about, c.began, c.ended
    from wellkept.accounts_session s join wellkept.service_call c on c.account_id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and c.began > now() - interval '12 hours'
   order by c.began desc limit 50;
end $$;

revoke execute on function wellkept.service_on_call, wellkept.service_begin_call, wellkept.service_end_call, wellkept.service_my_calls from public;
grant execute on function wellkept.service_on_call to {gate};
grant execute on function wellkept.service_begin_call, wellkept.service_end_call, wellkept.service_my_calls to {web};
grant select, insert, update on wellkept.service_call to {gate};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.service_on_call owner to {gate};
alter function wellkept.service_begin_call owner to {gate};
alter function wellkept.service_end_call owner to {gate};
alter function wellkept.service_my_calls owner to {gate};

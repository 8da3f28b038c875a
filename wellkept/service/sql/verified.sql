-- Before anything but the identity is shown, the representative says that the caller answered what we ask (P-19).

-- Says so of an open call of the session's own account, once: how is 'answers', or 'call back' where they were called at the number
-- on file. An entry tells the person in the same transaction.
create function wellkept.service_verify_call(p_secret bytea, p_id uuid, p_how text default 'answers') returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  c wellkept.service_call;
begin
  select * into s from wellkept.accounts_session x
   where x.secret_hash = p_secret and x.expires > now() and x.seen > now() - x.idle and x.role = 'representative';
  if not found or p_how is null or p_how not in ('answers', 'call back') then return false; end if;
  update wellkept.service_call x set verified = now(), how = p_how
   where x.id = p_id and x.account_id = s.account_id and x.ended is null and x.verified is null and (p_how = 'answers' or x.call_back is not null) and x.began > now() - interval '4 hours'
  returning * into c;
  if not found then return false; end if;
  perform wellkept.ledger_write(case when p_how = 'answers' then 'caller verified' else 'called back' end, c.id, s.account_id, s.role, s.actor, array[c.person_id], c.purpose, array['identity'], false, null,
    (select min(r.clause) from wellkept.access_rule r where r.role = s.role and r.relationship = 'case' and r.purpose = c.purpose));
  return true;
end $$;

-- The session's own calls of today. A call goes on until it is ended, and four hours at most; then nothing of it opens.
drop function wellkept.service_my_calls(bytea);
create function wellkept.service_my_calls(p_secret bytea)
returns table (id uuid, person_id uuid, purpose text, about text, began timestamptz, verified timestamptz, ended timestamptz, goes_on boolean,
  way text, how text, call_back timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select c.id, c.person_id, c.purpose, c.about, c.began, c.verified, c.ended, c.ended is null and c.began > now() - interval '4 hours',
         c.way, c.how, c.call_back
    from wellkept.accounts_session s join wellkept.service_call c on c.account_id = s.account_id
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and c.began > now() - interval '12 hours'
   order by c.began desc limit 50;
end $$;

revoke execute on function wellkept.service_verify_call, wellkept.service_my_calls from public;
grant execute on function wellkept.service_verify_call, wellkept.service_my_calls to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.service_verify_call owner to {gate};
alter function wellkept.service_my_calls owner to {gate};

-- Showing once more that it is you, before an act that asks again.

create function wellkept.accounts_proved(p_secret bytea, p_minutes int) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (
    select 1 from wellkept.accounts_session s
     where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle
       and s.proved_at > now() - make_interval(mins => p_minutes));
end $$;

revoke execute on function wellkept.accounts_proved from public;
grant execute on function wellkept.accounts_proved to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_proved owner to {gate};

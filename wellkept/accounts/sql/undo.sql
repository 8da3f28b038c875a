-- Taking back a change of the mail address, by whoever reads mail at the old one: it signs nobody in, and ends every sign-in.
create function wellkept.accounts_undo_address(p_token bytea) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_person uuid;
  v_id uuid;
  a wellkept.accounts_account;
begin
  select f.person_id into v_person from wellkept.notices_formeraddress f where f.undo_hash = p_token and f.until > now();
  if not found then return false; end if;
  perform pg_advisory_xact_lock(hashtextextended('address ' || v_person, 0));
  select f.id into v_id from wellkept.notices_formeraddress f where f.person_id = v_person and f.undo_hash = p_token and f.until > now();
  if not found then return false; end if;
  perform wellkept.notices_bring_back(v_person, v_id);
  for a in select * from wellkept.accounts_account x where x.holder = v_person and x.closed_at is null for update loop
    delete from wellkept.accounts_session s where s.account_id = a.id;
    delete from wellkept.accounts_half h where h.account_id = a.id;
    -- A link to a new password lies where the change led.
    update wellkept.accounts_recoverylink l set used_at = now() where l.account_id = a.id and l.used_at is null;
    perform wellkept.accounts_note(a.id, 'address undone', '', '');
    perform wellkept.ledger_write('address undone', null, null, 'nobody', null,
      case when a.person_id is null then '{}'::uuid[] else array[a.person_id] end, null, '{}', true, null, 'P-18');
  end loop;
  return true;
end $$;

-- Whether a link is one that works still. The page behind it says the same to every other.
create function wellkept.accounts_may_undo(p_token bytea) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return exists (select 1 from wellkept.notices_formeraddress f where f.undo_hash = p_token and f.until > now());
end $$;

-- The same for whoever says that something was not them: the address of 72 hours ago, where it was changed since.
create function wellkept.accounts_undo_latest(p_account uuid) returns void
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_person uuid;
  v_id uuid;
begin
  select a.holder into v_person from wellkept.accounts_account a where a.id = p_account;
  perform pg_advisory_xact_lock(hashtextextended('address ' || v_person, 0));
  select f.id into v_id from wellkept.notices_formeraddress f where f.person_id = v_person and f.until > now() order by f.replaced_at limit 1;
  if not found then return; end if;
  perform wellkept.notices_bring_back(v_person, v_id);
  perform wellkept.accounts_note(p_account, 'address undone', '', '');
end $$;

revoke execute on function wellkept.accounts_undo_address, wellkept.accounts_may_undo, wellkept.accounts_undo_latest from public;
grant execute on function wellkept.accounts_undo_address, wellkept.accounts_may_undo to {entrance};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_undo_address owner to {gate};
alter function wellkept.accounts_may_undo owner to {gate};
alter function wellkept.accounts_undo_latest owner to {gate};

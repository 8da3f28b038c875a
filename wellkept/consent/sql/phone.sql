-- What a person allowed, ended because they say so on the phone (P-19, U-19): a helper, their word to somebody covered with them, an
-- authorization to somebody outside. Nothing is given by phone, and no restriction is lifted: by these functions less opens, never more.

-- The session's own call with somebody verified, about what they allowed; nothing for any other.
create function wellkept.consent_phone_call(p_secret bytea, p_call uuid, out person uuid, out purpose text, out account uuid, out role text, out actor text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select c.person_id, c.purpose, s.account_id, s.role, s.actor into person, purpose, account, role, actor
    from wellkept.service_desk(p_secret) s cross join wellkept.service_open_call(p_secret, p_call) c
   where c.verified is not null and c.about = 'choices';
end $$;

-- Enters that it is read out. This commits before anything of it is shown: the function below asks for the entry of another transaction.
create function wellkept.consent_phone_ask(p_secret bytea, p_call uuid) returns boolean
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  c record;
begin
  select * into c from wellkept.consent_phone_call(p_secret, p_call);
  if c.person is null then return false; end if;
  perform wellkept.ledger_write('choices shown', p_call, c.account, c.role, c.actor, array[c.person], c.purpose, '{requests}', false, null, 'P-19');
  return true;
end $$;

-- What stands and can be ended, with the names by which the person knows them, sealed. Nothing a court said, and nothing that has ended.
create function wellkept.consent_phone_choices(p_secret bytea, p_call uuid)
returns table (id uuid, sort text, name bytea, opens text[], expires timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  c record;
begin
  select * into c from wellkept.consent_phone_call(p_secret, p_call);
  if c.person is null or not c.person = any (wellkept.held_subjects()) or not exists (
    select 1 from wellkept.ledger_entry e
     where e.account = c.account and e.kind = 'choices shown' and e.occasion = p_call and e.at > now() - interval '1 min'
       and e.at < now() + interval '1 min' and e.xact <> pg_current_xact_id()) then
    return;
  end if;
  return query
  select a.id, 'helper', a.name, array(select o from jsonb_array_elements_text(a.opens) o), a.expires from wellkept.consent_appointment a
   where a.person_id = c.person and a.kind = 'helper' and a.state = 'stands' and a.expires > now()
  union all
  select a.id, case when a.address is null then 'word' else 'authorization' end, a.recipient, array(select o from jsonb_array_elements_text(a.opens) o),
         a.expires
    from wellkept.consent_authorization a
   where a.person_id = c.person and a.account_id is null and a.revoked is null and a.expires > now()
   order by 2, 5, 1;
end $$;

-- Ends one of them, at the next opening. What waits to be posted under it does not leave. '' where none of theirs stands. The person is
-- told: in every account of theirs, or by the letter where they have none.
create function wellkept.consent_phone_end(p_secret bytea, p_call uuid, p_id uuid, p_letter uuid, p_body bytea) returns text
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
declare
  c record;
  a wellkept.consent_authorization;
  v_opens text[];
  v_sort text := 'helper';
  v_under text;
begin
  select * into c from wellkept.consent_phone_call(p_secret, p_call);
  if c.person is null or not c.person = any (wellkept.held_subjects()) then return ''; end if;
  select x.collected_under into v_under from wellkept.consent_appointment x where x.person_id = c.person and x.id = p_id and x.kind = 'helper';
  if found then
    v_opens := wellkept.consent_finish(c.person, p_id, 'revoked');
    if v_opens is null then return ''; end if;
  else
    perform pg_advisory_xact_lock(hashtextextended('leaves ' || c.person, 0));
    update wellkept.consent_authorization x set revoked = now()
     where x.person_id = c.person and x.id = p_id and x.account_id is null and x.revoked is null and x.expires > now()
    returning * into a;
    if not found then return ''; end if;
    v_sort := case when a.address is null then 'word' else 'authorization' end;
    v_under := a.collected_under;
    v_opens := array(select o from jsonb_array_elements_text(a.opens) o where o <> 'identity' order by o);
    if v_sort = 'authorization' then perform wellkept.disclosures_stop(c.person, p_id); end if;
  end if;
  perform wellkept.ledger_write(case v_sort when 'helper' then 'helper ended' when 'word' then 'sharing ended' else 'authorization ended' end,
    p_call, c.account, c.role, c.actor, array[c.person], c.purpose, v_opens, false, null, 'P-19');
  perform wellkept.consent_tell(c.person, case when v_sort = 'helper' then 'ended' else 'taken back' end, p_letter, p_body, v_under);
  return v_sort;
end $$;

revoke execute on function wellkept.consent_phone_call, wellkept.consent_phone_ask, wellkept.consent_phone_choices, wellkept.consent_phone_end from public;
grant execute on function wellkept.consent_phone_ask, wellkept.consent_phone_choices, wellkept.consent_phone_end to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.consent_phone_call owner to {gate};
alter function wellkept.consent_phone_ask owner to {gate};
alter function wellkept.consent_phone_choices owner to {gate};
alter function wellkept.consent_phone_end owner to {gate};

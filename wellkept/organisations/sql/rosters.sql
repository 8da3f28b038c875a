-- Rosters say whose people may register. Intake writes them; whoever else asks, asks a function that answers one question.
grant select, insert, update on wellkept.organisations_organisation to {intake};
grant select, insert, delete on wellkept.organisations_finder to {intake};
grant select on wellkept.organisations_organisation, wellkept.organisations_finder to {gate};

alter table wellkept.organisations_organisation
  add constraint organisations_kinds check (kind in ('provider', 'employer', 'agent', 'partner')),
  add constraint organisations_standings check (standing in ('current', 'prospective', 'prior'));

-- Which organisations all of these hashes find, of those that have not left: at most six. The job that answers requests asks.
create function wellkept.organisations_found(p_hashes bytea[]) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if cardinality(p_hashes) > 20 then
    raise program_limit_exceeded using message = 'at most twenty hashes are looked up at once';
  end if;
  return array(
    select o.id from wellkept.organisations_organisation o
     where o.standing <> 'prior'
       and o.id in (
         select f.organisation_id from wellkept.organisations_finder f where f.index = any (p_hashes)
          group by 1 having count(*) = (select count(distinct h) from unnest(p_hashes) h))
     order by o.id limit 6);
end $$;

-- The organisation a session acts for. Its tax number is sealed and not among what is told.
create function wellkept.organisations_mine(p_secret bytea)
returns table (id uuid, kind text, name text, street text, city text, state text, postal_code text, npi text, groups text[],
  agreement text, producer text, standing text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select o.id, o.kind, o.name, o.street, o.city, o.state, o.postal_code, o.npi, o.group_numbers, o.agreement_number,
         o.producer_number, o.standing
    from wellkept.gate_who(p_secret) w join wellkept.organisations_organisation o on o.id = w.organisation;
end $$;

-- The sealed tax number of that organisation, of which a page shows the last four digits.
create function wellkept.organisations_my_tax_number(p_secret bytea) returns bytea
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select o.tax_number from wellkept.gate_who(p_secret) w
            join wellkept.organisations_organisation o on o.id = w.organisation);
end $$;

-- Organisations by id, so that a job posts a letter to the address on the roster. At most 500.
create function wellkept.organisations_named(p_ids uuid[])
returns table (id uuid, kind text, name text, street text, city text, state text, postal_code text, npi text, groups text[],
  agreement text, producer text, standing text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if cardinality(p_ids) > 500 then
    raise program_limit_exceeded using message = 'at most 500 organisations are named at once';
  end if;
  return query
  select o.id, o.kind, o.name, o.street, o.city, o.state, o.postal_code, o.npi, o.group_numbers, o.agreement_number,
         o.producer_number, o.standing
    from wellkept.organisations_organisation o where o.id = any (p_ids);
end $$;

-- For other functions of the gate: whether an organisation is a current, prospective or prior customer. Null: none such.
create function wellkept.organisations_standing(p_organisation uuid) returns text
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select o.standing from wellkept.organisations_organisation o where o.id = p_organisation);
end $$;

-- A roster changed what stands of these organisations: each can see it in its own ledger.
create function wellkept.organisations_brought(p_file uuid, p_ids uuid[]) returns bigint
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  if coalesce(cardinality(p_ids), 0) not between 1 and 500 then
    raise check_violation using message = 'an entry names 1 to 500 organisations';
  end if;
  if not exists (select from wellkept.ledger_occasion o
                  where o.id = p_file and o.kind = 'file' and o.role = wellkept.machine_role() and o.account is null) then
    raise check_violation using message = 'a roster is brought by its own file';
  end if;
  return wellkept.ledger_write('brought', p_file, null, wellkept.machine_role(), null, p_ids, 'MEMADMIN',
    '{identity,contact}', true, null, 'P-15');
end $$;

revoke execute on function wellkept.organisations_found, wellkept.organisations_mine, wellkept.organisations_my_tax_number,
  wellkept.organisations_named, wellkept.organisations_standing, wellkept.organisations_brought from public;
grant execute on function wellkept.organisations_found, wellkept.organisations_named to {jobs};
grant execute on function wellkept.organisations_named to {mailroom};
grant execute on function wellkept.organisations_mine, wellkept.organisations_my_tax_number to {web};
grant execute on function wellkept.organisations_brought to {intake};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.organisations_found owner to {gate};
alter function wellkept.organisations_mine owner to {gate};
alter function wellkept.organisations_my_tax_number owner to {gate};
alter function wellkept.organisations_named owner to {gate};
alter function wellkept.organisations_standing owner to {gate};
alter function wellkept.organisations_brought owner to {gate};

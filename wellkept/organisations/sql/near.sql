-- What stands on a list near what somebody typed, for a representative who decides about a request to register: by a number it
-- bears, then by how many words its name shares. Eight at most; one that has left only where p_prior asks for those too, for a case about
-- papers: a customer of before has claims on us still (U-42). A tax number is neither asked nor told.
create function wellkept.organisations_near(p_secret bytea, p_kind text, p_words text, p_prior boolean)
returns table (id uuid, name text, street text, city text, state text, postal_code text, administered boolean, standing text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_words text[];
begin
  if not exists (select 1 from wellkept.service_desk(p_secret)) then return; end if;
  v_words := array(
    select distinct w from regexp_split_to_table(lower(left(p_words, 200)), '[^[:alnum:]-]+') w where length(w) > 2 limit 12);
  return query
  select o.id, o.name, o.street, o.city, o.state, o.postal_code, wellkept.accounts_administrators(o.id, null) > 0, o.standing
    from wellkept.organisations_organisation o
    cross join lateral (
      select count(*) filter (where lower(o.npi) = w or lower(o.producer_number) = w or lower(o.agreement_number) = w
                 or w = any (select lower(g) from unnest(o.group_numbers) g)) as numbers,
             count(*) filter (where position(w in lower(o.name)) > 0) as shared
        from unnest(v_words) w) near
   where o.kind = p_kind and (p_prior or o.standing <> 'prior') and near.numbers + near.shared > 0
   order by near.numbers desc, near.shared desc, o.name, o.id limit 8;
end $$;
revoke execute on function wellkept.organisations_near from public;
grant execute on function wellkept.organisations_near to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.organisations_near owner to {gate};

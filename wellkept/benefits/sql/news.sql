-- A decision about a claim is news for a person who has an account; who has none reads it all when they register.
create function wellkept.benefits_readers(p_people uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(select a.person_id from wellkept.accounts_account a
                where a.person_id = any (p_people) and a.person_id = any (wellkept.held_subjects())
                  and a.role = 'member' and a.closed_at is null);
end $$;

create function wellkept.benefits_news(p_rows json, p_category text, p_collected_under text) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_category = any (wellkept.held_categories()) then
    raise insufficient_privilege using message = 'that kind of data is not open in this transaction';
  end if;
  insert into wellkept.notices_news (id, person_id, category, plan_id, collected_under, restricted, kind, about, cause, made_at)
  select gen_random_uuid(), r.person, p_category, r.plan, p_collected_under, false, 'claims', r.claim, r.cause, now()
    from json_to_recordset(p_rows) as r(person uuid, plan uuid, claim uuid, cause uuid)
   where r.person = any (wellkept.held_subjects())
  on conflict (person_id, cause) do nothing;
end $$;

-- What decisions made new goes with them to another record. Both records must be open.
create function wellkept.benefits_news_follow(p_one uuid, p_other uuid, p_causes uuid[]) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if not array[p_one, p_other] <@ wellkept.held_subjects() then
    raise insufficient_privilege using message = 'those records are not open in this transaction';
  end if;
  update wellkept.notices_news n set person_id = p_other
   where n.person_id = p_one and n.kind = 'claims' and n.cause = any (p_causes);
end $$;
revoke execute on function wellkept.benefits_news, wellkept.benefits_readers, wellkept.benefits_news_follow from public;
grant execute on function wellkept.benefits_news, wellkept.benefits_readers, wellkept.benefits_news_follow to {intake};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.benefits_news owner to {gate};
alter function wellkept.benefits_readers owner to {gate};
alter function wellkept.benefits_news_follow owner to {gate};

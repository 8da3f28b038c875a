-- The notice of privacy practices (45 CFR 164.520): who is to be told of the policy. The role that tells them opens each for it.
select wellkept.lock_protect('wellkept.notices_informed', p_web => null, p_jobs => 'select, insert', p_gate => 'select');

-- The next subscribers after one, by number, each with why they are to be told now, or null: they are new to us, the policy was
-- revised since they were last told, or that was so many months ago. Notice to the subscriber is notice to those covered with them
-- (164.520(c)(1)(iii)); whoever has an account and no coverage is told too.
create function wellkept.notices_to_inform(p_after uuid, p_limit int, p_version text, p_revised boolean, p_months int)
returns table (person_id uuid, plan_id uuid, why text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  with next as (
    select p.person_id, p.plan_id, p.relationship from wellkept.people_person p
     where p.person_id > p_after order by p.person_id limit p_limit
  ), told as (
    select n.person_id, max(i.at) as last, coalesce(bool_or(i.version = p_version), false) as of_this
      from next n left join wellkept.notices_informed i on i.person_id = n.person_id group by n.person_id
  )
  select n.person_id, n.plan_id,
    case when not (n.relationship = '18' and exists (
        select 1 from wellkept.benefits_coverage c
         where c.person_id = n.person_id and (c.ends_on is null or c.ends_on >= current_date))
      or not exists (select 1 from wellkept.benefits_coverage c where c.person_id = n.person_id) and exists (
        select 1 from wellkept.accounts_account a where a.person_id = n.person_id and a.closed_at is null)) then null
      when t.last is null then 'enrolment'
      when p_revised and not t.of_this then 'revision'
      when t.last <= now() - make_interval(months => p_months) then 'reminder'
    end
    from next n join told t on t.person_id = n.person_id order by n.person_id;
end $$;
revoke execute on function wellkept.notices_to_inform from public;
grant execute on function wellkept.notices_to_inform to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.notices_to_inform owner to {gate};

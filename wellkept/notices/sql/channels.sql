-- News and how people want to be told. A person reads their own and chooses; staff who answer add to whom they have open;
-- the role that tells them asks who is due, and opens each to read where to.
select wellkept.lock_protect('wellkept.notices_news', p_web => 'select, insert', p_gate => 'select, insert, update',
  p_also => '(select wellkept.held_theirs())');
grant update (seen_at) on wellkept.notices_news to {web};
select wellkept.lock_protect('wellkept.notices_choice', p_web => 'select, insert', p_gate => 'select');
grant update (channel) on wellkept.notices_choice to {web};
select wellkept.lock_protect('wellkept.notices_address', p_web => 'select, insert, delete', p_jobs => 'select', p_gate => 'select');
grant update (confirmed_at, tries) on wellkept.notices_address to {web};

-- Who is to be told: of news ten minutes old, which they have neither read nor been told of, by a channel they chose, and by
-- mail only at an address they confirmed, while their account is open. Nobody is told twice within a day.
create function wellkept.notices_due(p_limit int) returns table (person_id uuid, plan_id uuid, channel text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select n.person_id, (array_agg(n.plan_id))[1], min(c.channel) from wellkept.notices_news n
    join wellkept.notices_choice c on c.person_id = n.person_id and c.kind = n.kind and c.channel in ('mail', 'letter')
   where n.told_at is null and n.seen_at is null and n.made_at < now() - interval '10 min' and n.made_at > now() - interval '30 days'
     and (c.channel = 'letter' or exists (
       select 1 from wellkept.notices_address a where a.person_id = n.person_id and a.confirmed_at is not null) and exists (
       select 1 from wellkept.accounts_account x where x.holder = n.person_id and x.closed_at is null))
     and not exists (select 1 from wellkept.notices_news t where t.person_id = n.person_id and t.told_at > now() - interval '1 day')
   group by n.person_id order by min(n.made_at) limit p_limit;
end $$;

-- The person, who must be open, was told of everything that was new.
create function wellkept.notices_told(p_person uuid) returns void
language plpgsql volatile security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_person = any (wellkept.held_subjects()) then
    raise insufficient_privilege using message = 'that person is not open in this transaction';
  end if;
  update wellkept.notices_news n set told_at = now() where n.person_id = p_person and n.told_at is null;
end $$;

revoke execute on function wellkept.notices_due, wellkept.notices_told from public;
grant execute on function wellkept.notices_due, wellkept.notices_told to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.notices_due owner to {gate};
alter function wellkept.notices_told owner to {gate};

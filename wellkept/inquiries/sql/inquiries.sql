-- Questions and wishes for papers: anybody writes one, one representative at a time opens it, and nothing of it stays.

grant select, insert, update on wellkept.inquiries_inquiry to {gate};
grant select (id, state), delete on wellkept.inquiries_inquiry to {jobs};
alter table wellkept.inquiries_inquiry add constraint inquiries_known check (
  kind in ('question', 'materials') and reply in ('phone', 'post') and state in ('waiting', 'working', 'done')
  and (kind = 'question' or reply = 'post') and (state = 'done') = (told = ''));

-- Somebody asks: one row, sealed before it came here. False where so much waits that no person could answer it.
create function wellkept.inquiries_ask(p_id uuid, p_kind text, p_topic text, p_reply text, p_told bytea, p_due date, p_under text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('inquiries', 0));
  if (select count(*) from wellkept.inquiries_inquiry x where x.state <> 'done') >= 5000 then return false; end if;
  insert into wellkept.inquiries_inquiry (id, kind, topic, reply, told, state, asked_at, due_on, collected_under)
  values (p_id, p_kind, p_topic, p_reply, p_told, 'waiting', now(), p_due, p_under);
  return true;
end $$;

-- What an inquiry is to the account on an occasion: 'inquiry' to the one who took it, until it is answered or given back.
create function wellkept.inquiries_at_work(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if exists (select 1 from wellkept.inquiries_inquiry x
              where x.id = p_subject and x.occasion = p_occasion and x.account_id = p_account and x.state = 'working') then
    return '{inquiry}';
  end if;
  return '{}';
end $$;

-- One's own, then what waits or is with a colleague, by the day it is due. Nothing that was typed.
create function wellkept.inquiries_work(p_secret bytea)
returns table (id uuid, kind text, topic text, reply text, asked_at timestamptz, due_on date, actor text, mine boolean, occasion uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found then return; end if;
  return query
  select x.id, x.kind, x.topic, x.reply, x.asked_at, x.due_on, x.actor, coalesce(x.account_id = s.account_id, false),
         case when x.account_id = s.account_id then x.occasion end
    from wellkept.inquiries_inquiry x where x.state <> 'done'
   order by coalesce(x.account_id = s.account_id, false) desc, x.due_on, x.asked_at limit 200;
end $$;

-- Takes one that waits. The answer is an occasion of its own. Of two who take it the second hears false.
create function wellkept.inquiries_take(p_secret bytea, p_id uuid, p_occasion uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  v_kind text;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_occasion is null then return false; end if;
  update wellkept.inquiries_inquiry x set state = 'working', account_id = s.account_id, actor = s.actor, occasion = p_occasion
   where x.id = p_id and x.state = 'waiting' returning x.kind into v_kind;
  if not found then return false; end if;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor, label)
  values (p_occasion, 'request', s.account_id, s.role, s.actor, v_kind);
  perform wellkept.ledger_write('inquiry taken', p_occasion, s.account_id, s.role, s.actor, array[p_id], 'HOPERAT', '{inquiry}', false,
    null, 'P-16');
  return true;
end $$;

-- Gives one's own back, for a colleague to take. Nothing of it opens any longer.
create function wellkept.inquiries_give_back(p_secret bytea, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found then return false; end if;
  update wellkept.inquiries_inquiry x set state = 'waiting', account_id = null, actor = null, occasion = null
   where x.id = p_id and x.account_id = s.account_id and x.state = 'working';
  return found;
end $$;

-- What was typed, sealed, of one that is open in this transaction for no other purpose than to answer.
create function wellkept.inquiries_told(p_id uuid) returns bytea
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  if not p_id = any (wellkept.held_subjects()) or not 'inquiry' = any (wellkept.held_categories()) then return null; end if;
  return (select x.told from wellkept.inquiries_inquiry x where x.id = p_id and x.state = 'working');
end $$;

-- It is answered, or cannot be: what was typed is emptied at once, and the job that destroys its key is started. It must be open to
-- whoever says so, in this transaction.
create function wellkept.inquiries_close(p_secret bytea, p_id uuid, p_how text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.service_desk(p_secret);
  if not found or p_how is null or p_how not in ('answered by phone', 'answered by post', 'papers posted', 'nobody reached', 'not a real question')
     or not p_id = any (wellkept.held_subjects()) or not 'inquiry' = any (wellkept.held_categories()) then
    return false;
  end if;
  update wellkept.inquiries_inquiry x set state = 'done', told = '' where x.id = p_id and x.account_id = s.account_id and x.state = 'working';
  if not found then return false; end if;
  perform wellkept.ledger_write('inquiry closed', s.occasion, s.account_id, s.role, s.actor, array[p_id], 'HOPERAT', '{inquiry}', false,
    p_how, 'P-16');
  perform wellkept.procrastinate_defer_jobs_v1(array[
    row('default', 'inquiries.discard', 0, null, null, jsonb_build_object('inquiry', p_id), null)::wellkept.procrastinate_job_to_defer_v1]);
  return true;
end $$;

revoke execute on function wellkept.inquiries_ask, wellkept.inquiries_at_work, wellkept.inquiries_work, wellkept.inquiries_take,
  wellkept.inquiries_give_back, wellkept.inquiries_told, wellkept.inquiries_close from public;
grant execute on function wellkept.inquiries_ask to {entrance};
grant execute on function wellkept.inquiries_work, wellkept.inquiries_take, wellkept.inquiries_give_back, wellkept.inquiries_told,
  wellkept.inquiries_close to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.inquiries_ask owner to {gate};
alter function wellkept.inquiries_at_work owner to {gate};
alter function wellkept.inquiries_work owner to {gate};
alter function wellkept.inquiries_take owner to {gate};
alter function wellkept.inquiries_give_back owner to {gate};
alter function wellkept.inquiries_told owner to {gate};
alter function wellkept.inquiries_close owner to {gate};

-- Inquiries into fraud and legal processes whose openings the person reads of later (B-03). One privacy officer asks, from a
-- paper; another decides; it ends after 90 days at most, or when the term of an agency's statement or a court's order ends.

create table wellkept.access_inquiry (
  id uuid primary key,
  kind text not null check (kind in ('fraud', 'legal')),
  subject uuid not null,
  paper text not null check (paper in ('memo', 'statement', 'order')),
  reference text not null check (reference ~ '^[A-Za-z0-9][A-Za-z0-9 ./:-]{1,39}$'),
  paper_on date not null,
  until date not null,
  asked_by uuid not null,
  asked_actor text not null,
  asked_at timestamptz not null default now(),
  decided_by uuid constraint access_inquiry_takes_two check (decided_by <> asked_by),
  decided_actor text,
  decided_at timestamptz,
  outcome text check (outcome in ('granted', 'declined', 'withdrawn')),
  ended_actor text,
  check ((kind = 'fraud') = (paper = 'memo')),
  check (outcome is distinct from 'granted' or decided_by is not null)
);
comment on table wellkept.access_inquiry is 'phi: inquiries of which the person reads later: who asked, from which paper, who decided.';
comment on column wellkept.access_inquiry.id is 'housekeeping: the inquiry, and the occasion of its openings.';
comment on column wellkept.access_inquiry.kind is 'phi: fraud, or a legal process.';
comment on column wellkept.access_inquiry.subject is 'phi: whose record.';
comment on column wellkept.access_inquiry.paper is 'phi: a memo of the fraud team, an agency''s written statement, or a court''s order.';
comment on column wellkept.access_inquiry.reference is 'phi: the number on that paper.';
comment on column wellkept.access_inquiry.paper_on is 'phi: its day.';
comment on column wellkept.access_inquiry.until is 'phi: the last day on which openings are kept back.';
comment on column wellkept.access_inquiry.asked_by is 'personal: the account that asked, and alone opens.';
comment on column wellkept.access_inquiry.asked_actor is 'personal: the name of whoever asked.';
comment on column wellkept.access_inquiry.asked_at is 'housekeeping: when.';
comment on column wellkept.access_inquiry.decided_by is 'personal: the account that decided; never the same.';
comment on column wellkept.access_inquiry.decided_actor is 'personal: the name of whoever decided.';
comment on column wellkept.access_inquiry.decided_at is 'housekeeping: when.';
comment on column wellkept.access_inquiry.outcome is 'phi: granted, declined or withdrawn; null: it waits.';
comment on column wellkept.access_inquiry.ended_actor is 'personal: the name of whoever ended it before its time.';
grant select, insert, update, delete on wellkept.access_inquiry to {gate};

-- How an account stands to somebody on the occasion of an inquiry: whoever asked, while it is in force.
create function wellkept.access_unseen(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return array(
    select case i.kind when 'fraud' then 'fraud_inquiry' else 'legal_process' end from wellkept.access_inquiry i
     where i.id = p_occasion and i.asked_by = p_account and i.subject = p_subject and i.outcome = 'granted' and wellkept.ledger_kept_back(i.id));
end $$;

-- Whether something is no part of the inquiry that keeps an occasion back: of somebody else, or for another purpose.
create function wellkept.access_strays(p_occasion uuid, p_subjects uuid[], p_purpose text) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return wellkept.ledger_kept_back(p_occasion) and not exists (
    select 1 from wellkept.access_inquiry i
     where i.id = p_occasion and p_subjects = array[i.subject] and p_purpose = case i.kind when 'fraud' then 'FRAUD' else 'HLEGAL' end);
end $$;

-- The inquiry, in force, that a question about somebody touches: by an entry of it, or by its purpose. Null: none.
create function wellkept.access_touched(p_subject uuid, p_entry bigint, p_purpose text) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (
    select i.id from wellkept.access_inquiry i
     where i.subject = p_subject and wellkept.ledger_kept_back(i.id)
       and (p_purpose = case i.kind when 'fraud' then 'FRAUD' else 'HLEGAL' end
         or i.id = (select e.occasion from wellkept.ledger_entry e where e.id = p_entry))
     order by i.asked_at limit 1);
end $$;

-- Asks for an inquiry about whoever the hash of a card number and birth date finds. Nothing opens, and nothing is said of the
-- person but whether there is one. Each try counts against the hour, as a search does.
create function wellkept.unseen_ask(
  p_secret bytea, p_id uuid, p_kind text, p_index bytea, p_paper text, p_reference text, p_paper_on date, p_until date
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp set lock_timeout = '200ms' as $$
declare
  s wellkept.accounts_session;
  v_found uuid[];
  v_today date := wellkept.access_day(now());
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found or p_id is null or p_index is null then return 'no'; end if;
  if p_paper_on is null or p_paper_on > v_today or p_until is null or p_until < v_today
    or p_until > v_today + (case when p_kind = 'fraud' then 90 else 366 end) then
    return 'days';
  end if;
  v_found := wellkept.people_found('number_birth', p_index);
  if not wellkept.gate_spend(s.account_id, s.role, s.holder,
    case when cardinality(v_found) = 1 then v_found else array[wellkept.gate_named(p_index)] end) then
    return 'budget';
  end if;
  if cardinality(v_found) <> 1 then return 'nobody'; end if;
  insert into wellkept.access_inquiry (id, kind, subject, paper, reference, paper_on, until, asked_by, asked_actor)
  values (p_id, p_kind, v_found[1], p_paper, p_reference, p_paper_on, p_until, s.account_id, coalesce(s.actor, ''));
  perform wellkept.ledger_write('inquiry asked', s.occasion, s.account_id, s.role, s.actor, '{}', null, '{}', false, p_kind, 'B-03');
  return 'yes';
exception when check_violation then
  return 'no';
end $$;

-- Another officer decides; whoever asked can only withdraw. What was granted becomes an occasion of whoever asked.
create function wellkept.unseen_decide(p_secret bytea, p_id uuid, p_grant boolean) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
  i wellkept.access_inquiry;
  v_outcome text;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found or p_grant is null then return 'no'; end if;
  select * into i from wellkept.access_inquiry x where x.id = p_id for update;
  if not found or i.outcome is not null or not wellkept.watch_alike(i.asked_actor, s.actor) then return 'no'; end if;
  if i.asked_by = s.account_id and p_grant then return 'own'; end if;
  if p_grant and i.until < wellkept.access_day(now()) then return 'days'; end if;
  v_outcome := case when p_grant then 'granted' when i.asked_by = s.account_id then 'withdrawn' else 'declined' end;
  update wellkept.access_inquiry x set outcome = v_outcome, decided_at = now(),
         decided_by = case when i.asked_by <> s.account_id then s.account_id end,
         decided_actor = case when i.asked_by <> s.account_id then coalesce(s.actor, '') end
   where x.id = i.id;
  if not p_grant then
    perform wellkept.ledger_write('inquiry declined', s.occasion, s.account_id, s.role, s.actor, '{}', null, '{}', false, i.kind, 'B-03');
    return 'yes';
  end if;
  insert into wellkept.ledger_occasion (id, kind, account, role, actor, label)
  values (i.id, 'case', i.asked_by, 'privacy_officer', i.asked_actor, i.kind);
  insert into wellkept.ledger_seal (occasion, kind, until)
  values (i.id, i.kind, ((i.until + 1)::timestamp at time zone (select a.zone from wellkept.access_place a)));
  perform wellkept.ledger_write('kept back', i.id, s.account_id, s.role, s.actor, array[i.subject],
    case i.kind when 'fraud' then 'FRAUD' else 'HLEGAL' end, '{}', false, null, 'B-03');
  return 'yes';
end $$;

-- Ends an inquiry before its time: from now on the person reads of its openings.
create function wellkept.unseen_end(p_secret bytea, p_id uuid) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found then return false; end if;
  update wellkept.ledger_seal k set ended_at = now() where k.occasion = p_id and k.ended_at is null and k.until > now();
  if not found then return false; end if;
  update wellkept.access_inquiry i set ended_actor = coalesce(s.actor, '') where i.id = p_id;
  return true;
end $$;

-- Inquiries that wait and those in force, then those of the last year. No record is named.
create function wellkept.unseen_list(p_secret bytea)
returns table (id uuid, kind text, paper text, reference text, paper_on date, until date, asked_actor text, asked_at timestamptz, mine boolean,
  decided_actor text, decided_at timestamptz, outcome text, in_force boolean, ended_at timestamptz, ended_actor text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found then return; end if;
  return query
  select i.id, i.kind, i.paper, i.reference, i.paper_on, i.until, i.asked_actor, i.asked_at, i.asked_by = s.account_id, i.decided_actor,
         i.decided_at, i.outcome, coalesce(k.ended_at is null and k.until > now(), false),
         case when k.until <= now() then least(k.until, k.ended_at) else k.ended_at end, i.ended_actor
    from wellkept.access_inquiry i left join wellkept.ledger_seal k on k.occasion = i.id
   where i.asked_at > now() - interval '2 years' and wellkept.watch_alike(i.asked_actor, s.actor)
   order by i.outcome is null desc, coalesce(k.ended_at is null and k.until > now(), false) desc, i.asked_at desc limit 200;
end $$;

-- Whose record an inquiry is about, for whoever asked alone, while it is in force.
create function wellkept.unseen_subject(p_secret bytea, p_id uuid) returns uuid
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  s wellkept.accounts_session;
begin
  select * into s from wellkept.watch_officer(p_secret);
  if not found then return null; end if;
  return (select i.subject from wellkept.access_inquiry i
           where i.id = p_id and i.asked_by = s.account_id and i.outcome = 'granted' and wellkept.ledger_kept_back(i.id));
end $$;

-- How much was kept back when today began, for anyone to read, without the made-up people of tries. A number that moved with each opening would tell whom it is about.
create function wellkept.unseen_counted(out inquiries int, out openings int, out until_at_most date)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_zone text := (select a.zone from wellkept.access_place a);
  v_begin timestamptz := wellkept.access_day(now())::timestamp at time zone v_zone;
begin
  select count(*), max((k.until at time zone v_zone)::date - 1) into inquiries, until_at_most
    from wellkept.ledger_seal k join wellkept.access_inquiry i on i.id = k.occasion
   where i.asked_actor <> 'Standing probe' and i.decided_at < v_begin and k.until > v_begin and coalesce(k.ended_at >= v_begin, true);
  select count(*) into openings from wellkept.ledger_seal k join wellkept.access_inquiry i on i.id = k.occasion
    join wellkept.ledger_entry e on e.subjects[1] = i.subject and e.occasion = k.occasion and e.kind = 'opened' and e.at < v_begin
   where i.asked_actor <> 'Standing probe' and i.decided_at < v_begin and k.until > v_begin and coalesce(k.ended_at >= v_begin, true);
end $$;

revoke execute on function wellkept.access_unseen, wellkept.access_strays, wellkept.access_touched, wellkept.unseen_ask, wellkept.unseen_decide, wellkept.unseen_end, wellkept.unseen_list,
  wellkept.unseen_subject, wellkept.unseen_counted from public;
grant execute on function wellkept.unseen_ask, wellkept.unseen_decide, wellkept.unseen_end, wellkept.unseen_list, wellkept.unseen_subject,
  wellkept.unseen_counted to {web};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.access_unseen owner to {gate};
alter function wellkept.access_strays owner to {gate};
alter function wellkept.access_touched owner to {gate};
alter function wellkept.unseen_ask owner to {gate};
alter function wellkept.unseen_decide owner to {gate};
alter function wellkept.unseen_end owner to {gate};
alter function wellkept.unseen_list owner to {gate};
alter function wellkept.unseen_subject owner to {gate};
alter function wellkept.unseen_counted owner to {gate};

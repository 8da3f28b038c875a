-- The register of other people's pages: entries that never change, the reviews of each, what a look at the page found.
-- No role that logs in touches a table: functions alone write, and the actor is the session's.

create table wellkept.links_link (
  id uuid primary key,
  key text not null check (key ~ '^[a-z][a-z0-9-]{1,46}[a-z0-9]$'),
  edition int not null check (edition > 0),
  title text not null check (title = btrim(title) and length(title) between 3 and 120 and title !~ '[[:cntrl:]]'),
  address text not null check (length(address) <= 500 and address ~ '^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](/[!-~]*)$'),
  policy_address text not null check (length(policy_address) <= 500 and policy_address ~ '^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](/[!-~]*)$'),
  owner text not null check (owner = btrim(owner) and length(owner) between 2 and 120 and owner !~ '[[:cntrl:]]'),
  kind text not null check (kind in ('reference', 'partner')),
  is_health_content boolean not null,
  sponsor text check (length(btrim(sponsor)) between 2 and 120 and sponsor !~ '[[:cntrl:]]'),
  agreement text check (length(btrim(agreement)) between 2 and 60),
  agreement_from date,
  agreement_until date check (agreement_until >= agreement_from),
  collector text check (length(btrim(collector)) between 2 and 120 and collector !~ '[[:cntrl:]]'),
  mark_allowed boolean not null default false,
  proposed_at timestamptz not null default now(),
  proposed_by uuid not null,
  proposed_actor text not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_actor text,
  withdrawn_why text,
  page_digest bytea check (length(page_digest) = 32),
  policy_digest bytea check (length(policy_digest) = 32),
  unique (key, edition),
  check (kind = 'partner' or (agreement is null and agreement_from is null and agreement_until is null and collector is null and not mark_allowed)),
  check (kind = 'reference' or (agreement is not null and agreement_from is not null and agreement_until is not null and collector is not null)),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
comment on table wellkept.links_link is 'public: other people''s pages, each as somebody proposed it; a change is a new edition.';
comment on column wellkept.links_link.id is 'housekeeping: the link.';
comment on column wellkept.links_link.key is 'public: the name under which pages speak of it.';
comment on column wellkept.links_link.edition is 'public: which edition of the key.';
comment on column wellkept.links_link.title is 'public: its title.';
comment on column wellkept.links_link.address is 'public: where it leads.';
comment on column wellkept.links_link.policy_address is 'public: where its privacy policy lies.';
comment on column wellkept.links_link.owner is 'public: who answers for the page.';
comment on column wellkept.links_link.kind is 'public: reference, or partner.';
comment on column wellkept.links_link.is_health_content is 'public: whether it speaks of health.';
comment on column wellkept.links_link.sponsor is 'public: who pays for what it says; null where nobody does.';
comment on column wellkept.links_link.agreement is 'public: the number of the agreement with a partner.';
comment on column wellkept.links_link.agreement_from is 'public: its first day.';
comment on column wellkept.links_link.agreement_until is 'public: its last day.';
comment on column wellkept.links_link.collector is 'public: who collects what is entered there.';
comment on column wellkept.links_link.mark_allowed is 'public: whether the agreement lets our mark stand beside theirs.';
comment on column wellkept.links_link.proposed_at is 'housekeeping: when it was proposed.';
comment on column wellkept.links_link.proposed_by is 'personal: the account that proposed it.';
comment on column wellkept.links_link.proposed_actor is 'personal: the display name of who did.';
comment on column wellkept.links_link.withdrawn_at is 'housekeeping: when it was withdrawn.';
comment on column wellkept.links_link.withdrawn_by is 'personal: the account that withdrew it.';
comment on column wellkept.links_link.withdrawn_actor is 'personal: the display name of who did.';
comment on column wellkept.links_link.withdrawn_why is 'housekeeping: why.';
comment on column wellkept.links_link.page_digest is 'housekeeping: SHA-256 of the words of the page that was approved.';
comment on column wellkept.links_link.policy_digest is 'housekeeping: SHA-256 of the words of its policy.';

-- One review an entry and account. It agrees when all five criteria are met and nothing refuses.
create table wellkept.links_review (
  link uuid not null references wellkept.links_link,
  account uuid not null,
  actor text not null,
  at timestamptz not null default now(),
  on_day date not null,
  until date not null check (until <= on_day + interval '1 year'),
  met text[] not null check (met <@ '{source,content,workability,design,scope}'),
  source text not null check (length(btrim(source)) between 3 and 1000),
  content text not null check (length(btrim(content)) between 3 and 1000),
  workability text not null check (length(btrim(workability)) between 3 and 1000),
  design text not null check (length(btrim(design)) between 3 and 1000),
  scope text not null check (length(btrim(scope)) between 3 and 1000),
  refusing text[] not null check (refusing <@ '{misleads,ineffective,dangerous,hides_sponsor,no_policy,asks_why,sells}'),
  refusing_words text not null check (length(refusing_words) <= 1000),
  agrees boolean not null generated always as (met @> '{source,content,workability,design,scope}' and cardinality(refusing) = 0) stored,
  primary key (link, account),
  check (cardinality(refusing) = 0 or length(btrim(refusing_words)) >= 3)
);
comment on table wellkept.links_review is 'housekeeping: what a reviewer found of an entry.';
comment on column wellkept.links_review.link is 'housekeeping: the link.';
comment on column wellkept.links_review.account is 'personal: the account that reviewed it.';
comment on column wellkept.links_review.actor is 'personal: the display name of who did.';
comment on column wellkept.links_review.at is 'housekeeping: when.';
comment on column wellkept.links_review.on_day is 'housekeeping: on which day where the operator works.';
comment on column wellkept.links_review.until is 'public: the last day on which the review counts, a year later at most.';
comment on column wellkept.links_review.met is 'housekeeping: which of the five criteria are met.';
comment on column wellkept.links_review.source is 'housekeeping: what was found of its source.';
comment on column wellkept.links_review.content is 'housekeeping: what was found of its content.';
comment on column wellkept.links_review.workability is 'housekeeping: what was found of how it works.';
comment on column wellkept.links_review.design is 'housekeeping: what was found of its graphics and design.';
comment on column wellkept.links_review.scope is 'housekeeping: what was found of its scope.';
comment on column wellkept.links_review.refusing is 'housekeeping: which refusing criteria apply; one refuses.';
comment on column wellkept.links_review.refusing_words is 'housekeeping: why they apply.';
comment on column wellkept.links_review.agrees is 'housekeeping: whether all five are met and nothing refuses.';

create table wellkept.links_check (
  id bigint generated always as identity primary key,
  link uuid not null references wellkept.links_link,
  what text not null check (what in ('page', 'policy')),
  at timestamptz not null default clock_timestamp(),
  result text not null check (result in ('fine', 'changed', 'moved', 'redirected', 'unreachable', 'missing', 'certificate', 'forbidden')),
  status int check (status between 100 and 999),
  leads_to text check (length(leads_to) <= 500),
  digest bytea check (length(digest) = 32)
);
create index links_check_link on wellkept.links_check (link, what, id desc);
comment on table wellkept.links_check is 'housekeeping: what a look at a page and at its policy found; kept for 400 days.';
comment on column wellkept.links_check.id is 'housekeeping: the number of the row.';
comment on column wellkept.links_check.link is 'housekeeping: the link.';
comment on column wellkept.links_check.what is 'housekeeping: the page, or its policy.';
comment on column wellkept.links_check.at is 'housekeeping: when.';
comment on column wellkept.links_check.result is 'housekeeping: what was found.';
comment on column wellkept.links_check.status is 'housekeeping: the status it answered with.';
comment on column wellkept.links_check.leads_to is 'housekeeping: where it sends on to, as it said.';
comment on column wellkept.links_check.digest is 'housekeeping: SHA-256 of its words.';

grant select, insert on wellkept.links_link, wellkept.links_review to {gate};
grant update (withdrawn_at, withdrawn_by, withdrawn_actor, withdrawn_why, page_digest, policy_digest) on wellkept.links_link to {gate};
grant select, insert, delete on wellkept.links_check to {gate};

-- The privacy officer whose open session this is, and who has signed what officers sign. Nobody else: three nulls.
create function wellkept.links_officer(p_secret bytea, out account uuid, out actor text, out occasion uuid)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  select s.account_id, coalesce(s.actor, 'Privacy office'), s.occasion into account, actor, occasion from wellkept.accounts_session s
   where s.secret_hash = p_secret and s.expires > now() and s.seen > now() - s.idle and s.role = 'privacy_officer'
     and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement');
end $$;

-- What the last looks at a page or its policy say: null where nothing is amiss. A page that sends on to another site, shows a
-- faulty certificate or lies where nobody may look suspends the link at once; one that does not answer, the second time in a
-- row; one whose words or place changed, 14 days after that was first seen.
create function wellkept.links_trouble(p_link uuid, p_what text, out result text, out since timestamptz, out suspends boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_last wellkept.links_check;
  v_before text;
begin
  suspends := false;
  select * into v_last from wellkept.links_check c where c.link = p_link and c.what = p_what order by c.id desc limit 1;
  if not found or v_last.result = 'fine' then return; end if;
  result := v_last.result;
  select min(c.at) into since from wellkept.links_check c
   where c.link = p_link and c.what = p_what and c.result <> 'fine'
     and c.id > coalesce((select max(f.id) from wellkept.links_check f where f.link = p_link and f.what = p_what and f.result = 'fine'), 0);
  select c.result into v_before from wellkept.links_check c
   where c.link = p_link and c.what = p_what and c.id < v_last.id order by c.id desc limit 1;
  suspends := case
    when result in ('redirected', 'certificate', 'forbidden') then true
    when result in ('unreachable', 'missing') and v_before in ('unreachable', 'missing') then true
    else since < now() - interval '14 days' end;
end $$;

-- Where an entry stands now. Only 'standing' renders.
create function wellkept.links_state(p_link uuid, out state text, out reviewed_on date, out until date)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  l wellkept.links_link;
  v_day date := wellkept.access_day(now());
  v_yes int;
  v_no int;
begin
  select * into l from wellkept.links_link x where x.id = p_link;
  select count(*) filter (where r.agrees), count(*) filter (where not r.agrees), max(r.on_day), min(r.until)
    into v_yes, v_no, reviewed_on, until from wellkept.links_review r where r.link = p_link;
  state := case
    when l.id is null then null
    when l.withdrawn_at is not null then 'withdrawn'
    when v_no > 0 then 'refused'
    when v_yes < 2 then 'waiting'
    when exists (select 1 from wellkept.links_link n where n.key = l.key and n.edition > l.edition and coalesce(n.agreement_from, v_day) <= v_day
                       and wellkept.links_approved(n.id)) then 'replaced'
    when v_day is null or until < v_day then 'expired'
    when l.kind = 'partner' and v_day < l.agreement_from then 'not begun'
    when l.kind = 'partner' and v_day > l.agreement_until then 'ended'
    when (select t.suspends from wellkept.links_trouble(p_link, 'page') t) or (select t.suspends from wellkept.links_trouble(p_link, 'policy') t) then 'suspended'
    else 'standing' end;
end $$;

-- Whether two different reviewers have agreed and nobody refused.
create function wellkept.links_approved(p_link uuid) returns boolean
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return (select count(*) filter (where r.agrees) >= 2 and count(*) filter (where not r.agrees) = 0 from wellkept.links_review r where r.link = p_link);
end $$;

-- What pages may say of these keys, or of every link that stands where no key is asked for. Of one that does not stand: its title alone.
create function wellkept.links_named(p_keys text[])
returns table (key text, title text, stands boolean, address text, policy_address text, owner text, kind text, is_health_content boolean,
  sponsor text, collector text, agreement_until date, mark_allowed boolean, reviewed_on date, until date, checked_at timestamptz, marked boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  with newest as (
    select distinct on (l.key) l.*, s.state = 'standing' as here, s.reviewed_on as seen_on, s.until as ends_on
      from wellkept.links_link l, wellkept.links_state(l.id) s
     where p_keys is null or l.key = any (p_keys[1:200])
     order by l.key, s.state = 'standing' desc, l.edition desc
  )
  select n.key, n.title, n.here, case when n.here then n.address end, case when n.here then n.policy_address end,
         case when n.here then n.owner end, case when n.here then n.kind end, n.here and n.is_health_content, case when n.here then n.sponsor end,
         case when n.here then n.collector end, case when n.here then n.agreement_until end, n.here and n.mark_allowed,
         case when n.here then n.seen_on end, case when n.here then n.ends_on end,
         case when n.here then (select max(c.at) from wellkept.links_check c where c.link = n.id and c.what = 'page') end,
         n.here and exists (select 1 from unnest('{page,policy}'::text[]) w, wellkept.links_trouble(n.id, w) t where t.result is not null)
    from newest n where n.here or p_keys is not null order by lower(n.title), n.key limit 1000;
end $$;

-- The register as officers see it: one entry, or all with the newest editions first. Who reviewed is told, by which account is not.
create function wellkept.links_entries(p_secret bytea, p_link uuid)
returns table (id uuid, key text, edition int, title text, address text, policy_address text, owner text, kind text, is_health_content boolean,
  sponsor text, agreement text, agreement_from date, agreement_until date, collector text, mark_allowed boolean, proposed_at timestamptz,
  proposed_actor text, withdrawn_at timestamptz, withdrawn_actor text, withdrawn_why text, state text, reviewed_on date, until date,
  agreed bigint, mine boolean, page_trouble text, policy_trouble text, trouble_since timestamptz, checked_at timestamptz)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
declare
  v_account uuid;
begin
  select o.account into v_account from wellkept.links_officer(p_secret) o;
  if v_account is null then return; end if;
  return query
  select l.id, l.key, l.edition, l.title, l.address, l.policy_address, l.owner, l.kind, l.is_health_content, l.sponsor, l.agreement,
         l.agreement_from, l.agreement_until, l.collector, l.mark_allowed, l.proposed_at, l.proposed_actor, l.withdrawn_at, l.withdrawn_actor,
         l.withdrawn_why, s.state, s.reviewed_on, s.until,
         (select count(*) from wellkept.links_review r where r.link = l.id and r.agrees),
         exists (select 1 from wellkept.links_review r where r.link = l.id and r.account = v_account),
         p.result, q.result, least(p.since, q.since), (select max(c.at) from wellkept.links_check c where c.link = l.id)
    from wellkept.links_link l, wellkept.links_state(l.id) s, wellkept.links_trouble(l.id, 'page') p, wellkept.links_trouble(l.id, 'policy') q
   where p_link is null or l.id = p_link or l.key = (select x.key from wellkept.links_link x where x.id = p_link)
   order by l.proposed_at desc, l.id limit 1000;
end $$;

-- The reviews of an entry, for officers.
create function wellkept.links_reviews(p_secret bytea, p_link uuid)
returns table (actor text, at timestamptz, until date, met text[], source text, content text, workability text, design text, scope text,
  refusing text[], refusing_words text, agrees boolean, mine boolean)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select r.actor, r.at, r.until, r.met, r.source, r.content, r.workability, r.design, r.scope, r.refusing, r.refusing_words, r.agrees,
         r.account = o.account
    from wellkept.links_officer(p_secret) o, wellkept.links_review r
   where o.account is not null and r.link = p_link order by r.at;
end $$;

-- The last looks at an entry's page and policy, for officers.
create function wellkept.links_checks(p_secret bytea, p_link uuid)
returns table (what text, at timestamptz, result text, status int, leads_to text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select c.what, c.at, c.result, c.status, c.leads_to from wellkept.links_officer(p_secret) o, wellkept.links_check c
   where o.account is not null and c.link = p_link order by c.id desc limit 20;
end $$;

-- Proposes an entry: a new key, or the next edition of one. False for whoever is no officer.
create function wellkept.links_propose(
  p_secret bytea, p_id uuid, p_key text, p_title text, p_address text, p_policy_address text, p_owner text, p_kind text, p_is_health_content boolean,
  p_sponsor text, p_agreement text, p_agreement_from date, p_agreement_until date, p_collector text, p_mark_allowed boolean
) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  o record;
begin
  select * into o from wellkept.links_officer(p_secret);
  if o.account is null then return false; end if;
  if num_nulls(p_id, p_key, p_title, p_address, p_policy_address, p_owner, p_kind, p_is_health_content, p_mark_allowed) > 0 then
    raise check_violation using message = 'a link needs a key, a title, both addresses, an owner and a kind';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('link ' || p_key, 0));
  insert into wellkept.links_link (id, key, edition, title, address, policy_address, owner, kind, is_health_content, sponsor, agreement,
    agreement_from, agreement_until, collector, mark_allowed, proposed_by, proposed_actor)
  values (p_id, p_key, (select coalesce(max(l.edition), 0) + 1 from wellkept.links_link l where l.key = p_key), p_title, p_address,
    p_policy_address, p_owner, p_kind, p_is_health_content, p_sponsor, p_agreement, p_agreement_from, p_agreement_until, p_collector,
    p_mark_allowed, o.account, o.actor);
  perform wellkept.ledger_write('link proposed', o.occasion, o.account, 'privacy_officer', o.actor, '{}', null, '{}', false, p_key, 'U-35');
  return true;
end $$;

-- Writes the session's own review of an entry that waits for one: 'done', or 'no officer', 'twice', 'not waiting'. The second that
-- agrees approves; what was seen of the page by then is what later looks are compared with.
create function wellkept.links_review(
  p_secret bytea, p_link uuid, p_met text[], p_words text[], p_refusing text[], p_refusing_words text, p_until date
) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  o record;
  l wellkept.links_link;
begin
  select * into o from wellkept.links_officer(p_secret);
  if o.account is null then return 'no officer'; end if;
  if num_nulls(p_met, p_words, p_refusing, p_until) > 0 then
    raise check_violation using message = 'a review needs its answers, its words and a day on which it ends';
  end if;
  select * into l from wellkept.links_link x where x.id = p_link for update;
  if not found then return 'not waiting'; end if;
  if exists (select 1 from wellkept.links_review r where r.link = p_link and r.account = o.account) then return 'twice'; end if;
  if (select s.state from wellkept.links_state(p_link) s) <> 'waiting' then return 'not waiting'; end if;
  insert into wellkept.links_review (link, account, actor, on_day, until, met, source, content, workability, design, scope, refusing, refusing_words)
  values (p_link, o.account, o.actor, wellkept.access_day(now()), p_until, p_met, p_words[1], p_words[2], p_words[3], p_words[4], p_words[5],
    p_refusing, p_refusing_words);
  if wellkept.links_approved(p_link) then
    update wellkept.links_link x set
      page_digest = (select c.digest from wellkept.links_check c where c.link = p_link and c.what = 'page' order by c.id desc limit 1),
      policy_digest = (select c.digest from wellkept.links_check c where c.link = p_link and c.what = 'policy' order by c.id desc limit 1)
     where x.id = p_link;
  end if;
  perform wellkept.ledger_write('link reviewed', o.occasion, o.account, 'privacy_officer', o.actor, '{}', null, '{}', false, l.key, 'U-35');
  return 'done';
end $$;

-- Withdraws an entry at once; one officer is enough to take a link away. False where there was nothing to withdraw.
create function wellkept.links_withdraw(p_secret bytea, p_link uuid, p_why text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  o record;
  v_key text;
begin
  select * into o from wellkept.links_officer(p_secret);
  if o.account is null or coalesce(length(btrim(p_why)), 0) < 3 then return false; end if;
  update wellkept.links_link l set withdrawn_at = now(), withdrawn_by = o.account, withdrawn_actor = o.actor, withdrawn_why = left(btrim(p_why), 1000)
   where l.id = p_link and l.withdrawn_at is null returning l.key into v_key;
  if not found then return false; end if;
  perform wellkept.ledger_write('link withdrawn', o.occasion, o.account, 'privacy_officer', o.actor, '{}', null, '{}', false, v_key, 'U-35');
  return true;
end $$;

-- Which entries to look at: those that stand, are suspended or wait, not looked at for 20 hours, the longest ago first.
create function wellkept.links_due(p_limit int) returns table (id uuid, address text, policy_address text)
language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin
  return query
  select l.id, l.address, l.policy_address from wellkept.links_link l, wellkept.links_state(l.id) s,
         lateral (select max(c.at) as at from wellkept.links_check c where c.link = l.id) seen
   where s.state in ('waiting', 'standing', 'suspended', 'not begun') and (seen.at is null or seen.at < now() - interval '20 hours')
   order by seen.at nulls first, l.id limit least(p_limit, 200);
end $$;

-- Writes what a look found. Words that differ from those that were approved are a change, and so are words that can no longer be read;
-- the first seen after approval are kept to compare.
create function wellkept.links_note(p_link uuid, p_what text, p_result text, p_status int, p_leads_to text, p_digest bytea) returns text
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  v_kept bytea;
  v_result text := p_result;
begin
  select case p_what when 'page' then l.page_digest else l.policy_digest end into strict v_kept from wellkept.links_link l where l.id = p_link for update;
  if p_result = 'fine' and v_kept is not null and v_kept is distinct from p_digest then v_result := 'changed'; end if;
  if p_result = 'fine' and v_kept is null and p_digest is not null and wellkept.links_approved(p_link) then
    update wellkept.links_link l set
      page_digest = case p_what when 'page' then p_digest else l.page_digest end,
      policy_digest = case p_what when 'policy' then p_digest else l.policy_digest end
     where l.id = p_link;
  end if;
  insert into wellkept.links_check (link, what, result, status, leads_to, digest)
  values (p_link, p_what, v_result, p_status, left(p_leads_to, 500), p_digest);
  delete from wellkept.links_check c where c.at < now() - interval '400 days';
  return v_result;
end $$;

revoke execute on function wellkept.links_officer, wellkept.links_trouble, wellkept.links_state, wellkept.links_approved, wellkept.links_named, wellkept.links_entries, wellkept.links_reviews, wellkept.links_checks, wellkept.links_propose, wellkept.links_review, wellkept.links_withdraw, wellkept.links_due, wellkept.links_note from public;
grant execute on function wellkept.links_officer, wellkept.links_trouble, wellkept.links_state, wellkept.links_approved to {gate};
grant execute on function wellkept.links_named, wellkept.links_entries, wellkept.links_reviews, wellkept.links_checks, wellkept.links_propose, wellkept.links_review, wellkept.links_withdraw to {web};
grant execute on function wellkept.links_due, wellkept.links_note to {jobs};

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.links_officer owner to {gate};
alter function wellkept.links_trouble owner to {gate};
alter function wellkept.links_state owner to {gate};
alter function wellkept.links_approved owner to {gate};
alter function wellkept.links_named owner to {gate};
alter function wellkept.links_entries owner to {gate};
alter function wellkept.links_reviews owner to {gate};
alter function wellkept.links_checks owner to {gate};
alter function wellkept.links_propose owner to {gate};
alter function wellkept.links_review owner to {gate};
alter function wellkept.links_withdraw owner to {gate};
alter function wellkept.links_due owner to {gate};
alter function wellkept.links_note owner to {gate};

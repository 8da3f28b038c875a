-- The history of each promise: from which failed try to which held one a control was broken, and how it was mended.
-- The role proof writes the spans beside the tries they come from; people write how something was mended, by a function.

alter table wellkept.proof_run add column next_at timestamptz;
create index proof_run_began on wellkept.proof_run (began desc);
comment on column wellkept.proof_run.next_at is 'public: when the next round is due; null where none was planned.';

create table wellkept.proof_span (
  id bigint generated always as identity primary key,
  control text not null,
  began timestamptz not null,
  began_in uuid not null references wellkept.proof_run (id),
  ended timestamptz check (ended >= began),
  ended_in uuid references wellkept.proof_run (id),
  check ((ended is null) = (ended_in is null))
);
-- A control is broken once at a time.
create unique index proof_span_open on wellkept.proof_span (control) where ended is null;
create index proof_span_control on wellkept.proof_span (control, began desc);
create index proof_span_ended on wellkept.proof_span (ended);
comment on table wellkept.proof_span is 'public: from the first try that failed to the first round that held again.';
comment on column wellkept.proof_span.id is 'public: the number of the row.';
comment on column wellkept.proof_span.control is 'public: what did not hold.';
comment on column wellkept.proof_span.began is 'public: when the first try failed.';
comment on column wellkept.proof_span.began_in is 'housekeeping: the round of that try.';
comment on column wellkept.proof_span.ended is 'public: when every try of a round held again; null while none did.';
comment on column wellkept.proof_span.ended_in is 'housekeeping: the round in which it ended.';

create table wellkept.proof_mended (
  id bigint generated always as identity primary key,
  span bigint not null references wellkept.proof_span (id),
  words text not null check (length(words) between 10 and 600),
  role text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp()
);
create index proof_mended_span on wellkept.proof_mended (span, id desc);
comment on table wellkept.proof_mended is 'public: how something was mended, as a person wrote it. Later words stand before earlier ones.';
comment on column wellkept.proof_mended.id is 'housekeeping: the number of the row.';
comment on column wellkept.proof_mended.span is 'public: what was mended.';
comment on column wellkept.proof_mended.words is 'public: how, for anyone to read.';
comment on column wellkept.proof_mended.role is 'public: in what capacity they wrote it.';
comment on column wellkept.proof_mended.actor is 'housekeeping: who wrote it. No page can read it.';
comment on column wellkept.proof_mended.at is 'public: when.';

-- Rounds from before this table: each stretch of rounds that failed becomes a span.
with rounds as (
  select t.control, t.run, bool_and(t.held) as held, min(t.at) filter (where not t.held) as failed, max(t.at) as at
    from wellkept.proof_try t group by t.control, t.run
), marked as (
  select r.*, lag(r.held) over (partition by r.control order by r.at) as before from rounds r
)
insert into wellkept.proof_span (control, began, began_in, ended, ended_in)
select m.control, m.failed, m.run, h.at, h.run from marked m
  left join lateral (
    select r.at, r.run from rounds r where r.control = m.control and r.held and r.at > m.at order by r.at limit 1) h on true
 where not m.held and coalesce(m.before, true);

-- Somebody of the privacy office or of administration says how a span that has ended was mended. Returns whether one had.
create function wellkept.proof_mend(p_secret bytea, p_span bigint, p_words text) returns boolean
language plpgsql security definer set search_path = wellkept, pg_temp as $$
declare
  w record;
begin
  select * into w from wellkept.gate_who(p_secret);
  if w.account is null or w.role not in ('privacy_officer', 'administrator')
     or not wellkept.consent_acknowledged(w.account, w.role, 'agreement') then
    raise insufficient_privilege using message = 'only the privacy office and administration say how something was mended';
  end if;
  insert into wellkept.proof_mended (span, words, role, actor)
    select s.id, btrim(p_words), w.role, w.actor from wellkept.proof_span s where s.id = p_span and s.ended is not null and length(btrim(p_words)) > 0;
  return found;
end $$;

grant select, insert on wellkept.proof_span to {proof};
grant update (ended, ended_in) on wellkept.proof_span to {proof};
grant update (next_at) on wellkept.proof_run to {proof};
grant select on wellkept.proof_span to {web}, {gate};
grant select (id, span, words, role, at) on wellkept.proof_mended to {web}, {proof};
grant insert on wellkept.proof_mended to {gate};
revoke execute on function wellkept.proof_mend from public;
grant execute on function wellkept.proof_mend to {web};
alter function wellkept.proof_mend owner to {gate};

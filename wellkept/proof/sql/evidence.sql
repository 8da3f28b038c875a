-- Evidence: what was tried, when, and what came of it. The role proof alone writes it, and only by adding.

create table wellkept.proof_run (
  id uuid primary key,
  began timestamptz not null default clock_timestamp(),
  ended timestamptz,
  policy_version text not null,
  program_version text not null
);
comment on table wellkept.proof_run is 'public: one round of tries.';
comment on column wellkept.proof_run.id is 'housekeeping: the round.';
comment on column wellkept.proof_run.began is 'public: when it began.';
comment on column wellkept.proof_run.ended is 'public: when it ended; null when it was cut short.';
comment on column wellkept.proof_run.policy_version is 'public: the version of the policy it tried.';
comment on column wellkept.proof_run.program_version is 'public: the version of the program it tried.';

create table wellkept.proof_try (
  id bigint generated always as identity primary key,
  run uuid not null references wellkept.proof_run (id),
  control text not null,
  name text not null,
  sentence text not null,
  outcome text not null,
  held boolean not null,
  at timestamptz not null default clock_timestamp()
);
create index proof_try_control on wellkept.proof_try (control, at desc);
create index proof_try_run on wellkept.proof_try (run, control);
comment on table wellkept.proof_try is 'public: one way to break a promise, tried on made-up people.';
comment on column wellkept.proof_try.id is 'housekeeping: the number of the row.';
comment on column wellkept.proof_try.run is 'housekeeping: the round.';
comment on column wellkept.proof_try.control is 'public: what was tried.';
comment on column wellkept.proof_try.name is 'public: the try in a few words.';
comment on column wellkept.proof_try.sentence is 'public: what we did, for anyone to read.';
comment on column wellkept.proof_try.outcome is 'public: what came of it, in one word or two.';
comment on column wellkept.proof_try.held is 'public: whether the control held.';
comment on column wellkept.proof_try.at is 'public: when.';

grant select, insert on wellkept.proof_run, wellkept.proof_try to {proof};
grant update (ended) on wellkept.proof_run to {proof};
grant select on wellkept.proof_run, wellkept.proof_try to {web};

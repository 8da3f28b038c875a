-- What the worker of jobs may do, and what the gate may: put a job into the queue. No door has any part in the queue.

grant select, insert, update, delete on wellkept.procrastinate_jobs, wellkept.procrastinate_periodic_defers to {jobs};
grant select, insert, delete on wellkept.procrastinate_events to {jobs};
grant select, insert, update, delete on wellkept.procrastinate_workers to {jobs};
grant usage on sequence wellkept.procrastinate_jobs_id_seq, wellkept.procrastinate_periodic_defers_id_seq, wellkept.procrastinate_events_id_seq to {jobs};
grant execute on function wellkept.procrastinate_defer_jobs_v1, wellkept.procrastinate_defer_periodic_job_v2, wellkept.procrastinate_fetch_job_v2,
  wellkept.procrastinate_finish_job_v1, wellkept.procrastinate_retry_job_v2, wellkept.procrastinate_cancel_job_v1, wellkept.procrastinate_register_worker_v1,
  wellkept.procrastinate_unregister_worker_v1, wellkept.procrastinate_update_heartbeat_v1, wellkept.procrastinate_prune_stalled_workers_v1 to {jobs};

grant insert, select on wellkept.procrastinate_jobs to {gate};
grant insert on wellkept.procrastinate_events to {gate};
grant usage on sequence wellkept.procrastinate_jobs_id_seq, wellkept.procrastinate_events_id_seq to {gate};
grant execute on function wellkept.procrastinate_defer_jobs_v1 to {gate};

-- Whoever asks for an access code starts the job that answers. Its only argument is the number of the request.
create function wellkept.accounts_start_answer() returns trigger
language plpgsql security definer set search_path = wellkept, pg_temp as $$
begin
  perform wellkept.procrastinate_defer_jobs_v1(array[
    row('default', 'accounts.answer', 0, null, null, jsonb_build_object('registration', new.id), null)::wellkept.procrastinate_job_to_defer_v1]);
  return new;
end $$;
revoke execute on function wellkept.accounts_start_answer from public;
create trigger accounts_registration_answer after insert on wellkept.accounts_registration
  for each row execute function wellkept.accounts_start_answer();

-- Ownership last: afterwards these are no longer the owner's to grant.
alter function wellkept.accounts_start_answer owner to {gate};

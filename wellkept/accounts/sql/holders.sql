-- Whoever holds an account is somebody, also where no file names them: a member is the person, everybody else is themself alone.
-- Sessions from before say nothing of their holder: they end, and everybody signs in once more.
update wellkept.accounts_account set holder = person_id where person_id is not null;
delete from wellkept.accounts_session;

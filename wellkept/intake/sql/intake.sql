-- Intake's own tables. No door reads them.
grant select, insert, update on wellkept.intake_file, wellkept.intake_set to {intake};
grant select, insert on wellkept.intake_setaside to {intake};
grant select, insert, update, delete on wellkept.intake_staged to {intake};
grant select, insert on wellkept.intake_mark to {intake};
grant usage on sequence wellkept.intake_setaside_id_seq, wellkept.intake_staged_id_seq, wellkept.intake_set_id_seq to {intake};

-- As lock_protect does for the columns that were there before: EXPLAIN tells nothing of them.
alter table wellkept.benefits_claim alter column account set statistics 0, alter column by_npi set statistics 0,
  alter column payer_numbers set statistics 0, alter column joined set statistics 0;

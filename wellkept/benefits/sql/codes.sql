-- Lists of reason codes: business data, no person's. Pages read them, files bring them.
grant select on wellkept.benefits_reasoncode to {web}, {jobs};
grant select, insert, update on wellkept.benefits_reasoncode to {intake};
grant usage on sequence wellkept.benefits_reasoncode_id_seq to {intake};

-- What plans pay for stands in a public schedule: readable without an opening, written by intake alone.
grant select on wellkept.organisations_terms to {web}, {jobs};
grant select, insert, update on wellkept.organisations_terms to {intake};

-- Rosters, places of ZIP codes and booklets of plans are business data: readable without an opening, written by intake alone.
create index organisations_office_words on wellkept.organisations_office using gin (to_tsvector('simple', search));
grant select on wellkept.organisations_office, wellkept.organisations_place, wellkept.organisations_booklet to {web};
grant select, insert, update, delete on wellkept.organisations_office to {intake};
grant select, insert, update on wellkept.organisations_place, wellkept.organisations_booklet to {intake};

-- Plans and providers stand in directories and on cards: readable without an opening, written by intake alone.
grant select on wellkept.organisations_plan, wellkept.organisations_provider to {web}, {jobs};
grant select, insert, update on wellkept.organisations_plan, wellkept.organisations_provider to {intake};

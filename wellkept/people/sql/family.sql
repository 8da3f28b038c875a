-- What of a person the gate may know to decide who is a parent: neither a name nor a number, and of a birth date only the days from
-- which a minor's record is their own.
grant select (person_id, household_id, plan_id, relationship, own_care_on, own_sensitive_on) on wellkept.people_person to {gate};
create policy answered on wellkept.people_person to {gate} using (true);
-- One row a person. The planner counts nothing of this table and goes by its indexes: this one tells it that a person is one row of
-- however many there are, so that it never reads them all to find some.
create unique index people_person_once on wellkept.people_person (person_id);

-- Who is of one household. An index of the locked table by anything but the person would answer before what is held is asked.
create table wellkept.people_household (household_id uuid not null, person_id uuid not null, primary key (household_id, person_id));
comment on table wellkept.people_household is 'personal: the people of each household; read by functions of the gate alone.';
comment on column wellkept.people_household.household_id is 'personal: the subscriber''s household in one plan.';
comment on column wellkept.people_household.person_id is 'personal: somebody in it.';
grant select on wellkept.people_household to {gate};
grant insert on wellkept.people_household to {intake};

-- As lock_protect does for the columns that were there before: EXPLAIN tells nothing of them.
alter table wellkept.people_person alter column own_care_on set statistics 0, alter column own_sensitive_on set statistics 0;

"""Links, their reviews and what looks at them found: made by ``sql/links.sql``, read by its functions alone."""

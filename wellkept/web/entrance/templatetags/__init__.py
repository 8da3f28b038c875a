"""Tags of the entrance's templates."""

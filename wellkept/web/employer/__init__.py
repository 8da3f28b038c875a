"""What a plan sponsor may see: enrolment and totals."""

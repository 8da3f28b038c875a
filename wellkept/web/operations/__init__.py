"""Files, jobs and the health of the installation."""

"""SMART on FHIR and OAuth."""

"""FHIR resources in and out."""

"""What a provider's office sees of the patients it treats."""

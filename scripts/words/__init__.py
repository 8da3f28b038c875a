"""The catalogues of translations, kept in line with what the code says."""

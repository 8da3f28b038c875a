"""X12 005010: tokenizer, envelope rules, declarative maps of 834, 837P, 837I and 835, 999 answers."""

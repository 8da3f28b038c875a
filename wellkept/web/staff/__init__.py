"""Who works here and in what capacity, decided by two people who open no record."""

"""Who of an organisation may come in: invited, renewed and removed by its own administrators."""

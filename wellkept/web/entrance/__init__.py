"""Registration, sign-in, sign-out."""

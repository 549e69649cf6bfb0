"""A session while it runs: consent, the spool, the supervised worker, and what a person takes back."""

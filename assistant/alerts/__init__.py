"""What deserves the facilitator's eye now: rules, one pure function each."""

"""What deserves the facilitator's eye now: rules, one pure function each.

``rules.assess`` runs them all over one utterance; ``memory.remember`` carries forward what later ones need to know.
"""

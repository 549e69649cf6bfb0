"""The review of a closed session: what a clinician corrects, completes, signs and hands out, and the way there."""

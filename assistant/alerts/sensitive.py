"""Which types of disclosure are facts, for the rules about members."""

from __future__ import annotations

from assistant.domain import DisclosureType as T

CLINICAL = frozenset({T.MEDICATION, T.DIAGNOSIS, T.SUBSTANCE, T.FAMILY, T.LEGAL, T.WORK, T.SEXUALITY, T.ABUSE})
SENSITIVE = CLINICAL | {T.ORG, T.LOCATION, T.ADDRESS, T.PHONE, T.EMAIL, T.ID}
"""What counts as a fact: names, dates and ages alone do not."""

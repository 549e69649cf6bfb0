"""Everything at rest, encrypted from the first byte: vault and keys, sessions, the spool, the audit log."""

"""What is private, whose it is, who may read it: detection, ownership, release and redaction."""

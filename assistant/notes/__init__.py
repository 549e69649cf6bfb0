"""One member, one session, one note: the writer, the file, and the last gate."""

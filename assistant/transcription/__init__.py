"""A turn in, words out: local speech recognition, the signs of invented text, and transcripts made elsewhere."""

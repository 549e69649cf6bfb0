"""Gold sessions in, leak and utility figures out."""

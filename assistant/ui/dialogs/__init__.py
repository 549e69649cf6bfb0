"""What opens over the live screen to ask one thing, and goes away again."""

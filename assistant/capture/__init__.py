"""Sound in, turns of speech out: any recording, and where one voice's turn begins and ends."""

"""From a source to everything known about it: a straight line through the rooms, no threads."""

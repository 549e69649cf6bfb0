"""What people see in the terminal. Textual is imported here alone; the rooms below know nothing of screens."""

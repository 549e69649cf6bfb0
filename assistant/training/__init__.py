"""Samples to teach with, in which nobody can be singled out: stand-ins, coarser facts, and a report of what is left."""

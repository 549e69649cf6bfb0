"""A finished note as bytes of one kind of file, proved to hold what the gate read and nothing else."""

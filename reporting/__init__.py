"""ANSWERS → PAPER: the annual evaluation report, written from a published file and nothing else."""

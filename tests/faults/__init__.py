"""Inputs that failed once (`faults/` of the shared data), each with the check that it passes today."""

"""Outlets that misbehave, beside outlets that do not: `python -m tests.hostile` prints what was tried and survived."""

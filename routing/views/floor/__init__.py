"""The floor: what supervisors watch, and what they do about it."""

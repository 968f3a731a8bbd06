"""Advice: an agent asks another one, or whoever of a queue comes first (A 21, B 15.6)."""

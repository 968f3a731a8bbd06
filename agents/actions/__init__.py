"""Writes to people and what they can do: one verb a file."""

"""Checks before publishing: what a configuration can never do, and what nobody could serve."""

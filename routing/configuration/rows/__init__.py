"""Configured rows as pieces."""

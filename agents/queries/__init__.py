"""Reads shaped for pages of people and what they can do."""

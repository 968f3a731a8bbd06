"""Pages of people and what they can do."""

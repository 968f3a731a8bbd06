"""Who can work, when, and how much."""

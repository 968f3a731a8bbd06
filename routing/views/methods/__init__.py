"""Pages of assignment methods."""

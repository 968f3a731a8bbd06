"""Whole configurations as documents: shown, compared, checked and imported."""

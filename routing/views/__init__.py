"""Pages of rules, of versions and of explanations."""

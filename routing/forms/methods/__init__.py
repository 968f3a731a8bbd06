"""Forms of assignment methods: their head, and one rule, criterion or ruleset of them."""

"""Desk and floor pages of an organisation with a million work items, beside a small one's."""

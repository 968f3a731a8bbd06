"""The desk: an agent's offers, work items and conversations, on one page."""

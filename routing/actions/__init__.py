"""People's own moves of work items: one verb a file."""

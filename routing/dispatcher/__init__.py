"""The assignment cycle: load, decide, commit; and the lease of the active router."""

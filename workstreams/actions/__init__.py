"""Writes to workstreams, queues, work items and conversations: one verb a file."""

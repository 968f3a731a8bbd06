"""Workstreams and queues, over HTTP."""

"""Agents and what they are described by, over HTTP."""

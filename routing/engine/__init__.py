"""The routing engine: (compiled configuration, facts, now) -> decisions.

No Django, no clock, no input or output, so that it can be tested with tables and properties,
replayed on recorded decisions and reused by a simulator. Of the apps only `terms` is imported.
"""

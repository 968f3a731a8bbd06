"""The benchmark: rows of figures, each beside a yardstick measured in the same run.

``make bench`` builds a database of its own, so it never touches an organisation's data.
"""

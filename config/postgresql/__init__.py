"""The embedded PostgreSQL: found, prepared, started, reused and stopped without anyone's help.

``place`` knows where it lives, ``programs`` who runs its programs, ``server`` its life.
"""

"""Promises I1 to I7 held against killed, stopped and racing processes of the real product.

``world`` runs a whole product of its own, ``faults`` breaks its parts, ``actor`` is a process
of people whose ``moves`` and ``edits`` a seed draws, ``checker`` and ``watch`` look for broken
promises, ``soak`` does all of it at once. ``decisions`` asks the same of the engine alone.
"""

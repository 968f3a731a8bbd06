"""What a configuration can never do, found without running it.

Everything said here is certain: whatever cannot be decided is not said. So no rule that is
called unreachable ever applies to any item, whatever its fields hold.
"""

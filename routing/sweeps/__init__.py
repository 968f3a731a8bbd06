"""Time acts here. Each file is one duty: ``sweep(*, now, limit) -> int`` does one batch
and returns how many rows it changed; running twice, or twice at once, does no harm.
"""

"""Where work goes when its rules fail."""

from workstreams.models import Queue, Workstream


def queue_after_error(workstream: Workstream) -> Queue:
    """The fallback queue, or the built-in one of the type where that was deleted; no query or 1."""
    fallback = workstream.fallback_queue
    if fallback.deleted_at is None:
        return fallback
    return Queue.objects.get(type=workstream.type, is_default=True)

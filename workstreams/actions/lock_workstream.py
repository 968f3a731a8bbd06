"""Take hold of a workstream that is about to change."""

from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Workstream


def lock_workstream(workstream: Workstream, *, revision: int | None = None) -> Workstream:
    """The row as it is now, locked until the transaction ends.

    Locked against other edits and against deletion, not against new work items. Refuses with
    SavedMeanwhile when it is gone, or no longer has the ``revision`` that the person saw.
    """
    # Lock first, then read: joined rows would be those from before the wait.
    Workstream.objects.select_for_update(no_key=True).filter(pk=workstream.pk).first()
    locked = (
        Workstream.objects.select_related("fallback_queue", "notification_template", "record_type")
        .filter(pk=workstream.pk)
        .first()
    )
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile
    return locked

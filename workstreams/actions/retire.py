"""Take a row out of use that history still names."""

from datetime import datetime
from typing import TypeVar

from django.db.models import CASCADE, Model

from workstreams.models import Queue, Workstream
from workstreams.queries.dependencies import has_history

Row = TypeVar("Row", Workstream, Queue)


def delete_or_retire(row: Row, *, now: datetime, **released: Model | None) -> None:
    """Delete the row where nothing at all refers to it; else keep it, marked as deleted.

    A kept row has lost all that would go with it, and its links: the ``released`` fields are
    set to what they are given as, so that what they named before can be deleted too.
    Call it with the row locked against new links.
    """
    if not has_history(row):
        row.delete()
        return
    _forget_what_belongs_to(row)
    for field, value in released.items():
        setattr(row, field, value)
    row.deleted_at = now
    row.revision += 1
    row.save()


def _forget_what_belongs_to(row: Workstream | Queue) -> None:
    for relation in row._meta.related_objects:
        if relation.many_to_many:
            getattr(row, str(relation.get_accessor_name())).clear()
        elif relation.on_delete is CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: row}).delete()
    for field in row._meta.many_to_many:
        getattr(row, field.name).clear()

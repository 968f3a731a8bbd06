"""Rows that stay for history after they were deleted."""

from collections.abc import Collection
from typing import Final, TypeVar

import pgtrigger
from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
IS_LIVING: Final = "_is_living"

REFUSED: Final = """
IF NEW.{column} IS NULL THEN RETURN NEW; END IF;
IF TG_OP = 'UPDATE' THEN
    IF NEW.{column} = OLD.{column} THEN RETURN NEW; END IF;
END IF;
PERFORM 1 FROM {table} WHERE id = NEW.{column} AND deleted_at IS NULL FOR KEY SHARE;
IF NOT FOUND THEN
    RAISE EXCEPTION '{column} % is deleted', NEW.{column}
    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = '{table}{is_living}';
END IF;
RETURN NEW;
"""


LIVING_QUEUE: Final = """
SELECT 1 FROM workstreams_queue WHERE id = %s AND deleted_at IS NULL FOR KEY SHARE
"""


class LivingManager(models.Manager[Row]):
    """Leaves out what was deleted; links of work items still reach it."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        return super().get_queryset().filter(deleted_at=None)


def only_living(field: str, table: str) -> pgtrigger.Trigger:
    """Refuses new links to a deleted row of ``table``.

    A foreign key would not: the row is still there, and is looked for at the commit only. The
    lock makes a deletion wait for the link, or the link for the deletion.
    """
    return pgtrigger.Trigger(
        name=f"{field}{IS_LIVING}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(f"{field}_id"),  # type: ignore[no-untyped-call]  # it has no types
        func=REFUSED.format(column=f"{field}_id", table=table, is_living=IS_LIVING),
    )


LIVING_QUEUES: Final = """
SELECT id FROM workstreams_queue WHERE id = ANY(%s) AND deleted_at IS NULL
ORDER BY id FOR KEY SHARE
"""


def living_queues(queue_ids: Collection[int]) -> set[int]:
    """Those that are there, locked against their deletion only until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LIVING_QUEUES, [list(queue_ids)])
        return {queue_id for (queue_id,) in cursor.fetchall()}


def is_living_queue(queue_id: int) -> bool:
    """Whether the queue is there, locked against its deletion until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LIVING_QUEUE, [queue_id])
        return cursor.fetchone() is not None

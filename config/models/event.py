"""The append-only feed of everything that changed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pgtrigger
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from config.prepared import prepared_cursor

if TYPE_CHECKING:
    BigInteger = models.BigIntegerField[int, int]
else:
    BigInteger = models.BigIntegerField


COLUMNS: Final = "at, kind, work_item_id, workstream_id, queue_id, agent_id, state, reason, data"
VALUES: Final = """
    %(at)s, %(kind)s, %(work_item_id)s, %(workstream_id)s, %(queue_id)s, %(agent_id)s, %(state)s,
    %(reason)s, %(data)s::jsonb
"""
# Also the end of a statement that changes something and tells of it at once; more ``data`` and a
# FROM may follow.
APPEND: Final = f"INSERT INTO config_event ({COLUMNS}) SELECT {VALUES}"


class Xid8Field(BigInteger):
    """PostgreSQL's 64-bit transaction id."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class Event(models.Model):
    """One fact, written in the same transaction as the change it tells of.

    Readers go by ``(xid, id)`` and stop below the oldest running transaction
    (``config.live.reader``): ids alone become visible out of order. The ids of
    other rows are plain numbers, because an event outlives what it tells of.
    ``state`` and ``reason`` are the work item's after the change, so the last
    event of an item is its present state (promise I6).
    """

    xid = Xid8Field(db_default=RawSQL("pg_current_xact_id()", ()), editable=False)
    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=40)
    work_item_id = models.BigIntegerField(null=True)
    workstream_id = models.BigIntegerField(null=True)
    queue_id = models.BigIntegerField(null=True)
    agent_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, blank=True, db_default="")
    reason = models.CharField(max_length=60, blank=True, db_default="")
    data = models.JSONField(db_default=models.Value({}, models.JSONField()))

    class Meta:
        indexes = [
            # config.live.reader: the feed in order.
            models.Index(fields=["xid", "id"], name="config_event_feed"),
            # The timeline of one work item.
            models.Index(
                fields=["work_item_id", "id"],
                name="config_event_of_work_item",
                condition=models.Q(work_item_id__isnull=False),
            ),
            # The purge of old events.
            models.Index(fields=["at"], name="config_event_at"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @staticmethod
    def of(
        *,
        at: datetime,
        kind: str,
        data: Mapping[str, Any],
        work_item_id: int | None = None,
        workstream_id: int | None = None,
        queue_id: int | None = None,
        agent_id: int | None = None,
        state: str = "",
        reason: str = "",
    ) -> dict[str, Any]:
        """What ``APPEND`` takes."""
        return {
            "at": at,
            "kind": kind,
            "work_item_id": work_item_id,
            "workstream_id": workstream_id,
            "queue_id": queue_id,
            "agent_id": agent_id,
            "state": str(state),
            "reason": str(reason),
            "data": json.dumps(data),
        }

    @staticmethod
    def append(values: Mapping[str, Any]) -> None:
        """Write one down: the most frequent write of all, so a plain statement."""
        with prepared_cursor() as cursor:
            cursor.execute(APPEND, values)

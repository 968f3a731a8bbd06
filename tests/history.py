"""Many work items, closed long ago or waiting, and how many of them are read."""

from django.db import connection

from workstreams.models import WorkItem

CLOSED = 4000
# Less than a part of them: whoever reads these has not read along all.
FEW = CLOSED // 4


def copy_many(item: WorkItem) -> None:
    """So many like it."""
    names = [field.attname for field in WorkItem._meta.concrete_fields]
    same = {name: getattr(item, name) for name in names if name not in ("id", "conversation_key")}
    WorkItem.objects.bulk_create(WorkItem(**same) for _ in range(CLOSED))


def look_again() -> None:
    """Let the planner know of what there is."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE workstreams_workitem")


def rows_read() -> int:
    """Of the table of work items, so far by this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
            " WHERE relname = 'workstreams_workitem'"
        )
        return int(cursor.fetchone()[0])

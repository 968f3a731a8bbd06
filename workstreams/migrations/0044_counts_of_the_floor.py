"""The floor counts what waits and what was closed from indexes alone; they are built without a lock."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("workstreams", "0043_open_items_that_may_overflow"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["closed_at"],
                name="workstreams_item_closed_at",
            ),
        ),
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["queue", "waiting_since", "id"],
                include=["workstream"],
                name="workstreams_item_waiting",
            ),
        ),
        RemoveIndexConcurrently(model_name="workitem", name="workstreams_item_open"),
    ]

"""The floor tells the longest wait from an index alone; it is built without a lock."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("workstreams", "0047_put_back_at"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["queue", "waiting_since", "id"],
                include=["workstream", "put_back_at"],
                name="workstreams_item_waits",
            ),
        ),
        RemoveIndexConcurrently(model_name="workitem", name="workstreams_item_waiting"),
    ]

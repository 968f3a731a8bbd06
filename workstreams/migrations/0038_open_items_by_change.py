"""The inbox reads the open items of a queue that changed last; the index is built without a lock."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("workstreams", "0037_names_after_refusals"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["queue", "-last_activity_at", "-id"],
                name="workstreams_item_open_changed",
            ),
        ),
    ]

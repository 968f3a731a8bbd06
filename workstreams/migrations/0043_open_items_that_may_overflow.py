"""What may overflow is found without what fell back and stays; the index is built without a lock."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("workstreams", "0042_work_that_fell_back")]

    operations = [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("fell_back", False), ("state", "open")),
                fields=["queue", "waiting_since", "id"],
                name="workstreams_item_may_overflow",
            ),
        ),
    ]

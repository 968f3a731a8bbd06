"""Work that fell back to its queue is known there: the queue's overflow is not its own (A 7)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workstreams", "0041_pages_of_visits")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="fell_back",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]

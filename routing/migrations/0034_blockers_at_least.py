"""Whether more may wait for a cause than was asked about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0033_turns_of_queues")]

    operations = [
        migrations.AddField(
            model_name="blocker",
            name="is_at_least",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]

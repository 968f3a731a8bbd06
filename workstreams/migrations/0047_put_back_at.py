"""When work came back from an agent is known, where its turn does not tell."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workstreams", "0046_unfinished_by_customer")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="put_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]

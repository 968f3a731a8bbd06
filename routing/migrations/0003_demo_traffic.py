"""The switch of the demo traffic."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0002_hot_tables")]

    operations = [
        migrations.CreateModel(
            name="DemoTraffic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_on", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="routing_demotraffic_single"
                    )
                ],
            },
        ),
    ]

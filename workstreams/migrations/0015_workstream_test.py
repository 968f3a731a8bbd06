import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workstreams", "0014_bot_conversations")]

    operations = [
        migrations.CreateModel(
            name="WorkstreamTest",
            fields=[
                (
                    "workstream",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="test",
                        serialize=False,
                        to="workstreams.workstream",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
    ]

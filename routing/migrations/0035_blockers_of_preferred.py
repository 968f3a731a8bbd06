"""Work that waits for preferred agents alone has causes of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0034_blockers_at_least")]

    operations = [
        migrations.AlterField(
            model_name="blocker",
            name="cause",
            field=models.CharField(
                choices=[
                    ("no_members", "Queue nobody serves"),
                    ("disabled", "All members disabled"),
                    ("offline", "Nobody signed in"),
                    ("presence", "Presence not allowed"),
                    ("skill", "Skill nobody has"),
                    ("capacity", "Capacity nobody has"),
                    ("full", "All members full"),
                    ("declined", "Declined by everybody"),
                    ("preferred_gone", "No preferred agent serves the queue"),
                    ("preferred_away", "No preferred agent is there"),
                    ("method", "Assignment method finds nobody"),
                    ("not_published", "Not published"),
                ],
                max_length=20,
            ),
        ),
    ]

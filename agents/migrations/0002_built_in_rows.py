"""Presences and the rating model every organisation starts with."""

from django.db import migrations

PRESENCES = [
    ("available", "Available", "available", True),
    ("busy", "Busy", "busy", True),
    ("busy_dnd", "Do not disturb", "busy_dnd", True),
    ("away", "Appear away", "away", True),
    ("offline", "Offline", "offline", True),
    ("inactive", "Inactive", "away", False),
]


def add_rows(apps, schema_editor):
    Presence = apps.get_model("agents", "Presence")
    for name, text, base, agents_may_set in PRESENCES:
        Presence.objects.create(
            name=name, text=text, base=base, is_built_in=True, agents_may_set=agents_may_set
        )
    apps.get_model("agents", "RatingModel").objects.create(
        name="Default rating model", minimum=1, maximum=10
    )
    apps.get_model("agents", "SkillType").objects.create(name="Skill")


class Migration(migrations.Migration):
    dependencies = [("agents", "0001_initial")]

    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]

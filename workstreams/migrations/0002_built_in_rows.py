"""Queues, templates and record types every organisation starts with."""

from django.db import migrations

QUEUES = [
    ("Default messaging queue", "messaging", "highest_capacity"),
    ("Default record queue", "record", "highest_capacity"),
    ("Default voice queue", "voice", "highest_capacity"),
]
TEMPLATES = [
    ("Incoming conversation - default", 120, True),
    ("Incoming record - default", 120, False),
]
RECORD_TYPES = [("case", "Case"), ("email", "E-mail"), ("activity", "Activity")]


def add_rows(apps, schema_editor):
    for name, type_, method in QUEUES:
        apps.get_model("workstreams", "Queue").objects.create(
            name=name, type=type_, assignment_method=method, is_default=True
        )
    for name, seconds, may_decline in TEMPLATES:
        apps.get_model("workstreams", "NotificationTemplate").objects.create(
            name=name, countdown_seconds=seconds, agents_may_decline=may_decline, is_built_in=True
        )
    for name, label in RECORD_TYPES:
        apps.get_model("workstreams", "RecordType").objects.create(
            name=name, label=label, is_built_in=True
        )


class Migration(migrations.Migration):
    dependencies = [("workstreams", "0001_initial")]

    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]

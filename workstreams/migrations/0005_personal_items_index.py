"""Waiting items with a history of their own, oldest first (routing/sql/waiting_items.sql)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workstreams", "0004_floor_indexes")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX workstreams_item_personal "
            "ON workstreams_workitem (waiting_since, id) "
            "WHERE state = 'open' AND is_pushed AND requirement_key LIKE '%:%'",
            "DROP INDEX workstreams_item_personal",
        ),
    ]

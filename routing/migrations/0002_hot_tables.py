"""The lease row, and room on the pages of rows that change all the time."""

from django.db import migrations

ROOM = "ALTER TABLE {} SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01)"
NO_ROOM = "ALTER TABLE {} RESET (fillfactor, autovacuum_vacuum_scale_factor)"
HOT_TABLES = [
    "routing_agentload",
    "routing_profileload",
    "routing_queueturn",
    "routing_assignment",
    "routing_routerlease",
    "workstreams_workitem",
]


class Migration(migrations.Migration):
    dependencies = [("routing", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO routing_routerlease (id, holder, epoch, expires_at) "
            "VALUES (1, '', 0, '2000-01-01Z')",
            migrations.RunSQL.noop,
        ),
        *[migrations.RunSQL(ROOM.format(t), NO_ROOM.format(t)) for t in HOT_TABLES],
    ]

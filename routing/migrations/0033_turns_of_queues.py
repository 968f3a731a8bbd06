"""Turns are found by queue with their unique index: a second one of the queue is one too many."""

from django.db import migrations, models

# The name that Django gave the index of this column.
OLD = "routing_queueturn_queue_id_1fa94e51"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("routing", "0032_read_until")]

    operations = [
        # Only the index: altering the field would check its key against all turns anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="queueturn",
                    name="queue",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=models.deletion.CASCADE,
                        related_name="turns",
                        to="workstreams.queue",
                    ),
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {OLD}",
                    f"CREATE INDEX CONCURRENTLY {OLD} ON routing_queueturn (queue_id)",
                )
            ],
        ),
    ]

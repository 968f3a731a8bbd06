"""One index of agents' work items in place of two: every move of an item writes into all it is in.

Built and dropped without a lock.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

# The name that Django gave the index of this column.
OLD = "workstreams_workitem_agent_id_d49a8c31"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("workstreams", "0039_inbox_views")]

    operations = [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("agent__isnull", False)),
                fields=["agent", "state"],
                name="workstreams_item_by_agent",
            ),
        ),
        RemoveIndexConcurrently(model_name="workitem", name="workstreams_item_held"),
        # Only the index: altering the field would check its key against all items anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="workitem",
                    name="agent",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=models.deletion.PROTECT,
                        related_name="items",
                        to="agents.agent",
                    ),
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {OLD}",
                    f"CREATE INDEX CONCURRENTLY {OLD} ON workstreams_workitem (agent_id)",
                )
            ],
        ),
    ]

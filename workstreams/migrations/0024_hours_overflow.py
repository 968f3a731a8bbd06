"""Queues that have operating hours already say what happens outside them: work waits."""

from django.db import migrations

FILL = """
INSERT INTO workstreams_overflowrule (queue_id, condition, action, position)
SELECT id, 'out_of_operating_hours', 'assign_anyway', 1
FROM workstreams_queue WHERE operating_hours_id IS NOT NULL AND deleted_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [("workstreams", "0023_queue_overflow")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]

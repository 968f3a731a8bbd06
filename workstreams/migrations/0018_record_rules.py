"""What records promise, and the list of unrouted ones; built without locks."""

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    ValidateConstraint,
)
from django.db import migrations, models

import workstreams.terms

ONE_OF_RECORD = """
CREATE UNIQUE INDEX CONCURRENTLY workstreams_workitem_one_of_record
ON workstreams_workitem (record_id) WHERE NOT state = 'closed'
"""
NOT_ANY_MORE = "DROP INDEX CONCURRENTLY workstreams_workitem_one_of_record"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("workstreams", "0017_routed_records")]

    operations = [
        AddIndexConcurrently(
            model_name='record',
            index=models.Index(condition=models.Q(('is_active', True), models.Q(('routing', workstreams.terms.RecordRouting['ROUTED']), _negated=True)), fields=['-id'], name='workstreams_record_unrouted'),
        ),
        AddConstraintNotValid(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('is_active', False), ('closed_as', ''), _connector='OR'), name='workstreams_record_active_has_no_end'),
        ),
        ValidateConstraint(
            model_name="record", name="workstreams_record_active_has_no_end"
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(ONE_OF_RECORD, NOT_ANY_MORE)],
            state_operations=[
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.UniqueConstraint(condition=models.Q(('state', workstreams.terms.ItemState['CLOSED']), _negated=True), fields=('record',), name='workstreams_workitem_one_of_record'),
        ),
            ],
        ),
    ]

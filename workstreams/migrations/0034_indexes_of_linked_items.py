"""Work items are in an index of what they are linked to only if they are linked.

Every move of an item writes an entry into every index it is in, and most items have no record, no
case and no bot. The indexes are built and dropped without a lock.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

import workstreams.terms

# The names that Django gave the indexes of these columns.
OLD_NAMES = {
    "channel_instance": "workstreams_workitem_channel_instance_id_998f7909",
    "last_agent": "workstreams_workitem_last_agent_id_5c7d1ee7",
    "bot": "workstreams_workitem_bot_id_a5e7c0f8",
    "contact": "workstreams_workitem_contact_id_df0ff67d",
    "account": "workstreams_workitem_account_id_882cbd3e",
    "case": "workstreams_workitem_case_id_76664db5",
    "record": "workstreams_workitem_record_id_38b1d21f",
}
FIELDS = {
    "channel_instance": models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.deletion.PROTECT, related_name='items', to='workstreams.channelinstance'),
    "last_agent": models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.deletion.PROTECT, related_name='+', to='agents.agent'),
    "bot": models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.deletion.PROTECT, related_name='items', to='workstreams.bot'),
    "contact": models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.deletion.SET_NULL, related_name='items', to='workstreams.contact'),
    "account": models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.deletion.SET_NULL, related_name='items', to='workstreams.account'),
    "case": models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.deletion.SET_NULL, related_name='conversations', to='workstreams.record'),
    "record": models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.deletion.SET_NULL, related_name='items', to='workstreams.record'),
}


def with_partial_index(field):
    old = OLD_NAMES[field]
    return [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(condition=models.Q((f"{field}__isnull", False)), fields=[field], name=f"workstreams_item_by_{field.removeprefix('channel_')}"),
        ),
        # Only the index: altering the field would check its key against all items anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name="workitem", name=field, field=FIELDS[field])
            ],
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {old}",
                    f"CREATE INDEX CONCURRENTLY {old} ON workstreams_workitem ({field}_id)",
                )
            ],
        ),
    ]


ONE_OF_RECORD = "workstreams_workitem_one_of_record"
SAME = models.UniqueConstraint(condition=models.Q(('record__isnull', False), models.Q(('state', workstreams.terms.ItemState['CLOSED']), _negated=True)), fields=('record',), name=ONE_OF_RECORD)
BUILD = """
CREATE UNIQUE INDEX CONCURRENTLY workstreams_workitem_new_one_of_record
ON workstreams_workitem (record_id) WHERE {}
"""
SWAP = [
    f"DROP INDEX CONCURRENTLY {ONE_OF_RECORD}",
    f"ALTER INDEX workstreams_workitem_new_one_of_record RENAME TO {ONE_OF_RECORD}",
]
UNFINISHED = "NOT (state::text = 'closed'::text)"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("workstreams", "0033_consults_that_hold_capacity")]

    operations = [
        *[operation for field in FIELDS for operation in with_partial_index(field)],
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="workitem", name=ONE_OF_RECORD),
                migrations.AddConstraint(model_name="workitem", constraint=SAME),
            ],
            database_operations=[
                migrations.RunSQL(
                    [BUILD.format(f"record_id IS NOT NULL AND {UNFINISHED}"), *SWAP],
                    [BUILD.format(UNFINISHED), *SWAP],
                )
            ],
        ),
    ]

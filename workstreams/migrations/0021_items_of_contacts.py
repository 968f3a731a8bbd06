"""Waiting items of a contact, for his preferred agents; built without a lock."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

import workstreams.terms


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("workstreams", "0020_preferred_agents")]

    operations = [
        AddIndexConcurrently(
            model_name='workitem',
            index=models.Index(condition=models.Q(('is_pushed', True), ('state', workstreams.terms.ItemState['OPEN'])), fields=['contact'], name='workstreams_item_of_contact'),
        ),
    ]

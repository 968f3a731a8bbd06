"""Unfinished work is found by its customer's name; the index is built without a lock."""

from django.contrib.postgres.indexes import OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Left, Upper


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("workstreams", "0045_identification_rule_revision"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="workitem",
            index=models.Index(
                OpClass(
                    Upper(Left(KeyTextTransform("name", "customer"), 200)),
                    name="text_pattern_ops",
                ),
                condition=models.Q(("state", "closed"), _negated=True),
                name="workstreams_item_customer",
            ),
        ),
    ]

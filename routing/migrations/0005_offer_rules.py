"""An offer keeps the rules of the template it was made by."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0004_names_and_secure_columns"),
        ("routing", "0004_audit_trail"),
        ("workstreams", "0009_workstreams_complete"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="auto_accept",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="assignment",
            name="auto_assign",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="assignment",
            name="may_decline",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="template",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="workstreams.notificationtemplate",
            ),
        ),
        AddConstraintNotValid(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("auto_assign", False), ("may_decline", False), _connector="OR"),
                    models.Q(("auto_accept", False), ("auto_assign", True), _connector="OR"),
                ),
                name="routing_assignment_rules_fit",
            ),
        ),
    ]

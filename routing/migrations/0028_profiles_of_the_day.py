"""A receipt says which of its profiles come back at the end of the day, and when that is."""

import django.contrib.postgres.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("routing", "0027_queue_duties"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="day_profiles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="day_ends_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="day_released_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        AddConstraintNotValid(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("day_ends_at__isnull", True), ("day_profiles__isnull", True)),
                    models.Q(("day_ends_at__isnull", False), ("day_profiles__isnull", False)),
                    _connector="OR",
                ),
                name="routing_assignment_day_has_an_end",
            ),
        ),
        AddConstraintNotValid(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day_released_at__isnull", True),
                    ("day_released_at__gte", models.F("day_ends_at")),
                    _connector="OR",
                ),
                name="routing_assignment_day_released_after_it",
            ),
        ),
    ]

"""Days that end are found by an index, and present receipts are checked, while work goes on."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("routing", "0028_profiles_of_the_day")]

    operations = [
        ValidateConstraint(model_name="assignment", name="routing_assignment_day_has_an_end"),
        ValidateConstraint(model_name="assignment", name="routing_assignment_day_released_after_it"),
        AddIndexConcurrently(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(
                    ("day_ends_at__isnull", False), ("day_released_at__isnull", True)
                ),
                fields=["day_ends_at"],
                name="routing_assignment_day",
            ),
        ),
    ]

"""Present offers are checked while work goes on; new ones are since the rule was made."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("routing", "0008_uploaded_document")]

    operations = [
        ValidateConstraint(model_name="assignment", name="routing_assignment_rules_fit"),
    ]

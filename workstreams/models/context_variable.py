"""What a workstream knows of its conversations beforehand."""

from django.db import models

from config.audit import audited
from workstreams.models.living import only_living
from workstreams.models.workstream import Workstream
from workstreams.terms import VariableType, choices


@audited()
class ContextVariable(models.Model):
    """A name that rules, replies and templates may use (B 10.1); case counts.

    ``is_from_survey`` marks those that a pre-chat question created.
    """

    workstream = models.ForeignKey(
        Workstream, on_delete=models.CASCADE, related_name="context_variables"
    )
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=10, choices=choices(VariableType), default=VariableType.TEXT)
    is_from_survey = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        triggers = [only_living("workstream", "workstreams_workstream")]
        constraints = [
            # A name means one thing in a workstream.
            models.UniqueConstraint(
                fields=["workstream", "name"],
                name="workstreams_contextvariable_name_unique",
                violation_error_message="This workstream has a variable of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

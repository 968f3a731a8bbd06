"""How customers are recognised."""

from django.db import models

from config.audit import audited
from workstreams.models.living import only_living
from workstreams.models.workstream import Workstream
from workstreams.terms import IdentifiedEntity, choices


@audited()
class IdentificationRule(models.Model):
    """Which answers find which customer (B 10.3); all given keys must match exactly.

    ``keys`` is ``{question or context key: field of the entity}``. Rules of a workstream
    stand in for the organisation's own, which have no workstream.
    """

    workstream = models.ForeignKey(
        Workstream,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="identification_rules",
    )
    name = models.CharField(max_length=100)
    entity = models.CharField(max_length=10, choices=choices(IdentifiedEntity))
    keys = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=1)
    is_enabled = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["position", "id"]
        triggers = [only_living("workstream", "workstreams_workstream")]
        constraints = [
            # Names tell the rules of a workstream, or of the organisation, apart.
            models.UniqueConstraint(
                fields=["workstream", "name"],
                name="workstreams_identificationrule_name_unique",
                nulls_distinct=False,
                violation_error_message="A rule of this name exists already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""Assignment methods of an organisation's own."""

from typing import Any, Final

from django.db import models
from django.db.models.functions import Lower

from config.audit import audited
from workstreams.terms import MethodKind, choices

# What a method says, in the order people read it.
PARTS: Final = (
    "name",
    "description",
    "kind",
    "prioritization",
    "rulesets",
    "selection",
    "weights",
)


@audited()
class AssignmentMethod(models.Model):
    """Whom the work of queues goes to, by rules or by the best match of a whole batch (A 10.1).

    ``prioritization`` holds buckets of items, ``rulesets`` the rules about agents from strict to
    general, ``selection`` for which items which ruleset is used; all in the words of the public
    contract. A best match has ``weights`` instead. Queues of any type may share a method;
    ``revision`` rises with each edit.
    """

    name = models.CharField(max_length=100)
    description = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, choices=choices(MethodKind), default=MethodKind.RULES)
    prioritization = models.JSONField(default=list, blank=True)
    rulesets = models.JSONField(default=list, blank=True)
    selection = models.JSONField(default=list, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="workstreams_assignmentmethod_name_unique"),
            # Only the kinds that exist.
            models.CheckConstraint(
                condition=models.Q(kind__in=list(MethodKind)),
                name="workstreams_assignmentmethod_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def document(self) -> dict[str, Any]:
        """The method in the words of the public contract."""
        return {part: getattr(self, part) for part in PARTS}

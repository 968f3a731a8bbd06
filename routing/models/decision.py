"""Why an item went where it went."""

import pgtrigger
from django.db import models

from routing.terms import DecisionStage, choices


class RoutingDecision(models.Model):
    """What was evaluated and why, written in the transaction of the effect.

    At most 10 KB; names its configuration version (promise I5). Ids are plain
    numbers: an explanation outlives the rows it speaks of. Never changed.
    """

    work_item_id = models.BigIntegerField()
    stage = models.CharField(max_length=10, choices=choices(DecisionStage))
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    queue_id = models.BigIntegerField(null=True)
    agent_id = models.BigIntegerField(null=True)
    document = models.JSONField()

    class Meta:
        indexes = [
            # The explanation of one item.
            models.Index(fields=["work_item_id", "id"], name="routing_decision_of_item"),
            # The purge of old decisions.
            models.Index(fields=["at"], name="routing_decision_at"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.stage} of {self.work_item_id}"

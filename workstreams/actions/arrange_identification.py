"""Put identification rules into another order, or take one away."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.save_identification_rule import lock_list
from workstreams.models import IdentificationRule


@transaction.atomic
def move_identification_rule(
    *, rule: IdentificationRule, up: bool, by: User, now: datetime
) -> None:
    """One place up or down; the first stays first and the last last."""
    lock_list(rule.workstream)
    siblings = IdentificationRule.objects.filter(workstream=rule.workstream_id)
    rows = list(siblings.select_for_update().order_by("position", "id"))
    places = [row.pk for row in rows]
    if rule.pk not in places:
        return
    here = places.index(rule.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return

    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    IdentificationRule.objects.bulk_update(rows, ["position"])

    announce_configuration(sender=IdentificationRule, by=by, now=now)


@transaction.atomic
def delete_identification_rule(*, rule: IdentificationRule, by: User, now: datetime) -> None:
    """When a workstream has no rule of its own any more, the organisation's apply again."""
    lock_list(rule.workstream)
    IdentificationRule.objects.filter(pk=rule.pk).delete()

    announce_configuration(sender=IdentificationRule, by=by, now=now)

"""A stored item as it arrived, to be tried again."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet

from routing import configuration
from routing.engine.replay_decision import as_read
from routing.models import ConfigurationVersion, RoutingDecision
from routing.queries.asked_then import asked_then
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from routing.queries.stored_decision import document_of
from routing.queries.would_route import TestItem
from routing.terms import DecisionStage
from workstreams.models import WorkItem

# In the order in which they are made, which is theirs by name.
STAGES: Final = (DecisionStage.INTAKE, DecisionStage.ROUTING)


def as_it_arrived(item: WorkItem) -> TestItem:
    """A stored item with what its first decisions read; what else rules ask for is as it is now."""
    item = WorkItem.objects.select_related(
        "workstream__fallback_queue", "workstream__record_type", "workstream__bot", *FIELD_RELATIONS
    ).get(pk=item.pk)
    fields = item_fields(item)
    known: Mapping[str, Any] = {}
    for decision in _first_decisions(item):
        known = document_of(decision).get("read") or {}
        fields = as_read(fields, known, asked=_asked(decision))
    return TestItem(
        workstream=item.workstream,
        title=item.title,
        channel_instance=item.channel_instance,
        record=item.record.data if item.record else {},
        customer=item.customer,
        context=item.context,
        attributes=item.attributes,
        skills=tuple((skill, rating) for skill, rating in known.get("skills", ())),
        item_id=item.pk,
        fields=fields,
        contact_id=item.contact_id,
    )


def _first_decisions(item: WorkItem) -> QuerySet[RoutingDecision]:
    decisions = RoutingDecision.objects.filter(work_item_id=item.pk, stage__in=STAGES)
    return decisions.order_by("stage", "id").distinct("stage")


def _asked(decision: RoutingDecision) -> tuple[str, ...]:
    """Nothing where its version is not there any more."""
    try:
        return asked_then(decision, configuration.at(decision.version))
    except (ConfigurationVersion.DoesNotExist, KeyError):
        return ()

"""Write down what the intake rules made of a record."""

from datetime import datetime

from routing import configuration
from routing.engine.decisions import IntakeChoice
from routing.engine.explain import routing_document
from routing.models import RoutingDecision
from routing.terms import DecisionStage
from workstreams.models import Record, WorkItem
from workstreams.terms import RecordRouting


def note_intake(
    record: Record,
    result: RecordRouting,
    sentence: str,
    choice: IntakeChoice | None,
    published: configuration.Published,
    *,
    now: datetime,
    item: WorkItem | None = None,
) -> None:
    """On the locked record, and where it was routed as a decision of its work item too."""
    document = routing_document(
        configuration_version=published.number,
        workstream=choice.workstream if choice else None,
        intake=choice,
    )
    if item is not None:
        RoutingDecision.objects.create(
            work_item_id=item.pk,
            stage=DecisionStage.INTAKE,
            version=published.number,
            at=now,
            queue_id=item.queue_id,
            document=document,
        )
    record.routing, record.routing_tried_at = result, now
    record.intake = document | {"sentence": sentence}
    record.save(update_fields=["routing", "routing_tried_at", "intake"])

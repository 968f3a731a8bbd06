"""Write down what the intake rules made of a record."""

from datetime import datetime
from typing import Any

from routing import configuration
from routing.engine.decisions import IntakeChoice
from routing.engine.explain import routing_document
from routing.models import RoutingDecision
from routing.terms import DecisionStage
from workstreams.models import Record, WorkItem
from workstreams.terms import RecordRouting


def customer_of(record: Record) -> list[int | None]:
    """Whom it brings its work item, as its intake keeps it."""
    return [record.contact_id, record.account_id]


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
    """On the locked record, and where it was routed as a decision of its work item too, which
    can be made again."""
    parts: dict[str, Any] = {
        "configuration_version": published.number,
        "workstream": choice.workstream if choice else None,
        "intake": choice,
    }
    if item is not None:
        read = dict(choice.read) if choice and choice.read is not None else None
        RoutingDecision.objects.create(
            work_item_id=item.pk,
            stage=DecisionStage.INTAKE,
            version=published.number,
            at=now,
            queue_id=item.queue_id,
            document=routing_document(**parts, read=read),
        )
    record.routing, record.routing_tried_at = result, now
    record.intake = routing_document(**parts) | {"sentence": sentence}
    if item is not None:
        record.intake["brought"] = customer_of(record)
    record.save(update_fields=["routing", "routing_tried_at", "intake"])

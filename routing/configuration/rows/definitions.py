"""Documents of what workstreams refer to: skills, profiles, presences, hours, queues."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from agents.models import (
    AgentAttribute,
    CapacityProfile,
    Holiday,
    OperatingHours,
    OperatingPeriod,
    Presence,
    RatingModel,
    Skill,
)
from routing.configuration.rows.opening import (
    holiday_document,
    in_order_of_days,
    opening_document,
)
from routing.configuration.rows.selection import Document, Ids, chosen
from workstreams.models import (
    AssignmentMethod,
    NotificationTemplate,
    OverflowRule,
    Queue,
    RecordType,
)


def rating_model_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Scales of proficiency."""
    rows = chosen(RatingModel.objects.order_by("pk"), ids)
    columns = ("pk", "name", "minimum", "maximum", "value_names")
    for pk, name, low, high, names in rows.values_list(*columns):
        yield pk, {"name": name, "min": low, "max": high, "names": names}


def skill_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Skills with their type and scale."""
    rows = chosen(Skill.objects.order_by("pk"), ids).values_list(
        "pk", "name", "description", "skill_type__name", "rating_model__name"
    )
    for pk, name, description, type_name, model in rows:
        yield (
            pk,
            {"name": name, "description": description, "type": type_name, "rating_model": model},
        )


def agent_attribute_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """What is kept of agents; the values are people's, not configuration."""
    rows = chosen(AgentAttribute.objects.order_by("pk"), ids)
    for row in rows.values("pk", "name", "type", "options", "description"):
        yield row.pop("pk"), row


def capacity_profile_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Limits of work items of one sort."""
    rows = chosen(CapacityProfile.objects.order_by("pk"), ids).values_list(
        "pk", "name", "work_item_limit", "reset_frequency", "blocks_assignment"
    )
    for pk, name, limit, reset, blocks in rows:
        yield pk, {"name": name, "limit": limit, "reset": reset, "blocks_assignment": blocks}


def presence_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Presences with the base that routing reads."""
    rows = chosen(Presence.objects.order_by("pk"), ids).values(
        "pk", "name", "text", "description", "base", "agents_may_set"
    )
    for row in rows:
        yield row.pop("pk"), row


def operating_hours_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Weekly hours with their holidays."""
    periods: dict[int, list[Document]] = defaultdict(list)
    for entry in chosen(OperatingPeriod.objects.all(), ids, "hours").values(
        "hours_id",
        "weekday",
        "start",
        "end",
        "valid_from",
        "valid_until",
        "every_weeks",
        "except_on",
    ):
        periods[entry.pop("hours_id")].append(opening_document(**entry))
    holidays: dict[int, list[Document]] = defaultdict(list)
    for hours_id, day, reason, until, yearly in chosen(
        Holiday.objects.order_by("date"), ids, "hours"
    ).values_list("hours_id", "date", "reason", "until", "repeats_yearly"):
        holidays[hours_id].append(
            holiday_document(day=day, reason=reason, until=until, repeats_yearly=yearly)
        )
    rows = chosen(OperatingHours.objects.order_by("pk"), ids)
    for pk, name, time_zone in rows.values_list("pk", "name", "time_zone"):
        yield (
            pk,
            {
                "name": name,
                "time_zone": time_zone,
                "periods": in_order_of_days(periods[pk]),
                "holidays": holidays[pk],
            },
        )


def record_type_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Sorts of records."""
    rows = chosen(RecordType.objects.order_by("pk"), ids)
    for row in rows.values("pk", "name", "label", "is_routed", "routes_on_creation"):
        yield row.pop("pk"), row


def notification_template_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """How offers are shown, and what routing does with them."""
    rows = chosen(NotificationTemplate.objects.order_by("pk"), ids).values(
        "pk",
        "name",
        "title",
        "icon",
        "fields",
        "shows_countdown",
        "countdown_seconds",
        "auto_assign",
        "auto_accept",
        "accept_label",
        "agents_may_decline",
        "decline_label",
        "desktop_notification",
    )
    for row in rows:
        yield row.pop("pk"), row


def assignment_method_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Custom methods; their queues name them."""
    rows = chosen(AssignmentMethod.objects.order_by("pk"), ids).values(
        "pk", "name", "description", "kind", "prioritization", "rulesets", "selection", "weights"
    )
    for row in rows:
        yield row.pop("pk"), row


def queue_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Settings of queues; their members are people, not configuration."""
    overflow: dict[int, list[Document]] = defaultdict(list)
    pairs = OverflowRule.objects.select_related("to_queue").order_by("position", "pk")
    for pair in chosen(pairs, ids, "queue"):
        overflow[pair.queue_id].append(pair.document())
    rows = chosen(Queue.objects.order_by("pk"), ids).values_list(
        "pk",
        "name",
        "type",
        "priority",
        "assignment_method",
        "custom_method__name",
        "operating_hours__name",
        "distributes",
        "service_level_seconds",
        "short_abandoned_seconds",
    )
    for pk, name, type_, priority, method, custom, hours, distributes, in_time, short in rows:
        document: dict[str, Any] = {
            "name": name,
            "type": type_,
            "priority": priority,
            "assignment_method": custom or method,
            "operating_hours": hours,
            "distributes": distributes,
            "service_level_seconds": in_time,
            "short_abandoned_seconds": short,
            "overflow": overflow[pk],
        }
        yield pk, document

"""Entries of a document into rows of what workstreams refer to."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from django.db import models

from agents.models import (
    AgentAttribute,
    CapacityProfile,
    Holiday,
    OperatingHours,
    OperatingPeriod,
    Presence,
    RatingModel,
    Skill,
    SkillType,
)
from routing.exceptions import ChangedMeanwhile
from workstreams.models import AssignmentMethod, OverflowRule, Queue, RecordType
from workstreams.terms import AssignmentMethodName

Document = dict[str, Any]
Row = TypeVar("Row", bound=models.Model)


# Columns that the document calls otherwise.
COLUMNS: Final = {"from": "valid_from", "until": "valid_until"}


class Names:
    """Row ids by model and name, read once a model: what is named is written first. A name that
    was there when the plan was made and is no more is refused (ChangedMeanwhile)."""

    def __init__(self) -> None:
        self._ids: dict[type[models.Model], dict[str, int]] = {}

    def id_if_any(self, model: type[models.Model], name: str | None) -> int | None:
        return self.id_of(model, name) if name else None

    def id_of(self, model: type[models.Model], name: str) -> int:
        if model not in self._ids:
            rows = model._default_manager.values_list("name", "pk")
            self._ids[model] = {name.lower(): pk for name, pk in rows}
        found = self._ids[model].get(name.lower())
        if found is None:
            raise ChangedMeanwhile
        return found


def saved(model: type[Row], pk: int | None, **values: Any) -> Row:
    """The row of the id with these values, or a new one; a revision that is not given rises."""
    row = _held(model, pk) if pk else model()
    for name, value in values.items():
        setattr(row, name, value)
    if pk and hasattr(row, "revision") and "revision" not in values:
        row.revision += 1
    row.save()
    return row


def _held(model: type[Row], pk: int) -> Row:
    return model._default_manager.select_for_update(no_key=True).get(pk=pk)


def write_rating_model(entry: Document, pk: int | None, names: Names) -> None:
    """A scale."""
    saved(
        RatingModel,
        pk,
        name=entry["name"],
        minimum=entry["min"],
        maximum=entry["max"],
        value_names=entry["names"],
    )


def write_skill(entry: Document, pk: int | None, names: Names) -> None:
    """A skill, and its type if it is new."""
    family = SkillType.objects.filter(name__iexact=entry["type"]).first()
    saved(
        Skill,
        pk,
        name=entry["name"],
        description=entry["description"],
        skill_type=family or SkillType.objects.create(name=entry["type"]),
        rating_model_id=names.id_of(RatingModel, entry["rating_model"]),
    )


def write_agent_attribute(entry: Document, pk: int | None, names: Names) -> None:
    """What is kept of agents."""
    saved(AgentAttribute, pk, **entry)


def write_capacity_profile(entry: Document, pk: int | None, names: Names) -> None:
    """A limit of work items."""
    saved(
        CapacityProfile,
        pk,
        name=entry["name"],
        work_item_limit=entry["limit"],
        reset_frequency=entry["reset"],
        blocks_assignment=entry["blocks_assignment"],
    )


def write_presence(entry: Document, pk: int | None, names: Names) -> None:
    """A presence."""
    saved(Presence, pk, **entry)


def write_operating_hours(entry: Document, pk: int | None, names: Names) -> None:
    """Weekly hours; periods and holidays are replaced."""
    hours = saved(OperatingHours, pk, name=entry["name"], time_zone=entry["time_zone"])
    hours.periods.all().delete()
    hours.holidays.all().delete()
    OperatingPeriod.objects.bulk_create(
        OperatingPeriod(hours=hours, **{COLUMNS.get(key, key): each[key] for key in each})
        for each in entry["periods"]
    )
    Holiday.objects.bulk_create(Holiday(hours=hours, **holiday) for holiday in entry["holidays"])


def write_record_type(entry: Document, pk: int | None, names: Names) -> None:
    """A sort of record."""
    saved(RecordType, pk, **entry)


def write_assignment_method(entry: Document, pk: int | None, names: Names) -> None:
    """A custom method."""
    saved(AssignmentMethod, pk, **entry)


def _method_of_queue(name: str, names: Names) -> Document:
    """A built-in method, or the custom one of this name."""
    if name in list(AssignmentMethodName):
        return {"assignment_method": name, "custom_method_id": None}
    return {"custom_method_id": names.id_of(AssignmentMethod, name)}


def write_queue(entry: Document, pk: int | None, names: Names) -> None:
    """A queue's settings; its members stay."""
    saved(
        Queue,
        pk,
        name=entry["name"],
        type=entry["type"],
        priority=entry["priority"],
        **_method_of_queue(entry["assignment_method"], names),
        operating_hours_id=names.id_if_any(OperatingHours, entry["operating_hours"]),
        distributes=entry["distributes"],
        service_level_seconds=entry["service_level_seconds"],
        short_abandoned_seconds=entry["short_abandoned_seconds"],
    )


def write_overflow(entry: Document, names: Names) -> None:
    """The overflow pairs of a queue, replaced; all queues that they name are there by now."""
    queue_id = names.id_of(Queue, entry["name"])
    OverflowRule.objects.filter(queue_id=queue_id).delete()
    OverflowRule.objects.bulk_create(
        OverflowRule(queue_id=queue_id, **values) for values in pair_rows(entry["overflow"], names)
    )


def pair_rows(pairs: Iterable[Document], names: Names) -> Iterator[Document]:
    """Pairs of a document as their rows have them."""
    for position, pair in enumerate(pairs, start=1):
        yield {
            "condition": pair["condition"],
            "threshold": pair.get("threshold"),
            "action": pair["action"],
            "to_queue_id": names.id_if_any(Queue, pair.get("queue")),
            "position": position,
        }

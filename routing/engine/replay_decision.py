"""A stored decision made again from what it read: by its own rules, or by those of another time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.conditions.fields import with_case_as_record, write
from routing.engine.configuration import CompiledConfiguration, Workstream
from routing.engine.decisions import Classification, QueueChoice
from routing.engine.explain.rules import Document, routing_document
from routing.engine.facts import RequiredSkill
from routing.engine.overflow import Measures, OverflowView, Wanted
from routing.engine.replay import stored_predictions


@dataclass(frozen=True, kw_only=True, slots=True)
class Remade:
    """What the rules decide of what was read; ``unmeasured`` queues were not looked at then, so
    they count as open and empty. ``queue_ids`` are by the names that these rules know."""

    version: int
    workstream: str
    read: Mapping[str, Any]
    classification: Classification
    choice: QueueChoice
    queue_ids: Mapping[str, int]
    unmeasured: tuple[str, ...] = ()

    def document(self, *, is_whole: bool = False) -> Document:
        """As it would be stored, or with the result of every rule."""
        return routing_document(
            configuration_version=self.version,
            workstream=self.workstream,
            classification=self.classification,
            queue=self.choice,
            read=dict(self.read),
            is_whole=is_whole,
        )

    @property
    def outcome(self) -> Document:
        """What comes of it, however the rules came to that, and whatever its queues are called."""
        classification, overflow = self.classification, self.choice.overflow
        return {
            "queue": self._queue_id(self.choice.destination),
            "overflow": (overflow.action, self._queue_id(overflow.queue)) if overflow else None,
            "priority": classification.priority,
            "skills": {each.skill: each.rating for each in classification.skills},
            "capacity_profiles": set(classification.profiles),
        }

    def _queue_id(self, name: str | None) -> int | str | None:
        return None if name is None else self.queue_ids.get(name, name)


def decide_again(
    document: Mapping[str, Any],
    workstream: Workstream,
    configuration: CompiledConfiguration,
    *,
    draw_key: str,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
    asked: Collection[str] = (),
    queue_ids_then: Mapping[str, int] | None = None,
) -> Remade:
    """Decide what a stored document read. ``fields`` are for rules that ask for more than was
    ``asked`` then, ``queue_ids_then`` for those of another time: queues may have had other names.
    """
    known = document["read"]
    classification = classify(
        workstream.classification,
        as_read(fields or {}, known, asked=asked),
        now=now,
        skills=[RequiredSkill(skill=skill, rating=rating) for skill, rating in known["skills"]],
        profiles=known["profiles"],
        priority=known["priority"],
        predict=stored_predictions(document),
    )
    unmeasured: dict[str, None] = {}
    queue_ids = configuration.queue_id_by_name
    choice = choose_queue(
        workstream.route_to_queue,
        classification.fields,
        now=now,
        draw_key=draw_key,
        fallback_queue=workstream.fallback_queue,
        known_queues=queue_ids,
        overflow=_overflow(known, configuration, now, unmeasured, queue_ids_then or queue_ids),
    )
    return Remade(
        version=configuration.number,
        workstream=workstream.name,
        read=known,
        classification=classification,
        choice=choice,
        queue_ids=queue_ids,
        unmeasured=tuple(unmeasured),
    )


def as_read(
    fields: Mapping[str, Any], known: Mapping[str, Any], *, asked: Collection[str] = ()
) -> dict[str, Any]:
    """The fields with what was read then on top; a name below a group may hold dots. What was
    ``asked`` and is not among it was empty, whatever has been written there since."""
    if "fields" not in known:
        return dict(fields)
    found = with_case_as_record(fields) if known.get("case_is_record") else dict(fields)
    empty = dict.fromkeys(path for path in asked if path not in known.get("cut", ()))
    for path, value in {**empty, **known["fields"]}.items():
        write(found, path, value)
    return found


def _overflow(
    known: Mapping[str, Any],
    configuration: CompiledConfiguration,
    now: datetime,
    unmeasured: dict[str, None],
    ids_then: Mapping[str, int],
) -> OverflowView | None:
    """What was measured then; None where overflow was not looked at."""
    if "overflow" not in known:
        return None
    ids, queues = configuration.queue_id_by_name, configuration.queues
    measured = {
        ids_then[name]: Measures(
            opens_at=datetime.fromisoformat(each["opens_at"]) if each["opens_at"] else None,
            waiting=each["waiting"],
            average_wait=each["average_wait"],
        )
        for name, each in known["overflow"].items()
        if name in ids_then
    }

    def measure(wanted: Wanted) -> dict[str, Measures]:
        unmeasured.update(dict.fromkeys(name for name in wanted if ids[name] not in measured))
        return {name: measured.get(ids[name], Measures(opens_at=now)) for name in wanted}

    return OverflowView(pairs_of=lambda name: queues[ids[name]].overflow, measure=measure)

"""Pieces into one configuration. Callers cache `compile_piece` by kind, id and content hash."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from routing.engine.configuration.pieces import (
    compile_agent_attribute,
    compile_capacity_profile,
    compile_learned_model,
    compile_notification_template,
    compile_operating_hours,
    compile_presence,
    compile_queue,
    compile_rating_model,
    compile_record_type,
    compile_service,
    compile_skill,
    compile_workstream,
)
from routing.engine.configuration.rule_pieces import compile_intake
from routing.engine.configuration.rules import IntakeRule, UnreadableIntake
from routing.engine.configuration.shapes import (
    AgentAttribute,
    CapacityProfile,
    CompiledConfiguration,
    LearnedModel,
    OfferRules,
    OperatingHours,
    Presence,
    Queue,
    RatingModel,
    RecordType,
    Service,
    Skill,
    Workstream,
)
from routing.engine.methods.compile import compile_assignment_method
from routing.engine.methods.shapes import CustomMethod

Piece = TypeVar("Piece")

COMPILERS: Final[dict[str, Callable[..., Any]]] = {
    "workstream": compile_workstream,
    "assignment_method": compile_assignment_method,
    "queue": compile_queue,
    "skill": compile_skill,
    "rating_model": compile_rating_model,
    "agent_attribute": compile_agent_attribute,
    "capacity_profile": compile_capacity_profile,
    "presence": compile_presence,
    "operating_hours": compile_operating_hours,
    "learned_model": compile_learned_model,
    "notification_template": compile_notification_template,
    "record_type": compile_record_type,
    "service": compile_service,
}


def compile_piece(kind: str, document: Any, *, id: int = 0) -> Any:
    """One piece as the engine reads it; None for kinds that routing does not read."""
    if kind == "intake":
        return compile_intake(document)
    compiler = COMPILERS.get(kind)
    return None if compiler is None else compiler(document, id=id)


def assemble(number: int, compiled: Iterable[Any]) -> CompiledConfiguration:
    """A version out of its compiled pieces, in any order."""
    pieces = list(compiled)
    workstreams, queues = _of(pieces, Workstream), _of(pieces, Queue)
    return CompiledConfiguration(
        number=number,
        workstreams={workstream.id: workstream for workstream in workstreams},
        queues={queue.id: queue for queue in queues},
        workstream_id_by_name={workstream.name: workstream.id for workstream in workstreams},
        queue_id_by_name={queue.name: queue.id for queue in queues},
        skills={skill.name: skill for skill in _of(pieces, Skill)},
        rating_models={model.name: model for model in _of(pieces, RatingModel)},
        attributes={each.name: each for each in _of(pieces, AgentAttribute)},
        profiles={profile.name: profile for profile in _of(pieces, CapacityProfile)},
        presences={presence.name: presence for presence in _of(pieces, Presence)},
        offer_rules={rules.name: rules for rules in _of(pieces, OfferRules)},
        hours={hours.name: hours for hours in _of(pieces, OperatingHours)},
        record_types={each.name: each for each in _of(pieces, RecordType)},
        models={model.name: model for model in _of(pieces, LearnedModel)},
        methods={method.name: method for method in _of(pieces, CustomMethod)},
        service=next(iter(_of(pieces, Service)), Service()),
        intake=_intake(pieces),
        has_unreadable_intake=bool(_of(pieces, UnreadableIntake)),
    )


def _of(pieces: list[Any], kind: type[Piece]) -> list[Piece]:
    return [piece for piece in pieces if isinstance(piece, kind)]


def _intake(pieces: list[Any]) -> tuple[IntakeRule, ...]:
    rules = (piece for piece in pieces if isinstance(piece, tuple))
    return tuple(rule for piece in rules for rule in piece)

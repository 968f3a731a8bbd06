"""What the rules did with an item: intake, classification and route to queue."""

from collections.abc import Sequence
from typing import Any

from routing.engine.decisions import (
    Classification,
    IntakeChoice,
    QueueChoice,
    RulesetOutcome,
)
from routing.engine.explain.fit import fit

Document = dict[str, Any]


def routing_document(
    *,
    configuration_version: int,
    workstream: str | None,
    intake: IntakeChoice | None = None,
    classification: Classification | None = None,
    queue: QueueChoice | None = None,
    error: str | None = None,
) -> Document:
    """The routing decision. `error` is the sentence that sent the item to its fallback queue."""
    stages: list[Document] = []
    if intake is not None:
        stages.append({"stage": "intake", **_stage(intake.stages)})
    if classification is not None:
        stages.append({"stage": "classification", **_classified(classification)})
    if queue is not None:
        stages.append({"stage": "route_to_queue", **_queued(queue)})
    document: Document = {
        "configuration_version": configuration_version,
        "workstream": workstream,
        "queue": queue.queue if queue else None,
    }
    if error:
        document["error"] = error
    return fit({**document, "stages": stages})


def _stage(rulesets: Sequence[RulesetOutcome]) -> Document:
    return {"rulesets": [_ruleset(ruleset) for ruleset in rulesets]}


def _ruleset(ruleset: RulesetOutcome) -> Document:
    return {
        "name": ruleset.name,
        "kind": ruleset.kind.value,
        "rules": [
            {"name": rule.name, "result": rule.result.value}
            | ({"note": rule.note} if rule.note else {})
            for rule in ruleset.rules
        ],
    }


def _classified(classification: Classification) -> Document:
    return {
        **_stage(classification.stages),
        "priority": classification.priority,
        "skills": [
            {"skill": skill.skill, "rating": skill.rating} for skill in classification.skills
        ],
        "capacity_profiles": list(classification.profiles),
    }


def _queued(queue: QueueChoice) -> Document:
    return {
        **_stage(queue.stages),
        "queue": queue.queue,
        "rule": queue.rule,
        "reason": queue.reason.value,
        "sentence": queue.sentence,
        "is_overflowing": queue.is_overflowing,
    }

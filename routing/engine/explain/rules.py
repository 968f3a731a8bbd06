"""What the rules did with an item: intake, classification and route to queue."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from routing.engine.decisions import (
    Classification,
    IntakeChoice,
    QueueChoice,
    RulesetOutcome,
)
from routing.engine.explain.fit import MAXIMUM_BYTES, certain_cuts, fit, size
from routing.engine.explain.overflow import overflow_document
from routing.terms import RuleResult

Document = dict[str, Any]
Omitted = Collection[RuleResult]
# The error of what came before its workstream was published, which is none of the rules.
NOT_PUBLISHED_YET: Final = (
    "The workstream is not published yet, so its fallback queue takes the item."
)
# What is left out of documents that surely get too large, in this order.
OMITTED: Final = (RuleResult.NOT_PROCESSED, RuleResult.PROCESSED)


def routing_document(
    *,
    configuration_version: int,
    workstream: str | None,
    intake: IntakeChoice | None = None,
    classification: Classification | None = None,
    queue: QueueChoice | None = None,
    error: str | None = None,
    read: Document | None = None,
    is_whole: bool = False,
) -> Document:
    """The routing decision. `error` is the sentence that sent the item to its fallback queue,
    `read` what the rules read, for whoever makes the decision again. One that `is_whole` has the
    result of every rule, however long; such a one is not stored."""
    kept = {} if read is None else {"read": read}
    limit = MAXIMUM_BYTES - size(kept)
    made = [stage for each in (intake, classification, queue) if each for stage in each.stages]
    cuts = {} if is_whole else certain_cuts(made, limit)
    omitted: Omitted = OMITTED if cuts else ()
    stages: list[Document] = []
    if intake is not None:
        stages.append({"stage": "intake", **_stage(intake.stages, omitted)})
    if classification is not None:
        stages.append({"stage": "classification", **_classified(classification, omitted)})
    if queue is not None:
        stages.append({"stage": "route_to_queue", **_queued(queue, omitted)})
    document: Document = {
        "configuration_version": configuration_version,
        "workstream": workstream,
        "queue": queue.destination if queue else None,
    }
    if error:
        document["error"] = error
    document["stages"] = stages
    return {**(document if is_whole else fit(document, limit, made=cuts)), **kept}


def _stage(rulesets: Sequence[RulesetOutcome], omitted: Omitted) -> Document:
    return {"rulesets": [_ruleset(ruleset, omitted) for ruleset in rulesets]}


def _ruleset(ruleset: RulesetOutcome, omitted: Omitted) -> Document:
    document: Document = {
        "name": ruleset.name,
        "kind": ruleset.kind.value,
        "rules": [
            {"name": rule.name, "result": rule.result.value}
            | ({"note": rule.note} if rule.note else {})
            for rule in ruleset.rules
            if rule.result not in omitted
        ],
        **({} if ruleset.prediction is None else {"prediction": dict(ruleset.prediction)}),
    }
    if len(document["rules"]) < len(ruleset.rules):
        results = [rule.result for rule in ruleset.rules]
        counts = {result.value: results.count(result) for result in OMITTED}
        document["omitted"] = {name: count for name, count in counts.items() if count}
    return document


def _classified(classification: Classification, omitted: Omitted) -> Document:
    return {
        **_stage(classification.stages, omitted),
        "priority": classification.priority,
        "skills": [
            {"skill": skill.skill, "rating": skill.rating} for skill in classification.skills
        ],
        "capacity_profiles": list(classification.profiles),
    }


def _queued(queue: QueueChoice, omitted: Omitted) -> Document:
    return {
        **_stage(queue.stages, omitted),
        "queue": queue.queue,
        "rule": queue.rule,
        "reason": queue.reason.value,
        "sentence": queue.sentence,
        "is_overflowing": queue.is_overflowing,
        **({"overflow": overflow_document(queue.overflow)} if queue.overflow else {}),
    }

"""What became of work that had waited too long in its queue, asked again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from routing.configuration import Published
from routing.engine.explain.overflow import overflow_document
from routing.engine.overflow import after_waiting
from routing.models import RoutingDecision
from routing.queries.replay.answer import NOT_KEPT, Made
from routing.queries.stored_decision import document_of

GONE: Final = "The queue is not among these rules."
STAYS: Final = "It stays in {queue}: by these rules it may wait longer."


def why_not(document: Mapping[str, Any]) -> str:
    """Why it cannot be asked again, as far as it says itself."""
    return "" if document.get("overflow", {}).get("measured") is not None else NOT_KEPT


def then(decision: RoutingDecision, version: Published) -> Made:
    """By the version that made it."""
    return _made(decision, version)


def today(decision: RoutingDecision, rules: Published) -> Made:
    """By other rules, after the same wait."""
    return _made(decision, rules)


def is_same(decision: RoutingDecision, made: Made) -> bool:
    """Whether it would be stored as it was."""
    return bool(made.stored.get("overflow") == document_of(decision)["overflow"])


def _made(decision: RoutingDecision, rules: Published) -> Made:
    queue = rules.compiled.queues.get(decision.queue_id or 0)
    if queue is None:
        return Made(sentence=GONE, has_answer=False)
    waited = timedelta(seconds=document_of(decision)["overflow"]["measured"])
    found = after_waiting(rules.compiled, queue.id, waited)
    if found is None:
        return Made(sentence=STAYS.format(queue=queue.name))
    said = overflow_document(found)
    stage = {"queue": queue.name, "overflow": said, "sentence": said["sentence"]}
    return Made(
        outcome=(found.action, rules.compiled.queue_id_by_name.get(found.queue or "")),
        document={
            "configuration_version": rules.number,
            "queue": found.queue,
            "stages": [{**stage, "stage": "overflow", "rulesets": []}],
        },
        stored=stage,
    )

"""Decisions of classification and of the queue, made again."""

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from routing import configuration
from routing.configuration import Published
from routing.engine.configuration import Workstream
from routing.engine.explain import NOT_PUBLISHED_YET
from routing.engine.replay_decision import Remade, decide_again
from routing.models import RoutingDecision
from routing.queries.asked_then import asked_then
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from routing.queries.replay.answer import NOT_KEPT, TOO_LONG, Made
from routing.queries.stored_decision import document_of
from workstreams.models import WorkItem

WENT_WRONG: Final = "It cannot be made again: routing failed with an error then."
NOT_PUBLISHED: Final = "It cannot be made again: its workstream was not published then."
GONE: Final = "The workstream is not among these rules."
UNREADABLE: Final = "These rules failed with an error."
UNMEASURED: Final = "Not measured then, so taken as open and empty: {queues}."


def why_not(document: Mapping[str, Any]) -> str:
    """Why it cannot be made again, as far as it says itself."""
    if error := document.get("error"):
        return NOT_PUBLISHED if error == NOT_PUBLISHED_YET else WENT_WRONG
    known = document.get("read")
    if known is None:
        return NOT_KEPT
    return TOO_LONG.format(fields=", ".join(known["cut"])) if known.get("cut") else ""


def then(decision: RoutingDecision, version: Published) -> Made:
    """By the version that made it."""
    workstream = version.compiled.workstreams[_workstream_id(decision, version)]
    return _made(_again(decision, workstream, version))


def today(decision: RoutingDecision, rules: Published) -> Made:
    """By other rules; what they ask for that was not read then is read now."""
    version = configuration.at(decision.version)
    workstream_id = _workstream_id(decision, version)
    workstream = rules.compiled.workstreams.get(workstream_id)
    if workstream is None:
        return Made(sentence=GONE, has_answer=False)
    if workstream.has_unreadable_rules:
        return Made(sentence=UNREADABLE, has_answer=False)
    item = WorkItem.objects.select_related(*FIELD_RELATIONS).get(pk=decision.work_item_id)
    remade = _again(
        decision,
        workstream,
        rules,
        fields=item_fields(item),
        asked=asked_then(decision, version),
        queue_ids_then=version.compiled.queue_id_by_name,
    )
    return _made(remade)


def is_same(decision: RoutingDecision, made: Made) -> bool:
    """Whether it would be stored as it was."""
    return bool(_as_stored(made.stored) == _as_stored(document_of(decision)))


def _workstream_id(decision: RoutingDecision, version: Published) -> int:
    return version.compiled.workstream_id_by_name[document_of(decision)["workstream"]]


def _again(
    decision: RoutingDecision,
    workstream: Workstream,
    rules: Published,
    *,
    fields: Mapping[str, Any] | None = None,
    asked: Collection[str] = (),
    queue_ids_then: Mapping[str, int] | None = None,
) -> Remade:
    return decide_again(
        document_of(decision),
        workstream,
        rules.compiled,
        draw_key=str(decision.work_item_id),
        now=decision.at,
        fields=fields,
        asked=asked,
        queue_ids_then=queue_ids_then,
    )


def _made(remade: Remade) -> Made:
    queues = ", ".join(remade.unmeasured)
    return Made(
        outcome=remade.outcome,
        document=remade.document(is_whole=True),
        stored=remade.document(),
        sentence=UNMEASURED.format(queues=queues) if queues else "",
    )


def _as_stored(document: Mapping[str, Any]) -> Any:
    return json.loads(json.dumps(document))

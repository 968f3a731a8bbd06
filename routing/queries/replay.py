"""A stored decision made again: does it come out the same, and what would rules say today?"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from routing import configuration
from routing.configuration import Published
from routing.engine.replay_decision import Remade, decide_again
from routing.models import ConfigurationVersion, RoutingDecision
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from routing.queries.try_rules import DRAFT, PUBLISHED, has_draft
from routing.terms import DecisionStage
from workstreams.models import WorkItem

log = logging.getLogger(__name__)

Rules = Literal["then", "published", "draft"]
THEN: Final = "then"
NO_RULES: Final = "Only decisions of classification and of the queue can be made again."
NOT_KEPT: Final = "It cannot be made again: it was made before decisions kept what they read."
TOO_LONG: Final = (
    "It cannot be made again: what it read was too long to be kept with it ({fields}). A decision"
    " keeps 2.5 KB of what rules ask for."
)
NO_VERSION: Final = "It cannot be made again: its version of the configuration is not here."
WENT_WRONG: Final = "It cannot be made again: routing failed with an error then."
GONE: Final = "The workstream is not among these rules."
FAILED: Final = "These rules failed with an error."
UNMEASURED: Final = "Not measured then, so taken as open and empty: {queues}."


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one set of rules says: those of ``then``, the published ones, or the draft.

    ``is_same`` is None where they say nothing; ``document`` has the result of every rule.
    """

    rules: Rules
    version: int | None
    is_same: bool | None
    sentence: str = ""
    document: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Replay:
    """``is_same`` is None where the decision cannot be made again; ``sentence`` says why.
    ``answers`` are of the same rules first, then of today's."""

    is_same: bool | None
    sentence: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)


def why_not(decision: RoutingDecision) -> str:
    """Why it cannot be made again, as far as it says itself; empty where it can. No query."""
    document = decision.document
    if decision.stage != DecisionStage.ROUTING:
        return NO_RULES
    if document.get("error"):
        return WENT_WRONG
    known = document.get("read")
    if known is None:
        return NOT_KEPT
    return TOO_LONG.format(fields=", ".join(known["cut"])) if known.get("cut") else ""


def replay(decision: RoutingDecision) -> Replay:
    """By the rules of then; a few queries, and nothing is written."""
    remade = _by_its_version(decision)
    if isinstance(remade, str):
        return Replay(is_same=None, sentence=remade)
    document = remade.document()
    is_same = _as_stored(document) == _as_stored(decision.document)
    return Replay(is_same=is_same, document=document)


def replay_today(decision: RoutingDecision) -> Replay:
    """By the rules of then, by the published ones, and by the draft where edits wait."""
    remade, same = _by_its_version(decision), replay(decision)
    if isinstance(remade, str):
        return same
    then = Answer(
        rules=THEN,
        version=decision.version,
        is_same=same.is_same,
        document=remade.document(is_whole=True),
    )
    today = list(_today(decision, remade))
    return Replay(is_same=same.is_same, document=same.document, answers=[then, *today])


def _by_its_version(decision: RoutingDecision) -> Remade | str:
    """The decision again, or the sentence that says why not."""
    if sentence := why_not(decision):
        return sentence
    try:
        compiled = configuration.at(decision.version).compiled
        name = decision.document["workstream"]
        workstream = compiled.workstreams[compiled.workstream_id_by_name[name]]
    except (ConfigurationVersion.DoesNotExist, KeyError):
        return NO_VERSION
    return decide_again(
        decision.document,
        workstream,
        compiled,
        draw_key=str(decision.work_item_id),
        now=decision.at,
    )


def _today(decision: RoutingDecision, remade: Remade) -> Iterator[Answer]:
    """What rules ask for that was not read then is read now."""
    item = WorkItem.objects.select_related(*FIELD_RELATIONS).get(pk=decision.work_item_id)
    then = configuration.at(decision.version).compiled
    workstream_id = then.workstream_id_by_name[remade.workstream]
    fields = item_fields(item)
    yield _answer(PUBLISHED, configuration.current(), decision, remade, workstream_id, fields)
    if has_draft():
        yield _answer(DRAFT, configuration.drafted(), decision, remade, workstream_id, fields)


def _answer(
    name: Rules,
    rules: Published,
    decision: RoutingDecision,
    then: Remade,
    workstream_id: int,
    fields: Mapping[str, Any],
) -> Answer:
    workstream = rules.compiled.workstreams.get(workstream_id)
    if workstream is None:
        return Answer(rules=name, version=rules.number, is_same=None, sentence=GONE)
    if workstream.has_unreadable_rules:
        return Answer(rules=name, version=rules.number, is_same=None, sentence=FAILED)
    try:
        made = decide_again(
            decision.document,
            workstream,
            rules.compiled,
            draw_key=str(decision.work_item_id),
            now=decision.at,
            fields=fields,
        )
    except Exception:
        log.exception("replay failed decision=%s version=%s", decision.pk, rules.number)
        return Answer(rules=name, version=rules.number, is_same=None, sentence=FAILED)
    return Answer(
        rules=name,
        version=rules.number,
        is_same=made.outcome == then.outcome,
        sentence=UNMEASURED.format(queues=", ".join(made.unmeasured)) if made.unmeasured else "",
        document=made.document(is_whole=True),
    )


def _as_stored(document: dict[str, Any]) -> Any:
    return json.loads(json.dumps(document))

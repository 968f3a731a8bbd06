"""A stored decision made again by the rules of then, the published ones, and the draft."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from routing import configuration
from routing.configuration import Published
from routing.models import ConfigurationVersion, RoutingDecision
from routing.queries.replay import assignment, intake, overflow, routing
from routing.queries.replay.answer import NO_VERSION, THEN, Answer, Made, Replay, Rules
from routing.queries.stored_decision import document_of
from routing.queries.try_rules import DRAFT, PUBLISHED, has_draft
from routing.terms import DecisionStage

log = logging.getLogger(__name__)

FAILED: Final = "These rules failed with an error."


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How decisions of a stage are made again: why not, by the version that made them, which
    raises KeyError where it lacks what the decision names, and by other rules."""

    why_not: Callable[[Mapping[str, Any]], str]
    then: Callable[[RoutingDecision, Published], Made]
    today: Callable[[RoutingDecision, Published], Made]
    is_same: Callable[[RoutingDecision, Made], bool]


STAGES: Final = {
    DecisionStage.INTAKE: Stage(
        why_not=intake.why_not, then=intake.then, today=intake.today, is_same=intake.is_same
    ),
    DecisionStage.ROUTING: Stage(
        why_not=routing.why_not, then=routing.then, today=routing.today, is_same=routing.is_same
    ),
    DecisionStage.OVERFLOW: Stage(
        why_not=overflow.why_not, then=overflow.then, today=overflow.today, is_same=overflow.is_same
    ),
    DecisionStage.ASSIGNMENT: Stage(
        why_not=assignment.why_not,
        then=assignment.then,
        today=assignment.today,
        is_same=assignment.is_same,
    ),
}


def why_not(decision: RoutingDecision) -> str:
    """Why it cannot be made again, as far as it says itself; empty where it can. No query."""
    return _stage_of(decision).why_not(document_of(decision))


def is_by_person(sentence: str) -> bool:
    """Whether ``why_not`` says that a person decided; then there is nothing to make again."""
    return sentence == assignment.BY_PERSON


def replay(decision: RoutingDecision) -> Replay:
    """By the rules of then; a few queries, and nothing is written."""
    made = _by_its_version(decision)
    if isinstance(made, str):
        return Replay(is_same=None, sentence=made)
    return Replay(is_same=_is_same(decision, made), sentence=made.sentence, document=made.document)


def replay_today(decision: RoutingDecision) -> Replay:
    """By the rules of then, by the published ones, and by the draft where edits wait."""
    made = _by_its_version(decision)
    if isinstance(made, str):
        return Replay(is_same=None, sentence=made)
    if not made.has_answer and not made.document:
        return Replay(is_same=None, sentence=made.sentence)
    then = Answer(
        rules=THEN,
        version=decision.version,
        is_same=_is_same(decision, made),
        sentence=made.sentence,
        document=made.document,
    )
    today = list(_today(decision, made))
    return Replay(is_same=then.is_same, document=made.document, answers=[then, *today])


def _by_its_version(decision: RoutingDecision) -> Made | str:
    """The decision again, or the sentence that says why not."""
    if sentence := why_not(decision):
        return sentence
    try:
        version = configuration.at(decision.version)
        return _stage_of(decision).then(decision, version)
    except (ConfigurationVersion.DoesNotExist, KeyError):
        return NO_VERSION


def _is_same(decision: RoutingDecision, made: Made) -> bool | None:
    return _stage_of(decision).is_same(decision, made) if made.has_answer else None


def _today(decision: RoutingDecision, then: Made) -> Iterator[Answer]:
    """What rules ask for that was not read then is read now."""
    yield _answer(PUBLISHED, configuration.current(), decision, then)
    if has_draft():
        yield _answer(DRAFT, configuration.drafted(), decision, then)


def _answer(name: Rules, rules: Published, decision: RoutingDecision, then: Made) -> Answer:
    try:
        made = _stage_of(decision).today(decision, rules)
    except Exception:
        log.exception("replay failed decision=%s version=%s", decision.pk, rules.number)
        made = Made(sentence=FAILED, has_answer=False)
    return Answer(
        rules=name,
        version=rules.number,
        is_same=made.outcome == then.outcome if made.has_answer else None,
        sentence=made.sentence,
        document=made.document,
    )


def _stage_of(decision: RoutingDecision) -> Stage:
    return STAGES[DecisionStage(decision.stage)]

"""/work-items/{id}/decisions: what rules decided, made again rule by rule."""

from datetime import datetime
from typing import Any

from django.http import Http404
from ninja import Router
from typing_extensions import TypedDict

from config.api.auth import SUPERVISORS
from config.request import AppRequest
from routing.api.item_document import get_item_for
from routing.models import RoutingDecision
from routing.queries.replay import Answer, Replay, Rules, replay_today

router = Router(tags=["work items"])


class AnswerDocument(TypedDict):
    """What one set of rules says; ``is_same`` is null where it says nothing. Of an assignment
    ``compared`` names the numbers that rank agents, in their order."""

    rules: Rules
    configuration_version: int | None
    is_same: bool | None
    sentence: str
    workstream: str | None
    queue: str | None
    agent: str | None
    stages: list[dict[str, Any]]
    agents_considered: list[dict[str, Any]]
    compared: list[str]


class ReplayDocument(TypedDict):
    """A decision made again; ``sentence`` says why it cannot be, where ``is_same`` is null."""

    decision: int
    at: datetime
    configuration_version: int
    is_same: bool | None
    sentence: str
    answers: list[AnswerDocument]


@router.get(
    "/work-items/{int:item_id}/decisions/{int:decision_id}/replay",
    auth=SUPERVISORS,
    response=ReplayDocument,
    summary="Make a decision again, by its own rules and by today's",
)
def replay_decision(request: AppRequest, item_id: int, decision_id: int) -> ReplayDocument:
    """With the result of every rule; nothing is written. The ids of decisions stand in the
    explanation."""
    item = get_item_for(request.user, item_id)
    decision = RoutingDecision.objects.filter(pk=decision_id, work_item_id=item.pk).first()
    if decision is None:
        raise Http404
    return _document(decision, replay_today(decision))


def _document(decision: RoutingDecision, made: Replay) -> ReplayDocument:
    return ReplayDocument(
        decision=decision.pk,
        at=decision.at,
        configuration_version=decision.version,
        is_same=made.is_same,
        sentence=made.sentence,
        answers=[_answer(each) for each in made.answers],
    )


def _answer(answer: Answer) -> AnswerDocument:
    document = answer.document
    return AnswerDocument(
        rules=answer.rules,
        configuration_version=answer.version,
        is_same=answer.is_same,
        sentence=answer.sentence,
        workstream=document.get("workstream"),
        queue=document.get("queue"),
        agent=document.get("agent"),
        stages=document.get("stages", []),
        agents_considered=document.get("agents_considered", []),
        compared=document.get("compared", []),
    )

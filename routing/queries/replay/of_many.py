"""Assignments that looked at more agents than a decision keeps, made again from the first ten."""

from collections.abc import Mapping
from typing import Any, Final

from agents.models import Agent
from routing.configuration import Published
from routing.engine.configuration import CompiledConfiguration
from routing.engine.first_of_many import Ranked, first_again, names_of_the_first
from routing.engine.order_of_many import order_of_many
from routing.models import RoutingDecision
from routing.queries.given_before import given_before
from routing.queries.replay.answer import BATCH_GONE, GONE, Made
from routing.queries.stored_decision import document_of
from routing.terms import How
from workstreams.models import WorkItem

TOO_MANY: Final = (
    "It cannot be made again: {members} agents were considered, and of more than {most} a decision"
    " keeps the numbers of the first ten, which do not tell who comes first where items are matched"
    " all at once."
)
FIRST: Final = (
    "{members} agents were considered: the first {count} who could take it are compared, behind"
    " whom nobody can have come first."
)
FIRST_ONLY: Final = (
    "By these rules another of the {members} agents may have come first, and only the first {count}"
    " who could take it then were kept."
)
ALL_GIVEN: Final = (
    "It cannot be made again: {members} agents were considered, and what was decided along with it"
    " changed the {count} of them who were kept, or may have let others come first."
)
RENAMED: Final = "It cannot be made again: not all of its agents have the names that they had then."


def made(decision: RoutingDecision, version: Published) -> Made:
    """By the version that made it. KeyError where that lacks what the decision names."""
    document = document_of(decision)
    agents = Agent.objects.filter(user__username__in=names_of_the_first(document))
    ids = dict(agents.values_list("user__username", "pk"))
    if len(ids) < len(document["agents_considered"]):
        return Made(sentence=RENAMED, has_answer=False)
    kept = given_before(decision, document["read"]["place"], version.profile_names)
    if kept is None:
        return Made(sentence=BATCH_GONE, has_answer=False)
    queue_id = decision.queue_id or 0
    order = order_of_many(
        document, version.compiled, workstream_id=_workstream_of(decision), queue_id=queue_id
    )
    ranked = first_again(document, order, ids=ids, queue_id=queue_id, kept=kept, at=decision.at)
    if ranked is None:
        return Made(sentence=_said(ALL_GIVEN, document), has_answer=False)
    return Made(
        outcome=(ranked.agent, How.PUSH if ranked.agent else None),
        document=_document(ranked, order.columns, version),
        sentence=_said(FIRST, document),
    )


def made_today(decision: RoutingDecision, version: Published, rules: Published) -> Made:
    """By other rules, as far as they rank as those of then did."""
    workstream_id, queue_id = _workstream_of(decision), decision.queue_id or 0
    compiled = rules.compiled
    if queue_id not in compiled.queues or workstream_id not in compiled.workstreams:
        return Made(sentence=GONE, has_answer=False)
    if not _are_alike(version.compiled, compiled, workstream_id, queue_id):
        return Made(sentence=_said(FIRST_ONLY, document_of(decision)), has_answer=False)
    return made(decision, rules)


def _workstream_of(decision: RoutingDecision) -> int:
    return WorkItem.objects.values_list("workstream_id", flat=True).get(pk=decision.work_item_id)


def _said(sentence: str, document: Mapping[str, Any]) -> str:
    return sentence.format(members=document["members"], count=len(document["agents_considered"]))


def _document(ranked: Ranked, columns: Any, version: Published) -> dict[str, Any]:
    number = version.compiled.number
    stage = ranked.stage | {"how": How.PUSH.value if ranked.agent else None}
    return {
        "configuration_version": number,
        "agent": ranked.agent,
        "stages": [stage],
        "agents_considered": list(ranked.considered),
        "compared": list(columns),
    }


def _are_alike(
    then: CompiledConfiguration, now: CompiledConfiguration, workstream_id: int, queue_id: int
) -> bool:
    """Whether both decide alike about the item, whoever its agents are."""
    return (
        then.workstreams[workstream_id] == now.workstreams[workstream_id]
        and then.queues[queue_id] == now.queues[queue_id]
        and then.method_of(queue_id) == now.method_of(queue_id)
        and then.service == now.service
    )

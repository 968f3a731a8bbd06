"""Everything that was decided about a work item, and what it waits for."""

from typing import Any, Final

from config.clock import shown_now
from routing.models import RoutingDecision
from routing.queries.as_decided import as_decided
from routing.queries.replay import is_by_person, why_not
from routing.queries.stage_times import attempts, stage_times
from routing.queries.stored_decision import told
from routing.queries.waiting import in_vain, waiting
from routing.terms import DecisionStage
from workstreams.models import BotConversation, WorkItem, WorkItemEvent
from workstreams.terms import BotOutcome, ItemState

BOT_SENTENCES: Final = {
    BotOutcome.TALKING: "has the conversation now",
    BotOutcome.ESCALATED: "had the conversation first; then it went to people",
    BotOutcome.ENDED: "had the conversation and ended it",
    BotOutcome.LEFT: "had the conversation until it was closed",
}

FELL_BACK: Final = (
    "Its workstream's fallback queue took it, not a rule, so the queue's overflow does not act on"
    " it. It does once somebody has transferred or released it."
)


def explanation(item_id: int, *, may_read: bool = True) -> dict[str, Any]:
    """What ``explanation_of`` tells, by the item's id; one query more. WorkItem.DoesNotExist."""
    return explanation_of(WorkItem.objects.get(pk=item_id), may_read=may_read)


def explanation_of(
    item: WorkItem, *, may_read: bool = True, tells_each: bool = True
) -> dict[str, Any]:
    """The public contract's explanation, the newest decision of each stage first.

    While it waits, ``agents_considered`` are those who are looked at now, also where it was given
    to somebody before: nobody, where it goes to certain people or is to be picked.
    ``decisions`` lists all of them, oldest first, for the timeline, each with its document only
    where it ``tells_each``: a list of agents that was cut is made again for it.
    ``identification`` says how the customer was found, ``bots`` who had the conversation first;
    their summaries, which quote it, are left empty for who may not read it, as are the words by
    which a model found a feeling; ``without_overflow``
    says why the overflow of its queue does not act on it, where that is so; ``stage_times`` and
    ``attempts`` count. Five queries, those of ``as_decided``, and while the item is open two and
    those of ``waiting``.
    """
    decisions = list(RoutingDecision.objects.filter(work_item_id=item.pk).order_by("id"))
    taken_in = _last(decisions, DecisionStage.INTAKE)
    routed = _last(decisions, DecisionStage.ROUTING)
    assigned = _last(decisions, DecisionStage.ASSIGNMENT)
    looked_at, waits = as_decided(assigned) if assigned else {}, waiting(item)
    people = waits.considered if item.state == ItemState.OPEN else looked_at
    return {
        "identification": _identification(item),
        "bots": _bots(item, may_read),
        "stages": [
            *_stages(taken_in, may_read),
            *_stages(routed, may_read),
            *_overflow_stages(decisions),
            *_assignment_stage(looked_at),
        ],
        "agents_considered": people.get("agents_considered", []),
        "counts": people.get("counts", {}),
        "is_considered_now": bool(waits.considered),
        "waiting_because": [*in_vain(item, waits), *waits.because],
        "without_overflow": FELL_BACK if _is_left_out(item) else "",
        "stage_times": stage_times(item, now=shown_now()),
        "attempts": attempts(item),
        "configuration_version": item.configuration_version,
        "error": told(routed).get("error") if routed else None,
        "decisions": [
            _in_list(each) | ({"document": told(each, may_read=may_read)} if tells_each else {})
            for each in decisions
        ],
    }


def _is_left_out(item: WorkItem) -> bool:
    return item.fell_back and item.state != ItemState.CLOSED


def _identification(item: WorkItem) -> list[str]:
    events = WorkItemEvent.objects.filter(
        work_item_id=item.pk, kind__in=("customer-identified", "customer-not-identified")
    )
    found = (str(each) for event in events for each in event.data.get("sentences", ()))
    # Asked again with what a bot found out, the same doubt is said once.
    return list(dict.fromkeys(found))


def _bots(item: WorkItem, may_read: bool) -> list[dict[str, Any]]:
    talks = BotConversation.objects.filter(item=item).select_related("bot").order_by("pk")
    return [
        {
            "bot": talk.bot.name,
            "outcome": talk.outcome,
            "sentence": BOT_SENTENCES[BotOutcome(talk.outcome)],
            "started_at": talk.started_at,
            "ended_at": talk.ended_at,
            "summary": talk.summary if may_read else "",
        }
        for talk in talks
    ]


def _stages(decision: RoutingDecision | None, may_read: bool) -> list[dict[str, Any]]:
    return list(told(decision, may_read=may_read).get("stages", [])) if decision else []


def _overflow_stages(decisions: list[RoutingDecision]) -> list[dict[str, Any]]:
    """Each time it overflowed while it waited, oldest first."""
    found = (each for each in decisions if each.stage == DecisionStage.OVERFLOW)
    return [{**told(each), "stage": "overflow", "rulesets": []} for each in found]


def _assignment_stage(looked_at: dict[str, Any]) -> list[dict[str, Any]]:
    if not looked_at:
        return []
    facts = {key: value for key, value in looked_at.items() if key != "agents_considered"}
    return [{"rulesets": [], **facts, "stage": "assignment"}]


def _in_list(decision: RoutingDecision) -> dict[str, Any]:
    sentence = why_not(decision)
    return {
        "id": decision.pk,
        "stage": decision.stage,
        "at": decision.at,
        "configuration_version": decision.version,
        "queue_id": decision.queue_id,
        "agent_id": decision.agent_id,
        "not_replayable": sentence,
        "is_by_person": is_by_person(sentence),
    }


def _last(decisions: list[RoutingDecision], stage: DecisionStage) -> RoutingDecision | None:
    return next((each for each in reversed(decisions) if each.stage == stage), None)

"""Queues and workstreams."""

from itertools import count
from typing import Any

from routing.engine.methods.built_in import rulesets_of
from routing.engine.methods.tidy import tidy_method
from routing.models import Rule, RuleQueue, Ruleset
from routing.terms import RulesetKind
from workstreams.models import (
    AssignmentMethod,
    NotificationTemplate,
    OverflowRule,
    Queue,
    RecordType,
    Workstream,
)
from workstreams.terms import (
    AssignmentMethodName,
    Channel,
    DistributionMode,
    OverflowAction,
    OverflowCondition,
    SkillMatching,
    WorkstreamType,
)

NUMBERS = count(1)
CHANNEL_OF_TYPE = {
    WorkstreamType.MESSAGING: Channel.LIVE_CHAT,
    WorkstreamType.RECORD: Channel.RECORD,
    WorkstreamType.VOICE: Channel.VOICE,
}


def make_queue(name: str = "", *, type: str = WorkstreamType.MESSAGING, **fields: Any) -> Queue:
    """A queue without members; operating hours come with what happens outside them."""
    queue = Queue.objects.create(name=name or f"queue-{next(NUMBERS)}", type=type, **fields)
    if queue.operating_hours is not None:
        make_overflow(queue, OverflowCondition.OUT_OF_HOURS)
    return queue


def make_method(name: str = "", **parts: Any) -> AssignmentMethod:
    """A custom method; without rulesets one whose rule asks what built-in methods ask."""
    usual = rulesets_of(AssignmentMethodName.HIGHEST_CAPACITY, SkillMatching.EXACT)
    document = {"name": name or f"method-{next(NUMBERS)}", "rulesets": usual} | parts
    return AssignmentMethod.objects.create(**tidy_method(document))


def make_overflow(
    queue: Queue,
    condition: str = OverflowCondition.ITEM_LIMIT,
    action: str = "",
    *,
    threshold: int | None = None,
    to: Queue | None = None,
) -> OverflowRule:
    """A pair of the queue: a transfer where it says to which queue, else work is assigned."""
    given = OverflowAction.TRANSFER if to else OverflowAction.ASSIGN
    return OverflowRule.objects.create(
        queue=queue,
        condition=condition,
        threshold=threshold,
        action=action or given,
        to_queue=to,
        position=queue.overflow_rules.count() + 1,
    )


def make_workstream(
    name: str = "",
    *,
    type: str = WorkstreamType.MESSAGING,
    mode: str = DistributionMode.PUSH,
    queue: Queue | None = None,
    **fields: Any,
) -> Workstream:
    """A push workstream of its type's first channel, with a fallback queue of its own."""
    if type == WorkstreamType.RECORD and "record_type" not in fields:
        fields["record_type"] = RecordType.objects.get(name="case")
    return Workstream.objects.create(
        name=name or f"workstream-{next(NUMBERS)}",
        type=type,
        channel=fields.pop("channel", CHANNEL_OF_TYPE[WorkstreamType(type)]),
        distribution_mode=mode,
        fallback_queue=queue or make_queue(type=type),
        notification_template=NotificationTemplate.objects.get(
            name="Chat - incoming unauthenticated - default"
        ),
        **fields,
    )


def make_intake(name: str = "Intake rules", *, record_type: str = "case") -> Ruleset:
    """The list of a record type's intake rules."""
    found = RecordType.objects.get(name=record_type)
    return Ruleset.objects.create(kind=RulesetKind.INTAKE, record_type=found, name=name)


def make_route(workstream: Workstream, queue: Queue | None = None) -> Rule:
    """A route-to-queue rule that always matches, behind those there are; without a queue it leads
    where work falls back to."""
    queue = queue or workstream.fallback_queue
    ruleset, _ = Ruleset.objects.get_or_create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, defaults={"name": "Route"}
    )
    position = ruleset.rules.count() + 1
    rule = Rule.objects.create(ruleset=ruleset, name=f"to {queue}", position=position)
    RuleQueue.objects.create(rule=rule, queue=queue)
    return rule

"""What a workstream still needs before it is ready to receive work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from workstreams.models import (
    ChannelInstance,
    Queue,
    QueueMembership,
    Workstream,
    WorkstreamTest,
)
from workstreams.terms import LABELS, Channel, WorkstreamType

SETS_UP: Final = {
    Channel.LIVE_CHAT: "Set up chat",
    Channel.VOICE: "Set up voice",
    Channel.CUSTOM: "Set up custom channel",
}


@dataclass(frozen=True, kw_only=True)
class Link:
    """Where something is done."""

    label: str
    url: str
    is_dialog: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the set-up list; ``missing`` says what, while it is not done."""

    key: str
    text: str
    is_done: bool
    missing: str
    links: tuple[Link, ...]
    is_optional: bool = False


def set_up_steps(
    workstream: Workstream,
    *,
    instances: Sequence[ChannelInstance],
    intake_rule_count: int,
    rule_count: int,
    is_in_force: bool,
) -> list[Step]:
    """The whole list, in the order of work, while it waits for that publishing too; two queries."""
    queues = _queues(workstream)
    return [
        _intake(workstream, intake_rule_count)
        if workstream.type == WorkstreamType.RECORD
        else _channel(workstream, instances),
        _members(queues),
        _rules(workstream, rule_count),
        _hours(workstream, instances, queues),
        *(() if is_in_force else (_publish(),)),
        _test(workstream),
    ]


def is_ready(steps: Sequence[Step]) -> bool:
    """Whether all that is required is done."""
    return all(step.is_done for step in steps if not step.is_optional)


def _queues(workstream: Workstream) -> list[Queue]:
    """The fallback queue, and those that its rules lead to; each with ``is_served``.

    Members who are switched off serve nobody. Joined, the rules of all workstreams that lead to the
    fallback queue would meet each of its members.
    """
    targets = workstream.rulesets.order_by().values("rules__queues__queue")
    reached = Q(pk=workstream.fallback_queue_id) | Q(pk__in=targets)
    serving = QueueMembership.objects.filter(queue=OuterRef("pk"), agent__is_enabled=True)
    return list(Queue.objects.filter(reached).annotate(is_served=Exists(serving)).order_by("name"))


def _channel(workstream: Workstream, instances: Sequence[ChannelInstance]) -> Step:
    channel = Channel(workstream.channel)
    label = SETS_UP.get(channel, f"Set up {LABELS[channel]}")
    url = _url("channel-instance-create", workstream)
    missing = "No work comes in before there is one."
    if instances:
        missing = "All of them are switched off, so no new work comes in."
    return Step(
        key="channel",
        text="Set up the channel",
        is_done=any(instance.is_enabled for instance in instances),
        missing=missing,
        links=(Link(label=label, url=url, is_dialog=True),),
    )


def _intake(workstream: Workstream, count: int) -> Step:
    return Step(
        key="intake",
        text="Add an intake rule",
        is_done=count > 0,
        missing="Records come in when an intake rule sends them here.",
        links=(Link(label="Intake rules", url=reverse("routing:intake")),),
    )


def _members(queues: Sequence[Queue]) -> Step:
    empty = [queue for queue in queues if not getattr(queue, "is_served", False)]
    names = ", ".join(queue.name for queue in empty)
    verb = "has" if len(empty) == 1 else "have"
    return Step(
        key="members",
        text="Add members to the queues",
        is_done=not empty,
        missing=f"{names} {verb} no members, so nobody gets the work that waits there.",
        links=tuple(
            Link(
                label=f"Add members to {queue}",
                url=reverse("workstreams:queue-detail", args=[queue.pk]),
            )
            for queue in empty[:5]
        ),
    )


def _rules(workstream: Workstream, count: int) -> Step:
    place = {"workstream_id": workstream.pk, "kind": "route-to-queue"}
    return Step(
        key="rules",
        text="Add routing rules",
        is_done=count > 0,
        missing="Without rules all work goes to the fallback queue.",
        links=(Link(label="New rule", url=reverse("routing:rule-create", kwargs=place)),),
        is_optional=True,
    )


def _hours(
    workstream: Workstream, instances: Sequence[ChannelInstance], queues: Sequence[Queue]
) -> Step:
    hours = [each.operating_hours_id for each in instances]
    hours += [each.operating_hours_id for each in queues]
    if instances:
        kwargs = {"workstream_id": workstream.pk, "channel_instance_id": instances[0].pk}
        url = reverse("workstreams:channel-instance-edit", kwargs=kwargs)
    else:
        kwargs = {"queue_id": workstream.fallback_queue_id}
        url = reverse("workstreams:queue-edit", kwargs=kwargs)
    return Step(
        key="hours",
        text="Set operating hours",
        is_done=any(hours),
        missing="Without them it is always open.",
        links=(Link(label="Set operating hours", url=url, is_dialog=True),),
        is_optional=True,
    )


def _publish() -> Step:
    return Step(
        key="publish",
        text="Publish it",
        is_done=False,
        missing="It waits in the draft for its review. No work comes in before it is published.",
        links=(Link(label="Review the draft", url=reverse("routing:draft")),),
    )


def _test(workstream: Workstream) -> Step:
    return Step(
        key="test",
        text="Send a test item",
        is_done=WorkstreamTest.objects.filter(workstream=workstream).exists(),
        missing="It shows where work would go and why, without creating any.",
        links=(Link(label="Send a test item", url=_url("workstream-test-item", workstream)),),
    )


def _url(name: str, workstream: Workstream) -> str:
    return reverse(f"workstreams:{name}", kwargs={"workstream_id": workstream.pk})

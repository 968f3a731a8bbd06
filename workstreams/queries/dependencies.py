"""What still refers to a workstream, a queue or a channel instance, by name and with links."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypedDict

from django.db.models import PROTECT, Exists, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse

from workstreams.models import (
    AssignmentMethod,
    ChannelInstance,
    Queue,
    QuickReply,
    WorkItem,
    Workstream,
)
from workstreams.terms import ItemState

# Beyond this many work items the rest is counted.
NAMED_ITEMS: Final = 10
# What conditions call the way by which work came in.
INSTANCE: Final = "engagement.instance"


class Dependency(TypedDict):
    """One row that has to go, or change, first."""

    kind: str
    name: str
    url: str


def workstream_dependencies(workstream: Workstream) -> list[Dependency]:
    """Intake rules, channel instances, models that learn from it, for without it they would learn
    from every workstream, and unfinished work items; in five queries at most."""
    page = _url("workstreams:workstream-detail", workstream_id=workstream.pk)
    return [
        *(
            Dependency(kind="intake_rule", name=rule.name, url=_url("routing:intake"))
            for rule in workstream.intake_rules.all()
        ),
        *(
            Dependency(kind="channel_instance", name=instance.name, url=f"{page}#channel")
            for instance in workstream.channel_instances.all()
        ),
        *(
            Dependency(
                kind="learned_model",
                name=model.name,
                url=_url("routing:model-detail", model_id=model.pk),
            )
            for model in workstream.learned_models.all()
        ),
        *_unfinished(workstream.items.all()),
    ]


def method_dependencies(method: AssignmentMethod) -> list[Dependency]:
    """The queues that use the assignment method; one query."""
    rows = Queue.objects.filter(custom_method=method).order_by("name")
    return [
        Dependency(
            kind="queue",
            name=queue.name,
            url=_url("workstreams:queue-detail", queue_id=queue.pk),
        )
        for queue in rows
    ]


def queue_dependencies(queue: Queue, *, with_work: bool = True) -> list[Dependency]:
    """Workstreams that fall back to it, rules that send work to it, queues and rules that overflow
    into it, and ``with_work`` unfinished work in it."""
    return [
        *(
            Dependency(kind="fallback_queue_of", name=workstream.name, url=_page_of(workstream.pk))
            for workstream in queue.fallback_of.all()
        ),
        *(
            Dependency(
                kind="route_to_queue_rule",
                name=f"{target.rule.ruleset.workstream}: {target.rule.name}",
                url=f"{_page_of(target.rule.ruleset.workstream_id)}#route-to-queue",
            )
            for target in queue.rule_targets.select_related("rule__ruleset__workstream")
        ),
        *(
            Dependency(
                kind="overflow_of_rule",
                name=f"{target.rule.ruleset.workstream}: {target.rule.name}",
                url=f"{_page_of(target.rule.ruleset.workstream_id)}#route-to-queue",
            )
            for target in queue.ruleoverflow_targets.select_related("rule__ruleset__workstream")
        ),
        *(
            Dependency(
                kind="overflow_of_queue",
                name=target.queue.name,
                url=_url("workstreams:queue-detail", queue_id=target.queue_id),
            )
            for target in queue.overflowrule_targets.select_related("queue")
        ),
        *(_unfinished(queue.items.all()) if with_work else ()),
    ]


def channel_instance_dependencies(instance: ChannelInstance) -> list[Dependency]:
    """Rules that compare with its name, and unfinished work items that came in by it."""
    return [*rules_of_instance(instance), *_unfinished(instance.items.all())]


def rules_of_instance(instance: ChannelInstance) -> list[Dependency]:
    """Rules of its workstream, and methods, that compare with its name; three queries."""
    page, name = _page_of(instance.workstream_id), instance.name
    return [
        *(
            Dependency(kind="rule", name=rule.name, url=page)
            for ruleset in instance.workstream.rulesets.prefetch_related("rules")
            for rule in ruleset.rules.all()
            if compares(rule.when, INSTANCE, name)
        ),
        *(
            Dependency(
                kind="assignment_method",
                name=method.name,
                url=_url("routing:assignment-method-detail", assignment_method_id=method.pk),
            )
            for method in AssignmentMethod.objects.all()
            if compares(method.document(), INSTANCE, name)
        ),
    ]


def compares(condition: Any, field: str, name: str) -> bool:
    """Whether a condition on the field says the name, however deep; case does not count."""
    if isinstance(condition, list):
        return any(compares(each, field, name) for each in condition)
    if not isinstance(condition, Mapping):
        return False
    if condition.get("field") == field:
        value = condition.get("value")
        values = value if isinstance(value, list) else [value]
        return name.lower() in {str(each).strip().lower() for each in values}
    return any(compares(each, field, name) for each in condition.values())


def replies_of_it_alone(workstream: Workstream) -> "QuerySet[QuickReply]":
    """Quick replies that show in no other workstream."""
    others = QuickReply.workstreams.through.objects.filter(quickreply=OuterRef("pk")).exclude(
        workstream=workstream
    )
    return QuickReply.objects.filter(~Exists(others), workstreams=workstream)


def has_history(row: Workstream | Queue) -> bool:
    """Whether finished work, or anything else that is kept, refers to it; a query a kind."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if relation.on_delete is PROTECT
    )


def _unfinished(items: QuerySet[WorkItem]) -> Iterator[Dependency]:
    unfinished = items.exclude(state=ItemState.CLOSED)
    named = list(unfinished.order_by("id")[: NAMED_ITEMS + 1])
    for item in named[:NAMED_ITEMS]:
        url = _url("routing:work-item-explanation", work_item_id=item.pk)
        name = f"{item.title} (#{item.pk} · {item.customer_name})"
        yield Dependency(kind="work_item", name=name, url=url)
    if len(named) > NAMED_ITEMS:
        name = f"and {unfinished.count() - NAMED_ITEMS} more"
        yield Dependency(kind="work_item", name=name, url=_url("routing:work-item-list"))


def _page_of(workstream_id: int | None) -> str:
    return _url("workstreams:workstream-detail", workstream_id=workstream_id)


def _url(name: str, **kwargs: object) -> str:
    """Empty where the page belongs to a part that is not installed."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""

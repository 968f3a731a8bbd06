"""What uses a bot: workstreams, and conversations that it has now."""

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from workstreams.models import Bot, WorkItem, Workstream
from workstreams.queries.dependencies import NAMED_ITEMS, Dependency
from workstreams.terms import ItemState


def bot_dependencies(bot: Bot) -> list[Dependency]:
    """What stands against deleting it; 3 queries, 4 with many conversations."""
    return [
        *_workstreams(bot.workstreams.all(), "bot_of", "#bot"),
        *_workstreams(bot.assisted_workstreams.all(), "assist_bot_of", "#assist-bots"),
        *_conversations(bot.items.filter(state=ItemState.ACTIVE)),
    ]


def _workstreams(rows: QuerySet[Workstream], kind: str, anchor: str) -> list[Dependency]:
    return [
        Dependency(
            kind=kind,
            name=each.name,
            url=_url("workstreams:workstream-detail", workstream_id=each.pk) + anchor,
        )
        for each in rows.filter(deleted_at=None)
    ]


def _conversations(items: QuerySet[WorkItem]) -> list[Dependency]:
    named = list(items.order_by("id")[: NAMED_ITEMS + 1])
    found = [
        Dependency(
            kind="bot_talks",
            name=f"{item.title} (#{item.pk} · {item.customer_name})",
            url=_url("routing:work-item-explanation", work_item_id=item.pk),
        )
        for item in named[:NAMED_ITEMS]
    ]
    if len(named) > NAMED_ITEMS:
        more = f"and {items.count() - NAMED_ITEMS} more"
        found.append(Dependency(kind="bot_talks", name=more, url=_url("routing:work-item-list")))
    return found


def _url(name: str, **kwargs: object) -> str:
    """Empty where the page belongs to a part that is not installed."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""

"""What each block of the floor shows. The whole state of the page is in its address."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from agents.terms import LABELS as AGENT_LABELS
from agents.terms import BasePresence
from config.clock import shown_now
from config.request import AppRequest
from routing import floor_filters
from routing.queries import floor as queries
from routing.queries.floor import Counts, QueueRow
from routing.queries.floor_agents import SIGNED_IN, AgentFilters, agent_page
from routing.queries.work_item_filters import ItemFilters, number
from routing.queries.work_items import unfinished
from workstreams.models import Workstream
from workstreams.terms import LABELS, Channel, ItemState, Reason

QUEUES_SHOWN: Final = 50
QUEUE_NAMES: Final = (*floor_filters.QUEUES, "queue_page")
AGENT_NAMES: Final = (*floor_filters.AGENTS, "agent_page")
ITEM_NAMES: Final = (*floor_filters.ITEMS, "after")
UNFINISHED: Final = [state for state in ItemState if state != ItemState.CLOSED]
REASONS: Final = (
    Reason.AWAITING_AGENT_ASSIGNMENT,
    Reason.AWAITING_AGENT_ACCEPTANCE,
    Reason.IN_CONVERSATION,
    Reason.WITH_BOT,
    Reason.AWAITING_CUSTOMER_RESPONSE,
    Reason.AGENT_MOVED_TO_WRAP_UP,
    Reason.CUSTOMER_MOVED_TO_WRAP_UP,
    Reason.CUSTOMER_LEFT_ACTIVE,
)


def tiles(request: AppRequest, counts: Mapping[int, Counts] | None = None) -> dict[str, Any]:
    """The numbers on top."""
    now = timezone.localtime(shown_now())
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    shown = queries.tiles(queries.counts_by_queue() if counts is None else counts, today=today)
    number_of_queues = shown.waiting_queues
    return {
        **_block(request),
        "tiles": shown,
        "waiting_text": f"in {number_of_queues} queue{'' if number_of_queues == 1 else 's'}",
        "customer_text": _customer_text(shown.counts),
        "midnight_text": f"since midnight {today:%Z}",
        "signed_in_text": f"of {shown.signed_in} signed in",
    }


def _customer_text(counts: queries.Counts) -> str:
    """Who else has a conversation; bots are named where they have any."""
    with_customer = f"{counts.with_customer} waiting for the customer"
    return f"{with_customer}, {counts.with_bot} with bots" if counts.with_bot else with_customer


def queues(request: AppRequest, rows: Sequence[QueueRow] | None = None) -> dict[str, Any]:
    """Every queue, or those that need attention."""
    search = request.GET.get("queue_q", "").strip().lower()
    only_alarms = bool(request.GET.get("queue_alarm"))
    every = queries.queue_rows(queries.counts_by_queue()) if rows is None else rows
    page = Paginator(
        [row for row in every if _is_wanted(row, search, only_alarms)], QUEUES_SHOWN
    ).get_page(request.GET.get("queue_page"))
    return {
        **_block(request),
        "rows": queries.with_room(list(page.object_list)),
        "is_filtered": bool(search) or only_alarms,
        "alarm_count": sum(1 for row in every if row.alarm),
        "alarms_url": _url(request, "floor-queues", QUEUE_NAMES, queue_alarm=1),
        "every_url": _url(request, "floor-queues", QUEUE_NAMES),
        **_pages(request, "queue_page", "floor-queues", page.number, page.has_next()),
    }


def agents(request: AppRequest) -> dict[str, Any]:
    """Agents by presence, a page at a time."""
    asked = request.GET.get("presence", "")
    filters = AgentFilters(
        search=request.GET.get("agent_q", "").strip(),
        queue_id=number(request.GET.get("agent_queue", "")),
        presence=asked if asked in list(BasePresence) else SIGNED_IN,
        page=max(1, min(number(request.GET.get("agent_page", "")) or 1, 10_000)),
    )
    page = agent_page(filters)
    groups = [(SIGNED_IN, "Signed in", page.signed_in)] + [
        (base.value, AGENT_LABELS[base], page.presences.get(base, 0)) for base in BasePresence
    ]
    return {
        **_block(request),
        "agents": page,
        "range_text": f"{page.first} to {page.last} of {page.number_of_agents}",
        "groups": [
            {
                "label": label,
                "count": count,
                "url": _url(request, "floor-agents", ("agent_page",), presence=value),
                "is_current": value == filters.presence,
            }
            for value, label, count in groups
        ],
        **_pages(request, "agent_page", "floor-agents", page.page, page.has_next),
    }


def items(request: AppRequest) -> dict[str, Any]:
    """Unfinished work items, a page at a time."""
    filters = ItemFilters.of(request.GET, by=request.user)
    page = unfinished(filters)
    return {
        **_block(request),
        "items": page,
        "item_filters": filters,
        "clear_url": _url(request, "floor-items", ITEM_NAMES),
        "first_url": "" if page.is_first else _url(request, "floor-items", ("after",)),
        "next_url": page.next and _url(request, "floor-items", (), after=page.next),
    }


def filters(request: AppRequest, rows: Sequence[QueueRow]) -> dict[str, Any]:
    """The forms over the tables, and what each hands on of the others; 1 query."""
    return {
        "query": request.GET,
        "queue_options": [(row.id, row.name) for row in rows],
        "item_queue_options": [
            (floor_filters.MY_QUEUES, floor_filters.MY_QUEUES_LABEL),
            *((row.id, row.name) for row in rows),
        ],
        "workstream_options": list(Workstream.objects.values_list("pk", "name")),
        "state_options": [(state.value, LABELS[state]) for state in UNFINISHED],
        "reason_options": [(reason.value, LABELS[reason]) for reason in REASONS],
        "channel_options": [(channel.value, LABELS[channel]) for channel in Channel],
        "beside_queues": _others(request.GET, QUEUE_NAMES),
        "beside_agents": _others(request.GET, tuple(set(AGENT_NAMES) - {"presence"})),
        "beside_items": _others(request.GET, ITEM_NAMES),
    }


def everything(request: AppRequest) -> dict[str, Any]:
    """The page: the queues and their counts are read once."""
    counts = queries.counts_by_queue()
    rows = queries.queue_rows(counts)
    return {
        "tiles_block": tiles(request, counts),
        "queues_block": queues(request, rows),
        "agents_block": agents(request),
        "items_block": items(request),
        **filters(request, rows),
    }


def _is_wanted(row: QueueRow, search: str, only_alarms: bool) -> bool:
    return search in row.name.lower() and (bool(row.alarm) or not only_alarms)


def _block(request: AppRequest) -> dict[str, Any]:
    return {"updated_at": shown_now(), "address": request.GET.urlencode()}


def _pages(request: AppRequest, name: str, block: str, page: int, has_next: bool) -> dict[str, str]:
    back = {name: page - 1} if page > 2 else {}
    return {
        "previous_url": _url(request, block, (name,), **back) if page > 1 else "",
        "next_url": _url(request, block, (name,), **{name: page + 1}) if has_next else "",
    }


def _url(request: AppRequest, block: str, without: tuple[str, ...], **values: Any) -> str:
    """The floor with another view of one block, scrolled there."""
    query: QueryDict = request.GET.copy()
    for name in without:
        query.pop(name, None)
    for name, value in values.items():
        query[name] = str(value)
    return f"{reverse('routing:floor')}?{query.urlencode()}#{block}"


def _others(query: QueryDict, own: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in query.items() if name not in own]

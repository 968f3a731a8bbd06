"""Lists of work items for supervisors: the unfinished ones, and all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from agents.models import Agent, User
from config.row_ids import row_id
from routing.floor_filters import MY_QUEUES
from routing.queries.floor_agents import people
from workstreams.lifecycle import UNFINISHED
from workstreams.models import Account, Contact, QueueMembership, Record, WorkItem
from workstreams.models.work_item import HELD_STATES
from workstreams.queries.service_configuration import switch_column
from workstreams.terms import LABELS, Channel, ItemState, Reason

ITEMS_SHOWN = 50
MOVABLE_STATES = (ItemState.OPEN, ItemState.ACTIVE, ItemState.WAITING)
# A record that a supervisor gave is worked at as much as a conversation that was accepted.
WORKED_AT: Final = {Reason.IN_CONVERSATION: (Reason.IN_CONVERSATION, Reason.ASSIGNED_BY_SUPERVISOR)}
# What supervisors may do, by the switches of the service.
SUPERVISION = {
    "may_assign": "supervisors_assign",
    "may_transfer": "supervisors_transfer",
    "may_close": "supervisors_force_close",
}
FIELDS = (
    "title", "state", "reason", "channel", "customer", "created_at", "waiting_since",
    "last_activity_at", "state_changed_at", "closed_at",
    "workstream__name", "queue__name", "agent__user__username", "agent__user__first_name",
    "agent__user__last_name", "bot__name",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ItemFilters:
    """What the address asks for; ``serves`` is the user whose queues are meant, ``after`` where the
    page before ended."""

    search: str = ""
    state: str = ""
    reason: str = ""
    queue_id: int | None = None
    serves: int | None = None
    workstream_id: int | None = None
    channel: str = ""
    agent: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], *, by: User) -> "ItemFilters":
        """From the query string; what makes no sense is left out."""
        state, channel = query.get("state", ""), query.get("channel", "")
        reason = query.get("reason", "")
        return cls(
            search=query.get("q", "").strip(),
            state=state if state in list(ItemState) else "",
            reason=reason if reason in list(Reason) else "",
            queue_id=number(query.get("queue", "")),
            serves=by.pk if query.get("queue") == MY_QUEUES else None,
            workstream_id=number(query.get("workstream", "")),
            channel=channel if channel in list(Channel) else "",
            agent=query.get("agent", "").strip(),
            after=query.get("after", ""),
        )

    @property
    def is_set(self) -> bool:
        """Whether anything is left out of the list."""
        return any(
            (
                self.search,
                self.state,
                self.reason,
                self.queue_id,
                self.serves,
                self.workstream_id,
                self.channel,
                self.agent,
            )
        )


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One work item in a list."""

    id: int
    title: str
    customer: str
    case: str
    state: str
    reason: str
    channel: str
    workstream: str
    queue: str
    queue_id: int
    agent: str
    agent_id: int | None
    bot: str
    is_with_bot: bool
    created_at: datetime
    waiting_since: datetime
    state_changed_at: datetime
    closed_at: datetime | None
    may_assign: bool
    may_transfer: bool
    may_close: bool

    @property
    def since(self) -> datetime:
        """Waiting since for open items, else in this state since."""
        return self.waiting_since if self.state == ItemState.OPEN else self.state_changed_at

    @property
    def can_assign(self) -> bool:
        return self.may_assign and (self.state == ItemState.OPEN or self.is_with_bot)

    @property
    def can_transfer(self) -> bool:
        return self.may_transfer and self.state in MOVABLE_STATES

    @property
    def can_close(self) -> bool:
        return self.may_close and self.state != ItemState.CLOSED

    @property
    def reason_text(self) -> str:
        return LABELS[Reason(self.reason)]

    @property
    def channel_text(self) -> str:
        return LABELS[Channel(self.channel)]


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """One page; ``next`` says where the following one starts, if there is one."""

    rows: tuple[ItemRow, ...]
    next: str
    is_first: bool


def unfinished(filters: ItemFilters) -> ItemPage:
    """Unfinished items: open ones by their wait when only these are asked for, else those first
    with which nothing happened for longest. 1 query."""
    # Few enough to read the customers' names; among all items that would read every one.
    of_customer = Q(customer__name__istartswith=filters.search)
    items = _filtered(WorkItem.objects.exclude(state=ItemState.CLOSED), filters, of_customer)
    field = "waiting_since" if filters.state == ItemState.OPEN else "last_activity_at"
    after = _moment(filters.after)
    if after is not None:
        moment, pk = after
        later = Q(**{field: moment}, pk__gt=pk) | Q(**{f"{field}__gt": moment})
        items = items.filter(Q(**{f"{field}__gte": moment}) & later)
    found = _load(items.order_by(field, "pk"))
    last = found[ITEMS_SHOWN - 1] if len(found) > ITEMS_SHOWN else None
    next_ = f"{getattr(last, field).astimezone(UTC).isoformat()}_{last.pk}" if last else ""
    return _page(found, next_, is_first=after is None)


def all_items(filters: ItemFilters) -> ItemPage:
    """All items, the newest first. 1 query."""
    items = _filtered(WorkItem.objects.all(), filters)
    after = number(filters.after)
    if after is not None:
        items = items.filter(pk__lt=after)
    # The index of ids would lead past all that are closed to the few that are not.
    is_few = filters.state not in ("", ItemState.CLOSED) or filters.reason in UNFINISHED
    found = _load(items.order_by((F("pk") + 0).desc() if is_few else "-pk"))
    next_ = str(found[ITEMS_SHOWN - 1].pk) if len(found) > ITEMS_SHOWN else ""
    return _page(found, next_, is_first=after is None)


def number(text: str) -> int | None:
    """A row's id in an address."""
    return row_id(text.strip().removeprefix("#"))


def _filtered(
    items: QuerySet[WorkItem, WorkItem], filters: ItemFilters, or_else: Q | None = None
) -> QuerySet[WorkItem, WorkItem]:
    exact = {
        "state": filters.state,
        "queue_id": filters.queue_id,
        "workstream_id": filters.workstream_id,
        "channel": filters.channel,
    }
    items = items.filter(**{name: value for name, value in exact.items() if value})
    if filters.reason:
        reason = Reason(filters.reason)
        items = items.filter(with_reason(*WORKED_AT.get(reason, (reason,))))
    if filters.serves is not None:
        items = items.filter(queue__in=queues_served_by(filters.serves))
    if filters.agent:
        agents = Agent.objects.filter(people(filters.agent)).order_by()
        items = items.filter(agent_id__in=agents.values("pk"))
    if filters.search:
        pk = number(filters.search)
        # A number is looked up as such alone: "or the title" would read every item.
        found = Q(title__istartswith=filters.search) if pk is None else Q(pk=pk)
        if or_else is not None and pk is None:
            found |= or_else
        items = items.filter(found)
    return items


def with_reason(*reasons: Reason) -> Q:
    """No index has the reasons of all items, but there is one of what is not closed, and one of
    what agents hold."""
    wanted = Q(reason__in=reasons)
    if not UNFINISHED.issuperset(reasons):
        return wanted
    if Reason.AWAITING_AGENT_ASSIGNMENT in reasons:
        return wanted & ~Q(state=ItemState.CLOSED)
    return wanted & Q(state__in=HELD_STATES)


def queues_served_by(user_id: int) -> QuerySet[QueueMembership, int]:
    """The ids of queues of which the user is a member."""
    served = QueueMembership.objects.filter(agent__user=user_id, agent__is_enabled=True)
    return served.order_by().values_list("queue_id", flat=True)


def _load(items: QuerySet[WorkItem, WorkItem]) -> list[WorkItem]:
    """The ids first, from the index alone where that can be; rows only for the page shown."""
    order = items.query.order_by
    ids = items.values("pk")[: ITEMS_SHOWN + 1]
    rows = WorkItem.objects.filter(pk__in=ids).order_by(*order)
    whole = rows.select_related("workstream", "queue", "agent__user", "bot")
    may = {name: switch_column(switch) for name, switch in SUPERVISION.items()}
    return list(whole.only(*FIELDS).annotate(**may, **LINKED))


def _moment(text: str) -> tuple[datetime, int] | None:
    moment, _, pk = text.rpartition("_")
    found = number(pk)
    try:
        # "+" of the zone arrives as a space where an address was typed by hand.
        at = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError:
        return None
    return (at, found) if found is not None and at.tzinfo is not None else None


def _page(found: list[WorkItem], next_: str, *, is_first: bool) -> ItemPage:
    rows = tuple(_row(item) for item in found[:ITEMS_SHOWN])
    return ItemPage(rows=rows, next=next_, is_first=is_first)


def _linked(model: type[Model], name: str, *fields: str) -> Subquery:
    """The first of the fields of a linked row that says something.

    No join: past eight tables the planner joins all work items with the rest, and only then looks
    which of them are shown.
    """
    said = Coalesce(*(NullIf(field, Value("")) for field in fields), Value(""))
    rows = model._default_manager.filter(pk=OuterRef(name))
    return Subquery(rows.annotate(said=said).values("said"))


LINKED: Final = {
    "contact_name": _linked(Contact, "contact", "name"),
    "account_name": _linked(Account, "account", "name"),
    "case_name": _linked(Record, "case", "number", "title"),
}


def _customer(item: Any) -> str:
    """The linked contact and account, else what the customer is called."""
    linked = [name for name in (item.contact_name, item.account_name) if name is not None]
    return ", ".join(linked) or str(item.customer_name)


def _row(item: Any) -> ItemRow:
    return ItemRow(
        id=item.pk,
        title=item.title,
        customer=_customer(item),
        case=item.case_name or "",
        state=item.state,
        reason=item.reason,
        channel=item.channel,
        workstream=item.workstream.name,
        queue=item.queue.name,
        queue_id=item.queue_id,
        agent=str(item.agent or ""),
        agent_id=item.agent_id,
        bot=item.bot.name if item.bot else "",
        is_with_bot=item.is_with_bot,
        created_at=item.created_at,
        waiting_since=item.waiting_since,
        state_changed_at=item.state_changed_at,
        closed_at=item.closed_at,
        **{name: getattr(item, name) for name in SUPERVISION},
    )

"""Lists of work items for supervisors: the unfinished ones, and all of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf, Upper

from routing.queries.work_item_filters import ItemFilters, filtered, number
from workstreams.lifecycle import UNFINISHED
from workstreams.models import Account, Contact, Record, WorkItem
from workstreams.models.work_item import NAME_LOOKED_UP, start_of_customer_name
from workstreams.queries.service_configuration import switch_column
from workstreams.terms import LABELS, Channel, ItemState, Reason

ITEMS_SHOWN = 50
MOVABLE_STATES = (ItemState.OPEN, ItemState.ACTIVE, ItemState.WAITING)
# What supervisors may do, by the switches of the service.
SUPERVISION = {
    "may_assign": "supervisors_assign",
    "may_transfer": "supervisors_transfer",
    "may_close": "supervisors_force_close",
}
FIELDS = (
    "title", "state", "reason", "channel", "customer", "created_at", "waiting_since",
    "put_back_at", "last_activity_at", "state_changed_at", "closed_at",
    "workstream__name", "queue__name", "agent__user__username", "agent__user__first_name",
    "agent__user__last_name", "bot__name",
)  # fmt: skip


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
    unattended_since: datetime
    state_changed_at: datetime
    closed_at: datetime | None
    may_assign: bool
    may_transfer: bool
    may_close: bool

    @property
    def since(self) -> datetime:
        """Waiting since for open items, else in this state since."""
        return self.unattended_since if self.state == ItemState.OPEN else self.state_changed_at

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
    of_customer = Q(customer_start__startswith=Upper(Value(filters.search[:NAME_LOOKED_UP])))
    unfinished_items = WorkItem.objects.exclude(state=ItemState.CLOSED)
    named = unfinished_items.alias(customer_start=start_of_customer_name())
    items = filtered(named, filters, of_customer)
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
    items = filtered(WorkItem.objects.all(), filters)
    after = number(filters.after)
    if after is not None:
        items = items.filter(pk__lt=after)
    # The index of ids would lead past all that are closed to the few that are not.
    is_few = filters.state not in ("", ItemState.CLOSED) or filters.reason in UNFINISHED
    found = _load(items.order_by((F("pk") + 0).desc() if is_few else "-pk"))
    next_ = str(found[ITEMS_SHOWN - 1].pk) if len(found) > ITEMS_SHOWN else ""
    return _page(found, next_, is_first=after is None)


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
        if found is None or at.tzinfo is None:
            return None
        # By UTC: the database refuses offsets that Python takes.
        return at.astimezone(UTC), found
    except (ValueError, OverflowError):
        return None


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
        unattended_since=item.unattended_since,
        state_changed_at=item.state_changed_at,
        closed_at=item.closed_at,
        **{name: getattr(item, name) for name in SUPERVISION},
    )

"""Orders of the open work items that the desk shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from routing.queries.desk import DeskItem

USUAL: Final = "waiting"


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order by the name in the address."""

    name: str
    label: str
    key: Callable[[DeskItem], Any]
    is_latest_first: bool = False


ORDERS: Final = (
    Order(name=USUAL, label="Waiting", key=lambda item: item.waiting_since),
    Order(name="customer", label="Customer", key=lambda item: item.customer.casefold()),
    Order(name="workstream", label="Workstream", key=lambda item: item.workstream.casefold()),
    Order(name="mode", label="To pick first", key=lambda item: item.is_pushed),
    Order(
        name="changed",
        label="Last change",
        key=lambda item: item.last_activity_at,
        is_latest_first=True,
    ),
    Order(name="created", label="Newest", key=lambda item: item.created_at, is_latest_first=True),
)
BY_NAME: Final = {order.name: order for order in ORDERS}


def in_order(items: Sequence[DeskItem], name: str) -> list[DeskItem]:
    """The rows in another order than they wait in; those that are alike stay in that one."""
    order = BY_NAME.get(name, BY_NAME[USUAL])
    return sorted(items, key=order.key, reverse=order.is_latest_first)

"""Find the customer or the case of the open work item, and link it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.clock import database_now
from config.pages import page_or_fragment, redirect_or_event
from config.request import AppRequest
from config.row_ids import row_id
from routing.exceptions import NotYourItem
from workstreams.actions.change_customer import LINKS, change_customer
from workstreams.models import Account, Contact, Record, WorkItem
from workstreams.queries.customers import accounts, contacts, records

FOUND: Final = 8
SEARCH_LENGTH: Final = 100


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Somebody or something that can be linked, or is."""

    entity: str
    id: int
    name: str
    text: str
    is_linked: bool


@require_http_methods(["GET", "HEAD", "POST"])
def customer(request: AppRequest, item_id: int) -> HttpResponse:
    """Search on GET; on POST link ``contact``, ``account`` or ``case``, empty for none."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    if not found.is_accepted:
        raise NotYourItem
    if request.method == "POST":
        change_customer(
            item_id=item_id,
            links=_named(request),
            agent=agent,
            by=request.user,
            now=database_now(),
        )
        home = reverse("agents:desk-item", args=[item_id])
        event = f"item-{item_id}-changed"
        return redirect_or_event(request, home, event=event, text="Customer changed.")
    search = request.GET.get("q", "").strip()[:SEARCH_LENGTH]
    context = {
        "title": "Customer and case",
        "item": found.item,
        "search": search,
        "linked": _linked(found.item),
        "choices": _choices(found.item, search),
        "action": reverse("agents:desk-customer", args=[item_id]),
    }
    folder = "agents/desk"
    return page_or_fragment(request, f"{folder}/customer.html", f"{folder}/_customer.html", context)


def _named(request: AppRequest) -> dict[str, int | None]:
    """A number that is none names nobody, and is refused as such."""
    given = {entity: request.POST[entity].strip() for entity in LINKS if entity in request.POST}
    return {entity: (row_id(text) or 0) if text else None for entity, text in given.items()}


def _linked(item: WorkItem) -> list[Choice]:
    return [
        _choice(entity, getattr(item, entity), item)
        for entity in LINKS
        if getattr(item, entity) is not None
    ]


def _choices(item: WorkItem, search: str) -> list[Choice]:
    """What fits the search, three queries; without one, the cases of the linked customer."""
    cases = records(search, "case").filter(is_active=True)
    found: list[tuple[str, Iterable[Any]]] = []
    if search:
        found = [
            ("contact", contacts(search).filter(is_active=True)[:FOUND]),
            ("account", accounts(search).filter(is_active=True)[:FOUND]),
            ("case", cases[:FOUND]),
        ]
    elif item.contact_id is not None:
        found = [("case", cases.filter(contact=item.contact_id)[:FOUND])]
    elif item.account_id is not None:
        found = [("case", cases.filter(account=item.account_id)[:FOUND])]
    every = [_choice(entity, row, item) for entity, rows in found for row in rows]
    return [choice for choice in every if not choice.is_linked]


def _choice(entity: str, row: Contact | Account | Record, item: WorkItem) -> Choice:
    if isinstance(row, Record):
        text = " · ".join(filter(None, [row.number, str(row.contact or "")]))
    else:
        text = " · ".join(filter(None, [row.email, row.phone]))
    is_linked = getattr(item, f"{entity}_id") == row.pk
    return Choice(entity=entity, id=row.pk, name=str(row), text=text, is_linked=is_linked)

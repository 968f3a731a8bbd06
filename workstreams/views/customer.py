"""The page of one contact, account or record: what is known, and what belongs to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agents.permissions import supervisor_required
from config.request import AppRequest
from workstreams.models import MOST_PREFERRED, Account, Contact, Record
from workstreams.queries.customers import SHOWN, accounts, contacts, items_of, records, work_of
from workstreams.queries.service_configuration import service_configuration
from workstreams.terms import Reason

PAGE = "workstreams/customers/detail.html"


@require_safe
@supervisor_required
def contact_detail(request: AppRequest, contact_id: int) -> HttpResponse:
    """Six queries."""
    contact = get_object_or_404(contacts(), pk=contact_id)
    preferred = list(contact.preferred_agents.select_related("agent__user"))
    context = {
        "contact_id": contact.pk,
        "preferred": preferred,
        "may_add": len(preferred) < MOST_PREFERRED,
        "is_preferring": service_configuration().preferred_agents,
        "account": contact.account,
        "cases": records().filter(contact=contact)[:SHOWN],
        "items": items_of(contact=contact),
    }
    return render(request, PAGE, _page(contact, "contact", "Contacts") | context)


@require_safe
@supervisor_required
def account_detail(request: AppRequest, account_id: int) -> HttpResponse:
    """Four queries."""
    account = get_object_or_404(accounts(), pk=account_id)
    context = {
        "contacts": contacts().filter(account=account)[:SHOWN],
        "has_contacts": True,
        "cases": records().filter(account=account)[:SHOWN],
        "items": items_of(account=account),
    }
    return render(request, PAGE, _page(account, "account", "Accounts") | context)


@require_safe
@supervisor_required
def record_detail(request: AppRequest, record_id: int) -> HttpResponse:
    """Four queries: its work, what it was routed as, and the conversations about it."""
    record = get_object_or_404(records(), pk=record_id)
    work = work_of(record)
    agent = work.agent if work else None
    is_offer = work is not None and work.reason == Reason.AWAITING_AGENT_ACCEPTANCE
    context = {
        "work": work,
        "is_offer": is_offer,
        "is_in_work": agent is not None and not is_offer,
        "is_mine": agent is not None and not is_offer and agent.user == request.user,
        "record": record,
        "contact": record.contact,
        "account": record.account,
        "routed": items_of(record=record),
        "items": items_of(case=record),
    }
    return render(request, PAGE, _page(record, "record", "Records") | context)


def _page(found: Contact | Account | Record, noun: str, many: str) -> dict[str, Any]:
    return {
        "title": str(found),
        "found": found,
        "noun": noun,
        "many": many,
        "list_name": f"workstreams:{noun}-list",
        "edit_name": f"workstreams:{noun}-edit",
        "delete_name": f"workstreams:{noun}-delete",
    }

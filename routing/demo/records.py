"""Records of the demo organisation on their way through the intake rules, and who likes whom."""

from datetime import datetime, timedelta
from typing import Any, Final

from agents.models import Agent
from routing.actions.route_record import route_new_record
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import Contact, Record, RecordType, WorkItem

# Whose work is offered to whom first; of the second only if he can.
PREFERRED: Final = {
    "Ruth Adeyemi": ("amira", "carmen"),
    "Lena Hartmann": ("bruno",),
    "Chloé Laurent": ("amira", "ines"),
}
MINUTES_AGO: Final = 7
# No intake rule is about e-mails, so this one is listed as unrouted.
EMAIL: Final = {"title": "Opening hours of your shop in Lyon?", "number": "MAIL-00311"}


def create_preferences(*, now: datetime) -> None:
    """Some customers have agents whom they should reach first."""
    agents = {agent.user.username: agent for agent in Agent.objects.select_related("user")}
    for name, preferred in PREFERRED.items():
        set_preferred_agents(
            contact_id=Contact.objects.get(name=name).pk,
            agents=[agents[username] for username in preferred],
            now=now,
        )


def create_routed(*, context: dict[str, Any], now: datetime, **fields: Any) -> WorkItem | None:
    """A new record, sent through the intake rules; None where these leave it."""
    record = Record.objects.create(**fields)
    return route_one(record, context=context, now=now)


def route_one(record: Record, *, context: dict[str, Any], now: datetime) -> WorkItem | None:
    """Its work item with this context; None where the rules leave the record."""
    route_new_record(record_id=record.pk, now=now)
    item = WorkItem.objects.filter(record=record).first()
    if item is not None:
        item.context = context
        item.save(update_fields=["context"])
    return item


def route_open_cases(*, context: dict[str, Any], now: datetime) -> None:
    """The cases that customers have open, and an e-mail that nobody takes."""
    at = now - timedelta(minutes=MINUTES_AGO)
    for record in Record.objects.filter(number__startswith="CAS-").order_by("number"):
        route_one(record, context=context, now=at)
    email = RecordType.objects.get(name="email")
    create_routed(record_type=email, context=context, now=at, **EMAIL)

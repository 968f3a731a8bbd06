"""Say whom a contact's work is offered to first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from django.db import transaction
from django.http import Http404

from agents.models import Agent
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import MOST_PREFERRED, Contact, PreferredAgent
from workstreams.signals import preferred_agents_changed

Where = Literal["up", "down"]
TOO_MANY: Final = f"A contact has at most {MOST_PREFERRED} preferred agents."
TWICE: Final = "An agent stands once in the list."


@transaction.atomic
def set_preferred_agents(*, contact_id: int, agents: Sequence[Agent], now: datetime) -> None:
    """These, in this order. Refuses InvalidSettings: too many, or one twice."""
    _write(_lock(contact_id), [agent.pk for agent in agents], now)


@transaction.atomic
def add_preferred_agent(*, contact_id: int, agent: Agent, now: datetime) -> None:
    """Last of those that are there; one that is there already stays where he is."""
    contact = _lock(contact_id)
    present = _present(contact)
    if agent.pk not in present:
        _write(contact, [*present, agent.pk], now)


@transaction.atomic
def remove_preferred_agent(*, contact_id: int, agent_id: int, now: datetime) -> None:
    """Those after him move up."""
    contact = _lock(contact_id)
    _write(contact, [pk for pk in _present(contact) if pk != agent_id], now)


@transaction.atomic
def move_preferred_agent(*, contact_id: int, agent_id: int, where: Where, now: datetime) -> None:
    """One place up or down; at an end nothing moves."""
    contact = _lock(contact_id)
    order = _present(contact)
    if agent_id not in order:
        return
    place = order.index(agent_id)
    other = place - 1 if where == "up" else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        _write(contact, order, now)


def _lock(contact_id: int) -> Contact:
    """One change of a list at a time."""
    contact = Contact.objects.select_for_update(no_key=True).filter(pk=contact_id).first()
    if contact is None:
        raise Http404("There is no such contact.")
    return contact


def _present(contact: Contact) -> list[int]:
    rows = PreferredAgent.objects.filter(contact=contact).order_by("position")
    return list(rows.values_list("agent_id", flat=True))


def _write(contact: Contact, agent_ids: Sequence[int], now: datetime) -> None:
    if len(agent_ids) > MOST_PREFERRED:
        raise InvalidSettings({"agent": TOO_MANY})
    if len(set(agent_ids)) < len(agent_ids):
        raise InvalidSettings({"agent": TWICE})

    PreferredAgent.objects.filter(contact=contact).delete()
    PreferredAgent.objects.bulk_create(
        PreferredAgent(contact=contact, agent_id=agent_id, position=position)
        for position, agent_id in enumerate(agent_ids, start=1)
    )

    preferred_agents_changed.send(sender=PreferredAgent, contact_id=contact.pk, now=now)

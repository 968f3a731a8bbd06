"""What names an agent, and goes on without him once he is deleted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.urls import reverse

from agents.models import Agent
from routing.models import Assignment
from workstreams.models import AssignmentMethod, Consult, Contact, Queue, QueueMembership

CONTACTS_SHOWN: Final = 5


@dataclass(frozen=True, kw_only=True)
class Naming:
    """One of them, and its page."""

    label: str
    url: str


def has_history(agent: Agent) -> bool:
    """Whether work or advice keeps the agent's name, so that he cannot be deleted; at most 2
    queries."""
    kept = (Assignment, Consult)
    return any(model.objects.filter(agent=agent).exists() for model in kept)


def naming(agent: Agent) -> list[Naming]:
    """Queues that he serves, contacts who prefer him, and assignment methods whose rules name him;
    4 queries."""
    return [*_queues(agent), *_contacts(agent), *_methods(agent)]


def _queues(agent: Agent) -> Iterator[Naming]:
    others = QueueMembership.objects.filter(queue=OuterRef("pk"), agent__is_enabled=True)
    served = Queue.objects.filter(members=agent).order_by("name")
    for queue in served.annotate(is_served=Exists(others.exclude(agent=agent))):
        is_left = agent.is_enabled and not queue.is_served
        alone = ", which nobody else serves" if is_left else ""
        url = reverse("workstreams:queue-detail", args=[queue.pk])
        yield Naming(label=f"Queue “{queue}”{alone}", url=url)


def _contacts(agent: Agent) -> Iterator[Naming]:
    contacts = Contact.objects.filter(preferred_agents__agent=agent).order_by("name", "pk")
    for contact in contacts[:CONTACTS_SHOWN]:
        url = reverse("workstreams:contact-detail", args=[contact.pk])
        yield Naming(label=f"Contact “{contact}”, who prefers this agent", url=url)
    more = contacts.count() - CONTACTS_SHOWN
    if more > 0:
        yield Naming(label=f"{more} more contacts who prefer this agent", url="")


def _methods(agent: Agent) -> Iterator[Naming]:
    called = {
        "agent.username": agent.username,
        "agent.name": agent.user.display_name,
        "agent.nickname": agent.nickname,
    }
    for method in AssignmentMethod.objects.order_by("name"):
        for ruleset in method.rulesets:
            for rule in ruleset["rules"]:
                if _names(rule.get("when"), called):
                    url = reverse("routing:assignment-method-detail", args=[method.pk])
                    label = f"Rule “{rule['name']}” of the assignment method “{method}”"
                    yield Naming(label=label, url=url)


def _names(condition: Mapping[str, Any] | None, called: Mapping[str, str]) -> bool:
    """Whether it compares what the agent is called with a constant that is his."""
    if not condition:
        return False
    parts = [*condition.get("all", ()), *condition.get("any", ()), condition.get("not")]
    own = called.get(condition.get("field", ""), "")
    value = condition.get("value")
    values = value if isinstance(value, list) else [value]
    is_his = bool(own) and own.casefold() in (str(each).casefold() for each in values)
    return is_his or any(_names(part, called) for part in parts)

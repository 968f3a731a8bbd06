"""What the slugs of templates, replies and messages stand for (B 11.4, 11.5)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from agents.models import Agent
from workstreams.channels.live_chat.visitor import Visitor
from workstreams.models import ContextVariable, Record, SurveyQuestion, WorkItem
from workstreams.slugs import context_slugs

CASE: Final = "case"
RECONNECT: Final = "ReconnectUrl{ReconnectID}"

# What ``slug_values`` reads of a work item without a query, for select_related.
SLUG_RELATIONS: Final = (
    "queue",
    "contact",
    "account",
    "case",
    "record__record_type",
    "channel_instance",
    "agent__user",
)

# Every slug by what it shows, for pickers, help and checks.
KNOWN_SLUGS: Final[Mapping[str, str]] = {
    "customerName": "the customer's name",
    "title": "the title of the work item",
    "caseId": "the number of the case, if one is linked",
    "caseTitle": "the title of the case, if one is linked",
    "queueId": "the number of the queue",
    "queueName": "the name of the queue",
    "QueueName": "the name of the queue",
    "AgentName": "the name of the agent",
    "visitorLanguage": "the language of the visitor",
    "visitorDevice": "the device of the visitor",
    "entityRoutingLogicalName": "the type of the routed record",
    "entityRoutingRecordId": "the number of the routed record",
    "customerEntityName": "contact or account, if the customer is known",
    "customerRecordId": "the number of the customer's record, if the customer is known",
    "FullName{Customer}": "the customer's full name",
    "FirstName{Customer}": "the customer's first name",
    "LastName{Customer}": "the customer's last name",
    "FullName{Agent}": "the agent's full name",
    "FirstName{Agent}": "the agent's first name",
    "LastName{Agent}": "the agent's last name",
    "Nickname{Agent}": "the agent's nickname",
    RECONNECT: "a link back to this chat, where it has a page for that",
}

SAMPLE_VALUES: Final[Mapping[str, str]] = {
    "customerName": "Ada Lovelace",
    "title": "Where is my parcel?",
    "caseId": "CAS-01027",
    "caseTitle": "Parcel 4711 is late",
    "queueId": "12",
    "queueName": "Parcels",
    "QueueName": "Parcels",
    "AgentName": "Grace Hopper",
    "visitorLanguage": "en",
    "visitorDevice": "Phone",
    "entityRoutingLogicalName": "case",
    "entityRoutingRecordId": "1027",
    "customerEntityName": "contact",
    "customerRecordId": "88",
    "FullName{Customer}": "Ada Lovelace",
    "FirstName{Customer}": "Ada",
    "LastName{Customer}": "Lovelace",
    "FullName{Agent}": "Grace Hopper",
    "FirstName{Agent}": "Grace",
    "LastName{Agent}": "Hopper",
    "Nickname{Agent}": "Amazing Grace",
    RECONNECT: "https://www.example.org/help?v=…",
}


def slug_values(item: WorkItem, agent: Agent | None = None) -> dict[str, str]:
    """Every slug by what it shows for this work item; nothing known shows nothing.

    ``agent`` is whom the text speaks of, otherwise the one who has the item. No query for
    an item loaded with ``select_related(*SLUG_RELATIONS)`` and an agent with ``user``.
    Context variables never hide a slug of the product.
    """
    return {
        **context_slugs(_plain(item.context)),
        **_work(item),
        **_customer(item),
        **_agent(agent or item.agent),
        RECONNECT: reconnect_url(item),
    }


def reconnect_url(item: WorkItem) -> str:
    """Where the customer finds this conversation again (B 4.10); empty for a chat without a page
    to lead to. Who has the link can read the chat, like the customer himself."""
    instance = item.channel_instance
    if instance is None or not instance.portal_url:
        return ""
    visitor = Visitor(instance_id=instance.pk, conversation_key=item.conversation_key)
    sign = "&" if "?" in instance.portal_url else "?"
    return f"{instance.portal_url}{sign}{urlencode({'v': visitor.token})}"


def known_slugs() -> dict[str, str]:
    """``KNOWN_SLUGS``, and the names of all context variables and questions; 2 queries."""
    variables = ContextVariable.objects.values_list("name", flat=True).distinct()
    questions = SurveyQuestion.objects.values_list("name", flat=True).distinct()
    names = {*variables.order_by("name"), *questions.order_by("name")}
    return slugs_with(names)


def slugs_with(names: Iterable[str]) -> dict[str, str]:
    """``KNOWN_SLUGS``, and these names of context variables and questions."""
    return dict.fromkeys(sorted(names), "a context variable") | dict(KNOWN_SLUGS)


def sample_values() -> dict[str, str]:
    """What previews show: a made-up customer, and every context variable by its name."""
    return {name: f"[{name}]" for name in known_slugs()} | dict(SAMPLE_VALUES)


def _work(item: WorkItem) -> dict[str, str]:
    record, case = item.record, _case_of(item)
    visitor = item.context.get("engagement")
    seen = _plain({**(visitor if isinstance(visitor, dict) else {}), **item.context})
    instance = item.channel_instance
    return {
        "title": item.title,
        "caseId": (case.number or str(case.pk)) if case else "",
        "caseTitle": case.title if case else "",
        "queueId": str(item.queue_id),
        "queueName": item.queue.name,
        "QueueName": item.queue.name,
        "visitorLanguage": _first(seen, "visitorLanguage", "language")
        or (instance.locale if instance else ""),
        "visitorDevice": _first(seen, "visitorDevice", "device"),
        "entityRoutingLogicalName": record.record_type.name if record else "",
        "entityRoutingRecordId": (record.number or str(record.pk)) if record else "",
    }


def _customer(item: WorkItem) -> dict[str, str]:
    known = item.contact or item.account
    name = known.name if known else str(item.customer.get("name") or "")
    entity = "contact" if item.contact else "account"
    return {
        "customerName": name or item.customer_name,
        "customerEntityName": entity if known else "",
        "customerRecordId": str(known.pk) if known else "",
        **_names_of("Customer", name),
    }


def _agent(agent: Agent | None) -> dict[str, str]:
    user = agent.user if agent else None
    name = user.display_name if user else ""
    parts = _names_of("Agent", name)
    if user and user.first_name:
        parts["FirstName{Agent}"], parts["LastName{Agent}"] = user.first_name, user.last_name
    nickname = agent.nickname if agent else ""
    return {"AgentName": name, **parts, "Nickname{Agent}": nickname or parts["FirstName{Agent}"]}


def _names_of(whose: str, name: str) -> dict[str, str]:
    first, _, last = name.strip().partition(" ")
    return {
        f"FullName{{{whose}}}": name,
        f"FirstName{{{whose}}}": first,
        f"LastName{{{whose}}}": last.strip(),
    }


def _case_of(item: WorkItem) -> Record | None:
    """The case that is linked, or the case that is itself the work."""
    if item.case is None and item.record is not None and item.record.record_type.name == CASE:
        return item.record
    return item.case


def _first(values: Mapping[str, Any], *names: str) -> str:
    return next((str(values[name]) for name in names if values.get(name)), "")


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    """Context variables are texts and numbers; what else stands there is not for people."""
    return {name: value for name, value in context.items() if not isinstance(value, dict | list)}

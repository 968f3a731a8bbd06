"""A work item as the API shows one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from typing_extensions import TypedDict

from agents.models import Skill, User
from config.prepared import Prepared
from routing.permissions import visible_items
from workstreams.models import WorkItem
from workstreams.queries.chat_visits import left_at


class RequiredSkillDocument(TypedDict):
    """A skill that is needed, and the least rating, null for any."""

    skill: str
    rating: int | None


class WorkItemDocument(TypedDict):
    """A work item; names stand for workstream, queue and bot, a username for the agent.

    ``contact``, ``account`` and ``case`` are ids of /contacts, /accounts and /records.
    """

    id: int
    title: str
    kind: str
    state: str
    reason: str
    workstream: str
    channel: str
    queue: str
    agent: str | None
    bot: str | None
    priority: int
    skills: list[RequiredSkillDocument]
    customer: dict[str, Any]
    contact: int | None
    account: int | None
    case: int | None
    context: dict[str, Any]
    attributes: dict[str, Any]
    created_at: datetime
    waiting_since: datetime
    last_activity_at: datetime
    closed_at: datetime | None
    customer_left_at: datetime | None
    configuration_version: int | None


def get_item_for(user: User, item_id: int) -> WorkItem:
    """The item; 404 for what the user may not know of."""
    item = complete(visible_items(user)).filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


def item_documents(items: Sequence[WorkItem]) -> list[WorkItemDocument]:
    """Of ``complete`` rows; one query more for the names of skills."""
    names = _skill_names(items)
    return [_document(item, names) for item in items]


def item_document(item: WorkItem) -> WorkItemDocument:
    """Of a ``complete`` row."""
    return _document(item, _skill_names([item]))


def shown_item(item_id: int) -> WorkItemDocument:
    """The item as it is now; one or two queries."""
    return item_document(SHOWN(item_id=item_id)[0])


def complete(items: "QuerySet[WorkItem]") -> "QuerySet[WorkItem]":
    """With all that a document shows but the names of skills."""
    return items.select_related("workstream", "queue", "agent__user", "bot", "visit")


SHOWN: Final = Prepared(lambda item_id: complete(WorkItem.objects.filter(pk=item_id)), "item_id")


def _skill_names(items: Sequence[WorkItem]) -> dict[int, str]:
    wanted = {pair[0] for item in items for pair in item.required_skills}
    if not wanted:
        return {}
    return dict(Skill.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _document(item: WorkItem, names: Mapping[int, str]) -> WorkItemDocument:
    return WorkItemDocument(
        id=item.pk,
        title=item.title,
        kind=item.kind,
        state=item.state,
        reason=item.reason,
        workstream=item.workstream.name,
        channel=item.channel,
        queue=item.queue.name,
        agent=item.agent.username if item.agent else None,
        bot=item.bot.name if item.bot else None,
        priority=item.priority,
        skills=[
            RequiredSkillDocument(skill=names[skill], rating=rating)
            for skill, rating in item.required_skills
            if skill in names
        ],
        customer=item.customer,
        contact=item.contact_id,
        account=item.account_id,
        case=item.case_id,
        context=item.context,
        attributes=item.attributes,
        created_at=item.created_at,
        waiting_since=item.waiting_since,
        last_activity_at=item.last_activity_at,
        closed_at=item.closed_at,
        customer_left_at=left_at(item),
        configuration_version=item.configuration_version,
    )

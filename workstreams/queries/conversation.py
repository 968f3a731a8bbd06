"""A conversation as people read it."""

from dataclasses import dataclass
from datetime import datetime

from workstreams.agent_names import name_for_customers
from workstreams.models import Message, WorkItem
from workstreams.terms import AgentName, Audience, Author

MESSAGES_SHOWN = 500


@dataclass(frozen=True, kw_only=True)
class ConversationLine:
    """One message; ``name`` is the agent's, bot's or customer's, ``shown_name`` what customers
    read instead of the agent's; ``audience`` is who reads the line."""

    id: int
    author: str
    name: str
    shown_name: str
    text: str
    created_at: datetime
    audience: str = Audience.EVERYBODY


def conversation(
    item: WorkItem,
    *,
    after: int = 0,
    agent_name: str = AgentName.FIRST,
    is_for_customer: bool = False,
) -> list[ConversationLine]:
    """The messages after number ``after``, oldest first, at most the last 500; 1 query.

    A customer reads what is for everybody or for him, an agent everything. ``agent_name`` is
    the style of the chat.
    """
    messages = Message.objects.filter(item=item, pk__gt=after)
    if is_for_customer:
        messages = messages.exclude(audience=Audience.AGENT)
    newest = messages.select_related("agent__user", "bot").order_by("-pk")[:MESSAGES_SHOWN]
    return [_line(message, item, agent_name) for message in reversed(newest)]


def _line(message: Message, item: WorkItem, agent_name: str) -> ConversationLine:
    return ConversationLine(
        id=message.pk,
        author=message.author,
        name=_name(message, item),
        shown_name=name_for_customers(message.agent, agent_name),
        text=message.text,
        created_at=message.created_at,
        audience=message.audience,
    )


def _name(message: Message, item: WorkItem) -> str:
    if message.agent:
        return message.agent.user.display_name
    if message.bot:
        return message.bot.name
    return "" if message.author == Author.SYSTEM else item.customer_name

"""A conversation as made-up people see it: whose turn it is, and what comes next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from agents.models import Agent
from routing.demo.arrivals import MARK
from routing.demo.customers import CONCERN_OF_TITLE, Concern
from workstreams.models import Message, WorkItem
from workstreams.terms import Author, ItemState

# What agents say to customers nobody made up.
ANYTHING: Final = (
    "Hello, thank you for writing. How can I help?",
    "Let me look into that for you.",
    "Thank you for your patience. I have noted everything down.",
    "Is there anything else I can do for you?",
)
NOTHING_TO_SAY: Final = Concern(workstream="", title="")
MAXIMUM_TALKS: Final = 200


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One unfinished item with its messages so far."""

    item: WorkItem
    messages: list[Message]

    @property
    def is_demo(self) -> bool:
        return bool(self.item.context.get(MARK))

    @property
    def concern(self) -> Concern:
        return CONCERN_OF_TITLE.get(self.item.title, NOTHING_TO_SAY)

    @property
    def last(self) -> Message | None:
        return self.messages[-1] if self.messages else None

    @property
    def since(self) -> datetime:
        """When the last thing happened."""
        said = [self.last.created_at] if self.last else []
        return max([self.item.state_changed_at, *said])

    @property
    def key(self) -> str:
        """The same until the next thing happens."""
        return f"{self.item.pk}-{self.item.state}-{len(self.messages)}"

    @property
    def is_agents_turn(self) -> bool:
        return self.last is None or self.last.author != Author.AGENT

    @property
    def agent_line(self) -> str:
        """What the agent says next; nothing when all is said."""
        lines = self.concern.agent if self.is_demo else ANYTHING
        number = self._said_by(Author.AGENT)
        return lines[number] if number < len(lines) else ""

    @property
    def customer_line(self) -> str:
        """What the customer says next, after what brought the customer here."""
        number = self._said_by(Author.CUSTOMER) - (1 if self.concern.first else 0)
        return self.concern.customer[number] if number < len(self.concern.customer) else ""

    def _said_by(self, author: Author) -> int:
        return sum(message.author == author for message in self.messages)


def talks(agents: Iterable[Agent]) -> list[Talk]:
    """Unfinished made-up items, and all items of the agents; two statements."""
    items = list(
        _unfinished()
        .filter(Q(**{f"context__{MARK}": True}) | Q(agent__in=list(agents)))
        .select_related("agent__user", "workstream")
        .order_by("pk")[:MAXIMUM_TALKS]
    )
    messages = defaultdict(list)
    for message in Message.objects.filter(item__in=items).order_by("pk"):
        messages[message.item_id].append(message)
    return [Talk(item=item, messages=messages[item.pk]) for item in items]


def _unfinished() -> QuerySet[WorkItem]:
    return WorkItem.objects.exclude(state=ItemState.CLOSED)

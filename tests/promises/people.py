"""Whom and what an actor may meet: read now and then, so mostly a little out of date.

That is how people see it too, and what makes moves meet: two of them often try the same.
"""

import random
from typing import Final, NamedTuple

from django.db import connection

from agents.models import Agent, Presence, User
from routing.terms import Outcome
from workstreams.models import Contact, Queue, Workstream
from workstreams.terms import ItemState

LOOKS_OF_ITEMS: Final = 12
LOOKS_OF_AGENTS: Final = 40
# What has just been closed is tried now and then too.
SEEN = """
    SELECT item.id, item.state, one.agent_id, one.outcome, item.bot_id IS NOT NULL
    FROM workstreams_workitem AS item
    LEFT JOIN routing_assignment AS one ON one.item_id = item.id AND one.ended_at IS NULL
    WHERE item.state <> 'closed' ORDER BY item.id DESC LIMIT 200
"""


class Seen(NamedTuple):
    """A work item as somebody saw it."""

    id: int
    state: str
    agent_id: int | None
    outcome: str | None
    is_with_bot: bool


class People:
    """Draws agents and items by the dice of one actor."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.supervisor = User.objects.get(username="supervisor")
        self.administrator = User.objects.get(username="admin")
        self.workstreams = list(Workstream.objects.exclude(name="Help").order_by("pk"))
        self.queues = list(Queue.objects.filter(name__in=["Chats", "Cases", "Mail"]).order_by("pk"))
        self.contacts = list(Contact.objects.order_by("pk"))
        self.presences = list(Presence.objects.filter(agents_may_set=True).order_by("pk"))
        self._items: list[Seen] = []
        self._item_looks = 0
        self._agents: dict[int, Agent] = {}
        self._agent_looks = 0

    def item(self, *states: ItemState) -> Seen | None:
        """An unfinished item in one of the states, by the last look."""
        return self._draw([each for each in self._look() if each.state in states])

    def work(self, outcome: Outcome) -> tuple[int, Agent] | None:
        """An item that is offered to somebody, or in somebody's hands, and whose."""
        found = self._draw([each for each in self._look() if each.outcome == outcome])
        if found is None or found.agent_id is None:
            return None
        # Now and then somebody else tries.
        is_own = self.dice.random() < 0.95
        return found.id, self.agents[found.agent_id] if is_own else self.agent()

    def asked_by_bot(self) -> Seen | None:
        """An item that a bot has."""
        return self._draw([each for each in self._look() if each.is_with_bot])

    def agent(self) -> Agent:
        """Anybody."""
        return self.dice.choice([*self.agents.values()])

    def unfinished(self) -> int:
        """How many items there were at the last look."""
        return len(self._look())

    @property
    def agents(self) -> dict[int, Agent]:
        """All of them by id, read anew now and then."""
        if self._agent_looks <= 0:
            rows = Agent.objects.select_related("user", "presence").order_by("pk")
            self._agents, self._agent_looks = rows.in_bulk(), LOOKS_OF_AGENTS
        self._agent_looks -= 1
        return self._agents

    def _draw(self, seen: list[Seen]) -> Seen | None:
        if not seen:
            return None
        found = self.dice.choice(seen)
        # Mostly one has enough of it for now; else the same is tried again.
        if self.dice.random() < 0.8:
            self._items.remove(found)
        return found

    def _look(self) -> list[Seen]:
        if self._item_looks <= 0:
            with connection.cursor() as cursor:
                cursor.execute(SEEN)
                self._items = [Seen(*row) for row in cursor.fetchall()]
            self._item_looks = LOOKS_OF_ITEMS
        self._item_looks -= 1
        return self._items

"""The moves of an actor: each tries one thing that people do, often at a bad moment."""

import random
from collections.abc import Callable
from typing import Final
from uuid import UUID

from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence, User
from config.clock import database_now
from routing import service
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.actions.send_message import send_message
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Author, ItemState

UNFINISHED: Final = 60


class Moves:
    """Every method does one move of somebody drawn; False when there was nothing to do."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.agents = list(Agent.objects.order_by("pk"))
        self.supervisor = User.objects.get(username="supervisor")
        self.workstreams = list(Workstream.objects.exclude(name="Help").order_by("pk"))
        self.queues = list(Queue.objects.filter(name__in=["Chats", "Cases"]).order_by("pk"))
        self.presences = list(Presence.objects.filter(agents_may_set=True).order_by("pk"))
        self.acknowledged: list[UUID] = []
        self.unacknowledged: list[tuple[UUID, Workstream]] = []
        self.weights: dict[Callable[[], bool], int] = {
            self.arrive: 6, self.pick: 4, self.accept: 8, self.decline: 2, self.end: 5,
            self.close: 6, self.release: 2, self.transfer: 2, self.assign: 1, self.leave: 2,
            self.say: 3, self.change_presence: 2, self.force_close: 1,
        }  # fmt: skip

    def draw(self) -> Callable[[], bool]:
        """The next move; a customer who was not heard says it again first."""
        if self.unacknowledged:
            return self.arrive
        return self.dice.choices([*self.weights], [*self.weights.values()])[0]

    def arrive(self) -> bool:
        """A customer begins a conversation, with the same key until it is acknowledged."""
        if not self.unacknowledged:
            if WorkItem.objects.exclude(state=ItemState.CLOSED).count() > UNFINISHED:
                return False
            key = UUID(int=self.dice.getrandbits(128))
            self.unacknowledged.append((key, self.dice.choice(self.workstreams)))
        key, workstream = self.unacknowledged[0]
        take_in(
            workstream=workstream,
            now=database_now(),
            title="Help",
            first_message="Hello",
            client_key=key,
            conversation_key=key,
        )
        self.acknowledged.append(key)
        self.unacknowledged.clear()
        return True

    def pick(self) -> bool:
        """Anybody takes an open item, pushed ones too."""
        item = self._item(ItemState.OPEN)
        return item is not None and bool(service.pick(item_id=item.pk, by=self._agent()))

    def accept(self) -> bool:
        """An agent takes his offer."""
        offer = self._receipt(Outcome.PENDING)
        return offer is not None and bool(service.accept(item_id=offer.item_id, by=offer.agent))

    def decline(self) -> bool:
        """An agent does not want it."""
        offer = self._receipt(Outcome.PENDING)
        if offer is not None:
            service.decline(item_id=offer.item_id, by=offer.agent)
        return offer is not None

    def release(self) -> bool:
        """An agent puts it back."""
        work = self._receipt(Outcome.ACCEPTED)
        if work is not None:
            service.release(item_id=work.item_id, by=work.agent)
        return work is not None

    def end(self) -> bool:
        """An agent ends a conversation."""
        work = self._receipt(Outcome.ACCEPTED)
        if work is not None:
            service.end(item_id=work.item_id, by=work.agent)
        return work is not None

    def close(self) -> bool:
        """An agent closes a session, in wrap-up or not."""
        work = self._receipt(Outcome.ACCEPTED)
        if work is not None:
            service.close(item_id=work.item_id, by=work.agent)
        return work is not None

    def transfer(self) -> bool:
        """Somebody hands an item to a queue or an agent."""
        item = self._item(ItemState.OPEN, ItemState.ACTIVE)
        if item is None:
            return False
        if self.dice.random() < 0.5:
            service.transfer(item_id=item.pk, by=self.supervisor, agent=self._agent())
        else:
            queue = self.dice.choice(self.queues)
            service.transfer(item_id=item.pk, by=self.supervisor, queue=queue)
        return True

    def assign(self) -> bool:
        """A supervisor gives an open item away, sometimes over the limit."""
        item = self._item(ItemState.OPEN)
        if item is not None:
            override = self.dice.random() < 0.5
            service.assign(
                item_id=item.pk, agent=self._agent(), by=self.supervisor, override=override
            )
        return item is not None

    def leave(self) -> bool:
        """A customer goes."""
        item = self._item(ItemState.OPEN, ItemState.ACTIVE, ItemState.WAITING)
        if item is not None:
            service.leave(item_id=item.pk)
        return item is not None

    def say(self) -> bool:
        """A customer writes; a resting conversation returns."""
        item = self._item(ItemState.ACTIVE, ItemState.WAITING)
        if item is not None:
            send_message(
                item_id=item.pk, author=Author.CUSTOMER, text="Still there?", now=database_now()
            )
        return item is not None

    def force_close(self) -> bool:
        """A supervisor has had enough."""
        item = self._item(*ItemState)
        if item is not None:
            service.force_close(item_id=item.pk, by=self.supervisor)
        return item is not None

    def change_presence(self) -> bool:
        """Mostly somebody comes, sometimes somebody goes."""
        there = self.presences[0]
        presence = there if self.dice.random() < 0.7 else self.dice.choice(self.presences)
        agent = self._agent()
        set_presence(agent=agent, presence=presence, by=agent.user, now=database_now())
        return True

    def _agent(self) -> Agent:
        """Read anew, as every request does."""
        known = self.dice.choice(self.agents)
        return Agent.objects.select_related("user", "presence").get(pk=known.pk)

    def _item(self, *states: ItemState) -> WorkItem | None:
        items = list(WorkItem.objects.filter(state__in=states).order_by("-pk")[:20])
        return self.dice.choice(items) if items else None

    def _receipt(self, outcome: Outcome) -> Assignment | None:
        rows = Assignment.objects.filter(outcome=outcome, ended_at__isnull=True)
        found = list(rows.select_related("agent__user").order_by("pk")[:20])
        return self.dice.choice(found) if found else None

"""The moves of customers, agents and supervisors: each tries one thing, often at a bad moment."""

import random
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db import Error

from agents.models import Agent
from routing.terms import Outcome
from tests.promises.advice import Advice
from tests.promises.doors import Arrival, Door
from tests.promises.edits import Edits
from tests.promises.people import People, Seen
from tests.promises.seed import ENDS, ESCALATES
from tests.promises.wishes import Wishes
from workstreams.models import Queue
from workstreams.terms import ItemState

UNFINISHED: Final = 90
Move = Callable[[], bool]


class Moves:
    """Every method does one move of somebody drawn; False when there was nothing to do."""

    def __init__(self, dice: random.Random, door: Door) -> None:
        self.dice = dice
        self.door = door
        self.people = People(dice)
        self.edits = Edits(self.people)
        # What was acknowledged: titles of work, and words of customers.
        self.arrived: list[str] = []
        self.said: list[str] = []
        self.unacknowledged: Arrival | None = None
        self.unsaid: tuple[int, UUID, str] | None = None
        self.weights: dict[Move, float] = {
            self.arrive: 9, self.pick: 4, self.accept: 10, self.decline: 2, self.end: 6,
            self.close: 7, self.release: 2, self.transfer: 2, self.assign: 1, self.leave: 2,
            self.say: 3, self.tell_bot: 4, self.reopen: 1, self.change_presence: 2,
            self.force_close: 1, self.hand_on: 1,
            **self.edits.weights, **Advice(self.people).weights, **Wishes(self.people).weights,
        }  # fmt: skip
        # Seldom drawn, so everybody begins with them: no run, however short, is without.
        self.first: list[Move] = [self.edits.publish_workstream, self.edits.publish_queue]
        self._moves, self._weights = [*self.weights], [*self.weights.values()]

    @property
    def owed(self) -> Move | None:
        """What has to be said again until somebody answers."""
        if self.unacknowledged:
            return self.arrive
        return self.say_again if self.unsaid else None

    def draw(self) -> Move:
        """The next move; a customer who was not heard says it again first."""
        if self.first and not self.owed:
            return self.first.pop()
        return self.owed or self.dice.choices(self._moves, self._weights)[0]

    def arrive(self) -> bool:
        """A customer begins a conversation, with the same key until it is acknowledged."""
        if self.unacknowledged is None:
            if self.people.unfinished() > UNFINISHED:
                return False
            self.unacknowledged = Arrival(
                key=self._key(),
                workstream=self.dice.choice(self.people.workstreams),
                skills=self._skills(),
                customer=self._customer(),
            )
        words = self.door.arrive(self.unacknowledged)
        self.arrived.append(self.unacknowledged.title)
        self.said += [words] if words else []
        self.unacknowledged = None
        return True

    def pick(self) -> bool:
        """Anybody takes an open item, pushed ones too."""
        item = self.people.item(ItemState.OPEN)
        if item is not None:
            self.door.verb("pick", item.id, self.people.agent())
        return item is not None

    def accept(self) -> bool:
        """An agent takes his offer."""
        return self._verb("accept", Outcome.PENDING)

    def decline(self) -> bool:
        """An agent does not want it."""
        return self._verb("decline", Outcome.PENDING)

    def release(self) -> bool:
        """An agent puts it back."""
        return self._verb("release", Outcome.ACCEPTED)

    def end(self) -> bool:
        """An agent ends a conversation."""
        return self._verb("end", Outcome.ACCEPTED)

    def close(self) -> bool:
        """An agent closes a session, in wrap-up or not."""
        return self._verb("close", Outcome.ACCEPTED)

    def reopen(self) -> bool:
        """An agent takes up again what waits for its customer."""
        item = self.people.item(ItemState.WAITING)
        if item is not None:
            self.door.verb("reopen", item.id, self.people.agent())
        return item is not None

    def transfer(self) -> bool:
        """Somebody hands an item to a queue or an agent."""
        item = self.people.item(ItemState.OPEN, ItemState.ACTIVE)
        if item is not None:
            destinations: list[Queue | Agent] = [
                self.people.agent(),
                self.dice.choice(self.people.queues),
            ]
            to = self.dice.choice(destinations)
            self.door.transfer(item.id, self.people.supervisor, to)
        return item is not None

    def hand_on(self) -> bool:
        """An agent hands his own work to another one, who must have room."""
        work = self.people.work(Outcome.ACCEPTED)
        if work is not None:
            item_id, by = work
            self.door.transfer(item_id, by.user, self.people.agent())
        return work is not None

    def assign(self) -> bool:
        """A supervisor gives an open item away, sometimes over the limit."""
        item = self.people.item(ItemState.OPEN)
        if item is not None:
            override = self.dice.random() < 0.5
            self.door.assign(item.id, self.people.supervisor, self.people.agent(), override)
        return item is not None

    def leave(self) -> bool:
        """A customer goes."""
        item = self.people.item(ItemState.OPEN, ItemState.ACTIVE, ItemState.WAITING)
        if item is not None:
            self.door.leave(item.id)
        return item is not None

    def say(self) -> bool:
        """A customer writes; a resting conversation returns."""
        return self._say(self.people.item(ItemState.ACTIVE, ItemState.WAITING), "Still there?")

    def tell_bot(self) -> bool:
        """A customer answers a bot, which understands, ends, or passes him on."""
        words = self.dice.choice(("Still there?", ESCALATES, ENDS))
        return self._say(self.people.asked_by_bot(), words)

    def say_again(self) -> bool:
        """With the same key, until it is acknowledged or refused."""
        assert self.unsaid is not None
        item_id, key, text = self.unsaid
        try:
            self.door.say(item_id, key, text)
        except Error:
            raise
        except Exception:
            self.unsaid = None
            raise
        self.said.append(text)
        self.unsaid = None
        return True

    def force_close(self) -> bool:
        """A supervisor has had enough."""
        item = self.people.item(*ItemState)
        if item is not None:
            self.door.force_close(item.id, self.people.supervisor)
        return item is not None

    def change_presence(self) -> bool:
        """Mostly somebody comes, sometimes somebody goes."""
        there = self.people.presences[0]
        is_back = self.dice.random() < 0.7
        presence = there if is_back else self.dice.choice(self.people.presences)
        self.door.set_presence(self.people.agent(), presence)
        return True

    def _verb(self, verb: str, outcome: Outcome) -> bool:
        work = self.people.work(outcome)
        if work is not None:
            item_id, agent = work
            self.door.verb(verb, item_id, agent)
        return work is not None

    def _say(self, item: Seen | None, words: str) -> bool:
        if item is None:
            return False
        key = self._key()
        self.unsaid = item.id, key, f"{words} {item.id} {key}"
        return self.say_again()

    def _key(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def _skills(self) -> list[dict[str, Any]]:
        """Every other customer asks for something that not everybody can."""
        wanted = [name for name in ("French", "Latin") if self.dice.random() < 0.25]
        return [{"skill": name, "rating": self.dice.choice((2, 4, 6))} for name in wanted]

    def _customer(self) -> dict[str, int]:
        """Every other one is known, and has agents whom he prefers."""
        if self.dice.random() < 0.5:
            return {}
        return {"contact_id": self.dice.choice(self.people.contacts).pk}

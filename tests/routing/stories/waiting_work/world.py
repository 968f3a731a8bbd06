"""A queue with work that nobody takes, and what people do about it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from agents.actions.set_agent_skills import set_agent_skills
from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence, User
from routing import configuration, service
from routing.queries.waiting import waiting_because
from tests.factories import make_agent, make_skill
from tests.scenarios import arrive
from workstreams.models import Queue, Workstream
from workstreams.terms import ItemState


@dataclass(kw_only=True)
class World:
    """Its people by name, at a moment that moves on."""

    now: datetime
    boss: User
    queue: Queue
    workstream: Workstream
    people: dict[str, Agent] = field(default_factory=dict)
    held: list[Any] = field(default_factory=list)
    item: Any = None

    def member(self, name: str, **more: Any) -> None:
        self.people[name] = make_agent(name, queues=[self.queue], **more)

    def goes(self, name: str, presence: str) -> None:
        """The agent chooses a presence."""
        agent = self.people[name]
        chosen = Presence.objects.get(name=presence)
        set_presence(agent=agent, presence=chosen, by=agent.user, now=self.now)

    def knows(self, name: str, skill: str, rating: int) -> None:
        skills = [(make_skill(skill), rating)]
        set_agent_skills(agent=self.people[name], skills=skills, by=None, now=self.now)

    def works(self, name: str, workstream: Workstream | None = None, **fields: Any) -> None:
        """The agent takes up something else."""
        item = arrive(workstream or self.workstream, self.now, **fields)
        self.cycle()
        item.refresh_from_db()
        assert item.agent == self.people[name]
        service.accept(item_id=item.pk, by=self.people[name], now=self.now)
        self.held.append(item)

    def ends(self) -> None:
        """The conversation taken up last is over, its after-work not."""
        item = self.held[-1]
        item.refresh_from_db()
        service.end(item_id=item.pk, by=item.agent, now=self.now)

    def finishes(self) -> None:
        """What was taken up last is done."""
        item = self.held.pop()
        item.refresh_from_db()
        if item.state == ItemState.ACTIVE:
            service.end(item_id=item.pk, by=item.agent, now=self.now)
        service.close(item_id=item.pk, by=item.agent, now=self.now)

    def waits(self, workstream: Workstream | None = None, **fields: Any) -> None:
        """The item that all this is about arrives; ``needs`` are skills with ratings."""
        needs = {make_skill(name): rating for name, rating in fields.pop("needs", {}).items()}
        self.item = arrive(workstream or self.workstream, self.now, **fields)
        if needs:
            service.change_skills(item_id=self.item.pk, by=self.boss, add=needs, now=self.now)
        self.cycle()

    def declines(self, name: str) -> None:
        """He says no as soon as he is asked again after the cool-down."""
        self.later(seconds=61)
        self.cycle()
        service.decline(item_id=self.item.pk, by=self.people[name], now=self.now)

    def publish(self) -> None:
        configuration.publish(by=None, now=self.now)

    def cycle(self) -> None:
        self.publish()
        service.run_cycle(now=self.now)

    def later(self, **time: int) -> None:
        self.now += timedelta(**time)

    def why(self) -> list[dict[str, Any]]:
        self.item.refresh_from_db()
        return waiting_because(self.item, now=self.now)

    def stays(self) -> None:
        """Nobody gets it yet."""
        self.cycle()
        self.item.refresh_from_db()
        assert self.item.agent is None


class Situation:
    """How it comes to that, and what mends it. ``says`` lists for each blocker its name, the
    sentence, and what would help; ``is_mended_by_time`` where nothing but the clock wakes the
    router."""

    says: list[tuple[str, str, str]]
    is_mended_by_time = False

    def comes(self, w: World) -> None:
        raise NotImplementedError

    def mends(self, w: World) -> None:
        raise NotImplementedError

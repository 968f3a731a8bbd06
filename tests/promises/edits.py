"""What team leads and administrators change while work flows: people, limits, configuration."""

from collections.abc import Callable
from typing import Final

from agents.actions.edit_agent import edit_agent
from agents.actions.reset_presence import reset_presence
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_agent_skills import set_agent_skills
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import CapacityProfile, Skill
from config.clock import database_now
from routing import service
from tests.promises.people import People
from workstreams.actions.change_queue_members import change_queue_members
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.set_agent_queues import set_agent_queues
from workstreams.terms import ItemState, WrapUpBlock

METHODS: Final = (
    "highest_capacity", "advanced_round_robin", "least_active", "By rules", "Best match",
)  # fmt: skip
MATCHING: Final = ("exact", "closest", "none")
WRAP_UPS: Final = (
    {"wrap_up_block": WrapUpBlock.ALWAYS, "wrap_up_seconds": None},
    {"wrap_up_block": WrapUpBlock.NEVER, "wrap_up_seconds": None},
    {"wrap_up_block": WrapUpBlock.CUSTOM, "wrap_up_seconds": 30},
)


class Edits:
    """Every method is one edit by somebody; all of them are announced to the router."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.dice = people.dice
        self.skills = list(Skill.objects.select_related("rating_model").order_by("pk"))
        self.profile = CapacityProfile.objects.get(name="Cases")
        self.weights: dict[Callable[[], bool], float] = {
            self.change_memberships: 0.5, self.change_members: 0.3, self.change_agent_skills: 0.5,
            self.change_units: 0.1, self.change_profile_limit: 0.1, self.sign_in_or_out: 0.5,
            self.reset: 0.2, self.change_item_skills: 0.3, self.publish_queue: 0.1,
            self.publish_workstream: 0.1,
        }  # fmt: skip

    def change_memberships(self) -> bool:
        """An agent serves most of the queues."""
        queues = [each for each in self.people.queues if self.dice.random() < 0.75]
        set_agent_queues(
            agent=self.people.agent(),
            queues=queues,
            by=self.people.supervisor,
            now=database_now(),
        )
        return True

    def change_members(self) -> bool:
        """Some join a queue and others leave it."""
        change_queue_members(
            queue=self.dice.choice(self.people.queues),
            add=[self.people.agent() for _ in range(3)],
            remove=[self.people.agent()],
            by=self.people.supervisor,
            now=database_now(),
        )
        return True

    def change_agent_skills(self) -> bool:
        """An agent learns and forgets."""
        skills = [(each, self.dice.randint(1, 10)) for each in self.skills]
        set_agent_skills(
            agent=self.people.agent(),
            skills=[each for each in skills if self.dice.random() < 0.7],
            by=self.people.supervisor,
            now=database_now(),
        )
        return True

    def change_units(self) -> bool:
        """An agent's limit of units, which work in hand may pass then."""
        edit_agent(
            agent=self.people.agent(),
            by=self.people.administrator,
            now=database_now(),
            capacity_units=self.dice.choice((2, 3, 3, 4)),
        )
        return True

    def change_profile_limit(self) -> bool:
        """An agent's own limit of a profile."""
        set_agent_capacity_profiles(
            agent=self.people.agent(),
            profiles=[(self.profile, self.dice.choice((1, None, None, 3)))],
            by=self.people.supervisor,
            now=database_now(),
        )
        return True

    def sign_in_or_out(self) -> bool:
        """Somebody goes home, and mostly somebody comes."""
        move = sign_in_agent if self.dice.random() < 0.7 else sign_out_agent
        move(agent=self.people.agent(), now=database_now())
        return True

    def reset(self) -> bool:
        """A chosen presence ends."""
        agent = self.people.agent()
        reset_presence(agent=agent, by=self.people.supervisor, now=database_now())
        return True

    def change_item_skills(self) -> bool:
        """A supervisor says what an item needs."""
        item = self.people.item(ItemState.OPEN, ItemState.ACTIVE)
        if item is not None:
            skill = self.dice.choice(self.skills)
            is_added = self.dice.random() < 0.5
            service.change_skills(
                item_id=item.id,
                by=self.people.supervisor,
                add={skill: self.dice.randint(1, 5)} if is_added else {},
                remove=() if is_added else [skill],
            )
        return item is not None

    def publish_queue(self) -> bool:
        """A queue gets another method and place in the order."""
        edit_queue(
            queue=self.dice.choice(self.people.queues),
            by=self.people.administrator,
            now=database_now(),
            assignment_method=self.dice.choice(METHODS),
            priority=self.dice.randint(1, 3),
        )
        return True

    def publish_workstream(self) -> bool:
        """A workstream matches skills otherwise, keeps agents, blocks wrap-up for another time."""
        edit_workstream(
            workstream=self.dice.choice(self.people.workstreams),
            by=self.people.administrator,
            now=database_now(),
            skill_matching=self.dice.choice(MATCHING),
            keep_same_agent=self.dice.random() < 0.3,
            **self.dice.choice(WRAP_UPS),
        )
        return True

"""Whom customers prefer, whether they wait for them, and whether a bot asks them first."""

from collections.abc import Callable

from config.clock import database_now
from tests.promises.people import People
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.actions.save_bot import save_bot
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import Bot


class Wishes:
    """Every method is one move of a supervisor or an administrator."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.dice = people.dice
        self.weights: dict[Callable[[], bool], float] = {
            self.change_preferred: 0.5, self.change_fallback: 0.1, self.switch_bot: 0.1,
        }  # fmt: skip

    def change_preferred(self) -> bool:
        """A customer prefers some of those after whom he is named, at least one."""
        customer = self.dice.choice(self.people.contacts)
        agents = {agent.user.username: agent for agent in self.people.agents.values()}
        known = [agents[username] for username in customer.name.split()]
        preferred = self.dice.sample(known, self.dice.randint(1, len(known)))
        set_preferred_agents(contact_id=customer.pk, agents=preferred, now=database_now())
        return True

    def change_fallback(self) -> bool:
        """Who finds none of his preferred agents there goes to the next best, or waits."""
        save_service_configuration(
            by=self.people.administrator,
            now=database_now(),
            waits_for_preferred_agent=self.dice.random() < 0.3,
        )
        return True

    def switch_bot(self) -> bool:
        """Off, its conversations go to people; mostly it is on."""
        save_bot(
            bot=Bot.objects.get(),
            by=self.people.administrator,
            now=database_now(),
            is_enabled=self.dice.random() < 0.7,
        )
        return True

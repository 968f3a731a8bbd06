"""The agents a cycle may look at, by id and by the queues they serve."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from routing.engine.facts import AgentFacts


class Staff:
    """Agents found by id or by queue, in no particular order.

    ``revision`` of a queue rises whenever something about one of its members does.
    """

    def __init__(self, agents: Iterable[AgentFacts] = ()) -> None:
        self._agents: dict[int, AgentFacts] = {}
        self._members: defaultdict[int, dict[int, AgentFacts]] = defaultdict(dict)
        self._revisions: defaultdict[int, int] = defaultdict(int)
        for agent in agents:
            self.put(agent)

    def __iter__(self) -> Iterator[AgentFacts]:
        return iter(self._agents.values())

    def __len__(self) -> int:
        return len(self._agents)

    def get(self, agent_id: int) -> AgentFacts | None:
        """The agent, if he is known."""
        return self._agents.get(agent_id)

    def members(self, queue_id: int) -> Collection[AgentFacts]:
        """Who serves the queue."""
        members = self._members.get(queue_id)
        return members.values() if members else ()

    def put(self, agent: AgentFacts) -> None:
        """Know the agent as he is now."""
        known = self._agents.get(agent.id)
        if known is not None and known.memberships.keys() != agent.memberships.keys():
            self.drop(agent.id)
        self._agents[agent.id] = agent
        for queue_id in agent.memberships:
            self._members[queue_id][agent.id] = agent
            self._revisions[queue_id] += 1

    def drop(self, agent_id: int) -> None:
        """Forget the agent."""
        known = self._agents.pop(agent_id, None)
        for queue_id in known.memberships if known else ():
            del self._members[queue_id][agent_id]
            self._revisions[queue_id] += 1

    def revision(self, queue_id: int) -> int:
        """How often its members changed."""
        return self._revisions[queue_id]

"""One work item as an agent's desk shows it."""

from dataclasses import dataclass

from agents.models import Agent
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.models import QueueMembership, WorkItem
from workstreams.queries.required_skills import skill_names
from workstreams.terms import Channel, ItemKind, ItemState


@dataclass(frozen=True, kw_only=True)
class ItemOnDesk:
    """A work item, and what this agent may do with it now."""

    item: WorkItem
    is_mine: bool
    is_offered_to_me: bool
    may_decline: bool
    skills: tuple[str, ...]

    @property
    def is_accepted(self) -> bool:
        return self.is_mine and not self.is_offered_to_me

    @property
    def may_write(self) -> bool:
        is_talk = self.item.kind == ItemKind.CONVERSATION
        return is_talk and self.is_accepted and self.item.state == ItemState.ACTIVE

    @property
    def may_end(self) -> bool:
        return self.is_accepted and self.item.state == ItemState.ACTIVE

    @property
    def may_rest(self) -> bool:
        """Whether the conversation may wait for its customer (B 14.3)."""
        item = self.item
        is_asynchronous = item.channel not in (Channel.LIVE_CHAT, Channel.VOICE, Channel.RECORD)
        return self.may_end and (is_asynchronous or item.workstream.persistent_chat)

    @property
    def may_close(self) -> bool:
        return self.is_accepted and self.item.state == ItemState.WRAP_UP

    @property
    def may_pick(self) -> bool:
        return self.item.state == ItemState.OPEN and not self.item.is_pushed


def find_on_desk(item_id: int, agent: Agent) -> ItemOnDesk | None:
    """The item if the agent has or had it, or it is open in one of his queues; 2 to 4 queries."""
    item = (
        WorkItem.objects.select_related(
            "workstream__notification_template",
            "queue",
            "contact__account",
            "record",
            "agent__user",
        )
        .filter(pk=item_id)
        .first()
    )
    if item is None or not may_see(item, agent):
        return None
    is_mine = item.agent_id == agent.pk
    return ItemOnDesk(
        item=item,
        is_mine=is_mine,
        is_offered_to_me=is_mine and _is_offered(item, agent),
        may_decline=item.workstream.notification_template.agents_may_decline,
        skills=tuple(_skill_text(skill) for skill in skill_names(item.required_skills)),
    )


def may_see(item: WorkItem, agent: Agent) -> bool:
    """Supervisors with a desk see every item; agents their own and their queues' open ones."""
    if item.agent_id == agent.pk or agent.user.is_supervisor:
        return True
    if item.state != ItemState.OPEN:
        return False
    return QueueMembership.objects.filter(queue=item.queue_id, agent=agent).exists()


def _is_offered(item: WorkItem, agent: Agent) -> bool:
    return Assignment.objects.filter(item=item, agent=agent, outcome=Outcome.PENDING).exists()


def _skill_text(skill: dict[str, object]) -> str:
    rating = skill["rating"]
    return str(skill["skill"]) if rating is None else f"{skill['skill']} ({rating} or better)"

"""Work in hand, in which promises may be broken."""

from datetime import datetime

from agents.models import Agent
from routing import service
from tests.factories import make_agent, make_profile
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive, in_conversation
from workstreams.models import WorkItem, Workstream


def in_talk(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """With an agent who accepted it."""
    return in_conversation(workstream, agent, now)


def in_talk_with_advice(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """The agent has asked somebody for advice."""
    item = in_conversation(workstream, agent, now)
    adviser = make_agent("adviser", presence="busy")
    service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)
    return item


def in_talk_with_bot(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """A bot has it."""
    with_bot(workstream, make_bot("Helper"))
    return arrive(workstream, now, first_message="hello")


def in_talk_by_profile(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """It holds the one unit of a profile that its agent has."""
    profile = make_profile(limit=1)
    agent.capacity_profiles.create(profile=profile)
    Workstream.objects.filter(pk=workstream.pk).update(capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    return in_conversation(workstream, agent, now)

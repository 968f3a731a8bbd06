"""People, skills and profiles."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count

from agents.models import (
    Agent,
    AgentAttribute,
    AgentCapacityProfile,
    AgentPresence,
    AgentSkill,
    CapacityProfile,
    Presence,
    RatingModel,
    Skill,
    SkillType,
    User,
)
from agents.terms import AttributeType, Role
from routing.models import AgentLoad
from workstreams.models import Queue, QueueMembership

NUMBERS = count(1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_user(username: str = "", role: str = Role.AGENT) -> User:
    """A person with the password ``demo``."""
    user = User(username=username or f"user-{next(NUMBERS)}", role=role)
    user.set_password("demo")
    user.save()
    return user


def make_agent(
    username: str = "",
    *,
    role: str = Role.AGENT,
    units: int | None = 3,
    presence: str = "available",
    is_manual: bool = False,
    queues: Sequence[Queue] = (),
    skills: Mapping[str, int] | None = None,
    profiles: Sequence[CapacityProfile] = (),
) -> Agent:
    """An agent who is there, with room, serving the queues. With more than ten work items only
    who chose his presence (``is_manual``) gets more."""
    agent = Agent.objects.create(user=make_user(username, role), capacity_units=units)
    chosen = Presence.objects.get(name=presence)
    AgentPresence.objects.create(
        agent=agent, presence=chosen, base=chosen.base, is_manual=is_manual, since=LONG_AGO
    )
    AgentLoad.objects.create(agent=agent)
    for queue in queues:
        QueueMembership.objects.create(queue=queue, agent=agent)
    for name, rating in (skills or {}).items():
        AgentSkill.objects.create(agent=agent, skill=make_skill(name), rating=rating)
    for profile in profiles:
        AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    return agent


def make_skill(name: str = "") -> Skill:
    """A skill on the built-in scale; the same name gives the same skill."""
    skill, _ = Skill.objects.get_or_create(
        name=name or f"skill-{next(NUMBERS)}",
        defaults={
            "skill_type": SkillType.objects.get(name="Skill"),
            "rating_model": RatingModel.objects.get(name="Default rating model"),
        },
    )
    return skill


def make_attribute(
    name: str = "Site", type: str = AttributeType.TEXT, *, options: Sequence[str] = ()
) -> AgentAttribute:
    """Something that is kept of agents."""
    return AgentAttribute.objects.create(name=name, type=type, options=list(options))


def make_profile(name: str = "", *, limit: int = 2, blocks: bool = False) -> CapacityProfile:
    """A capacity profile that gives work items back at once."""
    return CapacityProfile.objects.create(
        name=name or f"profile-{next(NUMBERS)}", work_item_limit=limit, blocks_assignment=blocks
    )


def share_a_username(*usernames: str) -> list[Agent]:
    """Agents whose usernames differ only in case, as they were made before case did not count."""
    agents = [make_agent(usernames[0])]
    for username in usernames[1:]:
        User.objects.filter(username__iexact=username).update(shares_username=True)
        agents.append(make_agent(username))
    User.objects.filter(username__in=usernames).update(shares_username=True)
    return agents

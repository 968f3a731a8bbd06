"""Changed presences and capacity profiles reach the agents who have them."""

from collections.abc import Collection
from datetime import datetime

from agents.actions.announce_capacity import announce_capacity
from agents.actions.carry_bases_over import carry_bases_over
from agents.models import AgentCapacityProfile, CapacityProfile
from routing.configuration.piece import Key


def reach_agents(changed: Collection[Key], now: datetime) -> None:
    """What saving them on their pages does too. Once all else is written: loads of agents, and
    then their presences, are locked last."""
    announce_capacity(sender=CapacityProfile, agent_ids=holders_of(changed), now=now)
    if presences := [pk for kind, pk in changed if kind == "presence"]:
        carry_bases_over(presence_ids=presences, now=now)


def holders_of(changed: Collection[Key]) -> list[int]:
    """Agents who have one of the capacity profiles."""
    profiles = [pk for kind, pk in changed if kind == "capacity_profile"]
    if not profiles:
        return []
    holders = AgentCapacityProfile.objects.filter(profile__in=profiles)
    return list(holders.values_list("agent_id", flat=True))

"""What is kept of one agent."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q

from agents.attribute_value import value_in_words
from agents.models import Agent, AgentAttribute


@dataclass(frozen=True, kw_only=True)
class AttributeLine:
    """An attribute, and what the agent has; nothing where nobody said so."""

    name: str
    description: str
    value: str


def agent_attributes(agent: Agent) -> list[AttributeLine]:
    """All attributes there are, by name; one statement."""
    own = FilteredRelation("holders", condition=Q(holders__agent=agent))
    rows = AgentAttribute.objects.annotate(own=own, value=F("own__value")).order_by("name")
    return [
        AttributeLine(
            name=name,
            description=description,
            value="" if value is None else value_in_words(value),
        )
        for name, description, value in rows.values_list("name", "description", "value")
    ]

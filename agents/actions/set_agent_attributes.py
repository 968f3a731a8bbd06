"""Say what an agent's attributes are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from agents.actions.lock_chosen import hold_chosen
from agents.actions.record_event import record_event
from agents.attribute_value import stored_value, wanted
from agents.exceptions import AttributeValueWrong
from agents.models import Agent, AgentAttribute, AgentAttributeValue, User
from agents.signals import attributes_changed


@transaction.atomic
def set_agent_attributes(
    *, agent: Agent, values: Mapping[AgentAttribute, Any], by: User | None, now: datetime
) -> None:
    """Give the agent these values; None takes one away, and what is not named stays.

    Refuses what an attribute cannot hold, and attributes that are gone.
    """
    held = hold_attributes(values)
    stored = {row: checked_value(held[row.pk], value) for row, value in values.items()}
    Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)
    before = dict(agent.attributes.values_list("attribute_id", "value"))

    changed = {row: value for row, value in stored.items() if before.get(row.pk) != value}
    if not changed:
        return

    gone = [row for row, value in changed.items() if value is None]
    if gone:
        agent.attributes.filter(attribute__in=gone).delete()
    AgentAttributeValue.objects.bulk_create(
        [
            AgentAttributeValue(agent=agent, attribute=row, value=value)
            for row, value in changed.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["agent", "attribute"],
        update_fields=["value"],
    )

    record_event(
        kind="attributes-changed",
        agent_id=agent.pk,
        now=now,
        attributes={row.name: value for row, value in changed.items()},
        by=by.username if by else "",
    )
    attributes_changed.send(sender=AgentAttributeValue, agent_ids=[agent.pk], now=now)


def hold_attributes(values: Mapping[AgentAttribute, Any]) -> dict[int, AgentAttribute]:
    """The attributes as they are, and as they stay until the end: options may have gone."""
    return hold_chosen(AgentAttribute, values)


def checked_value(attribute: AgentAttribute, value: Any) -> Any:
    """The value as it is stored, None for none. Refuses what the attribute cannot hold."""
    if value is None:
        return None
    stored = stored_value(attribute.type, attribute.options, value)
    if stored is None:
        wish = wanted(attribute.type, attribute.options)
        raise AttributeValueWrong(attribute=attribute, wanted=wish)
    return stored

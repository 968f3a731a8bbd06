"""What an organisation knows of its agents beside what all agents have."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CharField, F, Func, Q
from django.db.models.functions import Lower
from django.db.models.lookups import In

from agents.models.agent import Agent
from agents.terms import AttributeType, choices
from config.audit import audited

KIND_OF_VALUE = Func(F("value"), function="jsonb_typeof", output_field=CharField())


@audited()
class AgentAttribute(models.Model):
    """A fact that administrators keep of agents and assignment rules may ask for (A 10.1).

    ``options`` are the texts that one of the type choice may hold, in the order in which people
    choose them.
    """

    name = models.CharField(max_length=100)
    type = models.CharField(
        max_length=10, choices=choices(AttributeType), default=AttributeType.TEXT
    )
    options = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    description = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="agents_agentattribute_name_unique"),
            # Only the types that exist.
            models.CheckConstraint(
                condition=Q(type__in=list(AttributeType)), name="agents_agentattribute_type_known"
            ),
            # A choice has something to choose from, and nothing else has.
            models.CheckConstraint(
                condition=Q(type=AttributeType.CHOICE, options__len__gt=0)
                | (~Q(type=AttributeType.CHOICE) & Q(options=[])),
                name="agents_agentattribute_choice_has_options",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class AgentAttributeValue(models.Model):
    """What one agent has: a text, a number, true or false; dates are texts as ``2026-03-01``.

    Written by ``set_agent_attributes`` and by bulk changes.
    """

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="attributes")
    attribute = models.ForeignKey(AgentAttribute, on_delete=models.PROTECT, related_name="holders")
    value: Any = models.JSONField()

    class Meta:
        constraints = [
            # One value an attribute and agent.
            models.UniqueConstraint(
                fields=["agent", "attribute"], name="agents_agentattributevalue_once"
            ),
            # A single value: rules compare no lists and no objects.
            models.CheckConstraint(
                condition=In(KIND_OF_VALUE, ["string", "number", "boolean"]),
                name="agents_agentattributevalue_single",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.attribute_id}: {self.value}"

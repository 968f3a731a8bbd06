"""What may be sent of rules, and how they are shown."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from config.api.schema import Body, LongName, Name, number, optional

Condition = dict[str, Any]
MOST_RULES = 1000


class SaveQuery(BaseModel):
    """With the ``revision`` that the list was read at, a save over somebody else's is refused."""

    revision: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class RuleSkill(Body):
    """A skill that a rule asks for."""

    skill: Name
    rating: Annotated[int, number(0, 32767)] | None = None


class Outputs(Body):
    """What a classification rule writes."""

    set: dict[str, Any] = optional(max_length=100)
    skills: list[RuleSkill] = optional(max_length=50)
    capacity_profiles: list[Name] = optional(max_length=50)
    priority: Annotated[int, number(0, 32767)] | None = optional()


class ClassificationRule(Body):
    """Conditions and what follows from them."""

    name: Name
    when: Condition = {}
    then: Outputs = Field(default_factory=Outputs)


class ClassificationRuleset(Body):
    """Logical: the first matching rule writes its outputs; later rulesets can read them.

    Any other kind asks a ``model`` about the ``inputs`` (fields, or ``messages``: what the
    customer wrote) and has no rules; sentiment also without a model, by built-in words.
    """

    name: Name
    kind: Literal["logical", "skill_identification", "sentiment", "effort"] = "logical"
    model: Name | None = None
    inputs: Annotated[list[LongName], Field(max_length=10)] = []
    rules: Annotated[list[ClassificationRule], Field(max_length=MOST_RULES)] = []


class RuleQueueIn(Body):
    """A queue and its share of the matches."""

    queue: LongName
    percent: Annotated[int, number(1, 100)] = 100


class RuleOverflowIn(Body):
    """An overflow pair that a rule may have: how long work waits is the queue's own."""

    condition: Literal["out_of_operating_hours", "work_item_limit", "average_wait"]
    threshold: Annotated[int, number(1, 3600)] | None = None
    action: Literal["assign_anyway", "transfer", "end"]
    queue: LongName | None = None


class RouteRule(Body):
    """Conditions and the queues that matching work goes to. ``overflow`` replaces the pairs before
    queueing of its queues where it is given, also by none at all."""

    name: Name
    when: Condition = {}
    queues: Annotated[list[RuleQueueIn], Field(max_length=100)]
    overflow: Annotated[list[RuleOverflowIn], Field(max_length=20)] | None = None


class IntakeRule(Body):
    """Conditions and the workstream that matching records go to."""

    name: Name
    record_type: Name | None = None
    when: Condition = {}
    workstream: Name


# How many a workstream may have says the check, in the words of the pages.
Rulesets = Annotated[list[ClassificationRuleset], Field(max_length=MOST_RULES)]
RouteRules = Annotated[list[RouteRule], Field(max_length=MOST_RULES)]
IntakeRules = Annotated[list[IntakeRule], Field(max_length=MOST_RULES)]

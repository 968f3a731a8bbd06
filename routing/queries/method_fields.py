"""The fields of items that assignment methods can read: those of all workstreams."""

from dataclasses import replace

from agents.models import SkillType
from routing.catalogue import Catalogue, Given, catalogue_of
from routing.engine.conditions.types import FieldType
from routing.models import Rule
from routing.queries.condition_fields import TYPES, attributes_of, condition_fields
from workstreams.models import ContextVariable, SurveyQuestion
from workstreams.terms import Channel, VariableType, WorkstreamType


def method_fields() -> Catalogue:
    """Of conversations and of records, with every workstream's variables; a fixed number of
    queries."""
    of_records = condition_fields(None)
    given = Given(
        type=WorkstreamType.MESSAGING,
        channel=Channel.LIVE_CHAT,
        variables=_variables(),
        answers=_answers(),
        attributes=attributes_of(Rule.objects.filter(ruleset__workstream__isnull=False)),
        data=of_records.given.data,
    )
    found = catalogue_of(given)
    return replace(found, fields={**of_records.fields, **found.fields})


def skill_type_names() -> list[str]:
    """Types that orders and conditions can be limited to."""
    return list(SkillType.objects.order_by("name").values_list("name", flat=True))


def _variables() -> dict[str, FieldType]:
    """A variable that two workstreams have as different types may be anything."""
    found: dict[str, FieldType] = {}
    for name, type_ in ContextVariable.objects.order_by("name").values_list("name", "type"):
        kind = TYPES[VariableType(type_)]
        found[name] = kind if found.get(name, kind) == kind else FieldType.ANY
    return found


def _answers() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, options in SurveyQuestion.objects.order_by("name").values_list("name", "options"):
        found[name] = tuple(dict.fromkeys([*found.get(name, ()), *map(str, options)]))
    return found

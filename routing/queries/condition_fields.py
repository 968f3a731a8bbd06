"""The fields that rules of a workstream, or of intake, can read."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from routing.catalogue import CASE, WELL_KNOWN, Catalogue, Given, catalogue_of
from routing.engine.conditions.types import FieldType
from routing.models import Rule
from routing.queries.data_fields import data_fields
from workstreams.models import ContextVariable, RecordType, SurveyQuestion, Workstream
from workstreams.terms import Channel, VariableType, WorkstreamType

ATTRIBUTES: Final = "attributes."
TYPES: Final = {VariableType.TEXT: FieldType.TEXT, VariableType.NUMBER: FieldType.NUMBER}


def condition_fields(
    workstream: Workstream | None, record_type: RecordType | None = None
) -> Catalogue:
    """The catalogue as the rows are now; without a workstream that of intake. Five queries."""
    if workstream is None:
        return catalogue_of(
            Given(
                type=WorkstreamType.RECORD,
                channel=Channel.RECORD,
                record_type=record_type.name if record_type else None,
                variables={},
                answers={},
                attributes={},
                record_types=_record_types(),
                data=data_fields(record_type.pk if record_type else None),
            )
        )
    is_record = workstream.type == WorkstreamType.RECORD
    record_type = workstream.record_type
    return catalogue_of(
        Given(
            type=workstream.type,
            channel=workstream.channel,
            record_type=record_type.name if record_type else None,
            variables=_variables(workstream),
            answers=_answers(workstream),
            attributes=_attributes(workstream),
            record_types=_record_types() if is_record else (),
            data=data_fields(_routed_type(workstream)),
        )
    )


def _routed_type(workstream: Workstream) -> int | None:
    """Whose fields its work has: of a conversation, those of the case it is about."""
    if workstream.type == WorkstreamType.RECORD:
        return workstream.record_type_id
    return RecordType.objects.values_list("pk", flat=True).get(name=CASE)


def closed_work_fields(workstreams: Sequence[Workstream]) -> Catalogue:
    """What can be asked about closed work of these workstreams (none: of all): everything that is
    known everywhere, and of a single one what it has besides. No query, or four."""
    if len(workstreams) == 1:
        return condition_fields(workstreams[0])
    is_record = bool(workstreams) and all(
        each.type == WorkstreamType.RECORD for each in workstreams
    )
    return Catalogue(
        given=Given(
            type=WorkstreamType.RECORD if is_record else WorkstreamType.MESSAGING,
            channel=Channel.RECORD if is_record else Channel.LIVE_CHAT,
            variables={},
            answers={},
            attributes={},
        ),
        fields=WELL_KNOWN,
    )


def _record_types() -> tuple[tuple[str, str], ...]:
    return tuple(RecordType.objects.values_list("name", "label"))


def _variables(workstream: Workstream) -> dict[str, FieldType]:
    rows = ContextVariable.objects.filter(workstream=workstream).values_list("name", "type")
    return {name: TYPES[VariableType(type_)] for name, type_ in rows}


def _answers(workstream: Workstream) -> dict[str, tuple[str, ...]]:
    """Two widgets may ask the same: their options together."""
    rows = SurveyQuestion.objects.filter(channel_instance__workstream=workstream)
    found: dict[str, tuple[str, ...]] = {}
    for name, options in rows.values_list("name", "options"):
        found[name] = tuple(dict.fromkeys([*found.get(name, ()), *map(str, options)]))
    return found


def _attributes(workstream: Workstream) -> dict[str, FieldType]:
    return attributes_of(Rule.objects.filter(ruleset__workstream=workstream))


def attributes_of(rules: "QuerySet[Rule]") -> dict[str, FieldType]:
    """What classification rules write, for those who read it later; one query."""
    found: dict[str, FieldType] = {}
    for then in rules.values_list("then", flat=True):
        values: Any = then.get("set") or {}
        for path, value in values.items() if isinstance(values, Mapping) else ():
            if path.startswith(ATTRIBUTES):
                type_ = _type_of(value)
                found[path] = type_ if found.get(path, type_) == type_ else FieldType.ANY
    return dict(sorted(found.items()))


def _type_of(value: Any) -> FieldType:
    if isinstance(value, bool):
        return FieldType.BOOLEAN
    return FieldType.NUMBER if isinstance(value, int | float) else FieldType.TEXT

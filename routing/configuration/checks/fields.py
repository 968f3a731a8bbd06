"""Fields that rules ask about and no channel of their workstream ever gives."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any, Final

from routing.catalogue import Given, catalogue_of
from routing.engine.conditions.types import FieldType
from routing.engine.configuration import CompiledConfiguration, Workstream
from routing.engine.coverage.finding import Finding, Severity
from workstreams.models import ContextVariable, SurveyQuestion
from workstreams.terms import Channel

SENTENCE: Final = "The rule “{rule}” asks for {field}. {why}"
KEPT: Final = 5_000

Place = tuple[str, str]
_Known = tuple[Workstream, frozenset[str], tuple[Finding, ...]]
_kept: OrderedDict[int, _Known] = OrderedDict()
_lock = Lock()


def field_warnings(
    configuration: CompiledConfiguration, *, only: Workstream | None = None
) -> Iterator[Finding]:
    """Of all workstreams, or one; two queries. What rules of the workstream set is given."""
    names = _names()
    for workstream in [only] if only else configuration.workstreams.values():
        yield from _of(workstream, frozenset(names[workstream.id]))


def _of(workstream: Workstream, names: frozenset[str]) -> tuple[Finding, ...]:
    with _lock:
        known = _kept.get(id(workstream))
    if known is not None and known[0] is workstream and known[1] == names:
        return known[2]
    found = tuple(_warnings(workstream, names))
    with _lock:
        _kept[id(workstream)] = (workstream, names, found)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _warnings(workstream: Workstream, names: frozenset[str]) -> Iterator[Finding]:
    asked = dict(_asked(workstream))
    if not asked:
        return
    catalogue = catalogue_of(
        Given(
            type=workstream.type,
            channel=workstream.channel or Channel.RECORD,
            record_type=workstream.record_type,
            variables=dict.fromkeys(names, FieldType.TEXT),
            answers={},
            attributes={},
        )
    )
    written = {
        path
        for ruleset in workstream.classification
        for rule in ruleset.rules
        for path, _ in rule.then.values
    }
    for field, (rule, path) in asked.items():
        why = None if field in written else catalogue.why_nobody_gives(field)
        if why:
            yield Finding(
                check="field-nobody-gives",
                severity=Severity.WARNING,
                kind="workstream",
                object_id=workstream.id,
                name=workstream.name,
                sentence=SENTENCE.format(rule=rule, field=catalogue.label_of(field), why=why),
                path=path,
            )


def _asked(workstream: Workstream) -> Iterator[tuple[str, Place]]:
    """Fields with the last rule that asks for each."""
    for number, ruleset in enumerate(workstream.classification):
        for index, rule in enumerate(ruleset.rules):
            for field in _fields(rule.when.source):
                yield field, (rule.name, f"classification.{number}.rules.{index}")
    for index, route in enumerate(workstream.route_to_queue):
        for field in _fields(route.when.source):
            yield field, (route.name, f"route_to_queue.{index}")


def _fields(condition: Mapping[str, Any]) -> Iterator[str]:
    if "not" in condition:
        yield from _fields(condition["not"])
    for child in (*condition.get("all", ()), *condition.get("any", ())):
        yield from _fields(child)
    if "field" in condition:
        yield condition["field"]


def _names() -> Mapping[int, set[str]]:
    """Context variables and answers of surveys, which act without being published."""
    found: dict[int, set[str]] = defaultdict(set)
    for workstream, name in ContextVariable.objects.values_list("workstream_id", "name"):
        found[workstream].add(name)
    for workstream, name in SurveyQuestion.objects.values_list(
        "channel_instance__workstream_id", "name"
    ):
        found[workstream].add(name)
    return found

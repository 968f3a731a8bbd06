"""What assignment methods read and nobody gives: context variables, and attributes of agents."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from agents.models import AgentAttributeValue
from routing.engine.configuration import CompiledConfiguration
from routing.engine.coverage.finding import Finding, Severity
from routing.engine.methods.shapes import CustomMethod
from workstreams.models import ContextVariable, SurveyQuestion

GROUP: Final = "context."
SENTENCE: Final = (
    "It reads {field}, but no context variable and no survey question is called so, and no rule"
    " sets it."
)


NOBODY: Final = "Its rules read the attribute {name} of agents, but no agent who gets work has one."


def attribute_warnings(
    configuration: CompiledConfiguration, *, only: CustomMethod | None = None
) -> Iterator[Finding]:
    """Attributes that nobody has; one query where methods read any, else none."""
    methods = [only] if only else list(configuration.methods.values())
    asked = {name for method in methods for name in method.attributes}
    if not asked:
        return
    held = AgentAttributeValue.objects.filter(agent__is_enabled=True, attribute__name__in=asked)
    known = set(held.values_list("attribute__name", flat=True).distinct())
    for method in methods:
        for name in method.attributes:
            if name not in known:
                yield Finding(
                    check="attribute-nobody-has",
                    severity=Severity.WARNING,
                    kind="assignment_method",
                    object_id=method.id,
                    name=method.name,
                    sentence=NOBODY.format(name=name),
                )


def method_field_warnings(
    configuration: CompiledConfiguration, *, only: CustomMethod | None = None
) -> Iterator[Finding]:
    """Of all methods, or one; two queries where they read context, else none."""
    methods = [only] if only else list(configuration.methods.values())
    asked = {method.id: _asked(method) for method in methods}
    if not any(asked.values()):
        return
    known = {*_declared(), *_written(configuration)}
    for method in methods:
        for path in asked[method.id]:
            if path not in known:
                yield Finding(
                    check="field-nobody-gives",
                    severity=Severity.WARNING,
                    kind="assignment_method",
                    object_id=method.id,
                    name=method.name,
                    sentence=SENTENCE.format(field=path.replace(".", " ", 1)),
                )


def _asked(method: CustomMethod) -> list[str]:
    paths = dict.fromkeys((*method.orders_by, *method.matches_by))
    return [path for path in paths if path.startswith(GROUP)]


def _declared() -> Iterable[str]:
    for rows in (ContextVariable.objects, SurveyQuestion.objects):
        for name in rows.values_list("name", flat=True).distinct():
            yield f"{GROUP}{name}"


def _written(configuration: CompiledConfiguration) -> Iterable[str]:
    for workstream in configuration.workstreams.values():
        for ruleset in workstream.classification:
            for rule in ruleset.rules:
                values: Mapping[str, object] = dict(rule.then.values)
                yield from values

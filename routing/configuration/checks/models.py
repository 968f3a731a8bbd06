"""Rulesets of machine learning whose model is not there, or predicts nothing yet: warnings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from routing.engine.configuration import CompiledConfiguration, Workstream
from routing.engine.configuration.rules import Ruleset
from routing.engine.coverage.finding import Finding, Severity
from routing.models import LearnedModel
from routing.terms import LABELS, RuleType

MISSING: Final = "The ruleset “{ruleset}” asks a model that is not there: {model}."
OF_OTHER_KIND: Final = (
    "The ruleset “{ruleset}” of “{workstream}” asks it for something else: {kind}."
)
UNPUBLISHED: Final = (
    "The ruleset “{ruleset}” of “{workstream}” asks it, but no version is published, so that"
    " nothing is predicted."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Model:
    id: int
    name: str
    kind: str
    is_published: bool


def model_warnings(
    configuration: CompiledConfiguration, *, only: Workstream | None = None
) -> Iterator[Finding]:
    """Of all workstreams, or one; one query where a ruleset asks a model, else none.

    Work is routed without a prediction, so none of it stops a publication.
    """
    asked = [
        (workstream, number, ruleset)
        for workstream in ([only] if only else configuration.workstreams.values())
        for number, ruleset in enumerate(workstream.classification)
        if ruleset.model is not None
    ]
    models = _models(configuration) if asked else {}
    for workstream, number, ruleset in asked:
        model = models.get(ruleset.model or "")
        if model is None:
            yield _missing(workstream, number, ruleset)
        elif model.kind != ruleset.type:
            kind = LABELS[RuleType(ruleset.type)]
            yield _about(model, "model-kind", OF_OTHER_KIND, workstream, ruleset, kind=kind)
        elif not model.is_published:
            yield _about(model, "model-unpublished", UNPUBLISHED, workstream, ruleset)


def _models(configuration: CompiledConfiguration) -> dict[str, _Model]:
    """By the names in the version: in a draft their rows may be called otherwise already."""
    names = {model.id: name for name, model in configuration.models.items()}
    rows = LearnedModel.objects.filter(pk__in=names)
    return {
        names[pk]: _Model(id=pk, name=names[pk], kind=kind, is_published=published is not None)
        for pk, kind, published in rows.values_list("pk", "kind", "published_id")
    }


def _missing(workstream: Workstream, number: int, ruleset: Ruleset) -> Finding:
    return Finding(
        check="model-missing",
        severity=Severity.WARNING,
        kind="workstream",
        object_id=workstream.id,
        name=workstream.name,
        sentence=MISSING.format(ruleset=ruleset.name, model=ruleset.model),
        path=f"classification.{number}",
    )


def _about(
    model: _Model, check: str, sentence: str, workstream: Workstream, ruleset: Ruleset, **words: str
) -> Finding:
    said = sentence.format(ruleset=ruleset.name, workstream=workstream.name, **words)
    return Finding(
        check=check,
        severity=Severity.WARNING,
        kind="learned_model",
        object_id=model.id,
        name=model.name,
        sentence=said,
    )

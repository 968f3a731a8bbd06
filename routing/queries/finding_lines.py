"""Findings of the checks as people read them, with the way to the place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from routing.configuration.documents.words import KIND_WORDS
from routing.engine.coverage.finding import Finding, Severity


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One finding."""

    check: str
    severity: str
    what: str
    sentence: str
    url: str

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


def finding_lines(findings: Iterable[Finding]) -> list[FindingLine]:
    """In the order given; no query."""
    return [
        FindingLine(
            check=each.check,
            severity=each.severity.value,
            what=each.name if each.kind == "intake" else f"{KIND_WORDS[each.kind]} “{each.name}”",
            sentence=each.sentence,
            url=url_of(each),
        )
        for each in findings
    ]


def url_of(finding: Finding) -> str:
    """Where what was found can be mended."""
    if finding.kind == "queue":
        return reverse("workstreams:queue-detail", kwargs={"queue_id": finding.object_id})
    if finding.kind == "assignment_method":
        return reverse("routing:assignment-method-detail", args=[finding.object_id])
    if finding.kind == "intake":
        return reverse("routing:intake")
    if finding.kind == "learned_model":
        return reverse("routing:model-detail", kwargs={"model_id": finding.object_id})
    kwargs: dict[str, int | str] = {"workstream_id": finding.object_id}
    match finding.path.split("."):
        case ["classification", ruleset, "rules", rule]:
            kwargs |= {"kind": "classification", "ruleset": int(ruleset) + 1}
            return reverse("routing:rule-edit", kwargs=kwargs | {"number": int(rule) + 1})
        case ["classification", *_]:
            return reverse("routing:ruleset-edit", kwargs=kwargs | {"kind": "classification"})
        case ["route_to_queue", rule]:
            kwargs |= {"kind": "route-to-queue", "ruleset": 1}
            return reverse("routing:rule-edit", kwargs=kwargs | {"number": int(rule) + 1})
        case _:
            return reverse("workstreams:workstream-detail", kwargs=kwargs)

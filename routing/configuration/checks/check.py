"""The checks of what is published, and of the draft."""

from dataclasses import asdict
from typing import Any

from routing.configuration.checks.fields import field_warnings
from routing.configuration.checks.methods import attribute_warnings, method_field_warnings
from routing.configuration.checks.models import model_warnings
from routing.engine.configuration import CompiledConfiguration
from routing.engine.coverage.check import check, check_one, errors
from routing.engine.coverage.finding import Finding, Severity
from routing.queries.staff import staff


def checks_of(configuration: CompiledConfiguration) -> list[Finding]:
    """All findings, errors first; six queries, one where rulesets ask models, two where assignment
    methods read context variables, and one where they read attributes of agents."""
    found = [
        *check(configuration, staff()),
        *field_warnings(configuration),
        *model_warnings(configuration),
        *method_field_warnings(configuration),
        *attribute_warnings(configuration),
    ]
    return sorted(found, key=lambda each: each.severity is not Severity.ERROR)


def checks_of_one(configuration: CompiledConfiguration, workstream_id: int) -> list[Finding]:
    """Those of one workstream and of the queues that its work comes to; as many queries."""
    workstream = configuration.workstreams.get(workstream_id)
    if workstream is None:
        return []
    found = [
        *check_one(workstream, configuration, staff()),
        *field_warnings(configuration, only=workstream),
        *model_warnings(configuration, only=workstream),
    ]
    return sorted(found, key=lambda each: each.severity is not Severity.ERROR)


def errors_of(configuration: CompiledConfiguration) -> list[dict[str, Any]]:
    """What stops a publication, as documents."""
    return [asdict(each) for each in errors(configuration)]

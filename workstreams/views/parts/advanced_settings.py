"""Sessions and agent notifications on a workstream's page."""

from dataclasses import dataclass
from typing import Any

from workstreams.models import NotificationTemplate, SessionTemplate, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.terms import LABELS, Scenario


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is used on one occasion; ``is_own`` unless it is that of incoming work."""

    label: str
    template: NotificationTemplate
    is_own: bool


def context(workstream: Workstream) -> dict[str, Any]:
    """``session``: the template, or none; ``notifications``: one for each occasion; 2 queries."""
    ids = {scenario: getattr(workstream, f"{f}_id") for scenario, f in TEMPLATE_FIELDS.items()}
    templates = NotificationTemplate.objects.in_bulk([pk for pk in ids.values() if pk])
    session = SessionTemplate.objects.filter(workstreams=workstream).first()
    incoming = ids[Scenario.INCOMING]
    return {
        "session": session,
        "notifications": [
            Chosen(
                label=LABELS[scenario],
                template=templates[pk or incoming],
                is_own=pk is not None,
            )
            for scenario, pk in ids.items()
        ],
    }

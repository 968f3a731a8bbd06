"""Which workstreams use a template, and when."""

from django.db.models import Q
from django.urls import reverse

from workstreams.models import NotificationTemplate, SessionTemplate, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.queries.dependencies import Dependency
from workstreams.terms import LABELS


def notification_template_dependencies(template: NotificationTemplate) -> list[Dependency]:
    """The workstreams, each with the scenarios it uses the template for; 1 query."""
    uses = Q()
    for field in TEMPLATE_FIELDS.values():
        uses |= Q(**{field: template})
    return [
        _use(workstream, ", ".join(_scenarios(workstream, template)), "notifications")
        for workstream in Workstream.objects.filter(uses).order_by("name")
    ]


def session_template_dependencies(template: SessionTemplate) -> list[Dependency]:
    """The workstreams whose work opens with it; 1 query."""
    found = Workstream.objects.filter(session_template=template).order_by("name")
    return [_use(workstream, "session", "sessions") for workstream in found]


def _scenarios(workstream: Workstream, template: NotificationTemplate) -> list[str]:
    return [
        LABELS[scenario].lower()
        for scenario, field in TEMPLATE_FIELDS.items()
        if getattr(workstream, f"{field}_id") == template.pk
    ]


def _use(workstream: Workstream, when: str, anchor: str) -> Dependency:
    url = reverse("workstreams:workstream-detail", kwargs={"workstream_id": workstream.pk})
    return Dependency(kind="workstream", name=f"{workstream.name} ({when})", url=f"{url}#{anchor}")

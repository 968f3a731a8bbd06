"""What is of a record type."""

from typing import Final

from django.urls import reverse

from workstreams.models import RecordType, SessionTemplate, Workstream
from workstreams.queries.dependencies import Dependency

NAMED: Final = 20


def record_type_dependencies(record_type: RecordType) -> list[Dependency]:
    """Workstreams, deleted ones too while history names them, templates and records."""
    of_it = {"record_type": record_type}
    found = [
        Dependency(
            kind="workstream",
            name=workstream.name,
            url=reverse("workstreams:workstream-detail", args=[workstream.pk])
            if workstream.deleted_at is None
            else "",
        )
        for workstream in Workstream._base_manager.filter(**of_it).order_by("name")[:NAMED]
    ]
    found += [
        Dependency(
            kind="session_template",
            name=template.name,
            url=reverse("workstreams:session-template-edit", args=[template.pk]),
        )
        for template in SessionTemplate.objects.filter(**of_it)[:NAMED]
    ]
    count = record_type.records.count()
    if count:
        url = f"{reverse('workstreams:record-list')}?type={record_type.name}"
        found.append(Dependency(kind="records", name=f"{count:,}", url=url))
    return found

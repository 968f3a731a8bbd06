"""What every page shows around its content: the site map by role, and the server's time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

PRODUCT_NAME: Final = "Switchyard"
ADMINISTRATOR: Final = frozenset({"administrator"})
CONFIGURERS: Final = frozenset({"administrator", "supervisor"})
EVERYONE: Final = frozenset({"administrator", "supervisor", "agent"})


@dataclass(frozen=True, kw_only=True)
class Area:
    """One entry of the site map."""

    label: str
    icon: str
    url_name: str
    roles: frozenset[str] = CONFIGURERS


SITE_MAP: Final[tuple[tuple[str, tuple[Area, ...]], ...]] = (
    ("Desk", (Area(label="My desk", icon="desk", url_name="agents:desk", roles=EVERYONE),)),
    (
        "Floor",
        (
            Area(label="Queues live", icon="floor", url_name="routing:floor"),
            Area(label="Work items", icon="work-item", url_name="routing:work-item-list"),
        ),
    ),
    (
        "Customer support",
        (
            Area(label="Workstreams", icon="workstream", url_name="workstreams:workstream-list"),
            Area(label="Queues", icon="queue", url_name="workstreams:queue-list"),
            Area(label="Records", icon="record", url_name="workstreams:record-list"),
            Area(label="Contacts", icon="contact", url_name="workstreams:contact-list"),
        ),
    ),
    (
        "Routing",
        (
            Area(label="Intake rules", icon="rules", url_name="routing:intake"),
            Area(label="Versions", icon="versions", url_name="routing:version-list"),
        ),
    ),
    (
        "People",
        (
            Area(label="Agents", icon="agent", url_name="agents:agent-list"),
            Area(label="Skills", icon="skill", url_name="agents:skill-list"),
            Area(
                label="Capacity profiles", icon="capacity", url_name="agents:capacity-profile-list"
            ),
            Area(label="Presences", icon="presence", url_name="agents:presence-list"),
            Area(label="Operating hours", icon="hours", url_name="agents:operating-hours-list"),
        ),
    ),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every template."""
    role = getattr(getattr(request, "user", None), "role", "")
    return {
        "product_name": PRODUCT_NAME,
        "server_time": timezone.now(),
        "site_map": _site_map(role, request.path),
    }


def _site_map(role: str, path: str) -> list[dict[str, Any]]:
    groups = [(label, list(_entries(areas, role))) for label, areas in SITE_MAP]
    urls = [entry["url"] for _, entries in groups for entry in entries]
    current = max((url for url in urls if path.startswith(url)), key=len, default=None)
    return [
        {"label": label, "areas": [e | {"is_current": e["url"] == current} for e in entries]}
        for label, entries in groups
        if entries
    ]


def _entries(areas: tuple[Area, ...], role: str) -> Iterator[dict[str, Any]]:
    for area in areas:
        if role not in area.roles:
            continue
        try:
            url = reverse(area.url_name)
        except NoReverseMatch:
            continue  # the page belongs to a part that is not installed
        yield {"label": area.label, "icon": area.icon, "url": url}

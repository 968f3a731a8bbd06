"""What every page shows around its content: the site map by role, and the server's time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from config.clock import shown_now

PRODUCT_NAME: Final = "Switchyard"
DESK: Final = "Desk"
READERS: Final = frozenset({"administrator", "supervisor"})
EVERYONE: Final = frozenset({"administrator", "supervisor", "agent"})


@dataclass(frozen=True, kw_only=True)
class Area:
    """One entry of the site map."""

    label: str
    icon: str
    url_name: str
    roles: frozenset[str] = READERS
    is_for_configurers: bool = False


SITE_MAP: Final[tuple[tuple[str, tuple[Area, ...]], ...]] = (
    (
        DESK,
        (
            Area(label="My desk", icon="desk", url_name="agents:desk", roles=EVERYONE),
            Area(label="Inbox", icon="list", url_name="agents:inbox", roles=EVERYONE),
        ),
    ),
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
            Area(
                label="Workstreams",
                icon="workstream",
                url_name="workstreams:workstream-list",
                is_for_configurers=True,
            ),
            Area(
                label="Queues",
                icon="queue",
                url_name="workstreams:queue-list",
                is_for_configurers=True,
            ),
            Area(
                label="Bots",
                icon="bot",
                url_name="workstreams:bot-list",
                is_for_configurers=True,
            ),
            Area(
                label="Service configuration",
                icon="settings",
                url_name="workstreams:service-configuration",
                is_for_configurers=True,
            ),
            Area(
                label="Record types",
                icon="record",
                url_name="workstreams:record-type-list",
                is_for_configurers=True,
            ),
            Area(label="Records", icon="record", url_name="workstreams:record-list"),
            Area(label="Contacts", icon="contact", url_name="workstreams:contact-list"),
            Area(label="Accounts", icon="building", url_name="workstreams:account-list"),
            Area(
                label="Customer identification",
                icon="search",
                url_name="workstreams:identification",
                is_for_configurers=True,
            ),
        ),
    ),
    (
        "Support experience",
        (
            Area(
                label="Notification templates",
                icon="bell",
                url_name="workstreams:notification-template-list",
                is_for_configurers=True,
            ),
            Area(
                label="Session templates",
                icon="template",
                url_name="workstreams:session-template-list",
                is_for_configurers=True,
            ),
            Area(
                label="Automated messages",
                icon="automatic",
                url_name="workstreams:automated-message-list",
                is_for_configurers=True,
            ),
            Area(
                label="Quick replies",
                icon="message",
                url_name="workstreams:quick-reply-list",
                is_for_configurers=True,
            ),
            Area(
                label="Inbox views",
                icon="list",
                url_name="agents:shared-inbox-view-list",
                roles=frozenset({"administrator"}),
            ),
            Area(
                label="Message templates",
                icon="send",
                url_name="workstreams:message-template-list",
                is_for_configurers=True,
            ),
        ),
    ),
    (
        "Routing",
        (
            Area(
                label="Intake rules",
                icon="rules",
                url_name="routing:intake",
                is_for_configurers=True,
            ),
            Area(
                label="Assignment methods",
                icon="assign",
                url_name="routing:assignment-method-list",
            ),
            Area(label="Models", icon="chart", url_name="routing:model-list"),
            Area(label="Checks", icon="check", url_name="routing:checks"),
            Area(
                label="Try it",
                icon="split",
                url_name="workstreams:try",
            ),
            Area(label="Versions", icon="versions", url_name="routing:version-list"),
            Area(
                label="Export and import",
                icon="transfer",
                url_name="routing:document-page",
                is_for_configurers=True,
            ),
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
    return {
        "product_name": PRODUCT_NAME,
        "server_time": shown_now(),
        "site_map": SimpleLazyObject(lambda: _site_map(request)),
        "has_desk": SimpleLazyObject(lambda: _is_agent_too(request)),
    }


def _site_map(request: HttpRequest) -> list[dict[str, Any]]:
    user, path = getattr(request, "user", None), request.path
    role = getattr(user, "role", "")
    groups = [
        (label, list(_entries(areas, user)))
        for label, areas in SITE_MAP
        if label != DESK or role == "agent" or _is_agent_too(request)
    ]
    # The pages of allauth about oneself lie beneath the customers' accounts, in no namespace.
    is_own = bool(request.resolver_match and not request.resolver_match.namespaces)
    urls = [entry["url"] for _, entries in groups for entry in entries if not is_own]
    current = max((url for url in urls if path.startswith(url)), key=len, default=None)
    return [
        {"label": label, "areas": [e | {"is_current": e["url"] == current} for e in entries]}
        for label, entries in groups
        if entries
    ]


def _is_agent_too(request: HttpRequest) -> bool:
    """Supervisors and administrators have a desk if they are made agents."""
    agent: Any = getattr(getattr(request, "user", None), "agent", None)
    return agent is not None and agent.is_enabled


def _entries(areas: tuple[Area, ...], user: Any) -> Iterator[dict[str, Any]]:
    configures = getattr(user, "may_configure", False)
    for area in areas:
        is_open = area.is_for_configurers and configures
        if not is_open and getattr(user, "role", "") not in area.roles:
            continue
        try:
            url = reverse(area.url_name)
        except NoReverseMatch:
            continue  # the page belongs to a part that is not installed
        yield {"label": area.label, "icon": area.icon, "url": url}

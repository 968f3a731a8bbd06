"""Documents of what stands beside workstreams: session templates, bots, the service's switches."""

from collections.abc import Iterator

from routing.configuration.rows.selection import Document, Ids, chosen
from workstreams.models import Bot, ServiceConfiguration, SessionTemplate
from workstreams.queries.auto_close_times import auto_close_times
from workstreams.switches import NAMES, REACH_NAMES, SEARCH_NAMES, WORD_NAMES

SERVICE_NAME = "service configuration"


def session_template_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """How work items open on the desk."""
    rows = chosen(SessionTemplate.objects.order_by("pk"), ids).values(
        "pk",
        "name",
        "unique_name",
        "type",
        "record_type__name",
        "title",
        "icon",
        "description",
        "panel_mode",
        "titles_anchor_tab",
        "anchor_tab",
        "tabs",
    )
    for row in rows:
        record_type = row.pop("record_type__name")
        yield row.pop("pk"), {**row, "record_type": record_type}


def bot_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Bots without their secrets, which never leave."""
    rows = chosen(Bot.objects.order_by("pk"), ids).values(
        "pk", "name", "kind", "purpose", "endpoint", "script", "is_enabled"
    )
    for row in rows:
        yield row.pop("pk"), row


def service_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """The one piece of the service's switches and times; two statements."""
    rows = chosen(ServiceConfiguration.objects.all(), ids)
    kept = (*NAMES, "maximum_declines", *REACH_NAMES, *SEARCH_NAMES, *WORD_NAMES)
    for row in rows.values("pk", "record_routing_enabled_at", *kept):
        since = row.pop("record_routing_enabled_at")
        yield (
            row.pop("pk"),
            {
                "name": SERVICE_NAME,
                "record_routing": since is not None,
                **row,
                "auto_close": auto_close_times(),
            },
        )

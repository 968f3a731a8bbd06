"""Numbers for Prometheus, read from the database when it asks."""

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from config.models import ApiToken

BEARER: Final = "Bearer "
# A proxy in front adds these; then the address is the proxy's own and proves nothing.
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")
# This machine and the address ranges that are never routed over the internet.
LOCAL: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """One statement whose rows are labels and, at the end, the value."""

    name: str
    help: str
    sql: str
    labels: Sequence[str] = ()


GAUGES: Final = (
    Gauge(
        name="switchyard_waiting_items",
        help="Open work items by queue.",
        labels=["queue"],
        # Index workstreams_item_waits.
        sql="""
            SELECT queue.name, count(item.id) FROM workstreams_queue queue
            LEFT JOIN workstreams_workitem item ON item.queue_id = queue.id AND item.state = 'open'
            WHERE queue.deleted_at IS NULL
            GROUP BY queue.id
        """,
    ),
    Gauge(
        name="switchyard_oldest_wait_seconds",
        help="How long nobody has attended to the open work item of each queue that waits longest.",
        labels=["queue"],
        # Index workstreams_item_waits.
        sql="""
            SELECT queue.name, coalesce(
                extract(epoch FROM clock_timestamp() - min(
                    greatest(item.waiting_since, item.put_back_at)
                )), 0
            )
            FROM workstreams_queue queue
            LEFT JOIN workstreams_workitem item ON item.queue_id = queue.id AND item.state = 'open'
            WHERE queue.deleted_at IS NULL
            GROUP BY queue.id
        """,
    ),
    Gauge(
        name="switchyard_unfinished_items",
        help="Work items that are not closed, by state.",
        labels=["state"],
        # Index workstreams_item_unfinished.
        sql="SELECT state, count(*) FROM workstreams_workitem WHERE state <> 'closed' GROUP BY 1",
    ),
    Gauge(
        name="switchyard_pending_offers",
        help="Offers that no agent has decided yet.",
        # Index routing_assignment_pending.
        sql="SELECT count(*) FROM routing_assignment WHERE outcome = 'pending'",
    ),
    Gauge(
        name="switchyard_open_alarms",
        help="Failures of routing that no supervisor has acknowledged yet, by kind.",
        labels=["kind"],
        # Index routing_alarm_open.
        sql="SELECT kind, count(*) FROM routing_alarm WHERE acknowledged_at IS NULL GROUP BY kind",
    ),
    Gauge(
        name="switchyard_agents",
        help="Enabled agents by base presence.",
        labels=["base_presence"],
        sql="""
            SELECT coalesce(presence.base, 'offline'), count(*) FROM agents_agent agent
            LEFT JOIN agents_agentpresence presence ON presence.agent_id = agent.id
            WHERE agent.is_enabled GROUP BY 1
        """,
    ),
    Gauge(
        name="switchyard_event_feed_lag_seconds",
        help="Age of the oldest event that readers cannot see yet, 0 when they see all.",
        # Index config_event_feed.
        sql="""
            SELECT coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0) FROM config_event
            WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())
        """,
    ),
    Gauge(
        name="switchyard_heartbeat_age_seconds",
        help="Seconds since the last sign of life, by process.",
        labels=["process"],
        sql="""
            SELECT process, extract(epoch FROM clock_timestamp() - max(at)) FROM config_heartbeat
            GROUP BY process
        """,
    ),
)


class DatabaseCollector(Collector):
    """Reads each gauge once a scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with connection.cursor() as cursor:
            for gauge in GAUGES:
                cursor.execute(gauge.sql)
                yield _family(gauge, cursor.fetchall())


@require_safe
@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """The text format of Prometheus, for a supervisor's token or the local network."""
    if not _is_local(request) and not _has_token(request):
        answer = HttpResponse("A supervisor's token is needed.\n", status=401)
        answer["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return answer
    registry = CollectorRegistry(auto_describe=False)
    registry.register(DatabaseCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _family(gauge: Gauge, rows: list[tuple[Any, ...]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(gauge.name, gauge.help, labels=gauge.labels)
    for *labels, value in rows:
        family.add_metric([str(label) for label in labels], float(value))
    return family


def _is_local(request: HttpRequest) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in LOCAL)


def _has_token(request: HttpRequest) -> bool:
    header = request.headers.get("Authorization", "")
    if not header.startswith(BEARER):
        return False
    digest = ApiToken.digest_of(header.removeprefix(BEARER).strip())
    tokens = ApiToken.objects.select_related("user").filter(user__is_active=True)
    token = tokens.filter(digest=digest).first()
    return token is not None and bool(getattr(token.user, "is_supervisor", False))

"""The switches of the whole service."""

from django.db.models import BooleanField, Subquery, Value
from django.db.models.functions import Coalesce

from workstreams.models import ServiceConfiguration
from workstreams.switches import SWITCHES

DEFAULTS = {switch.name: switch.default for switch in SWITCHES}


def service_configuration() -> ServiceConfiguration:
    """The one row; as it is by default where there is none."""
    return ServiceConfiguration.objects.filter(pk=1).first() or ServiceConfiguration(pk=1)


def record_routing_is_enabled() -> bool:
    """Whether records may be routed: one query."""
    return ServiceConfiguration.objects.filter(record_routing_enabled_at__isnull=False).exists()


def switch_column(name: str) -> Coalesce:
    """A switch as a column of another statement."""
    there = ServiceConfiguration.objects.filter(pk=1).values(name)
    return Coalesce(Subquery(there), Value(DEFAULTS[name]), output_field=BooleanField())

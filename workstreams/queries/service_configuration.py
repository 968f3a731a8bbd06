"""The switches of the whole service."""

from workstreams.models import ServiceConfiguration


def service_configuration() -> ServiceConfiguration:
    """The one row; as it is by default where there is none."""
    return ServiceConfiguration.objects.filter(pk=1).first() or ServiceConfiguration(pk=1)


def record_routing_is_enabled() -> bool:
    """Whether records may be routed: one query."""
    return ServiceConfiguration.objects.filter(record_routing_enabled_at__isnull=False).exists()

"""Lock the service configuration, and with it the lists of the organisation."""

from workstreams.models import ServiceConfiguration


def lock_service() -> ServiceConfiguration:
    """The one row, made by the first who looks for it, locked before anything else."""
    ServiceConfiguration.objects.get_or_create(pk=1)
    return ServiceConfiguration.objects.select_for_update(no_key=True).get(pk=1)

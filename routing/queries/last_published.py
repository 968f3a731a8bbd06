"""Who changed an object of the configuration last, and when."""

from routing.models import ConfigurationVersion


def last_published(kind: str, object_id: int) -> ConfigurationVersion | None:
    """The newest version that changed the object, in one query."""
    versions = ConfigurationVersion.objects.filter(changes__kind=kind, changes__object_id=object_id)
    return versions.order_by("-number").first()

"""To which workstream a phone number belongs: one number, one workstream (B 7.1)."""

from workstreams.models import ChannelInstance


def number_owner(number: str, *, besides: int | None = None) -> ChannelInstance | None:
    """Another channel instance with this number, with its workstream; one query."""
    instances = ChannelInstance.objects.select_related("workstream")
    return instances.exclude(pk=besides or 0).filter(settings__phone_number=number).first()

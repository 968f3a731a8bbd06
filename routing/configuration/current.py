"""The version in force."""

from config.clock import database_now
from routing.configuration.load import newest_snapshot, snapshot_of
from routing.configuration.publish import publish
from routing.configuration.published import Published
from routing.models import ConfigurationVersion


def current() -> Published:
    """The newest version, in one query once this process knows it.

    An organisation without any version gets its first one from its rows. Rules among them that
    the engine cannot read stop nobody else's work: theirs goes to the fallback queue, with an
    alarm.
    """
    newest = newest_snapshot()
    if newest.stamp is None:
        publish(by=None, now=database_now(), note="First version.", takes_all=True)
        newest = newest_snapshot()
    return newest.published


def at(number: int) -> Published:
    """An earlier version; raises ConfigurationVersion.DoesNotExist."""
    snapshot = snapshot_of(number)
    if snapshot is None:
        raise ConfigurationVersion.DoesNotExist(f"version {number}")
    return snapshot.published

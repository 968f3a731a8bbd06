"""What an item holds of its agent: the workstream's units or profiles, and profiles that rules
added (A 13)."""

from agents.terms import CapacityFormat
from routing import configuration
from routing.queries.profiles_taken import profiles_taken
from workstreams.actions.take_in import required_units
from workstreams.models import WorkItem


def need_of(item: WorkItem, published: configuration.Published) -> tuple[int, list[int]]:
    """Units and profiles: of both the workstream's first, then what rules had added."""
    own, added = profiles_of_workstream(item, published), profiles_added(item, published)
    return units_of_workstream(item, published), [*dict.fromkeys([*own, *added])]


def renew_need(item: WorkItem, published: configuration.Published | None = None) -> None:
    """Let a locked item that nobody holds need what is published now; saved where it differs."""
    if take_need(item, published):
        item.save(update_fields=["required_units", "required_profiles"])


def take_need(item: WorkItem, published: configuration.Published | None = None) -> bool:
    """The same of an item that is only shown, and not saved; whether it needed something else."""
    published = published or configuration.current()
    if item.workstream_id not in published.compiled.workstreams:
        return False
    units, profiles = need_of(item, published)
    if (units, set(profiles)) == (item.required_units, set(item.required_profiles)):
        return False
    item.required_units, item.required_profiles = units, profiles
    return True


def units_of_workstream(item: WorkItem, published: configuration.Published) -> int:
    """As published, or as its row says while it never was."""
    workstream = published.compiled.workstreams.get(item.workstream_id)
    if workstream is None:
        return required_units(item.workstream)
    return workstream.capacity.units if workstream.capacity else 0


def profiles_of_workstream(item: WorkItem, published: configuration.Published) -> list[int]:
    """The same of its profiles, as ids."""
    if item.workstream_id not in published.compiled.workstreams:
        if item.workstream.capacity_format != CapacityFormat.PROFILE:
            return []
        return list(item.workstream.capacity_profiles.order_by("pk").values_list("pk", flat=True))
    return _published_profiles(item.workstream_id, published)


def profiles_added(item: WorkItem, published: configuration.Published) -> list[int]:
    """What earlier routings found that the item needs beside its workstream's: these stay (A 5),
    those that were the workstream's since then give way to those of now."""
    version = item.configuration_version
    known = [id for id in item.required_profiles if id in published.profile_names]
    if not known or version in (None, published.number):
        return known
    if set(_published_profiles(item.workstream_id, published)).issuperset(known):
        return known
    before = profiles_taken(item.workstream_id, known, since=version, until=published.number)
    return [] if before is None else [id for id in known if id not in before]


def _published_profiles(workstream_id: int, published: configuration.Published) -> list[int]:
    workstream = published.compiled.workstreams.get(workstream_id)
    names = workstream.capacity.profiles if workstream and workstream.capacity else ()
    profiles = published.compiled.profiles
    return [profiles[name].id for name in names if name in profiles]

"""What an item holds of its agent: the workstream's units or profiles, and profiles that rules
added (A 13)."""

from agents.terms import CapacityFormat
from routing import configuration
from workstreams.actions.take_in import required_units
from workstreams.models import WorkItem


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
    those that were the workstream's then give way to those of now."""
    version = item.configuration_version
    known = [id for id in item.required_profiles if id in published.profile_names]
    if not known or version in (None, published.number):
        return known
    if set(_published_profiles(item.workstream_id, published)).issuperset(known):
        return known
    before = _profiles_of_workstream_at(version, item.workstream_id, known)
    return [] if before is None else [id for id in known if id not in before]


def _published_profiles(workstream_id: int, published: configuration.Published) -> list[int]:
    workstream = published.compiled.workstreams.get(workstream_id)
    names = workstream.capacity.profiles if workstream and workstream.capacity else ()
    profiles = published.compiled.profiles
    return [profiles[name].id for name in names if name in profiles]


def _profiles_of_workstream_at(
    version: int, workstream_id: int, profile_ids: list[int]
) -> set[int] | None:
    """Which of these profiles were the workstream's in that version; None where it was not yet
    published, so that no rules could add any."""
    key = "workstream", workstream_id
    of_profiles = [("capacity_profile", id) for id in profile_ids]
    found = configuration.documents_before([key, *of_profiles], version)
    if (document := found.get(key)) is None:
        return None
    names = (document.get("capacity") or {}).get("profiles", ())
    profiles = {id: said for (kind, id), said in found.items() if kind != key[0] and said}
    return {id for id, said in profiles.items() if said["name"] in names}

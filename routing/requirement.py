"""What decides who may take an item, as one short key."""

from hashlib import blake2b

from workstreams.models import WorkItem


def requirement_key(item: WorkItem, *, is_personal: bool = False) -> str:
    """Items of one queue with the same key are interchangeable to routing.

    A personal key is for items with a history (declines, affinity): alone in its group.
    """
    skills = sorted(
        (skill, -1.0 if rating is None else float(rating)) for skill, rating in item.required_skills
    )
    parts = (item.workstream_id, item.required_units, sorted(item.required_profiles), skills)
    key = blake2b(repr(parts).encode(), digest_size=12).hexdigest()
    return f"{key}:{item.pk}" if is_personal else key

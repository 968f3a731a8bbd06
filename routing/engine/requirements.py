"""The key that says which waiting items the same agents may take."""

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from routing.engine.facts import RequiredSkill


def requirement_key(
    *,
    workstream_id: int,
    units: int,
    profiles: Iterable[str] = (),
    skills: Sequence[RequiredSkill] = (),
) -> str:
    """A hash of all that decides who may take an item, apart from its queue and its declines.

    What the workstream demands is read from the configuration, so its id stands for it.
    """
    asked = sorted((each.skill, _rating(each)) for each in skills)
    text = json.dumps([workstream_id, units, sorted(set(profiles)), asked])
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _rating(required: RequiredSkill) -> str:
    """Ratings read from forms and from JSON are written alike: 3 and 3.0 are one rating."""
    return "" if required.rating is None else str(float(required.rating))

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
    asked = sorted({each.skill: each.rating for each in skills}.items())
    text = json.dumps([workstream_id, units, sorted(set(profiles)), asked])
    return blake2b(text.encode(), digest_size=16).hexdigest()

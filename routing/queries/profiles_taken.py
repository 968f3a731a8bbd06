"""Which profiles a workstream's work took, by what was published since an earlier version."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from django.db import connection

# How the workstream and the profiles stood in one version, and each of their changes since.
STEPS: Final = """
SELECT change.version_id, change.kind, change.object_id, piece.hash IS NOT NULL, change.name,
       COALESCE(piece.document #>> '{capacity,profiles}', '[]')
FROM unnest(%(kinds)s::text[], %(ids)s::bigint[]) AS wanted (kind, object_id)
JOIN routing_configurationchange AS change USING (kind, object_id)
LEFT JOIN routing_configurationpiece AS piece ON piece.hash = change.piece_id
WHERE change.version_id <= %(until)s
    AND change.version_id >= COALESCE((
        SELECT max(earlier.version_id)
        FROM routing_configurationchange AS earlier
        WHERE earlier.kind = change.kind AND earlier.object_id = change.object_id
            AND earlier.version_id <= %(since)s
    ), 0)
ORDER BY change.version_id
"""


def profiles_taken(
    workstream_id: int, profile_ids: list[int], *, since: int, until: int
) -> set[int] | None:
    """Which of these profiles were the workstream's in any of the versions; None where it was not
    yet published in the first of them. Each is known by the name it had then. 1 query."""
    kinds = ["workstream", *["capacity_profile"] * len(profile_ids)]
    names: dict[str, Any] = {
        "kinds": kinds,
        "ids": [workstream_id, *profile_ids],
        "since": since,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(STEPS, names)
        taken = list(_taken(cursor.fetchall(), since))
    return set().union(*taken) if taken else None


def _taken(steps: list[Any], since: int) -> Iterator[set[int]]:
    """By version, from the first one on; nothing where the workstream was not there in it."""
    own: list[str] | None = None
    names: dict[int, str] = {}
    if not steps or steps[0][0] > since:
        return
    for number, changes in groupby(steps, key=lambda step: max(step[0], since)):
        for _, kind, object_id, is_there, name, profiles in changes:
            if kind == "workstream":
                own = json.loads(profiles) if is_there else None
            elif is_there:
                names[object_id] = name
            else:
                names.pop(object_id, None)
        if own is None and number == since:
            return
        yield {id for id, name in names.items() if name in (own or ())}

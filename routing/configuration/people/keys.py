"""Whom the entries of a document mean."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from routing.configuration.documents.validate_shape import Finding, finding
from routing.configuration.people.rows import SECTION

TWICE: Final = "The name {} stands here twice."
SHARED: Final = "Write it as {}: each of them is somebody else."


def keys_of(
    usernames: Sequence[str], present: Collection[str], found: list[Finding]
) -> Iterator[str]:
    """For each username the one here that is spelled like that, else the one that differs only in
    case, else that of somebody new, in lower case. Adds a finding where one is meant twice, and
    where two here share a username that is spelled like neither."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for username in present:
        alike[username.lower()].append(username)
    seen: set[str] = set()
    for index, username in enumerate(usernames):
        path, others = f"{SECTION}.{index}.username", alike[username.lower()]
        key = username if username in others else next(iter(others), username.lower())
        if key in seen:
            found.append(finding(path, TWICE.format(username)))
        elif key != username and len(others) > 1:
            found.append(finding(path, SHARED.format(" or ".join(others))))
        seen.add(key)
        yield key

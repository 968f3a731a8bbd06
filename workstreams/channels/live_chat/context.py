"""Context variables that a web site passes to its chat in the address: ``?ctx.tier=gold``."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from workstreams.queries.identification import ID_KEYS

PREFIX: Final = "ctx."
VARIABLES: Final = 20
NAME_LENGTH: Final = 100
VALUE_LENGTH: Final = 4000
# Of an address: servers and proxies refuse very long ones.
CARRIED_LENGTH: Final = 2000
RESERVED: Final = frozenset({*ID_KEYS, "engagement"})


def read_context(query: Mapping[str, str]) -> dict[str, str]:
    """The first twenty variables with a name, without those that are too long.

    A visitor's page may say who somebody is, but not which row: ids are for programs.
    """
    found = {
        name.removeprefix(PREFIX): value.replace("\x00", "")
        for name, value in query.items()
        if name.startswith(PREFIX) and len(value) <= VALUE_LENGTH
    }
    fitting = [(name, value) for name, value in found.items() if _is_storable(name)]
    return dict(fitting[:VARIABLES])


def carried_context(query: Mapping[str, str]) -> dict[str, str]:
    """What the addresses of a chat carry along for the next one, by its names there: the variables
    for which there is room."""
    carried: dict[str, str] = {}
    for name, value in read_context(query).items():
        more = carried | {f"{PREFIX}{name}": value}
        if len(urlencode(more)) <= CARRIED_LENGTH:
            carried = more
    return carried


def answers_in_context(answers: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Answers of a survey by their questions' names; one of a reserved name says nothing."""
    return {each["name"]: each["answer"] for each in answers if each["name"] not in RESERVED}


def _is_storable(name: str) -> bool:
    """PostgreSQL stores no NUL, and a conversation takes no variable without a name."""
    is_named = bool(name.strip()) and len(name) <= NAME_LENGTH
    return is_named and "\x00" not in name and name not in RESERVED

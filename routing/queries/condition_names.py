"""Names that a value of a condition can be: of skills, channel instances, contacts, accounts."""

from collections.abc import Mapping
from typing import Any, Final

from agents.models import Skill
from routing.catalogue import Catalogue, Lookup
from workstreams.models import Workstream
from workstreams.queries.customers import accounts, contacts

# So many are listed whole; contacts and accounts are found while typing.
MOST_LISTED: Final = 200
MOST_FOUND: Final = 10
CUSTOMERS: Final[Mapping[Lookup, Any]] = {Lookup.CONTACT: contacts, Lookup.ACCOUNT: accounts}


def listed_names(catalogue: Catalogue, workstream: Workstream | None) -> dict[Lookup, list[str]]:
    """Skills, and the workstream's channel instances; two queries."""
    names = {Lookup.SKILL: list(Skill.objects.values_list("name", flat=True)[:MOST_LISTED])}
    if workstream is not None and "engagement.instance" in catalogue.fields:
        instances = workstream.channel_instances.values_list("name", flat=True)
        names[Lookup.CHANNEL_INSTANCE] = list(instances[:MOST_LISTED])
    return names


def found_names(lookup: Lookup, typed: str) -> list[str]:
    """Names of customers in which every typed word, or its beginning, stands; one query."""
    if lookup not in CUSTOMERS or not typed.strip():
        return []
    rows = CUSTOMERS[lookup](typed.strip()).values_list("name", flat=True)
    return list(dict.fromkeys(rows[: MOST_FOUND * 2]))[:MOST_FOUND]

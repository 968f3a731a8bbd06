"""The lists inside an assignment method that are edited one entry at a time."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from workstreams.models import AssignmentMethod

Document = dict[str, Any]
RULES: Final = re.compile(r"rules-([1-9]\d{0,2})", re.ASCII)


class PartKind(StrEnum):
    """What an entry is."""

    PRIORITIZATION = "prioritization"
    SELECTION = "selection"
    RULESETS = "rulesets"
    RULES = "rules"


NOUNS: Final = {
    PartKind.PRIORITIZATION: "prioritisation rule",
    PartKind.SELECTION: "selection criterion",
    PartKind.RULESETS: "assignment ruleset",
    PartKind.RULES: "assignment rule",
}


@dataclass(frozen=True, kw_only=True)
class MethodPart:
    """One list of a copy of the method's document: change ``entries``, then save ``document``."""

    slug: str
    kind: PartKind
    document: Document
    entries: list[Document]
    path: str

    @property
    def noun(self) -> str:
        return NOUNS[self.kind]

    @property
    def ruleset(self) -> str:
        """The name of the ruleset whose rules these are; empty for the other lists."""
        found = RULES.fullmatch(self.slug)
        return str(self.document["rulesets"][int(found[1]) - 1]["name"]) if found else ""


def part_of(method: AssignmentMethod, slug: str) -> MethodPart | None:
    """The list that an address names: ``prioritization``, ``selection``, ``rulesets``, or
    ``rules-2``, those of the second ruleset. None where there is no such list."""
    document = deepcopy(method.document())
    found = RULES.fullmatch(slug)
    if found:
        index = int(found[1]) - 1
        rulesets = document["rulesets"]
        if index >= len(rulesets):
            return None
        entries, kind = rulesets[index]["rules"], PartKind.RULES
        path = f"rulesets.{index}.rules"
    elif slug in list(PartKind) and slug != PartKind.RULES:
        entries, kind, path = document[slug], PartKind(slug), slug
    else:
        return None
    return MethodPart(slug=slug, kind=kind, document=document, entries=entries, path=path)


def renamed_ruleset(document: Document, before: Mapping[str, Any], name: str) -> None:
    """Criteria that name a ruleset follow its new name."""
    for criterion in document["selection"]:
        if criterion["ruleset"] == before["name"]:
            criterion["ruleset"] = name

"""What a method would be read otherwise than it is written: refused where it is new, for methods
that were saved with it go on as they are."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.engine.conditions import Finding
from routing.engine.methods.people import IS_WORKING, SKILLS

# What every item has and is never a number or a date, so that no order would follow (A 9.2).
WITHOUT_ORDER: Final = ("title", "channel", "sentiment")
NO_ORDER: Final = "This is neither a number nor a date, so it gives no order."
HAS_NO_VALUE: Final = "This has no value: put it into not for who is off."
BY_CUSTOM_MATCH: Final = "Skills are compared with those of the item by custom_match."

Document = Mapping[str, Any]
Entries = Iterator[tuple[str, Document]]


def misread(document: Document, before: Document | None = None) -> list[Finding]:
    """Of a method without faults, in what was not ``before`` in it."""
    kept = [entry for _, entry in _entries(before)] if before else []
    return [
        finding
        for path, entry in _entries(document)
        if entry not in kept
        for finding in misread_entry(entry, path)
    ]


def misread_entry(entry: Document, path: str) -> Iterator[Finding]:
    """Of one prioritisation rule, or rule of a ruleset."""
    order = entry.get("order_by")
    if isinstance(order, Mapping) and order.get("by") in WITHOUT_ORDER:
        yield Finding(path=f"{path}.order_by.by", message=NO_ORDER)
    yield from _rows(entry.get("when") or {}, f"{path}.when")


def _entries(document: Document) -> Entries:
    for number, bucket in enumerate(document.get("prioritization") or ()):
        yield f"prioritization.{number}", bucket
    for index, ruleset in enumerate(document.get("rulesets") or ()):
        for number, rule in enumerate(ruleset.get("rules") or ()):
            yield f"rulesets.{index}.rules.{number}", rule


def _rows(condition: Document, path: str) -> Iterator[Finding]:
    for name in ("all", "any"):
        for index, child in enumerate(condition.get(name, ())):
            yield from _rows(child, f"{path}.{name}.{index}")
    if "not" in condition:
        yield from _rows(condition["not"], f"{path}.not")
    op = condition.get("op")
    if op == IS_WORKING and condition.get("value", True) is not True:
        yield Finding(path=f"{path}.value", message=HAS_NO_VALUE)
    if condition.get("field") == SKILLS and op == "contains" and "item" in condition:
        yield Finding(path=f"{path}.op", message=BY_CUSTOM_MATCH)

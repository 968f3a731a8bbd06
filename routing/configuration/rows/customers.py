"""Documents of what is known of customers: context variables, and how they are recognised."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from routing.configuration.rows.selection import Document, Ids, chosen
from workstreams.models import ContextVariable, IdentificationRule

IDENTIFICATION_ID = 0
IDENTIFICATION_NAME = "customer identification"

ByWorkstream = dict[int, list[Document]]


def context_variables(ids: Ids) -> ByWorkstream:
    """The variables of each workstream, by name; case counts in them."""
    found: ByWorkstream = defaultdict(list)
    rows = chosen(ContextVariable.objects.all(), ids, "workstream").order_by()
    for pk, name, type_, is_from_survey in rows.values_list(
        "workstream_id", "name", "type", "is_from_survey"
    ):
        found[pk].append({"name": name, "type": type_, "is_from_survey": is_from_survey})
    for variables in found.values():
        variables.sort(key=lambda each: (each["name"].casefold(), each["name"]))
    return found


def identification_rules(ids: Ids) -> ByWorkstream:
    """The rules that workstreams have of their own, in order."""
    rows = chosen(IdentificationRule.objects.filter(workstream__isnull=False), ids, "workstream")
    found: ByWorkstream = defaultdict(list)
    for pk, rule in _rules(rows):
        found[pk].append(rule)
    return found


def identification_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """The one piece of the organisation's own rules, if there are any."""
    rules = [rule for _, rule in _rules(IdentificationRule.objects.filter(workstream=None))]
    if rules:
        yield IDENTIFICATION_ID, {"name": IDENTIFICATION_NAME, "rules": rules}


def _rules(rows: QuerySet[Any]) -> Iterator[tuple[int, Document]]:
    for pk, name, entity, keys, is_enabled in rows.order_by("position", "pk").values_list(
        "workstream_id", "name", "entity", "keys", "is_enabled"
    ):
        yield pk, {"name": name, "entity": entity, "keys": keys, "is_enabled": is_enabled}

"""What people type into the rule builder, as browsers send it."""

import re
from html import unescape

from routing.queries.rule_lists import rule_list
from routing.terms import RulesetKind


def rows(prefix, *typed):
    """What a list of rows sends."""
    sent = {f"{prefix}-TOTAL_FORMS": len(typed), f"{prefix}-INITIAL_FORMS": 0}
    for index, row in enumerate(typed):
        sent |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return sent


def conditions(*typed, join="all"):
    """What the rows of the whole condition send."""
    sent = {"c-join": join, "c-bare": "1"}
    for number, row in enumerate(typed, start=1):
        sent |= {f"c-{number}-{name}": value for name, value in row.items()}
    return sent


def posted(group):
    """What the fields of a group of conditions send."""
    sent = {f"{group.prefix}-join": group.join, f"{group.prefix}-bare": "01"[group.is_bare]}
    for node in group.children:
        if node.is_group:
            sent |= posted(node)
        else:
            names = ("field", "op", "second", "was")
            sent |= {f"{node.prefix}-{name}": getattr(node, name) for name in names}
            several = isinstance(node.value, list)
            sent[f"{node.prefix}-{'values' if several else 'value'}"] = node.value
    return sent


def route(name="Gold", revision=0, value="gold", queue="Support", when=None, **more):
    """A typed route-to-queue rule."""
    condition = {"field": "context.tier", "op": "equals", "value": value}
    return {
        "revision": revision,
        "name": name,
        **(when or conditions(condition)),
        **rows("queues", {"queue": queue, "percent": 100}),
        **rows("overflow"),
        **more,
    }


def hidden(response):
    """What the form of the answer sends along of itself."""
    names = "revision|opened(?:_in)?(?:_row)?"
    fields = rf'<input type="hidden" name="({names})"(?: value="([^"]*)")?'
    return {name: unescape(value) for name, value in re.findall(fields, response.text)}


def saved(kind, workstream=None):
    lists = rule_list(RulesetKind(kind), workstream).rulesets
    return [rule for ruleset in lists for rule in ruleset["rules"]]


def counts(workstream):
    """How many rules each classification ruleset has, in their order."""
    found = rule_list(RulesetKind.CLASSIFICATION, workstream).rulesets
    return [(each["name"], len(each["rules"])) for each in found]


def typed_classification(name="French", **more):
    """A typed classification rule without outputs."""
    empty = {**conditions(), **rows("set"), **rows("skills")}
    return {"revision": 0, "name": name, **empty, **more}

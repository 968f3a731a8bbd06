"""Nodes out of what a browser sent."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from routing.engine.conditions.check import TOO_DEEP
from routing.forms.conditions.moments import joined
from routing.forms.conditions.nodes import JOINS, PREFIX, Group, Node, Number, Row, renumber

# Deeper than any condition may be, so that what is too deep is shown and refused.
DEEPEST: Final = 40
LONGEST: Final = 200_000
NAME: Final = re.compile(
    rf"c((?:-[1-9]\d{{0,3}}){{0,{DEEPEST}}})-"
    r"(join|about|bare|field|op|value|values|time|second|second_time|was)",
    re.ASCII,
)
Sent = dict[Number, dict[str, Any]]


def read_posted(data: Mapping[str, Any]) -> Group:
    """The tree as it was sent; nodes whose group is missing are left out."""
    sent = _sent(data)
    root = _group(sent.pop((), {}))
    nodes: dict[Number, Node] = {(): root}
    for number in sorted(sent, key=lambda each: (len(each), each)):
        parent = nodes.get(number[:-1])
        if isinstance(parent, Group):
            fields = sent[number]
            nodes[number] = _group(fields) if "join" in fields else _row(fields)
            parent.children.append(nodes[number])
    renumber(root)
    if any(name.startswith(f"{PREFIX}-") and name.count("-") > DEEPEST + 1 for name in data):
        # Nothing may be left out without a word, for a condition without rows matches all.
        root.errors.append(TOO_DEEP)
    return root


def _sent(data: Mapping[str, Any]) -> Sent:
    sent: Sent = {}
    for name in data:
        found = NAME.fullmatch(name)
        if found:
            number = tuple(int(each) for each in found[1].split("-")[1:])
            sent.setdefault(number, {})[found[2]] = _clean(data, name, is_list=found[2] == "values")
    return sent


def _clean(data: Mapping[str, Any], name: str, *, is_list: bool) -> Any:
    if not is_list:
        return str(data[name]).replace("\0", "")[:LONGEST]
    values: Iterable[Any] = data.getlist(name) if hasattr(data, "getlist") else data[name]
    return [str(each).replace("\0", "") for each in values]


def _group(fields: Mapping[str, str]) -> Group:
    join = fields.get("join", "all")
    return Group(
        join=join if join in dict(JOINS) else "all",
        about=fields.get("about", ""),
        is_bare=fields.get("bare", "1") != "0",
    )


def _row(fields: Mapping[str, Any]) -> Row:
    return Row(
        field=fields.get("field", ""),
        op=fields.get("op", ""),
        value=fields.get("values") or joined(fields.get("value", ""), fields.get("time", "")),
        second=joined(fields.get("second", ""), fields.get("second_time", "")),
        was=fields.get("was", ""),
    )

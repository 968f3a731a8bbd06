"""Conditions as nodes, and nodes as conditions."""

import json
from collections.abc import Mapping
from typing import Any

from routing.catalogue import Catalogue
from routing.engine.conditions import OPERATORS, Takes, validate
from routing.engine.conditions.related import related_record
from routing.engine.conditions.types import FieldType
from routing.forms.conditions.moments import as_boxes_show
from routing.forms.conditions.nodes import Group, Node, Row, is_blank, renumber
from routing.forms.conditions.values import is_same, line_of, shown, typed

# Where each node stands in the condition that came out of it.
Paths = dict[str, Node]


def from_document(when: Mapping[str, Any] | None, catalogue: Catalogue) -> Group:
    """The nodes of a condition that is well formed; without one, a row to begin with."""
    if not when:
        root = Group(children=[Row()])
    elif "field" in when:
        root = Group(children=[_row(when, catalogue)])
    else:
        root = _group(when, catalogue)
    renumber(root)
    return root


def to_document(root: Group, catalogue: Catalogue) -> tuple[dict[str, Any], Paths]:
    """The condition, and the node at each of its paths; blank rows and groups are left out."""
    paths: Paths = {}
    if is_blank(root):
        return {}, {"when": root}
    return _of_group(root, "when", catalogue, paths), paths


def row_document(row: Row, catalogue: Catalogue) -> dict[str, Any]:
    """One row in the words of the public contract: as it was stored, as long as that is what
    is shown; else what was typed."""
    kept = _kept(row, catalogue)
    if kept is not None:
        return kept
    path, op = catalogue.path_of(row.field), row.op or "equals"
    document = {"field": path, "op": op}
    if op in OPERATORS and OPERATORS[op].takes is not Takes.NOTHING:
        document["value"] = typed(catalogue.fields.get(path), op, row.value, row.second)
    return document


def _kept(row: Row, catalogue: Catalogue) -> dict[str, Any] | None:
    try:
        was = json.loads(row.was) if row.was else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(was, dict) or validate(was) or was["op"] != row.op:
        return None
    before = _shown(was, catalogue)
    is_asked = OPERATORS[row.op].takes is not Takes.NOTHING
    is_value = not is_asked or is_same((before.value, before.second), (row.value, row.second))
    return was if is_value and is_same((before.field, ""), (row.field, "")) else None


def _group(when: Mapping[str, Any], catalogue: Catalogue) -> Group:
    is_negated = "not" in when
    inside = when["not"] if is_negated else when
    word = next((word for word in ("all", "any") if word in inside), None)
    if word is None:
        # Not of one condition, which may be a row or another not.
        return Group(join="not_any", children=[_node(inside, catalogue)])
    children = [_node(child, catalogue) for child in inside[word]]
    return Group(
        join=f"not_{word}" if is_negated else word,
        about=_about(children, catalogue),
        is_bare=len(children) > 1,
        children=children,
    )


def _node(when: Mapping[str, Any], catalogue: Catalogue) -> Node:
    return _row(when, catalogue) if "field" in when else _group(when, catalogue)


def _row(when: Mapping[str, Any], catalogue: Catalogue) -> Row:
    """What would come back otherwise than it is stored carries what is stored; so do several
    values, for choices are sent in the order in which they are offered."""
    row = _shown(when, catalogue)
    value = line_of(row.value)
    as_sent = Row(field=line_of(row.field), op=row.op, value=value, second=line_of(row.second))
    stored = json.dumps(when, sort_keys=True)
    if isinstance(row.value, list) and len(row.value) > 1:
        row.was = json.dumps(when)
    for each in (row, as_sent):
        if json.dumps(row_document(each, catalogue), sort_keys=True) != stored:
            row.was = json.dumps(when)
    return row


def _shown(when: Mapping[str, Any], catalogue: Catalogue) -> Row:
    value, second = shown(when["op"], when.get("value"))
    if _is_of_moments(when, catalogue) and isinstance(value, str):
        value, second = as_boxes_show(value), as_boxes_show(second)
    return Row(field=catalogue.label_of(when["field"]), op=when["op"], value=value, second=second)


def _is_of_moments(when: Mapping[str, Any], catalogue: Catalogue) -> bool:
    takes = OPERATORS[when["op"]].takes
    is_date = catalogue.type_of(when["field"]) is FieldType.DATE
    return takes is Takes.MOMENT or (takes is Takes.RANGE and is_date)


def _about(children: list[Node], catalogue: Catalogue) -> str:
    """The one record that all rows of a group ask about, where it is one that is offered."""
    paths = [catalogue.path_of(each.field) for each in children if isinstance(each, Row)]
    about = {".".join(related_record(path)) for path in paths}
    return about.pop() if len(about) == 1 and about <= set(dict(catalogue.entities)) else ""


def _of_group(group: Group, path: str, catalogue: Catalogue, paths: Paths) -> dict[str, Any]:
    paths[path] = group
    children = [child for child in group.children if not is_blank(child)]
    if group.is_negated:
        inside = f"{path}.not"
        return {"not": _joined(group, children, inside, catalogue, paths)}
    return _joined(group, children, path, catalogue, paths)


def _joined(
    group: Group, children: list[Node], path: str, catalogue: Catalogue, paths: Paths
) -> dict[str, Any]:
    if group.is_bare and len(children) == 1:
        return _of_node(children[0], path, catalogue, paths)
    return {
        group.word: [
            _of_node(child, f"{path}.{group.word}.{index}", catalogue, paths)
            for index, child in enumerate(children)
        ]
    }


def _of_node(node: Node, path: str, catalogue: Catalogue, paths: Paths) -> dict[str, Any]:
    if isinstance(node, Group):
        return _of_group(node, path, catalogue, paths)
    paths[path] = node
    return row_document(node, catalogue)

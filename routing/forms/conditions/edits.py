"""What the buttons of the builder do to the nodes; each says what a screen reader tells."""

import re
from collections.abc import Callable
from typing import Final

from routing.catalogue import Catalogue
from routing.engine.conditions.check import MAXIMUM_DEPTH, MAXIMUM_ROWS, TOO_DEEP, TOO_MANY
from routing.engine.conditions.related import related_record
from routing.engine.conditions.types import OPERATORS_OF
from routing.forms.conditions.nodes import (
    Group,
    Node,
    Number,
    Row,
    find,
    renumber,
    rows_of,
)

COMMAND: Final = re.compile(
    r"([a-z-]+) c((?:-\d{1,4}){0,30})(?: (before|after|into) c((?:-\d{1,4}){0,30}))?", re.ASCII
)


def edit(root: Group, command: str, catalogue: Catalogue) -> str:
    """Do what a button says, such as ``up c-2-1``; what makes no sense changes nothing."""
    found = COMMAND.fullmatch(command)
    node = find(root, _number(found[2])) if found else None
    if found is None or node is None:
        return ""
    verb, where = found[1], found[3]
    if verb == "move" and where:
        said = _drop(root, node, where, find(root, _number(found[4])))
    elif verb in VERBS:
        said = VERBS[verb](root, node, catalogue)
    else:
        return ""
    renumber(root)
    return said() if callable(said) else said


Said = str | Callable[[], str]


def _add_row(root: Group, node: Node, catalogue: Catalogue) -> Said:
    if not isinstance(node, Group):
        return ""
    if len(list(rows_of(root))) >= MAXIMUM_ROWS:
        return TOO_MANY
    row = Row()
    node.children.append(row)
    _focus(row, "field")
    return lambda: f"Condition {row.place} added"


def _add_group(root: Group, node: Node, catalogue: Catalogue, about: str = "") -> Said:
    if not isinstance(node, Group):
        return ""
    if len(node.number) + 2 >= MAXIMUM_DEPTH:
        return TOO_DEEP
    if len(list(rows_of(root))) >= MAXIMUM_ROWS:
        return TOO_MANY
    row = Row()
    _focus(row, "field")
    # Within "all" only another word makes a difference; about a record, "all" is what is meant.
    join = "any" if node.join == "all" and not about else "all"
    group = Group(join=join, about=about, children=[row])
    node.children.append(group)
    return lambda: f"Group {group.place} added"


def _add_related(root: Group, node: Node, catalogue: Catalogue) -> Said:
    about = catalogue.entities[0][0] if catalogue.entities else ""
    return _add_group(root, node, catalogue, about=about)


def _remove(root: Group, node: Node, catalogue: Catalogue) -> Said:
    """The focus goes to what follows, else to what is before, else to the group's button."""
    if not node.number:
        return ""
    parent, index = _parent(root, node), node.number[-1] - 1
    noun = "Group" if isinstance(node, Group) else "Condition"
    del parent.children[index]
    parent.is_bare = True
    if not parent.children:
        parent.has_focus = "add-row"
    else:
        _focus(parent.children[min(index, len(parent.children) - 1)], "remove")
    return f"{noun} {node.place} removed"


def _up(root: Group, node: Node, catalogue: Catalogue) -> Said:
    return _step(root, node, -1)


def _down(root: Group, node: Node, catalogue: Catalogue) -> Said:
    return _step(root, node, 1)


def _refit(root: Group, node: Node, catalogue: Catalogue) -> Said:
    """Inputs and operators fit the field again; the rows of a group that is about another
    record now ask for the same of that one."""
    if isinstance(node, Row):
        offered = OPERATORS_OF[catalogue.type_of(catalogue.path_of(node.field))]
        node.op = node.op if node.op in offered else offered[0]
    elif node.about:
        for child in node.children:
            if isinstance(child, Row):
                _ask_about(child, node.about, catalogue)
    return ""


VERBS: Final[dict[str, Callable[[Group, Node, Catalogue], Said]]] = {
    "add-row": _add_row,
    "add-group": _add_group,
    "add-related": _add_related,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "refit": _refit,
}


def _ask_about(row: Row, about: str, catalogue: Catalogue) -> None:
    path = catalogue.path_of(row.field)
    before = ".".join(related_record(path))
    if before and before != about:
        row.field = catalogue.label_of(about + path.removeprefix(before))


def _step(root: Group, node: Node, step: int) -> Said:
    """One place on: past a row, into a group beside it, or out at the end of its own group."""
    if not node.number:
        return ""
    parent, index = _parent(root, node), node.number[-1] - 1
    target, before = index + step, node.place
    parent.is_bare = True
    if 0 <= target < len(parent.children):
        beside = parent.children[target]
        if isinstance(beside, Group) and _depth(node) + len(beside.number) < MAXIMUM_DEPTH:
            parent.children.pop(index)
            beside.children.insert(len(beside.children) if step < 0 else 0, node)
        else:
            parent.children.insert(target, parent.children.pop(index))
    elif parent.number:
        parent.children.pop(index)
        outer = _parent(root, parent)
        outer.children.insert(parent.number[-1] - (1 if step < 0 else 0), node)
        _tidy(outer, parent)
    _focus(node, "up" if step < 0 else "down")
    return lambda: f"{_noun(node)} {before} moved to {node.place}"


def _drop(root: Group, node: Node, where: str, target: Node | None) -> Said:
    """What was dragged; a group cannot go into itself."""
    if target is None or not node.number or target.number[: len(node.number)] == node.number:
        return ""
    before, parent = node.place, _parent(root, node)
    home = target if where == "into" else _parent(root, target) if target.number else None
    if not isinstance(home, Group) or _depth(node) + len(home.number) >= MAXIMUM_DEPTH:
        return ""
    parent.children.remove(node)
    parent.is_bare = True
    if where == "into":
        home.children.append(node)
    else:
        place = next(index for index, each in enumerate(home.children) if each is target)
        home.children.insert(place + (where == "after"), node)
    if parent is not home and parent.number:
        _tidy(_parent(root, parent), parent)
    _focus(node, "field")
    return lambda: f"{_noun(node)} {before} moved to {node.place}"


def _tidy(outer: Group, group: Group) -> None:
    """A group that lost its last condition goes."""
    if not group.children:
        outer.children = [each for each in outer.children if each is not group]


def _parent(root: Group, node: Node) -> Group:
    parent = find(root, node.number[:-1])
    assert isinstance(parent, Group)
    return parent


def _depth(node: Node) -> int:
    """How many groups are inside each other, this one included."""
    if isinstance(node, Row):
        return 1
    return 1 + max(map(_depth, node.children), default=0)


def _focus(node: Node, part: str) -> None:
    node.has_focus = part


def _noun(node: Node) -> str:
    return "Group" if isinstance(node, Group) else "Condition"


def _number(text: str) -> Number:
    return tuple(int(each) for each in text.split("-")[1:])

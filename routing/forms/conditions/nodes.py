"""Groups and rows of a condition while it is edited; what was typed stays as it was typed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Union

if TYPE_CHECKING:
    from routing.forms.conditions.row_form import RowForm

# How the conditions of a group count together.
JOINS: Final = (
    ("all", "All of these are true"),
    ("any", "At least one of these is true"),
    ("not_any", "None of these is true"),
    ("not_all", "Not all of these are true"),
)
NEGATED: Final = "not_"
PREFIX: Final = "c"
Number = tuple[int, ...]


@dataclass(kw_only=True, eq=False)
class Row:
    """One comparison; ``second`` is the end of a range or the unit of a duration, ``was`` the
    stored operator and value where these cannot be told from what is shown."""

    field: str = ""
    op: str = ""
    value: str | list[str] = ""
    second: str = ""
    was: str = ""
    number: Number = ()
    has_focus: str = ""
    form: "RowForm | None" = None
    is_group: bool = False

    @property
    def prefix(self) -> str:
        return prefix_of(self.number)

    @property
    def place(self) -> str:
        """As people count: `2.1`."""
        return ".".join(map(str, self.number))


@dataclass(kw_only=True, eq=False)
class Group:
    """Conditions that count together. ``about`` is the related record that all rows ask about;
    ``is_bare`` leaves the group away where it holds nothing or one condition."""

    join: str = "all"
    about: str = ""
    is_bare: bool = True
    children: list[Union["Group", Row]] = field(default_factory=list)
    number: Number = ()
    errors: list[str] = field(default_factory=list)
    has_focus: str = ""
    is_group: bool = True

    @property
    def prefix(self) -> str:
        return prefix_of(self.number)

    @property
    def place(self) -> str:
        return ".".join(map(str, self.number))

    @property
    def name(self) -> str:
        """For those who do not see where it stands."""
        return f"group {self.place}" if self.number else "the whole condition"

    @property
    def is_negated(self) -> bool:
        return self.join.startswith(NEGATED)

    @property
    def word(self) -> str:
        """The key of its list in the public contract."""
        return self.join.removeprefix(NEGATED)


Node = Group | Row


def prefix_of(number: Number) -> str:
    """Before the names of a node's fields: `c-2-1`."""
    return "-".join([PREFIX, *map(str, number)])


def renumber(group: Group) -> None:
    """Number everything below by where it stands."""
    for index, child in enumerate(group.children, start=1):
        child.number = (*group.number, index)
        if isinstance(child, Group):
            renumber(child)


def rows_of(group: Group) -> Iterator[tuple[Group, Row]]:
    """Every row with the group it is in."""
    for child in group.children:
        if isinstance(child, Group):
            yield from rows_of(child)
        else:
            yield group, child


def groups_of(group: Group) -> Iterator[Group]:
    """The group, and all groups inside."""
    yield group
    for child in group.children:
        if isinstance(child, Group):
            yield from groups_of(child)


def find(root: Group, number: Number) -> Node | None:
    """The node that stands there."""
    node: Node = root
    for index in number:
        if not isinstance(node, Group) or not 1 <= index <= len(node.children):
            return None
        node = node.children[index - 1]
    return node


def is_blank(node: Node) -> bool:
    """Nothing was typed into it, so it is left out; a stored empty group stays."""
    if isinstance(node, Group):
        return node.is_bare and all(map(is_blank, node.children))
    is_typed: Any = node.field.strip() or node.second.strip() or node.value
    return not is_typed and node.op in ("", "equals")

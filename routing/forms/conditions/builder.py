"""The conditions of a rule as a form shows and reads them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.catalogue import Catalogue
from routing.engine.conditions import check_condition, validate
from routing.engine.conditions.check import Finding
from routing.engine.conditions.related import related_record
from routing.forms.conditions.documents import Paths, from_document, row_document, to_document
from routing.forms.conditions.edits import edit
from routing.forms.conditions.nodes import (
    JOINS,
    Group,
    Node,
    Row,
    is_blank,
    rows_of,
)
from routing.forms.conditions.posted import read_posted
from routing.forms.conditions.row_form import Names, RowForm

UNREADABLE: Final = (
    "The condition that is stored here cannot be read. Saving replaces it by what you enter."
)


class Builder:
    """Groups and rows with their fields. ``said`` is what a button did."""

    joins = JOINS

    def __init__(
        self,
        when: Any,
        data: Mapping[str, Any] | None,
        catalogue: Catalogue,
        names: Names,
    ) -> None:
        self.catalogue, self.names = catalogue, names
        self.notice = UNREADABLE if data is None and not self.can_show(when) else ""
        self.said = ""
        if data is not None:
            self.root = read_posted(data)
        else:
            self.root = from_document(None if self.notice else when, catalogue)
        self._show()

    def can_show(self, when: Any) -> bool:
        """Whether the stored condition is well formed."""
        return not validate(when)

    @property
    def rows(self) -> list[RowForm]:
        """The fields of every row, from top to bottom."""
        return [row.form for _, row in rows_of(self.root) if row.form is not None]

    @property
    def entities(self) -> tuple[tuple[str, str], ...]:
        return self.catalogue.entities

    @property
    def field_lists(self) -> Iterator[tuple[str, list[str]]]:
        """What is suggested while a field is typed: everything, and by related record."""
        labels = {path: each.label for path, each in self.catalogue.fields.items()}
        yield "fields", list(labels.values())
        for about, _ in self.entities:
            paths = (path for path in labels if ".".join(related_record(path)) == about)
            yield f"fields-{about}", [labels[path] for path in paths]

    @property
    def name_lists(self) -> list[tuple[str, list[str]]]:
        return [(f"names-{lookup}", list(names)) for lookup, names in self.names.items()]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of what it is about."""
        found = []
        for node in _nodes(self.root):
            if isinstance(node, Group):
                found += [(f"{node.prefix}-join", each) for each in node.errors]
            elif node.form is not None:
                found += [
                    (
                        f"{node.prefix}-{name}" if name in node.form.fields else node.prefix,
                        f"Condition {node.place}: {one}",
                    )
                    for name, sentences in node.form.errors.items()
                    for one in sentences
                ]
        return found

    def document(self) -> dict[str, Any]:
        """The condition in the words of the public contract."""
        return to_document(self.root, self.catalogue)[0]

    def edit(self, command: str) -> None:
        """What a button asks for; nothing that was typed is lost."""
        self.said = edit(self.root, command, self.catalogue)
        self._show()

    def check(self) -> None:
        """Put every fault where it is."""
        for group, row in rows_of(self.root):
            if not is_blank(row):
                self._check_about(group, row)
        document, paths = to_document(self.root, self.catalogue)
        for finding in [] if not document else check_condition(document):
            self._place(finding, paths)
        for form in self.rows:
            form.mark_errors()

    def _check_about(self, group: Group, row: Row) -> None:
        path = row_document(row, self.catalogue)["field"]
        label = dict(self.entities).get(group.about)
        if label and path and ".".join(related_record(path)) != group.about:
            sentence = f"This group is about the {label[0].lower()}{label[1:]}: choose its fields."
            _add(row, "field", sentence)

    def _place(self, finding: Finding, paths: Paths) -> None:
        path, _, name = finding.path.rpartition(".")
        node = paths.get(finding.path)
        if node is None:
            node = paths.get(path)
        while node is None and path:
            path = path.rpartition(".")[0]
            node = paths.get(path)
        if isinstance(node, Row):
            _add(node, name, finding.message)
        else:
            (node or self.root).errors.append(finding.message)

    def _show(self) -> None:
        for group, row in rows_of(self.root):
            known = self.catalogue.fields.get(self.catalogue.path_of(row.field))
            row.form = RowForm(row, known, self._about(group), self.names)

    def _about(self, group: Group) -> str:
        return group.about if group.about in dict(self.entities) else ""


def _nodes(root: Group) -> Iterator[Node]:
    yield root
    for child in root.children:
        if isinstance(child, Group):
            yield from _nodes(child)
        else:
            yield child


def _add(row: Row, name: str, sentence: str) -> None:
    form = row.form
    assert form is not None
    name = "values" if name == "value" and "value" not in form.fields else name
    form.add_error(name if name in form.fields else None, sentence)

"""What a document names, and neither describes nor finds here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from routing.configuration.documents.landscape import Landscape, entries
from routing.configuration.documents.mapping import EMPTY
from routing.configuration.documents.references import (
    COMPARED_KINDS,
    COMPARED_TYPE,
    renamed,
    renamed_intake,
)
from routing.configuration.documents.schema import FIELDS, SECTIONS, name_of
from workstreams.terms import WorkstreamType


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """A name that stands for nothing, where it stands first, and what names it."""

    kind: str
    name: str
    path: str
    named_by: str
    type: str = ""

    @property
    def sentence(self) -> str:
        return f"There is no {self.kind.replace('_', ' ')} {self.name}."

    @property
    def may_be_created(self) -> bool:
        return self.kind in EMPTY


def missing_names(document: Mapping[str, Any], organisation: Landscape) -> list[Missing]:
    """Each name once for every place where it stands, in the document's order."""
    return [
        Missing(kind=kind, name=name, path=path, named_by=named_by, type=type_)
        for kind, name, path, named_by, type_ in _references(document)
        if kind not in (*COMPARED_KINDS, COMPARED_TYPE)
        and name.lower() not in organisation.after(kind)
    ]


def _references(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    for kind, section in SECTIONS.items():
        if kind == "intake":
            found = _Names()
            renamed_intake(document.get(section, []), found)
            for name_kind, name, path in found:
                yield name_kind, name, f"{section}.{path}", "Intake rules", WorkstreamType.RECORD
        elif kind in FIELDS:
            for index, entry in entries(document, kind):
                found = _Names()
                renamed(kind, entry, found)
                type_ = entry.get("type", "") if kind in ("queue", "workstream") else ""
                for name_kind, name, path in found:
                    yield name_kind, name, f"{section}.{index}.{path}", name_of(kind, entry), type_


class _Names(list[tuple[str, str, str]]):
    """Kind, name and path of every reference of one walk."""

    def __call__(self, kind: str, name: str, path: str) -> str:
        self.append((kind, name, path))
        return name

"""The checks of a document that could be imported: what it would make of the organisation."""

from collections.abc import Iterator
from itertools import count

from routing.configuration.documents.landscape import entries
from routing.configuration.documents.schema import FIELDS, SECTIONS, key_of
from routing.configuration.documents.validate import Examination
from routing.configuration.documents.validate_shape import Finding as Fault
from routing.engine.configuration import CompiledConfiguration, assemble, compile_piece
from routing.engine.coverage.check import check


def checks_of_document(examination: Examination) -> list[Fault]:
    """Findings of what stands in the document, each at its place there; people are not asked."""
    if examination.findings or examination.organisation is None:
        return []
    return list(_placed(examination))


def _placed(examination: Examination) -> Iterator[Fault]:
    places = {
        (kind, key_of(kind, entry)): f"{SECTIONS[kind]}.{index}"
        for kind in FIELDS
        for index, entry in entries(examination.document, kind)
    }
    for found in check(_compiled(examination), None):
        if found.kind == "intake":
            place = SECTIONS["intake"] if SECTIONS["intake"] in examination.document else None
            path = found.path.removeprefix("rules.")
        else:
            place, path = places.get((found.kind, found.name.lower())), found.path
        if place is not None:
            where = f"{place}.{path}".rstrip(".")
            yield {"path": where, "message": found.sentence, "severity": found.severity.value}


def _compiled(examination: Examination) -> CompiledConfiguration:
    """As it would be published; new objects have numbers of their own."""
    organisation = examination.organisation
    assert organisation is not None
    numbers = count(-1, -1)
    pieces = [
        compile_piece(kind, entry, id=organisation.ids.get((kind, key), next(numbers)))
        for kind in FIELDS
        for key, entry in organisation.after(kind).items()
    ]
    intake = organisation.wanted_single.get("intake", organisation.present_single.get("intake"))
    return assemble(0, [*pieces, compile_piece("intake", {"rules": intake or []})])

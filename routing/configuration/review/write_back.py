"""Documents of a version into the rows, under the names that things have now."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from agents.models import User
from routing.configuration.documents.document import assembled
from routing.configuration.documents.for_administrators import beyond_leave
from routing.configuration.documents.import_document import InvalidDocument, write_all
from routing.configuration.documents.lock_rows import lock_rows
from routing.configuration.documents.plan import plan
from routing.configuration.documents.references import renamed, renamed_intake
from routing.configuration.documents.schema import FIELDS, LISTS, SECTIONS, key_of, name_of
from routing.configuration.documents.validate import examine
from routing.configuration.documents.words import KIND_WORDS
from routing.configuration.piece import Key
from routing.configuration.rows.pieces import pieces_of_rows
from routing.exceptions import BeyondLeave

Documents = Mapping[Key, Any]


def write_back(
    old: dict[Key, Any],
    wanted: Collection[Key],
    documents: Documents,
    *,
    going: Collection[Key],
    by: User,
    now: datetime,
) -> Iterator[str]:
    """What is refused is left out and said; the rest is written. What is ``going`` counts not."""
    document = _document(old, wanted, documents)
    for _ in range(5):
        examination = examine(document, without=going, is_old=True)
        if not examination.findings:
            break
        yield from _leave_out(document, examination.findings)
    if examination.findings or examination.organisation is None:
        raise InvalidDocument(findings=examination.findings)
    planned = plan(examination)
    if beyond_leave(examination, planned, by):
        raise BeyondLeave
    lock_rows(planned, examination)
    write_all(planned, examination.organisation, now)


def _document(
    old: Mapping[Key, Any], wanted: Collection[Key], documents: Documents
) -> dict[str, Any]:
    """Of what is put back alone; it names others as they are called now."""
    called = _names_now(documents)

    def name(kind: str, old_name: str, path: str) -> str:
        return called.get((kind, old_name.lower()), old_name)

    pieces = {
        key: renamed(key[0], document, name) if key[0] in FIELDS else document
        for key, document in old.items()
    }
    whole = assembled(pieces)
    kinds = {key[0] for key in wanted}
    for kind, section in SECTIONS.items():
        if kind not in kinds:
            del whole[section]
    if "intake" in kinds:
        whole[SECTIONS["intake"]] = renamed_intake(whole[SECTIONS["intake"]], name)
    return whole


def _names_now(documents: Documents) -> dict[tuple[str, str], str]:
    """By kind and name in the documents, what the same object is called now."""
    here = pieces_of_rows()
    return {
        (kind, key_of(kind, document)): name_of(kind, here[kind, id_].document)
        for (kind, id_), document in documents.items()
        if kind in FIELDS and (kind, id_) in here
    }


def _leave_out(document: dict[str, Any], findings: list[dict[str, str]]) -> Iterator[str]:
    """Take the faulty entries out of the document; lists of rules go whole."""
    by_section = {section: kind for kind, section in SECTIONS.items()}
    faulty: dict[str, dict[int, str]] = {}
    for found in findings:
        section, _, rest = found["path"].partition(".")
        if section not in by_section or section not in document:
            raise InvalidDocument(findings=findings)
        place = rest.partition(".")[0]
        faulty.setdefault(section, {})[int(place) if place.isdigit() else 0] = found["message"]
    for section, entries in faulty.items():
        kind = by_section[section]
        if kind in LISTS or kind == "service":
            del document[section]
            yield f"{KIND_WORDS[kind]}: not put back. {' '.join(dict.fromkeys(entries.values()))}"
            continue
        for index in sorted(entries, reverse=True):
            entry = document[section].pop(index)
            yield f"{said((kind, 0), name_of(kind, entry))}: not put back. {entries[index]}"


def said(key: Key, name: str) -> str:
    """What people call it, with its kind."""
    return f"{KIND_WORDS[key[0]]} “{name}”"

"""Rows back to what documents say, by the machinery of importing; what cannot be is said."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from agents.models import User
from routing.configuration.documents.document import assembled
from routing.configuration.documents.for_administrators import KINDS, beyond_leave
from routing.configuration.documents.import_document import InvalidDocument, write_all
from routing.configuration.documents.lock_rows import lock_rows
from routing.configuration.documents.plan import plan
from routing.configuration.documents.reach_agents import reach_agents
from routing.configuration.documents.references import renamed, renamed_intake
from routing.configuration.documents.schema import FIELDS, LISTS, SECTIONS, key_of, name_of
from routing.configuration.documents.validate import examine
from routing.configuration.documents.words import KIND_WORDS
from routing.configuration.edited import gathered_edits
from routing.configuration.piece import Key, Piece, canonical
from routing.configuration.review.delete_created import delete_created
from routing.configuration.review.old_names import put_names_back
from routing.configuration.rows.pieces import pieces_of_rows
from routing.exceptions import BeyondLeave

Documents = Mapping[Key, Any]
ANEW = "{what} was deleted since. It is created anew; what people had of it is not put back."
AGAIN = (
    "{what} was deleted and created again since. The new one stays; what people had of the old one"
    " is not put back."
)
TAKEN = "{what} was deleted since and is not put back: something else is called so now."


def put_back(
    documents: Documents, *, by: User, now: datetime, keys: Collection[Key] | None = None
) -> list[str]:
    """Make the rows say what the documents (a whole version) say; without ``keys`` all of them.

    Publishes nothing. Answers a sentence for everything that could not be put back. Refuses
    what the person may not change (BeyondLeave).
    """
    with gathered_edits():
        here = pieces_of_rows()
        wanted = [key for key in _differing(documents, here) if keys is None or key in keys]
        old = {key: documents[key] for key in wanted if key in documents}
        renames = {key: doc for key, doc in old.items() if key in here and key[0] in FIELDS}
        stuck = put_names_back(renames, here)
        notes = list(stuck.values())
        for key in stuck:
            del old[key]
        gone = {key: doc for key, doc in old.items() if key not in here and key[0] in FIELDS}
        again = _called_so_now(gone)
        for key in [key for key, row in again.items() if row in documents]:
            notes.append(TAKEN.format(what=_said(key, gone[key]["name"])))
            del old[key], gone[key]
        stays = {*documents, *again.values()}
        created = [key for key in wanted if key not in stays and key[0] in FIELDS]
        _check_leave(by, [*created, *(key for key in renames if _is_renamed(key, renames, here))])
        refused = list(_write(old, wanted, documents, by=by, now=now))
        notes += _said_of_gone(gone, again)
        notes += refused
        notes += delete_created(created, here, by=by, now=now)
        reach_agents([*wanted, *again.values()], now)
    return notes


def _differing(documents: Documents, here: Mapping[Key, Piece]) -> Iterator[Key]:
    for key in {**documents, **here}:
        before, now = documents.get(key), here.get(key)
        if before is None or now is None or canonical(before) != now.text:
            yield key


def _is_renamed(key: Key, documents: Documents, here: Mapping[Key, Piece]) -> bool:
    return name_of(key[0], documents[key]) != name_of(key[0], here[key].document)


def _check_leave(by: User, keys: Collection[Key]) -> None:
    """Of what is deleted or gets its name back; what is written is looked at as in an import."""
    if not by.is_administrator and any(kind in KINDS for kind, _ in keys):
        raise BeyondLeave


def _called_so_now(gone: Documents) -> dict[Key, Key]:
    """Rows with the names of what is gone: importing takes them for the same objects."""
    names = {(key[0], key_of(key[0], document)): key for key, document in gone.items()}
    if not names:
        return {}
    rows = {
        (key[0], key_of(key[0], piece.document)): key
        for key, piece in pieces_of_rows().items()
        if key[0] in FIELDS
    }
    return {key: rows[name] for name, key in names.items() if name in rows}


def _said_of_gone(gone: Documents, again: Mapping[Key, Key]) -> Iterator[str]:
    """Once all is written: what could not be created is said elsewhere."""
    there = _called_so_now(gone)
    for key, document in gone.items():
        if key in there:
            said = AGAIN if key in again else ANEW
            yield said.format(what=_said(key, document["name"]))


def _write(
    old: dict[Key, Any],
    wanted: Collection[Key],
    documents: Documents,
    *,
    by: User,
    now: datetime,
) -> Iterator[str]:
    """What is refused is left out and said; the rest is written."""
    document = _document(old, wanted, documents)
    for _ in range(5):
        examination = examine(document)
        if not examination.findings:
            break
        yield from _leave_out(document, examination.findings)
    if examination.findings or examination.organisation is None:
        raise InvalidDocument(findings=examination.findings)
    planned = plan(examination)
    if beyond_leave(examination, planned, by):
        raise BeyondLeave
    lock_rows(planned, examination.organisation)
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
            yield f"{_said((kind, 0), name_of(kind, entry))}: not put back. {entries[index]}"


def _said(key: Key, name: str) -> str:
    return f"{KIND_WORDS[key[0]]} “{name}”"

"""Rows back to what documents say, by the machinery of importing; what cannot be is said."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db import transaction

from agents.models import User
from routing.configuration.documents.for_administrators import KINDS
from routing.configuration.documents.lock_rows import lock_keys, names_to_hold
from routing.configuration.documents.reach_agents import reach_agents
from routing.configuration.documents.schema import FIELDS, key_of, name_of
from routing.configuration.edited import gathered_edits
from routing.configuration.named_by import Named
from routing.configuration.piece import Key, Piece, canonical
from routing.configuration.review.delete_created import delete_created
from routing.configuration.review.old_names import put_names_back
from routing.configuration.review.write_back import Documents, said, write_back
from routing.configuration.rows.pieces import pieces_of_rows
from routing.exceptions import BeyondLeave

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
    staying: set[Key] = set()
    _hold(documents, keys)
    with gathered_edits():
        while True:
            with transaction.atomic():
                notes, stayed = _put_back(documents, keys, staying, by=by, now=now)
                if not stayed:
                    return notes
                # Names were given back as if these went: again, with their names taken.
                transaction.set_rollback(True)
            staying |= stayed


def _hold(documents: Documents, keys: Collection[Key] | None) -> None:
    """Names are given back first and what was created is deleted last: all of it is locked before,
    with what it names, in the order of everywhere."""
    pieces = pieces_of_rows()
    here = {key: piece.document for key, piece in pieces.items()}
    differing = [key for key in _differing(documents, pieces) if keys is None or key in keys]
    known = [
        ((kind, key_of(kind, document)), object_id)
        for each in (documents, here)
        for (kind, object_id), document in each.items()
        if kind in FIELDS
    ]
    names, ways = set[Named](), set[Named]()
    for key in differing:
        for each in (documents, here):
            if key in each:
                names.update(names_to_hold(key[0], each[key]))
        if key[0] == "channel_instance" and key in here:
            # It is deleted behind its workstream.
            ways.add(("workstream", here[key]["workstream"].lower()))
    behind = [(name[0], object_id) for name, object_id in known if name in ways]
    lock_keys([*differing, *behind], names, known)


def _put_back(
    documents: Documents,
    keys: Collection[Key] | None,
    staying: Collection[Key],
    *,
    by: User,
    now: datetime,
) -> tuple[list[str], set[Key]]:
    """Sentences, and which of those whose names or rules were to go with them have stayed."""
    here = pieces_of_rows()
    wanted = [key for key in _differing(documents, here) if keys is None or key in keys]
    old = {key: documents[key] for key in wanted if key in documents}
    renames = {key: doc for key, doc in old.items() if key in here and key[0] in FIELDS}
    new = {key for key in wanted if key not in documents and key[0] in FIELDS}
    stuck, counted_on = put_names_back(renames, here, new.difference(staying))
    notes = list(stuck.values())
    for key in stuck:
        del old[key]
    gone = {key: doc for key, doc in old.items() if key not in here and key[0] in FIELDS}
    again = _called_so_now(gone)
    for key in [key for key, row in again.items() if row in documents]:
        notes.append(TAKEN.format(what=said(key, gone[key]["name"])))
        del old[key], gone[key]
    created = [key for key in wanted if key in new and key not in again.values()]
    _check_leave(by, [*created, *(key for key in renames if _is_renamed(key, renames, here))])
    going = [key for key in created if key not in staying]
    refused = list(write_back(old, wanted, documents, going=going, by=by, now=now))
    notes += _said_of_gone(gone, again)
    notes += refused
    notes += delete_created(created, here, by=by, now=now)
    reach_agents([*wanted, *again.values()], now)
    return notes, counted_on & pieces_of_rows().keys()


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
            sentence = AGAIN if key in again else ANEW
            yield sentence.format(what=said(key, document["name"]))

"""Rows back to what documents say, by the machinery of importing; what cannot be is said."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agents.models import User
from routing.configuration.documents.for_administrators import KINDS
from routing.configuration.documents.reach_agents import reach_agents
from routing.configuration.documents.schema import FIELDS, key_of, name_of
from routing.configuration.edited import gathered_edits
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


# A pass frees names for the next one; this many only a chain of things in use could need.
PASSES: Final = 5


@dataclass(frozen=True, kw_only=True)
class _Pass:
    """Sentences: of names that are taken still, of what was deleted since, and of the rest."""

    stuck: dict[Key, str]
    gone: dict[Key, str]
    rest: list[str]


def put_back(
    documents: Documents, *, by: User, now: datetime, keys: Collection[Key] | None = None
) -> list[str]:
    """Make the rows say what the documents (a whole version) say; without ``keys`` all of them.

    Publishes nothing. Answers a sentence for everything that could not be put back. Refuses
    what the person may not change (BeyondLeave).
    """
    with gathered_edits():
        done = _pass(documents, keys, by=by, now=now)
        gone = done.gone
        for _ in range(PASSES):
            if not done.stuck:
                break
            before, done = done, _pass(documents, keys, by=by, now=now)
            # What the first pass created anew is no longer gone for the next.
            gone = done.gone | gone
            if done.stuck == before.stuck:
                break
    return [*done.stuck.values(), *gone.values(), *done.rest]


def _pass(documents: Documents, keys: Collection[Key] | None, *, by: User, now: datetime) -> _Pass:
    here = pieces_of_rows()
    wanted = [key for key in _differing(documents, here) if keys is None or key in keys]
    old = {key: documents[key] for key in wanted if key in documents}
    renames = {key: doc for key, doc in old.items() if key in here and key[0] in FIELDS}
    stuck = put_names_back(renames, here)
    for key in stuck:
        del old[key]
    gone = {key: doc for key, doc in old.items() if key not in here and key[0] in FIELDS}
    again = _called_so_now(gone)
    for key in [key for key, row in again.items() if row in documents]:
        stuck[key] = TAKEN.format(what=said(key, gone[key]["name"]))
        del old[key], gone[key]
    stays = {*documents, *again.values()}
    created = [key for key in wanted if key not in stays and key[0] in FIELDS]
    _check_leave(by, [*created, *(key for key in renames if _is_renamed(key, renames, here))])
    rest = list(write_back(old, wanted, documents, by=by, now=now))
    said_of_gone = _said_of_gone(gone, again)
    rest += delete_created(created, here, by=by, now=now)
    reach_agents([*wanted, *again.values()], now)
    return _Pass(stuck=stuck, gone=said_of_gone, rest=rest)


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


def _said_of_gone(gone: Documents, again: Mapping[Key, Key]) -> dict[Key, str]:
    """Once all is written: what could not be created is said elsewhere."""
    there = _called_so_now(gone)
    return {
        key: (AGAIN if key in again else ANEW).format(what=said(key, document["name"]))
        for key, document in gone.items()
        if key in there
    }

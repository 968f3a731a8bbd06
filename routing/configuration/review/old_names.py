"""Names that objects had, given back to the same rows: importing finds rows by their names."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F

from routing.configuration.documents.lock_rows import MODELS
from routing.configuration.documents.schema import FIELDS, KEYS, key_of, name_of
from routing.configuration.documents.words import KIND_WORDS
from routing.configuration.piece import Key, Piece
from routing.configuration.review.named_now import named_now

NAMED: Final = "{kind} “{now}” cannot be called “{name}” again: {by} names it."
TAKEN: Final = "{kind} “{now}” cannot be called “{name}” again: something else is called so now."
# Where a name may stand for a moment that is nobody's; a message is called by its place alone.
FIELD_OF_NAME: Final = {"quick_reply": "title", "automated_message": None}


def put_names_back(
    documents: Mapping[Key, Any], here: Mapping[Key, Piece], going: Collection[Key]
) -> tuple[dict[Key, str], set[Key]]:
    """Rename the rows; answers a sentence for each whose old name is taken, or whose new one is
    named by what is not put back, and which of those that are ``going`` must really go for it.

    Two objects may have swapped their names, so all of them get a name of their own first.
    """
    moved = {
        key: document
        for key, document in documents.items()
        if name_of(key[0], document) != name_of(key[0], here[key].document)
    }
    named = {key: list(named_now(key, here)) for key in moved}
    stuck = {
        key: said for key in moved if (said := _named(key, named[key], documents, here, going))
    }
    moved = {key: document for key, document in moved.items() if key not in stuck}
    wanted = {_key(key, document) for key, document in moved.items()}
    aside = {
        key
        for key in going
        if _key(key, here[key].document) in wanted and FIELD_OF_NAME.get(key[0], "name")
    }
    stuck |= _taken(moved, here, aside)
    moved = {key: document for key, document in moved.items() if key not in stuck}
    for key in [*moved, *aside]:
        if key in aside or _key(key, moved[key]) != _key(key, here[key].document):
            _set_aside(key, here)
    taken = {key: why for key in moved if (why := _rename(key, moved[key], here))}
    owners = {owner for key in moved for owner, _ in named[key] if owner in going}
    return stuck | taken, {*aside, *filter(None, owners)}


def _named(
    key: Key,
    named: Collection[tuple[Key | None, str]],
    documents: Mapping[Key, Any],
    here: Mapping[Key, Piece],
    going: Collection[Key],
) -> str:
    """A sentence where rules, methods or models say the present name, and go on doing so."""
    staying = [title for owner, title in named if owner not in documents and owner not in going]
    if not staying:
        return ""
    kind, name = KIND_WORDS[key[0]], documents[key]["name"]
    return NAMED.format(kind=kind, now=here[key].name, name=name, by=", ".join(staying))


def _taken(
    moved: Mapping[Key, Any], here: Mapping[Key, Piece], aside: Collection[Key]
) -> dict[Key, str]:
    """Sentences of those whose old names are kept by what keeps its present one; with them, of
    those whose old names they keep in turn."""
    stay = {
        _key(key, piece.document)
        for key, piece in here.items()
        if key[0] in FIELDS and key not in moved and key not in aside
    }
    taken: dict[Key, str] = {}
    while found := [
        key for key, document in moved.items() if key not in taken and _key(key, document) in stay
    ]:
        taken |= {key: _said_taken(key, moved[key], here) for key in found}
        stay |= {_key(key, here[key].document) for key in found}
    return taken


def _key(key: Key, document: Any) -> tuple[str, str]:
    return key[0], key_of(key[0], document)


def _set_aside(key: Key, here: Mapping[Key, Piece]) -> None:
    kind, object_id = key
    if field := FIELD_OF_NAME.get(kind, "name"):
        _rows(kind, object_id).update(**{field: f"~ {object_id} {here[key].name}"[:90]})


def _rename(key: Key, document: Any, here: Mapping[Key, Piece]) -> str | None:
    kind, object_id = key
    fields = KEYS.get(kind, ("name",))
    try:
        with transaction.atomic():
            _write(kind, object_id, {field: document[field] for field in fields})
    except IntegrityError:
        _write(kind, object_id, {field: here[key].document[field] for field in fields})
        return _said_taken(key, document, here)
    return None


def _said_taken(key: Key, document: Any, here: Mapping[Key, Piece]) -> str:
    kind, now = KIND_WORDS[key[0]], here[key].name
    return TAKEN.format(kind=kind, now=now, name=document["name"])


def _write(kind: str, object_id: int, values: dict[str, Any]) -> None:
    names = {field.name for field in MODELS[kind]._meta.fields}
    if "revision" in names:
        values["revision"] = F("revision") + 1
    _rows(kind, object_id).update(**values)


def _rows(kind: str, object_id: int) -> Any:
    return MODELS[kind]._default_manager.filter(pk=object_id)

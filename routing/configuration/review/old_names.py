"""Names that objects had, given back to the same rows: importing finds rows by their names."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F

from routing.configuration.documents.lock_rows import MODELS
from routing.configuration.documents.schema import FIELDS, KEYS, key_of, name_of
from routing.configuration.documents.words import KIND_WORDS
from routing.configuration.piece import Key, Piece
from routing.queries.uses import methods_naming, models_naming, rules_naming, title_of

NAMED: Final = "{kind} “{now}” cannot be called “{name}” again: {by} names it."
TAKEN: Final = "{kind} “{now}” cannot be called “{name}” again: something else is called so now."


def put_names_back(documents: Mapping[Key, Any], here: Mapping[Key, Piece]) -> dict[Key, str]:
    """Rename the rows; answers a sentence for each whose old name is taken, or whose new one is
    named by what is not put back.

    Two objects may have swapped their names, so all of them get a name of their own first.
    """
    moved = {
        key: document
        for key, document in documents.items()
        if name_of(key[0], document) != name_of(key[0], here[key].document)
    }
    stuck = {key: said for key in moved if (said := _named(key, documents, here))}
    moved = {key: document for key, document in moved.items() if key not in stuck}
    stuck |= _taken(moved, here)
    moved = {key: document for key, document in moved.items() if key not in stuck}
    for key in moved:
        kind, object_id = key
        if kind not in KEYS and _is_another(key, moved[key], here):
            _rows(kind, object_id).update(name=f"~ {object_id} {here[key].name}"[:90])
    taken = {key: why for key in moved if (why := _rename(key, moved[key], here))}
    return stuck | taken


def _named(key: Key, documents: Mapping[Key, Any], here: Mapping[Key, Piece]) -> str:
    """A sentence where rules, methods or models say the present name, and go on doing so."""
    row = _rows(*key).get()
    named = [
        *(
            (("workstream", rule.ruleset.workstream_id), title_of(rule))
            for rule in rules_naming(row)
        ),
        *((("assignment_method", each.pk), each.name) for each in methods_naming(row)),
        *((("learned_model", each.pk), each.name) for each in models_naming(row)),
    ]
    staying = [title for owner, title in named if owner not in documents]
    if not staying:
        return ""
    kind, name = KIND_WORDS[key[0]], documents[key]["name"]
    return NAMED.format(kind=kind, now=here[key].name, name=name, by=", ".join(staying))


def _taken(moved: Mapping[Key, Any], here: Mapping[Key, Piece]) -> dict[Key, str]:
    """Sentences of those whose old names are kept by what keeps its present one; with them, of
    those whose old names they keep in turn."""
    stay = {
        (key[0], key_of(key[0], piece.document))
        for key, piece in here.items()
        if key[0] in FIELDS and key not in moved
    }
    taken: dict[Key, str] = {}
    while found := [
        key
        for key, document in moved.items()
        if key not in taken and (key[0], key_of(key[0], document)) in stay
    ]:
        taken |= {key: _said_taken(key, moved[key], here) for key in found}
        stay |= {(key[0], key_of(key[0], here[key].document)) for key in found}
    return taken


def _is_another(key: Key, document: Any, here: Mapping[Key, Piece]) -> bool:
    return key_of(key[0], document) != key_of(key[0], here[key].document)


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

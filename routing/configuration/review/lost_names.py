"""Names that rules compare with and that their objects have lost, so that the rules match nothing.

The engine compares ways in, skills and hours by name, and an unknown name is no fault to it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.configuration.documents.references import COMPARED_KINDS
from routing.configuration.named_by import names_in
from routing.configuration.piece import Key, Piece
from routing.configuration.rules_of_work import rules_in
from routing.exceptions import NamesLost
from workstreams.queries.dependencies import INSTANCE, compares

SAID_AS: Final = {of: said for said, of in COMPARED_KINDS.items()}
COMPARED: Final = ("channel_instance", *SAID_AS)
Documents = Mapping[Key, Any]


def refuse_lost_names(
    *, newest: Documents, wanted: Documents, here: Mapping[Key, Piece], changed: set[Key]
) -> None:
    """Refuses NamesLost: rules that change must not compare with names of the ``wanted`` version
    that are lost here, and no rules with names that only this takes away."""
    since = _lost(wanted, here)
    # What somebody bears here finds him, whoever bore it before.
    now = {each for each in _lost(newest, here) if _by_name(*each) not in _present(here)}
    said = [
        f"{rule} (“{name}”)"
        for key, piece in here.items()
        for kind, name in (*now, *(since - now if key in changed else ()))
        for rule in _rules(key[0], piece.document, kind, name)
    ]
    if said:
        raise NamesLost(rules=", ".join(dict.fromkeys(said)))


def _lost(documents: Documents, here: Mapping[Key, Piece]) -> set[tuple[str, str]]:
    """Of objects that are called otherwise here, or are gone and were not made again."""
    present = _present(here)
    return {
        (key[0], document["name"])
        for key, document in documents.items()
        if key[0] in COMPARED
        and (
            here[key].name.lower() != document["name"].lower()
            if key in here
            else _by_name(key[0], document["name"]) not in present
        )
    }


def _present(here: Mapping[Key, Piece]) -> set[tuple[str, str]]:
    return {_by_name(kind, piece.name) for (kind, _), piece in here.items() if kind in COMPARED}


def _by_name(kind: str, name: str) -> tuple[str, str]:
    return kind, name.lower()


def _rules(kind: str, document: Any, compared: str, name: str) -> Iterator[str]:
    for title, said in rules_in(kind, document):
        is_method = kind == "assignment_method"
        names = names_in(kind, said) if is_method else names_in("learned_model", {"when": said})
        if (SAID_AS.get(compared), name.lower()) in names:
            yield title
        if compared == "channel_instance" and compares(said, INSTANCE, name):
            yield title

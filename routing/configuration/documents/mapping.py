"""Names of a document that stand for something else here.

``{kind: {name in the document: name here}}``. A name that exists here, or that the document
describes, is used as it is. Else what the document describes is imported under that name;
and what it only names is created empty under it, where a kind can be.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from routing.configuration.documents.landscape import Landscape, entries
from routing.configuration.documents.references import COMPARED_KINDS, renamed, renamed_intake
from routing.configuration.documents.schema import FIELDS, NAMED, SECTIONS
from routing.configuration.documents.validate_shape import Finding, finding
from routing.engine.conditions import is_storable
from workstreams.terms import WorkstreamType

Document = dict[str, Any]
# Kind, name in the document, name here.
Names = Mapping[str, Mapping[str, str]]

# Kinds of which an empty one does no harm until somebody fills it, with what it holds.
EMPTY: Final[dict[str, Document]] = {
    "skill": {"type": "Skill", "rating_model": "Default rating model"},
    "capacity_profile": {"limit": 1},
    "operating_hours": {"time_zone": "UTC"},
    "record_type": {},
    "notification_template": {},
    "bot": {"kind": "scripted", "is_enabled": False},
    "queue": {},
}


def mapping_faults(mapping: Any) -> Iterator[Finding]:
    """What stands against a mapping, which may be anything that JSON can be."""
    if not isinstance(mapping, Mapping):
        yield finding("mapping", "A mapping is an object of kinds, each with names and names.")
        return
    for kind, names in mapping.items():
        if kind not in NAMED:
            known = ", ".join(sorted(NAMED))
            yield finding(f"mapping.{kind}", f"There is no kind {kind}. There are {known}.")
        elif not isinstance(names, Mapping):
            yield finding(f"mapping.{kind}", "Names are an object of names.")
        else:
            yield from _wrong_names(kind, names)


def mapped(document: Mapping[str, Any], mapping: Names, here: Landscape) -> Document:
    """The document with other names. What is not to be taken over is None in its place, so
    that paths stay true."""
    result = {key: list(each) if isinstance(each, list) else each for key, each in document.items()}
    targets: dict[tuple[str, str], str] = {}
    for kind, names in mapping.items():
        _apply(kind, names, result, here, targets)
    _rename_all(result, targets)
    return result


def _wrong_names(kind: str, names: Mapping[str, Any]) -> Iterator[Finding]:
    check = FIELDS[kind]["name"].check
    for name, target in names.items():
        if not is_storable(str(name)):
            yield finding(f"mapping.{kind}", "A name holds a character that cannot be stored.")
        elif wish := check(target):
            yield finding(f"mapping.{kind}.{name}", f"Should be {wish}.")
        elif not is_storable(target):
            sentence = "A text holds a character that cannot be stored."
            yield finding(f"mapping.{kind}.{name}", sentence)


def _apply(
    kind: str,
    names: Mapping[str, str],
    document: Document,
    here: Landscape,
    targets: dict[tuple[str, str], str],
) -> None:
    described = {
        entry["name"].lower(): index
        for index, entry in entries(document, kind)
        if isinstance(entry.get("name"), str)
    }
    wishes = {name.lower(): target for name, target in names.items()}
    staying = described.keys() - wishes.keys()
    section = document.setdefault(SECTIONS[kind], [])
    # Described ones first: what they say counts, not that an empty one would do.
    for name, target in sorted(wishes.items(), key=lambda each: each[0] not in described):
        targets[kind, name] = target
        is_known = target.lower() in here.present[kind] or target.lower() in staying
        if name in described and is_known:
            section[described[name]] = None
        elif name in described:
            section[described[name]] = section[described[name]] | {"name": target}
            # The next of the same new name refers to this one.
            staying = staying | {target.lower()}
        elif not is_known and kind in EMPTY:
            section.append(_empty(kind, name, target, document))
            staying = staying | {target.lower()}


def _empty(kind: str, name: str, target: str, document: Document) -> Document:
    entry = {"name": target, **EMPTY[kind]}
    if kind == "record_type":
        entry["label"] = target
    if kind == "queue":
        entry["type"] = type_of_queue(name, document)
    return entry


def type_of_queue(name: str, document: Mapping[str, Any]) -> str:
    """The type of the workstreams that send work to the queue of this name."""
    for _, entry in entries(document, "workstream"):
        named: set[str] = set()

        def note(kind: str, said: str, path: str, named: set[str] = named) -> str:
            named.update({said.lower()} if kind == "queue" else ())
            return said

        renamed("workstream", entry, note)
        if name.lower() in named and isinstance(entry.get("type"), str):
            return str(entry["type"])
    return WorkstreamType.MESSAGING.value


def _rename_all(document: Document, targets: Mapping[tuple[str, str], str]) -> None:
    def rename(kind: str, name: str, path: str) -> str:
        return targets.get((COMPARED_KINDS.get(kind, kind), name.lower()), name)

    for kind in FIELDS:
        for index, entry in entries(document, kind):
            document[SECTIONS[kind]][index] = renamed(kind, entry, rename)
    if SECTIONS["intake"] in document:
        document[SECTIONS["intake"]] = renamed_intake(document[SECTIONS["intake"]], rename)

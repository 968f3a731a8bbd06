"""The organisation as it is, and as a document would make it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from routing.configuration.documents.field import REQUIRED
from routing.configuration.documents.references import renamed, renamed_intake
from routing.configuration.documents.schema import (
    FIELDS,
    LISTS,
    SECTIONS,
    WORKSTREAM,
    in_order,
    key_of,
    name_of,
)
from routing.configuration.documents.survey_variables import add_survey_variables
from routing.configuration.documents.tidy import tidy, tidy_rules
from routing.configuration.piece import Key
from routing.configuration.rows.pieces import pieces_of_rows
from routing.configuration.rows.rules import in_order_of_types

Document = dict[str, Any]
# Kind, then natural key.
ByKey = dict[str, dict[str, Document]]
Spell = Callable[[str, str, str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Landscape:
    """Entries by kind and key: what is there, and that with the document laid over it.

    ``present_single`` and ``wanted_single`` are the kinds of one piece: lists of rules, and
    the switches of the service. A kind that the document leaves out is not wanted.
    """

    present: ByKey
    ids: Mapping[tuple[str, str], int]
    present_single: Mapping[str, Any]
    wanted: ByKey = field(default_factory=dict)
    wanted_single: Mapping[str, Any] = field(default_factory=dict)
    # Gathered when somebody asks.
    slugs: dict[str, str] = field(default_factory=dict)
    _after: ByKey = field(default_factory=dict)

    def after(self, kind: str) -> dict[str, Document]:
        """All entries of a kind once the document is imported."""
        if kind not in self._after:
            self._after[kind] = self.present.get(kind, {}) | self.wanted.get(kind, {})
        return self._after[kind]


def present_landscape(without: Collection[Key] = ()) -> Landscape:
    """The organisation as it is, for a document that is still to come."""
    present: ByKey = {kind: {} for kind in FIELDS}
    single: dict[str, Any] = {"intake": [], "identification": [], "service": {}}
    ids: dict[tuple[str, str], int] = {}
    for (kind, object_id), piece in pieces_of_rows().items():
        if (kind, object_id) in without:
            continue
        if kind in LISTS:
            single[kind] = piece.document["rules"]
        elif kind in single:
            single[kind] = {k: v for k, v in piece.document.items() if k != "name"}
        else:
            key = key_of(kind, piece.document)
            ids[kind, key] = object_id
            present[kind][key] = in_order(kind, piece.document)
    return Landscape(present=present, ids=ids, present_single=single)


def landscape(document: Mapping[str, Any], here: Landscape) -> Landscape:
    """Fields that the document leaves out stay as they are, or get their defaults.

    The document's shape has been checked; fields that it lacks are still missing here.
    """
    spell = _spelling(document, here)
    wanted: ByKey = {
        kind: {
            key_of(kind, entry): _completed(kind, entry, here, spell)
            for _, entry in entries(document, kind)
        }
        for kind in FIELDS
    }
    if document.get("scope") == WORKSTREAM:
        for kind in ("quick_reply", "learned_model"):
            _keep_other_workstreams(kind, wanted[kind], here.present[kind])
    add_survey_variables(wanted, here.present)
    found = Landscape(
        present=here.present, ids=here.ids, present_single=here.present_single, wanted=wanted
    )
    return Landscape(
        present=here.present,
        ids=here.ids,
        present_single=here.present_single,
        wanted=wanted,
        wanted_single=dict(_singles(document, found, spell)),
    )


def entries(document: Mapping[str, Any], kind: str) -> list[tuple[int, Document]]:
    """The section's entries that can be looked at, with their places."""
    section = document.get(SECTIONS[kind])
    if not isinstance(section, list):
        return []
    return [(index, entry) for index, entry in enumerate(section) if isinstance(entry, dict)]


def _spelling(document: Mapping[str, Any], here: Landscape) -> Spell:
    """Names as the entry itself writes them, so that a reference in other case is no change."""
    known = {
        kind: {key: name_of(kind, entry) for key, entry in here.present[kind].items()}
        | {key_of(kind, entry): name_of(kind, entry) for _, entry in entries(document, kind)}
        for kind in FIELDS
    }

    def spell(kind: str, name: str, path: str) -> str:
        return known.get(kind, {}).get(name.lower(), name)

    return spell


def _completed(kind: str, entry: Document, here: Landscape, spell: Spell) -> Document:
    defaults = {
        key: each.default for key, each in FIELDS[kind].items() if each.default is not REQUIRED
    }
    present = here.present[kind].get(key_of(kind, entry), {})
    whole = renamed(kind, defaults | present | entry, spell)
    is_complete = FIELDS[kind].keys() <= whole.keys()
    return in_order(kind, tidy(kind, whole)) if is_complete else whole


def _keep_other_workstreams(
    kind: str, wanted: dict[str, Document], present: dict[str, Document]
) -> None:
    """One workstream's document adds it to replies and models; one for all stays for all."""
    for key, entry in wanted.items():
        if key in present and "workstreams" in entry:
            others = present[key]["workstreams"]
            entry["workstreams"] = others and [*entry["workstreams"], *others]
            tidy(kind, entry)


def _singles(document: Mapping[str, Any], found: Landscape, spell: Spell) -> Any:
    if SECTIONS["intake"] in document:
        rules = renamed_intake(document[SECTIONS["intake"]], spell)
        rules = tidy_rules(rules, name="", record_type=None, when={}, workstream="")
        yield "intake", in_order_of_types(_with_record_type(rule, found) for rule in rules)
    if SECTIONS["identification"] in document:
        yield "identification", document[SECTIONS["identification"]]
    if SECTIONS["service"] in document:
        present = found.present_single["service"]
        said = present | document[SECTIONS["service"]]
        # Once on, it stays on.
        said["record_routing"] = said["record_routing"] or present.get("record_routing", False)
        # Whether edits wait for a review is decided here: a document cannot go round it.
        said["reviews_before_publishing"] = present.get("reviews_before_publishing", False)
        yield "service", said


def _with_record_type(rule: Any, found: Landscape) -> Any:
    """A rule that names no record type has that of its workstream."""
    if not isinstance(rule, dict) or rule.get("record_type"):
        return rule
    workstream = found.after("workstream").get(str(rule.get("workstream")).lower(), {})
    return rule | {"record_type": workstream.get("record_type")} if workstream else rule

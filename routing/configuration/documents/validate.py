"""Everything that stands against importing a document, each fault with its path."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from routing.configuration.documents.built_in import CHANGEABLE, built_in_keys
from routing.configuration.documents.check_rules import misread_faults, rule_faults
from routing.configuration.documents.contradictions import contradictions
from routing.configuration.documents.identification_faults import faults_of_identification
from routing.configuration.documents.landscape import (
    Landscape,
    entries,
    landscape,
    present_landscape,
)
from routing.configuration.documents.mapping import Names, mapped, mapping_faults
from routing.configuration.documents.missing import Missing, missing_names
from routing.configuration.documents.schema import FIELDS, SECTIONS, in_order, key_of
from routing.configuration.documents.upgrade import upgraded
from routing.configuration.documents.validate_shape import (
    PEOPLE,
    Finding,
    finding,
    shape_faults,
)
from routing.configuration.people.examine import (
    People,
    examine_people,
    shape_faults_of_people,
)
from routing.configuration.piece import Key, canonical

IDENTIFICATION: Final = SECTIONS["identification"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """A document laid over the organisation, with all that stands against importing it.

    Without ``organisation`` its very shape is wrong. ``missing`` are names to be mapped;
    each is among the findings too.
    """

    findings: list[Finding]
    missing: list[Missing] = field(default_factory=list)
    document: Mapping[str, Any] = field(default_factory=dict)
    organisation: Landscape | None = None
    # Kind and key of all that the document describes, before anything got another name.
    described: frozenset[tuple[str, str]] = frozenset()
    people: People = field(default_factory=People)


def validate(document: Any, mapping: Names | None = None) -> list[Finding]:
    """The findings ``{path, message, severity}``; none means that it can be imported."""
    return examine(document, mapping).findings


def examine(
    document: Any,
    mapping: Names | None = None,
    *,
    without: Collection[Key] = (),
    is_old: bool = False,
) -> Examination:
    """Looks at the shape first, then at names, then at what does not go together; ``without`` what
    is to be deleted. A document that ``is_old`` was published once."""
    wrong = [*mapping_faults(mapping or {}), *shape_faults(document)]
    section = document.get(PEOPLE, []) if isinstance(document, Mapping) else []
    wrong = wrong or shape_faults_of_people(section)
    if wrong:
        return Examination(findings=wrong)
    here = present_landscape(without)
    whole = mapped(upgraded(document), mapping or {}, here)
    organisation = landscape(whole, here)
    missing = missing_names(whole, organisation)
    findings = list(_gaps(whole, organisation)) or list(
        _faults(whole, organisation, missing, is_old=is_old)
    )
    people = People()
    if section and not findings:
        people, findings = examine_people(section, mapping or {}, organisation)
    return Examination(
        findings=findings,
        missing=missing,
        document=whole,
        organisation=organisation,
        described=frozenset(
            (kind, key_of(kind, entry)) for kind in FIELDS for _, entry in entries(document, kind)
        ),
        people=people,
    )


def changes(kind: str, key: str, organisation: Landscape) -> bool:
    """Whether importing writes the entry; equal text is equal content, so true is not 1."""
    present, wanted = organisation.present[kind].get(key), organisation.wanted[kind][key]
    return present is None or (present != wanted or canonical(present) != canonical(wanted))


def _gaps(document: Mapping[str, Any], organisation: Landscape) -> Iterator[Finding]:
    for kind, fields in FIELDS.items():
        for index, entry in entries(document, kind):
            whole = organisation.wanted[kind].get(key_of(kind, entry), {})
            for key in fields:
                if key not in whole:
                    yield finding(f"{SECTIONS[kind]}.{index}.{key}", "This is needed.")


def _faults(
    document: Mapping[str, Any],
    organisation: Landscape,
    missing: list[Missing],
    *,
    is_old: bool,
) -> Iterator[Finding]:
    seen = {each.path for each in missing}
    yield from (finding(each.path, each.sentence) for each in missing)
    for path, sentence in (
        *_entry_faults(document, organisation),
        *rule_faults(document, organisation, is_old=is_old),
        *(() if is_old else misread_faults(document, organisation)),
        *faults_of_identification(document.get(IDENTIFICATION, []), IDENTIFICATION),
    ):
        if path not in seen:
            yield finding(path, sentence)
        seen.add(path)


def _entry_faults(
    document: Mapping[str, Any], organisation: Landscape
) -> Iterator[tuple[str, str]]:
    built_in = built_in_keys()
    for kind in FIELDS:
        for index, entry in entries(document, kind):
            key, path = key_of(kind, entry), f"{SECTIONS[kind]}.{index}"
            if not changes(kind, key, organisation):
                continue
            if key in built_in.get(kind, ()) and kind not in CHANGEABLE:
                yield path, f"{entry['name']} is built in and cannot be changed."
            whole = in_order(kind, organisation.wanted[kind][key])
            for field_, sentence in contradictions(kind, whole, organisation):
                yield f"{path}.{field_}", sentence

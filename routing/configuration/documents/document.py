"""A whole version as one readable document with names instead of ids."""

import json
from collections.abc import Mapping
from typing import Any

from routing.configuration.current import current
from routing.configuration.documents.readable import readable
from routing.configuration.documents.schema import FORMAT, LISTS, SECTIONS, in_order
from routing.configuration.documents.sections.channels import SERVICE
from routing.configuration.documents.validate_shape import PEOPLE
from routing.configuration.load import documents_of
from routing.configuration.people.rows import people
from routing.models import ConfigurationVersion

Document = dict[str, Any]


def document(number: int | None = None, *, has_people: bool = False) -> Document:
    """The configuration of a version, or of the one in force; DoesNotExist for others. People,
    where they are asked for, are as they are now: they are in no version."""
    if number is None:
        number = current().number
    elif not ConfigurationVersion.objects.filter(number=number).exists():
        raise ConfigurationVersion.DoesNotExist(f"version {number}")
    whole = assembled(documents_of(number))
    return whole | {PEOPLE: people()} if has_people else whole


def export(number: int | None = None, *, has_people: bool = False) -> str:
    """The same as text; equal configuration is equal text, byte for byte."""
    return as_text(document(number, has_people=has_people))


def as_text(document: Document) -> str:
    """A document as a file holds it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def assembled(pieces: Mapping[tuple[str, int], Document]) -> Document:
    """Pieces under their sections, by name."""
    whole: Document = {"format": FORMAT}
    whole |= {section: {} if kind == "service" else [] for kind, section in SECTIONS.items()}
    for (kind, _), piece in sorted(pieces.items(), key=_by_name):
        if kind in LISTS:
            whole[SECTIONS[kind]] = readable(piece["rules"])
        elif kind == "service":
            whole[SECTIONS[kind]] = {key: piece[key] for key in SERVICE if key in piece}
        elif kind in SECTIONS:
            whole[SECTIONS[kind]].append(readable(in_order(kind, piece)))
    return whole


def _by_name(entry: tuple[tuple[str, int], Document]) -> tuple[str, str]:
    name = entry[1]["name"]
    return name.casefold(), name

"""A whole version as one readable document with names instead of ids."""

import json
from collections.abc import Mapping
from typing import Any

from routing.configuration.current import current
from routing.configuration.documents.schema import FORMAT, SECTIONS, in_order
from routing.configuration.load import documents_of
from routing.models import ConfigurationVersion

Document = dict[str, Any]


def document(number: int | None = None) -> Document:
    """The configuration of a version, or of the one in force; DoesNotExist for others."""
    if number is None:
        number = current().number
    elif not ConfigurationVersion.objects.filter(number=number).exists():
        raise ConfigurationVersion.DoesNotExist(f"version {number}")
    return assembled(documents_of(number))


def export(number: int | None = None) -> str:
    """The same as text; equal configuration is equal text, byte for byte."""
    return json.dumps(document(number), indent=2, ensure_ascii=False) + "\n"


def assembled(pieces: Mapping[tuple[str, int], Document]) -> Document:
    """Pieces under their sections, by name."""
    whole: Document = {"format": FORMAT} | {section: [] for section in SECTIONS.values()}
    for (kind, _), piece in sorted(pieces.items(), key=_by_name):
        if kind == "intake":
            whole[SECTIONS[kind]] = piece["rules"]
        elif kind in SECTIONS:
            whole[SECTIONS[kind]].append(in_order(kind, piece))
    return whole


def _by_name(entry: tuple[tuple[str, int], Document]) -> tuple[str, str]:
    name = entry[1]["name"]
    return name.casefold(), name

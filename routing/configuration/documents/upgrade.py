"""Documents of older formats as this product writes them today."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from routing.configuration.documents.references import renamed
from routing.configuration.documents.schema import SECTIONS

Document = dict[str, Any]

# Built-in templates had other names in format 1.
TEMPLATES_OF_1: Final = {
    "incoming conversation - default": "Chat - incoming unauthenticated - default",
    "incoming record - default": "Record - incoming unauthenticated - default",
}


def upgraded(document: Mapping[str, Any]) -> Document:
    """The document in the newest format; one of that format is left as it is."""
    result = dict(document)
    while (step := STEPS.get(result["format"])) is not None:
        result = step(result)
    return result


def _from_1(document: Document) -> Document:
    """Built-in templates were renamed; the other kinds came and no field went."""
    workstreams, templates = SECTIONS["workstream"], SECTIONS["notification_template"]
    result = document | {"format": 2}
    if isinstance(document.get(workstreams), list):
        result[workstreams] = [
            renamed("workstream", each, _new_name) if isinstance(each, dict) else each
            for each in document[workstreams]
        ]
    if isinstance(document.get(templates), list):
        result[templates] = [_renamed_template(each) for each in document[templates]]
    return result


def _renamed_template(entry: Any) -> Any:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return entry
    return entry | {"name": _new_name("notification_template", entry["name"], "")}


def _new_name(kind: str, name: str, path: str) -> str:
    return TEMPLATES_OF_1.get(name.lower(), name) if kind == "notification_template" else name


STEPS: Final[dict[Any, Callable[[Document], Document]]] = {1: _from_1}

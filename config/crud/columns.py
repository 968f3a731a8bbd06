"""A column of a list: where its value comes from, and whether it sorts and links."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True, kw_only=True)
class Column:
    """`value` names an attribute (`fallback_queue.name`) or computes the cell from the row; where
    it `is_text`, its words have room on a narrow page."""

    label: str
    value: str | Callable[[Any], Any]
    sort: str = ""
    template: str = ""
    is_link: bool = False
    is_number: bool = False
    is_text: bool = False

    def cell(self, row: models.Model) -> Any:
        """What the list shows; choices by their label, flags as words."""
        if callable(self.value):
            return self.value(row)
        value: Any = row
        for name in self.value.split("."):
            value = _attribute(value, name)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return "" if value is None else value


def _attribute(value: Any, name: str) -> Any:
    display = getattr(value, f"get_{name}_display", None)
    if display is not None:
        return display()
    found = getattr(value, name, None)
    return found() if callable(found) else found

"""What a mapping holds, whatever its keys are called."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def entries(mapping: Any) -> Iterable[tuple[Any, Any]]:
    """Its keys and values. In a template `.items` is the value of a key of that name first."""
    return mapping.items() if isinstance(mapping, Mapping) else ()

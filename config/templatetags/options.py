"""What a select offers: lists of hundreds, so not a template's loop."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def options(pairs: Iterable[tuple[Any, Any]], chosen: str | None = None) -> SafeString:
    """One for each value and text; the chosen one is marked, as the address names it."""
    return SafeString("\n".join(_option(*pair, chosen) for pair in pairs))


def _option(value: Any, text: Any, chosen: str | None) -> str:
    mark = SELECTED if str(value) == chosen else ""
    return f'<option value="{conditional_escape(value)}"{mark}>{conditional_escape(text)}</option>'


SELECTED = " selected"

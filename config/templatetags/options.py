"""What a select offers: lists of hundreds, so not a template's loop."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def options(pairs: Iterable[tuple[Any, Any]], chosen: str | None = None) -> SafeString:
    """One for each value and text; the chosen one is marked, as the address names it."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if str(value) == chosen else "", text) for value, text in pairs),
    )


SELECTED = SafeString(" selected")

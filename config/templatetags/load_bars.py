"""Capacity in use, as a bar with its numbers; lists have hundreds, so not a template's include."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def load_bar(used: int, limit: int, label: str = "Capacity in use") -> SafeString:
    """What is used of a limit; ``label`` says to screen readers whose or which it is."""
    return format_html(
        '<span class="load-bar"><progress class="load-bar__bar{}" value="{}" max="{}" '
        'aria-label="{}"></progress><span class="load-bar__text">{} / {}</span></span>',
        SafeString(" load-bar__bar--full") if used >= limit else "",
        used,
        limit or 1,
        label,
        used,
        limit,
    )

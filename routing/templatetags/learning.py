"""Figures of models in words."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def percent(share: Any) -> str:
    """0.873 is "87 %"; nothing where there is no figure."""
    is_number = isinstance(share, int | float) and not isinstance(share, bool)
    return f"{round(share * 100)} %" if is_number else "–"  # noqa: RUF001  # stands for nothing

"""Amounts of time as administrators choose them."""

from typing import Final

from django import template

register = template.Library()

UNITS: Final = (("day", 24 * 60), ("hour", 60), ("minute", 1))


@register.filter
def minutes_in_words(minutes: int) -> str:
    """`28 days`, `8 hours` or `90 minutes`: the largest unit without a rest."""
    unit, size = next(each for each in UNITS if minutes % each[1] == 0)
    amount = minutes // size
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"

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
    return _counted(amount, unit)


@register.filter
def wrap_up_in_words(seconds: int) -> str:
    """`1 minute`, `60 minutes` or `1 minute 30 seconds`: minutes, as they were entered."""
    minutes, rest = divmod(seconds, 60)
    parts = ((minutes, "minute"), (rest, "second"))
    return " ".join(_counted(amount, unit) for amount, unit in parts if amount)


def _counted(amount: int, unit: str) -> str:
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"

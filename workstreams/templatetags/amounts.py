"""Amounts of time as administrators choose them."""

from django import template

from workstreams.auto_close import counted, minutes_in_words

register = template.Library()

register.filter("minutes_in_words", minutes_in_words)


@register.filter
def wrap_up_in_words(seconds: int) -> str:
    """`1 minute`, `60 minutes` or `1 minute 30 seconds`: minutes, as they were entered."""
    minutes, rest = divmod(seconds, 60)
    parts = ((minutes, "minute"), (rest, "second"))
    return " ".join(counted(amount, unit) for amount, unit in parts if amount)

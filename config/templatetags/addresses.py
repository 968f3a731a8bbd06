"""Addresses of rows, for lists of hundreds: looked up once a sort of row, not once a row."""

from functools import lru_cache
from typing import Final

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

register = template.Library()

# No other part of an address looks like it.
STAND_IN: Final = 8_472_915_306


@register.filter
def url_of(number: int, url_name: str) -> SafeString:
    """The address of one row by its number: ``item.id|url_of:"routing:work-item"``."""
    before, after = _around(url_name, get_script_prefix())
    return SafeString(f"{before}{int(number)}{after}")


@lru_cache
def _around(url_name: str, prefix: str) -> tuple[str, str]:
    """What stands before and behind the number; ``prefix`` is where the product is installed."""
    before, _, after = reverse(url_name, args=[STAND_IN]).partition(str(STAND_IN))
    return before, after

"""Reads JSON bodies that can be stored: no NUL, no infinite or endless numbers."""

import re
from typing import Any, Final

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic_core import from_json

from config.api.problems import Invalid

# Only bodies with one of these are looked through: NUL, large exponents, many digits.
SUSPICIOUS: Final = re.compile(rb"\\u0000|\d[eE][+-]?\d{3}|\d{19}")
LARGEST_NUMBER: Final = 2**63 - 1
NOT_JSON: Final = "This is not valid JSON."
NUL: Final = "Text may not contain the NUL character."
TOO_LARGE: Final = "A number is too large."


class StrictParser(Parser):
    """JSON only, whatever the content type says."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            value = from_json(request.body, allow_inf_nan=False)
        except ValueError as error:
            raise Invalid("body", NOT_JSON) from error
        if SUSPICIOUS.search(request.body):
            check_storable(value)
        return value


def check_storable(value: Any) -> None:
    """Refuses what the database or a later reader could not hold."""
    if isinstance(value, str):
        check_text("body", value)
    elif isinstance(value, int | float):
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise Invalid("body", TOO_LARGE)
    elif isinstance(value, dict):
        for key, inside in value.items():
            check_text("body", key)
            check_storable(inside)
    elif isinstance(value, list):
        for inside in value:
            check_storable(inside)


def check_text(field: str, text: str) -> None:
    """Refuses NUL, which PostgreSQL cannot store."""
    if "\x00" in text:
        raise Invalid(field, NUL)

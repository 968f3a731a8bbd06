"""What a value of the document may be: each check says what would be right."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, Final
from zoneinfo import available_timezones

from config.locales import is_locale
from workstreams.actions.check_workstream import MAXIMUM_UNITS

SLUG: Final = re.compile(r"[-\w]+", re.ASCII)
PAIR_ORDER: Final = ("condition", "threshold", "action", "queue")
PAIR_KEYS: Final = set(PAIR_ORDER)
PAIR_NEEDS: Final = {"condition", "action"}
MOST_PAIRS: Final = 20
# Says what would be right, or nothing when the value is.
Check = Callable[[Any], str | None]


def text(longest: int, *, may_be_empty: bool = False) -> Check:
    """A text of at most so many characters."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str) or len(value) > longest:
            return f"a text of at most {longest} characters"
        return None if may_be_empty or value.strip() else "a text that is not empty"

    return check


def number(low: int, high: int) -> Check:
    """A whole number in a range."""

    def check(value: Any) -> str | None:
        is_fine = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return None if is_fine else f"a whole number from {low} to {high}"

    return check


def one_of(terms: Iterable[StrEnum]) -> Check:
    """One of our own words."""
    words = [term.value for term in terms]
    return lambda value: None if value in words else f"one of {', '.join(words)}"


def or_nothing(inner: Check) -> Check:
    """The same, or null."""
    return lambda value: None if value is None else inner(value)


def flag(value: Any) -> str | None:
    """True or false."""
    return None if isinstance(value, bool) else "true or false"


def list_of(inner: Check, *, most: int = 1000, unique: str = "") -> Check:
    """A list of the same; ``unique`` is a key that no two of its objects share."""

    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "a list"
        if len(value) > most:
            return f"a list of at most {most}"
        wish = next((wish for one in value if (wish := inner(one))), None)
        if wish is None and unique and len({one[unique] for one in value}) < len(value):
            return f"a list in which each {unique} stands once"
        return wish and f"a list, each {wish}"

    return check


def shape(**fields: Check) -> Check:
    """An object with exactly these keys."""

    def check(value: Any) -> str | None:
        if not isinstance(value, Mapping) or set(value) != set(fields):
            return f"an object with {', '.join(fields)}"
        wishes = ((key, inner(value[key])) for key, inner in fields.items())
        return next((f"an object whose {key} is {wish}" for key, wish in wishes if wish), None)

    return check


def shape_with(perhaps: Mapping[str, Check], **fields: Check) -> Check:
    """An object with these keys, and perhaps some of the others."""
    wish = f"an object with {', '.join(fields)}, and perhaps {', '.join(perhaps)}"

    def check(value: Any) -> str | None:
        if not isinstance(value, Mapping) or not (
            fields.keys() <= value.keys() <= fields.keys() | perhaps.keys()
        ):
            return wish
        given = {key: inner for key, inner in {**fields, **perhaps}.items() if key in value}
        return shape(**given)(value)

    return check


def condition(value: Any) -> str | None:
    """What a rule can ask; what stands in it is looked at afterwards."""
    return None if isinstance(value, Mapping) else "a condition, or {} for all"


def time_zone(value: Any) -> str | None:
    """A name of the time zone database."""
    is_known = isinstance(value, str) and value in available_timezones()
    return None if is_known else "a time zone such as Europe/Berlin"


def clock(value: Any) -> str | None:
    """A time of day."""
    return _parsed(_wall_time, value, "a time such as 09:30")


def day(value: Any) -> str | None:
    """A date people plan for."""
    return _parsed(_near_date, value, "a date such as 2026-12-24")


def capacity(value: Any) -> str | None:
    """Units, or profiles."""
    units = shape(format=_exactly("unit"), units=number(0, MAXIMUM_UNITS))
    profiles = shape(format=_exactly("profile"), profiles=list_of(text(100)))
    is_profile = isinstance(value, Mapping) and value.get("format") == "profile"
    return (profiles if is_profile else units)(value)


def wrap_up_block(value: Any) -> str | None:
    """Always, never, or for some seconds."""
    custom = shape(mode=_exactly("custom"), seconds=number(30, 3600))
    is_custom = isinstance(value, Mapping) and value.get("mode") == "custom"
    if is_custom:
        return custom(value)
    is_plain = value in ({"mode": "always"}, {"mode": "never"})
    return None if is_plain else 'an object with mode "always", "never" or "custom"'


def rules(value: Any) -> str | None:
    """A list; its rules are checked one by one elsewhere."""
    return None if isinstance(value, list) else "a list"


def overflow_pairs(value: Any) -> str | None:
    """Overflow pairs by their keys; whether they can be is looked at elsewhere."""
    if not isinstance(value, list) or len(value) > MOST_PAIRS:
        return f"a list of at most {MOST_PAIRS}"
    is_pair = all(isinstance(one, Mapping) and PAIR_NEEDS <= set(one) <= PAIR_KEYS for one in value)
    return None if is_pair else f"a list, each an object with {', '.join(PAIR_ORDER)}"


def slug(longest: int) -> Check:
    """A key without blanks."""

    def check(value: Any) -> str | None:
        is_fine = isinstance(value, str) and len(value) <= longest and SLUG.fullmatch(value)
        return None if is_fine else "a key of letters, digits, hyphens and underscores"

    return check


def locale(value: Any) -> str | None:
    """A language, perhaps with its country."""
    is_fine = isinstance(value, str) and is_locale(value)
    return None if is_fine else "a language such as en or de-AT"


def locale_texts(longest: int) -> Check:
    """Texts by language."""
    inner = text(longest)

    def check(value: Any) -> str | None:
        is_fine = isinstance(value, Mapping) and not any(
            locale(key) or inner(one) for key, one in value.items()
        )
        return None if is_fine else f"an object of languages, each with {inner(None)}"

    return check


def text_map(longest: int) -> Check:
    """Texts by texts."""
    inner = text(longest)

    def check(value: Any) -> str | None:
        is_fine = isinstance(value, Mapping) and not any(
            inner(key) or inner(one) for key, one in value.items()
        )
        return None if is_fine else "an object of texts"

    return check


def value_map(longest: int) -> Check:
    """Texts, numbers and truths by texts."""
    name, inner = text(100), text(longest)

    def check(value: Any) -> str | None:
        is_fine = isinstance(value, Mapping) and not any(
            name(key) or (not isinstance(one, bool | int | float) and inner(one))
            for key, one in value.items()
        )
        return None if is_fine else "an object of texts, numbers, true and false"

    return check


def any_object(value: Any) -> str | None:
    """An object of whatever its owner understands."""
    return None if isinstance(value, Mapping) else "an object"


def _wall_time(value: str) -> time:
    """The hours have a time zone of their own."""
    found = time.fromisoformat(value)
    if found.tzinfo is not None:
        raise ValueError
    return found


def _near_date(value: str) -> date:
    found = date.fromisoformat(value)
    if not 1900 <= found.year < 3000:
        raise ValueError
    return found


def _exactly(word: str) -> Check:
    return lambda value: None if value == word else f'"{word}"'


def _parsed(parse: Callable[[str], object], value: Any, wish: str) -> str | None:
    try:
        parse(value)
    except (ValueError, TypeError):
        return wish
    return None

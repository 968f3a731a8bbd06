"""Languages as texts name them: ``en``, ``de-AT``; which one to take when one is missing."""

import re
from collections.abc import Iterable
from typing import Final

ENGLISH: Final = "en"
LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?")
NOT_A_LOCALE: Final = "A language is written like en, de or pt-BR."
# What forms suggest; any other may be typed.
NAMES: Final = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
}


def is_locale(text: str) -> bool:
    """Whether the text is written like a language."""
    return LOCALE.fullmatch(text) is not None


def base(locale: str) -> str:
    """The language without its region."""
    return locale.partition("-")[0].lower()


def preferred(*wanted: str) -> list[str]:
    """The languages to look for in this order: each, its base, and English at last."""
    order = [each for locale in wanted if locale for each in (locale, base(locale))]
    return list(dict.fromkeys([*order, ENGLISH]))


def choose(available: Iterable[str], *wanted: str) -> str | None:
    """The best of the languages that are there: the wanted one, its base, English, any."""
    there = list(dict.fromkeys(available))
    return next((each for each in preferred(*wanted) if each in there), there[0] if there else None)


def language_name(locale: str) -> str:
    """The language as lists show it."""
    name = NAMES.get(base(locale))
    return f"{name} ({locale})" if name else locale

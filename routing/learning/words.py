"""A text as the words that models count: the same when learning and when applying."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

# What is sent to a model is cut here (A 5).
LONGEST_INPUT: Final = 5_000
# Runs of letters; numbers are orders, prices and dates of one case only.
WORD: Final = re.compile(r"[^\W\d_]+")
BEGINNING: Final = 4
# Written without blanks: each two neighbours count as a word.
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+")


def joined(values: Iterable[object]) -> str:
    """The input of a model: values in their order, each on a line, cut at 5,000 characters."""
    found, length = [], 0
    for value in values:
        text = _as_text(value)
        if text:
            found.append(text[: LONGEST_INPUT - length])
            length += len(text) + 1
        if length >= LONGEST_INPUT:
            break
    return "\n".join(found)[:LONGEST_INPUT]


def features(text: str) -> list[str]:
    """Single words, how they begin, and pairs of neighbours.

    Beginnings bring forms of a word together, in any language, without a list of endings.
    """
    found = words(text)
    beginnings = (f"{word[:BEGINNING]}-" for word in found if len(word) >= BEGINNING)
    return [*found, *beginnings, *(f"{first} {second}" for first, second in pairwise(found))]


def words(text: str) -> list[str]:
    """Words in lower case; of what is written without blanks, pairs of characters."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_INPUT]).casefold()
    return [word for found in WORD.findall(plain) for word in _split(found)]


def _split(found: str) -> Iterator[str]:
    if not UNSPACED.search(found) or len(found) == 1:
        yield found
    else:
        yield from (f"{first}{second}" for first, second in pairwise(found))


def _as_text(value: object) -> str:
    """Texts, numbers and lists of them; whatever else stands there says nothing."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(filter(None, (_as_text(each) for each in value[:100])))
    return str(value).strip() if isinstance(value, str | int | float) else ""

"""What was learned: a document of words and numbers, and its form for quick use."""

import hashlib
import json
import math
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from routing.learning.words import features

FORMAT: Final = 1
# A larger one, unpacked, would be no model of ours.
MOST_BYTES: Final = 64 * 1024 * 1024
# Models that are in use at the same time; an organisation has a handful.
MOST_REMEMBERED: Final = 32

Document = Mapping[str, Any]


class Unreadable(ValueError):
    """What is stored is no model of this format."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """Of each known word: how telling it is, and what it adds to which label."""

    labels: tuple[str, ...]
    intercepts: tuple[float, ...]
    words: Mapping[str, tuple[float, tuple[tuple[int, float], ...]]]
    extra: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """The sum for each label, and the share of the text's words that are known."""

    of_label: tuple[float, ...]
    known: float


_remembered: dict[str, Weights] = {}


def packed(document: Document) -> tuple[bytes, str]:
    """Bytes to store, and the hash of their content."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return zlib.compress(text.encode(), 6), hashlib.sha256(text.encode()).hexdigest()


def unpacked(content: bytes) -> Weights:
    """Stored bytes, ready to be applied. Nothing in them is ever run; raises Unreadable."""
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(content, MOST_BYTES)
        if unpacker.unconsumed_tail:
            raise Unreadable("The model is too large.")
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise Unreadable("The model has a format of another release.")
        return ready(document)
    except (
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise Unreadable("The stored model cannot be read.") from error


def remembered(content_hash: str, content: Callable[[], bytes]) -> Weights:
    """The same, read once a process; raises Unreadable where the content is not what it was."""
    found = _remembered.get(content_hash)
    if found is None:
        stored = content()
        found = unpacked(stored)
        if hashlib.sha256(zlib.decompress(stored)).hexdigest() != content_hash:
            raise Unreadable("The stored model was changed.")
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[content_hash] = found
    return found


def ready(document: Document) -> Weights:
    """A document as it was learned, for quick use."""
    words = {
        str(word): (float(idf), tuple((int(label), float(weight)) for label, weight in adds))
        for word, idf, adds in document["words"]
    }
    labels = tuple(str(label) for label in document["labels"])
    if any(label >= len(labels) for _, adds in words.values() for label, _ in adds):
        raise Unreadable("The model names a label that it has not.")
    return Weights(
        labels=labels,
        intercepts=tuple(float(each) for each in document["intercepts"]),
        words=words,
        extra={str(name): float(value) for name, value in document.get("extra", {}).items()},
    )


def scores(weights: Weights, text: str) -> Scores:
    """Term frequency times inverse document frequency, of length one, times the weights."""
    counts = Counter(features(text))
    totals = list(weights.intercepts)
    told = [
        ((1 + math.log(count)) * found[0], found[1])
        for word, count in counts.items()
        if (found := weights.words.get(word)) is not None
    ]
    length = math.sqrt(sum(value * value for value, _ in told))
    for value, adds in told:
        for label, weight in adds:
            totals[label] += value / length * weight
    known = len(told) / len(counts) if counts else 0.0
    return Scores(of_label=tuple(totals), known=known)


def probability(score: float) -> float:
    """A score of a yes-or-no label between 0 and 1."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, score))))


def document_of(
    *,
    labels: Sequence[str],
    intercepts: Sequence[float],
    words: Sequence[tuple[str, float, Sequence[tuple[int, float]]]],
    extra: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """The document that ``ready`` reads."""
    return {
        "format": FORMAT,
        "labels": list(labels),
        "intercepts": [round(each, 5) for each in intercepts],
        "words": [[word, round(idf, 5), [list(add) for add in adds]] for word, idf, adds in words],
        "extra": dict(extra or {}),
    }

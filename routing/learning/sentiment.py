"""How a customer feels, by the words of four languages; works without any training."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from routing.learning.lexicon import LEXICONS, Lexicon
from routing.learning.words import LONGEST_INPUT
from routing.terms import Sentiment

NEUTRAL: Final = 50.0
# From this score on, highest first.
CATEGORIES: Final = (
    (85.0, Sentiment.VERY_POSITIVE),
    (70.0, Sentiment.POSITIVE),
    (55.0, Sentiment.SLIGHTLY_POSITIVE),
    (45.0, Sentiment.NEUTRAL),
    (30.0, Sentiment.SLIGHTLY_NEGATIVE),
    (15.0, Sentiment.NEGATIVE),
    (0.0, Sentiment.VERY_NEGATIVE),
)
# What somebody means who chose a category.
MIDDLE_OF: Final = {
    Sentiment.VERY_POSITIVE: 93.0,
    Sentiment.POSITIVE: 77.0,
    Sentiment.SLIGHTLY_POSITIVE: 62.0,
    Sentiment.NEUTRAL: NEUTRAL,
    Sentiment.SLIGHTLY_NEGATIVE: 38.0,
    Sentiment.NEGATIVE: 23.0,
    Sentiment.VERY_NEGATIVE: 7.0,
}
SIGNS: Final = {
    ":)": 1.5, ":-)": 1.5, ":d": 2.0, ":-d": 2.0, ";)": 1.0, "<3": 2.0,
    ":(": -1.5, ":-(": -1.5, ":/": -1.0, ":-/": -1.0,
    "😀": 2.0, "😊": 2.0, "🙂": 1.0, "😍": 3.0, "❤": 2.0, "👍": 1.5, "🎉": 2.0, "🙏": 1.0,
    "😡": -3.0, "😠": -2.5, "🤬": -3.0, "😞": -2.0, "😢": -2.0, "🙁": -1.5, "👎": -2.0, "😤": -2.0,
}  # fmt: skip
# A web address is no word, nor is its ":/" a face.
ADDRESS: Final = re.compile(r"\b(?:\w+://|www\.)\S+")
# Words, signs of feeling (before a word it is another sign), and what ends a clause.
SINGLE: Final = "".join(each for each in SIGNS if len(each) == 1)
TOKEN: Final = re.compile(rf"[^\W\d_]+|:-?[()/dD](?![\w/])|;\)|<3|[{SINGLE}]|[.,;:!?\n]")
# "doesn't work", "cannot work", and "ne fonctionne plus", which is no "more".
SHORT_NOT: Final = re.compile(r"(?:\bcan|n)['\u2019]t\b", re.IGNORECASE)
NO_MORE: Final = re.compile(r"\b(?:ne\s|n['\u2019])\s*(\w+)\s+plus\b", re.IGNORECASE)
# A wish is no liking.
WISH: Final = re.compile(r"(?:\bwould|['\u2019]d)\s+(?:also\s+)?(?:like|love)\b", re.IGNORECASE)
CLAUSE_ENDS: Final = frozenset(".,;:!?\n")
JOINS: Final = frozenset(["und", "oder", "et", "ou"])
REACH: Final = 3
TURNED: Final = -0.75
STRONGER: Final = 1.4
WEAKER: Final = 0.6
LOUDER: Final = 1.2
BEFORE_TURN: Final = 0.6
AFTER_TURN: Final = 1.3
# How many strong words make a very strong text.
DAMPING: Final = 6.0
MOST_KEYWORDS: Final = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Feeling:
    """Score from 0 to 100, the words it came from, and the language (empty: none of ours)."""

    score: float
    keywords: tuple[str, ...] = ()
    language: str = ""

    @property
    def category(self) -> Sentiment:
        return category_of(self.score)


def category_of(score: float) -> Sentiment:
    """The seven points of the scale."""
    return next(category for least, category in CATEGORIES if score >= least)


def feel(text: str) -> Feeling:
    """A text without a word of feeling is neutral, whatever its language."""
    tokens, shouted = _tokens(text)
    lexicon = _language(tokens)
    known = [lexicon] if lexicon else list(LEXICONS)
    total, keywords = 0.0, []
    for clause in _clauses(tokens, known):
        for word, strength in _felt(clause, known):
            total += strength * (LOUDER if word in shouted else 1.0)
            keywords.append(word)
    total *= 1 + 0.1 * min(3, text[:LONGEST_INPUT].count("!"))
    score = NEUTRAL + NEUTRAL * total / math.sqrt(total * total + DAMPING)
    return Feeling(
        score=round(score, 1),
        keywords=tuple(dict.fromkeys(keywords))[:MOST_KEYWORDS],
        language=lexicon.language if lexicon else "",
    )


def _tokens(text: str) -> tuple[list[str], frozenset[str]]:
    """Words and signs in lower case, and which words were shouted in an otherwise calm text."""
    plain = ADDRESS.sub(" ", unicodedata.normalize("NFC", text[:LONGEST_INPUT]))
    spelled = NO_MORE.sub(r"\1 pas", SHORT_NOT.sub(" not ", WISH.sub(" want", plain)))
    found = TOKEN.findall(spelled)
    shouted = {each for each in found if len(each) > 2 and each.isupper()}
    is_calm = any(each.islower() for each in found)
    lowered = frozenset(each.lower() for each in shouted) if is_calm else frozenset()
    return [each.lower() for each in found], lowered


def _language(tokens: Sequence[str]) -> Lexicon | None:
    """The language most words are of; None where none, or two alike, can be told."""
    counts = sorted(
        ((sum(_is_of(each, lexicon) for each in tokens), lexicon) for lexicon in LEXICONS),
        key=lambda one: -one[0],
    )
    (most, first), (second, _) = counts[:2]
    return first if most > second else None


def _is_of(token: str, lexicon: Lexicon) -> float:
    if token in lexicon.common:
        return 1.0
    return 0.75 if token in lexicon.negations or lexicon.feeling(token) is not None else 0.0


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: Sequence[str]
    weight: float


def _clauses(tokens: Sequence[str], known: Sequence[Lexicon]) -> Iterator[_Clause]:
    """Parts between signs and words that turn the thought; what comes after such a word counts
    more, what stood before it in the sentence less."""
    clauses: list[list[str]] = [[]]
    turned_at: set[int] = set()
    for token in tokens:
        if token in CLAUSE_ENDS:
            clauses.append([])
        elif any(token in lexicon.turns for lexicon in known):
            clauses.append([])
            turned_at.add(len(clauses) - 1)
        else:
            clauses[-1].append(token)
    last = max(turned_at, default=None)
    for index, clause in enumerate(clauses):
        weight = 1.0 if last is None else (AFTER_TURN if index >= last else BEFORE_TURN)
        yield _Clause(clause, weight)


def _felt(clause: _Clause, known: Sequence[Lexicon]) -> Iterator[tuple[str, float]]:
    """Each word of feeling with its strength in this clause."""
    tokens = clause.tokens
    for index, token in enumerate(tokens):
        strength, lexicon = _strength(token, known)
        if lexicon is None:
            if strength:
                yield token, strength * clause.weight
            continue
        is_turned = _is_turned(tokens, index, lexicon)
        if not strength and is_turned and token.startswith("work"):
            strength, is_turned = -1.5, False
        if not strength:
            continue
        before = tokens[max(0, index - 2) : index]
        if any(each in lexicon.stronger for each in before):
            strength *= STRONGER
        elif any(each in lexicon.weaker for each in before):
            strength *= WEAKER
        yield token, strength * (TURNED if is_turned else 1.0) * clause.weight


def _strength(token: str, known: Sequence[Lexicon]) -> tuple[float, Lexicon | None]:
    if token in SIGNS:
        return SIGNS[token], None
    for lexicon in known:
        feeling = lexicon.feeling(token)
        if feeling is not None and token not in lexicon.negations:
            return feeling, lexicon
    return 0.0, None


def _is_turned(tokens: Sequence[str], index: int, lexicon: Lexicon) -> bool:
    """An odd number of negations shortly before it, or after it where the language does so."""
    before = tokens[max(0, index - REACH) : index]
    count = sum(each in lexicon.negations for each in before)
    if count:
        return count % 2 == 1
    after = tokens[index + 1 : index + 1 + REACH]
    for place, each in enumerate(after):
        if each in lexicon.negations_behind:
            rest = tokens[index + 2 + place : index + 4 + place]
            return not any(lexicon.feeling(word) for word in rest)
        if each in JOINS or lexicon.feeling(each):
            return False
    return False

"""The shape of a language's words of feeling."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """``strength`` runs from -3 to 3. ``endings`` lead an inflected word back to one that stands
    here; ``negations_behind`` turn the word before them, too; by ``common`` words the language
    is recognised."""

    language: str
    strength: Mapping[str, float]
    endings: tuple[str, ...]
    negations: frozenset[str]
    stronger: frozenset[str]
    weaker: frozenset[str]
    turns: frozenset[str]
    common: frozenset[str]
    negations_behind: frozenset[str] = frozenset()

    def feeling(self, word: str) -> float | None:
        """How strong the word is, inflected or not; None where it says nothing of feelings."""
        if (found := self.strength.get(word)) is not None:
            return found
        for ending in self.endings:
            stem = word.removesuffix(ending)
            if len(stem) > 2 and stem != word and (found := self.strength.get(stem)) is not None:
                return found
        return None


def graded(**words: str) -> dict[str, float]:
    """Words by grade: ``plus3`` to ``minus3``, each a text of words between blanks."""
    grades = {"plus3": 3, "plus2": 2, "plus1": 1, "minus1": -1, "minus2": -2, "minus3": -3}
    return {word: float(grades[grade]) for grade, text in words.items() for word in text.split()}


def listed(words: str) -> frozenset[str]:
    """Words between blanks."""
    return frozenset(words.split())

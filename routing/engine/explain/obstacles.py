"""What is told of the members who fail a test: how many, with which numbers, what else they fail,
and what would help."""

from collections.abc import Sequence

from routing.engine.decisions import Numbers
from routing.engine.explain.details import DETAILS, listed
from routing.engine.explain.failures import others_of
from routing.engine.explain.words import WORDS


def obstacle(blocker: str, count: int, members: int, seen: Sequence[Numbers]) -> tuple[str, str]:
    """`7 of 9 members are full.`, and what would help; ``seen`` are the numbers of each, where
    they are known."""
    said, help = _told(blocker, count, seen)
    noun = "member" if members == 1 else "members"
    others = _others(seen)
    sentence = f"{count} of {members} {noun} {said}{_besides(others, count)}."
    if others and all(map(others_of, seen)):
        more = dict.fromkeys(_told(name, len(each), each)[1] for name, each in others)
        help = " ".join([help, "That alone is not enough:", *more])
    return sentence, help


def _told(blocker: str, count: int, seen: Sequence[Numbers]) -> tuple[str, str]:
    words = WORDS[blocker]
    tell = DETAILS.get(blocker)
    said, tail, help = tell(seen) if tell and seen else (None, "", "")
    one, many = said or (words.one, words.many)
    return f"{one if count == 1 else many}{tail}", help or words.help


def _others(seen: Sequence[Numbers]) -> list[tuple[str, list[Numbers]]]:
    """The numbers of what the same members fail beside, the most frequent first."""
    found: dict[str, list[Numbers]] = {}
    for failure in (each for numbers in seen for each in others_of(numbers)):
        found.setdefault(failure.test, []).append(failure.numbers)
    order = [*WORDS]
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), order.index(pair[0])))


def _besides(others: Sequence[tuple[str, list[Numbers]]], count: int) -> str:
    """`; 2 of them lack German (3 or better)`"""
    if not others:
        return ""
    said = [(len(each), _told(name, len(each), each)[0]) for name, each in others]
    if count == 1:
        return f", and {listed((words for _, words in said), 'and')}"
    return f"; {listed((f'{number} of them {words}' for number, words in said), 'and')}"

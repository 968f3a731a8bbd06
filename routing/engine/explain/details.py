"""What a failed test showed of the members who fail it, in other words than those for all, and
what would help just them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from routing.engine.decisions import Numbers
from routing.engine.explain.failures import BY_RULES, BY_WORK, OF_THE_DAY
from routing.engine.explain.looked import DECLINED
from routing.engine.explain.words import WORDS, Words
from routing.engine.facts import DELETED_SKILL
from routing.engine.methods.plan import NO_RULE

MOST_SAID: Final = 3
# Other words for one and for many, what comes after them, and other help.
Told = tuple[tuple[str, str] | None, str, str]


OTHER: Final = "The presence of an agent changes, or the queue's assignment method asks for others."
UNLIKE: Final = "Mend the value or the rule, which cannot be compared."
CLOSEST: Final = "use closest matching"
MORE_GENERAL: Final = "the queue's assignment method ends more generally"
JUST_HAD: Final = ("has just had it", "have just had it")
DECLINED_OR_HAD: Final = ("has declined or just had it", "have declined or just had it")
NOT_AGAIN: Final = "Another member becomes able to take it, or it is assigned by hand."
BY_THEIR_WORK: Final = "Whose presence follows from his work becomes available when he is done."


def _presences(seen: Sequence[Numbers]) -> Told:
    counts = Counter(str(_presence(each)).replace("_", " ") for each in seen)
    allowed = {name for each in seen for name in each.get("allowed") or ()}
    others = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    if not allowed and (asked := _asked(seen)):
        what = "a presence that its rule does not ask for"
        return (f"has {what}", f"have {what}"), f": {others}{asked.replace(': ', '; ', 1)}", OTHER
    wanted = listed(sorted(name.replace("_", " ") for name in allowed), "or")
    help = f"An agent becomes {wanted}, or the workstream allows more presences." if wanted else ""
    if help and any(each.get(BY_WORK) for each in seen):
        help = f"{help} {BY_THEIR_WORK}"
    return None, f": {others}", help


def _presence(numbers: Numbers) -> Any:
    if "presence" in numbers:
        return numbers["presence"]
    rules = numbers.get("rules") or [{}]
    return rules[-1].get("has") or "unknown"


def _rooms(seen: Sequence[Numbers]) -> Told:
    causes = Counter(_cause(each) for each in seen)
    if len(causes) == 1:
        [cause] = causes
        return (cause.one, cause.many), "", cause.help
    parts = [
        f"{count} {cause.one if count == 1 else cause.many}" for cause, count in _ranked(causes)
    ]
    help = " ".join(dict.fromkeys(cause.help for cause, _ in _ranked(causes)))
    return ("has no room", "have no room"), f": {', '.join(parts)}", help


def _cause(numbers: Numbers) -> Words:
    """Why one member has no room."""
    full = WORDS["has_room"]
    if numbers.get("rules"):
        return _asked_room(numbers["rules"][-1])
    if "missing" in numbers:
        what = "no room, because the workstream says nothing of capacity"
        return Words(f"has {what}", f"have {what}", "Give the workstream a capacity.")
    of_the_day = numbers.get(OF_THE_DAY) or ()
    if blocking := numbers.get("blocked_by"):
        names = listed(blocking, "and")
        by = f"held back by the full profile {names}, which blocks other work"
        help = _day_ends(blocking, of_the_day) or f"An agent finishes work of {names}."
        return Words(f"is {by}", f"are {by}", help)
    profiles = numbers.get("profiles") or {}
    if lacking := [name for name, free in profiles.items() if free is None]:
        names = listed(sorted(lacking), "and")
        what = f"the capacity profile {names}"
        return Words(f"lacks {what}", f"lack {what}", f"Give an agent {what}.")
    if gone := sorted(name for name, free in profiles.items() if free < 1):
        by = f"full in the capacity profile {listed(gone, 'and')}"
        help = "An agent finishes work, or is given a higher limit."
        return Words(f"is {by}", f"are {by}", _day_ends(gone, of_the_day) or help)
    if "needed" not in numbers:
        return full
    needed, free = numbers["needed"], numbers["free"]
    if free is None:
        what = "no unit capacity"
        return Words(f"has {what}", f"have {what}", "Give an agent units of capacity.")
    if 0 < free < needed:
        what = f"less than the {needed} units free that it needs"
        return Words(f"has {what}", f"have {what}", full.help)
    return full


def _asked_room(last: Mapping[str, Any]) -> Words:
    """Why one member has not the room that a rule of one's own asks for."""
    has, note = last.get("has"), last.get("note")
    what = f"not the room that “{last['rule']}” asks for: {last['asks']}"
    what = f"{what} ({note})" if note else what
    help = UNLIKE if note and has is not None else WORDS["has_room"].help
    return Words(f"has {what}", f"have {what}", help)


def _day_ends(names: Sequence[str], of_the_day: Sequence[str]) -> str:
    """What helps where a profile gives nothing back before the day is over."""
    if not (held := [name for name in names if name in of_the_day]):
        return ""
    others = [name for name in names if name not in held]
    work = f" and he finishes work of {listed(others, 'and')}" if others else ""
    which = listed(held, "and")
    return (
        f"The day of an agent ends, which gives {which} back{work}, or he is given a higher limit."
    )


def _skills(seen: Sequence[Numbers]) -> Told:
    """`2 of 9 members lack German (3 or better).`"""
    lacking = Counter(
        _skill(name, each["needed"])
        for numbers in seen
        for name, each in (numbers.get("lacking") or {}).items()
    )
    if not lacking:
        return None, _asked(seen), f"Give an agent the skill, or {MORE_GENERAL}."
    wanted = listed(sorted(lacking.keys() - {DELETED_SKILL}), "and")
    less = MORE_GENERAL if any(each.get(BY_RULES) for each in seen) else CLOSEST
    help = f"Give an agent {wanted}, or {less}." if wanted else ""
    if DELETED_SKILL in lacking:
        help = f"Take the deleted skill off the work item. {help}".strip()
    if len(lacking) == 1:
        [skill] = lacking
        return (f"lacks {skill}", f"lack {skill}"), "", help
    return None, ": " + ", ".join(f"{name} {lacking[name]}" for name in sorted(lacking)), help


def _skill(name: str, needed: float | None) -> str:
    if name == DELETED_SKILL:
        return name
    return name if needed is None else f"{name} ({needed:g} or better)"


def _shifts(seen: Sequence[Numbers]) -> Told:
    without = sum((each.get("rules") or [{}])[-1].get("has") is None for each in seen)
    if not without:
        return None, "", ""
    help = f"Give an agent operating hours. {WORDS['is_working'].help}"
    if without == len(seen):
        what = "no operating hours, so no working hours"
        return (f"has {what}", f"have {what}"), "", help
    return None, f", {without} of them without operating hours", help


def _declines(seen: Sequence[Numbers]) -> Told:
    """Who may not be asked again stays so, unless all others decline it, too. From whom it came
    back without that he declined it, he has just had it."""
    if not all(each["declines"] for each in seen):
        return DECLINED_OR_HAD if any(each["declines"] for each in seen) else JUST_HAD, "", ""
    if not all(each["declines"] >= each["maximum"] for each in seen):
        return None, "", ""
    how_often = {each["maximum"] for each in seen}
    what = f"declined it {_times(how_often.pop())}, as often as one is asked"
    return (f"has {what}", f"have {what}"), "", NOT_AGAIN


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _rules(seen: Sequence[Numbers]) -> Told:
    return None, _asked(seen), ""


def _asked(seen: Sequence[Numbers]) -> str:
    """What the most general rule asks in vain: `: “German” asks agent language equals de`."""
    asked: dict[tuple[str, str], Counter[str]] = {}
    for last in (numbers["rules"][-1] for numbers in seen if numbers.get("rules")):
        asked.setdefault((last["rule"], last["asks"]), Counter())[last.get("note", "")] += 1
    ranked = sorted(asked.items(), key=lambda pair: -pair[1].total())[:MOST_SAID]
    said = [f"“{rule}” asks {asks}{_noted(notes)}" for (rule, asks), notes in ranked]
    return f": {'; '.join(said)}" if said else ""


def _noted(notes: "Counter[str]") -> str:
    """` (of 2 agent language is not set)`: what could not be compared at all."""
    total, told = notes.total(), [(note, count) for note, count in notes.items() if note]
    said = [note if count == total else f"of {count} {note}" for note, count in told]
    return f" ({'; '.join(said)})" if said else ""


DETAILS: Final[dict[str, Callable[[Sequence[Numbers]], Told]]] = {
    "presence_is_allowed": _presences,
    "has_room": _rooms,
    "has_every_skill": _skills,
    "is_working": _shifts,
    DECLINED: _declines,
    NO_RULE: _rules,
}


def _ranked(causes: "Counter[Words]") -> list[tuple[Words, int]]:
    return sorted(causes.items(), key=lambda pair: (-pair[1], pair[0]))


def listed(names: Iterable[str], word: str) -> str:
    """`German, French and Latin`"""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last

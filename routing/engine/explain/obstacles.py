"""What each failed test is called, by what it showed of the members who fail it, and what would
help."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from routing.engine.decisions import Numbers
from routing.engine.facts import DELETED_SKILL
from routing.engine.methods.plan import NO_RULE, NOT_REACHED, PRESENCE_KNOWN

ELIGIBLE: Final = "eligible"
DECLINED: Final = "has_not_declined_too_often"
MOST_SAID: Final = 3


class Words(NamedTuple):
    """For one member, for several, and what would help."""

    one: str
    many: str
    help: str


WORDS: Final[dict[str, Words]] = {
    ELIGIBLE: Words(
        "could take it now",
        "could take it now",
        "Nothing: the next assignment cycle offers it.",
    ),
    "is_member": Words(
        "no longer serves the queue", "no longer serve the queue", "Add agents to the queue."
    ),
    "is_enabled": Words("is disabled", "are disabled", "Enable agents for routing."),
    "presence_is_allowed": Words(
        "has a presence that the workstream does not allow",
        "have a presence that the workstream does not allow",
        "An agent becomes available, or the workstream allows more presences.",
    ),
    "has_room": Words("is full", "are full", "An agent finishes work, or is given more capacity."),
    "has_every_skill": Words(
        "lacks a required skill",
        "lack a required skill",
        "Give an agent the skill, or use closest matching.",
    ),
    PRESENCE_KNOWN: Words(
        "has an unknown presence", "have an unknown presence", "The agent signs in."
    ),
    "is_working": Words(
        "is outside the working hours",
        "are outside their working hours",
        "Their next shift begins, or the queue's assignment method asks for no calendar.",
    ),
    NO_RULE: Words(
        "meets no assignment rule",
        "meet no assignment rule",
        "An agent changes, or the queue's assignment method ends with a more general rule.",
    ),
    NOT_REACHED: Words(
        "meets only a more general rule",
        "meet only a more general rule",
        "Nothing: agents of a stricter rule come first.",
    ),
    DECLINED: Words(
        "has declined it",
        "have declined it",
        "Wait until the cool-down is over, or assign it by hand.",
    ),
}


def obstacle(blocker: str, count: int, members: int, seen: Sequence[Numbers]) -> tuple[str, str]:
    """`7 of 9 members are full.`, and what would help; ``seen`` are the numbers of each, where
    they are known."""
    words = WORDS[blocker]
    tell = DETAILS.get(blocker)
    said, tail, help = tell(seen) if tell and seen else (None, "", "")
    one, many = said or (words.one, words.many)
    noun = "member" if members == 1 else "members"
    sentence = f"{count} of {members} {noun} {one if count == 1 else many}{tail}."
    return sentence, help or words.help


# Other words for one and for many, what comes after them, and other help.
Told = tuple[tuple[str, str] | None, str, str]


def _presences(seen: Sequence[Numbers]) -> Told:
    counts = Counter(str(_presence(each)).replace("_", " ") for each in seen)
    allowed = {name for each in seen for name in each.get("allowed", ())}
    others = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    wanted = _listed(sorted(name.replace("_", " ") for name in allowed), "or")
    help = f"An agent becomes {wanted}, or the workstream allows more presences." if wanted else ""
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
    if "missing" in numbers:
        what = "no room, because the workstream says nothing of capacity"
        return Words(f"has {what}", f"have {what}", "Give the workstream a capacity.")
    if blocking := numbers.get("blocked_by"):
        names = _listed(blocking, "and")
        by = f"held back by the full profile {names}, which blocks other work"
        return Words(f"is {by}", f"are {by}", f"An agent finishes work of {names}.")
    profiles = numbers.get("profiles") or {}
    if lacking := [name for name, free in profiles.items() if free is None]:
        names = _listed(sorted(lacking), "and")
        what = f"the capacity profile {names}"
        return Words(f"lacks {what}", f"lack {what}", f"Give an agent {what}.")
    if gone := [name for name, free in profiles.items() if free < 1]:
        by = f"full in the capacity profile {_listed(sorted(gone), 'and')}"
        return Words(f"is {by}", f"are {by}", "An agent finishes work, or is given a higher limit.")
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


def _skills(seen: Sequence[Numbers]) -> Told:
    """`2 of 9 members lack German (3 or better).`"""
    lacking = Counter(
        _skill(name, each["needed"])
        for numbers in seen
        for name, each in (numbers.get("lacking") or {}).items()
    )
    if not lacking:
        return None, _asked(seen), ""
    wanted = _listed(sorted(lacking.keys() - {DELETED_SKILL}), "and")
    help = f"Give an agent {wanted}, or use closest matching." if wanted else ""
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


def _rules(seen: Sequence[Numbers]) -> Told:
    return None, _asked(seen), ""


def _asked(seen: Sequence[Numbers]) -> str:
    """What the most general rule asks in vain: `: “German” asks agent language equals de`."""
    last = (numbers["rules"][-1] for numbers in seen if numbers.get("rules"))
    asked = Counter((rule["rule"], rule["asks"]) for rule in last)
    said = [f"“{rule}” asks {asks}" for (rule, asks), _ in asked.most_common(MOST_SAID)]
    return f": {'; '.join(said)}" if said else ""


DETAILS: Final[dict[str, Callable[[Sequence[Numbers]], Told]]] = {
    "presence_is_allowed": _presences,
    "has_room": _rooms,
    "has_every_skill": _skills,
    "is_working": _shifts,
    NO_RULE: _rules,
}


def _ranked(causes: "Counter[Words]") -> list[tuple[Words, int]]:
    return sorted(causes.items(), key=lambda pair: (-pair[1], pair[0]))


def _listed(names: Iterable[str], word: str) -> str:
    *first, last = [*names] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last

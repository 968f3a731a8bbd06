"""A condition about an agent, compiled once, bound to an item, and asked of many agents."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from routing.engine.conditions import OPERATORS, Takes
from routing.engine.conditions.values import WrongTypeError, is_missing
from routing.engine.methods.people import (
    CUSTOM_MATCH,
    DERIVED,
    EXACT_MATCH,
    IS_WORKING,
    OF_WORKSTREAM,
    SKILLS,
    AgentField,
    Look,
    Person,
    field_at,
)
from routing.engine.skills import meets

Row = Mapping[str, Any]
Bound = Callable[[Person], bool]
# The second argument answers for what comes and goes; None asks it truly.
Bind = Callable[[Look, bool | None], Bound]
ValueTest = Callable[[Any, datetime], bool]
LISTS: Final = (list, tuple)
UNHASHED: Final = (list, dict)
# What an operator is called where the other side holds several values; of skills it has several,
# too, and none of one is among the others.
OF_SEVERAL: Final = {"equals": "in", "not_equals": "not_in"}
OF_SKILLS: Final = {"not_contains": "not_in"}
# Time alone changes the answer.
BY_AGE: Final = ("older_than", "newer_than")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class AgentCondition:
    """``steady`` is the part that holds for an agent whatever the item of a workstream, ``rest``
    what has to be asked for each sort of item; both together are the condition."""

    source: Row
    bind: Bind
    steady: Bind
    rest: Bind
    reads: tuple[str, ...]
    rows: tuple[tuple[Row, Bind], ...]


def compile_agent_condition(
    source: Row | None, known: dict[str, Bind] | None = None
) -> AgentCondition:
    """Of a condition without faults (``check_agent_condition``); ``known`` are the parts of others,
    taken up where this one asks the same."""
    source, known = source or {}, {} if known is None else known
    parts = source.get("all", [source] if source else [])
    rows = [(part, known.setdefault(repr(part), _compile(part))) for part in parts]
    return AgentCondition(
        source=source,
        bind=_all([bind for _, bind in rows]),
        steady=_all([bind for part, bind in rows if _is_steady(part)]),
        rest=_all([bind for part, bind in rows if not _is_steady(part)]),
        reads=tuple(dict.fromkeys(path for path in item_paths(source) if path not in DERIVED)),
        rows=tuple(rows),
    )


def rows_of(source: Row) -> Iterator[Row]:
    """The single rows of a condition without faults."""
    if "field" in source:
        yield source
        return
    for name in ("all", "any"):
        for child in source.get(name, ()):
            yield from rows_of(child)
    if "not" in source:
        yield from rows_of(source["not"])


def item_paths(source: Row) -> Iterator[str]:
    """What dynamic matches name of the item."""
    return (row["item"] for row in rows_of(source) if "item" in row)


def _is_steady(source: Row) -> bool:
    return all(
        field_at(row["field"]).is_steady
        and row["op"] not in (EXACT_MATCH, CUSTOM_MATCH)
        and row.get("item") in (None, *OF_WORKSTREAM)
        for row in rows_of(source)
    )


def _compile(source: Row, *, is_strict: bool = False) -> Bind:
    """A strict one raises WrongTypeError of a value of a wrong type, else that does not match."""
    if not source:
        return lambda look, doubt: _yes
    if "not" in source:
        return _negation(_compile(source["not"], is_strict=True), is_strict=is_strict)
    if "all" in source:
        return _all([_compile(child, is_strict=is_strict) for child in source["all"]])
    if "any" in source:
        return _any([_compile(child, is_strict=is_strict) for child in source["any"]])
    return _row(source, is_strict=is_strict)


def _yes(person: Person) -> bool:
    return True


def _all(binds: list[Bind]) -> Bind:
    if not binds:
        return lambda look, doubt: _yes
    if len(binds) == 1:
        return binds[0]

    def bind(look: Look, doubt: bool | None) -> Bound:
        tests = [each(look, doubt) for each in binds]

        def test(person: Person) -> bool:
            for each in tests:  # noqa: SIM110  # a loop takes half the time of all()
                if not each(person):
                    return False
            return True

        return test

    return bind


def _any(binds: list[Bind]) -> Bind:
    """One of them; an empty group is an empty condition and so matches."""

    def bind(look: Look, doubt: bool | None) -> Bound:
        tests = [each(look, doubt) for each in binds]
        return lambda person: not tests or any(each(person) for each in tests)

    return bind


def _negation(inner: Bind, *, is_strict: bool) -> Bind:
    """The opposite, except that a value of a wrong type matches here neither."""

    def bind(look: Look, doubt: bool | None) -> Bound:
        asked = inner(look, None if doubt is None else not doubt)

        def test(person: Person) -> bool:
            try:
                return not asked(person)
            except WrongTypeError:
                if is_strict:
                    raise
                return False

        return test

    return bind


def _row(row: Row, *, is_strict: bool) -> Bind:
    field = field_at(row["field"])
    own = OWN.get(row["op"])
    test = own(row, field) if own else _compared(row, field, is_strict=is_strict)
    if not field.is_momentary and row["op"] not in BY_AGE:
        return test
    return lambda look, doubt: test(look, None) if doubt is None else lambda person: doubt


def _is_working(row: Row, field: AgentField) -> Bind:
    return lambda look, doubt: lambda person: look.is_working(person.hours)


def _exact_match(row: Row, field: AgentField) -> Bind:
    """All required skills, or those of one type, each with at least its rating."""
    wanted = row.get("value") or None

    def bind(look: Look, doubt: bool | None) -> Bound:
        types = look.skill_types
        asked = [
            each
            for each in look.item.skills
            if wanted is None or _same(types.get(each.skill), wanted)
        ]

        def test(person: Person) -> bool:
            held = person.skills
            for each in asked:  # noqa: SIM110  # as above
                if not meets(held, each):
                    return False
            return True

        return test

    return bind


def _custom_match(row: Row, field: AgentField) -> Bind:
    """The agent has the skill, or all skills, that the item names."""

    def bind(look: Look, doubt: bool | None) -> Bound:
        named = look.value(row["item"])
        names = named if isinstance(named, LISTS) else [named]
        wanted = {_folded(name) for name in names if not is_missing(name)}
        if not wanted:
            return lambda person: False
        return lambda person: wanted <= {_folded(name) for name in person.skills}

    return bind


OWN: Final[dict[str, Callable[[Row, AgentField], Bind]]] = {
    IS_WORKING: _is_working,
    EXACT_MATCH: _exact_match,
    CUSTOM_MATCH: _custom_match,
}


def _compared(row: Row, field: AgentField, *, is_strict: bool) -> Bind:
    """An operator of all conditions, with a constant or with a value of the item."""
    op = row["op"]
    when_missing = OPERATORS[op].when_missing
    constant = None if "item" in row else OPERATORS[op].compile(row.get("value"))

    def bind(look: Look, doubt: bool | None) -> Bound:
        test = constant or right_side(row, look)
        if test is None:
            return lambda person: when_missing
        read, now, right = field.bind(look), look.now, test

        def answer(live: Any) -> bool:
            if is_missing(live):
                return when_missing
            try:
                return right(live, now)
            except WrongTypeError:
                if is_strict:
                    raise
                return False

        # Many agents share few presences and amounts. True is not 1 here.
        known: dict[tuple[type, Any], bool] = {}

        def asked(person: Person) -> bool:
            live = read(person)
            try:
                return known[type(live), live]
            except KeyError:
                found = known[type(live), live] = answer(live)
                return found
            except TypeError:  # of a list
                return answer(live)

        return asked

    return bind


def right_side(row: Row, look: Look) -> ValueTest | None:
    """The test against the constant, or what the item holds; None where that is nothing."""
    op = row["op"]
    if "item" not in row:
        return OPERATORS[op].compile(row.get("value"))
    value = look.value(row["item"])
    if is_missing(value):
        return None
    if isinstance(value, LISTS):
        op = (OF_SKILLS if row["field"] == SKILLS else OF_SEVERAL).get(op, op)
    elif OPERATORS[op].takes is Takes.VALUES:
        value = [value]
    elif OPERATORS[op].takes is Takes.RANGE:
        return _misfit
    try:
        return OPERATORS[op].compile(value)
    except (WrongTypeError, TypeError, ValueError):
        return _misfit


def _misfit(live: Any, now: datetime) -> bool:
    raise WrongTypeError("is compared with what does not fit")


def _folded(value: Any) -> str:
    return str(value).strip().casefold()


def _same(one: str | None, other: str) -> bool:
    return one is not None and _folded(one) == _folded(other)

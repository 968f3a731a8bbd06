"""Random rules and items that meet: few fields and few values, of right and of wrong types."""

from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from routing.engine.conditions import OPERATORS, Takes, validate

FIELDS = ["title", "priority", "skills", "context.a", "context.b", "case.a.b", "attributes.c"]
WORDS = ["gold", " Gold ", "old", "GO", "ß", "SS", "true", "False", "5", "05", "5.0", "-0", "1e3"]
DATES = ["2025-03-03", "2025-03-01T10:00:00+02:00", "0001-01-01", "9999-12-31T23:59:59-12:00"]
NUMBERS = [0, 3, 5, 5.0, -1, 0.1, 10**25, 10**400, float("nan"), float("inf"), -0.0]

plain = st.sampled_from([*WORDS, *DATES, *NUMBERS, True, False])
numbers = st.sampled_from(["5", "05", "1e3", 0, 3, 5, 5.0, -1, 0.1, 10**25, -0.0])
dates = st.sampled_from(DATES)
durations = numbers | st.dictionaries(
    st.sampled_from(["minutes", "hours", "days"]), st.sampled_from([0, 3, -1, 0.1]), min_size=1
)
values = plain | st.lists(plain, min_size=1, max_size=4) | durations
BY_TAKES = {
    Takes.NOTHING: st.none(),
    Takes.VALUE: plain,
    Takes.VALUES: st.lists(plain, min_size=1, max_size=4),
    Takes.TEXT: plain,
    Takes.NUMBER: numbers,
    Takes.RANGE: st.lists(numbers, min_size=2, max_size=2)
    | st.lists(dates, min_size=2, max_size=2),
    Takes.MOMENT: dates,
    Takes.DURATION: durations,
}


def _row(op: str) -> st.SearchStrategy[dict[str, Any]]:
    parts = {"field": st.sampled_from(FIELDS), "op": st.just(op)}
    return st.fixed_dictionaries(parts | {"value": BY_TAKES[OPERATORS[op].takes]})


rows = st.sampled_from(sorted(OPERATORS)).flatmap(_row).filter(lambda row: not validate(row))


def _groups(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(inside, max_size=4)
    return (
        st.fixed_dictionaries({"all": lists})
        | st.fixed_dictionaries({"any": lists})
        | st.fixed_dictionaries({"not": inside})
    )


conditions: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.recursive(
    rows, _groups, max_leaves=10
)

# What JSON can be, and what only Python is.
scalars = plain | st.none() | st.just("") | st.text(max_size=5)
lives = (
    scalars
    | st.lists(scalars | st.lists(scalars, max_size=1), max_size=3)
    | st.dictionaries(st.sampled_from(["a", "b"]), scalars, max_size=2)
    | st.sampled_from([date(2025, 3, 3), datetime(2025, 3, 1, 10)])  # noqa: DTZ001
)
groups = st.dictionaries(st.sampled_from(["a", "b", "c", "a.b"]), lives, max_size=4)
items = st.fixed_dictionaries(
    {},
    optional={
        "title": lives,
        "priority": lives,
        "skills": lives,
        "context": groups | lives,
        "case": groups | st.fixed_dictionaries({"a": groups}),
        "attributes": groups,
    },
)

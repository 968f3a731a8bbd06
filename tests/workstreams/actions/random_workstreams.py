"""Random workstreams with random rules, and random work, for properties that hold for all."""

from typing import Any, Final

from hypothesis import strategies as st

QUEUES: Final = ("Alpha", "Beta", "Gamma")
SKILLS: Final = ("Dutch", "Printers")
PROFILES: Final = ("Chats", "Calls")

WORDS: Final = st.sampled_from(["gold", "silver", "Refund please", "", "ä"])
NUMBERS: Final = st.integers(-3, 120)
TEXT_FIELDS: Final = st.sampled_from(["title", "context.tier", "customer.name", "attributes.mood"])
NUMBER_FIELDS: Final = st.sampled_from(["context.amount", "priority", "attributes.score"])

ROWS: Final = st.one_of(
    st.fixed_dictionaries(
        {
            "field": TEXT_FIELDS,
            "op": st.sampled_from(["equals", "not_equals", "contains", "starts_with"]),
            "value": WORDS.filter(bool),
        }
    ),
    st.fixed_dictionaries(
        {
            "field": NUMBER_FIELDS,
            "op": st.sampled_from(["greater", "less_or_equal", "equals"]),
            "value": NUMBERS,
        }
    ),
    st.fixed_dictionaries(
        {
            "field": TEXT_FIELDS | NUMBER_FIELDS,
            "op": st.sampled_from(["is_set", "is_not_set"]),
        }
    ),
)
CONDITIONS: Final = st.recursive(
    ROWS,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=5,
)
OUTPUTS: Final = st.fixed_dictionaries(
    {},
    optional={
        "set": st.dictionaries(
            st.sampled_from(["context.tier", "attributes.mood"]),
            WORDS.filter(bool),
            min_size=1,
            max_size=2,
        ),
        "skills": st.lists(
            st.fixed_dictionaries({"skill": st.sampled_from(SKILLS), "rating": st.integers(1, 10)}),
            min_size=1,
            max_size=2,
            unique_by=lambda skill: skill["skill"],
        ),
        "capacity_profiles": st.lists(
            st.sampled_from(PROFILES), min_size=1, max_size=2, unique=True
        ),
        "priority": st.integers(0, 1000),
    },
).filter(bool)


def named(rules: "st.SearchStrategy[dict[str, Any]]") -> "st.SearchStrategy[list[dict[str, Any]]]":
    """A list of up to four rules, each with a name of its own."""
    return st.lists(rules, max_size=4).map(
        lambda drawn: [{"name": f"Rule {number}"} | rule for number, rule in enumerate(drawn)]
    )


SHARES: Final = st.lists(
    st.tuples(st.sampled_from(QUEUES), st.integers(1, 99)),
    min_size=1,
    max_size=3,
    unique_by=lambda share: share[0],
).map(lambda drawn: shares_of_a_hundred(drawn))

CLASSIFICATION: Final = st.lists(
    named(st.fixed_dictionaries({"when": CONDITIONS, "then": OUTPUTS})).filter(bool), max_size=3
).map(
    lambda drawn: [
        {"name": f"Set {number}", "kind": "logical", "rules": rules}
        for number, rules in enumerate(drawn)
    ]
)
ROUTES: Final = named(st.fixed_dictionaries({"when": CONDITIONS, "queues": SHARES}))

SETTINGS: Final = st.fixed_dictionaries(
    {
        "capacity_units": st.integers(0, 50),
        "skill_matching": st.sampled_from(["exact", "closest", "none"]),
        "keep_same_agent": st.booleans(),
        "may_be_picked": st.booleans(),
        "allowed_presences": st.lists(
            st.sampled_from(["available", "busy", "away"]), min_size=1, unique=True
        ),
    }
)
WORK: Final = st.fixed_dictionaries(
    {
        "title": WORDS,
        "customer": st.fixed_dictionaries({"name": WORDS}),
        "context": st.fixed_dictionaries({}, optional={"tier": WORDS, "amount": NUMBERS}),
        "attributes": st.fixed_dictionaries({}, optional={"mood": WORDS, "score": NUMBERS}),
    }
)


def shares_of_a_hundred(drawn: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Queues with percentages that add up."""
    left, shares = 100, []
    for number, (queue, percent) in enumerate(drawn, start=1):
        is_last = number == len(drawn)
        part = left if is_last else min(percent, left - (len(drawn) - number))
        shares.append({"queue": queue, "percent": part})
        left -= part
    return shares

"""What a decision says of many agents is kept by column, and read as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from routing.engine.explain import packed, unpacked

VALUES = st.none() | st.booleans() | st.integers(-2, 2) | st.floats(0, 2) | st.text(max_size=3)
NAMES = st.sampled_from(["room", "position", "declines"])
NESTED = VALUES | st.lists(VALUES, max_size=2) | st.dictionaries(NAMES, VALUES, max_size=2)
AGENTS = st.lists(
    st.fixed_dictionaries(
        {"agent": st.text(max_size=5), "eligible": st.booleans()},
        optional={"numbers": st.dictionaries(NAMES, NESTED, max_size=3), "rank": VALUES},
    ),
    max_size=6,
)


def as_json(value: object) -> str:
    return json.dumps(value, sort_keys=True)


@given(AGENTS)
def test_nothing_is_lost(agents):
    document = {"method": "highest_capacity", "agents_considered": agents}

    kept = json.loads(json.dumps(packed(document)))

    assert as_json(unpacked(kept)) == as_json(document)


def test_what_is_the_same_of_all_is_written_once():
    agents = [
        {"agent": name, "eligible": True, "numbers": {"room": 9, "position": place}}
        for place, name in enumerate(("amira", "ben"))
    ]

    assert packed({"agents_considered": agents})["agents_considered"] == {
        "count": 2,
        "all": {"eligible": True},
        "each": {"agent": ["amira", "ben"]},
        "all_numbers": {"room": 9},
        "each_number": {"position": [0, 1]},
    }


def test_agents_told_of_in_different_terms_stay_a_list():
    agents = [{"agent": "amira", "numbers": {"room": 1}}, {"agent": "ben", "numbers": {}}]

    assert packed({"agents_considered": agents}) == {"agents_considered": agents}


def test_a_document_without_agents_is_left_alone():
    assert packed({"stage": "queue"}) == unpacked({"stage": "queue"}) == {"stage": "queue"}

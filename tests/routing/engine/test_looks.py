"""What groups of a batch share is worked out once, and says what each would have been told."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import to_json

from routing.engine.assign import decide
from routing.engine.explain import GROUP_BYTES, Looks, considered, fit, packed
from routing.engine.staff import Staff
from tests.routing.engine.situations import NOW, a_configuration, an_agent, an_item, required
from tests.routing.engine.test_decide_properties import agents, configurations, items
from tests.routing.engine.test_ramp import configurations as configurations_with_rules


@settings(max_examples=60, deadline=None)
@given(
    configuration=configurations() | configurations_with_rules(),
    waiting=items(),
    all_agents=agents(),
    by_name=st.sampled_from([0, 2, 50]),
)
def test_a_batch_says_of_each_group_what_would_be_said_of_it_alone(
    configuration, waiting, all_agents, by_name
):
    staff = Staff(all_agents)
    decide(configuration, waiting, staff, now=NOW)

    with patch("routing.engine.explain.looks.ALL_BY_NAME", by_name):
        looks = Looks(configuration, now=NOW)
        for item in waiting:
            members = staff.members(item.queue_id)
            shared = looks.document(item, members, staff)

            alone = considered(configuration, item, members, now=NOW)
            assert fit(shared, GROUP_BYTES) == alone
            kept = looks.packed_of_many(item, members, staff)
            assert (kept is None) == (len(members) <= by_name)
            assert kept is None or as_json(kept) == as_json(packed(shared))


def as_json(document):
    """As it is written down, in its order, too."""
    return to_json(document, fallback=str)


def test_seats_are_as_they_were_before_the_batch():
    staff = Staff([an_agent(1, units_limit=3), an_agent(2)])
    before = {place.seat.id: place.seat for place in staff.places(1).values()}

    decide(a_configuration(), [an_item(1)], staff, now=NOW)

    after = {place.seat.id: place.seat for place in staff.places(1).values()}
    assert [seat.units_used for seat in after.values()] == [0, 0]
    assert after[2] is before[2]


def test_who_lacks_a_skill_is_counted_for_the_group_that_asks_for_it():
    agents = [an_agent(1, skills={"Latin": 3}), an_agent(2)]
    looks = Looks(a_configuration(), now=NOW)

    plain = looks.document(an_item(1), agents)
    skilled = looks.document(an_item(2, skills=required("Latin")), agents)

    assert (plain["counts"], skilled["counts"]) == (
        {"eligible": 2},
        {"eligible": 1, "has_every_skill": 1},
    )

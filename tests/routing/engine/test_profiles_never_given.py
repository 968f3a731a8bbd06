"""Of what a batch gives an agent only profiles that he was given count for his presence, as in the
rows; a preferred agent may get work of others."""

import pytest

from routing.engine.assign import decide
from routing.engine.facts import ProfileRoom
from tests.routing.engine.situations import NOW, a_configuration, an_agent, an_item
from tests.routing.engine.test_preferred import ADA, service


@pytest.mark.parametrize(
    ("profiles", "gets"),
    [({}, [1, 2]), ({"Day": ProfileRoom(limit=9)}, [1])],
    ids=["never given to him", "given to him"],
)
def test_work_that_holds_a_profile_alone_makes_an_agent_busy_where_it_was(
    profiles: dict[str, ProfileRoom], gets: list[int]
) -> None:
    agent = an_agent(1, username="ada", presence_follows=True, units_limit=5, profiles=profiles)
    of_the_profile = {"capacity_units": 0, "capacity_profiles": ("Day",), "preferred": (ADA,)}
    items = [an_item(1, waits=9, **of_the_profile), an_item(2)]

    decision = decide(a_configuration(service()), items, [agent], now=NOW)

    assert [each.item_id for each in decision.assignments] == gets

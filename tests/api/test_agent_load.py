"""What an agent holds, as the API says it."""

import pytest

from agents.api.agent_document import agent_documents, agent_rows
from routing.models import ProfileLoad
from tests.factories import make_agent, make_profile

pytestmark = pytest.mark.django_db
NEVER_GIVEN = [{"profile": "Chats", "limit": 0, "used": 2}]


def hold(agent, *, used=2, profile="Chats"):
    ProfileLoad.objects.create(agent=agent, profile=make_profile(profile), used=used)


def test_what_is_held_and_was_never_given_is_beyond_a_limit_of_0(as_agent, as_administrator, agent):
    hold(agent)
    hold(agent, used=0, profile="Given back")

    for by, path in ((as_administrator, "/agents/alice"), (as_agent, "/agents/me")):
        assert by.get(path).json()["load"]["profiles"] == NEVER_GIVEN


def test_what_was_given_comes_first(as_administrator):
    hold(make_agent("dora", profiles=[make_profile("Mails", limit=3)]))

    load = as_administrator.get("/agents/dora").json()["load"]

    assert load["profiles"] == [{"profile": "Mails", "limit": 3, "used": 0}, *NEVER_GIVEN]


def test_it_costs_the_same_however_many_agents(django_assert_num_queries):
    for name in ("Chats", "Mails", "Calls"):
        hold(make_agent(name.lower()), profile=name)

    with django_assert_num_queries(6):
        documents = agent_documents(list(agent_rows()))

    assert [len(each["load"]["profiles"]) for each in documents] == [1, 1, 1]

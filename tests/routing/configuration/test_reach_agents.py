"""What documents change reaches the agents who have it, as a page's change does."""

import pytest

from agents.actions.save_definition import save_definition
from agents.models import AgentPresence, CapacityProfile, Presence
from routing import configuration
from routing.models import WakeUp
from tests.factories import make_agent, make_profile, make_workstream
from tests.scenarios import in_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(queue, now):
    """Has one of two chats in hand, by a profile."""
    profile = make_profile("Chats", limit=2)
    holder = make_agent("holder", queues=[queue], profiles=[profile], units=None)
    workstream = make_workstream("Chat", queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    in_conversation(workstream, holder, now)
    return holder


@pytest.fixture
def luncher(now):
    """Is at lunch, which is away."""
    Presence.objects.create(name="lunch", text="At lunch", base="away")
    return make_agent("luncher", presence="lunch")


@pytest.fixture
def write(administrator, now):
    """Imports the document of the organisation with other values of one entry."""

    def write(section, name, **values):
        document = configuration.document()
        [entry] = [each for each in document[section] if each["name"] == name]
        entry |= values
        configuration.import_document(document, by=administrator, now=now)

    return write


@pytest.fixture
def roll_back(administrator, now):
    """Rolls back to the first version."""

    def roll_back():
        seen = configuration.draft()
        return configuration.roll_back(
            to=1, by=administrator, now=now, base=seen.base, state=seen.state
        )

    return roll_back


def base(agent):
    return AgentPresence.objects.get(agent=agent).base


def test_an_imported_base_reaches_who_has_the_presence(luncher, write):
    write("presences", "lunch", base="offline")

    assert base(luncher) == "offline"
    assert WakeUp.objects.filter(agent_id=luncher.pk).exists()


def test_a_base_that_is_rolled_back_reaches_who_has_the_presence(
    luncher, roll_back, administrator, now
):
    configuration.publish(by=None, now=now)
    lunch = Presence.objects.get(name="lunch")
    lunch.base = "offline"
    save_definition(row=lunch, by=administrator, now=now)

    roll_back()

    assert (base(luncher), Presence.objects.get(name="lunch").base) == ("away", "away")


def test_an_imported_limit_counts_for_who_has_the_profile(holder, write):
    before = base(holder)

    write("capacity_profiles", "Chats", limit=1)

    assert (before, base(holder)) == ("busy", "busy_dnd")


def test_a_limit_that_is_rolled_back_counts_for_who_has_the_profile(
    holder, roll_back, administrator, now
):
    configuration.publish(by=None, now=now)
    chats = CapacityProfile.objects.get()
    chats.work_item_limit = 1
    save_definition(row=chats, by=administrator, now=now)

    roll_back()

    assert (CapacityProfile.objects.get().work_item_limit, base(holder)) == (2, "busy")

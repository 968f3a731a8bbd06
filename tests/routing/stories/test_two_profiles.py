"""One work item that holds two capacity profiles at once, from arrival to close (A 13)."""

import pytest
from django.urls import reverse

from agents.models import AgentCapacityProfile
from agents.terms import CapacityFormat
from routing import configuration, service
from routing.models import AgentLoad, Assignment, ProfileLoad
from routing.queries.waiting import waiting_because
from tests.factories import make_agent, make_profile, make_workstream
from tests.scenarios import arrive
from workstreams.models import WorkItem
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def high(db):
    return make_profile("High priority", limit=1)


@pytest.fixture
def total(db):
    return make_profile("Total", limit=5)


@pytest.fixture
def workstream(queue, high, total):
    workstream = make_workstream(
        "Urgent", queue=queue, capacity_format=CapacityFormat.PROFILE, wrap_up_block="never"
    )
    workstream.capacity_profiles.set([high, total])
    return workstream


@pytest.fixture
def both(queue, high, total):
    return make_agent("ada", queues=[queue], profiles=[high, total])


@pytest.fixture
def half(queue, total):
    return make_agent("bea", queues=[queue], profiles=[total])


def used(agent):
    """By profile name, as the counters say and the receipts agree."""
    counted = {
        load.profile.name: load.used
        for load in ProfileLoad.objects.filter(agent=agent).select_related("profile")
    }
    held = Assignment.objects.filter(agent=agent, capacity_released_at__isnull=True)
    for load in ProfileLoad.objects.filter(agent=agent):
        assert load.used == sum(load.profile_id in each.profiles for each in held)
    return counted


def states():
    return list(WorkItem.objects.order_by("pk").values_list("state", "agent__user__username"))


def test_from_arrival_to_close_both_are_taken_and_given_back(
    workstream, both, half, high, total, now
):
    item = arrive(workstream, now)
    assert item.required_profiles == sorted([high.pk, total.pk])

    service.run_cycle(now=now)
    assert states() == [(ItemState.ACTIVE, "ada")]
    assert used(both) == {"High priority": 1, "Total": 1}

    service.accept(item_id=item.pk, by=both, now=now)
    assert used(both) == {"High priority": 1, "Total": 1}

    service.end(item_id=item.pk, by=both, now=now)
    service.close(item_id=item.pk, by=both, now=now)
    assert used(both) == {"High priority": 0, "Total": 0}
    assert AgentLoad.objects.get(agent=both).units_used == 0
    assert used(half) == {}


def test_a_second_one_waits_for_the_profile_that_is_full_and_its_explanation_names_it(
    workstream, both, now
):
    arrive(workstream, now)
    second = arrive(workstream, now)

    service.run_cycle(now=now)

    assert states() == [(ItemState.ACTIVE, "ada"), (ItemState.OPEN, None)]
    second.refresh_from_db()
    [because] = waiting_because(second)
    assert because["blocker"] == "has_room"
    assert because["sentence"] == ("1 of 1 member is full in the capacity profile High priority.")


def test_who_has_only_one_of_them_gets_none(workstream, half, now):
    item = arrive(workstream, now)

    service.run_cycle(now=now)

    assert states() == [(ItemState.OPEN, None)]
    item.refresh_from_db()
    [because] = waiting_because(item)
    assert because["sentence"] == "1 of 1 member lacks the capacity profile High priority."
    assert because["would_help"] == "Give an agent the capacity profile High priority."


def test_a_decline_gives_both_back_and_a_custom_limit_counts(workstream, both, high, now):
    AgentCapacityProfile.objects.filter(agent=both, profile=high).update(custom_limit=2)
    items = [arrive(workstream, now) for _ in range(3)]
    service.run_cycle(now=now)
    assert used(both) == {"High priority": 2, "Total": 2}

    service.decline(item_id=items[0].pk, by=both, now=now)

    assert used(both) == {"High priority": 1, "Total": 1}


def test_an_override_says_by_how_much_for_each_of_them(workstream, both, total, supervisor, now):
    AgentCapacityProfile.objects.filter(agent=both, profile=total).update(custom_limit=1)
    arrive(workstream, now)
    second = arrive(workstream, now)
    service.run_cycle(now=now)
    configuration.publish(by=None, now=now)

    service.assign(item_id=second.pk, agent=both, by=supervisor, override=True, now=now)

    assert used(both) == {"High priority": 2, "Total": 2}


def test_desk_and_floor_show_both(client, workstream, both, supervisor, now):
    arrive(workstream, now)
    service.run_cycle(now=now)
    client.force_login(supervisor)

    text = client.get(reverse("routing:floor")).content.decode()

    for name, load in (("High priority", "1 / 1"), ("Total", "1 / 5")):
        assert name in text
        assert load in text
    client.force_login(both.user)
    own = client.get(reverse("agents:presence-control")).content.decode()
    assert "High priority" in own
    assert "Total" in own

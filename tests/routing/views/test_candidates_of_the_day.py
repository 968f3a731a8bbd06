"""What giving work to an agent would do to his limits: of a day, and by what is published now."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agents.models import AgentCapacityProfile, CapacityProfile
from config.clock import database_now
from routing import configuration, service
from routing.models import Assignment
from tests.factories import make_workstream
from tests.scenarios import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(queue, agent):
    """It fills the agent's limit of a day that goes on, and waits again."""
    profile = CapacityProfile.objects.create(
        name="A day's texts", work_item_limit=1, reset_frequency="end_of_day"
    )
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    workstream = make_workstream(queue=queue, capacity_format="profile", mode="pick")
    workstream.capacity_profiles.add(profile)
    now = database_now()
    item = arrive(workstream, now)
    service.pick(item_id=item.pk, by=agent, now=now)
    service.release(item_id=item.pk, by=agent, now=now)
    Assignment.objects.update(day_ends_at=now + timedelta(days=1))
    return item


@pytest.mark.parametrize("verb", ["assign", "transfer"])
def test_no_limit_is_said_to_be_passed_by_work_that_counts_already(
    client, supervisor, item, agent, verb
):
    client.force_login(supervisor)

    page = client.get(reverse(f"routing:work-item-{verb}", args=[item.pk])).content.decode()

    assert "alice" in page
    assert "1 of 1 before" not in page


@pytest.mark.parametrize("verb", ["assign", "transfer"])
def test_limits_are_told_by_what_the_work_needs_since_its_workstream_was_changed(
    client, supervisor, workstream, agent, now, verb
):
    waiting = arrive(workstream, now)
    workstream.capacity_units = (agent.capacity_units or 0) + 1
    workstream.save()
    configuration.publish(by=None, now=now)
    client.force_login(supervisor)

    page = client.get(reverse(f"routing:work-item-{verb}", args=[waiting.pk])).content.decode()

    waiting.refresh_from_db()
    assert "1 over" in page
    assert waiting.required_units == 1

"""Publications for later."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from agents.actions.delete_definition import delete_definition
from routing import configuration
from routing.exceptions import AlreadyScheduled, NothingScheduled, NotInTheFuture, StillPublished
from routing.models import ConfigurationVersion, ScheduledPublication
from routing.queries.uses import uses
from routing.sweeps import publish_scheduled
from tests.factories import make_profile, make_queue, make_skill
from workstreams.actions.delete_queue import delete_queue
from workstreams.models import Workstream

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def sweep(now):
    """The router's duty at a moment after ``now``."""
    return lambda after=HOUR: publish_scheduled.sweep(now=now + after, limit=10)


def routes():
    [workstream] = configuration.document()["workstreams"]
    return [rule["name"] for rule in workstream["route_to_queue"]]


def test_it_acts_when_its_moment_comes_and_once(save_routes, schedule, sweep):
    save_routes(Gold="Support")
    publication = schedule(note="For the night.")

    assert (sweep(HOUR / 2), routes()) == (0, [])
    assert (sweep(), sweep()) == (1, 0)

    assert routes() == ["Gold"]
    version = ConfigurationVersion.objects.get(schedule=publication)
    assert (version.number, version.by, version.note) == (3, "ada", "For the night.")
    assert not configuration.draft().entries


def test_it_acts_late_after_nobody_ran(save_routes, schedule, sweep):
    save_routes(Gold="Support")
    schedule()

    assert sweep(timedelta(days=3)) == 1
    assert routes() == ["Gold"]


def test_edits_after_it_are_not_part_of_it(save_routes, schedule, sweep):
    save_routes(Gold="Support")
    schedule()
    save_routes(Silver="Support")
    sweep()

    assert routes() == ["Gold"]
    assert [entry.name for entry in configuration.draft().entries] == ["Chat"]


def test_cancelled_it_never_acts(save_routes, schedule, sweep, administrator, now):
    save_routes(Gold="Support")
    publication = schedule()
    configuration.cancel_publication(publication_id=publication.pk, by=administrator, now=now)

    assert (sweep(), routes()) == (0, [])
    with pytest.raises(NothingScheduled):
        configuration.cancel_publication(publication_id=publication.pk, by=administrator, now=now)


def test_one_waits_at_a_time(save_routes, schedule, publish):
    save_routes(Gold="Support")
    schedule()

    with pytest.raises(AlreadyScheduled):
        schedule()
    with pytest.raises(AlreadyScheduled):
        publish()


def test_the_past_is_refused(save_routes, schedule):
    save_routes(Gold="Support")

    with pytest.raises(NotInTheFuture):
        schedule(after=timedelta(0))


def test_what_it_names_is_not_deleted(save_routes, schedule, administrator, now):
    vip = make_queue("VIP")
    save_routes(Gold="VIP")
    schedule()
    save_routes()
    configuration.publish(by=administrator, now=now)

    with pytest.raises(StillPublished):
        delete_queue(queue=vip, by=administrator, now=now)


def test_what_only_it_has_is_not_deleted_either(
    reviewed, save_routes, schedule, administrator, now
):
    profile = make_profile("Chats")
    Workstream.objects.update(capacity_format="profile")
    reviewed.capacity_profiles.add(profile)
    save_routes(Gold="Support")
    schedule()
    reviewed.capacity_profiles.clear()
    Workstream.objects.update(capacity_format="units")

    with pytest.raises(StillPublished, match=r"Chats is still named .* workstream Chat"):
        delete_definition(row=profile, by=administrator, now=now, uses=uses)


def test_what_it_would_publish_and_is_deleted_makes_it_fail(
    save_routes, schedule, sweep, administrator, now
):
    skill = make_skill("Spanish")
    save_routes(Gold="Support")
    publication = schedule()
    delete_definition(row=skill, by=administrator, now=now, uses=uses)

    assert (sweep(), routes()) == (0, [])
    publication.refresh_from_db()
    assert (publication.state, "Spanish was deleted meanwhile" in publication.reason) == (
        "failed",
        True,
    )


def test_what_it_would_publish_outlives_the_draft(save_routes, schedule, sweep, discard):
    make_queue("VIP")
    save_routes(Gold="VIP")
    schedule()

    [note] = discard()

    assert "“VIP” was created since and stays" in note
    assert (sweep(), routes()) == (1, ["Gold"])


def test_what_was_deleted_before_does_not_hold_up_discarding(
    save_routes, schedule, discard, administrator, now
):
    skill = make_skill("Spanish")
    save_routes(Gold="Support")
    schedule()
    delete_definition(row=skill, by=administrator, now=now, uses=uses)

    assert discard() == []
    assert not configuration.draft().entries


def test_overtaken_it_says_so_and_does_nothing(save_routes, schedule, sweep, administrator, now):
    save_routes(Gold="Support")
    publication = schedule()
    save_routes(Silver="Support")
    configuration.publish(by=administrator, now=now)

    assert (sweep(), routes()) == (0, ["Silver"])
    publication.refresh_from_db()
    assert (publication.state, "Chat was published" in publication.reason) == ("failed", True)


def test_the_database_refuses_a_second_version_of_one_schedule(save_routes, schedule, sweep, now):
    save_routes(Gold="Support")
    publication = schedule()
    sweep()

    with pytest.raises(IntegrityError), transaction.atomic():
        ConfigurationVersion.objects.create(number=9, at=now, schedule=publication)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfigurationVersion.objects.create(number=3, at=now)


def test_the_database_keeps_what_was_decided(save_routes, schedule, sweep):
    save_routes(Gold="Support")
    publication = schedule()
    sweep()

    with pytest.raises(ProgrammingError), transaction.atomic():
        ScheduledPublication.objects.filter(pk=publication.pk).update(state="waiting")


def test_the_database_lets_one_wait(save_routes, schedule, now):
    save_routes(Gold="Support")
    schedule()

    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduledPublication.objects.create(at=now, due_at=now + HOUR, base=1)

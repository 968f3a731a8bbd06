"""Two people publish, roll back or edit at the same moment, each on a connection of his own."""

from datetime import timedelta
from typing import Any

import pytest

from agents.models import User
from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.exceptions import AlreadyScheduled, DraftChanged, NothingScheduled, UnpublishedChanges
from routing.models import ConfigurationVersion, DraftChange, ScheduledPublication
from routing.sweeps import publish_scheduled
from routing.terms import RulesetKind
from tests.factories import make_queue, make_user, make_workstream
from tests.races.together import Elsewhere, queued_behind, together
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import ServiceConfiguration, Workstream

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def ada(transactional_db):
    """Configures."""
    return make_user("ada", "administrator")


@pytest.fixture
def grace(transactional_db):
    """Configures too."""
    return make_user("grace", "administrator")


@pytest.fixture
def chat(ada, now):
    """Published; review is on."""
    workstream = make_workstream("Chat", queue=make_queue("Support"))
    configuration.publish(by=ada, now=now)
    save_service_configuration(by=ada, now=now, reviews_before_publishing=True)
    return workstream


def save(workstream, name, by, now):
    save_rulesets(
        workstream=workstream,
        kind=RulesetKind.ROUTE_TO_QUEUE,
        rulesets=[{"name": name, "when": {}, "queues": [{"queue": "Support", "percent": 100}]}],
        by=by,
        now=now,
    )


def publish(seen, by, now):
    return configuration.publish_draft(by=by, now=now, base=seen.base, state=seen.state)


def test_of_two_who_publish_the_same_draft_one_is_told(chat, ada, grace, now):
    save(chat, "Gold", ada, now)
    seen = configuration.draft()

    done = together(lambda: publish(seen, ada, now), lambda: publish(seen, grace, now))

    assert sum(isinstance(one, DraftChanged) for one in done) == 1
    assert ConfigurationVersion.objects.count() == 3


def test_an_edit_in_the_middle_of_publishing_is_never_published_unseen(chat, ada, grace, now):
    """Whoever is first: the edit is refused to be published, or stays a draft of its own."""
    save(chat, "Gold", ada, now)
    seen = configuration.draft()

    done = together(lambda: publish(seen, ada, now), lambda: save(chat, "Silver", grace, now))

    is_refused = isinstance(done[0], DraftChanged)
    [rule] = configuration.document()["workstreams"][0]["route_to_queue"] or [{"name": None}]
    assert rule["name"] == (None if is_refused else "Gold")
    assert DraftChange.objects.get().by == "grace"


def test_a_roll_back_does_not_overwrite_an_edit_that_it_did_not_see(chat, ada, grace, now):
    save(chat, "Gold", ada, now)
    publish(configuration.draft(), ada, now)
    seen = configuration.draft()

    def roll_back():
        return configuration.roll_back(to=2, by=ada, now=now, base=seen.base, state=seen.state)

    done = together(roll_back, lambda: save(chat, "Silver", grace, now))

    rules = [rule.name for ruleset in chat.rulesets.all() for rule in ruleset.rules.all()]
    assert rules == ["Silver"]
    if isinstance(done[0], DraftChanged):
        assert ConfigurationVersion.objects.count() == 3


def test_a_roll_back_that_waits_behind_a_schedule_is_refused(chat, ada, grace, now, later):
    save(chat, "Gold", ada, now)
    publish(configuration.draft(), ada, now)
    save(chat, "Silver", ada, now)
    seen = configuration.draft()
    looked_at: dict[str, Any] = {"base": seen.base, "state": seen.state}

    [refusal] = queued_behind(
        Workstream.objects.filter(pk=chat.pk),
        lambda: configuration.roll_back(to=2, by=ada, now=now, **looked_at),
        then=lambda: configuration.schedule_publication(
            by=grace, now=now, due_at=later, **looked_at
        ),
    )

    assert isinstance(refusal, AlreadyScheduled)
    assert ConfigurationVersion.objects.count() == 3


@pytest.fixture
def later(now):
    """When what is scheduled acts."""
    return now + timedelta(hours=1)


@pytest.fixture
def publication(chat, ada, now, later):
    """A reviewed draft that waits for its moment."""
    save(chat, "Gold", ada, now)
    seen = configuration.draft()
    return configuration.schedule_publication(
        by=ada, now=now, due_at=later, base=seen.base, state=seen.state
    )


def waits(publication):
    return ScheduledPublication.objects.filter(pk=publication.pk)


def versions_of(publication):
    return ConfigurationVersion.objects.filter(schedule=publication).count()


def test_two_routers_publish_a_schedule_once(publication, later):
    done = queued_behind(
        waits(publication),
        lambda: publish_scheduled.sweep(now=later, limit=10),
        lambda: publish_scheduled.sweep(now=later, limit=10),
    )

    assert sorted(done) == [0, 1]
    assert versions_of(publication) == 1


def test_the_second_of_two_routers_finds_nothing_that_waits(publication, later):
    def activate():
        return configuration.activate_publication(publication_id=publication.pk, now=later)

    [none] = queued_behind(waits(publication), activate, then=activate)

    assert none is None
    assert versions_of(publication) == 1


def test_who_cancels_behind_the_publication_is_told_that_nothing_waits(publication, ada, later):
    [refusal] = queued_behind(
        waits(publication),
        lambda: cancel(publication, ada, later),
        then=lambda: publish_scheduled.sweep(now=later, limit=10),
    )

    publication.refresh_from_db()
    assert isinstance(refusal, NothingScheduled)
    assert (publication.state, versions_of(publication)) == ("published", 1)


def test_what_is_cancelled_meanwhile_is_not_published(publication, ada, later):
    [none] = queued_behind(
        waits(publication),
        lambda: configuration.activate_publication(publication_id=publication.pk, now=later),
        then=lambda: cancel(publication, ada, later),
    )

    assert none is None
    assert versions_of(publication) == 0


def test_the_schedule_follows_on_what_is_still_being_published(publication, grace, later):
    """Switches of the service are published at once."""
    switch = Elsewhere(
        lambda: save_service_configuration(by=grace, now=later, agents_change_skills=True)
    )
    newest = ConfigurationVersion.objects.latest("number").number

    [version] = queued_behind(
        User.objects.filter(pk=grace.pk),
        lambda: configuration.activate_publication(publication_id=publication.pk, now=later),
        then=switch.commit,
    )

    assert (version.schedule, version.number) == (publication, newest + 2)


def cancel(publication, by, now):
    return configuration.cancel_publication(publication_id=publication.pk, by=by, now=now)


def test_who_cancels_at_the_last_moment_is_told_what_became_of_it(publication, ada, later):
    swept, cancelled = together(
        lambda: publish_scheduled.sweep(now=later, limit=10),
        lambda: cancel(publication, ada, later),
    )

    publication.refresh_from_db()
    is_published = versions_of(publication) == 1
    assert is_published == (publication.state == "published") == (swept == 1)
    assert isinstance(cancelled, NothingScheduled) == is_published


def test_an_edit_and_the_end_of_review_leave_no_forgotten_draft(chat, ada, grace, now):
    def switch_off():
        return save_service_configuration(by=ada, now=now, reviews_before_publishing=False)

    done = together(switch_off, lambda: save(chat, "Gold", grace, now))

    is_on = ServiceConfiguration.objects.get().reviews_before_publishing
    assert is_on == isinstance(done[0], UnpublishedChanges) == DraftChange.objects.exists()

"""Publishing rows."""

import pytest
from django.db import transaction

from config.models import Event
from routing import configuration
from routing.exceptions import InvalidRules
from routing.models import (
    ConfigurationChange,
    ConfigurationPiece,
    Rule,
    Ruleset,
    WakeUp,
)
from routing.terms import RulesetKind
from tests.factories import make_queue, make_workstream
from workstreams.models import Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(workstream, now):
    """The first version, which holds ``workstream``."""
    return configuration.publish(by=None, now=now)


def changed_by(version):
    return set(ConfigurationChange.objects.filter(version=version).values_list("kind", "name"))


def test_the_first_version_holds_every_row(published, workstream):
    changes = changed_by(published)

    assert published.number == 1
    assert {("workstream", "Chat"), ("queue", "Support"), ("presence", "inactive")} <= changes


def test_an_edit_publishes_only_the_edited_object(published, workstream, administrator, now):
    workstream.keep_same_agent = True
    workstream.save()

    version = configuration.publish(by=administrator, now=now, note="Keep agents.")

    assert version is not None
    assert (version.number, version.by, version.note) == (2, "ada", "Keep agents.")
    assert changed_by(version) == {("workstream", "Chat")}


def test_nothing_changed_makes_no_version(published, now):
    before = Event.objects.count()

    assert configuration.publish(by=None, now=now) is None
    assert Event.objects.count() == before


def test_a_version_tells_the_feed_and_wakes_the_router(published):
    event = Event.objects.get(kind="configuration-published")

    assert event.data["number"] == 1
    assert WakeUp.objects.filter(kind="configuration").count() == 1


def test_a_deleted_object_is_recorded_without_a_piece(published, now):
    doomed = make_queue("Doomed")
    configuration.publish(by=None, now=now)
    doomed.delete()

    version = configuration.publish(by=None, now=now)

    change = ConfigurationChange.objects.get(version=version)
    assert (change.name, change.piece) == ("Doomed", None)


def test_going_back_to_earlier_content_stores_no_second_piece(published, workstream, now):
    pieces = ConfigurationPiece.objects.count()
    for keeps in (True, False):
        workstream.keep_same_agent = keeps
        workstream.save()
        configuration.publish(by=None, now=now)

    assert ConfigurationPiece.objects.count() == pieces + 1


def test_a_renamed_queue_changes_all_that_name_it(published, queue, now):
    queue.name = "Care"
    queue.save()

    version = configuration.publish(by=None, now=now, only=("queue", [queue.pk]))

    assert changed_by(version) == {("queue", "Care"), ("workstream", "Chat")}


def test_only_the_named_rows_are_compared(published, queue, workstream, now):
    make_queue("Elsewhere")
    queue.priority = 7
    queue.save()

    version = configuration.publish(by=None, now=now, only=("queue", [queue.pk]))

    assert changed_by(version) == {("queue", "Support")}


def test_a_template_with_another_countdown_changes_its_workstreams(published, workstream, now):
    template = workstream.notification_template
    template.countdown_seconds = 45
    template.save()

    version = configuration.publish(by=None, now=now, only=("notification_template", [template.pk]))

    assert ("workstream", "Chat") in changed_by(version)
    assert configuration.current().compiled.workstreams[workstream.pk].offer_seconds == 45


def test_rules_that_routing_cannot_read_are_refused(published, workstream, now):
    ruleset = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Triage"
    )
    Rule.objects.create(
        ruleset=ruleset, name="Odd", when={"field": "title", "op": "resembles", "value": "x"}
    )

    with pytest.raises(InvalidRules) as refused:
        configuration.publish(by=None, now=now)

    [finding] = vars(refused.value)["findings"]
    assert finding["path"] == "workstream.Chat.classification.0.rules.0.when.op"
    assert configuration.current().number == 1


def test_a_version_that_was_rolled_back_is_forgotten(published, workstream, now):
    workstream.keep_same_agent = True
    with transaction.atomic():
        workstream.save()
        configuration.publish(by=None, now=now)
        assert configuration.current().compiled.workstreams[workstream.pk].keep_same_agent
        transaction.set_rollback(True)

    other = make_queue("Other")
    configuration.publish(by=None, now=now)

    assert configuration.current().number == 2
    assert other.pk in configuration.current().compiled.queues
    assert not configuration.current().compiled.workstreams[workstream.pk].keep_same_agent


@pytest.mark.parametrize("count", [1, 20])
def test_publishing_costs_the_same_number_of_queries(
    published, count, now, django_assert_num_queries
):
    for _ in range(count):
        make_workstream()
    configuration.publish(by=None, now=now)
    Workstream.objects.update(keep_same_agent=True)

    with django_assert_num_queries(22):
        configuration.publish(by=None, now=now)


def test_an_edited_rule_is_seen_although_its_workstream_is_untouched(published, workstream, now):
    ruleset = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Triage"
    )
    rule = Rule.objects.create(ruleset=ruleset, name="Gold")
    configuration.publish(by=None, now=now)
    rule.name = "Silver"
    rule.save()
    configuration.publish(by=None, now=now)
    rule.name = "Bronze"
    rule.save()

    configuration.publish(by=None, now=now)

    [triage] = configuration.current().compiled.workstreams[workstream.pk].classification
    assert [rule.name for rule in triage.rules] == ["Bronze"]

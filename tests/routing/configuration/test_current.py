"""The version in force, and earlier ones."""

import json

import pytest

from routing import configuration
from routing.configuration import load
from routing.exceptions import InvalidRules
from routing.models import Alarm, ConfigurationVersion, Rule, Ruleset
from tests.factories import make_profile, make_skill, make_workstream
from workstreams.actions.take_in import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_process():
    """Nothing loaded yet."""
    load._kept.clear()


def test_an_organisation_without_versions_gets_its_first(workstream):
    assert configuration.current().number == 1
    assert configuration.current().compiled.workstreams[workstream.pk].fallback_queue == "Support"


@pytest.mark.parametrize(
    "broken",
    [
        {"when": {"field": "title", "op": "of tomorrow"}},
        {"when": "always"},
        {"then": {"set": {"planet": 1}}},
        {"then": ["priority"]},
    ],
)
def test_broken_rows_stop_nobody_before_there_is_a_version(workstream, now, broken):
    other = make_workstream("Other")
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="One")
    rule = Rule.objects.create(ruleset=ruleset, name="Broken", **broken)

    item = take_in(workstream=workstream, now=now)
    of_other = take_in(workstream=other, now=now)

    item.refresh_from_db()
    assert configuration.current().number == 1
    assert item.queue == workstream.fallback_queue
    assert of_other.queue == other.fallback_queue
    assert [each.workstream_id for each in Alarm.objects.all()] == [workstream.pk]
    Rule.objects.filter(pk=rule.pk).update(name="Changed")
    with pytest.raises(InvalidRules):
        configuration.publish(by=None, now=now)


def test_mended_rows_are_read_again(workstream, now):
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="One")
    rule = Rule.objects.create(ruleset=ruleset, name="Broken", when={"field": "x", "op": "y"})
    take_in(workstream=workstream, now=now)
    rule.when, rule.then = {}, {"priority": 7}
    rule.save()
    configuration.publish(by=None, now=now)

    item = take_in(workstream=workstream, now=now)

    item.refresh_from_db()
    assert item.priority == 7
    assert Alarm.objects.count() == 1


def test_a_known_version_costs_one_query(workstream, django_assert_num_queries):
    configuration.current()

    with django_assert_num_queries(1):
        configuration.current()


def test_a_new_version_is_read_without_reading_the_rest(workstream, now, django_assert_num_queries):
    first = configuration.current()
    workstream.keep_same_agent = True
    workstream.save()
    configuration.publish(by=None, now=now)

    with django_assert_num_queries(3):
        second = configuration.current()

    assert second.compiled.workstreams[workstream.pk].keep_same_agent
    assert (
        second.compiled.queues[workstream.fallback_queue_id]
        is (first.compiled.queues[workstream.fallback_queue_id])
    )


def test_a_fresh_process_loads_everything_in_two_queries(
    workstream, now, django_assert_num_queries
):
    for keeps in (False, True):
        workstream.keep_same_agent = keeps
        workstream.save()
        configuration.publish(by=None, now=now)
    load._kept.clear()

    with django_assert_num_queries(2):
        version = configuration.current()

    assert version.compiled.workstreams[workstream.pk].keep_same_agent


def test_names_of_rows_are_known(workstream):
    skill, profile = make_skill("Spanish"), make_profile("Chats")

    version = configuration.current()

    assert version.skill_names[skill.pk] == "Spanish"
    assert version.compiled.skills["Spanish"].id == skill.pk
    assert version.profile_names[profile.pk] == "Chats"


def test_an_earlier_version_stays_as_it_was(workstream, now):
    configuration.publish(by=None, now=now)
    workstream.name = "Talk"
    workstream.save()
    configuration.publish(by=None, now=now)

    assert configuration.at(1).compiled.workstreams[workstream.pk].name == "Chat"
    assert configuration.at(2).compiled.workstreams[workstream.pk].name == "Talk"


def test_an_unknown_version_is_named(workstream):
    with pytest.raises(ConfigurationVersion.DoesNotExist, match="version 7"):
        configuration.at(7)


def test_a_broken_workstream_goes_on_without_its_rules(workstream, caplog):
    rule = {"name": "r", "when": {"field": "title", "op": "of tomorrow"}}
    document = {
        "name": "Chat",
        "type": "messaging",
        "classification": [{"name": "c", "rules": [rule]}],
    }

    broken = load._compile(("workstream", workstream.pk), json.dumps(document))

    assert (broken.name, broken.classification) == ("Chat", ())
    assert broken.has_unreadable_rules
    assert "configuration piece broken" in caplog.text

"""Differences in plain words."""

import pytest

from routing import configuration
from routing.models import Rule, RuleQueue
from tests.factories import make_queue
from workstreams.models import IdentificationRule

pytestmark = pytest.mark.django_db


def sentences(a, b):
    return [difference.sentence for difference in configuration.diff(a, b)]


def test_a_changed_field_is_named_with_both_values(organisation, now):
    organisation.keep_same_agent = True
    organisation.save()
    configuration.publish(by=None, now=now)

    assert sentences(1, 2) == ["Workstream “Chat”: keep same agent changed from no to yes."]


def test_a_changed_condition_is_said_in_words(organisation, now):
    Rule.objects.filter(name="Gold").update(
        when={"field": "context.tier", "op": "equals", "value": "silver"}
    )
    configuration.publish(by=None, now=now)

    [difference] = configuration.diff(1, 2)

    assert difference.field == "ruleset “Triage”, rule “Gold”"
    assert difference.before.startswith("if context tier equals gold: set context.vip to yes")
    assert difference.after.startswith("if context tier equals silver")


def test_changed_shares_are_said_in_per_cent(organisation, now):
    RuleQueue.objects.filter(queue__name="VIP").update(percent=30)
    RuleQueue.objects.filter(queue__name="Support").update(percent=70)
    configuration.publish(by=None, now=now)

    [difference] = configuration.diff(1, 2)

    assert difference.before == "always: to VIP 60 %, Support 40 %"
    assert difference.after == "always: to VIP 30 %, Support 70 %"


def test_what_came_and_went_is_said_once(organisation, now):
    make_queue("New")
    Rule.objects.filter(workstream__name="Cases").delete()
    configuration.publish(by=None, now=now)

    assert sentences(1, 2) == ["Queue “New” was added.", "Intake rules “intake” was removed."]


def test_a_new_name_is_a_change_of_the_same_object(organisation, now):
    organisation.name = "Talk"
    organisation.save()
    configuration.publish(by=None, now=now)

    assert sentences(1, 2) == ["Workstream “Talk”: name changed from Chat to Talk."]


def test_backwards_says_what_would_undo_it(organisation, now):
    organisation.keep_same_agent = True
    organisation.save()
    make_queue("New")
    configuration.publish(by=None, now=now)

    assert sentences(2, 1) == [
        "Queue “New” was removed.",
        "Workstream “Chat”: keep same agent changed from yes to no.",
    ]


def test_the_first_version_added_everything(organisation):
    assert "Workstream “Chat” was added." in sentences(0, 1)


def test_what_was_undone_in_between_is_no_difference(organisation, now):
    for keeps in (True, False):
        organisation.keep_same_agent = keeps
        organisation.save()
        configuration.publish(by=None, now=now)

    assert configuration.diff(1, 3) == []


def test_comparing_neighbours_costs_two_queries(organisation, now, django_assert_num_queries):
    make_queue("New")
    configuration.publish(by=None, now=now)

    with django_assert_num_queries(2):
        configuration.diff(1, 2)


def test_a_rule_that_recognises_customers_is_told_in_words(organisation, now):
    IdentificationRule.objects.filter(name="Contact by answers").update(is_enabled=False)
    configuration.publish(by=None, now=now)

    [difference] = configuration.diff(1, 2)

    assert difference.kind_words == "Customer identification"
    assert difference.after.endswith("switched off")

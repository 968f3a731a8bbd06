"""A version whose rules would match nothing, or cannot be read, is not brought back."""

import pytest

from agents.models import Agent, OperatingHours
from routing import configuration
from routing.exceptions import InvalidRules, NamesLost
from routing.models import ConfigurationVersion, Rule
from tests.factories import make_agent, make_chat_widget, make_item, make_method, make_skill
from workstreams.models import Queue

pytestmark = pytest.mark.django_db

UNREADABLE = {"field": "priority", "op": "greater", "value": "much"}


@pytest.fixture
def sorts(reviewed, now):
    """Saves the one rule of a classification ruleset, or none without a condition."""

    def sorts(when=None):
        reviewed.rulesets.all().delete()
        if when:
            ruleset = reviewed.rulesets.create(kind="classification", name="Sort")
            ruleset.rules.create(name="Of the shop", when=when, then={"priority": 1})
        configuration.edited(by=None, now=now)

    return sorts


@pytest.fixture
def shop(reviewed, sorts, publish, now):
    """Version 3 asks for a way in that is called otherwise since; another one has its name."""
    shop = make_chat_widget(reviewed, name="Web shop")
    sorts({"field": "engagement.instance", "op": "in", "value": ["web shop"]})
    publish()
    sorts()
    type(shop).objects.update(name="Store")
    other = make_chat_widget(reviewed, name="Web shop")
    configuration.edited(by=None, now=now)
    publish()
    return other


@pytest.mark.parametrize("check", [True, False])
def test_rules_do_not_come_back_for_a_way_in_that_lost_its_name(
    reviewed, shop, roll_back, check
) -> None:
    make_item(reviewed, channel_instance=shop)

    with pytest.raises(NamesLost, match="match nothing: Of the shop \\(“Web shop”\\)"):
        roll_back(3, check=check)

    assert not Rule.objects.exists()


def test_rules_come_back_with_the_name_that_they_compare_with(shop, roll_back) -> None:
    assert roll_back(3).notes == []
    assert Rule.objects.get().when["value"] == ["web shop"]


def test_rules_do_not_come_back_for_a_skill_that_lost_its_name(
    reviewed, sorts, publish, roll_back, now
) -> None:
    german = make_skill("German")
    sorts({"field": "skills", "op": "contains", "value": "German"})
    publish()
    sorts()
    type(german).objects.update(name="Deutsch")
    make_item(reviewed, required_skills=[[make_skill("German").pk, None]])
    configuration.edited(by=None, now=now)
    publish()

    with pytest.raises(NamesLost, match="“German”"):
        roll_back(3)


def test_a_method_does_not_come_back_for_hours_that_lost_their_name(
    reviewed, publish, roll_back, now
) -> None:
    hours = OperatingHours.objects.create(name="Office")
    when = {"field": "agent.hours", "op": "equals", "value": "office"}
    method = make_method("Ours", rulesets=[{"name": "A", "rules": [{"name": "B", "when": when}]}])
    configuration.edited(by=None, now=now)
    publish()
    method.delete()
    OperatingHours.objects.filter(pk=hours.pk).update(name="Bureau")
    other = OperatingHours.objects.create(name="Office")
    Agent.objects.filter(pk=make_agent("bea").pk).update(operating_hours=other)
    configuration.edited(by=None, now=now)
    publish()

    with pytest.raises(NamesLost, match="Ours \\(“Office”\\)"):
        roll_back(3)


def test_what_the_engine_cannot_read_is_not_brought_back(reviewed, sorts, roll_back, now) -> None:
    sorts({"field": "title", "op": "equals", "value": "a"})
    Rule.objects.update(when=UNREADABLE)
    configuration.publish(by=None, now=now, takes_all=True)
    sorts()
    configuration.publish(by=None, now=now)
    ruleset = reviewed.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="Loud", when=UNREADABLE)
    Queue.objects.update(priority=3)
    newest = ConfigurationVersion.objects.count()

    with pytest.raises(InvalidRules):
        roll_back(newest - 1)

    assert ConfigurationVersion.objects.count() == newest


def test_rules_come_back_with_a_name_that_goes_back_to_whose_it_was(
    reviewed, sorts, publish, roll_back, now
) -> None:
    first = make_chat_widget(reviewed, name="Web shop")
    second = make_chat_widget(reviewed, name="Store")
    sorts({"field": "engagement.instance", "op": "in", "value": ["web shop"]})
    publish()
    sorts()
    for row, name in ((first, "Old shop"), (second, "Web shop")):
        type(row).objects.filter(pk=row.pk).update(name=name)
    configuration.edited(by=None, now=now)
    publish()

    roll_back(3)

    assert Rule.objects.get().when["value"] == ["web shop"]
    first.refresh_from_db()
    assert first.name == "Web shop"

"""Old names that something created since has taken: they are free once that is gone."""

import pytest

from agents.models import Skill
from routing import configuration
from routing.models import DraftChange
from tests.factories import make_chat_widget, make_item, make_queue, make_skill
from workstreams.models import Queue

pytestmark = pytest.mark.django_db

OF_THE_SHOP = {"field": "engagement.instance", "op": "equals", "value": "Web shop"}


def rename(row, name):
    type(row).objects.filter(pk=row.pk).update(name=name)


@pytest.fixture
def vip(save_routes, publish):
    """A queue that is published beside the first one."""
    vip = make_queue("VIP")
    save_routes(Gold="VIP")
    publish()
    return vip


def test_a_name_that_was_taken_is_given_back_by_one_discard(save_routes, discard, queue) -> None:
    rename(queue, "Care")
    make_queue("Support")
    save_routes(Gold="Care")

    assert discard() == []
    assert Queue.objects.get(name="Support") == queue
    assert not DraftChange.objects.exists()


def test_names_that_went_round_are_given_back_by_one_discard(
    vip, save_routes, discard, queue
) -> None:
    rename(queue, "Care")
    rename(vip, "Support")
    make_queue("VIP")
    save_routes(Silver="Care")

    assert discard() == []
    assert (Queue.objects.get(name="Support"), Queue.objects.get(name="VIP")) == (queue, vip)
    assert not configuration.draft().entries


def test_a_name_that_only_new_rules_said_is_given_back_by_one_discard(
    reviewed, publish, discard, now
) -> None:
    make_skill("German")
    configuration.edited(by=None, now=now)
    publish()
    Skill.objects.update(name="Deutsch")
    again = make_skill("German")
    ruleset = reviewed.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="A", then={"skills": [{"skill": "German"}]})
    configuration.edited(by=None, now=now)

    assert discard() == []
    assert (Skill.objects.get().name, again.pk) != ("German", Skill.objects.get().pk)
    assert not configuration.draft().entries


def test_while_the_new_one_stays_both_keep_their_names(
    reviewed, save_routes, discard, queue
) -> None:
    rename(queue, "Care")
    new = make_queue("Support")
    save_routes(Gold="Care")
    make_item(reviewed, queue=new)

    notes = discard()

    assert [note.split(":")[0] for note in notes] == [
        "Queue “Care” cannot be called “Support” again",
        "Queue “Support” was created since and stays",
    ]
    assert {entry.name for entry in configuration.draft().entries} >= {"Care", "Support"}


def test_rolling_back_gives_taken_names_back_at_once(
    vip, save_routes, publish, roll_back, queue
) -> None:
    rename(vip, "Care")
    make_queue("VIP")
    save_routes(Gold="Care")
    publish()

    assert roll_back(3).notes == []
    assert Queue.objects.get(name="VIP") == vip


@pytest.fixture
def ask_for_the_shop(reviewed, now):
    """Saves a rule that compares with the way in called "Web shop"."""

    def ask():
        ruleset = reviewed.rulesets.create(kind="classification", name="Sort")
        ruleset.rules.create(name="Of the shop", when=OF_THE_SHOP, then={"priority": 1})
        configuration.edited(by=None, now=now)
        return ruleset

    return ask


def test_rules_that_come_back_mean_the_way_in_that_they_meant(
    reviewed, ask_for_the_shop, publish, roll_back, now
) -> None:
    shop = make_chat_widget(reviewed, name="Web shop")
    ruleset = ask_for_the_shop()
    publish()
    ruleset.delete()
    rename(shop, "Store")
    make_chat_widget(reviewed, name="Web shop")
    configuration.edited(by=None, now=now)
    publish()

    assert roll_back(3).notes == []
    assert reviewed.channel_instances.get() == shop


def test_a_way_in_keeps_the_name_that_other_rules_of_the_draft_compare_with(
    reviewed, ask_for_the_shop, publish, discard, now
) -> None:
    shop = make_chat_widget(reviewed, name="Store")
    configuration.edited(by=None, now=now)
    publish()
    rename(shop, "Web shop")
    ask_for_the_shop()

    [note] = discard(("channel_instance", shop.pk))

    assert "cannot be called “Store” again: Of the shop names it." in note
    assert reviewed.channel_instances.get().name == "Web shop"


def test_a_way_in_keeps_the_name_that_scheduled_rules_compare_with(
    reviewed, ask_for_the_shop, publish, schedule, discard, now
) -> None:
    shop = make_chat_widget(reviewed, name="Store")
    configuration.edited(by=None, now=now)
    publish()
    rename(shop, "Web shop")
    ask_for_the_shop()
    schedule()

    assert "Of the shop (scheduled) names it." in discard()[0]
    assert reviewed.channel_instances.get().name == "Web shop"

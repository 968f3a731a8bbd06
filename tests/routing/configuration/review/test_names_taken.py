"""Old names that something created since has taken: they are free once that is gone."""

import pytest

from agents.models import Skill
from routing import configuration
from routing.models import DraftChange
from tests.factories import make_item, make_queue, make_skill
from workstreams.models import Queue

pytestmark = pytest.mark.django_db


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

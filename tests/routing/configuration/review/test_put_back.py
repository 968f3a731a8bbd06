"""Taking edits back: the draft, one object of it, and whole versions."""

import pytest

from agents.models import Skill
from routing import configuration
from routing.exceptions import AlreadyScheduled, DraftChanged, NothingToPublish
from routing.learning.train import Lesson
from routing.models import ConfigurationVersion, DraftChange, LearnedModel, Rule, Ruleset
from tests.factories import make_item, make_method, make_queue, make_skill, make_workstream
from tests.factories.learning import make_trained
from tests.routing.configuration.review.conftest import VIP
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


def document():
    return configuration.export()


def test_discarding_puts_rules_and_names_back(save_routes, discard, queue, administrator, now):
    before = document()
    save_routes(Gold="Support")
    edit_queue(queue=queue, by=administrator, now=now, name="Care", priority=3)

    notes = discard()

    queue.refresh_from_db()
    assert (queue.name, queue.priority, notes) == ("Support", 1, [])
    assert not configuration.draft().entries
    assert not DraftChange.objects.exists()
    assert document() == before


def test_what_differs_without_an_edit_is_discarded_too(reviewed, discard, queue):
    """As after an update that stores more than the newest version has."""
    Queue.objects.filter(pk=queue.pk).update(priority=3)

    assert discard() == []
    queue.refresh_from_db()
    assert queue.priority == 1


def test_what_was_created_in_the_draft_goes(save_routes, discard):
    make_queue("VIP")
    make_skill("Spanish")
    save_routes(Gold="VIP")

    assert discard() == []
    assert not Queue.objects.filter(name="VIP").exists()
    assert not Skill.objects.exists()


def test_a_model_and_the_workstream_that_it_learns_from_go_together(save_routes, discard, now):
    make_skill("Spanish")
    workstream = make_workstream("Calls")
    words = [Lesson(text="hola", skills=("Spanish",)), Lesson(text="hello", skills=())]
    model = make_trained(words * 4)
    model.workstreams.add(workstream)
    learned = {"rule_type": model.kind, "model": model, "inputs": ["title"]}
    workstream.rulesets.create(kind="classification", name="Topics", **learned)
    save_routes(Gold="Support")

    assert discard() == []
    assert not LearnedModel.objects.exists()
    assert not Workstream.objects.filter(pk=workstream.pk).exists()


def test_one_object_is_discarded_and_others_stay(save_routes, discard, queue, administrator, now):
    save_routes(Gold="Support")
    edit_queue(queue=queue, by=administrator, now=now, priority=3)

    discard(("queue", queue.pk))

    queue.refresh_from_db()
    assert queue.priority == 1
    assert [entry.name for entry in configuration.draft().entries] == ["Chat"]


def test_an_object_is_put_back_with_the_present_names_of_others(
    reviewed, save_routes, publish, discard, queue, administrator, now
):
    save_routes(Gold="Support")
    publish()
    edit_queue(queue=queue, by=administrator, now=now, name="Care")
    save_routes()

    discard(("workstream", reviewed.pk))

    [ruleset] = reviewed.rulesets.filter(kind="route_to_queue")
    assert ruleset.rules.get().queues.get().queue.name == "Care"


def test_a_skill_that_rules_name_as_it_is_called_now_keeps_that(reviewed, publish, discard, now):
    skill = make_skill("German")
    configuration.edited(by=None, now=now)
    publish()
    Skill.objects.update(name="Deutsch", description="Spoken")
    ruleset = reviewed.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="A", then={"skills": [{"skill": "Deutsch"}]})
    configuration.edited(by=None, now=now)

    [note] = discard(("skill", skill.pk))

    assert "“Deutsch” cannot be called “German” again: A of Chat names it." in note
    assert Skill.objects.get().name == "Deutsch"
    assert discard() == []
    assert (Skill.objects.get().name, reviewed.rulesets.count()) == ("German", 0)


def test_what_is_in_use_stays_and_is_said(reviewed, save_routes, discard, queue):
    vip = make_queue("VIP")
    save_routes(Gold="VIP")
    make_item(reviewed, queue=vip)

    notes = discard()

    assert Queue.objects.filter(name="VIP").exists()
    assert "“VIP” was created since and stays" in notes[0]
    assert [entry.name for entry in configuration.draft().entries] == ["VIP"]


def test_swapped_names_are_swapped_back(reviewed, save_routes, publish, discard, queue):
    vip = make_queue("VIP")
    save_routes(Gold="VIP")
    publish()
    Queue.objects.filter(pk=vip.pk).update(name="~")
    Queue.objects.filter(pk=queue.pk).update(name="VIP")
    Queue.objects.filter(pk=vip.pk).update(name="Support")
    save_routes()

    assert discard() == []
    queue.refresh_from_db()
    assert queue.name == "Support"
    assert not configuration.draft().entries


def test_rolling_back_makes_a_new_version_with_what_was(
    reviewed, save_routes, publish, roll_back, administrator, now
):
    save_routes(Gold="Support")
    publish()
    before = document()
    make_queue("VIP")
    save_routes(Silver="VIP")
    edit_workstream(workstream=reviewed, by=administrator, now=now, keep_same_agent=True)
    publish()

    done = roll_back(3, note="It was better.")

    version = ConfigurationVersion.objects.get(number=done.version)
    assert (version.number, version.rolled_back_to, version.note) == (5, 3, "It was better.")
    assert document() == before
    assert not Workstream.objects.get(pk=reviewed.pk).keep_same_agent
    assert not configuration.draft().entries


def test_a_dry_run_says_what_stays_and_changes_nothing(reviewed, save_routes, publish, roll_back):
    vip = make_queue("VIP")
    save_routes(Gold="VIP")
    publish()
    make_item(reviewed, queue=vip)

    done = roll_back(1, check=True)

    assert "“VIP” was created since and stays" in done.notes[0]
    assert ConfigurationVersion.objects.count() == 3
    assert reviewed.rulesets.get().rules.get().name == "Gold"


def test_what_was_deleted_since_is_created_anew_and_said(
    save_routes, publish, roll_back, administrator, now
):
    make_skill("Spanish")
    save_routes(Gold="Support")
    publish()
    Skill.objects.all().delete()
    save_routes(Gold="Support")

    done = roll_back(3)

    assert "Skill “Spanish” was deleted since" in done.notes[0]
    assert Skill.objects.get().name == "Spanish"


def test_a_roll_back_of_what_changed_meanwhile_is_refused(save_routes, publish, administrator, now):
    save_routes(Gold="Support")
    publish()
    seen = configuration.draft()
    save_routes()

    with pytest.raises(DraftChanged):
        configuration.roll_back(to=1, by=administrator, now=now, base=seen.base, state=seen.state)


def test_rolling_back_to_the_same_changes_nothing(reviewed, roll_back):
    with pytest.raises(NothingToPublish):
        roll_back(2)


def test_nothing_is_rolled_back_while_a_publication_is_scheduled(save_routes, roll_back, schedule):
    save_routes(Gold="Support")
    schedule()

    with pytest.raises(AlreadyScheduled):
        roll_back(1)


def test_without_review_versions_are_rolled_back_too(
    workstream, roll_back, queue, administrator, now
):
    configuration.publish(by=administrator, now=now)
    edit_queue(queue=queue, by=administrator, now=now, name="Care")

    done = roll_back(1)

    queue.refresh_from_db()
    assert (queue.name, done.version) == ("Support", 3)


def test_a_variable_goes_with_what_was_created_to_read_it(
    reviewed, save_routes, publish, roll_back
):
    reviewed.context_variables.create(name="tier")
    save_routes(Gold="Support")
    make_method("Gold", prioritization=[{"name": "Gold", "when": VIP}])
    save_routes(Silver="Support")
    publish()

    assert roll_back(2).notes == []
    assert not reviewed.context_variables.exists()


def test_a_rule_that_set_a_number_when_it_was_published_comes_back(reviewed, discard):
    ruleset = Ruleset.objects.create(kind="classification", workstream=reviewed, name="Older")
    rule = Rule.objects.create(ruleset=ruleset, name="Sets", then={"set": {"case.number": "C-9"}})
    configuration.publish(by=None, now=reviewed.changed_at)
    rule.delete()

    assert discard() == []
    assert Rule.objects.get().then == {"set": {"case.number": "C-9"}}

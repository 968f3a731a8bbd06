"""Edits while review is on: kept as a draft, published together."""

import pytest

from agents.actions.delete_definition import delete_definition
from routing import configuration
from routing.exceptions import DraftChanged, NothingToPublish, StillPublished, UnpublishedChanges
from routing.models import ConfigurationVersion, DraftChange, LearnedModel
from routing.queries.in_force import presences_of, wrap_up_of
from tests.factories import make_profile, make_queue, make_skill, make_user, make_workstream
from tests.factories.learning import make_model
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.save_quick_reply import save_quick_reply
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, ServiceConfiguration

pytestmark = pytest.mark.django_db


def newest():
    return ConfigurationVersion.objects.first()


def test_an_edit_waits_and_routing_goes_on_with_what_is_published(
    reviewed, save_routes, agent, now
):
    make_queue("VIP")
    save_routes(Gold="VIP")

    item = take_in(workstream=reviewed, now=now, context={"tier": "gold"})

    assert item.queue.name == "Support"
    assert newest().number == 2
    assert {entry.name for entry in configuration.draft().entries} == {"Chat", "VIP"}


def test_publishing_makes_it_act(reviewed, save_routes, publish, now):
    make_queue("VIP")
    save_routes(Gold="VIP")

    version = publish("For gold customers.")

    item = take_in(workstream=reviewed, now=now, context={"tier": "gold"})
    assert item.queue.name == "VIP"
    assert (version.by, version.note) == ("ada", "For gold customers.")
    assert not DraftChange.objects.exists()
    assert not configuration.draft().entries


def test_the_draft_says_who_edited_what(reviewed, save_routes):
    second = make_user("grace", "administrator")
    make_queue("VIP")
    save_routes(Gold="VIP")
    save_routes(by=second, Silver="VIP")

    entries = {entry.name: entry for entry in configuration.draft().entries}

    assert (entries["Chat"].by, entries["VIP"].by) == ("grace", "ada")
    sentences = [each.sentence for each in entries["Chat"].differences]
    assert any("Silver" in sentence for sentence in sentences)


def test_an_edit_that_is_undone_by_hand_leaves_no_draft(save_routes):
    make_queue("VIP")
    save_routes(Gold="VIP")
    Queue.objects.filter(name="VIP").update(name="VIP care")
    save_routes()
    Queue.objects.filter(name="VIP care").delete()
    save_routes()

    assert not DraftChange.objects.exists()


def test_another_edit_since_the_look_is_refused(save_routes, administrator, now):
    save_routes(Gold="Support")
    seen = configuration.draft()
    save_routes(Silver="Support")

    with pytest.raises(DraftChanged):
        configuration.publish_draft(by=administrator, now=now, base=seen.base, state=seen.state)

    assert [each.name for each in configuration.changed_since(seen.seen)] == ["Chat"]
    assert newest().number == 2


def test_a_version_since_the_look_is_refused(save_routes, publish, administrator, now):
    save_routes(Gold="Support")
    seen = configuration.draft()
    publish()
    save_routes()

    with pytest.raises(DraftChanged):
        configuration.publish_draft(by=administrator, now=now, base=seen.base, state=seen.state)


def test_nothing_is_not_published(reviewed, publish):
    with pytest.raises(NothingToPublish):
        publish()


def test_switches_act_at_once(reviewed, save_routes, administrator, now):
    save_routes(Gold="Support")
    save_service_configuration(by=administrator, now=now, personal_quick_replies=False)

    assert newest().number == 3
    assert configuration.document()["service"]["personal_quick_replies"] is False
    assert [entry.name for entry in configuration.draft().entries] == ["Chat"]


def test_review_is_not_switched_off_over_a_draft(reviewed, save_routes, administrator, now):
    save_routes(Gold="Support")

    with pytest.raises(UnpublishedChanges, match="1"):
        save_service_configuration(by=administrator, now=now, reviews_before_publishing=False)


def test_without_a_draft_review_is_switched_off(reviewed, save_routes, administrator, now):
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=False)
    save_routes(Gold="Support")

    assert newest().changes.get().name == "Chat"


def test_a_deletion_acts_at_once(reviewed, save_routes, publish, administrator, now):
    skill = make_skill("Spanish")
    save_routes(Gold="Support")
    publish()
    save_routes()
    delete_definition(row=skill, by=administrator, now=now)

    assert newest().note == "Deleted."
    assert configuration.document()["skills"] == []
    assert [entry.name for entry in configuration.draft().entries] == ["Chat"]


def test_what_is_published_still_is_not_deleted(save_routes, publish, administrator, now):
    vip = make_queue("VIP")
    save_routes(Gold="VIP")
    publish()
    save_routes()

    with pytest.raises(StillPublished, match="workstream Chat"):
        delete_queue(queue=vip, by=administrator, now=now)

    publish()
    delete_queue(queue=vip, by=administrator, now=now)
    assert "VIP" not in configuration.current().compiled.queue_id_by_name


def test_a_renamed_queue_is_still_found(reviewed, save_routes, publish, administrator, now):
    vip = make_queue("VIP")
    save_routes(Gold="VIP")
    publish()
    edit_queue(queue=vip, by=administrator, now=now, name="Care")

    item = take_in(workstream=reviewed, now=now, context={"tier": "gold"})

    assert item.queue_id == vip.pk
    assert {entry.name for entry in configuration.draft().entries} == {"Care", "Chat"}


def test_work_of_an_unpublished_workstream_waits_in_its_fallback_queue(
    reviewed, administrator, now
):
    later = make_workstream("Later", queue=make_queue("Later"))

    item = take_in(workstream=later, now=now)

    assert item.queue.name == "Later"


def test_work_of_an_unpublished_workstream_needs_what_its_draft_asks(reviewed, save_routes, now):
    later, chats = make_workstream("Later", capacity_format="profile"), make_profile("Chats")
    later.capacity_profiles.add(chats)

    item = take_in(workstream=later, now=now)

    assert (item.required_units, item.required_profiles) == (0, [chats.pk])


def test_settings_that_wait_do_not_act(reviewed, save_routes, agent, now):
    reviewed.capacity_units = 7
    reviewed.wrap_up_block = "never"
    reviewed.allowed_presences = ["away"]
    reviewed.save()

    item = take_in(workstream=reviewed, now=now)

    assert item.required_units == 1
    assert "available" in presences_of(item)
    assert wrap_up_of(item).mode == "always"


def test_the_draft_names_only_what_differs(reviewed, administrator, now):
    edit_workstream(workstream=reviewed, by=administrator, now=now, skill_matching="closest")

    [entry] = configuration.draft().entries

    assert [each.field for each in entry.differences] == ["skill matching"]


def test_an_imported_document_waits_too_and_cannot_end_the_review(
    reviewed, save_routes, administrator, now
):
    document = configuration.document()
    document["service"]["reviews_before_publishing"] = False
    document["queues"].append({"name": "VIP", "type": "messaging"})

    report = configuration.import_document(document, by=administrator, now=now)

    assert report.version is None
    assert [entry.name for entry in configuration.draft().entries] == ["VIP"]
    assert ServiceConfiguration.objects.get().reviews_before_publishing


def test_a_new_channel_text_acts_already_and_says_so(reviewed, save_routes, administrator, now):
    save_quick_reply(by=administrator, now=now, title="Hi", message="Hello")

    [entry] = configuration.draft().entries

    assert (entry.kind, entry.acts_already) == ("quick_reply", True)


def test_how_sure_a_model_must_be_acts_already_and_says_so(reviewed, publish, now):
    model = make_model()
    configuration.edited(by=None, now=now)
    publish()
    LearnedModel.objects.filter(pk=model.pk).update(minimum_confidence=90)

    [entry] = configuration.draft().entries

    assert (entry.kind, entry.acts_already) == ("learned_model", True)

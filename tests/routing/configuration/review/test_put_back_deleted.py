"""Rolling back what was deleted since, and what was created again under the same name."""

import pytest

from agents.models import AgentSkill, Skill
from routing import configuration
from routing.exceptions import BeyondLeave
from tests.factories import make_agent, make_chat_widget, make_skill, make_user, make_workstream
from tests.factories.learning import make_model
from workstreams.actions.delete_channel_instance import delete_channel_instance
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.models import ChannelInstance, Queue, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def spanish(reviewed, save_routes, publish):
    """A skill of version 3."""
    skill = make_skill("Spanish")
    save_routes(Gold="Support")
    publish()
    return skill


def create_again(save_routes, **fields):
    Skill.objects.all().delete()
    save_routes(Silver="Support")
    skill = make_skill("Spanish")
    Skill.objects.update(**fields)
    save_routes(Bronze="Support")
    return skill


def test_what_was_created_again_stays_with_what_people_have_of_it(
    spanish, save_routes, publish, roll_back
):
    again = create_again(save_routes, description="Of Mexico")
    agent = make_agent(skills={"Spanish": 4})
    publish()

    done = roll_back(3)

    assert "Skill “Spanish” was deleted and created again since." in done.notes[0]
    assert (Skill.objects.get(), Skill.objects.get().description) == (again, "")
    assert AgentSkill.objects.get(agent=agent).skill == again


def test_rolling_back_twice_keeps_what_the_first_time_created(
    spanish, save_routes, publish, roll_back
):
    Skill.objects.all().delete()
    save_routes(Silver="Support")
    roll_back(3)
    save_routes(Bronze="Support")
    publish()

    roll_back(3)

    assert Skill.objects.get().name == "Spanish"


def test_a_dry_run_says_what_was_created_again(spanish, save_routes, roll_back):
    create_again(save_routes)

    [note] = roll_back(3, check=True).notes

    assert "The new one stays" in note


def test_a_workstream_made_again_stays_with_its_channel_instance(
    save_routes, publish, roll_back, administrator, now
):
    workstream = make_workstream("Web chat", channel="live_chat")
    make_chat_widget(workstream, slug="web", name="Web")
    save_routes(Gold="Support")
    publish()
    delete_channel_instance(instance=ChannelInstance.objects.get(), by=administrator, now=now)
    delete_workstream(workstream=workstream, by=administrator, now=now)
    again = make_workstream("Web chat", channel="live_chat", keep_same_agent=True)
    instance = make_chat_widget(again, slug="web", name="Web")
    save_routes(Silver="Support")

    roll_back(3)

    assert ChannelInstance.objects.get() == instance
    assert not Workstream.objects.get(name="Web chat").keep_same_agent


@pytest.fixture
def configurer(administrator):
    """Changes workstreams, but nothing that only administrators change."""
    configurer = make_user("conny", "supervisor")
    configurer.may_change_secure_columns = True
    configurer.save()
    return configurer


def test_who_may_not_delete_a_skill_discards_none(reviewed, save_routes, configurer, now):
    make_skill("Spanish")
    save_routes(Gold="Support")
    seen = configuration.draft()

    with pytest.raises(BeyondLeave):
        configuration.discard_draft(by=configurer, now=now, base=seen.base, state=seen.state)

    assert Skill.objects.get().name == "Spanish"


def test_who_may_not_rename_a_skill_gives_none_its_name_back(spanish, save_routes, configurer, now):
    Skill.objects.update(name="Castilian")
    save_routes(Silver="Support")
    seen = configuration.draft()

    with pytest.raises(BeyondLeave):
        configuration.roll_back(to=3, by=configurer, now=now, base=seen.base, state=seen.state)


def test_who_may_change_workstreams_discards_rules(reviewed, save_routes, configurer, now):
    save_routes(Gold="Support")
    seen = configuration.draft()

    configuration.discard_draft(by=configurer, now=now, base=seen.base, state=seen.state)

    assert not configuration.draft().entries


def test_what_is_called_as_the_deleted_one_was_is_not_written_over(
    spanish, save_routes, publish, roll_back, now
):
    french = make_skill("French")
    make_model(when={"field": "skills", "op": "contains", "value": "Spanish"})
    save_routes(Silver="Support")
    publish()
    spanish.delete()
    Skill.objects.filter(pk=french.pk).update(name="Spanish", description="Learned")
    Queue.objects.update(priority=3)
    configuration.publish(by=None, now=now)

    done = roll_back(4)

    assert done.notes
    assert (Skill.objects.get().pk, Skill.objects.get().description) == (french.pk, "Learned")
    assert configuration.document()["skills"][0]["name"] == "Spanish"


@pytest.fixture
def said(client, administrator):
    """The differences that the question before rolling back to version 3 lists."""

    def said():
        client.force_login(administrator)
        page = client.get("/configuration/versions/3/roll-back/")
        return [each.sentence for each in page.context["differences"] if each.kind == "skill"]

    return said


def test_what_was_made_again_as_it_was_is_no_difference(
    spanish, save_routes, publish, said
) -> None:
    create_again(save_routes)
    publish()

    assert said() == []


def test_what_was_made_again_otherwise_is_changed(spanish, save_routes, publish, said) -> None:
    create_again(save_routes, description="Of Mexico")
    publish()

    [sentence] = said()
    assert sentence == "Skill “Spanish”: description changed from Of Mexico to none."


def test_what_came_and_went_under_other_names_is_added_and_removed(
    spanish, save_routes, publish, said
) -> None:
    create_again(save_routes)
    Skill.objects.update(name="Catalan")
    save_routes(Silver="Support")
    publish()

    assert said() == ["Skill “Catalan” was removed.", "Skill “Spanish” was added."]

"""People travel in a document as a section of their own."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.models import Agent, OperatingHours, Presence, User
from routing import configuration
from tests.factories import make_agent, make_attribute, make_profile, make_queue, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(now):
    """Two agents who have all that agents can have."""
    sales, care = make_queue("Sales"), make_queue("care")
    chats, mails = make_profile("Chats"), make_profile("mails")
    make_skill("french")
    ann = make_agent("Ann", queues=[sales, care], skills={"Spanish": 4}, profiles=[mails, chats])
    ben = make_agent("ben", units=None, role="supervisor", skills={"Spanish": 2, "french": 3})
    ann.capacity_profiles.filter(profile=chats).update(custom_limit=7)
    ben.skills.filter(skill__name="french").update(is_active=False)
    make_attribute("Level", "number")
    make_attribute("Team", "choice", options=["Red", "Blue"])
    vip, joined = make_attribute("VIP", "boolean"), make_attribute("joined", "date")
    values = {vip: False, joined: "2026-03-01"}
    set_agent_attributes(agent=ann, values=values, by=None, now=now)
    User.objects.filter(username="Ann").update(first_name="Ann", last_name="van Dyck")
    Agent.objects.filter(pk=ben.pk).update(
        is_enabled=False,
        nickname="Benny",
        locale="de",
        default_presence=Presence.objects.get(name="busy"),
        operating_hours=OperatingHours.objects.create(name="Nights"),
    )
    configuration.publish(by=None, now=now)
    return ann, ben


def import_(document, now, by=None, **options):
    return configuration.import_document(document, by=by, now=now, **options)


def forget_everybody():
    """As in an organisation where these people are not."""
    for agent in Agent.objects.all():
        for rows in (agent.skills, agent.attributes, agent.capacity_profiles, agent.memberships):
            rows.all().delete()
    Agent.objects.all().delete()
    User.objects.all().delete()


def test_export_import_export_is_the_same_byte_for_byte(team, now):
    first = configuration.export(has_people=True)

    forget_everybody()
    report = import_(json.loads(first), now)

    assert configuration.export(has_people=True) == first
    assert report.created == ["agent Ann", "agent ben"]
    assert report.version is None
    ann = Agent.objects.get(user__username="Ann")
    assert not ann.user.has_usable_password()
    assert ann.capacity_profiles.get(profile__name="Chats").custom_limit == 7


def test_attributes_of_people_are_looked_at_and_replaced(team, now):
    values = {"level": 4.0, "TEAM": "red", "VIP": True}
    wrong = {"Level": "high", "Team": "Green", "Shoe": 43}
    document = {"format": 2, "agents": [{"username": "Ann", "attributes": wrong}]}

    with pytest.raises(configuration.InvalidDocument) as refused:
        import_(document, now)
    report = import_({"format": 2, "agents": [{"username": "Ann", "attributes": values}]}, now)

    assert {each["path"]: each["message"] for each in refused.value.findings} == {
        "agents.0.attributes.Level": "Level has to be a number.",
        "agents.0.attributes.Team": "Team has to be one of Red, Blue.",
        "agents.0.attributes.Shoe": "There is no agent attribute Shoe.",
    }
    assert report.changed == ["agent Ann"]
    assert configuration.document(has_people=True)["agents"][0]["attributes"] == {
        "Level": 4,
        "Team": "Red",
        "VIP": True,
    }


def test_people_are_there_only_where_they_are_asked_for_and_without_secrets(team):
    alone, whole = configuration.export(), configuration.export(has_people=True)

    assert "agents" not in json.loads(alone)
    assert [each["username"] for each in json.loads(whole)["agents"]] == ["Ann", "ben"]
    assert "password" not in whole
    hashes = User.objects.values_list("password", flat=True)
    assert not [each for each in hashes if each in whole]


def test_importing_again_changes_nothing(team, now):
    document = configuration.document(has_people=True)

    report = import_(document, now)

    assert (report.created, report.changed) == ([], [])
    assert "agent Ann" in report.unchanged


def test_a_dry_run_foretells_and_writes_nothing(team, now):
    ann = {"username": "ANN", "queues": ["SALES"], "skills": [{"skill": "French", "rating": 5}]}
    document = {"format": 2, "agents": [ann, {"username": "cem", "name": "Cem Aydin"}]}

    foretold = import_(document, now, check=True)
    before = Agent.objects.count()
    done = import_(document, now)

    assert before == 2
    assert (foretold.created, foretold.changed) == (done.created, done.changed)
    assert (done.created, done.changed) == (["agent cem"], ["agent ANN"])
    assert any("queues" in sentence for sentence in done.changes)
    assert any("no passwords" in sentence for sentence in done.notes)
    agent = Agent.objects.get(user__username="ANN")
    assert [queue.name for queue in agent.queues.all()] == ["Sales"]
    assert [(row.skill.name, row.rating) for row in agent.skills.all()] == [("french", 5)]
    assert agent.capacity_units == 3
    assert str(Agent.objects.get(user__username="cem")) == "Cem Aydin"


def test_a_new_queue_gets_its_members_from_the_same_document(team, now):
    document = {
        "format": 2,
        "queues": [{"name": "New", "type": "messaging"}],
        "agents": [{"username": "Ann", "queues": ["New"]}],
    }

    report = import_(document, now)

    assert [queue.name for queue in team[0].queues.all()] == ["New"]
    assert not [sentence for sentence in report.notes if "no members" in sentence]


def test_names_that_are_others_here_are_mapped(team, now):
    document = {"format": 2, "agents": [{"username": "Ann", "queues": ["Vertrieb"]}]}

    import_(document, now, mapping={"queue": {"Vertrieb": "Sales"}})

    assert [queue.name for queue in team[0].queues.all()] == ["Sales"]


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ({}, "agents"),
        (["Ann"], "agents"),
        ([{}], "agents.0.username"),
        ([{"username": "a b"}], "agents.0.username"),
        ([{"username": "cem"}, {"username": "CEM"}], "agents.1.username"),
        ([{"username": "cem", "password": "x"}], "agents.0.password"),
        ([{"username": "cem", "role": "emperor"}], "agents.0.role"),
        ([{"username": "cem", "capacity_units": -1}], "agents.0.capacity_units"),
        ([{"username": "cem", "locale": "klingon!"}], "agents.0.locale"),
        ([{"username": "cem", "queues": ["Nowhere"]}], "agents.0.queues.0"),
        ([{"username": "cem", "default_presence": "Lost"}], "agents.0.default_presence"),
        ([{"username": "cem", "skills": [{"skill": "Cooking", "rating": 1}]}], "agents.0.skills.0"),
        (
            [{"username": "cem", "skills": [{"skill": "Spanish", "rating": 99}]}],
            "agents.0.skills.0.rating",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(team, now, section, path):
    with pytest.raises(configuration.InvalidDocument) as refused:
        import_({"format": 2, "agents": section}, now)

    assert path in [each["path"] for each in refused.value.findings]
    assert Agent.objects.count() == 2


def test_only_administrators_bring_people_in(team, administrator, now):
    document = {"format": 2, "agents": [{"username": "Ann", "role": "administrator"}]}
    User.objects.filter(pk=administrator.pk).update(role="agent", may_change_secure_columns=True)
    administrator.refresh_from_db()

    with pytest.raises(configuration.InvalidDocument, match="cannot be imported") as refused:
        import_(document, now, by=administrator)

    assert [each["path"] for each in refused.value.findings] == ["agents.0"]


def test_the_last_administrator_stays_one(administrator, now):
    Agent.objects.create(user=administrator)
    configuration.publish(by=None, now=now)
    document = {"format": 2, "agents": [{"username": administrator.username, "role": "agent"}]}

    with pytest.raises(configuration.InvalidDocument) as refused:
        import_(document, now, by=administrator)

    assert [each["path"] for each in refused.value.findings] == ["agents.0"]
    administrator.refresh_from_db()
    assert administrator.is_administrator


def test_people_cost_the_same_queries_however_many(team, django_assert_num_queries):
    for number in range(10):
        make_agent(f"more{number}", skills={"Spanish": 1}, queues=[make_queue(f"Q{number}")])
    configuration.document()

    with django_assert_num_queries(7):
        configuration.document(has_people=True)


def test_the_command_writes_people_where_it_is_told(team):
    out, alone = StringIO(), StringIO()

    call_command("export_configuration", "--people", stdout=out)
    call_command("export_configuration", stdout=alone)

    assert json.loads(out.getvalue())["agents"][0]["username"] == "Ann"
    assert "agents" not in json.loads(alone.getvalue())
    with pytest.raises(CommandError, match="not with one workstream"):
        call_command("export_configuration", "--people", "--workstream", "Chat")


def test_pages_and_the_api_give_people_to_whom_they_may(team, client, administrator, agent):
    User.objects.filter(pk=agent.user_id).update(may_change_secure_columns=True)
    client.force_login(administrator)
    whole = client.get("/configuration/document/export/?people=1")
    page = client.get("/configuration/document/").content.decode()
    client.force_login(User.objects.get(pk=agent.user_id))
    refused = client.get("/configuration/document/export/?people=1")

    assert "Ann" in whole.content.decode()
    assert 'name="people"' in page
    assert refused.status_code == 403
    assert client.get("/configuration/document/export/").status_code == 200

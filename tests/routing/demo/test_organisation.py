"""The demo organisation."""

import io

import pytest
from django.core.management import CommandError, call_command

from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence, User
from config.clock import database_now
from routing import configuration, service
from routing.actions.load_records import load_records
from routing.actions.review_records import approve_records
from routing.actions.train_model import FEWEST_RECORDS, learn
from routing.demo.organisation import create_organisation
from routing.demo.people import AGENTS
from routing.exceptions import DatabaseNotEmpty
from routing.models import Assignment, DemoTraffic, LearnedModel, Rule
from tests.factories import make_user
from workstreams.actions.take_in import take_in
from workstreams.models import ChannelInstance, Contact, Queue, Record, WorkItem, Workstream
from workstreams.terms import ItemState, RecordRouting, WorkstreamType

# Of Fabrikam Offices, and of Adventure Works Hotels.
GOLD = ("Lena Hartmann", "Ruth Adeyemi")


@pytest.fixture
def organisation(db: None) -> None:
    """The demo organisation before anything happened there."""
    create_organisation(now=database_now(), has_history=False)


@pytest.mark.slow
def test_it_has_people_queues_and_workstreams_of_every_type(organisation) -> None:
    assert Agent.objects.filter(is_enabled=True).count() == len(AGENTS) == 24
    assert set(Workstream.objects.values_list("type", flat=True)) == set(WorkstreamType)
    assert set(Workstream.objects.values_list("distribution_mode", flat=True)) == {"push", "pick"}
    assert Queue.objects.filter(is_default=False, members__isnull=True).count() == 0
    assert set(ChannelInstance.objects.values_list("slug", flat=True)) == {
        "support",
        "sales",
        "help",
    }
    assert Rule.objects.count() > 10


@pytest.mark.slow
def test_everybody_signs_in_with_the_same_password(organisation, client) -> None:
    for username in ("admin", "supervisor", "amira"):
        assert client.login(username=username, password="demo")


@pytest.mark.slow
def test_an_important_customer_goes_to_whoever_looks_after_his_account(organisation) -> None:
    now = database_now()
    for name in ("amira", "bruno", "carmen"):
        agent = Agent.objects.get(user__username=name)
        available = Presence.objects.get(name="available")
        set_presence(agent=agent, presence=available, by=None, now=now)
    contacts = {each.name: each for each in Contact.objects.filter(name__in=GOLD)}
    for name in GOLD:
        take_in(
            workstream=Workstream.objects.get(name="Contoso chat"),
            contact=contacts[name],
            context=contacts[name].data,
            now=now,
        )

    service.run_cycle(now=now)

    given = Assignment.objects.values_list("item__contact__name", "agent__user__username")
    assert dict(given) == {"Lena Hartmann": "bruno", "Ruth Adeyemi": "amira"}


@pytest.mark.slow
def test_its_checks_find_nothing(organisation) -> None:
    assert configuration.checks_of(configuration.current().compiled) == []


@pytest.mark.slow
def test_its_own_document_changes_nothing(organisation) -> None:
    report = configuration.import_document(
        configuration.document(), by=None, now=database_now(), check=True
    )

    assert (report.created, report.changed) == ([], [])


@pytest.mark.slow
def test_it_looks_lived_in_and_nobody_is_there(db) -> None:
    create_organisation(now=database_now())

    assert WorkItem.objects.filter(state=ItemState.CLOSED).count() >= 15
    assert WorkItem.objects.filter(state=ItemState.OPEN).count() >= 5
    assert not Assignment.objects.filter(ended_at__isnull=True).exists()
    assert WorkItem.objects.filter(record__number__startswith="CAS-", queue__name="Cases").exists()
    assert Record.objects.filter(routing=RecordRouting.NO_MATCH).count() == 1
    assert Contact.objects.filter(preferred_agents__isnull=False).distinct().count() == 3
    model = LearnedModel.objects.get()
    assert load_records(model=model, now=database_now()).added >= FEWEST_RECORDS
    assert approve_records(records=model.records.all()) >= FEWEST_RECORDS
    learned = learn(model, progress=lambda part: None)
    assert len(learned.quality["skills"]) == 3
    assert learned.quality["precision"] > 0.9
    assert set(AgentPresence.objects.values_list("base", flat=True)) == {"offline"}
    assert DemoTraffic.objects.get().is_on is False


def test_a_database_in_use_is_refused(db) -> None:
    make_user("somebody")

    with pytest.raises(DatabaseNotEmpty):
        create_organisation(now=database_now())
    with pytest.raises(CommandError, match="has data already"):
        call_command("create_demo", stdout=io.StringIO())

    assert User.objects.count() == 1


def test_if_empty_leaves_a_database_in_use_alone(db) -> None:
    make_user("somebody")
    printed = io.StringIO()

    call_command("create_demo", "--if-empty", stdout=printed)

    assert "no demo organisation" in printed.getvalue()
    assert not Workstream.objects.exists()


@pytest.mark.slow
def test_the_command_prints_the_sign_ins(db) -> None:
    printed = io.StringIO()

    call_command("create_demo", stdout=printed)

    for word in ("admin", "supervisor", "amira", "password demo", "/chat/support/"):
        assert word in printed.getvalue()

"""An import or a roll-back beside an edit of one of its rows: they wait in one order.

Each edit does not change anything that the import looked at, so that both can be done.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pytest
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from agents.models import Agent, AgentAttribute, OperatingHours, User
from routing import configuration
from routing.actions.save_method import copy_method, save_method
from routing.actions.save_model import save_model
from routing.actions.save_ruleset import save_rulesets
from routing.exceptions import DraftChanged
from routing.models import LearnedModel
from routing.terms import RulesetKind
from tests.factories import make_attribute, make_chat_widget, make_method, make_queue
from tests.factories.learning import make_model
from tests.races.together import queued_behind
from workstreams.actions.change_agents import change_agents
from workstreams.actions.create_queue import create_queue
from workstreams.actions.edit_channel_instance import edit_channel_instance
from workstreams.actions.edit_queue import edit_queue
from workstreams.agent_changes import AgentChange
from workstreams.models import AssignmentMethod, Queue, QuickReply, Workstream

Edit = Callable[[], object]
KEYS: Final = {"agents": "username", "quick_replies": "title"}


@pytest.fixture
def hours(transactional_db: None) -> OperatingHours:
    return OperatingHours.objects.create(name="Days", time_zone="UTC")


@pytest.fixture
def open_queue(hours: OperatingHours) -> Queue:
    """By day."""
    return make_queue("Open", operating_hours=hours)


@pytest.fixture
def model(workstream: Workstream) -> LearnedModel:
    """Learns from the workstream."""
    row = make_model(name="Topics")
    row.workstreams.add(workstream)
    return row


@pytest.fixture
def of_site(transactional_db: None) -> AssignmentMethod:
    """A method that reads an attribute."""
    make_attribute("Site")
    when = {"field": "agent.attributes.Site", "op": "equals", "value": "Rome"}
    rulesets = [{"name": "All", "rules": [{"name": "Here", "when": when}]}]
    return make_method("Ours", rulesets=rulesets)


def assert_both_are_done(
    rows: "QuerySet[Any]", edit: Edit, sections: dict[str, dict[str, Any]], now: datetime
) -> None:
    """The import changes the one entry of each section; nobody is a deadlock's victim."""
    configuration.publish(by=None, now=now)
    whole = configuration.document(has_people=True)
    document: dict[str, Any] = {"format": whole["format"]}
    for section, changes in sections.items():
        key = KEYS.get(section, "name")
        [entry] = [each for each in whole[section] if each[key] == changes[key]]
        document[section] = [{**entry, **changes}]

    _, report = queued_behind(
        rows, edit, lambda: configuration.import_document(document, by=None, now=now)
    )

    assert len(report.changed) == len(sections)


def test_a_queue_comes_before_its_hours(
    open_queue: Queue, administrator: User, now: datetime
) -> None:
    assert_both_are_done(
        Queue.objects.filter(pk=open_queue.pk),
        lambda: edit_queue(queue=open_queue, by=administrator, now=now),
        {
            "operating_hours": {"name": "Days", "time_zone": "Europe/Rome"},
            "queues": {"name": "Open", "priority": 7},
        },
        now,
    )


def test_a_way_in_comes_before_its_hours(
    workstream: Workstream, hours: OperatingHours, administrator: User, now: datetime
) -> None:
    widget = make_chat_widget(workstream, "shop", operating_hours=hours)

    assert_both_are_done(
        type(widget).objects.filter(pk=widget.pk),
        lambda: edit_channel_instance(instance=widget, by=administrator, now=now),
        {
            "operating_hours": {"name": "Days", "time_zone": "Europe/Rome"},
            "channel_instances": {"name": "shop", "greeting": "Welcome"},
        },
        now,
    )


def test_a_model_comes_before_the_workstreams_that_it_learns_from(
    model: LearnedModel, workstream: Workstream, administrator: User, now: datetime
) -> None:
    assert_both_are_done(
        LearnedModel.objects.filter(pk=model.pk),
        lambda: save_model(row=model, workstreams=[workstream], by=administrator, now=now),
        {
            "learned_models": {"name": "Topics", "minimum_confidence": 77},
            "workstreams": {"name": "Chat", "may_be_picked": not workstream.may_be_picked},
        },
        now,
    )


def test_a_model_comes_before_the_workstreams_whose_rules_name_it(
    model: LearnedModel, workstream: Workstream, administrator: User, now: datetime
) -> None:
    ruleset = {"name": "Sort", "kind": model.kind, "model": "Topics", "inputs": ["title"]}

    def save() -> None:
        save_rulesets(
            workstream=workstream,
            kind=RulesetKind.CLASSIFICATION,
            rulesets=[ruleset],
            by=administrator,
            now=now,
        )

    save()

    assert_both_are_done(
        LearnedModel.objects.filter(pk=model.pk),
        save,
        {
            "learned_models": {"name": "Topics", "minimum_confidence": 77},
            "workstreams": {"name": "Chat", "may_be_picked": not workstream.may_be_picked},
        },
        now,
    )


def test_attributes_come_before_methods_where_people_are_written_too(
    of_site: AssignmentMethod, agent: Agent, administrator: User, now: datetime
) -> None:
    assert_both_are_done(
        AgentAttribute.objects.all(),
        lambda: save_method(document=of_site.document(), method=of_site, by=administrator, now=now),
        {
            "assignment_methods": {"name": "Ours", "description": "By place."},
            "agents": {"username": "alice", "nickname": "Al"},
        },
        now,
    )


def test_a_queue_that_agents_join_comes_before_their_hours(
    open_queue: Queue, hours: OperatingHours, agent: Agent, administrator: User, now: datetime
) -> None:
    change = AgentChange(queues_joined=[open_queue], operating_hours=hours)

    queued_behind(
        Queue.objects.filter(pk=open_queue.pk),
        lambda: edit_queue(queue=open_queue, by=administrator, now=now),
        lambda: change_agents(agent_ids=[agent.pk], change=change, by=administrator, now=now),
    )

    agent.refresh_from_db()
    assert (agent.operating_hours, open_queue in agent.queues.all()) == (hours, True)


def test_the_page_of_a_reply_holds_its_workstreams_first(
    workstream: Workstream, administrator: User, now: datetime
) -> None:
    reply = QuickReply.objects.create(title="Hello", message="Hi")
    reply.workstreams.add(workstream)
    sent = {"title": "Hello", "locale": "en", "message": reply.message}

    assert_both_are_done(
        QuickReply.objects.filter(pk=reply.pk),
        lambda: post("workstreams:quick-reply-edit", reply, administrator, sent, workstream),
        {
            "workstreams": {"name": "Chat", "may_be_picked": not workstream.may_be_picked},
            "quick_replies": {"title": "Hello", "message": "Good day"},
        },
        now,
    )


def test_the_page_of_a_method_holds_its_attributes_first(
    of_site: AssignmentMethod, administrator: User, now: datetime
) -> None:
    sent = {"name": "Ours", "description": "", "kind": "rules"}

    assert_both_are_done(
        AssignmentMethod.objects.filter(pk=of_site.pk),
        lambda: post("routing:assignment-method-edit", of_site, administrator, sent),
        {"assignment_methods": {"name": "Ours", "description": "By place."}},
        now,
    )


def test_a_copy_of_a_method_holds_its_attributes_first(
    of_site: AssignmentMethod, administrator: User, now: datetime
) -> None:
    assert_both_are_done(
        AssignmentMethod.objects.filter(pk=of_site.pk),
        lambda: copy_method(method=of_site, by=administrator, now=now),
        {"assignment_methods": {"name": "Ours", "description": "By place."}},
        now,
    )


def post(name: str, row: Model, by: User, sent: dict[str, Any], *chosen: Workstream) -> None:
    client = Client()
    client.force_login(by)
    workstreams = {"workstreams": [each.pk for each in chosen]} if chosen else {}
    response = client.post(reverse(name, args=[row.pk]), sent | workstreams)
    assert response.status_code == 303, response.content.decode()


@pytest.mark.parametrize("is_new", [False, True])
def test_a_roll_back_locks_queues_before_hours(
    open_queue: Queue, hours: OperatingHours, administrator: User, now: datetime, *, is_new: bool
) -> None:
    """What was created since is deleted at the end, and locked before."""
    version = configuration.publish(by=None, now=now)
    assert version is not None
    OperatingHours.objects.filter(pk=hours.pk).update(time_zone="Europe/Rome")
    if is_new:
        queue = create_queue(
            name="New", type="messaging", operating_hours=hours, by=administrator, now=now
        )
    else:
        queue = edit_queue(queue=open_queue, priority=7, by=administrator, now=now)
    seen = configuration.draft()

    edited, refusal = queued_behind(
        Queue.objects.filter(pk=queue.pk),
        lambda: edit_queue(queue=queue, priority=8, by=administrator, now=now),
        lambda: configuration.roll_back(
            to=version.number, by=administrator, now=now, base=seen.base, state=seen.state
        ),
    )

    assert edited.priority == 8
    assert isinstance(refusal, DraftChanged)
    queue.refresh_from_db()
    assert queue.priority == 8

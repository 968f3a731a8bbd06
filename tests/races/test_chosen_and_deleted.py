"""Choosing something while somebody deletes it: one comes first, the other is told so.

Both go through the API, each on a connection of its own, lined up behind the row they are about.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import (
    Agent,
    CapacityProfile,
    OperatingHours,
    Presence,
    RatingModel,
    Skill,
    User,
)
from routing.models import Rule
from routing.queries.uses import methods_naming
from tests.api.conftest import Caller
from tests.factories import (
    make_attribute,
    make_method,
    make_notification_template,
    make_profile,
    make_session_template,
    make_skill,
)
from tests.factories.learning import make_model
from tests.races.choices import ALWAYS, OF_WORK, Choice
from tests.races.together import queued_behind
from workstreams.models import (
    Queue,
    RecordType,
    Workstream,
)


@pytest.fixture
def caller(administrator: User) -> Caller:
    return Caller(administrator)


def method_of_queue(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_method("Ours")
    request = ("PATCH", f"/queues/{queue.pk}", {"assignment_method": "Ours"})
    return Choice(row, request, "assignment-methods", lambda: row.queues.exists())


def method_of_new_queue(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_method("Ours")
    body = {"name": "New", "type": "messaging", "assignment_method": "Ours"}
    return Choice(row, ("POST", "/queues", body), "assignment-methods", lambda: row.queues.exists())


def hours_of_queue(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = OperatingHours.objects.create(name="Days", time_zone="UTC")
    request = ("PATCH", f"/queues/{queue.pk}", {"operating_hours": "Days"})
    return Choice(row, request, "operating-hours", lambda: row.queues.exists())


def hours_of_agent(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = OperatingHours.objects.create(name="Days", time_zone="UTC")
    request = ("PATCH", f"/agents/{agent}", {"operating_hours": "Days"})
    kept = Agent.objects.filter(operating_hours_id=row.pk)
    return Choice(row, request, "operating-hours", lambda: kept.exists())


def profile_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_profile("Chats")
    body = {"capacity": {"format": "profile", "profiles": ["Chats"]}}
    request = ("PATCH", f"/workstreams/{chat.pk}", body)
    kept = Workstream.objects.filter(capacity_profiles=row.pk)
    return Choice(row, request, "capacity-profiles", lambda: kept.exists())


def profile_of_agent(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_profile("Chats")
    body = {"capacity_profiles": [{"profile": "Chats", "limit": 2}]}
    request = ("PATCH", f"/agents/{agent}", body)
    kept = agent.capacity_profiles.filter(profile_id=row.pk)
    return Choice(row, request, "capacity-profiles", lambda: kept.exists())


def profile_of_rule(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_profile("Chats")
    return Choice(
        row, _rule(chat, {"capacity_profiles": ["Chats"]}), "capacity-profiles", _is_named
    )


def skill_of_agent(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_skill("German")
    request = ("PATCH", f"/agents/{agent}", {"skills": [{"skill": "German", "rating": 3}]})
    kept = agent.skills.filter(skill_id=row.pk)
    return Choice(row, request, "skills", lambda: kept.exists())


def skill_of_rule(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_skill("German")
    return Choice(row, _rule(chat, {"skills": [{"skill": "German"}]}), "skills", _is_named)


def attribute_of_agent(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_attribute("Site")
    request = ("PATCH", f"/agents/{agent}", {"attributes": {"Site": "Rome"}})
    kept = agent.attributes.filter(attribute_id=row.pk)
    return Choice(row, request, "agent-attributes", lambda: kept.exists())


def attribute_of_method(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row, method = make_attribute("Site"), make_method("Ours")
    when = {"field": "agent.attributes.site", "op": "equals", "value": "Rome"}
    rulesets = [{"name": "All", "rules": [{"name": "Here", "when": when}]}]
    request = ("PATCH", f"/assignment-methods/{method.pk}", {"rulesets": rulesets})
    return Choice(row, request, "agent-attributes", lambda: bool(methods_naming(row)))


def scale_of_skill(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    skill = make_skill("German")
    row = RatingModel.objects.create(name="Stars", minimum=1, maximum=5)
    request = ("PATCH", f"/skills/{skill.pk}", {"rating_model": "Stars"})
    kept = Skill.objects.filter(rating_model_id=row.pk)
    return Choice(row, request, "rating-models", lambda: kept.exists())


def presence_of_agent(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = Presence.objects.create(name="lunch", text="Lunch", base="away")
    request = ("PUT", f"/agents/{agent}/presence", {"presence": "lunch"})
    kept = Agent.objects.filter(presence__presence_id=row.pk)
    return Choice(row, request, "presences", lambda: kept.exists())


def first_presence_of_agent(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = Presence.objects.create(name="lunch", text="Lunch", base="away")
    request = ("PATCH", f"/agents/{agent}", {"default_presence": "lunch"})
    kept = Agent.objects.filter(default_presence_id=row.pk)
    return Choice(row, request, "presences", lambda: kept.exists())


def notification_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_notification_template("Loud")
    request = ("PATCH", f"/workstreams/{chat.pk}", {"notification_template": "Loud"})
    kept = Workstream.objects.filter(notification_template_id=row.pk)
    return Choice(row, request, "notification-templates", lambda: kept.exists())


def session_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_session_template("Wide")
    request = ("PATCH", f"/workstreams/{chat.pk}", {"session_template": "Wide"})
    kept = Workstream.objects.filter(session_template_id=row.pk)
    return Choice(row, request, "session-templates", lambda: kept.exists())


def workstream_of_model(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    model = make_model(name="Topics")
    request = ("PATCH", f"/models/{model.pk}", {"workstreams": [chat.name]})
    return Choice(chat, request, "workstreams", lambda: model.workstreams.exists())


def _rule(chat: Workstream, then: Any) -> tuple[str, str, Any]:
    rulesets = [
        {"name": "Sort", "kind": "logical", "rules": [{"name": "A", "when": ALWAYS, "then": then}]}
    ]
    return "PUT", f"/workstreams/{chat.pk}/classification-rulesets", rulesets


def _is_named() -> bool:
    return Rule.objects.exists()


CHOICES = [
    method_of_queue,
    method_of_new_queue,
    hours_of_queue,
    hours_of_agent,
    profile_of_workstream,
    profile_of_agent,
    profile_of_rule,
    skill_of_agent,
    skill_of_rule,
    attribute_of_agent,
    attribute_of_method,
    scale_of_skill,
    presence_of_agent,
    first_presence_of_agent,
    notification_of_workstream,
    session_of_workstream,
    workstream_of_model,
    *OF_WORK,
]


@pytest.mark.parametrize("deletes_first", [False, True])
@pytest.mark.parametrize("choose", CHOICES)
def test_one_comes_first_and_the_other_is_told(
    choose, deletes_first, queue, workstream, agent, caller
):
    choice = choose(queue, workstream, agent)
    model, row = type(choice.row), choice.row

    def chooses() -> Any:
        return caller(*choice.request)

    def deletes() -> Any:
        # Record types are called by their names.
        key = row.name if isinstance(row, RecordType) else row.pk
        return caller.delete(f"/{choice.collection}/{key}")

    rows = model._default_manager.filter(pk=row.pk)
    moves = (deletes, chooses) if deletes_first else (chooses, deletes)
    answers = dict(zip(moves, queued_behind(rows, *moves), strict=True))

    chosen, deleted = answers[chooses], answers[deletes]
    is_there = model._default_manager.filter(pk=row.pk).exists()
    assert (chosen.status_code < 300) != (deleted.status_code < 300), (chosen, deleted)
    assert choice.is_kept() == is_there == (chosen.status_code < 300)
    loser = deleted if is_there else chosen
    assert loser.status_code in (409, 422)
    assert loser.json()["detail"].endswith(".")


@pytest.mark.parametrize("is_htmx", [False, True])
def test_a_page_says_so_too(is_htmx, administrator, agent, caller):
    row = make_profile("Chats")
    page = reverse("agents:agent-profiles", args=[agent.pk])

    def chooses() -> Any:
        client = Client(raise_request_exception=False)
        client.force_login(administrator)
        headers = {"HX-Request": "true"} if is_htmx else {}
        return client.post(page, {f"has-{row.pk}": "on"}, headers=headers)

    def deletes() -> Any:
        return caller.delete(f"/capacity-profiles/{row.pk}")

    rows = CapacityProfile.objects.filter(pk=row.pk)
    deleted, chosen = queued_behind(rows, deletes, chooses)

    is_there = rows.exists()
    assert (deleted.status_code, chosen.status_code < 400) == (409 if is_there else 204, is_there)
    if not is_there:
        said = chosen["HX-Trigger"] if is_htmx else chosen.content.decode()
        assert chosen.status_code == 409
        assert "Somebody deleted Chats meanwhile. Choose again." in said

"""Something chosen by a request, and what shows that it was kept: of workstreams and queues."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models

from agents.models import Agent, OperatingHours, Skill, SkillType
from routing.models import RuleOverflow, RuleQueue
from tests.factories import (
    make_chat_widget,
    make_notification_template,
    make_queue,
    make_skill,
)
from tests.factories.bots import make_assist_bot, make_bot
from tests.factories.learning import NOW, make_model
from workstreams.models import (
    OverflowRule,
    Queue,
    RecordType,
    ServiceConfiguration,
    SessionTemplate,
    Workstream,
)

ALWAYS: dict[str, Any] = {"all": []}


class Choice(NamedTuple):
    """What is chosen, the request that does, and whether it was kept."""

    row: models.Model
    request: tuple[str, str, Any]
    collection: str
    is_kept: Callable[[], bool]


def bot_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_bot("Helper")
    request = ("PUT", f"/workstreams/{chat.pk}/bot", {"bot": "Helper"})
    return Choice(row, request, "bots", lambda: row.workstreams.exists())


def assist_bot_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_assist_bot("Aide")
    request = ("PUT", f"/workstreams/{chat.pk}/assist-bots", {"bots": ["Aide"]})
    return Choice(row, request, "bots", lambda: row.assisted_workstreams.exists())


def advice_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_notification_template("Loud")
    request = ("PATCH", f"/workstreams/{chat.pk}", {"consult_template": "Loud"})
    kept = Workstream.objects.filter(consult_template_id=row.pk)
    return Choice(row, request, "notification-templates", lambda: kept.exists())


def fallback_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_queue("Spare")
    request = ("PUT", f"/workstreams/{chat.pk}/fallback-queue", {"existing": "Spare"})
    return Choice(row, request, "queues", lambda: row.fallback_of.exists())


def queue_of_rule(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_queue("Spare")
    rules = [{"name": "A", "when": ALWAYS, "queues": [{"queue": "Spare"}]}]
    request = ("PUT", f"/workstreams/{chat.pk}/route-to-queue-rules", rules)
    kept = RuleQueue.objects.filter(queue_id=row.pk)
    return Choice(row, request, "queues", lambda: kept.exists())


def overflow_of_rule(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_queue("Spare")
    rule = {"name": "A", "when": ALWAYS, "queues": [{"queue": queue.name}]}
    rules = [rule | {"overflow": [TO_SPARE]}]
    request = ("PUT", f"/workstreams/{chat.pk}/route-to-queue-rules", rules)
    kept = RuleOverflow.objects.filter(to_queue_id=row.pk)
    return Choice(row, request, "queues", lambda: kept.exists())


def overflow_of_queue(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_queue("Spare")
    request = ("PATCH", f"/queues/{queue.pk}", {"overflow": [TO_SPARE]})
    kept = OverflowRule.objects.filter(to_queue_id=row.pk)
    return Choice(row, request, "queues", lambda: kept.exists())


def model_of_ruleset(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = make_model(name="Topics")
    ruleset = {"name": "Sort", "kind": row.kind, "model": "Topics", "inputs": ["title"]}
    request = ("PUT", f"/workstreams/{chat.pk}/classification-rulesets", [ruleset])
    return Choice(row, request, "models", lambda: row.rulesets.exists())


def hours_of_instance(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = OperatingHours.objects.create(name="Days", time_zone="UTC")
    widget = make_chat_widget(chat, "shop")
    path = f"/workstreams/{chat.pk}/channel-instances/{widget.pk}"
    request = ("PATCH", path, {"operating_hours": "Days"})
    return Choice(row, request, "operating-hours", lambda: row.channel_instances.exists())


def type_of_skill(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row, skill = SkillType.objects.create(name="Languages"), make_skill("German")
    request = ("PATCH", f"/skills/{skill.pk}", {"type": "Languages"})
    kept = Skill.objects.filter(skill_type_id=row.pk)
    return Choice(row, request, "skill-types", lambda: kept.exists())


def type_of_workstream(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = RecordType.objects.create(name="visit", label="Visit")
    ServiceConfiguration.objects.update(record_routing_enabled_at=NOW)
    cases = make_queue("Cases", type="record")
    body = {"name": "Visits", "type": "record", "distribution_mode": "push", "record_type": "visit"}
    request = ("POST", "/workstreams", body | {"fallback_queue": {"existing": cases.name}})
    kept = Workstream.objects.filter(record_type_id=row.pk)
    return Choice(row, request, "record-types", lambda: kept.exists())


def type_of_template(queue: Queue, chat: Workstream, agent: Agent) -> Choice:
    row = RecordType.objects.create(name="visit", label="Visit")
    body = {"name": "V", "unique_name": "our_v", "type": "entity", "record_type": "visit"}
    kept = SessionTemplate.objects.filter(record_type_id=row.pk)
    return Choice(row, ("POST", "/session-templates", body), "record-types", lambda: kept.exists())


TO_SPARE: dict[str, Any] = {
    "condition": "work_item_limit",
    "threshold": 5,
    "action": "transfer",
    "queue": "Spare",
}
OF_WORK = [
    bot_of_workstream,
    assist_bot_of_workstream,
    advice_of_workstream,
    fallback_of_workstream,
    queue_of_rule,
    overflow_of_rule,
    overflow_of_queue,
    model_of_ruleset,
    hours_of_instance,
    type_of_skill,
    type_of_workstream,
    type_of_template,
]

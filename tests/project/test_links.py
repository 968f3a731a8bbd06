"""What one row says of another: whoever adds a link says here what its end means.

A link that goes along with what it leads to is the danger: a workstream was left without its
capacity profile, and a model that learned from one workstream learned from all.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CASCADE, DO_NOTHING, SET_NULL, Field, JSONField, Model

from agents.actions.delete_definition import delete_definition
from agents.exceptions import InUse as DefinitionInUse
from routing.queries.uses import uses
from tests.factories import make_profile
from tests.factories.bots import make_assist_bot
from tests.factories.learning import make_model
from workstreams.actions.delete_bot import delete_bot
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.exceptions import InUse
from workstreams.models import QuickReply

OURS: Final = ("agents", "config", "routing", "workstreams")
# Rows that are part of the other row, or its own counts and traces, and mean nothing without it.
BELONGS: Final = {
    "AgentAttributeValue.agent",
    "AgentCapacityProfile.agent",
    "AgentLoad.agent",
    "AgentPresence.agent",
    "AgentSession.agent",
    "AgentSkill.agent",
    "AgentWindow.agent",
    "AgentWindow.session",
    "ApiToken.user",
    "Assignment.item",
    "AutomatedMessage.channel_instance",
    "AverageWait.queue",
    "Blocker.queue",
    "BotConversation.item",
    "ChatStart.instance",
    "ChatVisit.item",
    "Consult.item",
    "ConsultNote.consult",
    "ConsultReceipt.agent",
    "ConsultReceipt.consult",
    "ContextVariable.workstream",
    "FloorDefault.user",
    "Holiday.hours",
    "IdempotentAnswer.user",
    "IdentificationRule.workstream",
    "InboxView.owner",
    "Message.item",
    "ModelLoad.model",
    "ModelVersion.model",
    "OperatingPeriod.hours",
    "OverflowRule.queue",
    "PreferredAgent.contact",
    "ProfileLoad.agent",
    "ProfileLoad.profile",
    "QueueDuty.queue",
    "QueueMembership.queue",
    "QueueTurn.agent",
    "QueueTurn.queue",
    "QuickReply.owner",
    "RecordBatchRow.batch",
    "Rule.ruleset",
    "RuleOverflow.rule",
    "RuleQueue.rule",
    "Ruleset.workstream",
    "ScheduledChange.publication",
    "ShiftState.hours",
    "Suggestion.item",
    "Suggestion.message",
    "SurveyQuestion.channel_instance",
    "TrainingRecord.model",
    "UploadedDocument.by",
    "WorkstreamTest.workstream",
}
# Links that go along, and what is left then.
GOES_ALONG: Final = {
    "PreferredAgent.agent": "the contact's work is offered to those who are left, and said before",
    "QueueMembership.agent": "the queue goes on without, and said before",
    "Ruleset.record_type": "rules name workstreams of the type, and these keep it",
    "Suggestion.bot": "a bot that suggested anything is kept for it",
}
# What is empty then, and that nothing is chosen by it.
FORGETS: Final = {
    "AgentPresence.before": "who comes back begins with his first presence",
    "Contact.account": "a customer without his firm",
    "Record.account": "a record without its customer",
    "Record.contact": "a record without its customer",
    "RecordBatch.by": "the batch says who it was by name",
    "WorkItem.account": "work without its customer",
    "WorkItem.case": "work without its case",
    "WorkItem.contact": "work without its customer",
    "WorkItem.record": "work ends with its record",
}
# History that outlives the row.
OUTLIVES: Final = {"Assignment.template", "RecordBatchRow.record"}
# What documents inside rows name, and who keeps that: nothing where they name no row.
NAMED_INSIDE: Final = {
    "AgentAttribute.options": "",
    "AgentAttributeValue.value": "options: save_attribute",
    "Assignment.day_profiles": "profiles: work_holding",
    "Assignment.profiles": "profiles: work_holding",
    "AssignmentMethod.prioritization": "context variables: context_variable_uses",
    "AssignmentMethod.rulesets": "attributes, skills and their types, variables: uses",
    "AssignmentMethod.selection": "context variables: context_variable_uses",
    "AssignmentMethod.weights": "",
    "Bot.script": "",
    "BotConversation.state": "",
    "ChannelInstance.allowed_origins": "",
    "ChannelInstance.settings": "",
    "ChatVisit.pages": "",
    "ConfigurationPiece.document": "all by name, as published: edited",
    "ConsultReceipt.profiles": "profiles, as they were held",
    "Contact.data": "",
    "Account.data": "",
    "Event.data": "history",
    "FloorDefault.filters": "queues, workstreams: one that is gone finds nothing",
    "IdempotentAnswer.answer": "",
    "IdentificationRule.keys": "context variables: context_variable_uses",
    "InboxView.kinds": "",
    "LearnedModel.inputs": "context variables: context_variable_uses",
    "LearnedModel.when": "skills: uses; context variables: context_variable_uses",
    "MessageTemplate.texts": "context variables: context_variable_uses",
    "ModelVersion.quality": "history",
    "NotificationTemplate.fields": "context variables: context_variable_uses",
    "OperatingPeriod.except_on": "",
    "QuickReply.tags": "",
    "RatingModel.value_names": "",
    "Record.data": "",
    "Record.intake": "history",
    "RoutingDecision.document": "history",
    "Rule.then": "skills, profiles: uses; context variables: context_variable_uses",
    "Rule.when": "skills: uses; channel instances: dependencies; context variables",
    "Ruleset.inputs": "context variables: context_variable_uses",
    "SessionTemplate.tabs": "",
    "SurveyQuestion.options": "",
    "TrainingRecord.skill_ids": "skills: one that is gone is not predicted",
    "UploadedDocument.mapping": "",
    "WorkItem.attributes": "",
    "WorkItem.context": "",
    "WorkItem.customer": "",
    "WorkItem.required_profiles": "profiles: work_holding",
    "WorkItem.required_skills": "skills: work_needing",
    "Workstream.allowed_presences": "",
}


def links(of: Any) -> set[str]:
    return {
        _name(field) for field in _fields() if getattr(field.remote_field, "on_delete", 0) is of
    }


def test_what_goes_along_with_a_row_is_known() -> None:
    assert links(CASCADE) == BELONGS | GOES_ALONG.keys()


def test_what_is_forgotten_with_a_row_is_known() -> None:
    assert links(SET_NULL) == FORGETS.keys()
    assert links(DO_NOTHING) == OUTLIVES


def test_what_documents_inside_rows_name_is_known() -> None:
    inside = {_name(field) for field in _fields() if isinstance(field, JSONField | ArrayField)}
    assert inside == NAMED_INSIDE.keys()


def test_every_link_to_many_is_tried_below() -> None:
    many = {
        f"{model.__name__}.{field.name}"
        for model in _models()
        for field in model._meta.local_many_to_many
        if (through := field.remote_field.through) and through._meta.auto_created
    }
    django_s = {"User.groups", "User.user_permissions"}
    assert many - django_s == {*KEPT, "QuickReply.workstreams"}


def profile_of(workstream: Any, by: Any, now: Any) -> None:
    row = make_profile()
    workstream.capacity_profiles.add(row)
    delete_definition(row=row, by=by, now=now, uses=uses)


def assist_bot_of(workstream: Any, by: Any, now: Any) -> None:
    row = make_assist_bot("Aide")
    workstream.assist_bots.add(row)
    delete_bot(bot=row, by=by, now=now)


def workstream_of_model(workstream: Any, by: Any, now: Any) -> None:
    make_model().workstreams.add(workstream)
    delete_workstream(workstream=workstream, by=by, now=now)


KEPT: Final[dict[str, Callable[[Any, Any, Any], None]]] = {
    "Workstream.capacity_profiles": profile_of,
    "Workstream.assist_bots": assist_bot_of,
    "LearnedModel.workstreams": workstream_of_model,
}


@pytest.mark.parametrize("link", KEPT)
def test_what_a_link_to_many_leads_to_stays(link, workstream, administrator, now) -> None:
    with pytest.raises((InUse, DefinitionInUse)) as refused:
        KEPT[link](workstream, administrator, now)

    named: Any = refused.value.details["dependencies"]
    assert all(each["name"] and each["url"] for each in named)


def test_a_reply_goes_with_its_last_workstream(workstream, administrator, now) -> None:
    reply = QuickReply.objects.create(title="Hello", message="Hi")
    reply.workstreams.add(workstream)

    delete_workstream(workstream=workstream, by=administrator, now=now)

    assert not QuickReply.objects.exists()


def _models() -> Iterator[type[Model]]:
    """Without the rows of the audit trail, and those that are others seen otherwise."""
    for model in apps.get_models():
        is_trail = hasattr(model, "pgh_tracked_model") or not model._meta.managed
        if model._meta.app_label in OURS and not is_trail and not model._meta.proxy:
            yield model


def _fields() -> Iterator["Field[Any, Any]"]:
    for model in _models():
        yield from model._meta.local_fields


def _name(field: "Field[Any, Any]") -> str:
    return f"{field.model.__name__}.{field.name}"

"""Where a context variable is used: while it is, its name stays (B 10.1)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse

from workstreams.models import (
    AssignmentMethod,
    AutomatedMessage,
    ContextVariable,
    IdentificationRule,
    MessageTemplate,
    NotificationTemplate,
    QuickReply,
    SessionTemplate,
    SurveyQuestion,
    Workstream,
)
from workstreams.queries.dependencies import Dependency
from workstreams.slugs import CONTEXT, slugs_in

TEMPLATES: Final = (
    "notification_template_id",
    "authenticated_template_id",
    "consult_template_id",
    "transfer_template_id",
    "supervisor_assign_template_id",
)
PLACES: Final[Mapping[str, str]] = {
    "classification": "classification",
    "route_to_queue": "route-to-queue",
}


def uses_of(variable: ContextVariable) -> list[Dependency]:
    """Rules, methods, models, texts and questions that name it; eleven queries."""
    workstream, name = variable.workstream, variable.name
    page = reverse("workstreams:workstream-detail", args=[workstream.pk])
    return [
        *_rules(workstream, name, page),
        *_methods(workstream, name),
        *_models(workstream, name),
        *_texts(workstream, name, page),
        *_questions(workstream, name),
        *_identification(workstream, name, page),
    ]


def readers_of(variable: ContextVariable) -> list[Dependency]:
    """What takes it as the text or the number that it is: rules, methods and models."""
    workstream, name = variable.workstream, variable.name
    page = reverse("workstreams:workstream-detail", args=[workstream.pk])
    return [
        *_rules(workstream, name, page),
        *_methods(workstream, name),
        *_models(workstream, name),
    ]


def reads(document: Any, name: str) -> bool:
    """Whether the field stands anywhere, whatever it is there for."""
    return json.dumps(f"context.{name}") in json.dumps(document)


def _rules(workstream: Workstream, name: str, page: str) -> Iterator[Dependency]:
    for ruleset in workstream.rulesets.prefetch_related("rules"):
        if f"context.{name}" in ruleset.inputs:
            url = f"{page}#{PLACES['classification']}"
            yield Dependency(kind="ruleset", name=ruleset.name, url=url)
        for rule in ruleset.rules.all():
            if f"context.{name}" in {*_fields(rule.when), *_fields(rule.then)}:
                url = f"{page}#{PLACES.get(ruleset.kind, '')}"
                yield Dependency(kind="rule", name=rule.name, url=url)


def _methods(workstream: Workstream, name: str) -> Iterator[Dependency]:
    """Those that read it, unless another workstream has a variable of this name too."""
    others = ContextVariable.objects.filter(name=name).exclude(workstream=workstream)
    if others.exists():
        return
    for method in AssignmentMethod.objects.all():
        if reads(method.document(), name):
            url = reverse("routing:assignment-method-detail", args=[method.pk])
            yield Dependency(kind="assignment_method", name=method.name, url=url)


def _models(workstream: Workstream, name: str) -> Iterator[Dependency]:
    for model in workstream.learned_models.all():
        if reads([model.inputs, model.when], name):
            url = reverse("routing:model-detail", args=[model.pk])
            yield Dependency(kind="learned_model", name=model.name, url=url)


def _fields(document: Any) -> Iterator[str]:
    """Every field that a condition compares, or an outcome sets."""
    if isinstance(document, Mapping):
        field = document.get("field")
        if isinstance(field, str):
            yield field
        changes = document.get("set")
        if isinstance(changes, Mapping):
            yield from map(str, changes)
        for each in document.values():
            yield from _fields(each)
    elif isinstance(document, list):
        for each in document:
            yield from _fields(each)


def _texts(workstream: Workstream, name: str, page: str) -> Iterator[Dependency]:
    replies = QuickReply.objects.filter(
        Q(workstreams=None) | Q(workstreams=workstream), message__contains=name
    )
    for reply in replies.distinct():
        if mentions(reply.message, name):
            url = reverse("workstreams:quick-reply-edit", args=[reply.pk])
            yield Dependency(kind="quick_reply", name=reply.title, url=url)
    chosen = [getattr(workstream, field) for field in TEMPLATES]
    for template in NotificationTemplate.objects.filter(pk__in=[pk for pk in chosen if pk]):
        if mentions(f"{template.title} {template.fields}", name):
            yield Dependency(kind="notification_template", name=template.name, url=page)
    session = SessionTemplate.objects.filter(workstreams=workstream).first()
    if session is not None and mentions(session.title, name):
        yield Dependency(kind="session_template", name=session.name, url=page)
    for text in MessageTemplate.objects.filter(channel=workstream.channel):
        if any(mentions(each, name) for each in text.texts.values()):
            url = reverse("workstreams:message-template-edit", args=[text.pk])
            yield Dependency(kind="message_template", name=text.name, url=url)
    messages = AutomatedMessage.objects.filter(
        Q(channel_instance=None, channel=workstream.channel)
        | Q(channel_instance__workstream=workstream),
        text__contains=name,
    )
    for message in messages:
        if mentions(message.text, name):
            yield Dependency(kind="automated_message", name=message.get_trigger_display(), url=page)


def mentions(text: str, name: str) -> bool:
    """Whether one of its slugs is that of the variable."""
    return not {name, CONTEXT + name}.isdisjoint(slugs_in(text))


def _questions(workstream: Workstream, name: str) -> Iterator[Dependency]:
    questions = SurveyQuestion.objects.filter(
        channel_instance__workstream=workstream, name=name
    ).select_related("channel_instance")
    for question in questions:
        instance = question.channel_instance
        url = reverse("workstreams:survey", args=[workstream.pk, instance.pk])
        yield Dependency(kind="survey_question", name=f"{instance}: {question.text}", url=url)


def _identification(workstream: Workstream, name: str, page: str) -> Iterator[Dependency]:
    rules = IdentificationRule.objects.filter(
        Q(workstream=workstream) | Q(workstream=None), keys__has_key=name
    )
    for rule in rules:
        is_own = rule.workstream_id is not None
        url = f"{page}#identification" if is_own else reverse("workstreams:identification")
        yield Dependency(kind="identification_rule", name=rule.name, url=url)

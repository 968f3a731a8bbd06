"""The pages of queues: list, form and delete question; members have pages of their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm

from agents.models import User
from agents.permissions import configurer_required, reader_required
from config.crud import Column, ConfigPages, Dependency
from config.request import AppRequest
from routing.terms import LABELS as ROUTING_LABELS
from routing.terms import AssignmentMethodName
from workstreams.actions.create_queue import create_queue
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.edit_queue import edit_queue
from workstreams.forms.queue import QueueForm
from workstreams.models import Queue
from workstreams.queries.dependencies import queue_dependencies
from workstreams.queries.queue_list import queue_list
from workstreams.views.answers import in_words

BUILT_IN = "It is built in: work of its type falls back to it by default"


def method_in_words(queue: Queue) -> str:
    """A built-in method by its label, a custom one by its name."""
    if queue.assignment_method in list(AssignmentMethodName):
        return ROUTING_LABELS[AssignmentMethodName(queue.assignment_method)]
    return queue.assignment_method


class QueuePages(ConfigPages):
    """Queues; the page of one is `queue_page`."""

    model, form_class, app, noun = Queue, QueueForm, "workstreams", "queue"
    title, icon = "Queues", "queue"
    about = "Where work waits until an agent who serves the queue is free."
    may_read, may_write = reader_required, configurer_required
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Type", value="type", sort="type"),
        Column(label="Priority", value="priority", sort="priority", is_number=True),
        Column(label="Assignment method", value=method_in_words, sort="assignment_method"),
        Column(label="Operating hours", value=lambda queue: queue.operating_hours or "Always"),
        Column(label="Members", value="member_count", sort="member_count", is_number=True),
        Column(label="Waiting now", value="waiting_count", sort="waiting_count", is_number=True),
    )
    empty_text = "Create a queue, then add the agents who serve it."
    delete_text = (
        "Its members leave it; agents stay. Finished work goes on naming it. This cannot be undone."
    )
    has_detail = True
    version_field = "revision"

    def queryset(self, request: AppRequest) -> "QuerySet[Any]":
        return queue_list()

    def perform_save(self, form: "ModelForm[Any]", *, by: User, now: datetime) -> Queue:
        if form.instance.pk is None:
            return create_queue(**form.cleaned_data, by=by, now=now)
        return edit_queue(queue=form.instance, **form.cleaned_data, by=by, now=now)

    def perform_delete(self, found: Queue, *, by: User, now: datetime) -> None:
        delete_queue(queue=found, by=by, now=now)

    def dependencies(self, found: Queue) -> Sequence[Dependency]:
        built_in = [Dependency(label=BUILT_IN)] if found.is_default else []
        used = (in_words(each) for each in queue_dependencies(found))
        return [*built_in, *(Dependency(label=each["label"], url=each["url"]) for each in used)]

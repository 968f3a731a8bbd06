"""The pages of queues: list, form and delete question; members have pages of their own."""

from datetime import datetime
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.forms import ModelForm
from django.http import HttpResponse

from agents.models import User
from agents.permissions import configurer_required, reader_required
from config.clock import database_now
from config.crud import Column, ConfigPages
from config.request import AppRequest
from routing.queries.queue_hours import closed_queues
from workstreams.actions.create_queue import create_queue
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.lock_queue import lock_queue
from workstreams.forms.queue import QueueForm
from workstreams.models import Queue
from workstreams.queries.queue_list import queue_list
from workstreams.terms import LABELS, AssignmentMethodName
from workstreams.views.queue_commands import queue_delete

BASIC = "None: agents pick"


def method_in_words(queue: Queue) -> str:
    """A built-in method by its label, a custom one by its name; basic queues have none."""
    if not queue.distributes:
        return BASIC
    if queue.custom_method is not None:
        return queue.custom_method.name
    if queue.assignment_method in list(AssignmentMethodName):
        return LABELS[AssignmentMethodName(queue.assignment_method)]
    return queue.assignment_method


def now_in_words(queue: Any) -> str:
    """Whether it is open, by the published hours."""
    return "Open" if queue.is_open else "Closed"


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
        Column(label="Now", value=now_in_words, sort="is_open"),
        Column(label="Members", value="member_count", sort="member_count", is_number=True),
        Column(label="Waiting now", value="waiting_count", sort="waiting_count", is_number=True),
    )
    empty_text = "Create a queue, then add the agents who serve it."
    has_detail = True
    version_field = "revision"

    def queryset(self, request: AppRequest) -> "QuerySet[Any]":
        closed = closed_queues(now=database_now())
        is_open = Case(When(pk__in=closed, then=Value(False)), default=Value(True))
        return queue_list().annotate(is_open=is_open)

    def delete_page(self, request: AppRequest, **ids: int) -> HttpResponse:
        """Asks where the work goes, too."""
        return queue_delete(request, **ids)

    def lock(self, form: "ModelForm[Any]") -> None:
        lock_queue(form.instance)

    def perform_save(self, form: "ModelForm[Any]", *, by: User, now: datetime) -> Queue:
        if form.instance.pk is None:
            return create_queue(**form.cleaned_data, by=by, now=now)
        return edit_queue(queue=form.instance, **form.cleaned_data, by=by, now=now)

"""Views of the inbox that people make: an agent's own, and those of administrators for all."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm

from agents.forms.inbox_view import InboxViewForm
from agents.permissions import administrator_required, agent_required, get_own_agent
from config.crud import Column, ConfigPages
from config.request import AppRequest
from workstreams.models import InboxView
from workstreams.terms import LABELS, InboxKind, InboxList


def _kinds(view: InboxView) -> str:
    return ", ".join(LABELS[InboxKind(kind)] for kind in view.kinds) or "Every kind"


class InboxViewPages(ConfigPages):
    """List, create, edit and delete one's own; nobody sees another's."""

    model, form_class, app, noun = InboxView, InboxViewForm, "agents", "inbox-view"
    title, icon = "My inbox views", "list"
    about = "Lists of work items that only you see in your inbox."
    empty_text = "Keep what you look for again and again."
    may_read, may_write = agent_required, agent_required
    version_field = "revision"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="List", value=lambda view: LABELS[InboxList(view.of)]),
        Column(label="Kinds", value=_kinds),
        Column(label="Words", value="words"),
    )
    search_fields = ("name", "words")

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return InboxView.objects.filter(owner=get_own_agent(request.user))

    def new(self, request: AppRequest) -> InboxView:
        return InboxView(owner=get_own_agent(request.user))

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> InboxView:
        if form.instance.pk:
            form.instance.revision += 1
        saved: InboxView = form.save()
        return saved


class SharedInboxViewPages(InboxViewPages):
    """Those that every agent finds in his inbox."""

    noun, title = "shared-inbox-view", "Shared inbox views"
    about = "Lists of work items that every agent finds in his inbox, each with his own work."
    empty_text = "Agents have the built-in views, and those they make themselves."
    may_read, may_write = administrator_required, administrator_required

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return InboxView.objects.filter(owner=None)

    def new(self, request: AppRequest) -> InboxView:
        return InboxView()

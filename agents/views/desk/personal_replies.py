"""An agent's own quick replies (B 11.5)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm

from agents.forms.personal_reply import PersonalReplyForm
from agents.permissions import agent_required, get_own_agent
from config.crud import Column, ConfigPages
from config.locales import language_name
from config.request import AppRequest
from workstreams.actions.delete_quick_reply import delete_quick_reply
from workstreams.actions.save_quick_reply import save_quick_reply
from workstreams.models import QuickReply
from workstreams.queries.quick_replies import are_personal_replies_on

SWITCHED_OFF = "Personal quick replies are switched off in the service configuration."


class PersonalReplyPages(ConfigPages):
    """List, create, edit and delete; nobody sees another's."""

    model, form_class, app, noun = QuickReply, PersonalReplyForm, "agents", "personal-reply"
    title, icon = "My quick replies", "message"
    about = "Texts that only you put into conversations."
    empty_text = "Save what you type again and again."
    may_read, may_write = agent_required, agent_required
    version_field = "revision"
    columns = (
        Column(label="Title", value="title", sort="title", is_link=True),
        Column(label="Language", value=lambda reply: language_name(reply.locale), sort="locale"),
        Column(label="Message", value=lambda reply: reply.message[:160]),
        Column(label="Tags", value="tags", template="workstreams/replies/_tags.html"),
    )
    search_fields = ("title", "message", "tags")

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return QuickReply.objects.filter(owner=_agent(request.user))

    def new(self, request: AppRequest) -> QuickReply:
        return QuickReply(owner=_agent(request.user))

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> QuickReply:
        reply = form.instance if form.instance.pk else None
        return save_quick_reply(reply=reply, owner=_agent(by), by=by, now=now, **form.cleaned_data)

    def perform_delete(self, found: QuickReply, *, by: Any, now: datetime) -> None:
        delete_quick_reply(reply=found, by=by, now=now)


def _agent(user: Any) -> Any:
    """The user's agent, while personal replies are switched on."""
    agent = get_own_agent(user)
    if not are_personal_replies_on():
        raise PermissionDenied(SWITCHED_OFF)
    return agent

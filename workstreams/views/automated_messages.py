"""Pages of automated messages, of a channel and of one of its instances alike."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents.permissions import configurer_required, may_configure, reader_required
from config.clock import database_now
from config.pages import page_or_fragment, redirect_or_event
from config.request import AppRequest
from workstreams.actions.save_automated_message import (
    reset_automated_message,
    save_automated_message,
    switch_automated_message,
)
from workstreams.automated_messages import CHANNELS
from workstreams.forms.automated_message import AutomatedMessageForm
from workstreams.queries.automated_texts import automated_texts
from workstreams.reply_fields import preview_of
from workstreams.terms import LABELS, Channel
from workstreams.views.answers import accepted, form_answer
from workstreams.views.message_levels import (
    Level,
    languages_of,
    level_of,
    message_of,
    rows_of,
)

SAVED = "automated-message-saved"
LONGEST_PREVIEW = 4000


@require_GET
@reader_required
def automated_messages(request: AppRequest) -> HttpResponse:
    """Every trigger of the chosen channel, ``?channel=``, in the language ``?locale=``."""
    chosen = request.GET.get("channel", "")
    is_known = chosen in {channel.value for channel in CHANNELS}
    level = level_of(channel=chosen if is_known else Channel.LIVE_CHAT.value)
    return _list(request, level, channels=[(each.value, LABELS[each]) for each in CHANNELS])


@require_GET
@reader_required
def instance_messages(
    request: AppRequest, workstream_id: int, channel_instance_id: int
) -> HttpResponse:
    """What one instance says itself, and what it takes over from its channel."""
    return _list(
        request, level_of(workstream_id=workstream_id, channel_instance_id=channel_instance_id)
    )


@require_http_methods(["GET", "POST"])
@configurer_required
def message_edit(request: AppRequest, /, trigger: str, **where: Any) -> HttpResponse:
    """The words in one language."""
    level = level_of(**where)
    message = message_of(level, trigger)
    locale = level.locale(request.GET.get("locale", ""))
    shown = automated_texts([message.trigger], locale=locale, **level.where)[message.trigger]
    form = AutomatedMessageForm(request.POST or None, message=message, shown=shown, locale=locale)
    saved = accepted(form, lambda: _save(request, level, trigger, form, locale))
    if saved:
        return redirect_or_event(
            request, level.url(), event=SAVED, text=f"“{message.label}” saved."
        )
    return form_answer(
        request,
        form,
        title=message.label,
        list_url=level.url(),
        area="Automated messages",
    )


@require_POST
@configurer_required
def message_switch(request: AppRequest, /, trigger: str, **where: Any) -> HttpResponse:
    """Say it, or nothing, in every language."""
    level = level_of(**where)
    message = message_of(level, trigger)
    is_active = request.POST.get("is_active") == "on"
    switch_automated_message(
        trigger=trigger, is_active=is_active, by=request.user, now=database_now(), **level.where
    )
    text = f"“{message.label}” is {'active' if is_active else 'inactive'}."
    return redirect_or_event(request, level.url(), event=SAVED, text=text)


@require_POST
@configurer_required
def message_reset(request: AppRequest, /, trigger: str, **where: Any) -> HttpResponse:
    """Back to what counts above: the built-in words, or the channel's."""
    level = level_of(**where)
    message = message_of(level, trigger)
    reset_automated_message(trigger=trigger, by=request.user, now=database_now(), **level.where)
    text = f"“{message.label}” is as {'the channel has it' if level.instance else 'built in'}."
    return redirect_or_event(request, level.url(), event=SAVED, text=text)


@require_GET
def text_preview(request: AppRequest) -> HttpResponse:
    """A text with made-up values, while it is typed."""
    name, field_id = request.GET.get("name", "text"), request.GET.get("field", "id_text")
    if not (name.isidentifier() and field_id.isidentifier()):
        name, field_id = "text", "id_text"
    text = request.GET.get(name, "")[:LONGEST_PREVIEW]
    return HttpResponse(preview_of(text, name=name, field_id=field_id))


def _list(request: AppRequest, level: Level, **context: Any) -> HttpResponse:
    locale = level.locale(request.GET.get("locale", ""))
    shown = {
        "title": "Custom automated messages" if level.instance else "Automated messages",
        "level": level,
        "channel": level.channel.value,
        "locale": locale,
        "locales": languages_of(level, locale),
        "rows": rows_of(level, locale),
        "can_write": may_configure(request.user),
        "fragment_url": request.get_full_path(),
        **context,
    }
    return page_or_fragment(
        request, "workstreams/messages/list.html", "workstreams/messages/_list.html", shown
    )


def _save(
    request: AppRequest, level: Level, trigger: str, form: AutomatedMessageForm, shown: str
) -> Any:
    """Another language than the one shown is another row."""
    given = form.cleaned_data
    revision = (given["revision"] or 0) if given["locale"] == shown else None
    return save_automated_message(
        trigger=trigger,
        text=given["text"],
        locale=given["locale"],
        is_active=given["is_active"],
        revision=revision,
        by=request.user,
        now=database_now(),
        **level.where,
    )

"""The customer's side of a chat: a page that also lives in the widget's frame."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.clock import database_now
from config.live.tickets import make_ticket
from config.pages import client_event, wants_fragment
from config.row_ids import row_id
from routing import service
from routing.exceptions import NotPublished
from routing.queries.chat_hours import ChatHours, chat_hours
from workstreams.actions.note_visit import note_departure, note_visit
from workstreams.channels.contract import SURVEY, InboundMessage
from workstreams.channels.exceptions import TooManyChats
from workstreams.channels.live_chat.begin_chat import begin_chat
from workstreams.channels.live_chat.context import (
    PREFIX,
    answers_in_context,
    carried_context,
    read_context,
)
from workstreams.channels.live_chat.going_on import with_all_told
from workstreams.channels.live_chat.visitor import Visitor, new_visitor
from workstreams.channels.message_field import MessageForm
from workstreams.channels.receive import receive
from workstreams.exceptions import ConversationOver, MessageKeyReused, MessageTooLong
from workstreams.forms.survey import StartForm
from workstreams.models import ChannelInstance, WorkItem
from workstreams.views.chat_end import begins_anew, came_too_late
from workstreams.views.chat_shown import (
    conversation_context,
    new_query,
    state_context,
    talk_context,
)
from workstreams.views.chat_visitor import (
    chat_view,
    close_unpublished,
    conversation_of,
    forget,
    is_sent_from_here,
    keep_known,
    remember,
    shown_conversation,
    visitor_of_form,
    visitor_of_page,
    visitor_to_begin,
)

PAGE_NAME_LENGTH: Final = 40


@require_http_methods(["GET", "HEAD", "POST"])
@chat_view
def chat(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """The conversation, or the form that begins one."""
    if request.method == "POST":
        return _start(request, instance)
    if "new" in request.GET:
        return _first_page(request, instance)
    visitor, item = shown_conversation(request, instance)
    if item is not None and came_too_late(instance, item):
        elsewhere = redirect(instance.redirect_url)
        forget(elsewhere, request, instance, visitor)
        return elsewhere
    if item is not None and not begins_anew(instance, item):
        page = _conversation_page(request, instance, visitor, item)
        keep_known(page, request, instance, visitor)
        return page
    page = _first_page(request, instance)
    if item is not None:
        forget(page, request, instance, visitor)
    return page


@require_POST
@chat_view
def message(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """The visitor says something; what was typed stays when it cannot be sent."""
    visitor, item = _own_conversation(request, instance)
    if visitor is None or item is None:
        return _expired(request, instance)
    form = MessageForm(request.POST)
    if not (form.is_valid() and _is_received(instance, visitor, form)):
        return _not_sent(request, instance, visitor, item, form)

    if not wants_fragment(request):
        return _to_page(request, instance, visitor)
    context = talk_context(instance, visitor, item, given=_given(request))
    response = render(request, "workstreams/chat/_composer.html", context)
    return client_event(response, f"item-{item.pk}-changed")


@require_safe
@chat_view
def messages(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """The messages after ``?after=``, to be added at the end of the log."""
    visitor = visitor_of_page(request, instance)
    item = conversation_of(visitor)
    if item is None:
        return HttpResponse(status=204)
    after = row_id(request.GET.get("after", "")) or 0
    context = talk_context(instance, visitor, item, given=_given(request), after=after)
    return render(request, "workstreams/chat/_messages.html", context)


@require_safe
@chat_view
def state(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """The place in the queue, who answers, or that it is over."""
    visitor = visitor_of_page(request, instance)
    item = conversation_of(visitor)
    if item is None:
        return HttpResponse(status=204)
    given = _given(request)
    context = state_context(instance, visitor, item, given=given)
    if request.GET.get("shown") != context["phase"]:
        context |= talk_context(instance, visitor, item, given=given)
        return render(request, "workstreams/chat/_state_response.html", context)
    return render(request, "workstreams/chat/_state.html", context)


@require_POST
@chat_view
def end(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """The visitor ends the chat."""
    visitor, item = _own_conversation(request, instance)
    if visitor is None or item is None:
        return _expired(request, instance)
    service.leave(item_id=item.pk)
    if not wants_fragment(request):
        return _to_page(request, instance, visitor)
    return client_event(HttpResponse(status=204), f"item-{item.pk}-changed")


@require_POST
@chat_view
def visit(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """The visitor's page is there, or closes (``leaving``)."""
    _, item = _own_conversation(request, instance)
    if item is not None:
        note = note_departure if request.POST.get("leaving") else note_visit
        note(item_id=item.pk, now=database_now(), page=_page(request))
    return HttpResponse(status=204)


@require_safe
@chat_view
def ticket(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    """A ticket for the stream of the visitor's own conversation."""
    item = conversation_of(visitor_of_page(request, instance))
    if item is None or request.GET.get("topics") != f"item-{item.pk}":
        return HttpResponseForbidden("Not your conversation.")
    return JsonResponse({"ticket": make_ticket([f"item-{item.pk}"])})


def _first_page(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    close_unpublished(instance)
    hours = chat_hours(instance)
    if not instance.is_enabled or hours.is_hidden:
        context = {"instance": instance, "hours": hours}
        return render(request, "workstreams/chat/closed.html", context)
    # Never the token of the address: who sent the link would read what is written here.
    visitor = new_visitor(instance.pk)
    return _start_page(request, instance, visitor, _empty_form(instance))


def _start(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    visitor = visitor_of_form(request, instance)
    if visitor is None:
        return _expired(request, instance)
    # Whoever sent the form from another site knows its token, and would read what is written next.
    is_ours = is_sent_from_here(request)
    again = visitor if is_ours else new_visitor(instance.pk)
    if is_ours:
        visitor = visitor_to_begin(request, instance, visitor)
    hours = chat_hours(instance)
    is_closed = not instance.is_enabled or hours.is_hidden
    form = StartForm(request.POST, questions=instance.survey_questions.all())
    if is_closed and conversation_of(visitor) is None:
        form.add_error(None, _closed(instance, hours))
        return _start_page(request, instance, again, form, status=409)
    if not form.is_valid():
        return _start_page(request, instance, again, form, status=422)
    said = _said(visitor, form, context=read_context(request.POST.dict()))
    if is_ours and visitor != again:
        said = with_all_told(said, conversation_of(visitor))
    address = request.META.get("REMOTE_ADDR", "")
    try:
        begin_chat(instance=instance, message=said, address=address, now=database_now())
    except ConversationOver as refusal:
        form.add_error(None, str(refusal))
        return _start_page(request, instance, new_visitor(instance.pk), form, status=refusal.status)
    except MessageTooLong as refusal:
        # With what a second tab answered.
        form.add_error("text", str(refusal))
        return _start_page(request, instance, again, form, status=refusal.status)
    except TooManyChats as refusal:
        form.add_error(None, str(refusal))
        return _start_page(request, instance, again, form, status=refusal.status)
    except NotPublished as refusal:
        close_unpublished(instance)
        form.add_error(None, _closed(instance, hours))
        return _start_page(request, instance, again, form, status=refusal.status)
    except MessageKeyReused as refusal:
        form.add_error("text", str(refusal))
        return _not_sent(request, instance, visitor, conversation_of(visitor), form)
    response = _to_page(request, instance, visitor)
    if is_ours:
        remember(response, request, instance, visitor)
    return response


def _page(request: HttpRequest) -> str:
    """Which of the visitor's pages tells, by the name it gave itself."""
    name = request.POST.get("page", "")
    return name if name.isalnum() and len(name) <= PAGE_NAME_LENGTH else ""


def _closed(instance: ChannelInstance, hours: ChatHours) -> str:
    """Why what was typed just before could not be sent; switched off it opens at no time."""
    is_known = instance.is_enabled and hours.opens_at
    back = f" We are back on {hours.opens_in_words}." if is_known else ""
    return f"We are not here at the moment. Please come back later.{back}"


def _empty_form(instance: ChannelInstance) -> StartForm:
    questions = instance.survey_questions.all()
    return StartForm(questions=questions, initial={"client_key": uuid4()})


def _is_received(instance: ChannelInstance, visitor: Visitor, form: MessageForm) -> bool:
    """Whether the text is said; what was changed after a lost answer gets a new key."""
    try:
        receive(instance=instance, message=_said(visitor, form), now=database_now())
    except (ConversationOver, MessageKeyReused) as refusal:
        form.add_error("text", str(refusal))
    return form.is_valid()


def _said(
    visitor: Visitor, form: MessageForm, context: dict[str, str] | None = None
) -> InboundMessage:
    said = form.cleaned_data
    answers = form.answers() if isinstance(form, StartForm) else []
    return InboundMessage(
        conversation_key=visitor.conversation_key,
        client_key=UUID(str(said["client_key"])),
        text=said["text"],
        customer={name: said[name] for name in ("name", "email") if said.get(name)},
        context={**(context or {}), **answers_in_context(answers)},
        attributes={SURVEY: answers} if answers else {},
    )


def _own_conversation(
    request: HttpRequest, instance: ChannelInstance
) -> tuple[Visitor | None, WorkItem | None]:
    visitor = visitor_of_form(request, instance)
    return visitor, conversation_of(visitor) if visitor else None


def _start_page(
    request: HttpRequest,
    instance: ChannelInstance,
    visitor: Visitor,
    form: StartForm,
    *,
    status: int = 200,
) -> HttpResponse:
    given = read_context((request.POST if form.is_bound else request.GET).dict())
    form.fields["text"].widget.attrs["data-draft"] = f"chat-{instance.pk}"
    context = {
        "instance": instance,
        "title": instance.name,
        "form": form,
        "hours": chat_hours(instance),
        "token": visitor.token,
        "given": {f"{PREFIX}{name}": value for name, value in given.items()},
    }
    return render(request, "workstreams/chat/start.html", context, status=status)


def _conversation_page(
    request: HttpRequest, instance: ChannelInstance, visitor: Visitor, item: WorkItem
) -> HttpResponse:
    context = conversation_context(instance, visitor, item, given=_given(request))
    return render(request, "workstreams/chat/conversation.html", context)


def _not_sent(
    request: HttpRequest,
    instance: ChannelInstance,
    visitor: Visitor,
    item: WorkItem | None,
    form: MessageForm,
) -> HttpResponse:
    assert item is not None
    context: dict[str, Any] = conversation_context(
        instance, visitor, item, given=_given(request)
    ) | {
        "text": request.POST.get("text", ""),
        "errors": [error for errors in form.errors.values() for error in errors],
    }
    part = "_not_sent" if wants_fragment(request) else "conversation"
    return render(request, f"workstreams/chat/{part}.html", context, status=422)


def _given(request: HttpRequest) -> dict[str, str]:
    """The web site's variables, of the page's address or of its forms."""
    return carried_context({**request.GET.dict(), **request.POST.dict()})


def _to_page(request: HttpRequest, instance: ChannelInstance, visitor: Visitor) -> HttpResponse:
    address = reverse("workstreams:chat", args=[instance.slug])
    response = redirect(f"{address}?{urlencode({'v': visitor.token, **_given(request)})}")
    response.status_code = 303
    return response


def _expired(request: HttpRequest, instance: ChannelInstance) -> HttpResponse:
    context = {
        "instance": instance,
        "is_expired": True,
        "new_query": new_query(_given(request)),
    }
    return render(request, "workstreams/chat/closed.html", context, status=403)

"""What all chat views share: the widget, its visitor, and the frames it may be shown in."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Final

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from config.framing import may_be_framed, show_errors_with
from config.send_again import comes_from_here
from routing.queries.in_force import is_in_force
from workstreams.channels.live_chat.visitor import (
    PERSISTENT_SECONDS,
    TOKEN_SECONDS,
    Visitor,
    new_visitor,
    read_token,
)
from workstreams.models import ChannelInstance, WorkItem
from workstreams.terms import Channel
from workstreams.views.chat_end import is_over
from workstreams.views.chat_shown import shown_items

ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)
ChatView = Callable[..., HttpResponse]


def chat_view(view: ChatView) -> ChatView:
    """Serves a visitor of the widget ``slug``; other sites' frames as the widget allows.

    The token in the form takes the place of the CSRF cookie, which browsers keep from
    framed pages: nobody else can know it.
    """

    @may_be_framed(error_page="workstreams/chat/not_done.html")
    @login_not_required
    @csrf_exempt
    @xframe_options_exempt
    @never_cache
    @wraps(view)
    def served(request: HttpRequest, slug: str) -> HttpResponse:
        instance = get_object_or_404(
            ChannelInstance.objects.select_related("workstream__fallback_queue"),
            slug=slug,
            workstream__channel=Channel.LIVE_CHAT,
        )
        show_errors_with(request, instance=instance)
        allow = csp_replace({"frame-ancestors": ["'self'", *_origins(instance)]})
        response: HttpResponse = allow(lambda _: view(request, instance))(request)  # type: ignore[assignment]  # django-csp's type is wider
        return response

    return served


def close_unpublished(instance: ChannelInstance) -> None:
    """To this request it is switched off while its workstream is still to be published."""
    instance.is_enabled = instance.is_enabled and is_in_force(instance.workstream_id)


def visitor_of_form(request: HttpRequest, instance: ChannelInstance) -> Visitor | None:
    """The visitor by the form's token: never by cookie, so that no other site can post."""
    return _visitor_of(request.POST.get("v", ""), instance)


def visitor_of_page(request: HttpRequest, instance: ChannelInstance) -> Visitor:
    """The visitor by address or cookie, or a new one."""
    for token in (request.GET.get("v", ""), request.COOKIES.get(_cookie(instance), "")):
        visitor = _visitor_of(token, instance)
        if visitor is not None:
            return visitor
    return new_visitor(instance.pk)


def is_sent_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form, in whose frame ever; a browser that does not tell is
    believed. The first header is right behind a proxy that has another name, too; it is not sent
    where the connection is not secure."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return "Origin" not in request.headers or comes_from_here(request)


def conversation_of(visitor: Visitor) -> WorkItem | None:
    """The visitor's conversation, if it has begun."""
    return (
        shown_items()
        .filter(channel_instance=visitor.instance_id, conversation_key=visitor.conversation_key)
        .first()
    )


def shown_conversation(
    request: HttpRequest, instance: ChannelInstance
) -> tuple[Visitor, WorkItem | None]:
    """The visitor of the page and his conversation. An address whose conversation is over, as of a
    link from before, gives way to the browser's own that goes on."""
    visitor = visitor_of_page(request, instance)
    item = conversation_of(visitor)
    known = _known_to(request, instance)
    if item is not None and is_over(item) and known is not None and known != visitor:
        other = conversation_of(known)
        if other is not None and not is_over(other):
            return known, other
    return visitor, item


def visitor_to_begin(request: HttpRequest, instance: ChannelInstance, visitor: Visitor) -> Visitor:
    """Who begins by a form of this visitor: who the browser is already, from another of its tabs,
    while that conversation goes on. One chat follows whoever writes (B 4.15)."""
    known = _known_to(request, instance)
    if known is None or known == visitor or conversation_of(visitor) is not None:
        return visitor
    item = conversation_of(known)
    return visitor if item is None or is_over(item) else known


def remember(
    response: HttpResponse, request: HttpRequest, instance: ChannelInstance, visitor: Visitor
) -> None:
    """Keep the visitor's token as long as it is good, where the browser keeps cookies.

    In a frame it is kept for that site alone: whoever comes to the chat on two sites is two
    visitors, as no site is to find out where else somebody was.
    """
    _set_cookie(response, request, instance, token=visitor.token, seconds=_seconds_of(instance))


def forget(
    response: HttpResponse, request: HttpRequest, instance: ChannelInstance, visitor: Visitor
) -> None:
    """So that the next visit begins anew; a browser that is another visitor's by now keeps that."""
    if _known_to(request, instance) == visitor:
        _set_cookie(response, request, instance, token="", seconds=0)


def keep_known(
    response: HttpResponse, request: HttpRequest, instance: ChannelInstance, visitor: Visitor
) -> None:
    """Anew for a browser that knows it already: never one from an address that somebody sent."""
    if _known_to(request, instance) == visitor:
        remember(response, request, instance, visitor)


def _known_to(request: HttpRequest, instance: ChannelInstance) -> Visitor | None:
    return _visitor_of(request.COOKIES.get(_cookie(instance), ""), instance)


def _set_cookie(
    response: HttpResponse,
    request: HttpRequest,
    instance: ChannelInstance,
    *,
    token: str,
    seconds: int,
) -> None:
    name = _cookie(instance)
    response.set_cookie(
        name,
        token,
        max_age=seconds,
        path=f"/chat/{instance.slug}/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    if request.is_secure():
        # Frames of other sites get no other cookie. Python before 3.14 has no field for the second
        # word; the first is refused by browsers where the connection is not secure.
        response.cookies[name]["samesite"] = "None; Partitioned"


def _visitor_of(token: str, instance: ChannelInstance) -> Visitor | None:
    return read_token(token, instance_id=instance.pk, seconds=_seconds_of(instance))


def _seconds_of(instance: ChannelInstance) -> int:
    return PERSISTENT_SECONDS if instance.workstream.persistent_chat else TOKEN_SECONDS


def _cookie(instance: ChannelInstance) -> str:
    return f"chat-{instance.pk}"


def _origins(instance: ChannelInstance) -> list[str]:
    """Only well-formed origins reach the header."""
    return [origin for origin in instance.allowed_origins if ORIGIN.fullmatch(str(origin))]

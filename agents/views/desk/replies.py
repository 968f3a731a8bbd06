"""Texts that an agent puts into his reply: quick replies, and templates of messages."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.locales import language_name
from config.pages import page_or_fragment
from config.request import AppRequest
from config.row_ids import row_id
from workstreams.models import WorkItem
from workstreams.queries.quick_replies import (
    Texts,
    find_reply,
    find_template,
    quick_replies_for,
    templates_for,
)
from workstreams.queries.slug_values import SLUG_RELATIONS

LONGEST_SEARCH = 200
TEMPLATES = "templates"
PERSONAL = "personal"


@require_safe
def replies(request: AppRequest, item_id: int) -> HttpResponse:
    """What may be inserted, filled in: ``?kind=`` replies or templates, ``?q=``, ``?locale=``,
    ``?whose=`` personal."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    if not found.may_write:
        return redirect("agents:desk-item", item_id)
    context = _context(request, _load(item_id), agent)
    return page_or_fragment(
        request, "agents/desk/replies.html", "agents/desk/_replies.html", context
    )


def inserted(request: AppRequest, item_id: int, agent: Agent) -> str:
    """The text that a page opened with ``?reply=`` or ``?template=`` begins with."""
    reply_id = row_id(request.GET.get("reply", ""))
    template_id = row_id(request.GET.get("template", ""))
    if reply_id:
        return find_reply(_load(item_id), agent, reply_id)
    if template_id:
        return find_template(_load(item_id), agent, template_id)
    return ""


def _load(item_id: int) -> WorkItem:
    return WorkItem.objects.select_related(*SLUG_RELATIONS).get(pk=item_id)


def _context(request: AppRequest, item: WorkItem, agent: Agent) -> dict[str, Any]:
    search = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    is_templates = request.GET.get("kind") == TEMPLATES
    if is_templates:
        listed = templates_for(item, agent, search=search)
    else:
        listed = quick_replies_for(
            item,
            agent,
            search=search,
            locale=request.GET.get("locale", ""),
            only_own=request.GET.get("whose") == PERSONAL,
        )
    whose = PERSONAL if request.GET.get("whose") == PERSONAL else ""
    return {
        "title": "Message templates" if is_templates else "Quick replies",
        "item": item,
        "kind": TEMPLATES if is_templates else "replies",
        "parameter": "template" if is_templates else "reply",
        "search": search,
        "listed": listed,
        "whose": whose,
        "narrows": list(_narrows(listed, whose)),
    }


def _narrows(listed: Texts, whose: str) -> Iterator[dict[str, Any]]:
    """The lists of choices beside the search."""
    if len(listed.locales) > 1:
        locales = [(locale, language_name(locale)) for locale in listed.locales]
        yield {"name": "locale", "label": "Language", "chosen": listed.locale, "choices": locales}
    if listed.has_own:
        choices = [("", "All"), (PERSONAL, "Personal")]
        yield {"name": "whose", "label": "Whose", "chosen": whose, "choices": choices}

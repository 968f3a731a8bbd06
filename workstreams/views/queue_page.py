"""The page of a queue, and who serves it."""

from typing import Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agents.models import Agent
from agents.permissions import may_configure, members_required, reader_required
from config.clock import database_now
from config.crud.listing import without
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing.queries.queue_hours import opens_at
from workstreams.actions.change_queue_members import change_queue_members
from workstreams.actions.save_overflow import overflow_of
from workstreams.forms.find_agents import FindAgents
from workstreams.models import Queue
from workstreams.overflow import pair_words
from workstreams.queries.queue_list import queue_list
from workstreams.queries.refusal_words import with_presence_text
from workstreams.terms import OverflowCondition
from workstreams.views.queues import method_in_words

PAGE_SIZE: Final = 50
CANDIDATES: Final = 50


@require_GET
@reader_required
def queue_detail(request: AppRequest, queue_id: int) -> HttpResponse:
    """Settings, overflow, members by page, and agents to add; one filter finds among both."""
    queue = get_object_or_404(queue_list(), pk=queue_id)
    find, now = FindAgents(request.GET), database_now()
    members = find.found(_members(queue))
    candidates = find.found(_candidates(queue))
    context = {
        "title": queue.name,
        "queue": queue,
        "method": method_in_words(queue),
        "opens_at": opens_at(queue.pk, now=now),
        "now": now,
        "overflow": _overflow(queue),
        "overflows_from": _overflows_from(queue),
        "can_write": may_configure(request.user),
        "find": find,
        "members": Paginator(members, PAGE_SIZE).get_page(request.GET.get("page")),
        "candidates": list(candidates[:CANDIDATES]),
        "candidate_count": candidates.count(),
        "members_query": without(request.GET, "page"),
        "fallback_of": list(queue.fallback_of.all()),
        "live_topics": [f"queue-{queue.pk}"],
        "fragment_url": request.get_full_path(),
    }
    return page_or_fragment(
        request, "workstreams/queue_detail.html", "workstreams/_queue_summary.html", context
    )


def _overflow(queue: Queue) -> list[tuple[str, list[str]]]:
    """Both groups of pairs, each pair as a sentence."""
    pairs = overflow_of(queue)
    waiting = OverflowCondition.WAITING_TIME
    groups = {
        "Before work items are queued": [each for each in pairs if each["condition"] != waiting],
        "While work items wait": [each for each in pairs if each["condition"] == waiting],
    }
    return [
        (title, [_sentence(pair_words(pair, queue.type)) for pair in found])
        for title, found in groups.items()
    ]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _overflows_from(queue: Queue) -> list[Queue]:
    return list(Queue.objects.filter(overflow_rules__to_queue=queue).distinct())


@require_POST
@members_required
def queue_members_add(request: AppRequest, queue_id: int) -> HttpResponse:
    """The chosen agents, or all who were found, become members."""
    queue = get_object_or_404(Queue, pk=queue_id)
    agents = _chosen(request, _candidates(queue))
    if not agents:
        return _nobody_chosen(request, queue)
    changed = change_queue_members(queue=queue, add=agents, by=request.user, now=database_now())
    return _done(request, queue, f"{_people(len(changed))} added.")


@require_POST
@members_required
def queue_members_remove(request: AppRequest, queue_id: int) -> HttpResponse:
    """The chosen members, or all who were found, leave; the work they hold stays with them."""
    queue = get_object_or_404(Queue, pk=queue_id)
    agents = _chosen(request, _members(queue))
    if not agents:
        return _nobody_chosen(request, queue)
    changed = change_queue_members(queue=queue, remove=agents, by=request.user, now=database_now())
    return _done(request, queue, f"{_people(len(changed))} removed.")


def _nobody_chosen(request: AppRequest, queue: Queue) -> HttpResponse:
    page = reverse("workstreams:queue-detail", args=[queue.pk])
    return go_to(request, page, text="Choose at least one agent.", kind="danger")


def _chosen(request: AppRequest, among: "QuerySet[Agent]") -> list[Agent]:
    """With the button for all, everybody whom the sent filter finds; else who was ticked."""
    if request.POST.get("all"):
        find = FindAgents(request.POST)
        # A filter that cannot be read any more would find everybody.
        return [] if find.errors else list(find.found(among))
    ids = map(row_id, request.POST.getlist("agents"))
    return list(Agent.objects.filter(pk__in=[each for each in ids if each is not None]))


def _members(queue: Queue) -> "QuerySet[Agent]":
    return _agents().filter(queues=queue).order_by("memberships__id")


def _candidates(queue: Queue) -> "QuerySet[Agent]":
    others = _agents().exclude(queues=queue).filter(is_enabled=True)
    return others.order_by("user__username")


def _agents() -> "QuerySet[Agent]":
    return with_presence_text(Agent.objects.select_related("user", "presence__presence"))


def _people(number: int) -> str:
    return f"{number} agent" if number == 1 else f"{number} agents"


def _done(request: AppRequest, queue: Queue, text: str) -> HttpResponse:
    return go_to(request, reverse("workstreams:queue-detail", args=[queue.pk]), text=text)

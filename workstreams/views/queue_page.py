"""The page of a queue, and who serves it."""

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agents.models import Agent
from agents.permissions import configurer_required, may_configure, reader_required
from config.clock import database_now
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from config.row_ids import row_id
from workstreams.actions.change_queue_members import change_queue_members
from workstreams.models import Queue
from workstreams.queries.queue_list import queue_list
from workstreams.views.queues import method_in_words

PAGE_SIZE: Final = 50
CANDIDATES: Final = 50


@require_GET
@reader_required
def queue_detail(request: AppRequest, queue_id: int) -> HttpResponse:
    """Settings, members by page, and agents to add by search."""
    queue = get_object_or_404(queue_list(), pk=queue_id)
    search = request.GET.get("q", "").strip()
    members = _agents().filter(queues=queue).order_by("memberships__id")
    can_write = may_configure(request.user)
    candidates = _found(_agents().exclude(queues=queue), search) if can_write else []
    context = {
        "title": queue.name,
        "queue": queue,
        "method": method_in_words(queue),
        "can_write": can_write,
        "members": Paginator(members, PAGE_SIZE).get_page(request.GET.get("page")),
        "candidates": candidates[:CANDIDATES],
        "has_more_candidates": len(candidates) > CANDIDATES,
        "search": search,
        "fallback_of": list(queue.fallback_of.all()),
        "live_topics": [f"queue-{queue.pk}"],
        "fragment_url": request.get_full_path(),
    }
    return page_or_fragment(
        request, "workstreams/queue_detail.html", "workstreams/_queue_summary.html", context
    )


@require_POST
@configurer_required
def queue_members_add(request: AppRequest, queue_id: int) -> HttpResponse:
    """The chosen agents become members."""
    queue, agents = get_object_or_404(Queue, pk=queue_id), _chosen(request)
    if not agents:
        return _nobody_chosen(request, queue)
    changed = change_queue_members(queue=queue, add=agents, by=request.user, now=database_now())
    return _done(request, queue, f"{_people(len(changed))} added.")


@require_POST
@configurer_required
def queue_members_remove(request: AppRequest, queue_id: int) -> HttpResponse:
    """The chosen members leave; the work they hold stays with them."""
    queue, agents = get_object_or_404(Queue, pk=queue_id), _chosen(request)
    if not agents:
        return _nobody_chosen(request, queue)
    changed = change_queue_members(queue=queue, remove=agents, by=request.user, now=database_now())
    return _done(request, queue, f"{_people(len(changed))} removed.")


def _nobody_chosen(request: AppRequest, queue: Queue) -> HttpResponse:
    page = reverse("workstreams:queue-detail", args=[queue.pk])
    return go_to(request, page, text="Choose at least one agent.", kind="danger")


def _chosen(request: AppRequest) -> list[Agent]:
    ids = map(row_id, request.POST.getlist("agents"))
    return list(Agent.objects.filter(pk__in=[each for each in ids if each is not None]))


def _agents() -> "QuerySet[Agent]":
    return Agent.objects.select_related("user", "presence__presence")


def _found(agents: "QuerySet[Agent]", search: str) -> list[Agent]:
    found = agents.filter(is_enabled=True).order_by("user__username")
    for word in search.split():
        found = found.filter(
            Q(user__username__icontains=word)
            | Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
        )
    return list(found[: CANDIDATES + 1])


def _people(number: int) -> str:
    return f"{number} agent" if number == 1 else f"{number} agents"


def _done(request: AppRequest, queue: Queue, text: str) -> HttpResponse:
    return go_to(request, reverse("workstreams:queue-detail", args=[queue.pk]), text=text)

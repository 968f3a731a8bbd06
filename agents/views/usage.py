"""Where a skill or a capacity profile is used: agents, workstreams, rules, work."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agents.models import CapacityProfile, Skill
from agents.permissions import is_administrator, supervisor_required
from agents.views.definitions import CapacityProfilePages, SkillPages
from agents.views.dependencies import rules_of
from config.crud import ConfigPages
from config.crud.listing import without
from config.request import AppRequest
from routing.queries.profile_usage import (
    attaching_workstreams,
    held_without,
    profile_holders,
    profile_totals,
)
from routing.queries.skill_usage import skill_holders, work_needing

PAGE_SIZE: Final = 50


@require_GET
@supervisor_required
def skill_detail(request: AppRequest, skill_id: int) -> HttpResponse:
    """Six statements."""
    rows = Skill.objects.select_related("skill_type", "rating_model")
    skill = get_object_or_404(rows, pk=skill_id)
    context = {
        **_context(request, skill, skill_holders(skill), SkillPages()),
        "skill": skill,
        "work_count": work_needing(skill),
    }
    return render(request, "agents/skill/detail.html", context)


@require_GET
@supervisor_required
def capacity_profile_detail(request: AppRequest, capacity_profile_id: int) -> HttpResponse:
    """Ten statements."""
    profile = get_object_or_404(CapacityProfile, pk=capacity_profile_id)
    context = {
        **_context(request, profile, profile_holders(profile), CapacityProfilePages()),
        "profile": profile,
        "totals": profile_totals(profile),
        "leaving": held_without(profile)[:PAGE_SIZE],
        "workstreams": attaching_workstreams(profile),
    }
    return render(request, "agents/capacity_profile/detail.html", context)


def _context(
    request: AppRequest, row: Model, holders: "QuerySet[Any]", pages: ConfigPages
) -> dict[str, Any]:
    page = Paginator(holders, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "title": str(row),
        "page": page,
        "holder_count": page.paginator.count,
        "list_url": pages.url("list"),
        "list_label": pages.title,
        "edit_url": pages.url("edit", row),
        "delete_url": pages.url("delete", row),
        "query": without(request.GET, "page"),
        "rules": rules_of(row),
        "can_write": is_administrator(request.user),
    }

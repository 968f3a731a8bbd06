"""The skills that the open work item needs: search, add, take away."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Case, Value, When
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.forms.agent_abilities import rating_field
from agents.models import Agent, Skill
from agents.permissions import get_own_agent, supervisor_required
from agents.views.desk import shown
from config.clock import database_now
from config.pages import client_event, page_or_fragment, redirect_or_event, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing import service
from routing.exceptions import AlreadyOver, NotYourItem, SkillsAreFixed
from workstreams.models import WorkItem
from workstreams.terms import ItemState

FOUND: Final = 10
SEARCH_LENGTH: Final = 100
ANY: Final = "any"
UNPROCESSABLE = 422


DELETED: Final = "deleted"


class SkillForm(forms.Form):
    """One skill with the least rating; empty is any."""

    def __init__(self, data: Any = None, *, skill: Skill) -> None:
        super().__init__(data, auto_id=f"{skill.pk}-%s")
        self.skill = skill
        self.fields["rating"] = rating_field(skill, label=f"Least rating of {skill}", empty=ANY)


@dataclass(frozen=True, kw_only=True)
class Needed:
    """A skill that the work needs."""

    skill: Skill
    rating: str


@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: AppRequest, item_id: int) -> HttpResponse:
    """Search on GET (``?q=``); on POST ``add`` a skill with its rating, or ``remove`` one, or
    those that were deleted."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    if not found.is_accepted:
        raise NotYourItem
    if not found.agents_change_skills:
        raise SkillsAreFixed
    return _page(request, found.item, agent)


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor_required
def supervised_skills(request: AppRequest, item_id: int) -> HttpResponse:
    """The same of anybody's work, and of work that waits, whatever the switch says."""
    item = get_object_or_404(WorkItem, pk=item_id)
    if item.state == ItemState.CLOSED:
        raise AlreadyOver
    return _page(request, item, None)


def _page(request: AppRequest, item: WorkItem, agent: Agent | None) -> HttpResponse:
    wrong = None
    if request.method == "POST":
        wrong = _change(request, item, agent)
        if wrong is None:
            return _changed(request, item, agent)
    return _shown(request, item, agent, wrong)


def _shown(
    request: AppRequest, item: WorkItem, agent: Agent | None, wrong: SkillForm | None = None
) -> HttpResponse:
    """Once something has changed, the search begins anew."""
    search = request.GET.get("q", "").strip()[:SEARCH_LENGTH]
    is_supervised = agent is None
    context = {
        "title": "Skills this work needs",
        "item": item,
        "is_supervised": is_supervised,
        "search": search,
        "needed": (needed := _needed(item)),
        "has_deleted": len(needed) < len(item.required_skills),
        "choices": [wrong] if wrong else _choices(item, search),
        "action": _address(item, agent),
    }
    folder = "agents/desk"
    return page_or_fragment(
        request,
        f"{folder}/skills.html",
        f"{folder}/_skills.html",
        context,
        status=UNPROCESSABLE if wrong else 200,
    )


def _address(item: WorkItem, agent: Agent | None) -> str:
    return reverse("agents:item-skills" if agent is None else "agents:desk-skills", args=[item.pk])


def _change(request: AppRequest, item: WorkItem, agent: Agent | None) -> SkillForm | None:
    """The form again if its rating is off the scale; a skill that is gone changes nothing."""
    now = database_now()
    if (taken := _skill(request.POST.get("remove", ""))) is not None:
        service.change_skills(
            item_id=item.pk, remove=[taken], by=request.user, agent=agent, now=now
        )
    elif request.POST.get("remove") == DELETED:
        service.change_skills(item_id=item.pk, by=request.user, agent=agent, now=now)
    if (added := _skill(request.POST.get("add", ""))) is not None:
        form = SkillForm(request.POST, skill=added)
        if not form.is_valid():
            return form
        add = {added: form.cleaned_data["rating"]}
        service.change_skills(item_id=item.pk, add=add, by=request.user, agent=agent, now=now)
    return None


def _changed(request: AppRequest, item: WorkItem, agent: Agent | None) -> HttpResponse:
    """The dialog stays open for more; the page is shown anew without JavaScript."""
    event = f"item-{item.pk}-changed"
    if not wants_fragment(request):
        return redirect_or_event(request, _address(item, agent), event=event)
    item.refresh_from_db(fields=["required_skills"])
    return client_event(_shown(request, item, agent), event)


def _needed(item: WorkItem) -> list[Needed]:
    """Those that are there; one query."""
    there = Skill.objects.select_related("rating_model").in_bulk(
        [pair[0] for pair in item.required_skills]
    )
    return [
        Needed(
            skill=there[pk],
            rating="any rating" if rating is None else there[pk].rating_model.label_of(rating),
        )
        for pk, rating in item.required_skills
        if pk in there
    ]


def _choices(item: WorkItem, search: str) -> list[SkillForm]:
    """Skills that begin with what was typed, then those that have it inside; one query."""
    if not search:
        return []
    rows = Skill.objects.select_related("rating_model", "skill_type")
    rows = rows.exclude(pk__in=[pair[0] for pair in item.required_skills])
    begins_first = Case(When(name__istartswith=search, then=Value(0)), default=Value(1))
    found = rows.filter(name__icontains=search).order_by(begins_first, Lower("name"))
    return [SkillForm(skill=skill) for skill in found[:FOUND]]


def _skill(text: str) -> Skill | None:
    pk = row_id(text)
    return Skill.objects.select_related("rating_model").filter(pk=pk).first() if pk else None

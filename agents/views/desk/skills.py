"""The skills that the open work item needs: search, add, take away."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.forms.agent_abilities import rating_field
from agents.models import Skill
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.clock import database_now
from config.pages import client_event, page_or_fragment, redirect_or_event, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing import service
from routing.exceptions import NotYourItem, SkillsAreFixed
from workstreams.models import WorkItem

FOUND: Final = 10
SEARCH_LENGTH: Final = 100
ANY: Final = "any"
UNPROCESSABLE = 422


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
    """Search on GET (``?q=``); on POST ``add`` a skill with its rating, or ``remove`` one."""
    agent = get_own_agent(request.user)
    found = shown.get_on_desk(item_id, agent)
    if not found.is_accepted:
        raise NotYourItem
    if not found.agents_change_skills:
        raise SkillsAreFixed
    wrong = None
    if request.method == "POST":
        wrong = _change(request, item_id)
        if wrong is None:
            return _changed(request, item_id)
    search = request.GET.get("q", "").strip()[:SEARCH_LENGTH]
    context = {
        "title": "Skills this work needs",
        "item": found.item,
        "search": search,
        "needed": _needed(found.item),
        "choices": [wrong] if wrong else _choices(found.item, search),
        "action": reverse("agents:desk-skills", args=[item_id]),
    }
    folder = "agents/desk"
    return page_or_fragment(
        request,
        f"{folder}/skills.html",
        f"{folder}/_skills.html",
        context,
        status=UNPROCESSABLE if wrong else 200,
    )


def _change(request: AppRequest, item_id: int) -> SkillForm | None:
    """The form again if its rating is off the scale; a skill that is gone changes nothing."""
    agent, now = get_own_agent(request.user), database_now()
    if (taken := _skill(request.POST.get("remove", ""))) is not None:
        service.change_skills(
            item_id=item_id, remove=[taken], by=request.user, agent=agent, now=now
        )
    if (added := _skill(request.POST.get("add", ""))) is not None:
        form = SkillForm(request.POST, skill=added)
        if not form.is_valid():
            return form
        add = {added: form.cleaned_data["rating"]}
        service.change_skills(item_id=item_id, add=add, by=request.user, agent=agent, now=now)
    return None


def _changed(request: AppRequest, item_id: int) -> HttpResponse:
    """The dialog stays open for more; the page is shown anew without JavaScript."""
    here = reverse("agents:desk-skills", args=[item_id])
    if not wants_fragment(request):
        return redirect_or_event(request, here, event=f"item-{item_id}-changed")
    found = shown.get_on_desk(item_id, get_own_agent(request.user))
    context = {
        "title": "Skills this work needs",
        "item": found.item,
        "search": "",
        "needed": _needed(found.item),
        "choices": [],
        "action": here,
    }
    response = page_or_fragment(
        request, "agents/desk/skills.html", "agents/desk/_skills.html", context
    )
    return client_event(response, f"item-{item_id}-changed")


def _needed(item: WorkItem) -> list[Needed]:
    """A skill that was deleted is not shown; one query."""
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
    begins = search.casefold()
    found = sorted(
        rows.filter(name__icontains=search)[: FOUND * 10],
        key=lambda skill: (not skill.name.casefold().startswith(begins), skill.name.casefold()),
    )
    return [SkillForm(skill=skill) for skill in found[:FOUND]]


def _skill(text: str) -> Skill | None:
    pk = row_id(text)
    return Skill.objects.select_related("rating_model").filter(pk=pk).first() if pk else None

"""Pages of skills, their types and scales, capacity profiles and presences."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse

from agents.actions.delete_definition import delete_definition
from agents.actions.lock_chosen import lock_to_change
from agents.actions.save_definition import save_definition
from agents.forms.definitions import (
    CapacityProfileForm,
    PresenceForm,
    RatingModelForm,
    SkillForm,
    SkillTypeForm,
)
from agents.models import (
    CapacityProfile,
    Presence,
    RatingModel,
    Skill,
    SkillType,
)
from agents.permissions import administrator_required, supervisor_required
from agents.views.dependencies import dependencies_of_row
from config.crud import Column, ConfigPages, Dependency
from config.crud.saving import form_page
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.actions.check_definition import check_definition
from routing.queries.uses import uses


class DefinitionPages(ConfigPages):
    """What all of them share: who may, and the actions behind."""

    app = "agents"
    list_template = "agents/list.html"
    may_read, may_write = supervisor_required, administrator_required

    def lock(self, form: "ModelForm[Any]") -> None:
        lock_to_change(form.instance)

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> Any:
        row = form.save(commit=False)
        return save_definition(row=row, by=by, now=now, check=check_definition)

    def perform_delete(self, found: Any, *, by: Any, now: datetime) -> None:
        delete_definition(row=found, by=by, now=now, uses=uses)

    def dependencies(self, found: Any) -> Sequence[Dependency]:
        return dependencies_of_row(found)


class SkillPages(DefinitionPages):
    model, form_class, noun, icon = Skill, SkillForm, "skill", "skill"
    title = "Skills"
    has_detail = True
    about = "What work may need and agents can do, each rated on a scale."
    empty_text = "Rules can ask for skills, and routing finds agents who have them."
    list_template = "agents/skill/list.html"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Type", value="skill_type.name", sort="skill_type__name"),
        Column(
            label="Scale",
            value="rating_model",
            template="agents/skill/_scale.html",
            is_text=True,
        ),
        Column(label="Agents", value="holder_count", sort="holder_count", is_number=True),
        Column(label="Description", value="description", is_text=True),
    )
    search_fields = ("name", "skill_type__name", "description")

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        skills = Skill.objects.select_related("skill_type", "rating_model")
        return skills.annotate(holder_count=Count("holders")).order_by("name")


class SkillTypePages(DefinitionPages):
    model, form_class, noun, icon = SkillType, SkillTypeForm, "skill-type", "list"
    title = "Skill types"
    about = "Families of skills."
    list_template = "agents/skill/list.html"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Skills", value="skill_count", is_number=True),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return SkillType.objects.annotate(skill_count=Count("skills")).order_by("name")


class RatingModelPages(DefinitionPages):
    model, form_class, noun, icon = RatingModel, RatingModelForm, "rating-model", "chart"
    title = "Rating models"
    about = "Scales of proficiency; routing compares ratings by their place on the scale."
    list_template = "agents/skill/list.html"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Lowest", value="minimum", is_number=True),
        Column(label="Highest", value="maximum", is_number=True),
        Column(label="Skills", value="skill_count", is_number=True),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return RatingModel.objects.annotate(skill_count=Count("skills")).order_by("name")


class CapacityProfilePages(DefinitionPages):
    model, form_class = CapacityProfile, CapacityProfileForm
    noun, icon = "capacity-profile", "capacity"
    title = "Capacity profiles"
    has_detail = True
    about = "How many work items of one sort an agent may hold."
    empty_text = (
        "Give profiles to agents, and name them in workstreams with profile-based capacity."
    )
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(
            label="Work item limit", value="work_item_limit", sort="work_item_limit", is_number=True
        ),
        Column(label="Reset", value="reset_frequency"),
        Column(label="Assignment blocking", value="blocks_assignment"),
        Column(label="Agents", value="holder_count", sort="holder_count", is_number=True),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return CapacityProfile.objects.annotate(holder_count=Count("holders")).order_by("name")


class PresencePages(DefinitionPages):
    model, form_class, noun, icon = Presence, PresenceForm, "presence", "presence"
    title = "Presences"
    about = "What agents can choose. Routing reads only the base; built-in ones stay as they are."
    delete_text = "Agents who have this presence now keep it from being deleted."
    columns = (
        Column(label="Presence", value="text", sort="text", is_link=True),
        Column(label="Name", value="name", sort="name"),
        Column(label="Base presence", value="base", template="agents/presence/_base.html"),
        Column(label="Selectable", value="agents_may_set"),
        Column(label="Built in", value="is_built_in"),
    )
    search_fields = ("name", "text")

    def edit_page(self, request: AppRequest, **ids: int) -> HttpResponse:
        """The form; of a built-in presence what it is, and why that stays."""
        found = self.find(request, ids)
        if not found.is_built_in or request.method == "POST":
            return form_page(self, request, found)
        context = {"title": found.text, "presence": found, "list_url": self.url("list")}
        folder = "agents/presence"
        return page_or_fragment(
            request, f"{folder}/built_in.html", f"{folder}/_built_in.html", context
        )

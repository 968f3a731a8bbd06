"""Pages of what is kept of agents beside what all of them have."""

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.forms import ModelForm

from agents.actions.save_attribute import save_attribute
from agents.forms.attributes import AgentAttributeForm
from agents.models import AgentAttribute
from agents.views.definitions import DefinitionPages
from config.crud import Column
from config.request import AppRequest
from routing.actions.check_definition import check_definition


class AgentAttributePages(DefinitionPages):
    """Rules name attributes, so a name stays while one does."""

    model, form_class = AgentAttribute, AgentAttributeForm
    noun, icon = "agent-attribute", "list"
    title = "Agent attributes"
    about = "What you keep of agents, such as a site, a level or a contract that begins on a day."
    empty_text = (
        "Give agents values on their pages or many at once, and let the rules of assignment"
        " methods compare them with the work."
    )
    delete_text = "Agents who have a value, and rules that ask for it, keep it from being deleted."
    list_template = "agents/attribute/list.html"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Type", value="type", sort="type"),
        Column(label="Options", value=lambda row: ", ".join(row.options)),
        Column(label="Agents", value="holder_count", sort="holder_count", is_number=True),
        Column(label="Description", value="description", is_text=True),
    )
    search_fields = ("name", "description")

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return AgentAttribute.objects.annotate(holder_count=Count("holders")).order_by("name")

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> AgentAttribute:
        row = form.save(commit=False)
        return save_attribute(row=row, by=by, now=now, check=check_definition)

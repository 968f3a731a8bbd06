"""/agent-attributes: what is kept of agents beside what all of them have."""

from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field
from typing_extensions import TypedDict

from agents.actions.save_attribute import save_attribute
from agents.api.definition import Definition, add_definition, set_fields
from agents.models import AgentAttribute
from config.api.auth import SUPERVISORS
from config.api.schema import Body, Name, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.actions.check_definition import check_definition

router = Router(auth=SUPERVISORS, tags=["definitions"])

Description = Annotated[str, text_of(500)]
Type = Literal["text", "number", "choice", "boolean", "date"]
Options = Annotated[list[Name], Field(max_length=100)]
FIELDS = ("name", "type", "options", "description")


class AgentAttributeIn(Body):
    """A new attribute; ``options`` are what a choice may be, in order."""

    name: Name
    type: Type = "text"
    options: Options = []
    description: Description = ""


class AgentAttributeChanges(Body):
    """What to change; the type stays, and so does the name while rules name it."""

    name: Name = optional()
    type: Type = optional()
    options: Options = optional()
    description: Description = optional()


class AgentAttributeDocument(TypedDict):
    id: int
    name: str
    type: str
    options: list[str]
    description: str


def _save(request: AppRequest, row: AgentAttribute, values: dict[str, Any]) -> AgentAttribute:
    set_fields(row, values, [(name, name) for name in FIELDS])
    now = database_now()
    return save_attribute(row=row, by=request.user, now=now, check=check_definition)


add_definition(
    router,
    Definition(
        path="/agent-attributes",
        noun="agent attribute",
        rows=AgentAttribute.objects.all,
        document=AgentAttributeDocument,
        show=lambda row: AgentAttributeDocument(
            id=row.pk,
            name=row.name,
            type=row.type,
            options=row.options,
            description=row.description,
        ),
        body=AgentAttributeIn,
        changes=AgentAttributeChanges,
        new=AgentAttribute,
        save=_save,
    ),
)

"""/presences."""

from typing import Annotated, Any, Literal

from ninja import Router
from typing_extensions import TypedDict

from agents.actions.save_definition import save_definition
from agents.api.definition import Definition, add_definition, set_fields
from agents.models import Presence
from config.api.auth import SUPERVISORS
from config.api.schema import Body, Flag, Name, optional, text_of
from config.clock import database_now
from config.request import AppRequest

router = Router(auth=SUPERVISORS, tags=["definitions"])

Description = Annotated[str, text_of(500)]
Base = Literal["available", "busy", "busy_dnd", "away", "offline"]


class PresenceIn(Body):
    """A presence people can choose; routing reads its base only."""

    name: Name
    text: Annotated[str, text_of(500, least=1)]
    base: Base
    description: Description = ""
    agents_may_set: Flag = True


class PresenceChanges(Body):
    name: Name = optional()
    text: Annotated[str, text_of(500, least=1)] = optional()
    base: Base = optional()
    description: Description = optional()
    agents_may_set: Flag = optional()


class PresenceDocument(TypedDict):
    id: int
    name: str
    text: str
    base: str
    description: str
    agents_may_set: bool
    is_built_in: bool


def _save_presence(request: AppRequest, row: Presence, values: dict[str, Any]) -> Presence:
    set_fields(row, values, [(name, name) for name in PresenceIn.model_fields])
    return save_definition(row=row, by=request.user, now=database_now())


add_definition(
    router,
    Definition(
        path="/presences",
        noun="presence",
        rows=Presence.objects.all,
        document=PresenceDocument,
        show=lambda row: PresenceDocument(
            id=row.pk,
            name=row.name,
            text=row.text,
            base=row.base,
            description=row.description,
            agents_may_set=row.agents_may_set,
            is_built_in=row.is_built_in,
        ),
        body=PresenceIn,
        changes=PresenceChanges,
        new=Presence,
        save=_save_presence,
    ),
)

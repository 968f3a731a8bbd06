"""/capacity-profiles."""

from typing import Annotated, Any, Literal

from ninja import Router
from typing_extensions import TypedDict

from agents.actions.save_definition import save_definition
from agents.api.definition import Definition, add_definition, set_fields
from agents.models import CapacityProfile
from config.api.auth import SUPERVISORS
from config.api.schema import Body, Flag, Name, number, optional
from config.clock import database_now
from config.request import AppRequest
from routing.actions.check_definition import check_definition

router = Router(auth=SUPERVISORS, tags=["definitions"])

Limit = Annotated[int, number(0, 100)]
Reset = Literal["immediate", "end_of_day"]


class CapacityProfileIn(Body):
    """A limit of work items of one sort; ``reset`` cannot be changed later."""

    name: Name
    limit: Limit
    reset: Reset = "immediate"
    blocks_assignment: Flag = False


class CapacityProfileChanges(Body):
    name: Name = optional()
    limit: Limit = optional()
    reset: Reset = optional()
    blocks_assignment: Flag = optional()


class CapacityProfileDocument(TypedDict):
    id: int
    name: str
    limit: int
    reset: str
    blocks_assignment: bool


def _save_profile(
    request: AppRequest, row: CapacityProfile, values: dict[str, Any]
) -> CapacityProfile:
    names = [("limit", "work_item_limit"), ("reset", "reset_frequency")]
    set_fields(row, values, [("name", "name"), *names, ("blocks_assignment", "blocks_assignment")])
    now = database_now()
    return save_definition(row=row, by=request.user, now=now, check=check_definition)


add_definition(
    router,
    Definition(
        path="/capacity-profiles",
        noun="capacity profile",
        rows=CapacityProfile.objects.all,
        document=CapacityProfileDocument,
        show=lambda row: CapacityProfileDocument(
            id=row.pk,
            name=row.name,
            limit=row.work_item_limit,
            reset=row.reset_frequency,
            blocks_assignment=row.blocks_assignment,
        ),
        body=CapacityProfileIn,
        changes=CapacityProfileChanges,
        new=CapacityProfile,
        save=_save_profile,
    ),
)

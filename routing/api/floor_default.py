"""/floor-default: the filters that one begins with on the floor."""

from typing import Annotated

from ninja import Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from config.api.auth import SUPERVISORS
from config.api.problems import Invalid
from config.api.schema import Body
from config.clock import database_now
from config.request import AppRequest
from routing.actions.save_floor_default import save_floor_default
from routing.floor_filters import LONGEST, NAMES
from routing.queries.floor_default import floor_default

router = Router(auth=SUPERVISORS, tags=["floor"])

Filters = dict[str, Annotated[str, Field(max_length=LONGEST)]]


class FloorDefaultIn(Body):
    """By the names that the floor's address has; none takes the default away."""

    filters: Annotated[Filters, Field(max_length=len(NAMES))]


class FloorDefaultDocument(TypedDict):
    """One's own filters; empty without any."""

    filters: dict[str, str]


@router.get("/floor-default", response=FloorDefaultDocument, summary="Show my filters of the floor")
def show_floor_default(request: AppRequest) -> FloorDefaultDocument:
    return FloorDefaultDocument(filters=floor_default(request.user))


@router.put("/floor-default", response=FloorDefaultDocument, summary="Save my filters of the floor")
def put_floor_default(request: AppRequest, body: FloorDefaultIn) -> FloorDefaultDocument:
    for name in body.filters:
        if name not in NAMES:
            raise Invalid(f"filters.{name}"[:100], f"Filters are: {', '.join(NAMES)}.")
    filters = save_floor_default(by=request.user, filters=body.filters, now=database_now())
    return FloorDefaultDocument(filters=filters)


@router.delete("/floor-default", response={204: None}, summary="Give my filters of the floor up")
def delete_floor_default(request: AppRequest) -> Status[None]:
    save_floor_default(by=request.user, filters={}, now=database_now())
    return Status(204, None)

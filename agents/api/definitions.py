"""/skills, /skill-types, /rating-models, /capacity-profiles, /presences."""

from typing import Annotated, Any, Literal, TypeVar

from ninja import Router
from typing_extensions import TypedDict

from agents.actions.save_definition import save_definition
from agents.api.definition import Definition, add_definition, set_fields
from agents.models import CapacityProfile, Presence, RatingModel, Skill, SkillType
from config.api.auth import SUPERVISORS
from config.api.named_rows import named
from config.api.problems import Invalid
from config.api.schema import Body, Flag, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest

router = Router(auth=SUPERVISORS, tags=["definitions"])

Row = TypeVar("Row", Skill, SkillType, RatingModel, CapacityProfile, Presence)
Description = Annotated[str, text_of(500)]
ScaleEnd = Annotated[int, number(0, 32767)]
Limit = Annotated[int, number(0, 100)]
Reset = Literal["immediate", "end_of_day"]
Base = Literal["available", "busy", "busy_dnd", "away", "offline"]


class SkillTypeIn(Body):
    """A family of skills, such as languages."""

    name: Name


class SkillTypeChanges(Body):
    name: Name = optional()


class SkillTypeDocument(TypedDict):
    id: int
    name: str


class RatingModelIn(Body):
    """A scale of proficiency."""

    name: Name
    min: ScaleEnd = 1
    max: ScaleEnd = 10


class RatingModelChanges(Body):
    name: Name = optional()
    min: ScaleEnd = optional()
    max: ScaleEnd = optional()


class RatingModelDocument(TypedDict):
    id: int
    name: str
    min: int
    max: int


class SkillIn(Body):
    """Something work may need and agents may know."""

    name: Name
    description: Description = ""
    type: Name = "Skill"
    rating_model: Name = "Default rating model"


class SkillChanges(Body):
    name: Name = optional()
    description: Description = optional()
    type: Name = optional()
    rating_model: Name = optional()


class SkillRowDocument(TypedDict):
    id: int
    name: str
    description: str
    type: str
    rating_model: str


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


def _stored(request: AppRequest, row: Row) -> Row:
    return save_definition(row=row, by=request.user, now=database_now())


def _save_skill_type(request: AppRequest, row: SkillType, values: dict[str, Any]) -> SkillType:
    set_fields(row, values, [("name", "name")])
    return _stored(request, row)


def _save_rating_model(
    request: AppRequest, row: RatingModel, values: dict[str, Any]
) -> RatingModel:
    set_fields(row, values, [("name", "name"), ("min", "minimum"), ("max", "maximum")])
    if row.maximum <= row.minimum:
        raise Invalid("max", "The largest rating is above the smallest.")
    return _stored(request, row)


def _save_skill(request: AppRequest, row: Skill, values: dict[str, Any]) -> Skill:
    is_new = row.pk is None
    set_fields(row, values, [("name", "name"), ("description", "description")])
    if is_new or "type" in values:
        row.skill_type = _wanted(SkillType, "type", values.get("type", "Skill"))
    if is_new or "rating_model" in values:
        scale = values.get("rating_model", "Default rating model")
        row.rating_model = _wanted(RatingModel, "rating_model", scale)
    return _stored(request, row)


def _save_profile(
    request: AppRequest, row: CapacityProfile, values: dict[str, Any]
) -> CapacityProfile:
    names = [("limit", "work_item_limit"), ("reset", "reset_frequency")]
    set_fields(row, values, [("name", "name"), *names, ("blocks_assignment", "blocks_assignment")])
    return _stored(request, row)


def _save_presence(request: AppRequest, row: Presence, values: dict[str, Any]) -> Presence:
    set_fields(row, values, [(name, name) for name in PresenceIn.model_fields])
    return _stored(request, row)


def _wanted(model: Any, field: str, name: str) -> Any:
    return named(model, field, name)


add_definition(
    router,
    Definition(
        path="/skill-types",
        noun="skill type",
        rows=SkillType.objects.all,
        document=SkillTypeDocument,
        show=lambda row: SkillTypeDocument(id=row.pk, name=row.name),
        body=SkillTypeIn,
        changes=SkillTypeChanges,
        new=SkillType,
        save=_save_skill_type,
    ),
)
add_definition(
    router,
    Definition(
        path="/rating-models",
        noun="rating model",
        rows=RatingModel.objects.all,
        document=RatingModelDocument,
        show=lambda row: RatingModelDocument(
            id=row.pk, name=row.name, min=row.minimum, max=row.maximum
        ),
        body=RatingModelIn,
        changes=RatingModelChanges,
        new=RatingModel,
        save=_save_rating_model,
    ),
)
add_definition(
    router,
    Definition(
        path="/skills",
        noun="skill",
        rows=lambda: Skill.objects.select_related("skill_type", "rating_model"),
        document=SkillRowDocument,
        show=lambda row: SkillRowDocument(
            id=row.pk,
            name=row.name,
            description=row.description,
            type=row.skill_type.name,
            rating_model=row.rating_model.name,
        ),
        body=SkillIn,
        changes=SkillChanges,
        new=Skill,
        save=_save_skill,
    ),
)
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

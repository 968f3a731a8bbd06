"""/skills, /skill-types, /rating-models."""

from typing import Annotated, Any

from ninja import Router
from pydantic import Field
from typing_extensions import TypedDict

from agents.actions.check_rating_scale import HIGHEST_RATING, names_fault
from agents.actions.save_definition import save_definition
from agents.api.definition import Definition, add_definition, set_fields
from agents.models import RatingModel, Skill, SkillType
from config.api.auth import SUPERVISORS
from config.api.named_rows import named
from config.api.problems import Invalid
from config.api.schema import Body, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.actions.check_definition import check_definition

router = Router(auth=SUPERVISORS, tags=["definitions"])

Description = Annotated[str, text_of(500)]
ScaleEnd = Annotated[int, number(1, HIGHEST_RATING)]
ValueNames = Annotated[list[Name], Field(max_length=1000)]


class SkillTypeIn(Body):
    """A family of skills, such as languages."""

    name: Name


class SkillTypeChanges(Body):
    name: Name = optional()


class SkillTypeDocument(TypedDict):
    id: int
    name: str


class RatingModelIn(Body):
    """A scale of proficiency; ``names`` has one for each value, the lowest first, or is empty."""

    name: Name
    min: ScaleEnd = 1
    max: ScaleEnd = 10
    names: ValueNames = []


class RatingModelChanges(Body):
    name: Name = optional()
    min: ScaleEnd = optional()
    max: ScaleEnd = optional()
    names: list[Name] = optional(max_length=1000)


class RatingModelDocument(TypedDict):
    id: int
    name: str
    min: int
    max: int
    names: list[str]


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


def _save_skill_type(request: AppRequest, row: SkillType, values: dict[str, Any]) -> SkillType:
    set_fields(row, values, [("name", "name")])
    now = database_now()
    return save_definition(row=row, by=request.user, now=now, check=check_definition)


def _save_rating_model(
    request: AppRequest, row: RatingModel, values: dict[str, Any]
) -> RatingModel:
    set_fields(row, values, [("name", "name"), ("min", "minimum"), ("max", "maximum")])
    row.value_names = values.get("names", row.value_names)
    if row.maximum <= row.minimum:
        raise Invalid("max", "The largest rating is above the smallest.")
    if fault := names_fault(row.value_names, row.minimum, row.maximum):
        raise Invalid("names", fault)
    now = database_now()
    return save_definition(row=row, by=request.user, now=now, check=check_definition)


def _save_skill(request: AppRequest, row: Skill, values: dict[str, Any]) -> Skill:
    is_new = row.pk is None
    set_fields(row, values, [("name", "name"), ("description", "description")])
    if is_new or "type" in values:
        row.skill_type = _wanted(SkillType, "type", values.get("type", "Skill"))
    if is_new or "rating_model" in values:
        scale = values.get("rating_model", "Default rating model")
        row.rating_model = _wanted(RatingModel, "rating_model", scale)
    now = database_now()
    return save_definition(row=row, by=request.user, now=now, check=check_definition)


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
            id=row.pk, name=row.name, min=row.minimum, max=row.maximum, names=row.value_names
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

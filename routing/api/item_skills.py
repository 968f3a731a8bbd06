"""/work-items/{id}/skills: what a work item needs."""

from typing import Annotated

from ninja import Router

from agents.models import Skill
from agents.permissions import agent_of
from config.api.named_rows import named_list
from config.api.problems import Invalid
from config.api.schema import Body, Name, number, optional
from config.request import AppRequest
from routing import service
from routing.api.item_document import WorkItemDocument, get_item_for, shown_item
from routing.exceptions import NotYourItem

router = Router(tags=["work items"])


class NeededSkillIn(Body):
    """A skill and the least rating; without one any will do."""

    skill: Name
    rating: Annotated[int, number(0, 32767)] | None = None


class SkillChangesIn(Body):
    """Skills to add, or to ask another rating of, and skills to take away."""

    add: list[NeededSkillIn] = optional(max_length=50)
    remove: list[Name] = optional(max_length=50)


@router.patch(
    "/work-items/{int:item_id}/skills",
    response=WorkItemDocument,
    summary="Change the skills that a work item needs",
)
def change_skills_of_item(
    request: AppRequest, item_id: int, body: SkillChangesIn
) -> WorkItemDocument:
    """For supervisors, and while the switch ``agents_change_skills`` is on for the agent who
    has it."""
    get_item_for(request.user, item_id)
    agent = None if request.user.is_supervisor else agent_of(request.user)
    if agent is None and not request.user.is_supervisor:
        raise NotYourItem
    given = body.add or []
    rows = Skill.objects.select_related("rating_model")
    added = named_list(rows, "add", [each.skill for each in given])
    removed = named_list(rows, "remove", body.remove or [])
    if set(added) & set(removed):
        raise Invalid("remove", "A skill is either added or removed.")
    service.change_skills(
        item_id=item_id,
        add={skill: each.rating for skill, each in zip(added, given, strict=True)},
        remove=removed,
        by=request.user,
        agent=agent,
    )
    return shown_item(item_id)

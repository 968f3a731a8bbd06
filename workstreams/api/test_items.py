"""/workstreams/{id}/test-item: where work would go and why; nothing is created."""

from typing import Annotated, Any

from django.http import Http404
from ninja import Router
from pydantic import Field

from agents.actions.check_rating import check_rating
from agents.models import Skill
from config.api.auth import READERS
from config.api.named_rows import named_list
from config.api.problems import Invalid
from config.api.schema import Body, Name, Object, number, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.queries.would_route import TestItem, would_route
from workstreams.actions.check_context import checked_context
from workstreams.actions.mark_tested import mark_tested
from workstreams.models import Workstream

router = Router(auth=READERS, tags=["workstreams"])


class WantedSkill(Body):
    """A skill the work would need."""

    skill: Name
    rating: Annotated[int, number(0, 32767)] | None = None


class TestItemIn(Body):
    """As for ``POST /work-items``; ``record`` holds the fields of a record."""

    __test__ = False

    title: Annotated[str, text_of(300)] = ""
    customer: Object = {}
    context: Object = {}
    attributes: Object = {}
    record: Object = {}
    skills: Annotated[list[WantedSkill], Field(max_length=50)] = []
    channel_instance: Annotated[str, text_of(60)] | None = None


@router.post(
    "/workstreams/{int:workstream_id}/test-item",
    response=dict[str, Any],
    summary="Explain where work would go, without creating any",
)
def send_a_test_item(
    request: AppRequest, workstream_id: int, body: TestItemIn | None = None
) -> dict[str, Any]:
    rows = Workstream.objects.select_related("fallback_queue", "record_type", "bot")
    workstream = rows.filter(pk=workstream_id).first()
    if workstream is None:
        raise Http404
    now = database_now()
    explained = would_route(test_of(workstream, body or TestItemIn()), now=now)
    mark_tested(workstream=workstream, now=now)
    return explained


def test_of(workstream: Workstream, body: TestItemIn) -> TestItem:
    rows = Skill.objects.select_related("rating_model")
    skills = named_list(rows, "skills", [one.skill for one in body.skills])
    for skill, one in zip(skills, body.skills, strict=True):
        if one.rating is not None:
            check_rating(skill, one.rating)
    context, _ = checked_context(workstream=workstream, context=body.context)
    instance = None
    if body.channel_instance:
        instance = workstream.channel_instances.filter(slug=body.channel_instance).first()
        if instance is None:
            sentence = f"{workstream} has no channel instance {body.channel_instance!r}."
            raise Invalid("channel_instance", sentence)
    return TestItem(
        workstream=workstream,
        title=body.title,
        customer=body.customer,
        context=context,
        attributes=body.attributes,
        record=body.record,
        skills=tuple(
            (skill.name, one.rating) for skill, one in zip(skills, body.skills, strict=True)
        ),
        channel_instance=instance,
    )

"""Say which skills a work item needs: people know better than rules."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from agents.actions.check_rating import check_rating
from agents.models import Agent, Skill, User
from routing.actions.lock_item import lock_item, lock_own_work
from routing.actions.wake_up import wake_up
from routing.engine.facts import DELETED_SKILL
from routing.exceptions import AlreadyOver, SkillsAreFixed, TooManySkills
from routing.requirement import requirement_key
from routing.terms import SKILLS_CHANGED, WakeUpKind
from workstreams.actions.record_event import record_event
from workstreams.models import WorkItem
from workstreams.queries.service_configuration import service_configuration
from workstreams.terms import ItemState

MOST_SKILLS: Final = 50
Pairs = list[list[Any]]


def change_item_skills(
    *,
    item_id: int,
    add: Mapping[Skill, int | None],
    remove: Collection[Skill],
    by: User,
    now: datetime,
    agent: Agent | None = None,
) -> WorkItem:
    """Add skills with the least rating (None: any), change ratings, take skills away; those that
    were deleted go with any change.

    Refuses, with ``agent``, an item that is not with that agent (NotYourItem) and everything
    while the switch is off (SkillsAreFixed); also AlreadyOver, TooManySkills and
    RatingOutOfRange. The event has the skills before and after; an item that waits is looked
    at again at once.
    """
    for skill, rating in add.items():
        if rating is not None:
            check_rating(skill, rating)
    with transaction.atomic():
        item = _lock(item_id, agent)
        before: Pairs = item.required_skills
        after = _changed(_existing(before), add, remove)
        if len(after) > MOST_SKILLS:
            raise TooManySkills(most=MOST_SKILLS)
        if after == before:
            return item

        item.required_skills = after
        # Personal keys stay personal: who refused the item still decides who gets it next.
        is_personal = ":" in item.requirement_key
        item.requirement_key = requirement_key(item, is_personal=is_personal)
        item.save(update_fields=["required_skills", "requirement_key"])

        _record(item, before, by, now)
        if item.state == ItemState.OPEN and item.is_pushed:
            wake_up(WakeUpKind.ARRIVAL, queue_ids=[item.queue_id])
    return item


def _lock(item_id: int, agent: Agent | None) -> WorkItem:
    if agent is None:
        item = lock_item(item_id)
    else:
        item, _ = lock_own_work(item_id, agent)
        if not service_configuration().agents_change_skills:
            raise SkillsAreFixed
    if item.state == ItemState.CLOSED:
        raise AlreadyOver
    return item


def _existing(pairs: Pairs) -> Pairs:
    there = set(Skill.objects.filter(pk__in=[pk for pk, _ in pairs]).values_list("pk", flat=True))
    return [pair for pair in pairs if pair[0] in there]


def _changed(before: Pairs, add: Mapping[Skill, int | None], remove: Collection[Skill]) -> Pairs:
    """In the order they were; what is new comes last."""
    gone = {skill.pk for skill in remove}
    ratings = {skill.pk: rating for skill, rating in add.items()}
    stay = [[pk, ratings.get(pk, rating)] for pk, rating in before if pk not in gone]
    there = {pk for pk, _ in stay}
    return stay + [[pk, rating] for pk, rating in ratings.items() if pk not in there]


def _record(item: WorkItem, before: Pairs, by: User, now: datetime) -> None:
    """Names too: they outlive the skills."""
    after: Pairs = item.required_skills
    names = dict(
        Skill.objects.filter(pk__in={pk for pk, _ in [*before, *after]}).values_list("pk", "name")
    )
    record_event(
        kind=SKILLS_CHANGED,
        item=item,
        now=now,
        by=by.username,
        before=_named(before, names),
        after=_named(after, names),
    )


def _named(pairs: Pairs, names: Mapping[int, str]) -> list[dict[str, Any]]:
    return [
        {"id": pk, "skill": names.get(pk, DELETED_SKILL), "rating": rating} for pk, rating in pairs
    ]

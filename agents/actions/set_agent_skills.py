"""Say what an agent can do, and how well."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from agents.actions.check_rating import check_rating
from agents.actions.lock_chosen import hold_chosen
from agents.actions.record_event import record_event
from agents.models import Agent, AgentSkill, Skill, User
from agents.signals import skills_changed


@transaction.atomic
def set_agent_skills(
    *,
    agent: Agent,
    skills: Sequence[tuple[Skill, int]],
    by: User | None,
    now: datetime,
    inactive: Collection[Skill] | None = None,
) -> list[AgentSkill]:
    """Make these the agent's skills, all at once; refuses ratings off a skill's scale, and skills
    that are gone.

    ``inactive`` names the skills that do not count for now; without it each skill stays
    as active as it was.
    """
    held = hold_skills(skill for skill, _ in skills)
    Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)
    before = {row.skill_id: row for row in agent.skills.all()}
    after = {
        skill.pk: AgentSkill(
            agent=agent,
            skill=held[skill.pk],
            rating=rating,
            is_active=_is_active(skill, before, inactive),
        )
        for skill, rating in skills
    }

    for row in after.values():
        check_rating(row.skill, row.rating)
    if _facts(before) == _facts(after):
        return list(before.values())

    agent.skills.exclude(skill__in=after).delete()
    rows = AgentSkill.objects.bulk_create(
        after.values(),
        update_conflicts=True,
        unique_fields=["agent", "skill"],
        update_fields=["rating", "is_active"],
    )

    names = {row.skill.name: row.rating for row in rows if row.is_active}
    record_event(
        kind="skills-changed",
        agent_id=agent.pk,
        now=now,
        skills=names,
        by=by.username if by else "",
    )
    skills_changed.send(sender=AgentSkill, agent_ids=[agent.pk], now=now)
    return rows


def hold_skills(skills: Iterable[Skill]) -> dict[int, Skill]:
    """The skills as they are, on scales that stay until the end, before the agent is locked:
    whoever changes a scale locks its skills."""
    held = hold_chosen(Skill, skills)
    prefetch_related_objects(list(held.values()), "rating_model")
    return held


def _is_active(
    skill: Skill, before: dict[int, AgentSkill], inactive: Collection[Skill] | None
) -> bool:
    if inactive is not None:
        return skill not in inactive
    return before[skill.pk].is_active if skill.pk in before else True


def _facts(rows: dict[int, AgentSkill]) -> dict[int, tuple[int, bool]]:
    return {skill_id: (row.rating, row.is_active) for skill_id, row in rows.items()}

"""Who has a skill, and which work needs it."""

from django.db.models import QuerySet

from agents.models import AgentSkill, Skill
from workstreams.models import WorkItem
from workstreams.terms import ItemState


def skill_holders(skill: Skill) -> "QuerySet[AgentSkill]":
    """The agents who have it, best first; one statement."""
    rows = AgentSkill.objects.filter(skill=skill)
    return rows.select_related("agent__user", "skill__rating_model").order_by(
        "-is_active", "-rating", "agent__user__first_name", "agent__user__username"
    )


def work_needing(skill: Skill) -> int:
    """How many unfinished work items need it; one statement."""
    unfinished = WorkItem.objects.exclude(state=ItemState.CLOSED)
    return unfinished.filter(required_skills__contains=[[skill.pk]]).count()

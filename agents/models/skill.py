"""What agents can do, and how well."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from agents.models.agent import Agent
from config.audit import audited


@audited()
class RatingModel(models.Model):
    """A scale of proficiency from ``minimum`` to ``maximum`` (A 11).

    ``value_names`` says what each value means, the lowest first, or nothing of any.
    """

    name = models.CharField(max_length=100)
    minimum = models.PositiveSmallIntegerField(default=1)
    maximum = models.PositiveSmallIntegerField(default=10)
    value_names = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="agents_ratingmodel_name_unique"),
            # The lowest proficiency is at least 1: 0 stands for no rating.
            models.CheckConstraint(
                condition=Q(minimum__gte=1),
                name="agents_ratingmodel_from_one",
                violation_error_message="A scale begins at 1 or more.",
            ),
            # A scale rises.
            models.CheckConstraint(
                condition=models.Q(maximum__gt=models.F("minimum")),
                name="agents_ratingmodel_rises",
            ),
            # Every value has a name, or none has.
            models.CheckConstraint(
                condition=Q(value_names__len=0)
                | Q(value_names__len=F("maximum") - F("minimum") + 1),
                name="agents_ratingmodel_names_each_value",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def label_of(self, rating: int) -> str:
        """A value with its name: `3, fluent`."""
        place = rating - self.minimum
        is_named = 0 <= place < len(self.value_names)
        return f"{rating}, {self.value_names[place]}" if is_named else str(rating)

    def choices(self) -> list[tuple[int, str]]:
        """Every value as people choose it."""
        return [(each, self.label_of(each)) for each in range(self.minimum, self.maximum + 1)]


@audited()
class SkillType(models.Model):
    """A family of skills, such as languages."""

    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="agents_skilltype_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Skill(models.Model):
    """Something a work item may need and an agent may have."""

    name = models.CharField(max_length=100)
    description = models.CharField(max_length=500, blank=True)
    skill_type = models.ForeignKey(SkillType, on_delete=models.PROTECT, related_name="skills")
    rating_model = models.ForeignKey(RatingModel, on_delete=models.PROTECT, related_name="skills")

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="agents_skill_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class AgentSkill(models.Model):
    """One agent's proficiency in one skill; a deactivated one does not count."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    rating = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            # No scale goes below 1.
            models.CheckConstraint(condition=Q(rating__gte=1), name="agents_agentskill_from_one"),
            # One rating a skill and agent.
            models.UniqueConstraint(fields=["agent", "skill"], name="agents_agentskill_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.skill_id}: {self.rating}"

    @property
    def rating_label(self) -> str:
        """The rating with its name."""
        return self.skill.rating_model.label_of(self.rating)

"""Texts that agents send with a few keys."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from agents.models import Agent
from config.audit import audited
from workstreams.models.workstream import Workstream


@audited()
class QuickReply(models.Model):
    """A reply for all agents, or an agent's personal one (B 11.5).

    Without ``workstreams`` it shows everywhere. One row per language: nothing is
    translated. ``message`` may hold slugs; ``tags`` are the categories.
    """

    title = models.CharField(max_length=100)
    locale = models.CharField(max_length=10, default="en")
    message = models.CharField(max_length=4000)
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    workstreams = models.ManyToManyField(Workstream, blank=True, related_name="quick_replies")
    owner = models.ForeignKey(
        Agent, on_delete=models.CASCADE, null=True, blank=True, related_name="quick_replies"
    )
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title", "locale"]
        verbose_name_plural = "quick replies"
        constraints = [
            # Title and language are the natural key of the replies for all.
            models.UniqueConstraint(
                Lower("title"),
                "locale",
                condition=Q(owner=None),
                name="workstreams_quickreply_title_unique",
                violation_error_message="A reply of this title exists already in this language.",
            ),
            models.UniqueConstraint(
                Lower("title"),
                "locale",
                "owner",
                condition=Q(owner__isnull=False),
                name="workstreams_quickreply_personal_title_unique",
                violation_error_message="You have a reply of this title already in this language.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

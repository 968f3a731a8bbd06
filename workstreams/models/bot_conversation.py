"""What bots did in conversations."""

import uuid

from django.db import models
from django.db.models import Q

from workstreams.models.bot import Bot
from workstreams.models.message import Message
from workstreams.models.work_item import WorkItem
from workstreams.terms import BotOutcome, choices


class BotConversation(models.Model):
    """A conversation that a bot has, or had; never twice the same (B 12).

    ``last_message_at`` is the last word of either side: the silence that closes counts
    from it. ``key`` names the conversation to the bot; ``answered_id`` is the customer's last
    message that the bot answered, ``failures`` how often it failed to answer the next one;
    ``state`` is what a script remembers. ``summary`` is for the agent alone.
    """

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="bot_conversations")
    bot = models.ForeignKey(Bot, on_delete=models.PROTECT, related_name="conversations")
    outcome = models.CharField(
        max_length=10, choices=choices(BotOutcome), default=BotOutcome.TALKING
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answered_id = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    state = models.JSONField(default=dict, blank=True)
    summary = models.TextField(blank=True)
    started_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # A bot never gets the same conversation twice.
            models.UniqueConstraint(
                fields=["item", "bot"], name="workstreams_botconversation_once"
            ),
            # One bot talks at a time.
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(outcome=BotOutcome.TALKING),
                name="workstreams_botconversation_one_talks",
            ),
            # Over exactly when it says when.
            models.CheckConstraint(
                condition=Q(outcome=BotOutcome.TALKING, ended_at__isnull=True)
                | (~Q(outcome=BotOutcome.TALKING) & Q(ended_at__isnull=False)),
                name="workstreams_botconversation_ended_at_paired",
            ),
        ]
        indexes = [
            # The sweep that closes silent conversations.
            models.Index(
                fields=["last_message_at"],
                name="workstreams_bot_silent",
                condition=Q(outcome=BotOutcome.TALKING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bot} in {self.item_id}"


class Suggestion(models.Model):
    """What a smart assist bot proposes to the agent after a customer's message (B 11.7)."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="suggestions")
    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="suggestions")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="suggestions")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=4000)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            # Asked again after a crash, a bot adds nothing twice.
            models.UniqueConstraint(
                fields=["bot", "message", "position"], name="workstreams_suggestion_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

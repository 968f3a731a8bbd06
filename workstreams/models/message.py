"""What customer and agent say to each other."""

import uuid

from django.db import models

from agents.models import Agent
from workstreams.models.bot import Bot
from workstreams.models.work_item import WorkItem
from workstreams.terms import Audience, Author, choices

# The largest message of a chat, in bytes of UTF-8.
MESSAGE_BYTES = 28 * 1024


class Message(models.Model):
    """One message of a conversation.

    ``client_key`` comes from the sender: the same key twice is the same message,
    so a repeated request after a crash adds nothing (promise I1).
    """

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(max_length=10, choices=choices(Author))
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    bot = models.ForeignKey(
        Bot, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    audience = models.CharField(
        max_length=10, choices=choices(Audience), default=Audience.EVERYBODY
    )
    text = models.TextField()
    client_key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            # A message is stored once, however often it is sent.
            models.UniqueConstraint(fields=["item", "client_key"], name="workstreams_message_once"),
            # An agent's message names the agent, others do not.
            models.CheckConstraint(
                condition=models.Q(author=Author.AGENT, agent__isnull=False)
                | (~models.Q(author=Author.AGENT) & models.Q(agent__isnull=True)),
                name="workstreams_message_agent_paired",
            ),
            # A bot's message names the bot, others do not.
            models.CheckConstraint(
                condition=models.Q(author=Author.BOT, bot__isnull=False)
                | (~models.Q(author=Author.BOT) & models.Q(bot__isnull=True)),
                name="workstreams_message_bot_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"

"""Who began chats lately: what the limit of new chats counts."""

from django.db import models

from workstreams.models.channel_instance import ChannelInstance


class ChatStart(models.Model):
    """One chat begun from an address, which is kept as a keyed digest and for a day only."""

    instance = models.ForeignKey(
        ChannelInstance, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    address_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # How many chats an address has begun of late.
            models.Index(
                fields=["instance", "address_digest", "at"], name="workstreams_chat_start_recent"
            ),
            # The purge after a day.
            models.Index(fields=["at"], name="workstreams_chat_start_at"),
        ]

    def __str__(self) -> str:
        return f"{self.instance_id} {self.at:%F %T}"

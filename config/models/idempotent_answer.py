"""Answers kept so that a repeated request has no second effect."""

from django.conf import settings
from django.db import models


class IdempotentAnswer(models.Model):
    """The answer given to one (user, key). Written in the transaction of the effect.

    ``answer`` is empty while the first request still runs.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    response_code = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            # One answer a key and user: the second request waits for the first and repeats it.
            models.UniqueConstraint(fields=["user", "key"], name="config_answer_one_each"),
        ]
        indexes = [
            # The purge after 24 hours.
            models.Index(fields=["created_at"], name="config_answer_created_at"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"

"""Bearer tokens of the API."""

import hashlib
import secrets

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """Lets a program act as one user. Only a digest is kept; the token is shown once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"token of {self.user}"

    @staticmethod
    def digest_of(token: str) -> str:
        """The stored form of a token; tokens are random, so a plain hash suffices."""
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def issue(cls, user: models.Model) -> str:
        """A new token for the user, returned in clear this once."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(user=user, digest=cls.digest_of(token))
        return token

    @classmethod
    def take_back(cls, user: models.Model) -> int:
        """No token of the user lets anybody in any more; returns how many did."""
        return cls.objects.filter(user=user).delete()[0]

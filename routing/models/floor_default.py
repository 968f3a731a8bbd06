"""The filters that a supervisor begins with on the floor."""

from django.db import models

from agents.models import User


class FloorDefault(models.Model):
    """One person's own (B 16.3): ``filters`` by the names that the floor's address has.

    Written by ``save_floor_default``; nobody but ``user`` sees it.
    """

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="floor_default"
    )
    filters = models.JSONField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Floor of {self.user_id}"

"""When a workstream was last tried out."""

from django.db import models

from workstreams.models.workstream import Workstream


class WorkstreamTest(models.Model):
    """A test item was sent; no part of the settings, so no revision rises."""

    workstream = models.OneToOneField(
        Workstream, on_delete=models.CASCADE, primary_key=True, related_name="test"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.workstream_id} at {self.at:%Y-%m-%d %H:%M}"

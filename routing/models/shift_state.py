"""Whether the shift of operating hours was going on when it was looked at last."""

from django.db import models

from agents.models import OperatingHours


class ShiftState(models.Model):
    """One row for each hours that agents have; written by ``sweeps.wake_shifts`` alone."""

    hours = models.OneToOneField(
        OperatingHours, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    is_open = models.BooleanField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.hours_id}: {'open' if self.is_open else 'closed'}"

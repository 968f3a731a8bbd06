"""When a queue, a widget or an agent is open."""

from django.db import models
from django.db.models.functions import Lower

from config.audit import audited


@audited()
class OperatingHours(models.Model):
    """Weekly hours in one time zone, with holidays (A 16)."""

    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=64, default="UTC")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "operating hours"
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="agents_operatinghours_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class OperatingPeriod(models.Model):
    """Open from ``start`` to ``end`` local time on one weekday, Monday being 0.

    ``end`` at midnight means the end of the day.
    """

    hours = models.ForeignKey(OperatingHours, on_delete=models.CASCADE, related_name="periods")
    weekday = models.PositiveSmallIntegerField()
    start = models.TimeField()
    end = models.TimeField()

    class Meta:
        ordering = ["weekday", "start"]
        constraints = [
            # Monday to Sunday.
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="agents_operatingperiod_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start}-{self.end}"


@audited()
class Holiday(models.Model):
    """A day on which the hours are closed."""

    hours = models.ForeignKey(OperatingHours, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            # A day is a holiday once.
            models.UniqueConstraint(fields=["hours", "date"], name="agents_holiday_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.reason}"

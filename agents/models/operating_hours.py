"""When a queue, a widget or an agent is open."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from config.audit import audited


@audited()
class OperatingHours(models.Model):
    """Weekly hours in one time zone, with holidays (A 16)."""

    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=64, default="UTC")
    revision = models.PositiveIntegerField(default=1)

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

    ``end`` at midnight means the end of the day. With ``every_weeks`` above 1 it holds in the
    week of ``valid_from`` and each so many weeks later, never on the dates in ``except_on``.
    Where first and last day are the same it is hours of one date.
    """

    hours = models.ForeignKey(OperatingHours, on_delete=models.CASCADE, related_name="periods")
    weekday = models.PositiveSmallIntegerField()
    start = models.TimeField()
    end = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField(default=1)
    except_on = ArrayField(models.DateField(), default=list, blank=True)

    class Meta:
        ordering = ["weekday", "start"]
        constraints = [
            # The last day is not before the first.
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="agents_operatingperiod_days_in_order",
            ),
            # Every second week and rarer is counted from a first day.
            models.CheckConstraint(
                condition=Q(every_weeks=1)
                | Q(every_weeks__gte=2, every_weeks__lte=52, valid_from__isnull=False),
                name="agents_operatingperiod_weeks",
            ),
            # Monday to Sunday.
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="agents_operatingperiod_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start}-{self.end}"


@audited()
class Holiday(models.Model):
    """Days on which the hours are closed: one, or up to ``until``; each year again or not."""

    hours = models.ForeignKey(OperatingHours, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField()
    until = models.DateField(null=True, blank=True)
    repeats_yearly = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            # One holiday begins on a day.
            models.UniqueConstraint(fields=["hours", "date"], name="agents_holiday_once"),
            # A range ends after it begins.
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("date")),
                name="agents_holiday_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.reason}"

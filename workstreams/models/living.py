"""Rows that stay for history after they were deleted."""

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class LivingManager(models.Manager[Row]):
    """Leaves out what was deleted; links of work items still reach it."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        return super().get_queryset().filter(deleted_at=None)

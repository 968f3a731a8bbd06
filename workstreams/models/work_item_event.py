"""The history of work items."""

from typing import ClassVar

from django.db import models

from config.models import Event


class WorkItemEventManager(models.Manager["WorkItemEvent"]):
    """Only the events that tell of a work item."""

    def get_queryset(self) -> "models.QuerySet[WorkItemEvent]":
        return super().get_queryset().filter(work_item_id__isnull=False)


class WorkItemEvent(Event):
    """The part of the event feed that tells of work items; never changed."""

    objects: ClassVar[WorkItemEventManager] = WorkItemEventManager()

    class Meta:
        proxy = True

"""Views of the inbox that people make themselves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from agents.models import Agent
from config.audit import audited
from workstreams.terms import (
    Channel,
    InboxKind,
    InboxList,
    InboxOrder,
    InboxRead,
    InboxSort,
    choices,
)


@audited()
class InboxView(models.Model):
    """An agent's own view, or without ``owner`` one that administrators share with all (B 15.4).

    Nothing is routed by it, so it is no part of the configuration's documents. Without
    ``kinds`` it lists every kind, without ``channel`` every channel; each of ``words`` stands
    somewhere in the line.
    """

    name = models.CharField(max_length=60)
    owner = models.ForeignKey(
        Agent, on_delete=models.CASCADE, null=True, blank=True, related_name="inbox_views"
    )
    of = models.CharField(max_length=10, choices=choices(InboxList), default=InboxList.MINE)
    kinds = ArrayField(
        models.CharField(max_length=12, choices=choices(InboxKind)), default=list, blank=True
    )
    channel = models.CharField(max_length=10, choices=choices(Channel), blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    read = models.CharField(max_length=10, choices=choices(InboxRead), default=InboxRead.ALL)
    sort = models.CharField(max_length=10, choices=choices(InboxSort), default=InboxSort.DATE)
    order = models.CharField(max_length=10, choices=choices(InboxOrder), default=InboxOrder.LATEST)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            # People tell the views by their names.
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(owner=None),
                name="workstreams_inboxview_name_unique",
                violation_error_message="There is a shared view of this name already.",
            ),
            models.UniqueConstraint(
                Lower("name"),
                "owner",
                condition=Q(owner__isnull=False),
                name="workstreams_inboxview_own_name_unique",
                violation_error_message="You have a view of this name already.",
            ),
            # Only lists that there are.
            models.CheckConstraint(
                condition=Q(of__in=list(InboxList)), name="workstreams_inboxview_list_known"
            ),
            # Only what is with an agent is read or unread.
            models.CheckConstraint(
                condition=Q(read=InboxRead.ALL) | Q(of=InboxList.MINE),
                name="workstreams_inboxview_read_of_mine",
                violation_error_message="Only what is with an agent is read or unread.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

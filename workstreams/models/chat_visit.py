"""Whether a customer's chat page is open."""

from django.db import models
from django.db.models import Q, Value

from workstreams.models.work_item import WorkItem


class ChatVisit(models.Model):
    """The pages of one chat, as long as one tells that it is there; a page without scripts tells
    nothing and has no row, so nobody who is merely slow is taken for gone.

    ``pages`` is when each of them told so last. ``left_at`` is when the last one closed, or was
    found silent; ``is_told`` once the desk was told so. A row is changed behind its item's lock,
    but for a sign of life and a closing page.
    """

    item = models.OneToOneField(
        WorkItem, on_delete=models.CASCADE, primary_key=True, related_name="visit"
    )
    seen_at = models.DateTimeField()
    pages = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    left_at = models.DateTimeField(null=True, blank=True)
    is_told = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            # The desk is told of those who left.
            models.CheckConstraint(
                condition=Q(is_told=False) | Q(left_at__isnull=False),
                name="workstreams_chatvisit_told_of_left",
            ),
        ]
        indexes = [
            # Pages that fell silent.
            models.Index(
                fields=["seen_at"],
                name="workstreams_visit_present",
                condition=Q(left_at__isnull=True),
            ),
            # Customers who left: told to the desk, then disconnected.
            models.Index(
                fields=["left_at"],
                name="workstreams_visit_left",
                condition=Q(left_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.left_at or 'there'}"

"""How a work item opens on the desk."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from config.audit import audited
from workstreams.models.record import RecordType
from workstreams.terms import LABELS, PanelMode, SessionAnchor, SessionType, choices


@audited()
class SessionTemplate(models.Model):
    """Title, icon, panel and tabs of a session (B 11.1). Built-in ones are not editable.

    Only generic templates can be attached to a workstream. ``tabs`` are names of
    ``SessionAnchor`` shown beside the anchor tab; ``revision`` rises with each edit.
    """

    name = models.CharField(max_length=100)
    unique_name = models.CharField(max_length=100)
    type = models.CharField(
        max_length=10, choices=choices(SessionType), default=SessionType.GENERIC
    )
    record_type = models.ForeignKey(
        RecordType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="session_templates",
    )
    title = models.CharField(max_length=200, default="{customerName}")
    panel_mode = models.CharField(
        max_length=10, choices=choices(PanelMode), default=PanelMode.DOCKED
    )
    icon = models.CharField(max_length=40, blank=True, default="chat")
    description = models.CharField(max_length=500, blank=True)
    titles_anchor_tab = models.BooleanField(default=False)
    anchor_tab = models.CharField(
        max_length=20, choices=choices(SessionAnchor), default=SessionAnchor.CUSTOMER
    )
    tabs = models.JSONField(default=list, blank=True)
    is_built_in = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(
                Lower("name"),
                name="workstreams_sessiontemplate_name_unique",
                violation_error_message="A session template of this name exists already.",
            ),
            models.UniqueConstraint(
                Lower("unique_name"),
                name="workstreams_sessiontemplate_unique_name_unique",
                violation_error_message="A session template with this unique name exists already.",
            ),
            # An entity template names its record type, a generic one has none.
            models.CheckConstraint(
                condition=Q(type=SessionType.ENTITY, record_type__isnull=False)
                | Q(type=SessionType.GENERIC, record_type__isnull=True),
                name="workstreams_sessiontemplate_record_type_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tab_labels(self) -> list[str]:
        """The further tabs as people read them."""
        return [LABELS[SessionAnchor(tab)] for tab in self.tabs]

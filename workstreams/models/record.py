"""Records that can be routed: cases, e-mails, activities."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower

from config.audit import audited
from workstreams.models.contact import Account, Contact, words_of
from workstreams.terms import RecordEnd, RecordRouting, choices


@audited()
class RecordType(models.Model):
    """A sort of record; ``name`` is its key in documents, ``label`` what people read.

    Only records of a type that ``is_routed`` go to workstreams; with ``routes_on_creation`` new
    ones do by themselves, unless who creates one says otherwise (A 19).
    """

    name = models.SlugField(max_length=60)
    label = models.CharField(max_length=100)
    is_built_in = models.BooleanField(default=False)
    is_routed = models.BooleanField(default=True, db_default=True)
    routes_on_creation = models.BooleanField(default=True, db_default=True)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["label"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="workstreams_recordtype_name_unique"),
        ]

    def __str__(self) -> str:
        return self.label


class Record(models.Model):
    """One case, e-mail or activity; ``data`` holds its further fields.

    ``number`` is what people call it by, such as a case number. ``closed_as`` says how an
    inactive one ended. ``routing`` is what became of routing it last, ``intake`` which rules were
    looked at then: for a record without a work item nothing else would say so.
    """

    record_type = models.ForeignKey(RecordType, on_delete=models.PROTECT, related_name="records")
    number = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="records"
    )
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="records"
    )
    is_active = models.BooleanField(default=True)
    closed_as = models.CharField(
        max_length=12, choices=choices(RecordEnd), default="", db_default="", blank=True
    )
    routing = models.CharField(
        max_length=10,
        choices=choices(RecordRouting),
        default=RecordRouting.NOT_ASKED,
        db_default=RecordRouting.NOT_ASKED.value,
        editable=False,
    )
    routing_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    intake = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField()), editable=False
    )
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            # Unrouted records, the newest first.
            models.Index(
                fields=["-id"],
                name="workstreams_record_unrouted",
                condition=models.Q(is_active=True) & ~models.Q(routing=RecordRouting.ROUTED),
            ),
            # The list, searched.
            GinIndex(words_of("number", "title"), name="workstreams_record_words"),
        ]
        constraints = [
            # A number names one record of its type.
            models.UniqueConstraint(
                fields=["record_type", "number"],
                condition=~models.Q(number=""),
                name="workstreams_record_number_unique",
                violation_error_message="Another record of this type has this number.",
            ),
            # An active record has not ended.
            models.CheckConstraint(
                condition=models.Q(is_active=False) | models.Q(closed_as=""),
                name="workstreams_record_active_has_no_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def forget_routing(self) -> None:
        """As it goes on after its end: what was routed then is closed."""
        self.routing, self.intake = RecordRouting.NOT_ASKED, {}

"""Records that can be routed: cases, e-mails, activities."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower

from workstreams.models.contact import Account, Contact, words_of


class RecordType(models.Model):
    """A sort of record; ``name`` is its key in documents, ``label`` what people read."""

    name = models.SlugField(max_length=60)
    label = models.CharField(max_length=100)
    is_built_in = models.BooleanField(default=False)

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

    ``number`` is what people call it by, such as a case number.
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
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
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
        ]

    def __str__(self) -> str:
        return self.title

"""Models that machines learn from closed work: what they read, their records, their versions."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from config.audit import audited
from routing.terms import LEARNED, Sentiment, TrainingState, choices
from workstreams.models import Workstream

UNFINISHED = (TrainingState.QUEUED, TrainingState.RUNNING)
FEELINGS = [
    (value, label) for value, label in choices(Sentiment) if value != Sentiment.NOT_AVAILABLE
]
KINDS = [(value, label) for value, label in choices(type(LEARNED[0])) if value in LEARNED]


@audited()
class LearnedModel(models.Model):
    """What rulesets of machine learning name. ``published`` is the version they use.

    ``inputs`` are fields of work, merged in their order into the text that is learned from.
    ``workstreams`` (none: all), the dates and the conditions of ``when`` choose the closed work
    that is loaded.
    """

    kind = models.CharField(max_length=20, choices=KINDS)
    name = models.CharField(max_length=100)
    inputs = models.JSONField(default=list)
    workstreams = models.ManyToManyField(Workstream, blank=True, related_name="learned_models")
    closed_from = models.DateField("closed on or after", null=True, blank=True)
    closed_until = models.DateField("closed on or before", null=True, blank=True)
    when = models.JSONField(default=dict, blank=True)
    minimum_confidence = models.PositiveSmallIntegerField(
        "minimum confidence",
        default=50,
        help_text="In per cent. A skill the model is less sure of is not added.",
    )
    published = models.ForeignKey(
        "routing.ModelVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Rulesets and documents name a model.
            models.UniqueConstraint(Lower("name"), name="routing_learnedmodel_name_unique"),
            # A percentage that can be reached.
            models.CheckConstraint(
                condition=Q(minimum_confidence__gte=1, minimum_confidence__lte=99),
                name="routing_learnedmodel_confidence",
                violation_error_message="Choose a percentage from 1 to 99.",
            ),
            # Dates in their order.
            models.CheckConstraint(
                condition=Q(closed_from__isnull=True)
                | Q(closed_until__isnull=True)
                | Q(closed_until__gte=models.F("closed_from")),
                name="routing_learnedmodel_dates",
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrainingRecord(models.Model):
    """One text and what people made of it. Only approved ones are learned from.

    From a closed work item, or imported and then known by its name. What a person set
    here (``is_edited``) stays when work is loaded again.
    """

    model = models.ForeignKey(LearnedModel, on_delete=models.CASCADE, related_name="records")
    item_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=300)
    text = models.TextField()
    skill_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    sentiment = models.CharField(max_length=20, choices=FEELINGS, blank=True)
    minutes = models.FloatField(null=True, blank=True)
    is_approved = models.BooleanField(default=False)
    is_edited = models.BooleanField(default=False)
    is_corrected = models.BooleanField(default=False)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            # A work item is learned from once.
            models.UniqueConstraint(
                fields=["model", "item_id"],
                condition=Q(item_id__isnull=False),
                name="routing_trainingrecord_item_once",
            ),
            # An imported record is known by its name.
            models.UniqueConstraint(
                fields=["model", "name"],
                condition=Q(item_id__isnull=True),
                name="routing_trainingrecord_name_once",
            ),
        ]
        indexes = [
            # The records of a model by whether they are approved, in their order.
            models.Index(fields=["model", "is_approved", "id"], name="routing_record_to_review"),
        ]

    def __str__(self) -> str:
        return self.name


class ModelContent(models.Model):
    """What was learned, as words and numbers; once for equal content. Never changed."""

    hash = models.CharField(max_length=64, primary_key=True)
    format = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.hash


class ModelVersion(models.Model):
    """One training of a model: its state, its figures, and in the end what was learned."""

    model = models.ForeignKey(LearnedModel, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=choices(TrainingState), default=TrainingState.QUEUED
    )
    progress = models.PositiveSmallIntegerField(default=0)
    record_count = models.PositiveIntegerField(default=0)
    quality = models.JSONField(default=dict, blank=True)
    failure = models.CharField(max_length=500, blank=True)
    content = models.ForeignKey(
        ModelContent, on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    queued_by = models.CharField(max_length=150, blank=True)
    queued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            # Versions of a model are counted.
            models.UniqueConstraint(fields=["model", "number"], name="routing_modelversion_number"),
            # A model is trained once at a time.
            models.UniqueConstraint(
                fields=["model"],
                condition=Q(state__in=UNFINISHED),
                name="routing_modelversion_one_training",
            ),
            # Something was learned exactly when the training succeeded.
            models.CheckConstraint(
                condition=Q(state=TrainingState.TRAINED, content__isnull=False)
                | (~Q(state=TrainingState.TRAINED) & Q(content__isnull=True)),
                name="routing_modelversion_content_paired",
            ),
            # Ended exactly when it says when.
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, ended_at__isnull=True)
                | (~Q(state__in=UNFINISHED) & Q(ended_at__isnull=False)),
                name="routing_modelversion_ended_at_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def in_words(self) -> str:
        """Inside a sentence."""
        return f"version {self.number}"

    @property
    def is_unfinished(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in UNFINISHED

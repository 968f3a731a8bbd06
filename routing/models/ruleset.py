"""Rules as administrators edit them; the engine reads published pieces instead."""

from django.db import models
from django.db.models import Q

from config.audit import audited
from routing.models.learning import LearnedModel
from routing.terms import RulesetKind, RuleType, choices
from workstreams.models import OverflowPair, Queue, RecordType, Workstream, only_living


@audited()
class Ruleset(models.Model):
    """An ordered list of rules of one kind.

    Intake has one ruleset a record type; classification up to ten and route-to-queue one a
    workstream. A classification ruleset of another type than logical has no rules: it applies
    ``model`` to the ``inputs`` (sentiment also without a model).
    """

    kind = models.CharField(max_length=20, choices=choices(RulesetKind))
    workstream = models.ForeignKey(
        Workstream, on_delete=models.CASCADE, null=True, blank=True, related_name="rulesets"
    )
    record_type = models.ForeignKey(
        RecordType, on_delete=models.CASCADE, null=True, blank=True, related_name="rulesets"
    )
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=1)
    rule_type = models.CharField(
        max_length=20,
        choices=choices(RuleType),
        default=RuleType.LOGICAL,
        db_default=RuleType.LOGICAL,
    )
    model = models.ForeignKey(
        LearnedModel, on_delete=models.PROTECT, null=True, blank=True, related_name="rulesets"
    )
    inputs = models.JSONField(default=list, db_default=[], blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        triggers = [only_living("workstream", "workstreams_workstream")]
        constraints = [
            # Only classification learns; rules need no model, and skills and effort need one.
            models.CheckConstraint(
                condition=Q(rule_type=RuleType.LOGICAL, model__isnull=True)
                | Q(kind=RulesetKind.CLASSIFICATION, rule_type=RuleType.SENTIMENT)
                | Q(
                    kind=RulesetKind.CLASSIFICATION,
                    rule_type__in=[RuleType.SKILLS, RuleType.EFFORT],
                    model__isnull=False,
                ),
                name="routing_ruleset_model_fits_type",
            ),
            # Effort is estimated once a workstream (A 5).
            models.UniqueConstraint(
                fields=["workstream"],
                condition=Q(rule_type=RuleType.EFFORT),
                name="routing_ruleset_one_effort",
            ),
            # Intake belongs to a record type, all else to a workstream.
            models.CheckConstraint(
                condition=Q(
                    kind=RulesetKind.INTAKE, workstream__isnull=True, record_type__isnull=False
                )
                | (
                    ~Q(kind=RulesetKind.INTAKE)
                    & Q(workstream__isnull=False, record_type__isnull=True)
                ),
                name="routing_ruleset_owner_paired",
            ),
            # One route-to-queue ruleset a workstream.
            models.UniqueConstraint(
                fields=["workstream"],
                condition=Q(kind=RulesetKind.ROUTE_TO_QUEUE),
                name="routing_ruleset_one_route_to_queue",
            ),
            # One ordered list of intake rules a record type.
            models.UniqueConstraint(
                fields=["record_type"],
                condition=Q(kind=RulesetKind.INTAKE),
                name="routing_ruleset_one_intake",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Rule(models.Model):
    """Conditions and what follows from them.

    ``when`` is a condition tree of the public contract; ``then`` holds a
    classification rule's outputs. Targets that are rows (queues, workstreams) are
    keys, so that they cannot be deleted unnoticed. With ``has_own_overflow`` its overflow pairs
    replace those of its queues.
    """

    ruleset = models.ForeignKey(Ruleset, on_delete=models.CASCADE, related_name="rules")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=1)
    when = models.JSONField(default=dict, blank=True)
    then = models.JSONField(default=dict, blank=True)
    has_own_overflow = models.BooleanField(default=False)
    workstream = models.ForeignKey(
        Workstream, on_delete=models.PROTECT, null=True, blank=True, related_name="intake_rules"
    )

    class Meta:
        ordering = ["position", "id"]
        triggers = [only_living("workstream", "workstreams_workstream")]

    def __str__(self) -> str:
        return self.name


@audited()
class RuleQueue(models.Model):
    """A queue of a route-to-queue rule and its share of the matches in per cent."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="queues")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="rule_targets")
    percent = models.PositiveSmallIntegerField(default=100)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        triggers = [only_living("queue", "workstreams_queue")]
        constraints = [
            # A queue stands once in a rule.
            models.UniqueConstraint(fields=["rule", "queue"], name="routing_rulequeue_once"),
            # A share is a percentage.
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="routing_rulequeue_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue_id} {self.percent} %"


@audited()
class RuleOverflow(OverflowPair):
    """An overflow pair of a route-to-queue rule, in place of those of its queues (A 8.3)."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="overflow_pairs")

    class Meta(OverflowPair.Meta):
        constraints = [
            *OverflowPair.Meta.constraints,
            # A condition stands once at a rule.
            models.UniqueConstraint(fields=["rule", "condition"], name="routing_ruleoverflow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of rule {self.rule_id}"

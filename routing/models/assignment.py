"""The ledger: one attempt to give an item to an agent, and its capacity receipt."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agents.models import Agent
from routing.terms import How, Outcome, choices
from workstreams.models import NotificationTemplate, Queue, WorkItem


class Assignment(models.Model):
    """An offer (outcome pending), a piece of work (accepted), or what became of it.

    Open while ``ended_at`` is empty; holds ``units`` and one of each of
    ``profiles`` until ``capacity_released_at``, but those of the day (``day_profiles``) until
    ``day_released_at``, whether the work goes on or ended long ago. ``epoch`` is the router's
    that made it, 0 for people's own moves. An offer keeps the rules it was made by, so that
    editing its template changes the next one only; ``template`` has its words.
    ``read_until`` is the last message that the agent had before his eyes.
    Written by ``routing.actions`` and the dispatcher.
    """

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="assignments")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="assignments")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="assignments")
    how = models.CharField(max_length=10, choices=choices(How))
    outcome = models.CharField(max_length=10, choices=choices(Outcome), default=Outcome.PENDING)
    units = models.PositiveSmallIntegerField(default=0)
    profiles = ArrayField(models.BigIntegerField(), default=list, blank=True)
    is_override = models.BooleanField(default=False)
    epoch = models.BigIntegerField(default=0)
    offered_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    template = models.ForeignKey(
        NotificationTemplate,
        # Rows are many and old: deleting a template neither searches nor changes them.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    may_decline = models.BooleanField(default=True, db_default=True)
    auto_assign = models.BooleanField(default=False, db_default=False)
    auto_accept = models.BooleanField(default=False, db_default=False)
    capacity_release_due_at = models.DateTimeField(null=True, blank=True)
    capacity_released_at = models.DateTimeField(null=True, blank=True)
    # The id of a message of the item; 0 for none. No key: a message is never deleted alone.
    read_until = models.BigIntegerField(default=0, db_default=0, editable=False)
    day_profiles = ArrayField(models.BigIntegerField(), null=True, blank=True)
    day_ends_at = models.DateTimeField(null=True, blank=True)
    day_released_at = models.DateTimeField(null=True, blank=True)
    # What ``lock_open_assignment`` reads along: the time, whether anybody is asked for advice on
    # the item, and which automated messages have other words than the built-in ones.
    read_at: datetime
    is_consulted: bool = True
    reworded: list[str] | None = None

    class Meta:
        constraints = [
            # An item has at most one open assignment (promise I2).
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(ended_at__isnull=True),
                name="routing_assignment_one_open",
            ),
            # Decided exactly when it says when.
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PENDING, decided_at__isnull=True)
                | (~Q(outcome=Outcome.PENDING) & Q(decided_at__isnull=False)),
                name="routing_assignment_decided_at_paired",
            ),
            # A pending offer runs out some time, and is open.
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.PENDING)
                | Q(deadline_at__isnull=False, ended_at__isnull=True),
                name="routing_assignment_pending_has_deadline",
            ),
            # What is assigned without asking cannot be declined, and alone opens by itself.
            models.CheckConstraint(
                condition=(Q(auto_assign=False) | Q(may_decline=False))
                & (Q(auto_accept=False) | Q(auto_assign=True)),
                name="routing_assignment_rules_fit",
            ),
            # Refused, missed and withdrawn offers are over and hold nothing.
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.PENDING, Outcome.ACCEPTED])
                | Q(ended_at__isnull=False, capacity_released_at__isnull=False),
                name="routing_assignment_refused_is_over",
            ),
            # Profiles of the day come back when it ends.
            models.CheckConstraint(
                condition=Q(day_profiles__isnull=True, day_ends_at__isnull=True)
                | Q(day_profiles__isnull=False, day_ends_at__isnull=False),
                name="routing_assignment_day_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(day_released_at__isnull=True)
                | Q(day_released_at__gte=models.F("day_ends_at")),
                name="routing_assignment_day_released_after_it",
            ),
            # Only people's named overrides may pass a limit (promise I3).
            models.CheckConstraint(
                condition=Q(is_override=False) | ~Q(how=How.PUSH),
                name="routing_assignment_push_never_overrides",
            ),
        ]
        indexes = [
            # Offers of an agent; offers that run out.
            models.Index(
                fields=["deadline_at"],
                name="routing_assignment_pending",
                condition=Q(outcome=Outcome.PENDING),
            ),
            # What an agent holds: load recount, desk.
            models.Index(
                fields=["agent"],
                name="routing_assignment_holding",
                condition=Q(capacity_released_at__isnull=True),
            ),
            # The average wait of a queue, by the last conversations taken.
            models.Index(
                fields=["queue", "-decided_at"],
                name="routing_assignment_taken",
                condition=Q(outcome=Outcome.ACCEPTED),
            ),
            # Days that end.
            models.Index(
                fields=["day_ends_at"],
                name="routing_assignment_day",
                condition=Q(day_released_at__isnull=True, day_ends_at__isnull=False),
            ),
            # Wrap-up timers.
            models.Index(
                fields=["capacity_release_due_at"],
                name="routing_assignment_release_due",
                condition=Q(
                    capacity_released_at__isnull=True, capacity_release_due_at__isnull=False
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} to {self.agent_id}: {self.outcome}"
